"""Changing the organisation: who may, what must never come about, and what each act leaves behind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.org import queries, services
from luoshi.org.models import Delegation, PendingGrant, Portfolio, Post, User
from luoshi.org.rules import Duty, PersonnelType
from luoshi.records.models import Entry
from luoshi.records.queries import values_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


def post_of(user, duty=None):
    return Post.objects.get(user=user, until_on=None, **({"duty": duty} if duty else {}))


def last(act):
    return Entry.objects.filter(act=act).latest("pk")


class TestAppoint:
    def test_the_office_appoints_in_its_own_bureau(self, cast):
        post = services.appoint(
            cast.handler, unit=cast.quality, duty=Duty.HANDLER, by=cast.office, on=DAY, basis="会议"
        )
        assert queries.held_in(cast.handler, cast.bureau.pk, DAY) and post.basis == "会议"
        assert values_of(last("org.appoint"))["after"]["单位"] == "质安中心"

    @pytest.mark.parametrize("who", ["handler", "director", "auditor", "stranger", "discipline"])
    def test_nobody_else_does(self, cast, who):
        with pytest.raises(NotAllowed, match="办公室"):
            services.appoint(cast.window, unit=cast.quality, duty=Duty.HANDLER, by=getattr(cast, who), on=DAY)

    def test_an_office_does_not_reach_into_another_bureau(self, cast):
        with pytest.raises(NotAllowed):
            services.appoint(cast.stranger, unit=cast.other_unit, duty=Duty.HANDLER, by=cast.office, on=DAY)

    @pytest.mark.parametrize("who", ["office", "sysadmin"])
    @pytest.mark.parametrize("duty", ["SYSTEM_ADMIN", "SECURITY_ADMIN", "AUDIT_ADMIN"])
    def test_administrators_are_granted_by_the_security_administrator_alone(self, cast, who, duty):
        fresh = services.add_person(
            username="9009", name="新管理员", personnel_type=PersonnelType.CONTRACT, by=cast.sysadmin, on=DAY
        )
        with pytest.raises(NotAllowed, match="安全管理员"):
            services.appoint(fresh, unit=cast.office_unit, duty=duty, by=getattr(cast, who), on=DAY)
        services.appoint(fresh, unit=cast.office_unit, duty=duty, by=cast.secadmin, on=DAY)
        assert {one.duty for one in queries.held(fresh, DAY)} == {duty}

    @pytest.mark.parametrize(
        ("who", "duty"), [("office", "VERIFIER"), ("secadmin", "SYSTEM_ADMIN"), ("secadmin", "OFFICE")]
    )
    def test_nobody_grants_duties_to_himself(self, cast, who, duty):
        person = getattr(cast, who)
        with pytest.raises(NotAllowed, match="自己"):
            services.appoint(person, unit=cast.office_unit, duty=duty, by=person, on=DAY)

    @pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor"])
    def test_an_administrator_holds_nothing_else(self, cast, who):
        with pytest.raises(NotAllowed, match="独立账号"):
            services.appoint(getattr(cast, who), unit=cast.planning, duty=Duty.HANDLER, by=None, on=DAY)
        with pytest.raises(NotAllowed, match="独立账号"):
            services.appoint(cast.handler, unit=cast.office_unit, duty=Duty.AUDIT_ADMIN, by=cast.secadmin, on=DAY)

    def test_a_duty_that_begins_later_clashes_today(self, cast):
        later = DAY + timedelta(days=30)
        services.appoint(cast.handler, unit=cast.quality, duty=Duty.WINDOW, by=None, on=DAY, from_on=later)
        services.relieve(post_of(cast.handler, Duty.HANDLER), by=None, on=DAY)
        with pytest.raises(NotAllowed, match="独立账号"):
            services.appoint(cast.handler, unit=cast.office_unit, duty=Duty.AUDIT_ADMIN, by=None, on=DAY)

    def test_one_unit_has_one_head(self, cast):
        with pytest.raises(NotAllowed, match="贺建民"):
            services.appoint(cast.handler, unit=cast.planning, duty=Duty.HEAD, by=cast.office, on=DAY)

    def test_the_same_post_twice_is_refused(self, cast):
        with pytest.raises(NotAllowed, match="不用重复任命"):
            services.appoint(cast.handler, unit=cast.planning, duty=Duty.HANDLER, by=cast.office, on=DAY)

    def test_authority_is_judged_today_whatever_day_the_post_begins(self, cast):
        """A former clerk cannot act on the strength of what she was on an earlier day."""
        services.relieve(post_of(cast.office), by=cast.secadmin, on=DAY)
        with pytest.raises(NotAllowed):
            services.appoint(
                cast.window, unit=cast.quality, duty=Duty.HANDLER, by=cast.office, on=DAY, from_on=date(2022, 1, 4)
            )

    def test_nobody_is_placed_in_a_county_or_a_closed_unit(self, cast):
        with pytest.raises(NotAllowed, match="具体单位"):
            services.appoint(cast.handler, unit=cast.county, duty=Duty.HANDLER, by=None, on=DAY)


class TestRelieve:
    def test_it_works_at_once_and_the_past_stays(self, cast):
        services.relieve(post_of(cast.chief), by=cast.office, on=DAY, reason="轮岗")
        assert queries.head_of(cast.planning.pk, DAY) is None
        assert queries.head_of(cast.planning.pk, DAY - timedelta(days=1)) == cast.chief
        assert values_of(last("org.relieve"))["after"]["止"] == "2026-11-23"

    def test_a_post_of_today_taken_back_today_never_held(self, cast):
        post = services.appoint(cast.handler, unit=cast.quality, duty=Duty.WINDOW, by=cast.office, on=DAY)
        services.relieve(post, by=cast.office, on=DAY)
        post.refresh_from_db()
        assert post.void and Duty.WINDOW not in queries.duties(cast.handler, cast.bureau.pk, DAY)
        services.appoint(cast.handler, unit=cast.quality, duty=Duty.WINDOW, by=cast.office, on=DAY)

    def test_what_hung_on_it_ends_with_it(self, cast):
        services.delegate(
            cast.leader, deputy=cast.chief, bureau=cast.bureau, duty=Duty.LEADER, from_on=DAY,
            until_on=DAY + timedelta(days=9), reason="学习", by=cast.leader, on=DAY,
        )  # fmt: skip
        services.relieve(post_of(cast.leader), by=cast.office, on=DAY)
        assert Duty.LEADER not in queries.duties(cast.chief, cast.bureau.pk, DAY)
        assert queries.leader_of(cast.planning.pk, DAY) == cast.director
        assert queries.leader_of(cast.planning.pk, DAY - timedelta(days=1)) == cast.leader

    def test_twice_is_refused(self, cast):
        post = post_of(cast.chief)
        services.relieve(post, by=cast.office, on=DAY)
        with pytest.raises(NotAllowed, match="刚刚"):
            services.relieve(post, by=cast.office, on=DAY)

    @pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor"])
    def test_the_last_administrator_of_a_kind_stays(self, cast, who):
        admin = getattr(cast, who)
        by = None if who == "secadmin" else cast.secadmin
        with pytest.raises(NotAllowed, match="最后一个"):
            services.relieve(post_of(admin), by=by, on=DAY)
        with pytest.raises(NotAllowed, match="最后一个"):
            services.disable(admin, version=admin.version, reason="x", by=None, on=DAY)
        with pytest.raises(NotAllowed, match="最后一个"):
            services.leave(admin, version=admin.version, reason="x", by=None, on=DAY)

    def test_a_disabled_second_administrator_does_not_count(self, cast):
        second = services.add_person(username="9010", name="乙", personnel_type="CONTRACT", by=None, on=DAY)
        services.appoint(second, unit=cast.office_unit, duty=Duty.AUDIT_ADMIN, by=None, on=DAY)
        services.disable(second, version=second.version, reason="借调", by=cast.sysadmin, on=DAY)
        with pytest.raises(NotAllowed, match="最后一个"):
            services.relieve(post_of(cast.auditor), by=cast.secadmin, on=DAY)

    def test_the_office_relieves_no_administrator(self, cast):
        with pytest.raises(NotAllowed, match="安全管理员"):
            services.relieve(post_of(cast.auditor), by=cast.office, on=DAY)


def test_transfer_ends_here_and_begins_there_on_one_day(cast):
    old = post_of(cast.handler)
    services.transfer(old, unit=cast.quality, duty=Duty.HANDLER, by=cast.office, on=DAY, from_on=date(2026, 12, 1))
    old.refresh_from_db()
    assert old.until_on == date(2026, 11, 30)
    assert post_of(cast.handler).unit == cast.quality and post_of(cast.handler).from_on == date(2026, 12, 1)


def test_a_transfer_that_is_refused_there_leaves_the_post_here(cast):
    old = post_of(cast.chief)
    with pytest.raises(NotAllowed):
        services.transfer(old, unit=cast.quality, duty=Duty.HEAD, by=cast.office, on=DAY)
    old.refresh_from_db()
    assert old.until_on is None


class TestLeave:
    def test_everything_ends_and_the_account_closes(self, cast):
        services.leave(cast.leader, version=1, reason="退休", by=cast.office, on=DAY)
        cast.leader.refresh_from_db()
        assert not cast.leader.is_active and queries.held(cast.leader, DAY) == []
        assert not Portfolio.objects.filter(leader=cast.leader, until_on=None).exists()
        assert queries.leader_of(cast.planning.pk, date(2025, 6, 1)) == cast.leader  # who was in charge then

    def test_a_later_day_lets_him_work_until_then(self, cast):
        services.leave(cast.handler, version=1, reason="调出", by=cast.office, on=DAY, left_on=DAY + timedelta(days=7))
        cast.handler.refresh_from_db()
        assert cast.handler.is_active and queries.held(cast.handler, DAY + timedelta(days=6))
        assert queries.held(cast.handler, DAY + timedelta(days=7)) == []

    def test_stale_leaves_everything_as_it_was(self, cast):
        services.edit_person(
            cast.handler, name="林晓舟", personnel_type="CIVIL_SERVANT", mobile="13800000000", version=1,
            by=cast.office, on=DAY,
        )  # fmt: skip
        with pytest.raises(Stale) as stale:
            services.leave(cast.handler, version=1, reason="调出", by=cast.office, on=DAY)
        assert stale.value.version == 2 and "更正人员信息" in stale.value.changes[0]
        assert post_of(cast.handler)

    @pytest.mark.parametrize("who", ["handler", "auditor", "stranger", "secadmin"])
    def test_not_by_anybody(self, cast, who):
        with pytest.raises(NotAllowed):
            services.leave(cast.window, version=1, reason="x", by=getattr(cast, who), on=DAY)

    @pytest.mark.parametrize("who", ["discipline", "sysadmin"])
    def test_the_office_touches_neither_discipline_nor_administrators(self, cast, who):
        with pytest.raises(NotAllowed, match="系统管理员"):
            services.disable(getattr(cast, who), version=1, reason="x", by=cast.office, on=DAY)

    def test_disable_and_enable_again(self, cast):
        services.disable(cast.handler, version=1, reason="借调", by=cast.office, on=DAY)
        with pytest.raises(NotAllowed, match="已是停用"):
            services.disable(cast.handler, version=2, reason="借调", by=cast.office, on=DAY)
        assert queries.held(User.objects.get(pk=cast.handler.pk), DAY) == []
        services.enable(cast.handler, version=2, by=cast.office, on=DAY)
        assert queries.held(User.objects.get(pk=cast.handler.pk), DAY)


class TestDelegate:
    def give(self, cast, **changes):
        told = {
            "deputy": cast.chief, "bureau": cast.bureau, "duty": Duty.LEADER, "from_on": DAY,
            "until_on": DAY + timedelta(days=6), "reason": "赴省学习", "by": cast.leader, "on": DAY,
        } | changes  # fmt: skip
        return services.delegate(told.pop("principal", cast.leader), **told)

    def test_the_deputy_acts_between_the_dates_in_the_leaders_name(self, cast):
        self.give(cast)
        assert [one.standing_in_for for one in queries.held(cast.chief, DAY) if one.duty == Duty.LEADER] == ["沈知行"]
        assert cast.planning.pk in queries.led_units(cast.chief, DAY)
        assert Duty.LEADER not in queries.duties(cast.chief, cast.bureau.pk, DAY + timedelta(days=7))

    def test_the_office_enters_what_the_leader_decided(self, cast):
        self.give(cast, by=cast.office)
        assert '"沈知行"' in last("org.delegate").body

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"duty": Duty.CHIEF}, "不担任"),
            ({"duty": Duty.AUDIT_ADMIN}, "三员"),
            ({"until_on": DAY - timedelta(days=1)}, "止日"),
            ({"until_on": DAY + timedelta(days=400)}, "最长一年"),
            ({"reason": " "}, "事由"),
            ({"from_on": DAY - timedelta(days=9), "until_on": DAY - timedelta(days=1)}, "已过"),
        ],
    )
    def test_refusals(self, cast, changes, why):
        with pytest.raises(NotAllowed, match=why):
            self.give(cast, **changes)

    def test_nobody_makes_himself_deputy(self, cast):
        with pytest.raises(NotAllowed, match="委托给自己"):
            self.give(cast, deputy=cast.office, by=cast.office)

    @pytest.mark.parametrize("who", ["handler", "director", "sysadmin", "stranger"])
    def test_a_third_person_does_not_give_it_away(self, cast, who):
        with pytest.raises(NotAllowed, match="本人或本局办公室"):
            self.give(cast, by=getattr(cast, who))

    def test_not_to_another_bureau_nor_to_an_administrator(self, cast):
        with pytest.raises(NotAllowed, match="不是本局"):
            self.give(cast, deputy=cast.stranger)
        with pytest.raises(NotAllowed, match="独立账号"):
            self.give(cast, deputy=cast.auditor)

    def test_a_deputy_passes_nothing_on(self, cast):
        self.give(cast)
        with pytest.raises(NotAllowed, match="不担任"):
            self.give(cast, principal=cast.chief, deputy=cast.handler, by=cast.chief)

    def test_two_deputies_at_once_are_refused(self, cast):
        self.give(cast)
        with pytest.raises(NotAllowed, match="已有人代理"):
            self.give(cast, deputy=cast.handler, from_on=DAY + timedelta(days=3))

    def test_ended_early_it_holds_no_more(self, cast):
        row = self.give(cast)
        services.end_delegation(row, by=cast.leader, on=DAY + timedelta(days=2))
        assert Duty.LEADER not in queries.duties(cast.chief, cast.bureau.pk, DAY + timedelta(days=2))
        with pytest.raises(NotAllowed, match="刚刚"):
            services.end_delegation(row, by=cast.leader, on=DAY + timedelta(days=3))


class TestPortfolio:
    def test_a_new_leader_follows_the_old_one_without_a_gap(self, cast):
        services.give_portfolio(cast.director, unit=cast.planning, by=cast.office, on=DAY)
        assert queries.leader_of(cast.planning.pk, DAY) == cast.director
        assert queries.leader_of(cast.planning.pk, DAY - timedelta(days=1)) == cast.leader

    def test_only_leaders_lead_and_only_the_office_says_so(self, cast):
        with pytest.raises(NotAllowed, match="不是本局的"):
            services.give_portfolio(cast.chief, unit=cast.quality, by=cast.office, on=DAY)
        with pytest.raises(NotAllowed):
            services.give_portfolio(cast.director, unit=cast.quality, by=cast.director, on=DAY)

    def test_ended_it_falls_to_the_first_leader(self, cast):
        row = Portfolio.objects.get(unit=cast.planning)
        services.end_portfolio(row, by=cast.office, on=DAY)
        assert queries.leader_of(cast.planning.pk, DAY) == cast.director
        with pytest.raises(NotAllowed, match="刚刚"):
            services.end_portfolio(row, by=cast.office, on=DAY)


@pytest.mark.usefixtures("cast")
class TestLevel3:
    @pytest.fixture(autouse=True)
    def profile(self, settings):
        settings.SECURITY_PROFILE = "level3"

    def propose(self, cast, **changes):
        told = {"unit": cast.quality, "duty": Duty.HEAD, "basis": "任职文件", "by": cast.secadmin, "on": DAY} | changes
        return services.propose_grant(told.pop("user", cast.handler), **told)

    def test_one_proposes_another_confirms(self, cast):
        services.relieve(post_of(cast.neighbour), by=cast.secadmin, on=DAY)
        row = self.propose(cast)
        assert not queries.head_of(cast.quality.pk, DAY)
        services.confirm_grant(row, by=cast.auditor, on=DAY)
        assert queries.head_of(cast.quality.pk, DAY) == cast.handler
        with pytest.raises(NotAllowed, match="刚刚"):
            services.confirm_grant(row, by=cast.auditor, on=DAY)

    @pytest.mark.parametrize("who", ["secadmin", "sysadmin", "office", "director"])
    def test_nobody_but_the_auditor_confirms(self, cast, who):
        row = self.propose(cast, unit=cast.office_unit, duty=Duty.VERIFIER)
        with pytest.raises(NotAllowed, match="审计管理员"):
            services.confirm_grant(row, by=getattr(cast, who), on=DAY)

    def test_a_refused_grant_is_over(self, cast):
        row = self.propose(cast, unit=cast.office_unit, duty=Duty.VERIFIER)
        services.refuse_grant(row, reason="依据不足", by=cast.auditor, on=DAY)
        assert PendingGrant.objects.get(pk=row.pk).get_state_display() == "未同意"

    def test_nothing_is_granted_directly(self, cast):
        for by in (cast.office, cast.secadmin):
            with pytest.raises(NotAllowed, match="三级"):
                services.appoint(cast.handler, unit=cast.quality, duty=Duty.HANDLER, by=by, on=DAY)

    def test_the_database_refuses_one_hand_for_both(self, cast):
        row = self.propose(cast, unit=cast.office_unit, duty=Duty.VERIFIER)
        with pytest.raises(DatabaseError), transaction.atomic():
            PendingGrant.objects.filter(pk=row.pk).update(state="CONFIRMED", decided_by=cast.secadmin)


def test_a_pilot_needs_no_second_hand(cast):
    with pytest.raises(NotAllowed, match="直接任命"):
        services.propose_grant(cast.handler, unit=cast.quality, duty=Duty.WINDOW, basis="x", by=cast.secadmin, on=DAY)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE org_post SET until_on = '2000-01-01'",
        "UPDATE org_post SET void = TRUE",
        "UPDATE org_delegation SET deputy_id = principal_id",
        "UPDATE org_delegation SET reason = ''",
        "UPDATE org_user SET name = ''",
        "UPDATE org_unit SET until_on = '1999-01-01'",
        "UPDATE org_post SET duty = 'HEAD'",
    ],
)
def test_the_database_itself_refuses_nonsense(cast, statement):
    TestDelegate().give(cast)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        connection.check_constraints()


def test_delegation_rows_survive_with_both_names(cast):
    TestDelegate().give(cast)
    assert str(Delegation.objects.get()) == "贺建民 代 沈知行"
