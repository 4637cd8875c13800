"""How an act becomes a link of the chain: the body's spelling and the MAC over the link before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from luoshi.lib.seal import canonical, mac

GENESIS = ""


@dataclass(frozen=True, slots=True)
class RowSeal:
    """One row after an act: its table, key and digest; an empty digest says the row is gone."""

    table: str
    pk: str
    digest: str


def row_digest(key: bytes, table: str, pk: str, values: Mapping[str, Any]) -> str:
    """The keyed digest of a row's values, bound to its place.

    >>> row_digest(b"k", "t", "1", {"a": 1}) == row_digest(b"k", "t", "2", {"a": 1})
    False
    """
    return mac(key, canonical([table, pk, values]))


def body_text(
    *,
    bureau_id: int,
    seq: int,
    at: str,
    actor: tuple[int | None, str],
    act: str,
    subject: tuple[str, str, str],
    rows: Iterable[RowSeal],
    note: str = "",
    decided: tuple[str, str] | None = None,
    values_digest: str = "",
    group: str = "",
) -> str:
    """The one text that the MAC covers. `decided` is (who decided, on which date) where that was not the operator."""
    return canonical(
        {
            "bureau": bureau_id,
            "seq": seq,
            "at": at,
            "actor": list(actor),
            "act": act,
            "subject": list(subject),
            "rows": [[row.table, row.pk, row.digest] for row in rows],
            "note": note,
            "decided": list(decided) if decided else None,
            "values": values_digest,
            "group": group,
        }
    )


def link(key: bytes, prev: str, body: str) -> str:
    """The MAC of an entry: it covers the link before it and the body.

    >>> link(b"k", GENESIS, "{}") == link(b"k", "x", "{}")
    False
    """
    return mac(key, prev + "\n" + body)


_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "ofd": ("application/ofd", (_ZIP,)),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (_ZIP,)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (_ZIP,)),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", (_ZIP,)),
    "doc": ("application/msword", (_OLE,)),
    "xls": ("application/vnd.ms-excel", (_OLE,)),
    "ppt": ("application/vnd.ms-powerpoint", (_OLE,)),
    "wps": ("application/wps-office.wps", (_OLE, _ZIP)),
    "et": ("application/wps-office.et", (_OLE, _ZIP)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "zip": ("application/zip", (_ZIP,)),
}


def file_kind(name: str, head: bytes) -> str | None:
    """The media type of a file whose ending and first bytes agree, else None. Nothing executable, no SVG or HTML.

    >>> file_kind("会议纪要.pdf", b"%PDF-1.7 ...")
    'application/pdf'
    >>> file_kind("会议纪要.pdf", b"<html>") is None
    True
    >>> file_kind("说明.txt", "已整改".encode())
    'text/plain'
    """
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending in ("txt", "md", "csv"):
        return None if b"\x00" in head else "text/csv" if ending == "csv" else "text/plain"
    kind, starts = _KINDS.get(ending, ("", ()))
    return kind if any(head.startswith(start) for start in starts) else None
