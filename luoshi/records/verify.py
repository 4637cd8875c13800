"""Holding what is stored against what was recorded: every link, every protected row, every file of proof.

`verify()` reads one snapshot of the database, changes nothing, and names what was altered behind the product's back
by table and key. It cannot see a tail cut off together with the head, nor a chain written anew by someone who holds
the key: `against` compares with a head exported earlier and kept elsewhere, and says so in words.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import connection, models, transaction

from luoshi.lib import seal
from luoshi.records import rows as row_reader
from luoshi.records.models import ChainHead, Entry, EntryValue, Evidence
from luoshi.records.rules import GENESIS, link
from luoshi.records.services.files import place

SHOWN = 1000
"""Findings kept in a report; the rest are only counted."""
APPEND_ONLY = ("records_entry", "records_evidence")
_NAMES = ("bureau", "seq", "at", "actor", "act", "subject")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was recorded: what kind, which table and key, and a Chinese sentence."""

    kind: str
    table: str
    pk: str
    said: str


@dataclass(slots=True)
class Report:
    """What was read and what was found; `ok` where nothing was."""

    entries: int = 0
    rows: int = 0
    values: int = 0
    files: int = 0
    seconds: float = 0.0
    count: int = 0
    findings: list[Finding] = field(default_factory=list)
    heads: dict[int, tuple[int, str]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.count == 0

    def find(self, kind: str, table: str, pk: Any, said: str) -> None:
        self.count += 1
        if len(self.findings) < SHOWN:
            self.findings.append(Finding(kind, table, str(pk), said))


@dataclass(slots=True)
class _Trail:
    """What the entries say must be there: the last seal of each row, the digest of each kept value."""

    last: dict[str, dict[str, bytes]] = field(default_factory=dict)
    values: dict[int, str] = field(default_factory=dict)
    anchors: dict[tuple[int, int], str] = field(default_factory=dict)


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything as of one moment, without holding up writers."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        connection.cursor().execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            connection.cursor().execute("ROLLBACK")
    else:
        with transaction.atomic():
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def verify(*, against: Mapping[int, tuple[int, str]] | None = None) -> Report:
    """Check everything that records protect; `against` are heads exported earlier (bureau → seq, mac)."""
    began = time.monotonic()
    report, trail = Report(), _Trail()
    with snapshot():
        _triggers(report)
        _entries(report, trail, against or {})
        _heads(report, against or {}, trail)
        _values(report, trail)
        for model in row_reader.protected_models():
            _rows(report, trail, model)
        for table, gone in trail.last.items():
            _leftovers(report, table, gone)
        _files(report)
    report.seconds = round(time.monotonic() - began, 2)
    return report


def _triggers(report: Report) -> None:
    """The database's own refusal of UPDATE and DELETE must still be there and switched on."""
    if connection.vendor == "sqlite":
        wanted = {f"{table}_no_{verb}" for table in APPEND_ONLY for verb in ("update", "delete")}
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        wanted = {f"{table}_{kind}" for table in APPEND_ONLY for kind in ("append_only", "no_truncate")}
        query = "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {name for (name,) in cursor.fetchall()}
    for name in sorted(wanted - found):
        table = next(one for one in APPEND_ONLY if name.startswith(one))
        report.find("trigger", table, "", f"表 {table} 的防改触发器 {name} 不见了或已停用，有人具备改动数据库的权限。")


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _entries(report: Report, trail: _Trail, against: Mapping[int, tuple[int, str]]) -> None:
    """Walk all chains at once in the order of writing, so that the last seal of a row is the last one made."""
    key, heads, last = settings.LUOSHI_CHAIN_KEY, report.heads, trail.last
    wanted = {(bureau, seq) for bureau, (seq, _) in against.items()}
    columns = ("pk", "bureau_id", "seq", "at", "actor_id", "actor_label", "act", "subject_table", "subject_pk",
               "subject_label", "body", "prev", "mac")  # fmt: skip
    for pk, bureau, seq, at, who, label, act, table, row, name, body, prev, mac in (
        Entry.objects.order_by("pk").values_list(*columns).iterator(chunk_size=5000)
    ):
        report.entries += 1
        before = heads.get(bureau, (0, GENESIS))
        if seq != before[0] + 1:
            report.find(
                "gap", "records_entry", pk, f"第 {bureau} 链的序号从 {before[0]} 跳到 {seq}，中间的留痕不见了。"
            )
        elif prev != before[1]:
            report.find("link", "records_entry", pk, f"第 {bureau} 链第 {seq} 条接不上前一条，前一条被换过或删过。")
        if link(key, prev, body) != mac:
            report.find("mac", "records_entry", pk, f"第 {bureau} 链第 {seq} 条的正文或校验码被改动。")
        heads[bureau] = (seq, mac)
        if (bureau, seq) in wanted:
            trail.anchors[bureau, seq] = mac
        try:
            told = json.loads(body)
            digests = [(where, which, bytes.fromhex(digest)) for where, which, digest in told["rows"]]
            kept = told["values"]
            said = [told[one] for one in _NAMES]
        except (ValueError, KeyError, TypeError):
            report.find("mac", "records_entry", pk, f"第 {bureau} 链第 {seq} 条的正文读不出来。")
            continue
        if said != [bureau, seq, _moment(at), [who, label], act, [table, row, name]]:
            report.find("column", "records_entry", pk, f"第 {bureau} 链第 {seq} 条的列与正文不符，列被改动。")
        for where, which, digest in digests:
            last.setdefault(where, {})[which] = digest + pk.to_bytes(8, "big")
        if kept:
            trail.values[pk] = kept


def _heads(report: Report, against: Mapping[int, tuple[int, str]], trail: _Trail) -> None:
    """The head rows, and the heads exported earlier, against the chains as they end now."""
    stored = {one.bureau_id: (one.seq, one.mac) for one in ChainHead.objects.all()}
    for bureau in sorted(set(stored) | set(report.heads)):
        head, end = stored.get(bureau, (0, GENESIS)), report.heads.get(bureau, (0, GENESIS))
        if head != end:
            told = f"第 {bureau} 链的链头记到第 {head[0]} 条，实际末条是第 {end[0]} 条，两者不符：末尾被截断或被添加。"
            report.find("head", "records_chainhead", bureau, told)
    for bureau, (seq, mac) in sorted(against.items()):
        now = report.heads.get(bureau, (0, GENESIS))[0]
        if now < seq:
            told = (
                f"第 {bureau} 链导出链头时有 {seq} 条，现在只有 {now} 条：末尾 {seq - now} 条被截断，或换成了旧数据。"
            )
            report.find("truncated", "records_entry", "", told)
        elif trail.anchors.get((bureau, seq), GENESIS) != mac:
            told = f"第 {bureau} 链第 {seq} 条与导出的链头不符：此条或更早的留痕被整段重写过（改写者持有密钥）。"
            report.find("rechained", "records_entry", "", told)


def _rows(report: Report, trail: _Trail, model: type[models.Model]) -> None:
    table = model._meta.db_table
    expected = trail.last.get(table, {})
    for pk, digest in _row_seals(report, model):
        report.rows += 1
        sealed = expected.pop(pk, None)
        if sealed is None:
            report.find("unrecorded", table, pk, f"表 {table} 的第 {pk} 行没有留痕，是绕过系统加进去的。")
        elif sealed[:-8] != digest:
            entry = int.from_bytes(sealed[-8:], "big")
            told = f"表 {table} 的第 {pk} 行与最后一次留痕（编号 {entry}）不符，被绕过系统改动。"
            report.find("altered", table, pk, told)


def _row_seals(report: Report, model: type[models.Model]) -> Iterator[tuple[str, bytes]]:
    """Every row's digest; where a value cannot even be read, the rows are read one by one and that one is named."""
    seen: set[str] = set()
    try:
        for one in row_reader.seals(model):
            seen.add(one.pk)
            yield one.pk, bytes.fromhex(one.digest)
        return
    except (ValueError, TypeError, ArithmeticError):
        pass
    table, key = connection.ops.quote_name(model._meta.db_table), model._meta.pk
    assert key is not None and key.column is not None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {connection.ops.quote_name(key.column)} FROM {table}")  # noqa: S608 — names, no values
        everyone = [value for (value,) in cursor.fetchall()]
    for raw in everyone:
        if str(raw) in seen:
            continue
        try:
            found = [(one.pk, bytes.fromhex(one.digest)) for one in row_reader.seals(model, [raw])]
        except (ValueError, TypeError, ArithmeticError):
            found = []
        yield from found or [(str(raw), b"unreadable")]


def _leftovers(report: Report, table: str, gone: dict[str, bytes]) -> None:
    """What the entries know and the tables no longer hold; an empty digest says that an act removed it."""
    for pk, sealed in gone.items():
        if len(sealed) > 8:
            entry = int.from_bytes(sealed[-8:], "big")
            told = f"表 {table} 的第 {pk} 行不见了（最后一次留痕编号 {entry}），被绕过系统删除。"
            report.find("gone", table, pk, told)


def _values(report: Report, trail: _Trail) -> None:
    """The values kept beside the chain, unless their key was deleted (erasure, which leaves the chain whole)."""
    secrets: dict[int, bytes] = {}
    kept = EntryValue.objects.select_related("key").order_by("pk")
    for one in kept.iterator(chunk_size=2000):
        report.values += 1
        expected = trail.values.pop(one.entry_id, None)
        if expected is None:
            report.find("value", "records_entryvalue", one.pk, f"留痕 {one.entry_id} 没有登记过值，这一行是加进去的。")
            continue
        if one.key is None:
            continue
        try:
            if one.key.pk not in secrets:
                bound = f"{one.key.table}:{one.key.row}"
                secrets[one.key.pk] = bytes.fromhex(
                    seal.unseal(settings.LUOSHI_VALUES_KEY, bytes(one.key.wrapped), bound)
                )
            plain = seal.unseal(secrets[one.key.pk], bytes(one.sealed), f"entry:{one.entry_id}")
            good = seal.mac(settings.LUOSHI_CHAIN_KEY, plain) == expected
        except (InvalidTag, ValueError):
            good = False
        if not good:
            report.find("value", "records_entryvalue", one.pk, f"留痕 {one.entry_id} 的值（修改前后内容）被改动。")
    for entry in trail.values:
        report.find("value", "records_entryvalue", "", f"留痕 {entry} 的值（修改前后内容）不见了。")


def _files(report: Report) -> None:
    """The files of proof, byte for byte; each content is read once."""
    checked: dict[str, int] = {}
    for pk, sha256, size, name in Evidence.objects.values_list("pk", "sha256", "size", "name").iterator():
        report.files += 1
        if sha256 not in checked:
            checked[sha256] = _file_size(sha256)
        if checked[sha256] == size:
            continue
        why = {-1: "文件不见了", -2: "文件内容被改动"}.get(checked[sha256], "文件大小与登记不符")
        report.find("file", "records_evidence", pk.hex, f"佐证材料“{name}”（{pk}）的{why}。")


def _file_size(sha256: str) -> int:
    """The size of an intact file; -1 where it is missing, -2 where its bytes are others."""
    digest, size = hashlib.sha256(), 0
    try:
        with place(sha256).open("rb") as file:
            while chunk := file.read(1024 * 1024):
                digest.update(chunk)
                size += len(chunk)
    except OSError:
        return -1
    return size if digest.hexdigest() == sha256 else -2


def export_heads(at: datetime) -> dict[str, Any]:
    """The chains' heads as a small document to be kept elsewhere (printed, mailed, on another machine)."""
    heads = [[one.bureau_id, one.seq, one.mac] for one in ChainHead.objects.order_by("bureau_id")]
    told = {"version": 1, "at": _moment(at), "heads": heads}
    return {**told, "seal": seal.mac(settings.LUOSHI_CHAIN_KEY, seal.canonical(told))}


def read_heads(document: Mapping[str, Any]) -> dict[int, tuple[int, str]]:
    """The heads of an exported document; `ValueError` where it is none, or was altered, or has another key."""
    try:
        told = {name: document[name] for name in ("version", "at", "heads")}
        good = seal.mac(settings.LUOSHI_CHAIN_KEY, seal.canonical(told)) == document["seal"]
        heads = {int(bureau): (int(seq), str(mac)) for bureau, seq, mac in told["heads"]}
    except (KeyError, TypeError, ValueError):
        raise ValueError("这不是 luoshi verify --export-head 导出的链头文件。") from None
    if not good:
        raise ValueError("链头文件被改动过，或不是用这套密钥导出的，不能用来比较。")
    return heads
