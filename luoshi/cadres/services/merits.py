"""实绩档案: a dated result entered, reviewed by another, returned or corrected; records as evidence of abilities."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from luoshi.cadres import queries
from luoshi.cadres.models import AbilityTag, MeritEntry, MeritProof, Posting
from luoshi.cadres.rules import LONG_MOST, MERIT_MOVES, TITLE_MOST, WORDS_MOST, Ability, MeritState
from luoshi.cadres.services.moves import move, tell, written
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries as matters
from luoshi.matters.models import Matter
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.problems import queries as problems
from luoshi.problems.models import Problem
from luoshi.records.services import act, keep, record, turn


@act
def enter_merit(
    *,
    bureau: Unit,
    person: User,
    happened_on: date,
    title: str,
    words: str,
    by: User,
    on: date,
    basis: str = "",
    abilities: Sequence[str] = (),
    staged: Sequence[str] = (),
) -> MeritEntry:
    """登记实绩: by the person himself or whoever reads his file; another reviews it before it stands in the file."""
    if not queries.people_seen(by, org.held(by, on), bureau.pk, on).filter(pk=person.pk).exists():
        raise NotAllowed("实绩由本人、分管领导、局办公室或主要领导登记，请核对干部姓名。")
    told = _checked(happened_on, title, words, basis, on)
    found = MeritEntry.objects.create(bureau=bureau, person=person, entered_by=by, entered_on=on, **told)
    rows = [*_proofs(found, staged, by), *_tags(found, abilities, by, on)]
    record(by, "cadres.enter_merit", found, bureau=bureau.pk, rows=rows)
    people = queries.reviewers(found, on)
    tell(people, bureau_id=bureau.pk, key=f"merit:{found.pk}", title=f"有一条实绩待审核：{found}",
         url=found.get_absolute_url(), but=by)  # fmt: skip
    return found


@act
def correct_merit(
    entry: MeritEntry,
    *,
    happened_on: date,
    title: str,
    words: str,
    basis: str,
    version: int | None,
    by: User,
    on: date,
    staged: Sequence[str] = (),
) -> MeritEntry:
    """补充后再报, of what was returned."""
    to = _may(entry, "correct", by, on)
    told = _checked(happened_on, title, words, basis, entry.entered_on)
    turn(entry, version, state=to, reviewed_by=None, reviewed_on=None, **told)
    record(by, "cadres.correct_merit", entry, bureau=entry.bureau_id, rows=_proofs(entry, staged, by))
    tell(queries.reviewers(entry, on), bureau_id=entry.bureau_id, key=f"merit:{entry.pk}:{entry.version}",
         title=f"有一条实绩待审核：{entry}", url=entry.get_absolute_url(), but=by)  # fmt: skip
    return entry


@act
def review_merit(entry: MeritEntry, *, note: str, version: int | None, by: User, on: date) -> MeritEntry:
    """审核入档: the reviewer has seen that it is so; he is neither the person nor who entered it."""
    to = _may(entry, "review", by, on)
    turn(entry, version, state=to, reviewed_by=by, reviewed_on=on, review_note=note.strip()[:WORDS_MOST])
    record(by, "cadres.review_merit", entry, bureau=entry.bureau_id)
    tell([entry.person], bureau_id=entry.bureau_id, key=f"kept:{entry.pk}", title=f"实绩已入档：{entry.title}",
         url=entry.get_absolute_url(), but=by)  # fmt: skip
    return entry


@act
def return_merit(entry: MeritEntry, *, reason: str, version: int | None, by: User, on: date) -> MeritEntry:
    """退回, with what is missing."""
    to = _may(entry, "give_back", by, on, reason)
    note = written(reason, WORDS_MOST, "退回理由")
    turn(entry, version, state=to, reviewed_by=by, reviewed_on=on, review_note=note)
    record(by, "cadres.return_merit", entry, bureau=entry.bureau_id, note=note)
    tell([entry.entered_by, entry.person], bureau_id=entry.bureau_id, key=f"returned:{entry.pk}:{entry.version}",
         title=f"实绩退回补充：{entry.title}", url=entry.get_absolute_url(), but=by)  # fmt: skip
    return entry


@act
def tag_ability(
    *,
    bureau: Unit,
    person: User,
    ability: str,
    source: MeritEntry | Matter | Problem | Posting,
    note: str,
    by: User,
    on: date,
) -> AbilityTag:
    """标能力: one record of the person's file as evidence of one of the seven abilities; linked, not counted."""
    if not queries.people_seen(by, org.held(by, on), bureau.pk, on).filter(pk=person.pk).exists():
        raise NotAllowed("能力佐证由本人、分管领导、局办公室或主要领导标注。")
    if ability not in Ability.values:
        raise NotAllowed("请从七种能力中选择一种。")
    kind = type(source).__name__.replace("Entry", "").lower()
    if not _of_file(person, bureau, source, kind, by, on):
        raise NotAllowed("这条记录不在本人的实绩档案里，或您看不到它，请重新选择。")
    try:
        with transaction.atomic():
            told: dict[str, Any] = {kind: source}
            found = AbilityTag.objects.create(
                bureau=bureau, person=person, ability=ability, note=note.strip()[:WORDS_MOST], by=by, on=on, **told
            )
    except IntegrityError:
        raise NotAllowed("这条记录已经标过这种能力。") from None
    record(by, "cadres.tag_ability", found, bureau=bureau.pk)
    return found


@act
def untag_ability(tag: AbilityTag, *, reason: str, by: User, on: date) -> AbilityTag:
    """取消: marked by mistake; the row stays with the reason."""
    if not queries.people_seen(by, org.held(by, on), tag.bureau_id, on).filter(pk=tag.person_id).exists():
        raise NotAllowed("能力佐证由本人、分管领导、局办公室或主要领导取消。")
    why = written(reason, WORDS_MOST, "理由")
    if not AbilityTag.objects.filter(pk=tag.pk, void_reason="").update(void_reason=why):
        raise NotAllowed("这条能力佐证已经取消。")
    tag.refresh_from_db()
    record(by, "cadres.untag_ability", tag, bureau=tag.bureau_id, note=why)
    return tag


def _may(entry: MeritEntry, name: str, by: User, on: date, reason: str | None = None) -> str:
    entry.refresh_from_db()
    return move(MERIT_MOVES, name, entry.state, queries.merit_roles(by, entry, on), MeritState, reason)


def _checked(happened_on: date, title: str, words: str, basis: str, on: date) -> dict[str, Any]:
    if happened_on > on:
        raise NotAllowed("日期不能晚于登记日期，请核对。")
    return {"happened_on": happened_on, "title": written(title, TITLE_MOST, "实绩"),
            "words": written(words, LONG_MOST, "具体情况"), "basis": basis.strip()[:200]}  # fmt: skip


def _proofs(entry: MeritEntry, staged: Sequence[str], by: User) -> list[Any]:
    files = keep(staged, by=by, bureau=entry.bureau_id) if staged else []
    return [*files, *(MeritProof.objects.create(entry=entry, evidence=one) for one in files)]


def _tags(entry: MeritEntry, abilities: Sequence[str], by: User, on: date) -> list[AbilityTag]:
    wanted = list(dict.fromkeys(abilities))
    if any(one not in Ability.values for one in wanted):
        raise NotAllowed("请从七种能力中选择。")
    return [
        AbilityTag.objects.create(bureau=entry.bureau, person=entry.person, ability=one, merit=entry, by=by, on=on)
        for one in wanted
    ]


def _of_file(
    person: User, bureau: Unit, source: MeritEntry | Matter | Problem | Posting, kind: str, by: User, on: date
) -> bool:
    if isinstance(source, Matter):
        return source.handler_id == person.pk and matters.visible_to(by, on).filter(pk=source.pk).exists()
    if isinstance(source, Problem):
        return source.owner_id == person.pk and problems.public_to(by, on).filter(pk=source.pk).exists()
    whose = source.person_id if isinstance(source, MeritEntry) else source.cadre_id
    return whose == person.pk and source.bureau_id == bureau.pk
