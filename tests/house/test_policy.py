"""The code held against the hand-written table: every person, move and state, the rule and the real service."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from luoshi.lib.lifecycle import NotAllowed, destination
from luoshi.matters import queries, rules, services
from luoshi.matters.models import Matter
from luoshi.matters.tests.life import DAY, Life, at
from luoshi.org import services as org
from luoshi.org.rules import Duty
from luoshi.records.models import Entry
from tests.house import policy_table as policy

pytestmark = pytest.mark.django_db
VERBS = {"amend": "update_draft"}


class _Undo(Exception):
    """Takes an allowed act back, so that the next combination meets the same state."""


def cast_with_deputy(cast):
    """The leader is away: another leader, who has no part in his matters, stands in for him."""
    cast.deputy = org.add_person(
        username="1004", name="代理人", personnel_type="LEADERSHIP", by=None, on=date(2021, 1, 1), password=None
    )
    org.appoint(cast.deputy, unit=cast.team, duty=Duty.LEADER, by=None, on=date(2021, 1, 1))
    org.delegate(
        cast.leader, deputy=cast.deputy, bureau=cast.bureau, duty=Duty.LEADER, from_on=date(2026, 9, 1),
        until_on=date(2026, 12, 31), reason="外出学习", by=None,
    )  # fmt: skip
    return cast


@pytest.fixture
def life(cast):
    return Life(cast_with_deputy(cast))


def test_the_table_and_the_code_name_the_same_moves_and_states():
    """A move that the table does not know fails the build, as does a state."""
    assert set(policy.MOVES) == set(rules.MOVES)
    assert set(policy.STATES) == set(rules.State.values)


@pytest.mark.parametrize("name", policy.MOVES)
def test_the_rule_is_the_table(name):
    """Every relation in every state, asked of the pure rule."""
    states, who = policy.MOVES[name]
    for state in policy.STATES:
        for relation in policy.RELATIONS:
            may = policy.expected(name, relation, state) != "no"
            try:
                destination(rules.MOVES, name, state=state, duties={relation})
            except NotAllowed:
                assert not may, (name, relation, state)
            else:
                assert may, (name, relation, state)
    assert {one.rstrip("+") for one in who.split()} == rules.MOVES[name].duties
    assert (name in rules.PAPER) == ("office+" in who.split())
    assert set(states.split()) == rules.MOVES[name].source


def attempt(life, matter, name, person, **extra):
    """Make the move as this person and take it back; returns the refusal or ""."""
    _, words = life.ordinary(name)
    verb = getattr(services, VERBS.get(name, name))
    try:
        with transaction.atomic():
            if matter.state == "ACCEPTED":
                words = words | life.prepare(name, matter)  # what the move acts upon: a request, a roadmap, a step
            copy = Matter.objects.get(pk=matter.pk)
            verb(copy, **words, **extra, by=person, on=DAY, now=at(DAY))
            raise _Undo
    except _Undo:
        return ""
    except NotAllowed as why:
        return str(why)


@pytest.mark.parametrize("state", policy.STATES)
def test_the_services_are_the_table(life, state):
    """Every person of the cast makes every move on a matter in this state: done, or refused for the right reason.

    Who is of a relation that was refused already is not asked again: that he is, the table of who sees what asks.
    """
    matter = life.to(state)
    entries = Entry.objects.count()
    word, refused = rules.State(state).label, set()
    for key in policy.PEOPLE:
        person, relation = getattr(life.cast, key), policy.relation_of(key, state)
        for name, (states, who) in policy.MOVES.items():
            label = rules.MOVES[name].label
            if key != "stranger" and (relation, name) in refused:
                continue
            why = attempt(life, matter, name, person)
            wanted = policy.expected(name, relation, state)
            told = (key, name, state, why)
            if wanted == "no":
                refused.add((relation, name))
            if wanted == "yes":
                assert why == "", told
            elif wanted == "paper":
                assert "由交办领导决定" in why, told
                paper = {"decided_by": life.cast.leader, "decided_on": DAY, "source_note": "批示件"}
                assert attempt(life, matter, name, person, **paper) == "", told
            elif relation not in who.replace("+", "").split():
                assert why == f"您在此事项上没有“{label}”的职责。", told
            else:
                assert state not in states.split()
                assert why == f"现在是“{word}”状态，不能“{label}”。请刷新页面查看最新进展。", told
    assert Entry.objects.count() == entries, "what was refused or taken back leaves no entry"


@pytest.mark.parametrize("state", policy.STATES)
def test_who_sees_what_is_the_table(life, state):
    """Unseen is 404: the loader's query holds the matter for exactly these people, and the relation agrees."""
    matter = life.to(state)
    for key, (_, sees) in policy.PEOPLE.items():
        person = getattr(life.cast, key)
        seen = queries.visible_to(person, DAY).filter(pk=matter.pk).exists()
        assert seen == (state in policy.SEES[sees]), (key, state)
        relation = policy.relation_of(key, state)
        found = queries.relation(person, matter, DAY)
        if relation in ("nobody", "reader"):
            assert found == (frozenset({"reader"}) if seen else frozenset()), (key, state)
        else:
            assert found == frozenset({relation}), (key, state)


def test_whoever_left_or_is_switched_off_sees_nothing(life):
    matter = life.to("ACCEPTED")
    assert queries.visible_to(life.cast.leader, DAY).filter(pk=matter.pk).exists()
    assert not queries.visible_to(life.cast.leader, date(2020, 12, 31)).exists()
    life.cast.leader.is_active = False
    assert not queries.visible_to(life.cast.leader, DAY).exists()


def test_the_deputy_acts_only_between_the_dates_and_names_both(life):
    matter = life.to("VERIFIED")
    late = date(2027, 1, 4)
    with pytest.raises(NotAllowed, match="职责"):
        services.close(Matter.objects.get(pk=matter.pk), by=life.cast.deputy, on=late, now=at(late))
    services.close(matter, by=life.cast.deputy, on=DAY, now=at(DAY))
    event = matter.events.latest("id")
    assert (event.operator, event.standing_in_for, event.decided_by) == (
        life.cast.deputy, life.cast.leader.name, life.cast.deputy
    )  # fmt: skip


def test_a_hand_out_across_bureaus_is_seen_by_its_two_sides_only(life):
    """House rules §5, Bureaus: the issuing bureau and the unit's own, and nobody else."""
    cast = life.cast
    above = org.add_unit(
        kind="BUREAU", name="云岭县人民政府督查室", short_name="县督查室", parent=None, by=None, on=date(2021, 1, 1)
    )
    type(above).objects.filter(pk__in=[cast.bureau.pk]).update(parent=above)
    clerk = org.add_person(
        username="3001", name="县级经办", personnel_type="CIVIL_SERVANT", by=None, on=date(2021, 1, 1), password=None
    )
    org.appoint(clerk, unit=above, duty=Duty.OFFICE, by=None, on=date(2021, 1, 1))
    magistrate = org.add_person(
        username="3002", name="县领导", personnel_type="LEADERSHIP", by=None, on=date(2021, 1, 1), password=None
    )
    org.appoint(magistrate, unit=above, duty=Duty.CHIEF, by=None, on=date(2021, 1, 1))
    org.appoint(clerk, unit=above, duty=Duty.VERIFIER, by=None, on=date(2021, 1, 1))
    cast.planning.refresh_from_db()
    matter = life.open(bureau=above, leader=magistrate, by=clerk, source="COUNTY", assist_units=[])
    matter = services.approve(matter, by=magistrate, on=DAY, now=at(DAY))
    matter = services.assign(matter, by=clerk, on=DAY, now=at(DAY))
    seen = {
        key
        for key in ("office", "director", "chief", "handler", "leader", "verifier", "inspector", "stranger", "window")
        if queries.visible_to(getattr(cast, key), DAY).filter(pk=matter.pk).exists()
    }
    assert seen == {"office", "director", "chief", "handler", "leader"}
    assert queries.visible_to(clerk, DAY).filter(pk=matter.pk).exists()
    assert queries.roles_of(cast.office, matter, DAY) == {}, "the receiving side's office reads, it does not run it"
    with pytest.raises(NotAllowed, match="及其下级范围内"):
        life.open(lead_unit=cast.other_unit)
