"""Copy the chosen files of the front-end packages into `build/`, where the site serves them.

    python -m luoshi.ops.kit        # after `npm ci --ignore-scripts`

The kit's style sheet is put into a cascade layer, so that our own sheet always wins over it, and a browser
too old for layers gets our sheet alone, which carries the whole layout.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
SOURCE_MAP = re.compile(r"/\*[#@]\s*sourceMappingURL=[^*]*\*/|//[#@]\s*sourceMappingURL=\S*")
CHARSET = re.compile(r'^\ufeff?@charset\s+"[^"]*";')

KIT_SHEET = "@tabler/core/dist/css/tabler.min.css"
CHART_SCRIPT = "echarts/dist/echarts.common.min.js"
TEST_SCRIPT = "axe-core/axe.min.js"


class MissingPackage(Exception):
    """A package was not fetched; the message says what to do."""


def _read(node_modules: Path, name: str) -> str:
    try:
        return (node_modules / name).read_text(encoding="utf-8")
    except OSError:
        raise MissingPackage(f"前端包缺少 {name}。请先运行 npm ci --ignore-scripts，再运行本命令。") from None


def layered(sheet: str) -> str:
    """A style sheet as one cascade layer named `kit`, without its source map.

    >>> layered('@charset "UTF-8";a{b:c}/*# sourceMappingURL=x.css.map */')
    '@charset "UTF-8";@layer kit{a{b:c}}'
    """
    body = CHARSET.sub("", SOURCE_MAP.sub("", sheet)).strip()
    return f'@charset "UTF-8";@layer kit{{{body}}}'


def collect_kit(node_modules: Path, target: Path) -> list[Path]:
    """Write what the site needs of the packages into `target`, from scratch; returns the files written."""
    sheet = layered(_read(node_modules, KIT_SHEET))
    script = SOURCE_MAP.sub("", _read(node_modules, CHART_SCRIPT))
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    (fresh / "kit.css").write_text(sheet, encoding="utf-8")
    (fresh / "echarts.js").write_text(script, encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    fresh.replace(target)
    return sorted(target.iterdir())


def collect_test_kit(node_modules: Path, target: Path) -> list[Path]:
    """Write what only the tests need (the accessibility checker) into `target`; empty where it was not fetched."""
    if not (node_modules / TEST_SCRIPT).is_file():
        return []
    target.mkdir(parents=True, exist_ok=True)
    script = SOURCE_MAP.sub("", _read(node_modules, TEST_SCRIPT))
    (target / "axe.min.js").write_text(script, encoding="utf-8")
    return [target / "axe.min.js"]


def main() -> int:
    """Collect both; one line on failure that says what to do."""
    try:
        collect_kit(REPO / "node_modules", REPO / "build" / "kit")
    except MissingPackage as why:
        print(why, file=sys.stderr)  # noqa: T201
        return 1
    collect_test_kit(REPO / "node_modules", REPO / "build" / "test-kit")
    return 0


if __name__ == "__main__":
    sys.exit(main())
