"""search rebuild, search check: the index of what may be looked up."""

from __future__ import annotations

import argparse
import sys

from luoshi.cli.door import FINDING, GOOD, show, start_django


def rebuild(options: argparse.Namespace) -> int:
    """Make the index anew from the rows, while the site runs."""
    start_django()
    from luoshi.ops import searching

    def say(kind: str, done: int, changed: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{searching.WORDS[kind]}：已核对 {done}，更新 {changed}", end="", file=sys.stderr)

    told = searching.rebuild(say)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if options.json:
        show({kind: {"items": done, "changed": changed} for kind, (done, changed) in told.items()})
    else:
        for kind, (done, changed) in told.items():
            print(f"{searching.WORDS[kind]}：{done} 条，更新 {changed} 条")
        print("检索索引已是最新。")
    return GOOD


def check(options: argparse.Namespace) -> int:
    """Hold the index against the rows; 1 where they differ."""
    start_django()
    from luoshi.ops import searching

    wrong = searching.differing()
    if options.json:
        show({"ok": not wrong, "differing": wrong})
    else:
        for kind, keys in wrong.items():
            print(f"{searching.WORDS[kind]}：{len(keys)} 条与数据不一致，如编号 {keys[0]}")
        print("请运行 luoshi search rebuild 重建。" if wrong else "检索索引与数据一致。")
    return FINDING if wrong else GOOD
