"""Every check, one after the other, with its time; `python3 bootstrap.py test` sets up and calls this.

python -m tests.checks [--workers=2] [name ...]      only the named checks
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON = sys.executable
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name on the command line, its Chinese title, its command; `loud` shows all it says."""

    name: str
    title: str
    command: list[str]
    loud: bool = False


def checks(workers: int) -> list[Check]:
    """The list, cheap ones first."""
    pytest = [PYTHON, "-m", "pytest", "-q", "--durations=5"]
    several = ["-n", str(workers)] if workers > 1 else []
    return [
        Check("ruff", "代码检查 ruff check", [str(BIN / "ruff"), "check", "."]),
        Check("format", "代码格式 ruff format --check", [str(BIN / "ruff"), "format", "--check", "."]),
        Check("imports", "楼层关系 lint-imports", [str(BIN / "lint-imports")]),
        Check("templates", "模板检查 djlint", [str(BIN / "djlint"), "--lint", "--quiet", "luoshi"]),
        Check("migrations", "迁移齐全 makemigrations --check",
              [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
        Check("types", "类型检查 mypy", [str(BIN / "mypy"), "luoshi"]),
        Check("tests", "文档示例与单元测试 pytest",
              [*pytest, *several, "luoshi", "tests", "--ignore=tests/journeys", "--ignore=tests/lab"], loud=True),
        Check("lab", "断电与重复提交试验 pytest tests/lab", [*pytest, "tests/lab"], loud=True),
        Check("journeys", "浏览器旅程 pytest tests/journeys", [*pytest, "tests/journeys"], loud=True),
    ]  # fmt: skip


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def banner() -> None:
    line = "!" * 72
    say(f"{line}\n!!! 没有找到 Chromium：浏览器旅程没有跑。请安装 chromium 和 fonts-noto-cjk 后再跑一次。\n{line}")


def run(check: Check) -> bool:
    """Run one check; what it says is shown as it comes where it is loud, else only when it fails."""
    began = time.monotonic()
    say(f"\n■ {check.title}")
    environment = {**os.environ, "PYTHONPATH": str(REPO), "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(
        check.command,
        cwd=REPO,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=None if check.loud else subprocess.PIPE,
        stderr=None if check.loud else subprocess.STDOUT,
    )
    good = done.returncode == 0
    if not good and done.stdout:
        sys.stdout.write(done.stdout.decode(errors="replace"))
    say(f"{'通过' if good else '没有通过'}：{check.title}（{time.monotonic() - began:.1f} 秒）")
    return good


def main(arguments: list[str]) -> int:
    """Run all or the named checks; the last line counts them."""
    workers = next((int(one.split("=")[1]) for one in arguments if one.startswith("--workers=")), 2)
    wanted = [one for one in arguments if not one.startswith("--")]
    everything = checks(workers)
    unknown = set(wanted) - {one.name for one in everything}
    if unknown:
        say(f"没有叫“{'、'.join(sorted(unknown))}”的检查：可用 {'、'.join(one.name for one in everything)}。")
        return 2
    began, failed, passed, skipped = time.monotonic(), [], 0, 0
    for check in everything:
        if wanted and check.name not in wanted:
            continue
        if check.name == "journeys" and not any(shutil.which(name) for name in BROWSERS):
            banner()
            if os.environ.get("LUOSHI_REQUIRE_BROWSER") == "1":
                failed.append(check.title)
            else:
                skipped += 1
            continue
        if run(check):
            passed += 1
        else:
            failed.append(check.title)
    say("")
    for title in failed:
        say(f"没有通过：{title}")
    if skipped:
        banner()
    say(f"checks: {passed} passed, {len(failed)} failed, {skipped} skipped in {time.monotonic() - began:.0f}s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
