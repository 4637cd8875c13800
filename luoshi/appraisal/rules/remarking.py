"""上级通报: praise and criticism by superiors with the document; what is counted of them is decided by the scheme."""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

WORDS_MOST = 500


class RemarkKind(TextChoices):
    PRAISE = "PRAISE", "表扬"
    CRITICISM = "CRITICISM", "批评"


def why_not_remark(*, issued_on: date, words: str, document: str, on: date) -> str:
    """Why a remark may not be entered; empty where it may.

    >>> told = {"words": "点名表扬。", "document": "县政府督查通报第5期"}
    >>> why_not_remark(issued_on=date(2026, 11, 20), on=date(2026, 11, 19), **told)
    '通报日期不能晚于今天，请核对文件上的日期。'
    >>> why_not_remark(issued_on=date(2026, 11, 20), words="点名表扬。", document=" ", on=date(2026, 11, 20))
    '请写明通报的文件名称。没有成文的，写明在什么会议上、由谁提出。'
    >>> why_not_remark(issued_on=date(2026, 11, 19), on=date(2026, 11, 20), **told)
    ''
    """
    if issued_on > on:
        return "通报日期不能晚于今天，请核对文件上的日期。"
    if not document.strip():
        return "请写明通报的文件名称。没有成文的，写明在什么会议上、由谁提出。"
    if not words.strip():
        return "请照文件写明对本单位说了什么。"
    return ""
