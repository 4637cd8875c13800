"""红黑榜事例 as forms: the words, the records it rests on; a statement; the way off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from luoshi.appraisal.forms.base import ActForm, EvidenceField, day, prose
from luoshi.appraisal.models import BoardCase
from luoshi.appraisal.rules.board_life import TITLE_MOST, WHY_MOST, WORDS_MOST, CaseKind
from luoshi.appraisal.services.cases import CaseWords


class CaseForm(ActForm):
    """列事例: what was done and what came of it; for a black one also why, by when, and how it comes off."""

    act_label = "列入"
    title = forms.CharField(label="事例名称", max_length=TITLE_MOST)
    said = prose("事例内容", most=WORDS_MOST, rows=4, help_text="照记录写：做了什么，结果怎样。")
    cause = prose("原因", most=WHY_MOST)
    rectify_by = day("整改期限")
    way_off = prose("下榜条件", most=WHY_MOST, rows=2, help_text="整改到什么程度可以下榜。")

    def __init__(
        self, data: Any = None, *, kind: str, facts: Sequence[tuple[str, str]] = (), case: BoardCase | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        initial: dict[str, Any] = {}
        if case is not None:
            self.act_label = "保存修改"
            initial = {"version": case.version, "title": case.title, "said": case.words, "cause": case.cause,
                       "rectify_by": case.rectify_by, "way_off": case.way_off}  # fmt: skip
        super().__init__(data, initial=initial, **kwargs)
        if kind == CaseKind.RED:
            for name in ("cause", "rectify_by", "way_off"):
                del self.fields[name]
        if case is None:
            self.fields["facts"] = forms.MultipleChoiceField(
                label="依据的记录", choices=facts, required=False, widget=forms.CheckboxSelectMultiple,
                help_text="至少选一件，或上传材料。" if facts else "本季度没有计入得分的记录，请上传材料。",
            )  # fmt: skip
            self.fields["files"] = EvidenceField()
        self.speak_plainly()

    @property
    def case_words(self) -> CaseWords:
        """The words as the service takes them."""
        told = self.cleaned_data
        return CaseWords(
            told["title"], told["said"], told.get("cause", ""), told.get("rectify_by"), told.get("way_off", "")
        )


class StatementForm(ActForm):
    act_label = "登记陈述"
    statement = prose("当事单位的陈述", most=WORDS_MOST, rows=4, help_text="原话登记；没有意见的写“没有意见”。")

    def __init__(self, data: Any = None, *, case: BoardCase, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": case.version, "statement": case.statement}, **kwargs)


class OffForm(ActForm):
    act_label = "下榜"
    said = prose("下榜依据", most=WHY_MOST, help_text="整改到了什么程度、凭什么记录、谁核实的。")

    def __init__(self, data: Any = None, *, case: BoardCase, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": case.version}, **kwargs)


class NoneForm(ActForm):
    act_label = "登记本季度无"
    said = prose("说明", most=300, rows=2, help_text="如：本季度没有应当列入黑榜的情形。排名靠后不等于有错。")

    def __init__(self, data: Any = None, *, version: int, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": version}, **kwargs)
