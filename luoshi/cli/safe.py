"""verify, backup, restore."""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from luoshi.cli.door import FINDING, GOOD, Failed, WrongUse, show, start_django


def verify(options: argparse.Namespace) -> int:
    """Check records and rows; 1 where anything was found."""
    told = _read_json(options.against) if options.against else None
    start_django()
    from luoshi.lib import clock
    from luoshi.ops.audit import audit
    from luoshi.records.verify import export_heads, read_heads

    try:
        against = read_heads(told) if told is not None else None
    except ValueError as why:
        raise WrongUse(str(why)) from None
    report = audit(on=clock.today(), against=against)
    if options.export_head and report.ok:
        _write_json(Path(options.export_head), export_heads(clock.now()))
    if options.json:
        show(_as_json(report))
    else:
        for one in report.findings:
            print(one.said)
        if report.count > len(report.findings):
            print(f"……另有 {report.count - len(report.findings)} 处，未逐条列出。")
        read = f"{report.entries} 条留痕、{report.rows} 行数据、{report.files} 份材料"
        print(f"核对完毕：{read}，{'没有发现改动' if report.ok else f'发现 {report.count} 处'}（{report.seconds} 秒）")
    if options.export_head and not report.ok:
        raise Failed("有发现，没有导出链头：请先查明上面列出的改动。")
    return GOOD if report.ok else FINDING


def _as_json(report: Any) -> dict[str, Any]:
    return {
        "ok": report.ok,
        "entries": report.entries,
        "rows": report.rows,
        "values": report.values,
        "files": report.files,
        "seconds": report.seconds,
        "heads": [{"bureau": bureau, "seq": seq, "mac": mac} for bureau, (seq, mac) in sorted(report.heads.items())],
        "count": report.count,
        "findings": [asdict(one) for one in report.findings],
    }


def _read_json(name: str) -> dict[str, Any]:
    try:
        return dict(json.loads(Path(name).read_text(encoding="utf-8")))
    except OSError:
        raise WrongUse(f"读不到文件“{name}”：请检查路径。") from None
    except (ValueError, TypeError):
        raise WrongUse(f"文件“{name}”不是导出的链头（不是 JSON）：请检查路径。") from None


def _write_json(path: Path, document: dict[str, Any]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    except OSError as why:
        raise Failed(f"链头写不进“{path}”：{why.strerror}。") from None


def backup(options: argparse.Namespace) -> int:
    """Back up while the site runs."""
    start_django()
    from luoshi.ops import archive
    from luoshi.ops import backup as work

    target = Path(options.to).expanduser().resolve()
    try:
        manifest = work.backup(target)
        if options.keys:
            work.export_keys(Path(options.keys).expanduser().resolve())
    except archive.Refused as why:
        raise Failed(str(why)) from None
    size = sum(one["size"] for one in manifest["files"])
    rows = sum(one["rows"] for one in manifest["tables"].values())
    if options.json:
        show({"ok": True, "to": str(target), "bytes": size, "files": len(manifest["files"]), "rows": rows,
              "made_at": manifest["made_at"], "engine": manifest["engine"], "heads": manifest["heads"],
              "keys": options.keys or None})  # fmt: skip
    else:
        print(f"备份完成：{target}（{len(manifest['files'])} 个文件，{rows} 行，{size / 1024 / 1024:.1f} MB）")
        if options.keys:
            print(f"密钥已另存到 {options.keys}：请与备份分开保管。")
        else:
            print("备份里没有密钥：恢复时要用 keys.json，请用 --keys 另存一份，并与备份分开保管。")
    return GOOD


def restore(options: argparse.Namespace) -> int:
    """Check everything, restore into an empty place, verify what is there."""
    from luoshi.ops import archive
    from luoshi.ops import restore as work

    into, keys = Path(options.into).expanduser().resolve(), Path(options.keys).expanduser().resolve()
    url = options.database_url or ""
    try:
        work.empty(into)
        source = archive.Source(Path(options.backup).expanduser().resolve())
        manifest = work.check(source, keys)
        if manifest["engine"] == "postgresql":
            work.check_postgresql(url)
        elif url:
            raise archive.Refused("这是 SQLite 的备份，恢复成文件即可：请去掉 --database-url。")
        work.write(source, manifest, into, keys, url)
    except archive.Refused as why:
        raise Failed(str(why)) from None
    os.environ.update({"LUOSHI_DATA_DIR": str(into), "LUOSHI_DATABASE_URL": url})
    os.environ.pop("LUOSHI_KEY_FILE", None)
    start_django()
    from luoshi.lib import clock
    from luoshi.ops import prepare
    from luoshi.ops.audit import audit

    try:
        work.compare(manifest, into)
    except archive.Refused as why:
        work.clear(into)
        raise Failed(str(why)) from None
    prepare.tables(lambda line: None)
    against = {int(bureau): (int(seq), str(mac)) for bureau, seq, mac in manifest["heads"]}
    report = audit(on=clock.today(), against=against)
    if options.json:
        show({"ok": report.ok, "into": str(into), "made_at": manifest["made_at"], "verify": _as_json(report)})
    else:
        for one in report.findings:
            print(one.said)
        print(f"已恢复到 {into}（备份时间 {manifest['made_at']}，{report.entries} 条留痕已核对）。")
        print(f"启动：luoshi --data-dir {into} serve --init")
    if not report.ok:
        raise Failed("数据已按备份原样恢复，但备份时就有上面列出的改动：请查明后再启用。")
    return GOOD
