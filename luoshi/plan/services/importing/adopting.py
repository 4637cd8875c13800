"""A text becomes a plan's version: the first one by importing, a next one only after its difference was seen."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.org.models import Unit, User
from luoshi.plan.models import Clause, Duty, DutyOrigin, Plan, PlanVersion
from luoshi.plan.queries import searched, versions
from luoshi.plan.services.checks import require_office
from luoshi.plan.services.importing.carrying import carry
from luoshi.plan.services.importing.reading import READER, Draft, draft, receive, short_title
from luoshi.records.models import Evidence
from luoshi.records.services import act, record
from luoshi.search import services as search


class AlreadyImported(NotAllowed):
    """The same text stands in the bureau already; `version` is where."""

    def __init__(self, version: PlanVersion) -> None:
        super().__init__(
            f"这份方案已于{clock.local(version.imported_at):%Y-%m-%d}导入，就是“{version}”，不用重复导入。"
        )
        self.version = version


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
) -> PlanVersion:
    """Import a plan's text as the first version of a new plan.

    Either `content` (with `file_name` for bytes), or the token of one `staged` upload. A file is kept byte for
    byte as evidence. The title is read from the text where none is given. `AlreadyImported` for the same text;
    `NotAllowed` for what is no plan; nothing is saved then.
    """
    require_office(by, bureau.pk, on)
    if from_on and until_on and until_on < from_on:
        raise NotAllowed("实施起止日期颠倒了，请核对。")
    source, content, file_name = receive(content, file_name, staged, by=by, bureau=bureau)
    found = draft(content, file_name, bureau=bureau, on=on)
    same = PlanVersion.objects.select_related("plan").filter(plan__bureau=bureau, sha256=found.digest)
    if already := same.order_by("-number").first():
        raise AlreadyImported(already)
    full = (title or "").strip() or found.title
    plan = Plan.objects.create(
        bureau=bureau,
        title=full[:200],
        short_name=(short_name.strip() or short_title(full))[:40],
        issued_by=issued_by.strip() or bureau.name,
        document_no=document_no.strip(),
        from_on=from_on,
        until_on=until_on,
    )
    for clause in found.clauses:
        clause.lineage = uuid.uuid4()
    version = _store(plan, 1, found, source, by=by)
    _record_import(version, found, by=by, rows=[plan, *([source] if source else [])])
    return version


@act
def adopt_version(
    plan: Plan,
    *,
    by: User | None,
    on: date,
    seen: int,
    found: Draft,
    content: str | bytes | Path = "",
    file_name: str = "",
    staged: Iterable[uuid.UUID | str] = (),
    basis: str = "",
    decided_by: User | None = None,
    decided_on: date | None = None,
) -> PlanVersion:
    """采用新版: the text whose difference from version `seen` was looked at becomes the plan's newest version.

    `found` is its reading (made before the act, so that a long text holds no lock); the file or text it was read
    from is kept. Clauses keep their lineage; unchanged duties are proposed with everything that was decided before.
    What runs keeps its rule: no rule ends here. `Stale` where another version was adopted meanwhile.
    """
    require_office(by, plan.bureau_id, on)
    plan = Plan.objects.select_for_update(of=("self",)).select_related("bureau").get(pk=plan.pk)
    before = versions.newest_of(plan)
    if before.number != seen:
        who = before.imported_by or "系统"
        told = f"{clock.local(before.imported_at):%m-%d %H:%M} {who}：采用了第{before.number}版"
        raise Stale(None, [told])
    check_new_text(plan, found)
    source, _, _ = receive(content, file_name, staged, by=by, bureau=plan.bureau)
    old = versions.stored(before)
    difference = versions.compare(old, found)
    gone = versions.lineages_gone(before)
    for at, clause in enumerate(found.clauses):
        mate = difference.taken.get(at)
        kept = old.clauses[mate].lineage if mate is not None else gone.pop(versions.words_of(found, at), None)
        clause.lineage = kept or uuid.uuid4()
    carried = carry(difference, plan, on=on)
    version = _store(plan, before.number + 1, found, source, by=by, basis=basis)
    origins = [DutyOrigin(duty=made, origin=one) for made, ones in carried for one in ones]
    DutyOrigin.objects.bulk_create(origins)
    _record_import(
        version, found, by=by, act="plan.adopt_version", rows=[source] if source else [], origins=origins,
        decided_by=decided_by, decided_on=decided_on,
    )  # fmt: skip
    return version


def check_new_text(plan: Plan, found: Draft) -> None:
    """Refuse a text that is the plan's newest version already, or stands as another plan of the bureau."""
    newest = versions.newest_of(plan)
    if newest.sha256 == found.digest:
        raise AlreadyImported(newest)
    other = PlanVersion.objects.select_related("plan").filter(plan__bureau=plan.bureau_id, sha256=found.digest)
    if already := other.exclude(plan=plan).first():
        raise AlreadyImported(already)


def _store(
    plan: Plan, number: int, found: Draft, source: Evidence | None, *, by: User | None, basis: str = ""
) -> PlanVersion:
    """Write the version, its clauses level by level, its duties; the search finds the new text and no more the last."""
    version = PlanVersion.objects.create(
        plan=plan,
        number=number,
        text=found.text,
        sha256=found.digest,
        reader_version=READER,
        source=source,
        basis=basis.strip()[:200],
        imported_by=by,
        imported_at=clock.now(),
    )
    depth: dict[int, int] = {}
    levels: list[list[Clause]] = []
    for clause in found.clauses:
        clause.version = version
        depth[clause.order] = depth[clause.parent.order] + 1 if clause.parent else 0
        levels += [[] for _ in range(depth[clause.order] + 1 - len(levels))]
        levels[depth[clause.order]].append(clause)
    for level in levels:  # a parent has its key before its children are written
        Clause.objects.bulk_create(level, batch_size=500)
    Duty.objects.bulk_create(found.duties, batch_size=500)
    search.index(searched.PLANS, [plan.pk])
    search.index(searched.CLAUSES, list(Clause.objects.filter(version__plan=plan).values_list("pk", flat=True)))
    return version


def _record_import(
    version: PlanVersion,
    found: Draft,
    *,
    by: User | None,
    rows: list[Plan | Evidence],
    act: str = "plan.import_plan",
    origins: Iterable[DutyOrigin] = (),
    decided_by: User | None = None,
    decided_on: date | None = None,
) -> None:
    """Within the caller's act: one entry that names every row."""
    numbers = f"读出条款{sum(one.path != '0' for one in found.clauses)}条、任务{len(found.duties)}项"
    record(
        by,
        act,
        version,
        bureau=version.plan.bureau_id,
        rows=rows,
        batch=[
            (Clause, [one.pk for one in found.clauses]),
            (Duty, [one.pk for one in found.duties]),
            (DutyOrigin, [one.pk for one in origins]),
        ],
        note=f"{numbers}；{version.basis}" if version.basis else numbers,
        decided_by=decided_by,
        decided_on=decided_on,
    )
