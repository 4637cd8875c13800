"""How fast a plan is checked: `python bench/lint.py` prints one JSON object (体检的速度)."""

import json
import platform
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from luoshi.plan.lint.checking import check, official_calendar  # noqa: E402
from luoshi.plan.lint.findings import Limits  # noqa: E402
from luoshi.plan.lint.reading import of_text  # noqa: E402

ITEM = "局办公室每月召开调度会不少于1次，定期通报进度，建立问题台账，规划股于2026年12月3日前报送总结。"


def measure(characters: int) -> dict[str, float | int]:
    """Seconds to read and to check a plan of so many characters, and what was found."""
    text = "".join(f"{n}、工作{n}\n1.{ITEM}\n2.{ITEM}\n" for n in "一二三四五六七八九十" * 420)[:characters]
    begun = time.perf_counter()
    draft = of_text(text)
    read = time.perf_counter()
    report = check(draft, Limits(official_calendar(), 2026))
    done = time.perf_counter()
    return {
        "characters": len(text),
        "read_seconds": round(read - begun, 3),
        "check_seconds": round(done - read, 3),
        "findings": len(report.findings),
    }


def main() -> None:
    """Measure a long and a very long plan and print the figures."""
    measure(1_000)
    said = {"python": platform.python_version(), "machine": platform.machine()}
    said["figures"] = [measure(characters) for characters in (15_000, 40_000, 200_000)]  # type: ignore[assignment]
    print(json.dumps(said, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
