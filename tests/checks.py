"""Every check, with its time, in two lanes side by side; `python3 bootstrap.py test` sets up and calls this.

One lane runs the tests, on SQLite and, where `LUOSHI_TEST_DATABASE_URL` names a server, again on PostgreSQL; the
other what mostly waits: the short checks, the lab, the journeys. The tests step back (`nice`) where both want the
processor, so that the browser and the lab's clocks meet a machine that answers.

python -m tests.checks [--workers=2] [name ...]      only the named checks
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON = sys.executable
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SERVER = "LUOSHI_TEST_DATABASE_URL"


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name on the command line, its Chinese title, its command; `loud` shows all it says."""

    name: str
    title: str
    command: list[str]
    loud: bool = False
    lane: str = "beside"
    environment: dict[str, str] = field(default_factory=dict)


def checks(workers: int) -> list[Check]:
    """The list, cheap ones first in each lane."""
    pytest = [PYTHON, "-m", "pytest", "-q", "--durations=5"]
    several = ["-n", str(workers), "--dist", "worksteal"] if workers > 1 else []
    units = [*pytest, *several, "luoshi", "tests", "--ignore=tests/journeys", "--ignore=tests/lab"]
    server = os.environ.get(SERVER, "")
    return [
        Check("ruff", "代码检查 ruff check", [str(BIN / "ruff"), "check", "."]),
        Check("format", "代码格式 ruff format --check", [str(BIN / "ruff"), "format", "--check", "."]),
        Check("imports", "楼层关系 lint-imports", [str(BIN / "lint-imports")]),
        Check("templates", "模板检查 djlint", [str(BIN / "djlint"), "--lint", "--quiet", "luoshi"]),
        Check("migrations", "迁移齐全 makemigrations --check",
              [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
        Check("types", "类型检查 mypy", [str(BIN / "mypy"), "luoshi"]),
        Check("lab", "断电与重复提交试验 pytest tests/lab", [*pytest, "tests/lab"], loud=True),
        Check("journeys", "浏览器旅程 pytest tests/journeys", [*pytest, "tests/journeys"], loud=True),
        Check("tests", "文档示例与单元测试 pytest", units, loud=True, lane="tests"),
        *([Check("postgres", "用到数据库的测试 pytest（PostgreSQL）", units, loud=True, lane="tests",
                 environment={"LUOSHI_DATABASE_URL": server, "LUOSHI_DATABASE_TESTS_ONLY": "1"})] if server else []),
    ]  # fmt: skip


class Board:
    """What is said and counted by both lanes, one at a time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.passed, self.skipped = 0, 0
        self.failed: list[str] = []

    def say(self, text: str) -> None:
        with self.lock:
            sys.stdout.write(text + "\n")
            sys.stdout.flush()

    def count(self, title: str, good: bool) -> None:
        with self.lock:
            self.passed += good
            if not good:
                self.failed.append(title)


def banner() -> str:
    line = "!" * 72
    return f"{line}\n!!! 没有找到 Chromium：浏览器旅程没有跑。请安装 chromium 和 fonts-noto-cjk 后再跑一次。\n{line}"


def run(check: Check, board: Board, *, aside: bool) -> None:
    """Run one check. What it says is shown when it is over (a quiet one's only where it failed), or as it comes
    in the tests' lane, or where there is one lane only.
    """
    began = time.monotonic()
    told = check.loud and not aside
    if told:
        board.say(f"\n■ {check.title}")
    environment = {**os.environ, "PYTHONPATH": str(REPO), "PYTHONDONTWRITEBYTECODE": ""}
    environment.pop(SERVER, None)
    nice = ["nice", "-n", "5"] if check.lane == "tests" and shutil.which("nice") else []
    done = subprocess.run(
        [*nice, *check.command],
        cwd=REPO,
        env=environment | check.environment,
        stdin=subprocess.DEVNULL,
        stdout=None if told else subprocess.PIPE,
        stderr=None if told else subprocess.STDOUT,
    )
    good = done.returncode == 0
    said = (done.stdout or b"").decode(errors="replace") if check.loud or not good else ""
    head = "" if told else f"\n■ {check.title}\n"
    board.say(f"{head}{said}{'通过' if good else '没有通过'}：{check.title}（{time.monotonic() - began:.1f} 秒）")
    board.count(check.title, good)


def walk(lane: list[Check], board: Board, *, aside: bool) -> None:
    """One lane from its first check to its last; journeys without a browser are skipped loudly or fail."""
    for check in lane:
        if check.name == "journeys" and not any(shutil.which(name) for name in BROWSERS):
            board.say(banner())
            if os.environ.get("LUOSHI_REQUIRE_BROWSER") == "1":
                board.count(check.title, False)
            else:
                board.skipped += 1
            continue
        try:
            run(check, board, aside=aside)
        except Exception as why:
            board.say(f"没有跑成：{check.title}（{why}）")
            board.count(check.title, False)


def main(arguments: list[str]) -> int:
    """Run all or the named checks; the last line counts them."""
    workers = next((int(one.split("=")[1]) for one in arguments if one.startswith("--workers=")), 2)
    wanted = [one for one in arguments if not one.startswith("--")]
    everything = checks(workers)
    unknown = set(wanted) - {one.name for one in everything}
    if unknown:
        names = "、".join(one.name for one in everything)
        sys.stdout.write(f"没有叫“{'、'.join(sorted(unknown))}”的检查：可用 {names}。\n")
        return 2
    began, board = time.monotonic(), Board()
    chosen = [one for one in everything if not wanted or one.name in wanted]
    tests = [one for one in chosen if one.lane == "tests"]
    beside = [one for one in chosen if one.lane != "tests"]
    other = threading.Thread(target=walk, args=(beside, board), kwargs={"aside": bool(tests)})
    other.start()
    walk(tests, board, aside=False)
    other.join()
    board.say("")
    for title in board.failed:
        board.say(f"没有通过：{title}")
    if board.skipped:
        board.say(banner())
    told = f"{board.passed} passed, {len(board.failed)} failed, {board.skipped} skipped"
    board.say(f"checks: {told} in {time.monotonic() - began:.0f}s")
    return 1 if board.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
