"""Checks an unpacked archive package without the product: files, links and, with the key file, every seal.

Standard library only. It goes into the package as proof/verify.txt and is run there:
python3 proof/verify.txt [--key keys.json]
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
from pathlib import Path
from typing import Any


def canonical(value: Any) -> str:
    """One spelling for one value, the same as when it was recorded."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(path: Path) -> str:
    """SHA-256 of a file, read piece by piece."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            found.update(piece)
    return found.hexdigest()


def files(folder: Path) -> list[str]:
    """What is wrong with the files."""
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    wrong, known = [], {"manifest.json"}
    for one in told["files"]:
        path = folder / one["path"]
        known.add(one["path"])
        if not path.is_file():
            wrong.append(f"缺少文件：{one['path']}")
        elif digest(path) != one["sha256"]:
            wrong.append(f"文件被改动：{one['path']}")
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).as_posix() not in known:
            wrong.append(f"多出文件：{path.relative_to(folder).as_posix()}")
    return [*wrong, *(f"生成时已说明：{one}" for one in told["troubles"])]


def chain(told: dict[str, Any]) -> list[str]:
    """What is wrong with how the entries follow each other."""
    wrong: list[str] = []
    before: dict[str, Any] | None = None
    for one in told["entries"]:
        if one["next_prev"] and one["next_prev"] != one["mac"]:
            wrong.append(f"留痕{one['seq']}与后一条不相连")
        if before and one["seq"] <= before["seq"]:
            wrong.append(f"留痕{one['seq']}次序不对")
        if before and one["seq"] == before["seq"] + 1 and one["prev"] != before["mac"]:
            wrong.append(f"留痕{one['seq']}与前一条不相连")
        body = json.loads(one["body"])
        if (body["bureau"], body["seq"]) != (told["bureau"], one["seq"]):
            wrong.append(f"留痕{one['seq']}的正文不是这一条的")
        before = one
    return wrong


def seals(told: dict[str, Any], manifest: dict[str, Any], key: bytes) -> list[str]:
    """What is wrong with the seals: of the entries, and of the rows that hold the files' digests."""
    wrong, recorded = [], set()
    for one in told["entries"]:
        made = hmac.digest(key, f"{one['prev']}\n{one['body']}".encode(), "sm3").hex()
        if made != one["mac"]:
            wrong.append(f"留痕{one['seq']}被改动")
            continue
        recorded |= {tuple(row) for row in json.loads(one["body"])["rows"]}
    packed = {one["evidence"]: one for one in manifest["files"] if one.get("evidence")}
    for pk, values in told["evidence"]:
        made = hmac.digest(key, canonical(["records_evidence", pk, values]).encode(), "sm3").hex()
        if ("records_evidence", pk, made) not in recorded:
            wrong.append(f"佐证材料的登记值与留痕不符：{values['name']}")
        elif pk in packed and packed[pk]["sha256"] != values["sha256"]:
            wrong.append(f"佐证材料与登记的 SHA-256 不符：{values['name']}")
    return wrong


def main(arguments: list[str]) -> int:
    """Say what is wrong, line by line; 0 where nothing is."""
    folder = Path(__file__).resolve().parent.parent
    wrong = files(folder)
    told = json.loads((folder / "proof" / "chain.json").read_text(encoding="utf-8"))
    wrong += chain(told)
    if "--key" in arguments:
        name = arguments[arguments.index("--key") + 1]
        key = bytes.fromhex(json.loads(Path(name).read_text(encoding="utf-8"))["chain"])
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        wrong += seals(told, manifest, key)
    done = "文件、留痕和校验码" if "--key" in arguments else "文件和留痕的相连（没有密钥，未核对校验码）"
    sys.stdout.write("".join(f"{one}\n" for one in wrong) or f"核对完毕，没有发现问题：{done}。\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
