"""上级通报: entered from the document by the office, seen by whom it concerns, voided and never deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from luoshi.appraisal.models import SuperiorRemark
from luoshi.appraisal.queries.remarks import remarks_counted, remarks_seen
from luoshi.appraisal.services import remarks
from luoshi.appraisal.tests.life import DAY, clean, remark, staged
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.notices.models import Notice
from luoshi.org import queries as org

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.4a")]


def test_a_remark_keeps_its_document_and_the_unit_is_told(life):
    told = remark(life, staged=[staged(life.office)])
    assert told.proofs.count() == 1 and str(told) == "县委督查室批评规建股"
    assert Notice.objects.filter(user=life.chief, title__contains="上级通报").count() == 1
    assert list(remarks_counted(life.bureau.pk, DAY, DAY)) == [told] and clean() == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"by": "chief"}, "由局办公室办理"),
        ({"issued_on": DAY + timedelta(days=1)}, "不能晚于今天"),
        ({"document": " "}, "文件名称"),
        ({"issuer": ""}, "通报单位"),
        ({"words": ""}, "照文件写明"),
        ({"kind": "NEITHER"}, "表扬或批评"),
        ({"unit": "other_unit"}, "不是本局的"),
    ],
)
def test_a_remark_is_refused_with_the_way_out(life, words, why):
    told = {key: getattr(life, value) if key in ("by", "unit") else value for key, value in words.items()}
    with pytest.raises(NotAllowed, match=why):
        remark(life, **told)
    assert not SuperiorRemark.objects.exists()


def test_the_same_document_counts_once_a_unit_and_a_void_one_not_at_all(life):
    told = remark(life)
    with pytest.raises(NotAllowed, match="已经登记"):
        remark(life)
    with pytest.raises(NotAllowed, match="写明理由"):
        remarks.void_remark(told, reason=" ", version=None, by=life.office, on=DAY)
    with pytest.raises(NotAllowed, match="由局办公室办理"):
        remarks.void_remark(told, reason="写错单位。", version=None, by=life.chief, on=DAY)
    remarks.void_remark(told, reason="写错单位。", version=1, by=life.office, on=DAY)
    with pytest.raises(NotAllowed, match="已经作废"):
        remarks.void_remark(told, reason="写错单位。", version=None, by=life.office, on=DAY)
    assert not remarks_counted(life.bureau.pk, DAY, DAY).exists() and SuperiorRemark.objects.count() == 1
    again = remark(life)
    with pytest.raises(Stale):
        remarks.void_remark(again, reason="写错单位。", version=7, by=life.office, on=DAY)
    assert clean() == []


def test_a_unit_sees_its_own_remarks_only_and_administrators_none(life, enter):
    told = remark(life)
    seen = {
        who: remarks_seen(getattr(life, who), org.held(getattr(life, who), DAY), DAY).filter(pk=told.pk).exists()
        for who in (
            "office",
            "director",
            "leader",
            "discipline",
            "chief",
            "handler",
            "neighbour",
            "stranger",
            "auditor",
        )
    }
    assert [who for who, sees in seen.items() if sees] == [
        "office",
        "director",
        "leader",
        "discipline",
        "chief",
        "handler",
    ]
    for who, words in (("office", "点名批评"), ("chief", "点名批评"), ("neighbour", "还没有登记上级通报")):
        assert words in enter(getattr(life, who)).get("/appraisal/remarks/").content.decode()
    assert enter(life.auditor).get("/appraisal/remarks/").status_code == 403
