"""Importing: the text stays as it is, its clauses and duties stand where the text says them, nothing is decided."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.lib.lifecycle import NotAllowed
from luoshi.plan import queries, services
from luoshi.plan.models import Clause, Duty, Plan, PlanVersion, Rule
from luoshi.plan.services.importing import read_plan
from luoshi.plan.tests.conftest import PLAN, TODAY
from luoshi.records.models import Entry, Evidence

REAL = Path(__file__).resolve().parents[4] / "shared" / "plans" / "county-housing-bureau.txt"


def bring(cast, content=PLAN, **words):
    return services.import_plan(**{"bureau": cast.bureau, "content": content, "by": cast.office, "on": TODAY} | words)


@pytest.mark.clause("0.1")
def test_the_text_is_kept_verbatim_with_its_digest(cast, version):
    assert version.text == PLAN
    assert version.sha256 == hashlib.sha256(PLAN.encode()).hexdigest()
    assert (version.number, version.imported_by, version.source) == (1, cast.office, None)
    assert version.plan.title == "云岭县住房和城乡建设局“件件有回音”行动实施方案"
    assert version.plan.short_name == "件件有回音"
    assert version.plan.issued_by == "云岭县住房和城乡建设局"


def test_every_span_equals_the_text(version):
    duties = list(Duty.objects.filter(clause__version=version).select_related("clause"))
    assert len(duties) > 12
    for duty in duties:
        assert PLAN[duty.start : duty.end] == duty.quote
        assert duty.clause.start <= duty.start < duty.clause.end
        for one in duty.obligations:
            assert PLAN[one["start"] : one["end"]] == one["quote"]
    assert [duty.order for duty in duties] == list(range(1, len(duties) + 1))


def test_the_tree_is_that_of_the_text(version):
    one = Clause.objects.select_related("parent__parent").get(version=version, path="二/3/二是")
    assert (one.marker, one.title) == ("二是", "限时反馈")
    assert (one.parent.path, one.parent.parent.path, one.parent.parent.parent) == ("二/3", "二", None)
    first = version.clauses.first()
    assert (first.path, first.start) == ("0", 0) and PLAN[first.end :].startswith("一、")


def test_nothing_is_decided_by_importing(version):
    assert set(Duty.objects.values_list("state", flat=True)) == {"PROPOSED"}
    assert not Rule.objects.exists()


def test_one_entry_names_every_row(version):
    entry = Entry.objects.get(act="plan.import_plan")
    tables = [row[0] for row in json.loads(entry.body)["rows"]]
    assert tables.count("plan_clause") == Clause.objects.count()
    assert tables.count("plan_duty") == Duty.objects.count()
    assert tables.count("plan_plan") == tables.count("plan_planversion") == 1


def test_a_named_unit_is_proposed_as_the_owner(cast, duty):
    assert duty("建立整改台账").owner_unit == cast.planning
    assert duty("每年学习不少于20天").owner_unit is None


def test_a_file_is_kept_byte_for_byte(cast):
    data = PLAN.encode("gb18030")
    version = bring(cast, data, file_name="方案.txt")
    assert version.text == PLAN
    assert version.source.sha256 == hashlib.sha256(data).hexdigest()
    assert version.source.name == "方案.txt"


def test_a_path_is_read(cast, tmp_path):
    file = tmp_path / "行动方案.txt"
    file.write_text(PLAN, encoding="utf-8")
    assert bring(cast, file).source.name == "行动方案.txt"
    with pytest.raises(NotAllowed, match="打不开文件"):
        bring(cast, tmp_path / "没有.txt")


@pytest.mark.parametrize(
    ("content", "file_name", "why"),
    [
        ("", "", "空"),
        ("   \n ", "", "空"),
        ("今天天气很好。", "", "没有读到条款"),
        ("一、前言\n二、附录\n", "", "没有读到要做的事"),
        (b"\x00\x01\x02\x03" * 2000, "方案.bin", "类型不支持"),
        (b"PK\x03\x04broken", "方案.docx", "损坏"),
        (PLAN * 800, "", "万字"),
    ],
)
def test_what_is_no_plan_is_refused_in_chinese_and_nothing_is_saved(cast, content, file_name, why):
    with pytest.raises(NotAllowed, match=why):
        bring(cast, content, file_name=file_name)
    assert not Plan.objects.exists() and not Evidence.objects.exists() and not Clause.objects.exists()


def test_the_same_text_twice_is_refused_with_the_place_of_the_first(cast, version):
    with pytest.raises(services.AlreadyImported, match="不用重复导入") as caught:
        bring(cast, title="换个名字")
    assert caught.value.version == version
    assert Plan.objects.count() == 1


def test_paths_that_come_twice_are_told_apart(cast):
    text = "一、要求\n1.各股室每月报送进展。\n2.局办公室每季度通报。\n1.各股室建立台账。\n2.局办公室汇总台账。\n"
    version = bring(cast, text, title="重号方案")
    paths = list(version.clauses.values_list("path", flat=True))
    assert len(paths) == len(set(paths))
    for duty in Duty.objects.select_related("clause"):
        assert duty.clause.start <= duty.start < duty.clause.end


def test_a_text_without_a_title_takes_the_name_of_its_campaign(cast):
    text = PLAN.split("\n", 1)[1]
    assert bring(cast, text).plan.title == "“件件有回音”行动实施方案"


@pytest.mark.parametrize("who", ["chief", "director", "handler", "stranger", "sysadmin"])
def test_only_the_office_imports(cast, who):
    with pytest.raises(NotAllowed, match="局办公室"):
        bring(cast, by=getattr(cast, who))


def test_dates_in_the_wrong_order_are_refused(cast):
    with pytest.raises(NotAllowed, match="颠倒"):
        bring(cast, from_on=date(2026, 12, 1), until_on=date(2026, 11, 1))


def test_a_plan_is_visible_to_its_bureau_and_nobody_else(cast, version):
    people = ("office", "director", "leader", "handler", "discipline", "window", "stranger", "sysadmin", "auditor")
    seen = {who: version.plan in queries.visible_to(getattr(cast, who), TODAY) for who in people}
    assert [who for who, sees in seen.items() if not sees] == ["stranger", "sysadmin", "auditor"]


def test_queries_do_not_grow_with_the_plan(cast):
    def cost(text: str, title: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            bring(cast, text, title=title)
        return len(found)

    more = PLAN + "".join(f"（{n}）加强{n}。局办公室每月通报{n}次。\n" for n in "三四五六七八九")
    assert cost(more, "长") - cost(PLAN, "短") <= 2


@pytest.mark.skipif(not REAL.exists(), reason="the bureau's plan is not on this machine")
@pytest.mark.clause("0.1")
def test_the_bureaus_own_plan_is_read_whole(cast):
    version = bring(cast, REAL, document_no="云建发〔2021〕15号")
    assert version.clauses.filter(path="二/第二阶段/5/一是").exists()
    assert queries.progress(version).total >= 100
    slots = set(Duty.objects.exclude(slot="").values_list("slot", flat=True))
    assert {"feedback_days", "study_days_year", "research_days_year"} <= slots


def test_the_reading_matches_what_is_stored(version):
    _, reading = read_plan(PLAN)
    assert Duty.objects.count() == len(reading["duties"])
    assert PlanVersion.objects.get().clauses.count() == len(reading["clauses"]) + 1  # and the text before them
