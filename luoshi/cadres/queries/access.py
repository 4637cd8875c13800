"""The only doors to the rows of this room, and the only source of roles in them.

What examiners say is behind a door of its own (`opinions_seen`, `recommendations_seen`): a posting or its facts being
seen opens none of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from luoshi.cadres import rules
from luoshi.cadres.models import Commendation, Examination, Examiner, FollowUp, MeritEntry, Posting, Recommendation
from luoshi.cadres.rules import PERSONNEL, READERS, CommendState, PostingState
from luoshi.org import queries as org
from luoshi.org.directory import people_in_office
from luoshi.org.models import Post, User
from luoshi.org.rules import Duty, Held, bureaus

NOBODY = Q(pk__in=[])


def _led(user: User, held: Iterable[Held], on: date) -> list[int]:
    return org.led_units(user, on) if any(one.duty == Duty.LEADER for one in held) else []


def _personnel(user: User, held: Iterable[Held], path: str = "", *, circle: bool = False) -> Q:
    """Cases of the bureaus whose personnel side somebody is, none about himself; with `circle` none that he mentors.

    Whoever stands in for somebody is as much apart from that person's case as he is from his own.
    """
    found = NOBODY
    for one in held:
        if one.duty not in PERSONNEL:
            continue
        apart = {user.pk} | ({one.principal_id} if one.principal_id is not None else set())
        mine = Q(**{f"{path}bureau": one.bureau_id}) & ~Q(**{f"{path}cadre__in": sorted(apart)})
        if circle:
            mine &= ~Q(**{f"{path}mentor__in": sorted(apart)})
        found |= mine
    return found


def _examined(user: User) -> QuerySet[Examiner]:
    """Where somebody is an examiner, never of himself."""
    return Examiner.objects.filter(person=user).exclude(follow_up__posting__cadre=user)


def postings_seen(user: User, held: Iterable[Held], on: date) -> QuerySet[Posting]:
    """一线锻炼名册: the personnel side and the discipline group all of the bureau; a leader and a head their units';
    everybody the postings that name him. What was not decided yet is seen by the personnel side only.
    """
    found = list(held)
    decided = Q(state__in=[PostingState.ASSIGNED, PostingState.ENDED])
    here = Q(bureau__in=bureaus(found, READERS))
    units = {one.unit_id for one in found if one.duty == Duty.HEAD} | set(_led(user, found, on))
    mine = Q(cadre=user) | Q(mentor=user) | Q(pk__in=_examined(user).values("follow_up__posting_id"))
    if units:
        mine |= Q(unit__in=sorted(units))
    if led := _led(user, found, on):
        mine |= Q(cadre__in=org.people_of(led, on).values("pk"))
    mine |= Q(bureau__in=bureaus(found, [Duty.DISCIPLINE]))
    return Posting.objects.filter(Q(bureau__in=bureaus(found, PERSONNEL)) | (decided & here & mine))


def posting_roles(user: User, held: Iterable[Held], posting: Posting) -> frozenset[str]:
    """A person's roles in a posting: in his own he is the cadre and nothing else."""
    return rules.roles(
        user.pk, held, bureau_id=posting.bureau_id, cadre_id=posting.cadre_id, mentor_id=posting.mentor_id
    )


def follow_ups_seen(user: User, held: Iterable[Held], on: date) -> QuerySet[FollowUp]:
    """The facts: the person, his mentor, the examiners, the personnel side and the leader of his unit."""
    found = list(held)
    here = Q(posting__bureau__in=bureaus(found, READERS))
    mine = Q(posting__cadre=user) | Q(posting__mentor=user) | Q(pk__in=_examined(user).values("follow_up_id"))
    if led := _led(user, found, on):
        mine |= Q(posting__unit__in=led) | Q(posting__cadre__in=org.people_of(led, on).values("pk"))
    return FollowUp.objects.filter(here & (mine | _personnel(user, found, "posting__")))


def follow_roles(user: User, held: Iterable[Held], follow_up: FollowUp) -> frozenset[str]:
    """A person's roles in one follow-up."""
    posting = follow_up.posting
    names = Examiner.objects.filter(follow_up=follow_up).values_list("person_id", flat=True)
    return rules.roles(
        user.pk, held, bureau_id=posting.bureau_id, cadre_id=posting.cadre_id, mentor_id=posting.mentor_id,
        examiners=set(names),
    )  # fmt: skip


def _circle(user: User, held: Iterable[Held], path: str, examined: Q) -> Q:
    found = list(held)
    here = Q(**{f"{path}bureau__in": bureaus(found, READERS)}) & ~Q(**{f"{path}cadre": user})
    return here & (examined | _personnel(user, found, path, circle=True))


def opinions_seen(user: User, held: Iterable[Held]) -> QuerySet[Examination]:
    """考察意见: 主要领导 and 局办公室 of the bureau and the examiners; not the person, not his mentor, nobody else."""
    examined = Q(follow_up__in=_examined(user).values("follow_up_id"))
    return Examination.objects.filter(_circle(user, held, "follow_up__posting__", examined))


def recommendations_seen(user: User, held: Iterable[Held]) -> QuerySet[Recommendation]:
    """推荐使用: the same circle, with the examiners of any follow-up of the posting."""
    examined = Q(posting__in=_examined(user).values("follow_up__posting_id"))
    return Recommendation.objects.filter(_circle(user, held, "posting__", examined))


def rec_roles(user: User, held: Iterable[Held], posting: Posting) -> frozenset[str]:
    """A person's roles in what is recommended of a posting: whoever examined any of its follow-ups is an examiner."""
    names = Examiner.objects.filter(follow_up__posting=posting).values_list("person_id", flat=True)
    return rules.roles(
        user.pk, held, bureau_id=posting.bureau_id, cadre_id=posting.cadre_id, mentor_id=posting.mentor_id,
        examiners=set(names),
    )  # fmt: skip


def people_seen(user: User, held: Iterable[Held], bureau_id: int, on: date) -> QuerySet[User]:
    """Whose files somebody reads: the personnel side everybody's, a leader his units', everybody his own.

    派驻组 is appraised where it comes from: the bureau keeps no file of it.
    """
    found = [one for one in held if one.bureau_id == bureau_id]
    posted = org.holders(Duty.DISCIPLINE, bureau_id, on)
    everybody = people_in_office(bureau_id, on).filter(~Q(pk__in=posted.values("pk")) | Q(pk=user.pk))
    if bureau_id in bureaus(found, PERSONNEL):
        return everybody
    mine = Q(pk=user.pk)
    if led := _led(user, found, on):
        mine |= Q(pk__in=org.people_of(led, on).values("pk"))
    return everybody.filter(mine)


def merits_seen(user: User, held: Iterable[Held], on: date) -> QuerySet[MeritEntry]:
    """The entries of the files that somebody reads, and those he entered."""
    found = list(held)
    whole = bureaus(found, PERSONNEL)
    mine = Q(person=user) | Q(entered_by=user) | Q(bureau__in=whole)
    if led := _led(user, found, on):
        mine |= Q(person__in=org.people_of(led, on).values("pk"))
    return MeritEntry.objects.filter(mine, bureau__in=bureaus(found, READERS))


def commendations_seen(user: User, held: Iterable[Held]) -> QuerySet[Commendation]:
    """What was published or stands on notice everybody in the bureau reads; the rest the personnel side, whoever
    proposed it, and of what was refused or withdrawn nobody else.
    """
    found = list(held)
    public = Q(state__in=[CommendState.NOTICED, CommendState.DECIDED, CommendState.PUBLISHED])
    here = Q(bureau__in=bureaus(found, READERS))
    return Commendation.objects.filter(
        here & (public | Q(proposed_by=user) | Q(bureau__in=bureaus(found, PERSONNEL)))
    )  # fmt: skip


def published(held: Iterable[Held]) -> QuerySet[Commendation]:
    """What the search finds."""
    return Commendation.objects.filter(state=CommendState.PUBLISHED, bureau__in=bureaus(held, READERS))


def commend_roles(user: User, held: Iterable[Held], commendation: Commendation) -> frozenset[str]:
    """A person's roles in a commendation; whoever is commended only reads it."""
    rows = list(held)
    found = rules.roles(
        user.pk, rows, bureau_id=commendation.bureau_id, cadre_id=commendation.person_id,
        author_id=commendation.proposed_by_id,
    )  # fmt: skip
    reads = commendation.bureau_id in bureaus(rows, READERS)
    return found | ({"reader"} if reads else set())


def merit_roles(user: User, entry: MeritEntry, on: date) -> frozenset[str]:
    """A person's roles in an entry: reviewers are the leader of his unit and the personnel side."""
    held = org.held(user, on)
    found = rules.roles(
        user.pk, held, bureau_id=entry.bureau_id, cadre_id=entry.person_id, author_id=entry.entered_by_id
    )
    if user.pk in (entry.person_id, entry.entered_by_id):
        return found
    stands_in = any(one.principal_id == entry.person_id for one in held if one.bureau_id == entry.bureau_id)
    sees = people_seen(user, held, entry.bureau_id, on).filter(pk=entry.person_id).exists()
    return found | ({"reviewer"} if sees and not stands_in else set())


def reviewers(entry: MeritEntry, on: date) -> list[User]:
    """Who is told of an entry: the leader of the person's unit, else the office; never the person or who entered it."""
    posts = Post.objects.filter(org.in_force(on), user=entry.person, bureau=entry.bureau_id).order_by("pk")
    leaders = [org.leader_of(one.unit_id, on) for one in posts]
    people = [one for one in leaders if one is not None] or list(org.holders(Duty.OFFICE, entry.bureau_id, on))
    return [one for one in dict.fromkeys(people) if one.pk not in (entry.person_id, entry.entered_by_id)]
