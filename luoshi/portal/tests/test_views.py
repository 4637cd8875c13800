"""工作台 for each duty, the printed forms, the health doors."""

from __future__ import annotations

import io
import uuid

import pytest
from django.urls import reverse
from docx import Document

from luoshi.matters.models import Matter
from luoshi.matters.tests.life import Life
from luoshi.org.services import add_person
from tests.counting import asked


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")
    return Life(cast)


def owed(client) -> dict[str, list[str]]:
    page = client.get("/")
    return {group["label"]: [line["row"].title for line in group["lines"]] for group in page.context["owe"]}


@pytest.mark.parametrize(
    ("state", "who", "label", "act"),
    [
        ("DRAFT", "leader", "待立项", "立项"),
        ("APPROVED", "office", "待交办", "交办"),
        ("ASSIGNED", "chief", "待签收", "签收"),
        ("ASSIGNED", "neighbour", "协办待签收", "协办签收"),
        ("ACCEPTED", "handler", "待反馈", "反馈"),
        ("SUBMITTED", "verifier", "待核查", "核查通过"),
        ("VERIFIED", "leader", "待办结", "办结"),
        ("CLOSED", "office", "待归档", "归档"),
    ],
)
def test_each_finds_what_he_owes_with_its_act(life, cast, enter, state, who, label, act):
    matter = life.to(state)
    client = enter(getattr(cast, who))
    assert owed(client)[label] == [matter.title]
    page = client.get("/")
    button = next(line["act"] for group in page.context["owe"] for line in group["lines"] if group["label"] == label)
    assert button.label == act and button.url in page.content.decode()


def test_one_click_signs_and_comes_back_to_the_desk(life, cast, enter):
    matter, client = life.to("ASSIGNED"), enter(cast.chief)
    url = reverse("matters:accept", args=[matter.public_id])
    assert f'<form method="post" action="{url}"' in client.get("/").content.decode()
    answer = client.post(url, {"submission": uuid.uuid4(), "back": "desk"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert Matter.objects.get().state == "ACCEPTED" and "待签收" not in owed(client)


def test_the_leader_reads_the_words_before_he_clicks(life, cast, enter):
    matter, client = life.to("ACCEPTED"), enter(cast.leader)
    life.step(matter, "feed_back", done="已摸排三个小区，缺一个")
    assert "进展30%：已摸排三个小区，缺一个" in client.get("/").content.decode()
    client.post(reverse("matters:read", args=[matter.public_id]), {"submission": uuid.uuid4(), "back": "desk"})
    assert "待阅" not in owed(client)


def test_what_waits_for_others_says_for_whom(life, cast, enter):
    life.to("ACCEPTED")
    page = enter(cast.office).get("/")
    assert [line["row"].waits_for for group in page.context["waiting"] for line in group["lines"]] == [
        "等规建股林晓舟反馈"
    ]


def test_the_figures_count_everything_seen_and_lead_to_the_list(life, cast, enter, monkeypatch):
    life.to("ASSIGNED"), life.to("APPROVED"), life.to("ACCEPTED")
    monkeypatch.setenv("LUOSHI_NOW", "2026-10-13T10:00")  # the first feedbacks were due the day before
    figures = {one.label: (one.number, one.query) for one in enter(cast.office).get("/").context["tallies"]}
    assert figures == {
        "逾期": (2, "?lamp=RED"), "待交办": (1, "?state=approved"), "待签收": (1, "?state=assigned"),
        "办理中": (1, "?state=running"),
    }  # fmt: skip
    client = enter(cast.office)
    for number, query in figures.values():
        assert len(client.get(f"/matters/{query}").context["lines"]) == number, query


def test_empty_desks_say_why(life, cast, enter):
    assert "现在没有等您办的事" in enter(cast.handler).get("/").content.decode()
    assert "管理员账号不办理业务" in enter(cast.sysadmin).get("/").content.decode()
    newcomer = add_person(username="8001", name="新同志", personnel_type="CIVIL_SERVANT", by=None, on=life.day)
    assert "没有登记任职" in enter(newcomer).get("/").content.decode()


@pytest.mark.parametrize("who", ["office", "leader", "chief", "handler", "verifier"])
def test_the_desk_costs_the_same_with_3_and_with_30(life, cast, enter, who):
    client = enter(getattr(cast, who))

    def cost() -> int:
        with asked(client) as seen:
            client.get("/")
        return len(seen)

    def more(times: int) -> None:
        for _ in range(times):
            life.step(life.to("ACCEPTED"), "feed_back")
            for state in ("DRAFT", "ASSIGNED", "SUBMITTED", "VERIFIED"):
                life.to(state)

    more(1)
    few = cost()
    more(5)
    assert cost() == few <= 75


def test_the_forms_are_printed_for_who_sees_the_matter(life, cast, enter):
    matter = life.to("ACCEPTED")
    names = [reverse(f"portal:{name}_docx", args=[matter.public_id]) for name in ("dispatch", "feedback")]
    client = enter(cast.handler)
    answer = client.get(names[0])
    assert "attachment" in answer["Content-Disposition"] and ".docx" in answer["Content-Disposition"]
    text = "\n".join(cell.text for row in Document(io.BytesIO(answer.content)).tables[0].rows for cell in row.cells)
    assert matter.title in text
    assert client.get(names[1]).status_code == 404  # nothing was fed back yet
    life.step(matter, "feed_back")
    assert client.get(names[1]).status_code == 200
    assert client.get(f"{names[1]}?feedback=999999").status_code == 404
    assert enter(cast.housing_chief).get(names[0]).status_code == 404
    assert enter(cast.office).get(reverse("portal:dispatch_docx", args=[life.open().public_id])).status_code == 404


def test_the_process_is_alive_without_asking_the_database(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200 and answer.json() == {"ok": True}
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_ready_says_figures_and_no_secrets(client, settings):
    answer = client.get("/readyz")
    told = answer.json()
    assert (answer.status_code, told["ok"], told["database"], told["backup"]) == (200, True, "ok", "none")
    assert str(settings.DATA_DIR) not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("broken", ["database", "disk"])
def test_not_ready_is_503(client, monkeypatch, broken):
    from luoshi.portal.queries import fitness

    if broken == "database":
        monkeypatch.setattr(fitness, "database_ready", lambda: "OperationalError")
    else:
        monkeypatch.setattr(fitness, "LOW_DISK", 2**62)
    answer = client.get("/readyz")
    assert answer.status_code == 503 and answer.json()["ok"] is False


@pytest.mark.django_db
def test_old_mail_is_told(client, cast):
    from datetime import timedelta

    from luoshi.lib import clock
    from luoshi.notices.models import OutboxMessage

    OutboxMessage.objects.create(
        user=cast.office, bureau=cast.bureau, channel="MAIL", key="one", on=clock.today(), count=1,
        next_try_at=clock.now() - timedelta(hours=3),
    )  # fmt: skip
    told = client.get("/readyz").json()
    assert (told["ok"], told["outbox"], told["outbox_oldest_minutes"]) == (True, "slow", 180)
