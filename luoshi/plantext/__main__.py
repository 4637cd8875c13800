"""`python -m luoshi.plantext [--json | --text] FILE`: read one plan without the rest of the product."""

import json
import sys

from luoshi.plantext.compile import compile_plan
from luoshi.plantext.reading import Unreadable, read_file

_USAGE = "用法：python -m luoshi.plantext [--json | --text] 文件（“-”表示标准输入）"


def main(arguments: list[str]) -> int:
    """Print the reading (or with --text the decoded text) of a file; 0 good, 2 wrong use or unreadable."""
    options = [a for a in arguments if a.startswith("--")]
    files = [a for a in arguments if not a.startswith("--")]
    if len(files) != 1 or any(o not in ("--json", "--text") for o in options):
        print(_USAGE, file=sys.stderr)
        return 2
    try:
        text = read_file(sys.stdin.buffer.read(), "") if files[0] == "-" else read_file(files[0])
    except Unreadable as why:
        print(why, file=sys.stderr)
        return 2
    said = text if "--text" in options else json.dumps(compile_plan(text).to_json(), ensure_ascii=False)
    sys.stdout.buffer.write(said.encode("utf-8", "replace") + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
