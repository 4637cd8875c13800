"""考评办法 by services: drafted, tried on the past without names, adopted in time, then never changed."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from luoshi.appraisal import queries, services
from luoshi.appraisal.models import Rehearsal, Scheme, SchemeIndicator
from luoshi.appraisal.rules.drafting import Row
from luoshi.appraisal.rules.quarters import Quarter
from luoshi.appraisal.rules.scoring import Counts, score
from luoshi.appraisal.tests.life import DAY, PAPER, Q2, Q3, Q4, ROWS, adopted, clean, computed, draft, told
from luoshi.appraisal.tests.scattered import scatter
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.4a")]
IN_Q4 = date(2026, 10, 12)


def edit(scheme, cast, **words):
    call = {"draft": told(), "version": scheme.version, "by": cast.office, "on": DAY}
    return services.edit_scheme(scheme, **(call | words))


def adopt(scheme, cast, **words):
    call = {"version": scheme.version, "by": cast.office, "on": DAY, "decided_by": cast.director, "decided_on": DAY}
    return services.adopt_scheme(scheme, **(call | PAPER | words))


def test_a_draft_is_written_changed_and_keeps_what_was_struck_on_record(cast):
    found = draft(cast)
    assert found.blocks.count() == 3 and SchemeIndicator.objects.filter(block__scheme=found).count() == 15
    whole = Row("completion", dict.fromkeys(("COUNTY", "KEY_PROJECT", "KEY_WORK"), 100))
    edit(found, cast, draft=told(rows=[whole], bonus_cap=Decimal("2.5")))
    assert SchemeIndicator.objects.filter(block__scheme=found).count() == 3
    assert queries.formula_of(found).bonus_cap == 250 and clean() == []
    with pytest.raises(Stale):
        edit(found, cast, version=1)
    with pytest.raises(NotAllowed, match="由局办公室办理"):
        edit(found, cast, by=cast.leader)
    with pytest.raises(NotAllowed, match="合计应为100"):
        edit(found, cast, version=None, draft=told(rows=ROWS[1:]))


def test_what_the_bureau_decided_is_where_a_scheme_starts(cast):
    start = queries.start(cast.bureau, None, DAY)
    assert start.weights == {"COUNTY": 40, "KEY_PROJECT": 35, "KEY_WORK": 25} and start.peers == "BY_KIND"
    groups = queries.groups_of(cast.bureau.pk, "BY_KIND", DAY)
    assert set(groups.values()) == {"SECTION", "AFFILIATE"}
    assert set(queries.groups_of(cast.bureau.pk, "TOGETHER", DAY).values()) == {"ALL"}


def test_it_is_adopted_before_its_quarter_and_published_to_all(cast):
    found = adopt(draft(cast), cast)
    assert (found.state, found.published_on, found.frozen_on) == ("ADOPTED", DAY, Q4.first)
    assert (found.decided_by, found.source_note) == (cast.director, "局党委会纪要第20期")
    assert Notice.objects.filter(kind="appraisal.scheme", user=cast.chief).count() == 1 and clean() == []
    assert queries.scheme_for(cast.bureau.pk, Q4) == found and queries.scheme_for(cast.bureau.pk, Q3) is None
    with pytest.raises(NotAllowed, match="采用以后不再改"):
        edit(found, cast, version=None)
    with pytest.raises(NotAllowed, match="采用之前"):
        services.rehearse(found, quarters=[Q2], by=cast.office, on=DAY)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"decided_by": None}, "主要领导审定"),
        ({"by": "leader", "decided_by": "director"}, "只有局办公室可以代录"),
        ({"decided_on": date(2026, 9, 30)}, "不能晚于今天"),
        ({"decided_by": "leader"}, "不是本局主要领导"),
        ({"source_note": " "}, "写明出处"),
        ({"on": IN_Q4}, "首次采用的可以补定，请写明理由"),
        ({"version": 7}, None),
    ],
)
def test_an_adoption_that_may_not_be(cast, words, why):
    found = draft(cast)
    call = {key: getattr(cast, value) if isinstance(value, str) and key.endswith("by") else value
            for key, value in words.items()}  # fmt: skip
    with pytest.raises(NotAllowed if why else Stale, match=why):
        adopt(found, cast, **call)
    found.refresh_from_db()
    assert found.state == "DRAFT"


def test_only_the_first_comes_late_and_never_for_long_ago(cast):
    late = adopt(draft(cast, since=Q3), cast, late_reason="首次制定")
    assert late.late_reason == "首次制定" and late.frozen_on == DAY
    again = draft(cast, since=Q3.next)
    with pytest.raises(NotAllowed, match="当季不改办法"):
        adopt(again, cast, on=IN_Q4, late_reason="改一改")
    Scheme.objects.filter(pk=late.pk).update(state="WITHDRAWN")
    with pytest.raises(NotAllowed, match="不能倒回去"):
        adopt(draft(cast, since=Quarter(2026, 1)), cast, late_reason="补")


def test_a_later_edition_takes_over_and_one_withdrawn_gives_back(cast):
    first = adopted(cast, since=Q3)
    second = adopt(draft(cast, follows=first), cast)
    first.refresh_from_db()
    assert (first.state, first.until) == ("SUPERSEDED", Q3) and second.edition == 2
    assert queries.scheme_for(cast.bureau.pk, Q3) == first and queries.scheme_for(cast.bureau.pk, Q4.next) == second
    with pytest.raises(NotAllowed, match="已采用"):
        adopt(draft(cast), cast)
    with pytest.raises(NotAllowed, match="写明理由"):
        services.withdraw_scheme(second, reason=" ", version=None, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="已经开始"):
        services.withdraw_scheme(second, reason="改", version=None, by=cast.office, on=Q4.first)
    services.withdraw_scheme(second, reason="再议", version=None, by=cast.office, on=DAY)
    first.refresh_from_db()
    assert (first.state, first.until) == ("ADOPTED", None) and clean() == []


def test_a_run_names_nobody_and_is_kept(cast):
    scatter(cast, 5)
    found = draft(cast)
    run = services.rehearse(found, quarters=[Quarter(2026, 1), Q2], by=cast.office, on=DAY)
    text = json.dumps(run.result, ensure_ascii=False)
    for unit in (cast.planning, cast.quality, cast.property, cast.housing, cast.approval):
        assert unit.name not in text and unit.short_name not in text
    names = [row["name"] for row in run.result["2026-1"]["rows"]]
    assert names == [row["name"] for row in run.result["2026-2"]["rows"]] == sorted(names, key=names.index)
    by = queries.formula_of(found)
    counts = queries.counted(cast.bureau.pk, [Q2], by, grace_days=10, on=DAY)[Q2]
    groups = queries.groups_of(cast.bureau.pk, "BY_KIND", Q2.last)
    want = sorted(str(score(counts.get(unit, Counts()), by).points) for unit in groups)
    assert sorted(str(row["points"]) for row in run.result["2026-2"]["rows"]) == want
    services.rehearse(found, quarters=[Q2], by=cast.office, on=DAY)
    assert Rehearsal.objects.filter(scheme=found).count() == 2 and clean() is not None
    with pytest.raises(NotAllowed, match="还没有结束"):
        services.rehearse(found, quarters=[Q3], by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="由局办公室办理"):
        services.rehearse(found, quarters=[Q2], by=cast.director, on=DAY)


@pytest.fixture
def at_screen(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-10-12T10:00")
    return cast


def test_who_reads_what(at_screen, enter):
    cast = at_screen
    found = draft(cast)
    assert enter(cast.chief).get(found.get_absolute_url()).status_code == 404
    assert enter(cast.office).get(found.get_absolute_url()).status_code == 200
    scatter(cast, 9)
    board = computed(cast)
    own, other = (board.scores.get(unit=unit) for unit in (cast.planning, cast.quality))
    assert enter(cast.chief).get(board.scheme.get_absolute_url()).status_code == 200
    assert enter(cast.chief).get(own.get_absolute_url()).status_code == 404  # not shown yet
    board.__class__.objects.filter(pk=board.pk).update(state="SHOWN", shown_on=IN_Q4)
    page = enter(cast.chief).get(own.get_absolute_url()).content.decode()
    fact = queries.frozen(own)[0]
    assert fact["title"] in page and own.basis["sentence"] in page and own.digest in page
    assert enter(cast.chief).get(other.get_absolute_url()).status_code == 404
    assert enter(cast.leader).get(other.get_absolute_url()).status_code == 200
    board.__class__.objects.filter(pk=board.pk).update(
        state="PUBLISHED", decided_by=cast.director, decided_on=IN_Q4, published_on=IN_Q4, snapshot_digest="x"
    )
    page = enter(cast.chief).get(other.get_absolute_url()).content.decode()
    fact = queries.frozen(other)[0]
    assert fact["label"] in page and fact["title"] not in page  # the number, not what it is about
    assert enter(cast.stranger).get(own.get_absolute_url()).status_code == 404
    assert enter(cast.sysadmin).get(own.get_absolute_url()).status_code == 403


def test_the_editor_keeps_what_was_typed_and_says_the_sums(at_screen, enter):
    cast = at_screen
    client = enter(cast.office)
    page = client.get("/appraisal/schemes/new/").content.decode()
    assert "三个板块合计100" in page
    sums = client.get(
        "/appraisal/schemes/sums/", {"block_COUNTY": "40", "block_KEY_WORK": "x", "w_completion_COUNTY": "90"}
    )
    assert "还差60" in sums.content.decode() and "县委县政府交办合计90，还差10" in sums.content.decode()
    data = {"title": "我的办法", "since": "2027-1", "block_COUNTY": "50", "w_log_ins_COUNTY": "10",
            "submission": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}  # fmt: skip
    answer = client.post("/appraisal/schemes/new/", data).content.decode()
    assert "国办函〔2026〕12号" in answer and "我的办法" in answer and not Scheme.objects.exists()
