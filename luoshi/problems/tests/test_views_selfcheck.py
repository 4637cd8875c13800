"""个人问题清单 over HTTP: one page filled in, saved, submitted; reviewed; nobody else finds a word of it anywhere."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luoshi.notices.models import Notice
from luoshi.problems.models import Problem, ProblemEvidence, SelfCheck, SelfCheckRound
from luoshi.problems.rules import StyleKind
from luoshi.problems.services import selfcheck as services
from luoshi.problems.services.moves import move
from luoshi.problems.tests.checks import SECRET, Checks, row
from luoshi.problems.tests.life import DAY
from luoshi.problems.views import ACTS
from luoshi.records.services import act, stage
from tests.counting import asked
from tests.house.filled import filled

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.3.7")]
OTHERS = (
    "director", "leader", "second_leader", "office", "verifier", "inspector", "second_handler", "approval_chief",
    "window", "property_chief", "neighbour", "discipline", "stranger", "sysadmin", "secadmin", "auditor",
)  # fmt: skip
"""Everybody of the cast but the owner (handler) and his reviewer (chief)."""
ADMINS = ("sysadmin", "secadmin", "auditor")


@pytest.fixture
def checks(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")
    found = Checks(cast)
    found.round()
    return found


def key() -> dict:
    return {"submission": str(uuid.uuid4())}


def fill_url(check: SelfCheck) -> str:
    return reverse("problems:self_check_fill", args=[check.public_id])


def written(page: str, url: str, **words) -> dict:
    """The page's form with 没有此类问题 ticked for all but the first kind, whose first empty row is filled in."""
    told = {**filled(page, url), **{f"none-{kind}": "on" for kind in StyleKind.values[1:]}}
    first = StyleKind.values[0]
    return {**told, f"title-n{first}0": SECRET, f"measure-n{first}0": "每周学一项新政策", **words}


def test_a_list_is_one_page_saved_and_submitted_and_a_second_click_makes_no_second(checks, cast, enter):
    check, client = checks.of(cast.handler), enter(cast.handler)
    assert client.get(check.get_absolute_url())["Location"] == fill_url(check)
    page = client.get(fill_url(check)).content.decode()
    assert page.count("没有此类问题</label>") == 6 and 'value="2026-12-31"' in page
    told = written(page, fill_url(check), act="save")
    assert client.post(fill_url(check), told)["Location"] == fill_url(check)
    assert Problem.objects.get().title == SECRET and checks.of(cast.handler).state == "DRAFT"
    told = {**filled(client.get(fill_url(check)).content.decode(), fill_url(check)), "act": "submit"}
    answer = client.post(fill_url(check), told)
    assert answer["Location"] == check.get_absolute_url() and client.post(fill_url(check), told).status_code == 302
    assert checks.of(cast.handler).state == "SUBMITTED" and Problem.objects.count() == 1
    text = client.get(check.get_absolute_url()).content.decode()
    assert SECRET in text and text.count("没有此类问题") == 5 and "收回修改" in text
    assert client.get(fill_url(check))["Location"] == check.get_absolute_url()


def test_what_is_missing_is_said_beside_it_and_nothing_typed_is_lost(checks, cast, enter):
    check, client = checks.of(cast.handler), enter(cast.handler)
    page = client.get(fill_url(check)).content.decode()
    first = StyleKind.values[0]
    told = written(page, fill_url(check), act="submit")
    for change, why in (
        ({f"measure-n{first}0": ""}, "请写整改措施"),
        ({f"due-n{first}0": ""}, "请写整改时限"),
        ({f"due-n{first}0": "2026-09-01"}, "不能早于今天"),
        ({f"title-n{first}0": ""}, "还没有写问题"),
        ({f"none-{first}": "on"}, "请留一样"),
        ({f"none-{StyleKind.values[1]}": ""}, "还没有查摆"),
    ):
        sent = {name: value for name, value in {**told, **key(), **change}.items() if value != ""}
        answer = client.post(fill_url(check), sent)
        assert answer.status_code == 200 and why in answer.content.decode(), why
        assert ("每周学一项新政策" in answer.content.decode()) == (f"measure-n{first}0" not in change)
    assert not Problem.objects.exists()


def test_a_stale_page_is_a_conflict_that_keeps_what_was_typed(checks, cast, enter):
    check, client = checks.of(cast.handler), enter(cast.handler)
    told = written(client.get(fill_url(check)).content.decode(), fill_url(check), act="save")
    checks.fill(cast.handler, row("手机上先写的一项"), submit=False)
    answer = client.post(fill_url(check), told)
    assert answer.status_code == 409 and SECRET in answer.content.decode()


def test_a_suggestion_stands_in_its_kind_and_is_taken_or_declined(checks, cast, enter):
    client = enter(cast.second_handler)
    url = reverse("problems:suggest")
    check = checks.of(cast.handler)
    assert "组织点" not in client.get(url).content.decode().split("<form")[-1]
    told = {"check_list": check.pk, "kind": "DOOR", "channel": "PEER", "words_said": "让企业跑了三趟"}
    assert client.post(url, {**key(), **told}).status_code == 302
    client = enter(cast.handler)
    page = client.get(fill_url(check)).content.decode()
    assert "让企业跑了三趟" in page and cast.second_handler.name not in page.split("<main")[-1]
    sent = {**written(page, fill_url(check)), "act": "submit"}
    del sent["none-DOOR"]
    answer = client.post(fill_url(check), {**sent, **key(), "none-DOOR": "on"})
    assert "写明不列入的理由" in answer.content.decode()
    name = f"s{check.suggestions.get().pk}"
    assert client.post(fill_url(check), {**sent, f"measure-{name}": "一次性告知，能补的容缺"}).status_code == 302
    assert set(Problem.objects.values_list("channel", flat=True)) == {"SELF", "PEER"}
    page = enter(cast.chief).get(check.get_absolute_url()).content.decode()
    assert "让企业跑了三趟" in page and cast.second_handler.name not in page.split("<main")[-1]


def test_the_reviewer_sees_nothing_while_it_is_written_then_accepts_or_returns(checks, cast, enter):
    checks.fill(cast.handler, submit=False)
    check, client = checks.of(cast.handler), enter(cast.chief)
    assert "正在填写" in client.get(check.get_absolute_url()).content.decode()
    assert SECRET not in client.get(check.get_absolute_url()).content.decode()
    item = Problem.objects.get()
    checks.fill(cast.handler, row("写好的一项", item=item.pk))
    check = checks.of(cast.handler)
    home = client.get(reverse("problems:self_checks")).content.decode()
    assert cast.handler.name in home and "审核" in home
    back = reverse("problems:self_check_return", args=[check.public_id])
    assert client.post(back, {**key(), "version": check.version, "reason": ""}).status_code == 200
    client.post(back, {**key(), "version": check.version, "reason": "请写具体业务"})
    assert "请写具体业务" in enter(cast.handler).get(fill_url(check)).content.decode()
    checks.fill(cast.handler, row("写好的一项", item=item.pk))
    check, client = checks.of(cast.handler), enter(cast.chief)
    accept = reverse("problems:self_check_accept", args=[check.public_id])
    stale = client.post(accept, {**key(), "version": 1})
    assert stale.status_code == 409
    client.post(accept, {**key(), "version": check.version})
    assert Problem.objects.get(state="RECTIFYING").title == "写好的一项"
    assert enter(cast.handler).post(accept, {**key(), "version": check.version}).status_code == 404


@pytest.fixture
def kept(checks, cast):
    """An accepted list with an item that has a proof, a suggestion answered, and its addresses."""
    told = services.suggest(
        checks.of(cast.handler), kind="DOOR", channel="PEER", words="让企业跑了三趟", by=cast.second_handler, on=DAY
    )
    item = checks.fill(cast.handler, row(), row("让企业跑了三趟", "DOOR", suggestion=told.pk)).items.first()
    services.accept_check(checks.of(cast.handler), by=cast.chief, on=DAY)
    proof = stage(SimpleUploadedFile("学习笔记.txt", SECRET.encode()), by=cast.handler)
    item = Problem.objects.get(title=SECRET)
    report(item, cast.handler, str(proof.pk))
    return item


@act
def report(item: Problem, who, proof: str) -> None:
    """整改进展, with a proof, as the problem's own page takes it."""
    move(item, "report", by=who, on=DAY, note=f"已改：{SECRET}", staged=[proof]).done()


def private_addresses(item: Problem) -> list[str]:
    check = item.self_check
    names = (
        "self_check",
        "self_check_fill",
        "self_check_recall",
        "self_check_accept",
        "self_check_return",
        "self_check_add",
    )
    found = [reverse(f"problems:{name}", args=[check.public_id]) for name in names]
    told = check.suggestions.get()
    found.append(reverse("problems:suggestion_decline", args=[check.public_id, told.pk]))
    found += [reverse(f"problems:{name}", args=[item.public_id]) for name in ("item_publish", "pane", "amend", *ACTS)]
    proof = ProblemEvidence.objects.select_related("evidence").get(event__problem=item).evidence
    found.append(reverse("problems:evidence", args=[item.public_id, proof.pk]))
    return [*found, item.get_absolute_url()]


@pytest.mark.parametrize("who", OTHERS)
def test_privacy_nobody_else_opens_a_list_its_items_or_their_proofs(kept, cast, enter, who):
    """The policy table: every duty of the cast, every address of a list, GET and POST: not there."""
    client = enter(getattr(cast, who))
    for url in private_addresses(kept):
        none = (
            (403, 404) if who in ADMINS else (404,)
        )  # the doors of acts are shut to administrators before any look-up
        assert client.get(url).status_code in none, (who, url)
        assert client.post(url, {**key(), "version": 1, "reason": "x"}).status_code in (*none, 405), (who, url)


@pytest.mark.parametrize("who", OTHERS)
def test_privacy_no_page_no_search_and_no_export_tells_a_word(kept, cast, enter, who):
    client = enter(getattr(cast, who))
    round_ = SelfCheckRound.objects.get()
    pages = [
        "/", "/search/?q=遇到没办过", "/search/?q=跑了三", "/search/?q=学习笔", "/search/?q=查摆2026-0001",
        "/notices/", "/problems/", "/problems/?q=遇到没办过", "/overview/", "/accounts/trail/",
        "/problems/self-checks/",
        "/problems/self-checks/suggest/", round_.get_absolute_url(), "/problems/classes/", "/problems/tags/",
        "/problems/institutions/",
    ]  # fmt: skip
    for url in pages:
        answer = client.get(url, follow=True)
        assert answer.status_code in (200, 302, 403, 404), url
        text = (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace")
        for words in (SECRET, "跑了三趟", "学习笔记", "每周学一项"):
            assert words not in text, (who, url, words)
    told = Notice.objects.filter(user=getattr(cast, who), kind__in=["problems.check_submit", "problems.report"])
    assert not any(str(kept.public_id) in one.url for one in told)


def test_the_owner_and_his_reviewer_open_it_and_its_proof(kept, cast, enter):
    assert ProblemEvidence.objects.filter(event__problem=kept).count() == 1
    for who in (cast.handler, cast.chief):
        client = enter(who)
        assert SECRET in client.get(kept.self_check.get_absolute_url()).content.decode()
        assert client.get(kept.get_absolute_url()).status_code == 200
    assert enter(cast.chief).get(reverse("problems:item_publish", args=[kept.public_id])).status_code == 404
    assert enter(cast.handler).get(reverse("problems:item_publish", args=[kept.public_id])).status_code == 200


def test_the_office_opens_a_round_in_one_form_and_sees_who_not_what(cast, enter, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")
    client = enter(cast.office)
    url = reverse("problems:round_open")
    told = filled(client.get(url).content.decode(), url)
    assert told["title"] == ["2026年第三季度查摆"] and told["due_on"] == ["2026-10-13"]
    answer = client.post(url, told)
    made = SelfCheckRound.objects.get()
    assert answer["Location"] == made.get_absolute_url() == client.post(url, told)["Location"]
    checks = Checks(cast)
    checks.accepted(cast.handler)
    text = client.get(made.get_absolute_url()).content.decode()
    assert "林晓舟" in text and "还没有审核人" in text and "局领导还有3份" in text and SECRET not in text
    bad = client.post(url, {**told, **key(), "due_on": "2026-09-01"})
    assert bad.status_code == 200 and "不能早于今天" in bad.content.decode()
    change = reverse("problems:round_change", args=[made.public_id])
    client.post(change, {**filled(client.get(change).content.decode(), change), "due_on": "2026-10-20"})
    assert set(SelfCheck.objects.exclude(state="ACCEPTED").values_list("due_on", flat=True)) == {
        DAY.replace(month=10, day=20)
    }
    named = reverse("problems:round_reviewer", args=[made.public_id])
    told = filled(client.get(named).content.decode(), named)
    assert told["check_list"] == [str(checks.of(cast.director).pk)]
    own = client.post(named, {**told, **key(), "reviewer": cast.director.pk})
    assert "不能由自己审核" in own.content.decode()
    client.post(named, {**told, **key(), "reviewer": cast.leader.pk})
    assert checks.of(cast.director).reviewer == cast.leader


@pytest.mark.parametrize(
    "who", ["leader", "chief", "handler", "verifier", "inspector", "discipline", "window", "sysadmin"]
)
def test_rounds_are_the_offices(checks, cast, enter, who):
    made = SelfCheckRound.objects.get()
    client = enter(getattr(cast, who))
    for name in ("round_change", "round_widen", "round_reviewer", "self_check_round"):
        assert client.get(reverse(f"problems:{name}", args=[made.public_id])).status_code == 403
    assert client.get(reverse("problems:round_open")).status_code == 403


def test_the_pages_cost_the_same_whatever_the_number_of_lists(checks, cast, enter):
    checks.accepted(cast.handler)
    client, url = enter(cast.chief), reverse("problems:self_checks")
    client.get(url)
    with asked(client) as few:
        client.get(url)
    for nth in range(3):
        checks.round(title=f"第{nth}轮")
    with asked(client) as many:
        client.get(url)
    assert len(many) == len(few)


def test_what_is_written_now_takes_an_earlier_tick_away(checks, cast, enter):
    checks.fill(cast.handler, row(""), none=StyleKind.values)
    services.return_check(checks.of(cast.handler), reason="再想想", by=cast.chief, on=DAY)
    url, client = fill_url(checks.of(cast.handler)), enter(cast.handler)
    told = written(client.get(url).content.decode(), url, act="submit")
    assert told[f"none-{StyleKind.values[0]}"] == ["on"] and client.post(url, told).status_code == 302
    assert Problem.objects.get().title == SECRET and checks.of(cast.handler).answers.filter(none=True).count() == 5


def test_markup_in_what_people_write_is_text(checks, cast, enter):
    poison = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    services.suggest(checks.of(cast.handler), kind="DOOR", channel="PEER", words=poison, by=cast.chief, on=DAY)
    checks.fill(cast.handler, row(poison, measure=poison), submit=False)
    check = checks.of(cast.handler)
    pages = [enter(cast.handler).get(fill_url(check)).content]
    told = check.suggestions.get()
    services.decline_suggestion(told, reason=poison, by=cast.handler, on=DAY)
    checks.fill(cast.handler, row(poison, measure=poison, item=check.items.get().pk))
    services.return_check(checks.of(cast.handler), reason=poison, by=cast.chief, on=DAY)
    pages.append(enter(cast.handler).get(fill_url(check)).content)
    checks.fill(cast.handler, row(poison, measure=poison, item=check.items.get().pk))
    pages += [enter(who).get(check.get_absolute_url()).content for who in (cast.handler, cast.chief)]
    for page in pages:
        assert b"alert(1)" in page and b"<script>alert(1)" not in page and b"<img src=x" not in page
