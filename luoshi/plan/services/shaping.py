"""添加、合并、拆分: what the reader missed or cut wrongly, put right by a person with the exact place in the text.

Merging and splitting keep the read duties (已拆并) as origins of what was made from them, so that both can be undone
while nothing rests on what was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Unpack

from luoshi.lib.lifecycle import NotAllowed, destination
from luoshi.org.models import User
from luoshi.plan import queries
from luoshi.plan.guessing import Guess, guess
from luoshi.plan.models import Clause, Duty, DutyOrigin, PlanVersion, Rule
from luoshi.plan.queries.ruling import stated_value
from luoshi.plan.rules import LIVE, MOVES, STATES
from luoshi.plan.services.checks import stale
from luoshi.plan.services.deciding import Words, clear_marks, confirm_duty, correct_duty, open_plan
from luoshi.plan.slots import SLOTS
from luoshi.plan.spans import Span, parts, piece_spans, plain, shared_out, trimmed, united
from luoshi.records.services import act, record

LONGEST = 300


@act
def add_duty(
    version: PlanVersion,
    *,
    start: int,
    end: int,
    by: User | None,
    on: date,
    confirm: bool = True,
    **words: Unpack[Words],
) -> Duty:
    """添加任务: a duty that the reader missed, with its exact place inside one clause; confirmed at once if wanted.

    What `words` leave out is guessed by the reader from the stretch. `NotAllowed` where the stretch is empty,
    runs over two clauses, or is a duty already. A 无任务 of the clause or above is taken back with it.
    """
    clause, span = place_of(version, start, end)
    plan = open_plan([clause.pk], by=by, on=on)
    same = Duty.objects.filter(clause=clause, start=span[0], end=span[1], state__in=LIVE).first()
    if same is not None:
        raise NotAllowed(f"这段文字已是任务“{same}”（{STATES[same.state]}），不用再添加；要改请选中它按“修改”。")
    read = guess_of(version, clause, span)
    duty = _made(version, clause, span, read, order=_order_before(version, span))
    duty.actor = read.actor or _actor_before(duty)
    units = queries.unit_names(plan.bureau_id, on)
    duty.owner_unit_id = queries.unit_named(duty.actor, duty.act, units)
    duty.save()
    record(by, "plan.add_duty", duty, bureau=plan.bureau_id, rows=clear_marks(clause.pk))
    if confirm:
        return confirm_duty(duty, by=by, on=on, version=duty.version, **words)
    changed = any(getattr(duty, key) != value for key, value in words.items())
    return correct_duty(duty, by=by, on=on, version=duty.version, **words) if changed else duty


@act
def merge_duties(duties: Iterable[tuple[Duty, int]], *, by: User | None, on: date) -> Duty:
    """合并: several proposals of one clause become one, from the first word to the last, measures united."""
    pairs = sorted(duties, key=lambda one: (one[0].start, one[0].end))
    if len(pairs) < 2:
        raise NotAllowed("合并至少要选两项，请先用空格选中同一条款里的几项。")
    clauses = {one.clause_id for one, _ in pairs}
    if len(clauses) > 1:
        raise NotAllowed("只能合并同一条款里的任务，所选的不在同一条款。")
    plan = open_plan(clauses, by=by, on=on)
    rows = [_replace(one, "merge", version) for one, version in pairs]
    version, clause = _text_of(rows[0])
    span = (rows[0].start, max(one.end for one in rows))
    words = "，".join(dict.fromkeys(one.act for one in rows))
    if len(words) > LONGEST:
        raise NotAllowed(f"合并后“做什么”有{len(words)}个字，超过{LONGEST}字，请少选几项，或先修改得短一些。")
    ruling = next((one for one in rows if stated_value(one)), None) or next((one for one in rows if one.slot), rows[0])
    read = Guess(
        act=words,
        actor="、".join(dict.fromkeys(one.actor for one in rows if one.actor))[:100],
        output="、".join(dict.fromkeys(one.output for one in rows if one.output))[:200],
        slot=ruling.slot,
        obligations=united(one.obligations for one in rows),
    )
    duty = _made(version, clause, span, read, order=rows[0].order)
    duty.value = ruling.value
    duty.owner_unit_id = next((one.owner_unit_id for one in rows if one.owner_unit_id), None)
    duty.leader_id = next((one.leader_id for one in rows if one.leader_id), None)
    duty.save()
    links = [DutyOrigin.objects.create(duty=duty, origin=one) for one in rows]
    told = f"由第{'、'.join(str(one.order) for one in rows)}项合并"
    record(by, "plan.merge_duties", duty, bureau=plan.bureau_id, rows=[*rows, *links], note=told)
    return duty


@act
def split_duty(duty: Duty, *, cuts: Iterable[int], by: User | None, on: date, version: int | None) -> list[Duty]:
    """拆分: one proposal becomes several, cut where some of its pieces begin (code points of the text).

    Each measure goes to the part that holds it; the slot to the part that says it. Who does it is handed on.
    """
    plan = open_plan([duty.clause_id], by=by, on=on)
    row = _replace(duty, "split", version)
    text, clause = _text_of(row)
    pieces = piece_spans(text.text, row.start, row.end)
    if len(pieces) < 2:
        raise NotAllowed("这项任务只有一句，没有可拆的地方；可以修改它，或另外添加任务。")
    begins = {piece[0]: place for place, piece in enumerate(pieces)}
    wanted = set(cuts)
    if not wanted:
        raise NotAllowed("请至少选一个拆开的位置。")
    if not wanted <= set(begins) - {pieces[0][0]}:
        raise NotAllowed("拆开的位置不在这项任务的句子之间，请重新选择。")
    spans = parts(pieces, [begins[at] for at in wanted])
    made = _parts_of(row, text, clause, spans)
    for one in made:
        one.save()
    links = [DutyOrigin.objects.create(duty=one, origin=row) for one in made]
    record(
        by, "plan.split_duty", made[0], bureau=plan.bureau_id, rows=[row, *made[1:], *links],
        note=f"第{row.order}项拆成{len(made)}项",
    )  # fmt: skip
    return made


@act
def undo_reshape(duty: Duty, *, by: User | None, on: date, version: int | None) -> list[Duty]:
    """撤销拆并: what a merging or splitting made goes, the read duties stand again as proposals. Answers those.

    `NotAllowed` while one of the made duties is confirmed, was merged or split again, or something rests on it.
    """
    plan = open_plan([duty.clause_id], by=by, on=on)
    origins = list(Duty.objects.filter(became__duty=duty).order_by("order", "start"))
    if not origins:
        raise NotAllowed("这项任务不是拆分或合并来的，没有可以撤销的拆并。")
    made = queries.made_with(duty)
    seen = next(one for one in made if one.pk == duty.pk)
    if seen.version != version:
        raise stale(duty)
    for one in made:
        if one.state == "CONFIRMED":
            raise NotAllowed(f"“{one}”已确认，请先把它退回待确认，再撤销拆并。")
        if one.state == "REPLACED":
            raise NotAllowed(f"“{one}”后来又被拆分或合并过，请先撤销那一次。")
    _refuse_where_used(made)
    for one in made:
        _replace(one, "unmake", one.version)
    origins = [_replace(one, "revive", one.version) for one in origins]
    links = DutyOrigin.objects.filter(duty__in=made)
    keys = list(links.values_list("pk", flat=True))
    links.delete()
    marks = clear_marks(duty.clause_id)
    record(
        by, "plan.unmake_duty", origins[0], bureau=plan.bureau_id, rows=[*origins[1:], *made, *marks],
        batch=[(DutyOrigin, keys)],
    )  # fmt: skip
    return origins


def place_of(version: PlanVersion, start: int, end: int) -> tuple[Clause, Span]:
    """The clause that holds a chosen stretch, and the stretch cut clean; `NotAllowed` where there is none."""
    if not 0 <= start < end <= len(version.text):
        raise NotAllowed("所选文字不在这份方案里，请重新选择。")
    span = trimmed(version.text, start, end)
    if span[0] >= span[1]:
        raise NotAllowed("没有选中文字，请选择一句话。")
    clause, last = (queries.innermost(version.pk, at) for at in (span[0], span[1] - 1))
    if clause is None or clause != last:
        raise NotAllowed("所选文字跨了两条，请在同一条款里选择。")
    clause.version = version
    return clause, span


def guess_of(version: PlanVersion, clause: Clause, span: Span) -> Guess:
    """What the reader makes of a stretch in its clause."""
    titles = [*(one.title for one in queries.above(clause)), clause.title]
    return guess(version.text, span, titles=titles, path=clause.path)


def _text_of(duty: Duty) -> tuple[PlanVersion, Clause]:
    clause = Clause.objects.select_related("version").get(pk=duty.clause_id)
    return clause.version, clause


def _replace(duty: Duty, name: str, version: int | None) -> Duty:
    """One move of a read or made duty by the table, within the caller's act."""
    was = Duty.objects.get(pk=duty.pk)
    if was.version != version:
        raise stale(duty)
    state = destination(MOVES, name, state=was.state, duties={"OFFICE"}, states=STATES)
    changes = {"state": state, "version": was.version + 1, "reason": ""}
    if Duty.objects.filter(pk=was.pk, version=was.version).update(**changes) != 1:
        raise stale(duty)
    was.refresh_from_db()
    return was


def _made(version: PlanVersion, clause: Clause, span: Span, read: Guess, *, order: int) -> Duty:
    return Duty(
        clause=clause,
        order=order,
        start=span[0],
        end=span[1],
        quote=version.text[span[0] : span[1]],
        act=read.act,
        actor=read.actor,
        output=read.output,
        slot=read.slot,
        obligations=read.obligations,
        by_person=True,
    )


def _parts_of(row: Duty, version: PlanVersion, clause: Clause, spans: Sequence[Span]) -> list[Duty]:
    """The parts of a duty: each read by itself; the first keeps what only the whole said."""
    made = []
    for span, held in zip(spans, shared_out(row.obligations, spans), strict=True):
        read = guess_of(version, clause, span)
        one = _made(version, clause, span, read, order=row.order)
        one.act = read.act or plain(version.text, span)[:LONGEST]
        one.actor, one.obligations = read.actor or row.actor, held
        one.owner_unit_id, one.leader_id = row.owner_unit_id, row.leader_id
        one.slot = "" if read.slot == row.slot else read.slot
        one.output = row.output if row.output and row.output in one.quote else ""
        made.append(one)
    _give_slot(row, made, version, clause)
    return made


def _give_slot(row: Duty, made: Sequence[Duty], version: PlanVersion, clause: Clause) -> None:
    """The whole's slot goes to one part: the first that says it, else the first with a measure, else the first."""
    if row.slot not in SLOTS:
        return
    saying = [one for one in made if guess_of(version, clause, (one.start, one.end)).slot == row.slot]
    measured = [one for one in saying or made if one.obligations]
    heir = (measured or saying or list(made))[0]
    heir.slot, heir.value = row.slot, row.value


def _order_before(version: PlanVersion, span: Span) -> int:
    """A new duty takes the number of the one before it in the text, and is told apart behind it (12-1)."""
    before = Duty.objects.filter(clause__version=version, start__lte=span[0]).order_by("-start", "-order").first()
    return before.order if before else 1


def _actor_before(duty: Duty) -> str:
    """Who acts in the sentence before it in the same clause: Chinese does not say it again."""
    before = Duty.objects.filter(clause=duty.clause_id, start__lt=duty.start, state__in=LIVE).exclude(actor="")
    found = before.order_by("-start").values_list("actor", flat=True).first()
    return found or ""


def _refuse_where_used(made: Sequence[Duty]) -> None:
    """Whatever any room keeps about these duties: a rule in force, a later version's duty, a responsibility, a task."""
    for relation in Duty._meta.related_objects:
        model: Any = relation.related_model
        if model is DutyOrigin:
            continue
        rows = model._base_manager.filter(**{f"{relation.field.name}__in": made})
        rows = rows.filter(void=False, until_on=None) if model is Rule else rows
        if rows.exists():
            word = model._meta.verbose_name
            raise NotAllowed(f"已有{word}以这几项任务为依据，不能撤销拆并；请先处理该{word}，或直接修改任务。")
