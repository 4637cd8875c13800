"""What a file or pasted text says, as clauses and proposed duties that are not saved yet."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org.models import Unit, User
from luoshi.plan import queries
from luoshi.plan.models import Clause, Duty
from luoshi.plan.queries.versions import Side
from luoshi.plan.slots import SLOTS
from luoshi.plantext import compile as reader
from luoshi.plantext.reading import Unreadable, read_file
from luoshi.records.models import Evidence, StagedUpload
from luoshi.records.services import BadFile, keep, stage
from luoshi.records.services.files import place

READER = "1"
LIMIT = 400_000
_QUOTED = re.compile(r"“[^”]{2,30}”(?:活动|行动|工作)?")


@dataclass(frozen=True, slots=True)
class Draft(Side):
    """A text as it would be stored: its clauses and duties have no keys yet."""

    title: str

    @property
    def digest(self) -> str:
        """The digest by which the same text is known again."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def read_plan(content: str | bytes | Path, file_name: str = "") -> tuple[str, dict[str, Any]]:
    """The text of a plan and its reading; `NotAllowed` says in Chinese why it is none.

    `content` is pasted text, a file's bytes (its name tells the format), or a path.
    """
    try:
        source = content.encode() if isinstance(content, str) else content
        text = read_file(source, file_name or ("方案.txt" if not isinstance(source, Path) else None))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    except Unreadable as why:
        raise NotAllowed(str(why)) from None
    if len(text) > LIMIT:
        raise NotAllowed(f"文字超过{LIMIT // 10000}万字，不像一份方案，请只保留方案正文。")
    reading = reader.compile_plan(text).to_json()
    if not reading["clauses"]:
        raise NotAllowed("没有读到条款（如“一、”“（一）”“第一条”），请确认这是一份方案的正文。")
    if not reading["duties"]:
        raise NotAllowed("读到了条款，但没有读到要做的事，请确认这是一份方案的正文。")
    return text, reading


def draft(content: str | bytes | Path, file_name: str = "", *, bureau: Unit, on: date) -> Draft:
    """A text read and laid out as clauses and duties; nothing is saved."""
    text, reading = read_plan(content, file_name)
    clauses = _clauses(reading["clauses"], text)
    title = reading["title"] or _named(text, bureau)
    return Draft(text, clauses, _duties(clauses, reading, text, bureau, on), title)


def read_staged(token: uuid.UUID | str, *, who: User, bureau: Unit, on: date) -> Draft | None:
    """A staged upload of this person, read; None where there is none (taken up already, or swept after its time)."""
    kept = StagedUpload.objects.filter(pk=token, by=who).first()
    return draft(place(kept.sha256).read_bytes(), kept.name, bureau=bureau, on=on) if kept else None


def receive(
    content: str | bytes | Path, file_name: str, staged: Iterable[uuid.UUID | str], *, by: User | None, bureau: Unit
) -> tuple[Evidence | None, str | bytes, str]:
    """The file as evidence (kept within the caller's act), what to read, and the name that tells its format."""
    tokens = list(staged)
    try:
        if isinstance(content, Path):
            file_name = file_name or content.name
            content = _bytes_of(content)
        if isinstance(content, bytes) and not tokens:
            tokens = [stage(SimpleUploadedFile(file_name or "方案.txt", content), by=by).pk]
        if not tokens:
            return None, content, ""
        if len(tokens) > 1:
            raise NotAllowed("一次导入一份方案，请只选一个文件。")
        kept = keep(tokens, by=by, bureau=bureau.pk)[0]
    except BadFile as why:
        raise NotAllowed(str(why)) from None
    return kept, place(kept.sha256).read_bytes(), kept.name


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise NotAllowed(f"打不开文件“{path}”，请检查路径和读取权限。") from None


def short_title(title: str) -> str:
    """A title as people call it: what stands in quotation marks, or the title without its kind of paper.

    >>> short_title("云岭县住房和城乡建设局“事事有着落”两年行动实施方案")
    '事事有着落'
    >>> short_title("云岭县老旧小区改造工作方案")
    '云岭县老旧小区改造'
    """
    quoted = re.search(r"“([^”]{2,20})”", title)
    return quoted[1] if quoted else re.sub(r"(?:工作|实施|行动)*方案$", "", title) or title


def _named(text: str, bureau: Unit) -> str:
    """A title for a text that begins without one: the campaign it names first, else the bureau's name."""
    quoted = _QUOTED.search(text[:600])
    return f"{quoted[0] if quoted else bureau.short_name}实施方案"


def _clauses(rows: list[dict[str, Any]], text: str) -> list[Clause]:
    """The clause tree in the text's order; a path that comes twice gets a number, the text before all headings is 0."""
    head = rows[0]["start"]
    if text[:head].strip():
        rows = [{"path": "0", "marker": "0", "title": "前言", "start": 0, "end": head}, *rows]
    seen: dict[str, int] = {}
    made: dict[str, Clause] = {}  # the latest clause of a path as the reader wrote it: what follows lies below it
    clauses: list[Clause] = []
    for order, row in enumerate(rows):
        above, _, last = row["path"].rpartition("/")
        parent = made.get(above)
        path = f"{parent.path}/{last}" if parent else row["path"]
        seen[path] = seen.get(path, 0) + 1
        clause = Clause(
            parent=parent,
            order=order,
            path=(path if seen[path] == 1 else f"{path}#{seen[path]}")[:200],
            marker=row["marker"][:40],
            title=row["title"][:300],
            start=row["start"],
            end=row["end"],
        )
        made[row["path"]] = clause
        clauses.append(clause)
    return clauses


def _duties(clauses: list[Clause], reading: dict[str, Any], text: str, bureau: Unit, on: date) -> list[Duty]:
    """The proposed duties in the text's order, each under the innermost clause that holds it."""
    units = queries.unit_names(bureau.pk, on)
    rows = sorted(reading["duties"], key=lambda one: (one["start"], one["end"]))
    return [
        Duty(
            clause=innermost(clauses, row["start"]),
            order=order,
            start=row["start"],
            end=row["end"],
            quote=text[row["start"] : row["end"]],
            act=row["act"].replace("\n", "")[:300],
            actor=(row["actor"] or "").replace("\n", "")[:100],
            output=(row["output"] or "").replace("\n", "")[:200],
            slot=row["slot"] if row["slot"] in SLOTS else "",
            obligations=[reading["obligations"][place] for place in row["obligations"]],
            owner_unit_id=queries.unit_named(row["actor"] or "", row["act"], units),
        )
        for order, row in enumerate(rows, 1)
    ]


def innermost(clauses: list[Clause], at: int) -> Clause:
    """The deepest clause whose span holds a place; the first clause where none does (a clause 0 is always before)."""
    holding = [one for one in clauses if one.start <= at < one.end]
    return max(holding, key=lambda one: (one.path.count("/"), one.order)) if holding else clauses[0]
