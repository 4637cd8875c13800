"""承诺公示, 兑现情况, 民生实事清单: every customary field, amendments beside the original."""

from __future__ import annotations

import io

import pytest
from docx import Document

from luoshi.commitments import services
from luoshi.commitments.models import Commitment
from luoshi.commitments.tests.conftest import life  # noqa: F401
from luoshi.commitments.tests.life import DAY, batch, published, work
from luoshi.documents.tests.test_matters import words
from luoshi.records.models import Entry

pytestmark = pytest.mark.django_db


@pytest.mark.clause("2.2.1.4a")
def test_the_notice_carries_every_field_and_each_amendment(life, enter):  # noqa: F811
    found = published(life)
    first, second = found.promises.all()
    services.amend(
        first, words="推动五个小区加装电梯开工", measure=first.measure, due_on=DAY.replace(month=12), reason="增加。",
        version=None, by=life.director, on=DAY,
    )  # fmt: skip
    services.note_progress(second, words="接待来访三次", happened_on=DAY, by=life.leader, on=DAY)
    wrong = services.note_progress(second, words="写错的进展", happened_on=DAY, by=life.leader, on=DAY)
    services.void_progress(wrong, reason="写错。", by=life.leader, on=DAY)
    answer = enter(life.window).get("/papers/commitments/2026/notice.docx")
    content = b"".join(answer) if answer.streaming else answer.content
    text = words(content)
    for told in (
        "内部", "2026年领导班子公开承诺公示", "沈知行", "党委委员、副局长", "规划建设、工程质量安全",
        "推动五个小区加装电梯开工", "原文：推动三个老旧小区加装电梯开工", "理由：增加。", "陆远山审定",
        "原定\n2026年\n11月30日",
        "9月29日：接待来访三次", "监督电话：0900-1234567",
    ):  # fmt: skip
        assert told in text, told
    assert "写错的进展" not in text
    section = Document(io.BytesIO(content)).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert Entry.objects.latest("id").act == "commitments.take_copy"


@pytest.mark.clause("2.2.1.4b")
def test_year_end_tells_what_became_of_each(life, enter):  # noqa: F811
    found = published(life)
    for one, outcome in zip(found.promises.all(), ("KEPT", "NOT"), strict=True):
        services.fulfil(one, outcome=outcome, words=f"情况{one.order}", version=None, by=life.leader, on=DAY)
    services.settle(Commitment.objects.get(), note="年度考核会评议。", version=None, by=life.office, on=DAY)
    text = words(enter(life.office).get("/papers/commitments/2026/fulfilment.docx").content)
    for told in ("公开承诺兑现情况", "已兑现", "情况1", "未兑现", "情况2", "评诺：年度考核会评议。"):
        assert told in text, told
    for path in ("2025/notice", "2026/other"):
        assert enter(life.office).get(f"/papers/commitments/{path}.docx").status_code == 404
    assert enter(life.sysadmin).get("/papers/commitments/2026/notice.docx").status_code == 403


@pytest.mark.clause("2.2.2.2c")
def test_the_list_of_works_carries_results_and_what_people_say(life, enter):  # noqa: F811
    found = batch(life, work(life), work(life, "改造雨棚"))
    first, second = found.items.all()
    services.finish_item(
        first, result="两处建成。", feedback="走访十户，都说方便。", done_on=DAY, version=None, by=life.office, on=DAY
    )
    services.void_item(second, reason="并入城建项目。", version=None, by=life.office, on=DAY)
    text = words(enter(life.chief).get(f"/papers/{found.public_id}/livelihood.docx").content)
    for told in ("2026年第一批民生实事清单", "电动车住户", "260人", "两处建成", "走访十户", "已取消：并入城建项目"):
        assert told in text, told
    assert enter(life.stranger).get(f"/papers/{found.public_id}/livelihood.docx").status_code == 404
