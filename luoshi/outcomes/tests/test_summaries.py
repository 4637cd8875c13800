"""总结: drafted from the records, edited without losing a word, at most 5,000 characters, issued once for ever."""

from __future__ import annotations

import hashlib
import io
from datetime import date

import pytest
from docx import Document

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.notices.models import Notice
from luoshi.org.queries import held
from luoshi.outcomes import queries, services
from luoshi.outcomes.models import Summary
from luoshi.outcomes.rules import mentioned, unknown
from luoshi.outcomes.rules.draft import HINTS
from luoshi.outcomes.tests.life import DAY, PAPER, clean, draft, issued, sent, whole
from luoshi.problems import services as problems
from luoshi.problems.models import ProblemClass
from luoshi.problems.services import classes
from luoshi.records.queries import trail
from luoshi.records.services.files import place
from tests.house.filled import filled

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.3.1a")]


def section(summary: Summary, key: str = "next"):
    return summary.sections.get(key=key)


def edit(world, one, text, **words):
    return services.edit_section(one, **({"text": text, "version": None, "by": world.office, "on": DAY} | words))


def test_the_records_write_the_draft_and_every_number_is_theirs(world_here):
    found = draft(world_here)
    scope = queries.scope_of(world_here.office, world_here.bureau.pk, DAY)
    for name, told in found.figures.items():
        if told["clause"] is None and not told["whole"]:
            assert told["number"] == queries.behind(told["key"], scope, found.since, found.until).number, name
    texts = {one.key: one.text for one in found.sections.all()}
    assert list(texts) == ["head", "work", "cured", "system", "effect", "lacks", "next"]
    assert not any(unknown(text, found.figures) for text in texts.values())
    assert {"登记问题", "销号问题"} <= set(mentioned(texts["cured"])) and "领导小组会议纪要第1期" in texts["head"]
    view = queries.summary_view(found, held(world_here.office, DAY))
    assert 500 < view.number <= 5000 and view.over == 0 and clean() == []
    for name in (world_here.leader.name, world_here.handler.name, world_here.chief.name):
        assert name not in "".join(texts.values()), "nobody is named"


@pytest.mark.clause("2.3.1b")
def test_classes_without_a_decision_are_listed_as_what_did_not_work(world_here):
    rows = queries.class_rows(world_here.office, world_here.bureau, DAY)
    undecided = [one.name for one in rows if one.cure == "未定"]
    found = draft(world_here)
    assert "还没有同单位负责人开展政治谈话的有" in section(found, "lacks").text, "units, no persons"
    assert undecided and all(one in section(found, "lacks").text for one in undecided[:8])
    assert found.figures["未定办法的类别"]["number"] == len(undecided)
    assert found.figures["问题类别"]["number"] == len(rows)


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2026, 10, 1), []), (date(2026, 11, 24), []), (date(2027, 11, 1), ["MID"]),
        (date(2028, 10, 1), ["CLOSING"]),
    ],
)  # fmt: skip
def test_the_desk_says_when_a_summary_is_due(world_here, on, told):
    """The story has one that reaches past the first phase: the next is due after a year, the last at the end."""
    assert [kind for kind, _ in queries.due(world_here.plan.plan, on)] == told


def test_a_second_mid_term_summary_reaches_further(world_here):
    first = Summary.objects.get(kind="MID")
    services.void_summary(first, reason="重写。", version=None, by=world_here.office, on=DAY)
    assert [kind for kind, _ in queries.due(first.plan, DAY)] == ["MID"], "the first phase has passed"
    for one in (draft(world_here, kind="MID", until=date(2026, 10, 31)),):
        for part in one.sections.all():
            edit(world_here, part, "写好了。")
        services.submit(one, version=None, by=world_here.office, on=DAY)
        services.issue(one, version=None, by=world_here.director, on=DAY)
    with pytest.raises(NotAllowed, match="已经有了"):
        draft(world_here, kind="MID", until=date(2026, 10, 31))
    assert draft(world_here, kind="MID").state == "DRAFT"


def test_one_of_a_kind_is_in_hand_and_the_office_writes_it(world_here):
    found = draft(world_here)
    with pytest.raises(NotAllowed, match="已经有了"):
        draft(world_here)
    services.void_summary(found, reason="重写。", version=None, by=world_here.office, on=DAY)
    assert draft(world_here).edition == 1
    for who in ("director", "leader", "chief", "inspector", "sysadmin"):
        with pytest.raises(NotAllowed, match="局办公室起草"):
            draft(world_here, by=getattr(world_here, who))


@pytest.mark.parametrize(
    ("words", "why"),
    [({"kind": "WEEKLY"}, "请选择"), ({"title": " "}, "标题"), ({"until": DAY.replace(year=2027)}, "起止日期")],
)
def test_a_bad_head_is_refused(world_here, words, why):
    with pytest.raises(NotAllowed, match=why):
        draft(world_here, **words)


def test_an_edit_is_kept_and_of_two_one_wins(world_here):
    one = section(draft(world_here))
    edit(world_here, one, "一是办完。\r\n\n〔登记问题〕逐件销号。 ", version=one.version)
    assert one.text == "一是办完。\n\n〔登记问题〕逐件销号。" and one.edited and one.edited_by == world_here.office
    with pytest.raises(Stale):
        edit(world_here, one, "别的话", version=1)
    with pytest.raises(NotAllowed, match="没有“登记问提”这个数"):
        edit(world_here, one, "〔登记问提〕")
    with pytest.raises(NotAllowed, match="不超过4000字"):
        edit(world_here, one, "字" * 4001)
    for who in ("director", "chief", "sysadmin"):
        with pytest.raises(NotAllowed, match="没有“修改”的职责"):
            edit(world_here, one, "别的话", by=getattr(world_here, who))


def test_too_long_is_not_sent_and_it_says_by_how_much(world_here):
    found = whole(world_here)
    number = queries.length(found, queries.sections_of(found))
    for key in ("next", "lacks"):
        one = section(found, key)
        edit(world_here, one, one.text + "字" * 2500)
    cut = number + 5000 - 5000
    with pytest.raises(NotAllowed, match=f"还要删去{cut}字"):
        services.submit(found, version=None, by=world_here.office, on=DAY)
    one = section(found)
    edit(world_here, one, one.text[:-cut])
    assert services.submit(found, version=None, by=world_here.office, on=DAY).state == "SUBMITTED"


def test_hints_and_empty_chapters_are_not_sent(world_here):
    found = draft(world_here)
    with pytest.raises(NotAllowed, match="括号里的提示"):
        services.submit(found, version=None, by=world_here.office, on=DAY)
    found.refresh_from_db()
    assert found.state == "DRAFT" and any(hint in section(found).text for hint in HINTS)


def test_a_fresh_look_changes_figures_and_drafts_but_no_words_of_the_office(world_here):
    found = draft(world_here)
    edit(world_here, section(found, "lacks"), "只写一句：登记〔登记问题〕。")
    was = found.figures["登记问题"]["number"]
    problems.open_problem(
        bureau=world_here.bureau, title="窗口指引牌缺失", source="VISIT", found_on=DAY, unit=world_here.planning,
        by=world_here.office, on=DAY, now=None,
    )  # fmt: skip
    undecided = ProblemClass.objects.get(bureau=world_here.bureau, cure="", void=False)
    classes.decide_cure(undecided, cure="NONE", reason="现有制度够用。", by=world_here.director, on=DAY)
    scope = queries.scope_of(world_here.office, world_here.bureau.pk, DAY)
    fresh = queries.draw(found.plan, found.since, found.until, scope)
    told = queries.compare(found, fresh.figures, fresh.texts)
    assert ("登记问题", f"{was}件", f"{was + 1}件") in told.figures
    _, number = services.redraw(found, version=found.version, by=world_here.office, on=DAY)
    assert number == len(told.figures) and found.figures["登记问题"]["number"] == was + 1
    changed = {one.key: edited for one, _, edited in told.sections}
    assert changed == {"lacks": True, "system": False}
    assert section(found, "lacks").text == "只写一句：登记〔登记问题〕。"
    assert "认为现有制度够用" in section(found, "system").text and clean() == []
    with pytest.raises(Stale):
        services.redraw(found, version=1, by=world_here.office, on=DAY)


def test_ticked_chapters_take_the_fresh_draft(world_here):
    found = draft(world_here)
    edit(world_here, section(found, "head"), "自己写的。")
    found.sections.filter(key="head").update(drafted="旧草稿")
    services.redraw(found, take=["head"], version=None, by=world_here.office, on=DAY)
    assert section(found, "head").text == section(found, "head").drafted != "自己写的。"


def test_it_is_sent_given_back_sent_again_and_issued_with_its_file(world_here):
    found = sent(world_here)
    assert Notice.objects.filter(user=world_here.director, key__startswith="outcomes:").count() == 1
    services.give_back(found, reason="问题再写实些。", version=None, by=world_here.director, on=DAY)
    assert (found.state, found.returned) == ("DRAFT", "问题再写实些。")
    services.submit(found, version=None, by=world_here.office, on=DAY)
    services.issue(found, version=found.version, by=world_here.office, on=DAY, decided_by=world_here.director, **PAPER)
    assert (found.state, found.decided_by, found.source_note) == ("ISSUED", world_here.director, PAPER["source_note"])
    content = place(found.paper.sha256).read_bytes()
    assert hashlib.sha256(content).hexdigest() == found.paper.sha256 and clean() == []
    assert trail(found)[0].act == "outcomes.issue" and trail(found)[0].decided_by == str(world_here.director)
    paper = Document(io.BytesIO(content))
    text = "\n".join(one.text for one in paper.paragraphs)
    assert "一、基本情况" in text and "〔登记问题〕" not in text and found.figures["登记问题"]["words"] in text
    assert "草稿" not in text and "内部" in text and "局党委会纪要第21期" in text
    cells = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    line = next(row for row in cells if row[1] == "登记问题")
    assert line[2:4] == [found.figures["登记问题"]["words"], found.figures["登记问题"]["means"]]
    assert line[4] == found.figures["登记问题"]["digest"][:10]


def test_what_is_issued_is_corrected_by_an_edition_beside_it(world_here):
    first = issued(world_here)
    for name in ("edit_section", "redraw", "void_summary"):
        with pytest.raises(NotAllowed, match="已印发"):
            if name == "edit_section":
                edit(world_here, section(first), "改")
            else:
                words = {"reason": "错。"} if name == "void_summary" else {}
                getattr(services, name)(first, version=None, by=world_here.office, on=DAY, **words)
    second = services.revise(first, reason="单位名称有误。", version=first.version, by=world_here.office, on=DAY)
    assert (second.edition, second.corrects, str(second)) == (2, first, "两年行动总结报告（第2版）")
    assert section(second).text == section(first).text
    with pytest.raises(NotAllowed, match="更新的一版"):
        services.revise(first, reason="再改。", version=None, by=world_here.office, on=DAY)
    first.refresh_from_db()
    assert first.state == "ISSUED" and clean() == []


@pytest.mark.parametrize(
    ("by", "words", "why"),
    [
        ("office", {}, "主要领导或局党委会审定"),
        ("office", {"who": "leader", **PAPER}, "不是本局主要领导"),
        ("office", {"who": "director", "decided_on": DAY.replace(day=25)}, "不能晚于今天"),
        ("office", {"who": "director", "decided_on": DAY.replace(day=1)}, "不能早于送审"),
        ("office", {"who": "director", "decided_on": DAY}, "写明出处"),
        ("leader", {}, "没有“审定印发”的职责"),
        ("handler", {}, "没有“审定印发”的职责"),
    ],
)
def test_who_decides_is_said_or_it_is_not_issued(world_here, by, words, why):
    found, told = sent(world_here), dict(words)
    who = told.pop("who", "")
    if who:
        told["decided_by"] = getattr(world_here, who)
    with pytest.raises(NotAllowed, match=why):
        services.issue(found, version=None, by=getattr(world_here, by), on=DAY, **told)


def test_a_draft_is_the_offices_an_issued_one_everybodys(world_here, enter):
    found = whole(world_here)
    url = found.get_absolute_url()
    codes = lambda: [enter(getattr(world_here, who)).get(url).status_code
                     for who in ("office", "director", "leader", "handler", "inspector", "stranger")]  # fmt: skip
    assert codes() == [200, 200, 404, 404, 404, 404]
    services.submit(found, version=None, by=world_here.office, on=DAY)
    assert codes() == [200, 200, 200, 404, 404, 404]
    services.issue(found, version=None, by=world_here.director, on=DAY)
    assert codes() == [200, 200, 200, 200, 200, 404]
    page = enter(world_here.handler).get(url).content.decode()
    assert "/figures/" not in page and "figure-chip" in page, "the number, without records that are not his"
    assert enter(world_here.sysadmin).get(url).status_code == 403
    page = enter(world_here.office).get(url).content.decode()
    assert f"{url}figures/found/" in page and "更正重印" in page
    records = enter(world_here.office).get(f"{url}figures/found/")
    assert records.context["number"] == found.figures["登记问题"]["number"] and not records.context["notice"]


def test_by_hand_draft_edit_stale_and_download(world_here, enter):
    client = enter(world_here.office)
    url = "/outcomes/summaries/new/?kind=CLOSING"
    answer = client.post(url, {**filled(client.get(url).content.decode(), url.split("?")[0])})
    found = Summary.objects.get(kind="CLOSING")
    assert answer["Location"] == found.get_absolute_url() and found.title.endswith("总结报告")
    page = f"{found.get_absolute_url()}edit/next/"
    told = filled(client.get(page).content.decode(), page)
    edit(world_here, section(found), "别人先改。")
    kept = client.post(page, {**told, "text": "我写了很久的一段话。"}).content.decode()
    assert "别人已更新" in kept and "我写了很久的一段话。" in kept and section(found).text == "别人先改。"
    paper = client.get(f"{found.get_absolute_url()}summary.docx")
    assert "内部　草稿" in [one.text for one in Document(io.BytesIO(paper.content)).paragraphs]
    listed = Document(io.BytesIO(client.get("/outcomes/institutions.docx").content))
    assert listed.tables[0].rows[0].cells[1].text == "问题类别"
