"""总结: drafted from the records, edited chapter by chapter, redrawn without losing a word, decided and issued."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Q

from luoshi.documents.summary import summary_form
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.outcomes import queries
from luoshi.outcomes.models import Summary, SummarySection
from luoshi.outcomes.queries.paper import paper_facts
from luoshi.outcomes.rules import MOST, MOVES, SECTIONS, SummaryKind, SummaryState, over, summary_roles, unknown
from luoshi.outcomes.rules.access import OFFICE
from luoshi.outcomes.rules.draft import HINTS
from luoshi.outcomes.services.moves import decision, may
from luoshi.plan.models import Plan
from luoshi.records.services import act, keep, record, said_of, stage, turn

CHAPTER = 4000
"""Characters of one chapter at most; a report has seven and 5,000 in all."""


@act
def open_summary(*, plan: Plan, kind: str, title: str, since: date, until: date, by: User, on: date) -> Summary:
    """起草: the records write the first draft; one of a kind is in hand at a time."""
    if OFFICE not in summary_roles(org.held(by, on), plan.bureau_id):
        raise NotAllowed("总结由局办公室起草，您目前没有这项职责。")
    if kind not in SummaryKind.values:
        raise NotAllowed("请选择中期总结或总结报告。")
    if not title.strip():
        raise NotAllowed("请填写标题。")
    if until < since or until > on:
        raise NotAllowed("请核对起止日期：止不能早于起，也不能晚于今天。")
    told = Summary.objects.filter(plan=plan, kind=kind).exclude(state=SummaryState.VOID)
    if told.filter(Q(until__gte=until) | ~Q(state=SummaryState.ISSUED)).exists() or (
        kind == SummaryKind.CLOSING and told.exists()
    ):
        raise NotAllowed(f"这个方案的{SummaryKind(kind).label}已经有了。起草中的请打开接着改，已印发的请按“更正重印”。")
    return _open(by, on, bureau=plan.bureau, plan=plan, kind=kind, title=title.strip()[:200], since=since, until=until)


def _open(by: User, on: date, *, texts: dict[str, str] | None = None, **words: Any) -> Summary:
    """Draw the records and write the rows; `texts` are the words of an edition that is corrected."""
    plan: Plan = words["plan"]
    drawn = queries.draw(plan, words["since"], words["until"], queries.scope_of(by, plan.bureau_id, on))
    try:
        with transaction.atomic():
            found = Summary.objects.create(figures=drawn.figures, drawn_on=on, opened_by=by, opened_on=on, **words)
    except IntegrityError:
        raise NotAllowed("这个方案的同类总结正在起草或待审定，请打开原来的那份。") from None
    sections = [
        SummarySection.objects.create(
            summary=found, key=key, order=nth, heading=heading, drafted=drawn.texts[key],
            text=(texts or {}).get(key, drawn.texts[key]),
        )
        for nth, (key, heading) in enumerate(SECTIONS, 1)
    ]  # fmt: skip
    act_key = "outcomes.revise" if found.corrects_id else "outcomes.open"
    record(by, act_key, found, bureau=found.bureau_id, rows=sections, note=found.why)
    return found


@act
def edit_section(section: SummarySection, *, text: str, version: int | None, by: User, on: date) -> SummarySection:
    """修改 one chapter: every figure that it names must be known, so that it opens to its records."""
    summary = Summary.objects.select_for_update().get(pk=section.summary_id)  # nobody sends it meanwhile
    may(summary, "edit", by=by, on=on)
    words = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().splitlines())
    wrong = unknown(words, summary.figures)
    if wrong:
        raise NotAllowed(f"没有“{wrong[0]}”这个数。请从右边的数字里选，或去掉〔〕直接写文字。")
    if len(words) > CHAPTER:
        raise NotAllowed(f"一章不超过{CHAPTER}字，现在{len(words)}字。")
    turn(section, version, text=words, edited_by=by, edited_on=on)
    record(by, "outcomes.edit", section, bureau=summary.bureau_id)
    return section


@act
def redraw(
    summary: Summary, *, take: Iterable[str] = (), version: int | None, by: User, on: date
) -> tuple[Summary, int]:
    """重新取数: figures as the records stand now; a chapter nobody edited takes the fresh draft, an edited one only
    where its key is in `take`. Returns how many figures changed."""
    may(summary, "redraw", by=by, on=on)
    drawn = queries.draw(
        summary.plan, summary.since, summary.until, queries.scope_of(by, summary.bureau_id, on)
    )  # fmt: skip
    told = queries.compare(summary, drawn.figures, drawn.texts)
    chosen, changed = set(take), []
    for section, fresh, edited in told.sections:
        replaced = {} if edited and section.key not in chosen else {"text": fresh}
        turn(section, None, drafted=fresh, **replaced)
        changed.append(section)
    kept = dict(drawn.figures)
    for section in queries.sections_of(summary):  # a name that an edited text still uses keeps its last figure
        for name in unknown(section.text, kept):
            if name in summary.figures:
                kept[name] = summary.figures[name]
    turn(summary, version, figures=kept, drawn_on=on)
    note = f"{len(told.figures)}个数有变化"
    record(by, "outcomes.redraw", summary, bureau=summary.bureau_id, rows=changed, note=note)
    return summary, len(told.figures)


@act
def submit(summary: Summary, *, version: int | None, by: User, on: date) -> Summary:
    """送审: 主要领导 is told."""
    to, _ = may(summary, "submit", by=by, on=on)
    _fits(summary)
    turn(summary, version, state=to, submitted_on=on, returned="")
    record(by, "outcomes.submit", summary, bureau=summary.bureau_id)
    _tell(summary, [one for one in queries.chiefs(summary.bureau_id, on) if one != by], "submit", "待审定")
    return summary


@act
def give_back(summary: Summary, *, reason: str, version: int | None, by: User, on: date) -> Summary:
    """退回修改, with what is to be changed."""
    to, _ = may(summary, "give_back", by=by, on=on, reason=reason)
    turn(summary, version, state=to, returned=reason.strip()[:300])
    record(by, "outcomes.give_back", summary, bureau=summary.bureau_id, note=reason.strip())
    office = org.holders(Duty.OFFICE, summary.bureau_id, on)
    _tell(summary, [one for one in office if one != by], "give_back", "退回修改")
    return summary


@act
def issue(
    summary: Summary,
    *,
    version: int | None,
    by: User,
    on: date,
    decided_by: User | None = None,
    decided_on: date | None = None,
    source_note: str = "",
) -> Summary:
    """审定印发: the text and its figures are frozen, the .docx is kept under its digest; nothing is edited later."""
    to, mine = may(summary, "issue", by=by, on=on)
    _fits(summary)
    who, day, note = decision(
        mine, summary, by=by, on=on, decided_by=decided_by, decided_on=decided_on, source_note=source_note
    )
    turn(
        summary, version, state=to, decided_by=who, decided_on=day, source_note=note[:200], issued_on=on, issued_by=by,
        paper=_kept(summary, who, day, note, by=by, on=on),
    )  # fmt: skip
    rows = [summary.paper] if summary.paper is not None else []
    record(
        by, "outcomes.issue", summary, bureau=summary.bureau_id, rows=rows, note=note, decided_by=who, decided_on=day
    )
    return summary


def _kept(summary: Summary, who: User, day: date, note: str, *, by: User, on: date) -> Any:
    """The issued .docx as evidence."""
    summary.decided_by, summary.decided_on, summary.source_note, summary.issued_on = who, day, note, on
    content = summary_form(paper_facts(summary, draft=False))
    name = f"{str(summary)[:80]}.docx"
    return keep([stage(SimpleUploadedFile(name, content), by=by).pk], by=by, bureau=summary.bureau_id)[0]


@act
def revise(summary: Summary, *, reason: str, version: int | None, by: User, on: date) -> Summary:
    """更正重印: a new edition beside the issued one, its words as they were, its figures drawn afresh."""
    may(summary, "revise", by=by, on=on, reason=reason)
    later = summary.corrections.exclude(state=SummaryState.VOID).first()
    if later is not None:
        raise NotAllowed(f"已有更新的一版“{later}”，请在那一版上更正。")
    if version is not None and version != summary.version:
        raise Stale(summary.version, said_of(summary))
    texts = {one.key: one.text for one in queries.sections_of(summary)}
    return _open(
        by, on, texts=texts, bureau=summary.bureau, plan=summary.plan, kind=summary.kind, title=summary.title,
        since=summary.since, until=summary.until, edition=summary.edition + 1, corrects=summary,
        why=reason.strip()[:300],
    )  # fmt: skip


@act
def void_summary(summary: Summary, *, reason: str, version: int | None, by: User, on: date) -> Summary:
    """作废 of a draft; what was issued is corrected by a new edition instead."""
    to, _ = may(summary, "void", by=by, on=on, reason=reason)
    turn(summary, version, state=to, void_reason=reason.strip()[:300])
    record(by, "outcomes.void", summary, bureau=summary.bureau_id, note=reason.strip())
    return summary


@act
def take_copy(summary: Summary, *, what: str, by: User, on: date) -> None:
    """A draft or the issued file was taken."""
    record(by, "outcomes.take_copy", summary, bureau=summary.bureau_id, note=what[:200])


def _fits(summary: Summary) -> None:
    """Neither too long nor with a hint of the drafter left in it; within the caller's act."""
    sections = queries.sections_of(summary)
    cut = over(queries.length(summary, sections), MOST)
    if cut:
        raise NotAllowed(f"全文超过{MOST}字，还要删去{cut}字才能{MOVES['submit'].label}、印发。")
    for one in sections:
        if not one.text.strip():
            raise NotAllowed(f"“{one.heading}”还是空的，请写好再送审。")
        if any(hint in one.text for hint in HINTS):
            raise NotAllowed(f"“{one.heading}”里还有括号里的提示，请写好后删去。")


def _tell(summary: Summary, people: Iterable[User], move: str, words: str) -> None:
    notify(
        dict.fromkeys(people), bureau=summary.bureau_id, kind=f"outcomes.{move}",
        key=f"outcomes:{summary.pk}:{move}:{summary.version}", title=f"{words}：{summary}",
        url=summary.get_absolute_url(),
    )  # fmt: skip
