"""导入方案: keep the text verbatim, read it, and propose its duties; nothing is decided here."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.org.models import Unit, User
from luoshi.plan import queries
from luoshi.plan.models import Clause, Duty, Plan, PlanVersion
from luoshi.plan.services.checks import require_office
from luoshi.plan.slots import SLOTS
from luoshi.plantext import compile as reader
from luoshi.plantext.reading import Unreadable, read_file
from luoshi.records.models import Evidence
from luoshi.records.services import BadFile, act, keep, record, stage
from luoshi.records.services.files import place

READER = "1"
LIMIT = 400_000
_QUOTED = re.compile(r"“[^”]{2,30}”(?:活动|行动|工作)?")


class AlreadyImported(NotAllowed):
    """The same text stands in the bureau already; `version` is where."""

    def __init__(self, version: PlanVersion) -> None:
        super().__init__(
            f"这份方案已于{clock.local(version.imported_at):%Y-%m-%d}导入，就是“{version}”，不用重复导入。"
        )
        self.version = version


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


@act
def import_plan(
    *,
    bureau: Unit,
    by: User | None,
    on: date,
    content: str | bytes | Path = "",
    file_name: str = "",
    staged: Iterable[uuid.UUID | str] = (),
    title: str | None = None,
    short_name: str = "",
    document_no: str = "",
    issued_by: str = "",
    from_on: date | None = None,
    until_on: date | None = None,
    plan: Plan | None = None,
) -> PlanVersion:
    """Import a plan's text as the first version of a new plan, or as the next version of `plan`.

    Either `content` (with `file_name` for bytes), or the token of one `staged` upload. A file is kept byte for
    byte as evidence. The title is read from the text where none is given. `AlreadyImported` for the same text;
    `NotAllowed` for what is no plan; nothing is saved then.
    """
    require_office(by, bureau.pk, on)
    if from_on and until_on and until_on < from_on:
        raise NotAllowed("实施起止日期颠倒了，请核对。")
    source, content, file_name = _receive(content, file_name, list(staged), by=by, bureau=bureau)
    text, reading = read_plan(content, file_name)
    digest = hashlib.sha256(text.encode()).hexdigest()
    same = PlanVersion.objects.select_related("plan").filter(plan__bureau=bureau, sha256=digest).first()
    if same is not None:
        raise AlreadyImported(same)
    if plan is None:
        full = (title or "").strip() or reading["title"] or _named(text, bureau)
        plan = Plan.objects.create(
            bureau=bureau,
            title=full[:200],
            short_name=(short_name.strip() or short_title(full))[:40],
            issued_by=issued_by.strip() or bureau.name,
            document_no=document_no.strip(),
            from_on=from_on,
            until_on=until_on,
        )
    before = plan.versions.order_by("-number").first()
    version = PlanVersion.objects.create(
        plan=plan,
        number=before.number + 1 if before else 1,
        text=text,
        sha256=digest,
        reader_version=READER,
        source=source,
        imported_by=by,
        imported_at=clock.now(),
    )
    clauses = _store_clauses(version, reading["clauses"], text, before)
    duties = _store_duties(clauses, reading, text, bureau, on)
    record(
        by,
        "plan.import_plan",
        version,
        bureau=bureau.pk,
        rows=[plan, *([source] if source else [])],
        batch=[(Clause, [one.pk for one in clauses]), (Duty, [one.pk for one in duties])],
        note=f"读出条款{sum(one.path != '0' for one in clauses)}条、任务{len(duties)}项",
    )
    return version


def _receive(
    content: str | bytes | Path, file_name: str, staged: list[uuid.UUID | str], *, by: User | None, bureau: Unit
) -> tuple[Evidence | None, str | bytes, str]:
    """The file as evidence, what to read, and the name that tells its format."""
    try:
        if isinstance(content, Path):
            file_name = file_name or content.name
            content = _bytes_of(content)
        if isinstance(content, bytes) and not staged:
            staged = [stage(SimpleUploadedFile(file_name or "方案.txt", content), by=by).pk]
        if not staged:
            return None, content, ""
        if len(staged) > 1:
            raise NotAllowed("一次导入一份方案，请只选一个文件。")
        kept = keep(staged, by=by, bureau=bureau.pk)[0]
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


def _store_clauses(
    version: PlanVersion, rows: list[dict[str, Any]], text: str, before: PlanVersion | None
) -> list[Clause]:
    """The clause tree, level by level; a path that comes twice gets a number, the text before all headings is 0."""
    head = rows[0]["start"]
    if text[:head].strip():
        rows = [{"path": "0", "marker": "0", "title": "前言", "start": 0, "end": head}, *rows]
    lineages = _lineages(before)
    seen: dict[str, int] = {}
    made: dict[str, Clause] = {}  # the latest clause of a path as the reader wrote it: what follows lies below it
    clauses: list[Clause] = []
    levels: list[list[Clause]] = []
    for order, row in enumerate(rows):
        above = row["path"].rpartition("/")[0]
        parent = made.get(above)
        path = f"{parent.path}/{row['path'].rpartition('/')[2]}" if parent else row["path"]
        seen[path] = seen.get(path, 0) + 1
        path = (path if seen[path] == 1 else f"{path}#{seen[path]}")[:200]
        own = text[row["start"] : row["end"]]
        clause = Clause(
            version=version,
            parent=parent,
            order=order,
            path=path,
            marker=row["marker"][:40],
            title=row["title"][:300],
            start=row["start"],
            end=row["end"],
            lineage=lineages.get(own) or lineages.get(f"{path}\n{row['title']}") or uuid.uuid4(),
        )
        made[row["path"]] = clause
        clauses.append(clause)
        depth = row["path"].count("/") if parent else 0
        levels += [[] for _ in range(depth + 1 - len(levels))]
        levels[depth].append(clause)
    for level in levels:
        Clause.objects.bulk_create(level)
    return clauses


def _lineages(before: PlanVersion | None) -> dict[str, uuid.UUID]:
    """By what a clause of the next version is known again: its very text, else its place and title."""
    if before is None:
        return {}
    found: dict[str, uuid.UUID] = {}
    for one in before.clauses.all():
        found[f"{one.path}\n{one.title}"] = one.lineage
        found[before.text[one.start : one.end]] = one.lineage
    return found


def _store_duties(clauses: list[Clause], reading: dict[str, Any], text: str, bureau: Unit, on: date) -> list[Duty]:
    """The proposed duties in the text's order, each under the innermost clause that holds it."""
    units = queries.unit_names(bureau.pk, on)
    rows = sorted(reading["duties"], key=lambda one: (one["start"], one["end"]))
    duties = [
        Duty(
            clause=_innermost(clauses, row["start"]),
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
    return Duty.objects.bulk_create(duties, batch_size=500)


def _innermost(clauses: list[Clause], at: int) -> Clause:
    """The deepest clause whose span holds a place; the first clause where none does (a clause 0 is always before)."""
    holding = [one for one in clauses if one.start <= at < one.end]
    return max(holding, key=lambda one: (one.path.count("/"), one.order)) if holding else clauses[0]
