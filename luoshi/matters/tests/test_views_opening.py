"""Writing a matter down: draft, a leader's own 立项, hand-out on paper; amending; conflicts and uploads."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luoshi.matters.forms import OpenForm
from luoshi.matters.forms.opening import WHAT
from luoshi.matters.models import Matter, MatterEvent
from luoshi.matters.tests.life import Life, clean
from luoshi.org.rules import Duty
from luoshi.records.models import Evidence, StagedUpload

NEW = "/matters/new/"


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")
    return Life(cast)


@pytest.fixture
def told(cast):
    """What a clerk types at least."""
    return {
        "title": "老旧小区改造进度摸排", "source": "COMMITTEE", "lead_unit": cast.planning.pk, "due_on": "2026-10-30",
    }  # fmt: skip


def send(client, fields, url=NEW, **more):
    return client.post(url, {"submission": uuid.uuid4(), **fields, **more})


def test_the_office_keeps_a_draft_and_the_leader_is_found_by_the_portfolio(life, cast, enter, told):
    answer = send(enter(cast.office), told, act="draft")
    matter = Matter.objects.get()
    assert answer["Location"] == matter.get_absolute_url()
    assert (matter.state, matter.leader, matter.block) == ("DRAFT", cast.leader, "KEY_WORK")
    assert clean() == []


@pytest.mark.clause("2.2.5.1a")
def test_the_office_hands_out_in_one_go_what_a_leader_agreed_on_paper(life, cast, enter, told):
    paper = SimpleUploadedFile("批示件.pdf", b"%PDF-1.7 paper")
    answer = send(enter(cast.office), told, act="hand_out", files=paper, assist_units=[cast.quality.pk])
    matter = Matter.objects.get()
    assert (answer.status_code, matter.state) == (302, "ASSIGNED")
    assert matter.feedback_due_on.isoformat() == "2026-10-12"
    moves = list(MatterEvent.objects.order_by("id").values_list("move", "operator", "decided_by", "decided_on"))
    day, office = life.day, cast.office.pk
    assert moves == [
        ("open", office, None, None), ("approve", office, cast.leader.pk, day), ("assign", office, None, None),
    ]  # fmt: skip
    assert Evidence.objects.get().name == "批示件.pdf"
    assert clean() == []


def test_without_paper_or_source_it_is_not_handed_out_and_the_clerk_is_told_where(life, cast, enter, told):
    answer = send(enter(cast.office), told, act="hand_out")
    assert answer.status_code == 200 and "请写明出处" in answer.content.decode()
    assert not Matter.objects.exists()
    assert send(enter(cast.office), told, act="hand_out", source_note="班子会纪要第7期").status_code == 302


def test_a_leader_approves_by_his_own_click(life, cast, enter, told):
    send(enter(cast.leader), told, act="approve")
    matter = Matter.objects.get()
    assert (matter.state, matter.leader) == ("APPROVED", cast.leader)
    assert MatterEvent.objects.get(move="approve").decided_by == cast.leader


def test_a_leader_cannot_hand_out(life, cast, enter, told):
    send(enter(cast.leader), told, act="hand_out", source_note="口头")
    assert Matter.objects.get().state == "DRAFT"


@pytest.mark.parametrize("who", ["chief", "handler", "verifier", "window", "sysadmin", "discipline"])
def test_nobody_else_writes_matters_down(life, cast, enter, told, who):
    client = enter(getattr(cast, who))
    assert client.get(NEW).status_code == send(client, told).status_code == 403
    assert not Matter.objects.exists()


def test_bad_input_keeps_what_was_typed_and_says_what_is_wrong(life, cast, enter, told):
    answer = send(enter(cast.office), told | {"title": "", "due_on": "2026-09-01", "requirement": "逐个小区核对"})
    text = answer.content.decode()
    assert answer.status_code == 200 and "逐个小区核对" in text and "不能早于 2026-09-29" in text
    assert text.count("has-error") >= 2


def test_a_file_is_kept_when_the_form_comes_back(life, cast, enter, told):
    paper = SimpleUploadedFile("批示件.pdf", b"%PDF-1.7 paper")
    answer = send(enter(cast.office), told | {"title": ""}, act="hand_out", files=paper)
    kept = StagedUpload.objects.get()
    assert f'value="{kept.pk}"' in answer.content.decode() and "批示件.pdf" in answer.content.decode()
    assert send(enter(cast.office), told, act="hand_out", staged=[str(kept.pk)]).status_code == 302
    assert Evidence.objects.get().pk == kept.pk


def test_a_file_that_cannot_be_taken_is_said_beside_the_field(life, cast, enter, told):
    answer = send(enter(cast.office), told, act="hand_out", files=SimpleUploadedFile("病毒.exe", b"MZ"))
    assert answer.status_code == 200 and "病毒.exe" in answer.content.decode()
    assert not Matter.objects.exists()


def test_a_spent_upload_is_said_and_nothing_is_made(life, cast, enter, told):
    answer = send(enter(cast.office), told, act="hand_out", staged=[str(uuid.uuid4())])
    assert answer.status_code == 200 and "附件已失效" in answer.content.decode()
    assert not Matter.objects.exists()


def test_the_same_form_sent_twice_makes_one_matter(life, cast, enter, told):
    client, key = enter(cast.office), uuid.uuid4()
    first, again = (client.post(NEW, {"submission": key, **told, "act": "draft"}) for _ in range(2))
    assert first["Location"] == again["Location"]
    assert Matter.objects.count() == 1


def test_eight_fields_at_most_are_in_sight(life, cast):
    form = OpenForm(bureau=cast.bureau, on=life.day, duties=frozenset({Duty.OFFICE}), person=cast.office)
    assert len(form.shown) == len(WHAT) == 7
    required = [one.name for one in form.shown if one.field.required]
    assert required == ["title", "source", "lead_unit", "due_on"]


@pytest.mark.clause("2.2.5.1a")
def test_from_a_clause_text_and_source_are_there(life, cast, enter):
    from luoshi.demo.universe import SAMPLE_PLAN
    from luoshi.plan import services as plan

    version = plan.import_plan(
        bureau=cast.bureau, content=SAMPLE_PLAN.read_bytes(), file_name="plan.txt", by=cast.office, on=life.day
    )
    duty = next(one for clause in version.clauses.all() for one in clause.read_duties.all())
    url = f"{NEW}?clause={duty.clause_id}&duty={duty.pk}"
    client = enter(cast.office)
    text = client.get(url).content.decode()
    assert duty.quote[:30] in text and 'type="hidden" name="source"' in text
    form = client.get(url).context["form"]
    typed = {name: form[name].value() or "" for name in (*WHAT,)} | {"lead_unit": cast.planning.pk}
    answer = send(client, typed | {"due_on": "2026-10-30", "act": "draft"}, url)
    assert answer.status_code == 302
    assert (Matter.objects.get().clause_id, Matter.objects.get().source) == (duty.clause_id, "PLAN")
    assert client.get(f"{NEW}?clause=999999").status_code == 404
    assert enter(cast.stranger).get(url).status_code == 403


def test_a_draft_is_amended_once_and_a_stale_one_keeps_its_words(life, cast, enter):
    matter, client = life.open(), enter(cast.office)
    url = reverse("matters:edit", args=[matter.public_id])
    form = client.get(url).context["form"]
    typed = {name: form[name].value() or "" for name in ("requirement", "source", "source_title", "lead_unit")}
    typed |= {"due_on": "2026-11-30", "leader": cast.leader.pk, "block": "KEY_WORK", "version": matter.version,
              "assist_units": [cast.quality.pk]}  # fmt: skip
    assert send(client, typed | {"title": "改过的事项"}, url).status_code == 302
    matter.refresh_from_db()
    assert (matter.title, matter.due_on.isoformat()) == ("改过的事项", "2026-11-30")
    assert [str(one.unit) for one in matter.parties.filter(ended_on=None, role="ASSIST")] == [str(cast.quality)]
    late = send(client, typed | {"title": "又改一次"}, url)
    assert late.status_code == 409 and "又改一次" in late.content.decode()
    assert clean() == []


def test_amending_is_not_for_others_nor_for_later(life, cast, enter):
    matter = life.to("ASSIGNED")
    url = reverse("matters:edit", args=[matter.public_id])
    assert enter(cast.chief).get(url).status_code == 403
    assert enter(cast.stranger).get(url).status_code == 404
    late = {"title": "晚了", "source": "COUNTY", "lead_unit": cast.planning.pk, "due_on": "2026-11-30"}
    assert send(enter(cast.office), late, url, version=matter.version).status_code == 409
