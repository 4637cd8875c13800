"""The real server as its own process, and plain HTTP clients that keep a ledger of what was acknowledged."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

REPO = Path(__file__).resolve().parents[2]
PASSWORD = "Correct-horse-9-battery"
NOW = "2026-09-29T10:00"
FORM = "application/x-www-form-urlencoded"


class Server:
    """`luoshi serve` on a data directory; killed without warning, started again."""

    def __init__(self, data: Path) -> None:
        self.data = data
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None
        self.ready_seconds: list[float] = []

    def environment(self) -> dict[str, str]:
        named = {"LUOSHI_DATA_DIR": str(self.data), "LUOSHI_DATABASE_URL": "", "LUOSHI_NOW": NOW}
        kept = {key: value for key, value in os.environ.items() if not key.startswith("LUOSHI_")}
        return {**kept, **named, "PYTHONPATH": str(REPO)}

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "luoshi.cli", *words],
            env=self.environment(),
            cwd=REPO,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )

    def start(self) -> None:
        began = time.monotonic()
        with (self.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "luoshi.cli", "serve", "--port", str(self.port)],
                env=self.environment(),
                cwd=REPO,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        while time.monotonic() - began < 30:
            try:
                door = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
                door.request("GET", "/readyz")
                if door.getresponse().status == 200:
                    self.ready_seconds.append(time.monotonic() - began)
                    return
            except OSError:
                time.sleep(0.03)
        raise RuntimeError((self.data / "server.log").read_text(errors="replace")[-3000:])

    def kill(self) -> None:
        """The whole process group at once, as a power cut would."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()


def prepare(data: Path) -> Server:
    """A fresh installation with calendars and the sample people, not yet started."""
    server = Server(data)
    subprocess.run(
        [sys.executable, str(REPO / "tests" / "journeys" / "prepare.py"), PASSWORD],
        env=server.environment(),
        cwd=REPO,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return server


@dataclass(slots=True)
class Answer:
    status: int
    location: str
    text: str


@dataclass(slots=True)
class Client:
    """One person at a browser: cookies, the token of forms, one connection at a time."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = FORM) -> Answer:
        """One request; `OSError` or `HTTPException` where no whole answer came."""
        door = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = kind
        try:
            door.request(method, path, body, headers)
            answer = door.getresponse()
            text = answer.read().decode(errors="replace")
        finally:
            door.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return Answer(answer.status, urlsplit(answer.headers.get("Location", "")).path, text)

    def token(self, page: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found, page[:500]
        return found.group(1)

    def log_in(self, username: str) -> None:
        page = self.ask("GET", "/login/")
        told = {"login": username, "password": PASSWORD, "csrfmiddlewaretoken": self.token(page.text)}
        answer = self.ask("POST", "/login/", urlencode(told).encode())
        assert answer.status == 302, answer.text[:500]


def multipart(fields: dict[str, str], upload: bytes) -> tuple[bytes, str]:
    """A form with one file, as a browser sends it."""
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="note.txt"\r\n'
    parts.append(head.encode() + b"Content-Type: text/plain\r\n\r\n" + upload + f"\r\n--{edge}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={edge}"


class HandOut:
    """The creating form under test: the office writes a task down and hands it out with a leader's paper, in one act.

    It writes a matter, its parties, events, deadlines, a piece of evidence, notices, entries and the form's key.
    """

    path = "/matters/new/"
    table = "matters_matter"

    def __init__(self, client: Client) -> None:
        page = client.ask("GET", self.path)
        assert page.status == 200, (page.status, page.location)
        self.csrf = client.token(page.text)
        choices = re.search(r'<select name="lead_unit".*?</select>', page.text, re.S)
        assert choices, "the form has no lead_unit"
        self.unit = next(one for one in re.findall(r'value="(\d+)"', choices.group(0)))

    def fields(self, title: str, key: uuid.UUID) -> dict[str, str]:
        return {
            "csrfmiddlewaretoken": self.csrf,
            "submission": str(key),
            "title": title,
            "requirement": "逐户核实，列出清单，限期整改。",
            "source": "TEAM_MEETING",
            "source_title": "局长办公会纪要第3期",
            "lead_unit": self.unit,
            "due_on": "2026-10-30",
            "source_note": "局长办公会纪要第3期",
            "act": "hand_out",
        }

    def send(self, client: Client, title: str, key: uuid.UUID, upload: bytes | None = None) -> Answer:
        told = self.fields(title, key)
        if upload is None:
            return client.ask("POST", self.path, urlencode(told).encode())
        body, kind = multipart(told, upload)
        return client.ask("POST", self.path, body, kind)
