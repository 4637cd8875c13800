"""Journeys run against the real server in headless Chromium; each gets a fresh copy of one prepared database.

Where the machine has no Chromium they are skipped loudly, unless `LUOSHI_REQUIRE_BROWSER=1` makes that a failure.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PASSWORD = "Correct-horse-9-battery"
REPO = Path(__file__).resolve().parents[2]
DESKTOP, WALL, PHONE = (1366, 768), (1920, 1080), (390, 844)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--lang=zh-CN",
]  # fmt: skip


def chromium() -> str | None:
    return next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in Path(str(item.fspath)).parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = chromium()
    if path is None:
        if os.environ.get("LUOSHI_REQUIRE_BROWSER") == "1":
            pytest.fail("没有找到 Chromium：请先安装（apt-get install chromium）再跑旅程测试。")
        pytest.skip("!!! 没有找到 Chromium，浏览器旅程全部跳过 !!!")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with calendars and the sample people, made once."""
    return prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the sample bureau's whole story as of 24 November 2026, made once."""
    return prepare(tmp_path_factory.mktemp("told"), "2026-11-24")


def prepare(folder: Path, *words: str) -> Path:
    environment = {**os.environ, "LUOSHI_DATA_DIR": str(folder), "LUOSHI_DATABASE_URL": ""}
    script = str(Path(__file__).parent / "prepare.py")
    subprocess.run([sys.executable, script, PASSWORD, *words], check=True, env=environment)
    return folder


class Server:
    """The real server on a copy of the prepared data, its clock standing where the story wants it."""

    def __init__(self, data: Path, now: str) -> None:
        self.data, self.now = data, now
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "LUOSHI_DATA_DIR": str(self.data),
            "LUOSHI_DATABASE_URL": "",
            "LUOSHI_NOW": self.now,
            "LUOSHI_MAIL_DIR": str(self.data / "mail"),
            "PYTHONPATH": str(REPO),
        }

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the `luoshi` command on this data."""
        return subprocess.run(
            [sys.executable, "-m", "luoshi.cli", *words],
            env=self.environment(),
            capture_output=True,
            text=True,
            cwd=REPO,
        )

    def start(self) -> None:
        log = (self.data / "server.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "luoshi.cli", "serve", "--port", str(self.port)],
            env=self.environment(),
            stdout=log,
            stderr=log,
            cwd=REPO,
            start_new_session=True,
        )
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError((self.data / "server.log").read_text(errors="replace")[-3000:])

    def move_clock(self, now: str) -> None:
        """Stop, set the clock, start again: sessions and data stay."""
        self.stop()
        self.now = now
        self.start()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()


@pytest.fixture
def server(request: pytest.FixtureRequest, tmp_path: Path, browser: Any) -> Iterator[Server]:
    """The people alone on 29 September; with `parametrize("server", ["told"], indirect=True)` the whole story."""
    story = getattr(request, "param", "") == "told"
    data = tmp_path / "data"
    shutil.copytree(request.getfixturevalue("told" if story else "prepared"), data)
    running = Server(data, "2026-11-24T10:00" if story else "2026-09-29T10:00")
    running.start()
    yield running
    running.stop()


class Person:
    """Somebody at a browser of his own; every page he opens is watched for script and policy errors."""

    def __init__(self, browser: Any, server: Server, username: str, size: tuple[int, int] = DESKTOP) -> None:
        self.server = server
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console",
            lambda line: self.faults.append(line.text) if line.type == "error" and "409" not in line.text else None,
        )
        self.go("/")
        self.page.fill("input[name=login]", username)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(lambda url: "/login" not in url)

    def _console(self, line: Any) -> None:
        """An error line is a fault, except the browser's own remark on a refusal that a page answered (409)."""
        if line.type == "error" and "409" not in line.text:
            self.faults.append(line.text)

    def go(self, path: str) -> Any:
        return self.page.goto(self.server.url + path)

    def axe(self) -> list[str]:
        """Accessibility violations on the page as it stands, each with where it is."""
        script = REPO / "build" / "test-kit" / "axe.min.js"
        if not script.is_file():
            pytest.fail("build/test-kit/axe.min.js is missing: run python3 bootstrap.py test")
        # evaluated over the debugging protocol, which the page's content policy does not concern
        self.page.evaluate(script.read_text(encoding="utf-8"))
        found = self.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]

    def looks_right(self, *, axe: bool = True) -> None:
        """No violation, no script fault, nothing wider than the screen."""
        assert not axe or self.axe() == []
        assert self.faults == []
        wider = self.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{self.page.url} is {wider}px wider than the screen"


@pytest.fixture
def person(browser: Any, server: Server) -> Iterator[Any]:
    """`person("1101")` logs that staff number in at a browser of its own."""
    everyone: list[Person] = []

    def enter(username: str, size: tuple[int, int] = DESKTOP) -> Person:
        everyone.append(Person(browser, server, username, size))
        return everyone[-1]

    yield enter
    for number, one in enumerate(everyone):
        one.page.screenshot(path=str(server.data.parent / f"last-{number}.png"))
        one.context.close()
