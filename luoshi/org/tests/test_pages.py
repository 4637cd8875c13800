"""Every page of the directory, for everybody: seen where one may, 404 where one may not know, 403 at another's door."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from luoshi.org import services
from luoshi.org.models import Portfolio, Post, User
from luoshi.org.rules import Duty
from luoshi.records.models import Entry

pytestmark = pytest.mark.django_db


def send(client, url, **fields):
    return client.post(url, {"submission": str(uuid.uuid4()), **fields})


@pytest.mark.parametrize(
    "who", ["director", "leader", "office", "chief", "handler", "discipline", "window", "sysadmin"]
)
def test_everybody_opens_the_directory_of_his_own_bureau(cast, enter, who):
    client = enter(getattr(cast, who))
    for url in (
        reverse("org:people"),
        reverse("org:people") + f"?unit={cast.planning.pk}&q=lxz",
        cast.planning.get_absolute_url(),
        cast.handler.get_absolute_url(),
        reverse("org:delegations"),
    ):
        assert client.get(url).status_code == 200, url


def test_search_finds_by_initials_and_by_name(cast, enter):
    client = enter(cast.handler)
    page = client.get(reverse("org:people"), {"q": "lxz"}).content.decode()
    assert "林晓舟" in page and "贺建民" not in page
    assert "贺建民" in client.get(reverse("org:people"), {"q": "贺"}).content.decode()


@pytest.mark.parametrize("who", ["director", "office", "handler"])
def test_units_and_people_of_another_bureau_do_not_exist(cast, enter, who):
    client = enter(getattr(cast, who))
    assert client.get(cast.stranger.get_absolute_url()).status_code == 404
    assert client.get(cast.other_unit.get_absolute_url()).status_code == 404
    page = client.get(reverse("org:people"), {"q": "袁野"}).content.decode()
    assert cast.stranger.get_absolute_url() not in page


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor"])
def test_the_three_administrators_see_the_whole_installation(cast, enter, who):
    client = enter(getattr(cast, who))
    assert client.get(cast.stranger.get_absolute_url()).status_code == 200
    assert "袁野" in client.get(reverse("org:people"), {"q": "袁野"}).content.decode()


def test_who_was_in_charge_when_stands_on_the_unit_page(cast, enter):
    head = Post.objects.get(user=cast.chief, duty=Duty.HEAD)
    services.relieve(head, by=None, on=head.from_on.replace(year=2024))
    services.appoint(cast.handler, unit=cast.planning, duty=Duty.HEAD, by=None, on=head.from_on.replace(year=2024))
    page = enter(cast.office).get(cast.planning.get_absolute_url()).content.decode()
    assert "2023-12-31" in page and "贺建民" in page and "林晓舟" in page


def test_the_office_registers_a_person_in_one_form(cast, enter):
    answer = send(
        enter(cast.office), reverse("org:add_person"), name="沐风", username="1299", unit=cast.planning.pk,
        duty="HANDLER", personnel_type="CIVIL_SERVANT", joined_on="2026-03-02",
    )  # fmt: skip
    person = User.objects.get(username="1299")
    assert answer["Location"] == person.get_absolute_url()
    assert person.posts.get().duty == "HANDLER" and not person.has_usable_password()
    assert Entry.objects.filter(act="org.add_person", subject_pk=str(person.pk)).count() == 1


def test_bad_input_stays_on_the_page_with_what_was_typed(cast, enter):
    answer = send(
        enter(cast.office), reverse("org:add_person"), name="沐风", username="工号", unit=cast.other_unit.pk,
        duty="SYSTEM_ADMIN", personnel_type="x", joined_on="去年", mobile="1",
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 200 and "沐风" in page and "登录名只能是" in page
    assert not User.objects.filter(name="沐风").exists()


@pytest.mark.parametrize("name", ["add_person", "add_unit", "staff_import", "import_template"])
@pytest.mark.parametrize("who", ["director", "handler", "auditor", "secadmin", "stranger"])
def test_these_doors_belong_to_the_office(cast, enter, name, who):
    answer = enter(getattr(cast, who)).get(reverse(f"org:{name}"))
    assert answer.status_code == 403 and "局办公室" in answer.content.decode()


def test_every_form_page_opens_for_whom_it_is(cast, enter):
    post, led = Post.objects.get(user=cast.handler), Portfolio.objects.get(unit=cast.planning)
    pages = [
        reverse("org:add_person"), reverse("org:add_unit"), reverse("org:enter_delegation"),
        reverse("org:edit_unit", args=[cast.planning.pk]), reverse("org:move_unit", args=[cast.planning.pk]),
        reverse("org:close_unit", args=[cast.planning.pk]), reverse("org:edit_person", args=[cast.handler.pk]),
        reverse("org:appoint", args=[cast.handler.pk]), reverse("org:leave", args=[cast.handler.pk]),
        reverse("org:give_portfolio", args=[cast.leader.pk]), reverse("org:relieve", args=[post.pk]),
        reverse("org:transfer", args=[post.pk]), reverse("org:end_portfolio", args=[led.pk]),
        reverse("org:staff_import"), reverse("org:delegate"),
    ]  # fmt: skip
    client = enter(cast.office)
    for url in pages:
        assert client.get(url).status_code == 200, url
    assert enter(cast.secadmin).get(reverse("org:grants")).status_code == 200


def test_an_act_over_http_goes_through_and_says_so(cast, enter):
    client = enter(cast.office)
    post = Post.objects.get(user=cast.handler)
    answer = client.post(
        reverse("org:transfer", args=[post.pk]),
        {"submission": str(uuid.uuid4()), "unit": cast.quality.pk, "duty": "HANDLER", "from_on": "2026-11-01"},
        follow=True,
    )
    assert "已调动" in answer.content.decode()
    assert [one.unit for one in cast.handler.posts.filter(until_on=None)] == [cast.quality]


def test_a_leader_delegates_in_two_clicks(cast, enter):
    client = enter(cast.leader)
    form = client.get(reverse("org:delegations")).context["own_form"]
    filled = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    filled = {name: value for name, value in filled.items() if value is not None}
    answer = client.post(reverse("org:delegate"), filled | {"duty": "LEADER", "deputy": cast.chief.pk})
    assert answer.status_code == 302
    assert cast.leader.delegations_given.get().deputy == cast.chief


def test_a_person_of_two_bureaus_chooses_where_to_work(cast, enter):
    services.appoint(cast.handler, unit=cast.other_unit, duty=Duty.HANDLER, by=None, on=cast.bureau.from_on)
    client = enter(cast.handler)
    assert client.get("/").context["bureau"] == cast.bureau
    client.post(reverse("org:choose_bureau"), {"bureau": cast.other_bureau.pk})
    assert client.get("/").context["bureau"] == cast.other_bureau
    client.post(reverse("org:choose_bureau"), {"bureau": "999999", "next": "//evil.example/"})
    assert client.get("/").context["bureau"] == cast.other_bureau


def test_the_switch_leads_to_no_other_site(cast, enter):
    answer = enter(cast.office).post(reverse("org:choose_bureau"), {"next": "https://evil.example/"})
    assert answer["Location"] == "/"
