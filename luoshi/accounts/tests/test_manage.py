"""Accounts as administrators manage them, one's own account, and the auditor's trail."""

from __future__ import annotations

import re
import uuid

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from conftest import PASSWORD
from luoshi.accounts import middleware, queries, services
from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import services as org
from luoshi.org.directory import illegal_combinations
from luoshi.org.models import Post, User
from luoshi.records.models import Entry, EntryValue
from tests.counting import asked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clean():
    cache.clear()
    middleware.tide = middleware.Tide()


def send(client, url, **fields):
    return client.post(url, {"submission": str(uuid.uuid4()), **fields})


@pytest.mark.parametrize(
    ("who", "opens"), [("sysadmin", True), ("secadmin", True), ("auditor", False), ("office", False)]
)
def test_who_opens_the_accounts_list(cast, enter, who, opens):
    answer = enter(getattr(cast, who)).get(reverse("accounts:list"))
    assert answer.status_code == (200 if opens else 403)
    if opens:
        assert "沈知行" in answer.content.decode() and "袁野" in answer.content.decode()


def test_the_list_costs_the_same_at_any_page(cast, enter):
    client = enter(cast.sysadmin)
    with asked(client) as few:
        client.get(reverse("accounts:list"))
    for number in range(120):
        org.add_person(username=f"x{number}", name="甲", personnel_type="CONTRACT", by=None, on=clock.today())
    with asked(client) as many:
        page = client.get(reverse("accounts:list"))
    assert len(many) == len(few)
    assert len(page.context["lines"]) == 50 and page.context["next"]
    second = client.get(reverse("accounts:list"), {"after": page.context["next"]})
    assert {one.user.pk for one in page.context["lines"]}.isdisjoint(one.user.pk for one in second.context["lines"])


class TestIssue:
    def test_the_password_is_shown_once_and_works_once(self, cast, enter):
        client = enter(cast.office)
        url = reverse("accounts:issue_password", args=[cast.handler.pk])
        key = str(uuid.uuid4())
        answer = client.post(url, {"submission": key})
        word = re.search(r"<code>([a-z0-9-]+)</code>", answer.content.decode())[1]
        assert "no-store" in answer["Cache-Control"]
        again = client.post(url, {"submission": key}, follow=True)
        assert word not in again.content.decode() and "已经提交过" in again.content.decode()
        other = Client()
        assert other.post("/login/", {"login": "1202", "password": word}).status_code == 302
        assert word not in repr(list(Entry.objects.values())) + repr(User.objects.get(pk=cast.handler.pk).__dict__)

    def test_it_ends_the_sessions_of_before(self, cast, enter):
        other = Client()
        other.post("/login/", {"login": "1202", "password": PASSWORD})
        send(enter(cast.office), reverse("accounts:issue_password", args=[cast.handler.pk]))
        assert other.get("/").status_code == 302

    @pytest.mark.parametrize("target", ["sysadmin", "secadmin", "auditor", "discipline", "office"])
    def test_the_office_takes_over_no_administrator_nor_discipline_nor_itself(self, cast, enter, target):
        person = getattr(cast, target)
        answer = send(enter(cast.office), reverse("accounts:issue_password", args=[person.pk]))
        assert answer.status_code == 409
        assert User.objects.get(pk=person.pk).check_password(PASSWORD)

    def test_not_across_bureaus(self, cast, enter):
        answer = send(enter(cast.office), reverse("accounts:issue_password", args=[cast.stranger.pk]))
        assert answer.status_code == 404
        assert (
            send(enter(cast.sysadmin), reverse("accounts:issue_password", args=[cast.stranger.pk])).status_code == 200
        )

    @pytest.mark.parametrize("who", ["handler", "director", "secadmin", "auditor"])
    def test_nobody_else(self, cast, enter, who):
        assert (
            send(enter(getattr(cast, who)), reverse("accounts:issue_password", args=[cast.window.pk])).status_code
            == 403
        )


def test_disable_over_http_repeated_and_stale(cast, enter):
    client = enter(cast.office)
    url = reverse("accounts:disable", args=[cast.handler.pk])
    assert send(client, url, version="1", reason="借调期满").status_code == 302
    assert not User.objects.get(pk=cast.handler.pk).is_active
    assert send(client, url, version="1", reason="再来一次").status_code == 409
    assert send(client, reverse("accounts:enable", args=[cast.handler.pk]), version="1").status_code == 409  # stale
    assert send(client, reverse("accounts:enable", args=[cast.handler.pk]), version="2").status_code == 302
    assert send(client, url, version="3").status_code == 200  # the reason is missing


class TestSecondFactorLost:
    def test_only_the_security_administrator_clears_it_and_not_his_own(self, cast, enter):
        for user in (cast.handler, cast.secadmin):
            Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
        for by in (cast.sysadmin, cast.office, cast.auditor, cast.handler):
            with pytest.raises(NotAllowed, match="安全管理员"):
                services.clear_second_factor(cast.handler, reason="x", by=by, on=clock.today())
        with pytest.raises(NotAllowed, match="自己"):
            services.clear_second_factor(cast.secadmin, reason="x", by=cast.secadmin, on=clock.today())
        url = reverse("accounts:clear_second_factor", args=[cast.handler.pk])
        assert send(enter(cast.secadmin), url, reason="手机遗失").status_code == 302
        assert not queries.has_second_factor(cast.handler)
        assert Entry.objects.get(act="accounts.second_factor_off").subject_pk == str(cast.handler.pk)


class TestSessions:
    def two(self):
        first, second = Client(), Client()
        for one in (first, second):
            one.post("/login/", {"login": "1202", "password": PASSWORD})
        return first, second

    def test_one_ends_ones_own_other_session(self, cast):
        first, second = self.two()
        rows = queries.sessions_of(cast.handler)
        other = next(one for one in rows if one.session_key == second.session.session_key)
        assert send(first, reverse("accounts:end_session", args=[other.pk])).status_code == 302
        assert first.get("/").status_code == 200 and second.get("/").status_code == 302
        assert Entry.objects.filter(act="accounts.end_sessions").count() == 1

    def test_not_somebody_elses(self, cast, enter):
        self.two()
        row = queries.sessions_of(cast.handler)[0]
        assert send(enter(cast.office), reverse("accounts:end_session", args=[row.pk])).status_code == 404
        with pytest.raises(NotAllowed, match="自己的登录"):
            services.end_sessions(cast.handler, [row], by=cast.office, on=clock.today())

    def test_the_system_administrator_ends_them_all(self, cast, enter):
        first, second = self.two()
        send(enter(cast.sysadmin), reverse("accounts:end_sessions", args=[cast.handler.pk]))
        assert first.get("/").status_code == 302 and second.get("/").status_code == 302

    def test_my_account_shows_where_i_am(self, cast):
        first, _ = self.two()
        page = first.get(reverse("accounts:mine")).content.decode()
        assert page.count("这台设备") == 1 and page.count("结束登录") == 1


class TestTrail:
    @pytest.mark.parametrize("who", ["sysadmin", "secadmin", "office", "director", "discipline"])
    def test_it_is_the_auditors_alone(self, cast, enter, who):
        assert enter(getattr(cast, who)).get(reverse("accounts:trail")).status_code == 403

    def test_search_and_paging_by_key(self, cast, enter):
        client = enter(cast.auditor)
        first = client.get(reverse("accounts:trail"))
        assert len(first.context["lines"]) == 50
        second = client.get(reverse("accounts:trail"), {"before": first.context["next"]})
        assert second.context["lines"][0].pk < first.context["lines"][-1].pk
        only = client.get(reverse("accounts:trail"), {"act": "org.give_portfolio", "subject": "规建股"})
        assert [one.act for one in only.context["lines"]] == ["定分管"]
        today = clock.today().isoformat()
        assert client.get(reverse("accounts:trail"), {"since": today, "until": today}).context["lines"]
        assert not client.get(reverse("accounts:trail"), {"since": "2099-01-01"}).context["lines"]
        assert client.get(reverse("accounts:trail"), {"since": "x", "before": "y"}).status_code == 200

    def test_values_are_opened_only_with_a_record(self, cast, enter):
        org.edit_unit(
            cast.planning, name="规划与建设股", short_name="规建股", version=1, by=cast.office, on=clock.today()
        )
        entry = Entry.objects.get(act="org.edit_unit")
        client = enter(cast.auditor)
        listed = client.get(reverse("accounts:trail"), {"act": "org.edit_unit"}).content.decode()
        assert "规划与建设股" not in listed
        assert client.get(reverse("accounts:read_values", args=[entry.pk])).status_code == 302
        page = send(client, reverse("accounts:read_values", args=[entry.pk])).content.decode()
        assert "规划与建设股" in page and "规划建设股" in page
        told = Entry.objects.get(act="accounts.read_values")
        assert told.subject_pk == str(entry.pk) and told.actor_id == cast.auditor.pk

    def test_nobody_else_opens_values(self, cast, enter):
        entry = EntryValue.objects.first().entry
        assert send(enter(cast.sysadmin), reverse("accounts:read_values", args=[entry.pk])).status_code == 403
        with pytest.raises(NotAllowed, match="审计管理员"):
            services.read_values(entry, by=cast.sysadmin, on=clock.today())

    def test_the_auditor_changes_nothing(self, cast):
        for verb in (
            lambda: org.add_person(
                username="z", name="z", personnel_type="CONTRACT", by=cast.auditor, on=clock.today()
            ),
            lambda: org.disable(cast.handler, version=1, reason="x", by=cast.auditor, on=clock.today()),
            lambda: org.relieve(Post.objects.get(user=cast.handler), by=cast.auditor, on=clock.today()),
            lambda: org.add_unit(
                kind="SECTION", name="x", short_name="x", parent=cast.bureau, by=cast.auditor, on=clock.today()
            ),
        ):
            with pytest.raises(NotAllowed):
                verb()


def test_what_raw_sql_joined_together_is_found(cast):
    assert illegal_combinations(clock.today()) == []
    Post.objects.create(
        user=cast.auditor, unit=cast.planning, bureau=cast.bureau, duty="HANDLER", from_on=cast.bureau.from_on
    )
    assert [one.pk for one, _ in illegal_combinations(clock.today())] == [cast.auditor.pk]
