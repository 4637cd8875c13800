"""征求意见表: handed out, counted, opinions to the ledger or none; and what research was turned into."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.activities.models import OpinionForm
from luoshi.activities.queries import conversions
from luoshi.activities.queries import opinion_forms as queries
from luoshi.activities.services import Taking, What
from luoshi.activities.services import opinion_forms as services
from luoshi.activities.services.visits import Finding, convert, record_visit
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.org import queries as org
from luoshi.problems.models import Problem

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 29)


def issue(cast, **words) -> OpinionForm:
    told = {"bureau": cast.bureau, "title": "物业服务征求意见表", "unit": cast.property, "issued_on": DAY,
            "issued": 50, "by": cast.property_chief, "on": DAY}  # fmt: skip
    return services.issue_form(**(told | words))


def tally(cast, form, lines=(("电动车没处停", 12), ("路灯不亮", 3)), **words):
    told = {"returned": 40, "none": False, "version": None, "by": cast.property_chief, "on": DAY}
    return services.tally_form(form, lines=lines, **(told | words))


@pytest.mark.clause("2.2.2.2a")
def test_a_form_is_counted_and_an_opinion_becomes_a_problem_once(cast):
    form = tally(cast, issue(cast))
    assert (form.returned, form.closed_on, len(form.tallies)) == (40, DAY, 2)
    problem = services.list_form_opinion(
        form, place=0, unit=cast.property, version=form.version, by=cast.property_chief, on=DAY
    )
    found = Problem.objects.get()
    assert (found.source, found.title, found.unit, found.raiser) == ("OPINION", "电动车没处停", cast.property, "")
    assert form.tallies[0]["number"] == problem.number_label and "12份提到" in found.source_note
    with pytest.raises(NotAllowed, match="已列入问题台账"):
        services.list_form_opinion(form, place=0, unit=None, version=None, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="要保留"):
        tally(cast, form, lines=[("路灯不亮", 3)])
    tally(cast, form, lines=[("电动车没处停", 14), ("楼道堆物", 2)])
    assert form.tallies[0]["count"] == 14 and form.tallies[0]["problem"] == str(found.public_id)
    told = queries.sums(OpinionForm.objects.all())
    assert (told.forms, told.issued, told.returned, told.uncounted) == (1, 50, 40, 0)


@pytest.mark.clause("2.2.2.2a")
def test_no_opinion_is_said_in_so_many_words(cast):
    form = issue(cast)
    with pytest.raises(NotAllowed, match="勾选“没有意见”"):
        tally(cast, form, lines=[])
    tally(cast, form, lines=[], none=True)
    assert form.closed_on == DAY and form.tallies == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"returned": 51}, "0到发放份数"),
        ({"none": True}, "取消“没有意见”"),
        ({"lines": [("多", 41)]}, "不能超过收回份数"),
        ({"lines": [("长" * 301, 1)]}, "不超过300字"),
        ({"by": "chief"}, "登记人或局办公室"),
        ({"by": "sysadmin"}, "登记人或局办公室"),
    ],
)
def test_what_may_not_be_counted(cast, words, why):
    form = issue(cast)
    told = words | ({"by": getattr(cast, words["by"])} if "by" in words else {})
    with pytest.raises(NotAllowed, match=why):
        tally(cast, form, **told)
    with pytest.raises(Stale):
        tally(cast, form, version=9)
    assert OpinionForm.objects.get().closed_on is None


def test_issuing_and_voiding(cast):
    for words, why in (
        ({"issued": 0}, "发放份数"), ({"title": " "}, "名称"), ({"issued_on": date(2026, 10, 1)}, "不能晚于今天"),
        ({"unit": cast.other_unit}, "不是"), ({"by": cast.stranger}, "不在"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match=why):
            issue(cast, **words)
    form = issue(cast)
    with pytest.raises(NotAllowed, match="写明理由"):
        services.void_form(form, reason=" ", version=None, by=cast.office, on=DAY)
    services.void_form(form, reason="重复", version=1, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="已作废"):
        tally(cast, form)


@pytest.mark.parametrize(
    ("who", "sees"),
    [("office", True), ("director", True), ("inspector", True), ("second_leader", True), ("property_handler", True),
     ("leader", False), ("chief", False), ("stranger", False), ("sysadmin", False)],
)  # fmt: skip
def test_who_sees_a_form(cast, who, sees):
    issue(cast)
    person = getattr(cast, who)
    assert queries.seen(person, org.held(person, DAY), DAY).exists() == sees


def visit(cast, place: str, *, difficult=False, findings=(), day=DAY):
    what = What(
        kind="RESEARCH", title=f"调研{place}", unit=cast.planning, place=place, difficult=difficult,
        nothing_found=not findings,
    )  # fmt: skip
    return record_visit(
        bureau=cast.bureau, what=what, day=day, people=[Taking(cast.chief)], by=cast.chief, on=DAY, findings=findings
    )


@pytest.mark.clause("2.2.2.3c")
def test_the_table_tells_what_research_was_turned_into_and_the_share_of_difficult_places(
    cast, django_assert_max_num_queries
):
    problem = visit(cast, "城北工地", difficult=True, findings=[Finding("塔吊未验收", problem=True)])
    advice = visit(cast, "锦绣家园", day=date(2026, 9, 28))
    convert(advice, kind="SUGGESTION", words="建议统一门禁", by=cast.chief, on=DAY)
    plain = visit(cast, "河东片区", day=date(2026, 9, 25))
    visit(cast, "去年去的", day=date(2025, 9, 25))
    rows = conversions.outings(cast.office, org.held(cast.office, DAY), DAY, bureau_id=cast.bureau.pk, year=2026)
    told = conversions.shares(rows)
    assert (told.total, told.difficult, told.turned, told.difficult_share, told.turned_share) == (3, 1, 2, 33, 67)
    with django_assert_max_num_queries(4):
        lines, _ = conversions.research_page(rows)
    assert [one.activity for one in lines] == [problem, advice, plain]
    assert [[two.kind for two in one.turned] for one in lines] == [["列入问题台账"], ["形成建议"], []]
    assert [one.activity for one in conversions.research_page(rows, only="open")[0]] == [plain]
    assert [one.activity for one in conversions.research_page(rows, only="turned")[0]] == [problem, advice]
    assert [one.activity for one in conversions.research_page(rows, only="difficult")[0]] == [problem]
    assert conversions.Shares(0, 0, 0).difficult_share == 0
