"""How fast the plan reader is: `python bench/reader.py [--quick]` prints one JSON object (读方案的速度).

Shapes: the sample plan at 15,000 and a million characters, as one endless line, without marks, and texts made to be
slow. `--quick` takes a tenth of the length.
"""

import json
import platform
import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from luoshi.plantext.compile import compile_plan  # noqa: E402

WORST = (
    "（", "（）", "“", "一、", "（一）", "1.", "①", "一是", "二是", "——", "附件1\n", "第一条\n", "每年3次、", "得5分",
    "6月", "每降低1个百分点扣1分，", "各单位", "，",
    "。", "\n", " ", "要", "的", "1", "100,", "《关于", "（牵头单位：县局）",
    "- 3 -", "- 3 -\n", "| ",
    "1\n",
    "1.1\n",
    "责任单位：",
    "[", "# ",
)  # fmt: skip


def measure(text: str) -> dict[str, float | int]:
    """Seconds for one reading of a text, and what was found."""
    begun, worked = time.perf_counter(), time.process_time()
    reading = compile_plan(text)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
    found = {"clauses": len(reading.clauses), "duties": len(reading.duties), "obligations": len(reading.obligations)}
    return {"characters": len(text), "seconds": round(seconds, 3), "cpu_seconds": round(cpu, 3), **found}


def main() -> None:
    """Measure every shape and print the figures."""
    million = 100_000 if "--quick" in sys.argv else 1_000_000
    plan = (ROOT / "luoshi" / "demo" / "plan.txt").read_text(encoding="utf-8")
    long = plan * (million // len(plan) + 1)
    compile_plan(plan)
    shapes = {
        "plan 15,000": long[:15_000],
        "plan": long[:million],
        "one endless line": long.replace("\n", "")[:million],
        "no marks": "".join(c for c in long if "\u4e00" <= c <= "\u9fff")[:million],
    }
    shapes |= {f"only {word!r}": word * (million // len(word)) for word in WORST}
    figures = {name: measure(text) for name, text in shapes.items()}
    slowest = max(figures, key=lambda name: figures[name]["cpu_seconds"])
    said = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "slowest": slowest,
        "slowest_cpu_seconds": figures[slowest]["cpu_seconds"],
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "figures": figures,
    }
    print(json.dumps(said, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
