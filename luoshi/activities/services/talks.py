"""谈心谈话: recorded by the talker, signed by both, opened by need only with a reason that the talker is told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from luoshi.activities.models import TalkFollowUp, TalkNote
from luoshi.activities.queries.asked_by import clause_of
from luoshi.activities.queries.talks import talks_at
from luoshi.activities.rules import TALKS, ActivityKind, FollowUpKind
from luoshi.activities.rules.talking import (
    BY_NEED,
    CONTENT_LONGEST,
    NEED_LONGEST,
    OTHERS_MOST,
    PAPER_KEEPERS,
    POLITICAL_TALKERS,
    TALKERS,
    why_not_talk,
)
from luoshi.activities.services.recording import Taking, What, record_activity
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.queries import said_of
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import ADMINISTRATORS
from luoshi.records.services import act, keep, record

SLOTS = {ActivityKind.POLITICAL_TALK: ("political_talk",), ActivityKind.HEART_TALK: ("individual_talk",)}
DEFAULT_PLACE = "谈话人办公室"


@dataclass(frozen=True, slots=True)
class FollowUpWords:
    """A reminder, or something to put right, with its date."""

    words: str
    due_on: date | None
    kind: str = FollowUpKind.REMIND


@act
def record_talk(
    *,
    bureau: Unit,
    kind: str,
    talker: User,
    partners: Sequence[User],
    held_on: date,
    by: User,
    on: date,
    content: str = "",
    opinions: str = "",
    demands: str = "",
    place: str = "",
    follow_up: FollowUpWords | None = None,
    sure: bool = False,
) -> list[TalkNote]:
    """登记谈话: by the talker, one record with each partner; by the office only that a leader's talk was held and
    signed on paper, without a word of it (2.2.2.1a, b).

    The activity tells others that the two talked; the words lie in the note. Each partner is asked to sign.
    """
    own = talker.pk == by.pk
    _check_talk(bureau, kind, talker, partners, held_on, on)
    if own:
        if not content.strip():
            raise NotAllowed("请写谈话内容，几句话即可。")
    else:
        _check_paper(bureau, talker, by, on, said=(content, opinions, demands), follow_up=follow_up)
    _check_long(content, opinions, demands)
    again = [] if sure else talks_at(bureau_id=bureau.pk, kind=kind, talker=talker, partners=partners, on=held_on)
    if again:
        names = "、".join(one.partner.name for one in again)
        raise NotAllowed(f"{held_on}与{names}的谈话已经登记过。当天确实又谈了一次的，勾选“当天又谈了一次”再登记。")
    words = {"content": content.strip(), "opinions": opinions.strip(), "demands": demands.strip()}
    signed = {"talker_signed_on": on if own else held_on, "partner_signed_on": None if own else held_on}
    made = []
    for partner in partners:
        activity = record_activity(
            bureau=bureau, what=_what(bureau, kind, talker, partner, place), days=[held_on],
            people=[Taking(talker, "SPEAKER"), Taking(partner)], by=by, on=on, sure=True,
        )[0]  # fmt: skip
        note = TalkNote.objects.create(activity=activity, talker=talker, partner=partner, **words, **signed)
        rows = [_make(note, follow_up, by, on)] if follow_up is not None else []
        paper = "" if own else "局办公室补登：纸质记录双方已签字，由谈话人保存"
        record(by, "activities.talk", note, bureau=bureau.pk, rows=rows, note=paper)
        if own:
            _tell(note, partner, f"{talker.name}登记了与您的谈话，请看后签字", "sign")
        else:
            _tell(note, talker, f"局办公室补登了您与{partner.name}的谈话，请核对", "entered")
        made.append(note)
    return made


@act
def amend_talk(
    note: TalkNote, *, content: str, opinions: str, demands: str, version: int | None, by: User, on: date
) -> TalkNote:
    """修改谈话记录: by the talker, until the partner has signed; what was signed stands as it is."""
    _talker_only(note, by)
    if note.partner_signed_on is not None and note.content:
        raise NotAllowed("对方已经签字，记录不能再改。有新情况的，请另记一次谈话或加一条提醒。")
    if not content.strip():
        raise NotAllowed("请写谈话内容，几句话即可。")
    _check_long(content, opinions, demands)
    _turn(note, version, content=content.strip(), opinions=opinions.strip(), demands=demands.strip(),
          talker_signed_on=on, partner_signed_on=None)  # fmt: skip
    record(by, "activities.amend_talk", note, bureau=note.activity.bureau_id)
    _tell(note, note.partner, f"{note.talker.name}修改了与您的谈话记录，请看后签字", f"amended:{note.version}")
    return note


@act
def sign_talk(note: TalkNote, *, version: int | None, by: User, on: date) -> TalkNote:
    """签字: each of the two for himself, on what stands there now."""
    _standing(note)
    if by.pk == note.partner_id:
        side, done = "partner_signed_on", note.partner_signed_on
    elif by.pk == note.talker_id:
        side, done = "talker_signed_on", note.talker_signed_on
    else:
        raise NotAllowed("谈话记录由谈话双方签字。")
    if done is not None:
        raise NotAllowed(f"您已于{done}签字，不用再签。")
    _turn(note, version, **{side: on})
    record(by, "activities.sign_talk", note, bureau=note.activity.bureau_id, note=f"{by.name}签字")
    if by.pk == note.partner_id:
        _tell(note, note.talker, f"{note.partner.name}已在谈话记录上签字", "signed")
    return note


@act
def sign_talk_on_paper(
    note: TalkNote, *, signed_on: date, version: int | None, by: User, on: date, staged: Sequence[str] = ()
) -> TalkNote:
    """登记纸质签字: the talker says that the partner signed a printed record; the scan is welcome, not asked for."""
    _talker_only(note, by)
    if note.partner_signed_on is not None:
        raise NotAllowed(f"对方已于{note.partner_signed_on}签字。")
    if not note.activity.held_on <= signed_on <= on:
        raise NotAllowed("签字日期应在谈话当天到今天之间。")
    kept = keep(staged, by=by, bureau=note.activity.bureau_id) if staged else []
    changes: dict[str, Any] = {"partner_signed_on": signed_on, "talker_signed_on": note.talker_signed_on or signed_on}
    if kept:
        changes["paper"] = kept[0]
    _turn(note, version, **changes)
    record(
        by, "activities.sign_talk", note, bureau=note.activity.bureau_id, rows=kept,
        note=f"{note.partner.name}在纸质记录上签字（{by.name}登记）",
    )  # fmt: skip
    _tell(note, note.partner, f"{by.name}登记您已在纸质谈话记录上签字，请核对", f"paper:{note.version}")
    return note


@act
def open_talk(note: TalkNote, *, reason: str, by: User, on: date) -> TalkNote:
    """查阅谈话记录: the discipline group opens one record for a day and says why; the talker is told at once (§10)."""
    _standing(note)
    if not BY_NEED & org.duties(by, note.activity.bureau_id, on):
        raise NotAllowed("谈话记录只有谈话双方能看；派驻纪检监察组确有需要的，写明理由后查阅。")
    words = reason.strip()
    if len(words) < 4 or len(words) > NEED_LONGEST:
        raise NotAllowed(f"请写明查阅理由（4到{NEED_LONGEST}字），谈话人会看到。")
    record(by, "activities.open_talk", note, bureau=note.activity.bureau_id, note=words)
    _tell(note, note.talker, f"{by.name}查阅了您的一份谈话记录，理由见记录", f"opened:{by.pk}:{on}")
    return note


@act
def take_talk_copy(note: TalkNote, *, what: str, by: User, on: date) -> None:
    """The record leaves the house: who took it is written down where the talker reads it."""
    record(by, "activities.take_copy", note, bureau=note.activity.bureau_id, note=what[:200])


def _what(bureau: Unit, kind: str, talker: User, partner: User, place: str) -> What:
    return What(
        kind=kind, title=f"{ActivityKind(kind).label}：{talker.name}—{partner.name}", unit=bureau, half_days=0,
        place=place.strip() or DEFAULT_PLACE, clause=clause_of(SLOTS[ActivityKind(kind)], bureau.pk),
    )  # fmt: skip


def _check_talk(bureau: Unit, kind: str, talker: User, partners: Sequence[User], held_on: date, on: date) -> None:
    if kind not in TALKS:
        raise NotAllowed("请选择政治谈话或谈心谈话。")
    if not partners or len(partners) > OTHERS_MOST:
        raise NotAllowed(f"请选择谈话对象，一次最多{OTHERS_MOST}人。")
    if len({one.pk for one in partners}) != len(partners):
        raise NotAllowed("谈话对象有重复，请核对。")
    if held_on > on:
        raise NotAllowed("谈话日期不能晚于今天，谈完再登记。")
    held = [one for one in org.held(talker, held_on) if one.bureau_id == bureau.pk]
    duties = {one.duty for one in held}
    led = set(org.led_units(talker, held_on)) if duties & POLITICAL_TALKERS else set()
    own = {one.unit_id for one in held if one.duty in TALKERS}
    for partner in partners:
        theirs = [one for one in org.held(partner, held_on) if one.bureau_id == bureau.pk and not one.standing_in_for]
        if partner.pk == talker.pk or not theirs or {one.duty for one in theirs} & ADMINISTRATORS:
            raise NotAllowed(f"{partner.name}当天不在{bureau}任职，或就是谈话人本人，请另选谈话对象。")
        units = {one.unit_id for one in theirs}
        why = why_not_talk(
            kind, talker=duties, partner={one.duty for one in theirs}, led=bool(units & led), own_unit=bool(units & own)
        )
        if why:
            raise NotAllowed(why if len(partners) == 1 else f"{partner.name}：{why}")


def _check_paper(
    bureau: Unit, talker: User, by: User, on: date, *, said: Collection[str], follow_up: FollowUpWords | None
) -> None:
    """The office enters for a leader that he talked, never what was said."""
    if not PAPER_KEEPERS & org.duties(by, bureau.pk, on):
        raise NotAllowed("谈话由谈话人本人登记；局领导在纸上记的，可由局办公室补登“已谈”。")
    if not POLITICAL_TALKERS & org.duties(talker, bureau.pk, on):
        raise NotAllowed("局办公室只补登局领导的谈话，单位负责人的谈话由本人登记。")
    if any(one.strip() for one in said) or follow_up is not None:
        raise NotAllowed("局办公室只补登谈过话，不填谈话内容；内容在纸质记录上，由谈话人保存。")


def _check_long(*texts: str) -> None:
    if any(len(one.strip()) > CONTENT_LONGEST for one in texts):
        raise NotAllowed(f"每一栏不超过{CONTENT_LONGEST}字。")


def check_follow_up(words: str, due_on: date | None, kind: str, on: date) -> None:
    """What, by when: a date of today or later."""
    if kind not in FollowUpKind.values:
        raise NotAllowed("请选择提醒或整改。")
    if not words.strip() or len(words.strip()) > 300:
        raise NotAllowed("请写明提醒或整改什么，不超过300字。")
    if due_on is None or due_on < on:
        raise NotAllowed("请填写时限，不早于今天。")


def _make(note: TalkNote, told: FollowUpWords, by: User, on: date) -> TalkFollowUp:
    check_follow_up(told.words, told.due_on, told.kind, on)
    return TalkFollowUp.objects.create(
        note=note, kind=told.kind, words=told.words.strip(), due_on=told.due_on, entered_by=by, entered_on=on
    )


def _standing(note: TalkNote) -> None:
    if note.activity.void:
        raise NotAllowed("这次谈话已作废，不能再办。")


def _talker_only(note: TalkNote, by: User) -> None:
    _standing(note)
    if by.pk != note.talker_id:
        raise NotAllowed("只有谈话人能这样做。")


def _turn(note: TalkNote, version: int | None, **changes: Any) -> None:
    known = note.version if version is None else version
    won = TalkNote.objects.filter(pk=note.pk, version=known).update(version=F("version") + 1, **changes)
    note.refresh_from_db()
    if won != 1:
        raise Stale(note.version, said_of(note))


def _tell(note: TalkNote, person: User, words: str, key: str) -> None:
    notify(
        [person], bureau=note.activity.bureau_id, kind="activities.talk", key=f"activities:talk:{note.pk}:{key}",
        title=words[:200], url=note.get_absolute_url(),
    )  # fmt: skip
