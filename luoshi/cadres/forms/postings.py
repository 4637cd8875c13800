"""一线锻炼 as forms: proposed, decided, extended, ended, linked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.cadres import queries
from luoshi.cadres.forms.base import ActForm, PaperForm, PickSelect, day, person, prose
from luoshi.cadres.models import Posting
from luoshi.cadres.rules import TITLE_MOST, PostKind
from luoshi.cadres.rules.dates import add_months
from luoshi.matters.models import Matter
from luoshi.org import queries as org
from luoshi.org.models import Unit
from luoshi.problems.models import Problem

OFFERED = 300
"""Records offered to be linked, the newest first; a page must not grow with the years."""


def newest(model: Any, seen: QuerySet[Any]) -> QuerySet[Any]:
    """The newest of what a person sees."""
    keys = list(seen.order_by("-pk").values_list("pk", flat=True)[:OFFERED])
    return model.objects.filter(pk__in=keys).order_by("-pk")


class PostingForm(ActForm):
    """提出, 修改: whom, where, for how long, to learn what."""

    act_label = "提出"
    batch = forms.CharField(label="批次", max_length=60, required=False, help_text="如：2026年第一批。同批的填一样。")
    kind = forms.ChoiceField(label="类别", choices=PostKind.choices, widget=forms.RadioSelect)
    post = forms.CharField(label="锻炼岗位", max_length=TITLE_MOST, help_text="如：老旧小区改造专班联络员。")
    aims = prose("锻炼目标", rows=2, help_text="一两句：去做成什么、练什么。")
    from_on = day("开始日期")
    until_on = day("结束日期")

    def __init__(
        self, data: Any = None, *, bureau: Unit, on: date, posting: Posting | None = None,
        matters: QuerySet[Matter] | None = None, problems: QuerySet[Problem] | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        initial: dict[str, Any] = {"from_on": on, "until_on": add_months(on, 12), "kind": PostKind.PROJECT}
        last = Posting.objects.filter(bureau=bureau, batch__startswith=f"{on.year}").order_by("-pk").first()
        initial["batch"] = last.batch if last is not None else f"{on.year}年第一批"
        if posting is not None:
            self.act_label = "保存修改"
            kept = ("batch", "kind", "post", "aims", "from_on", "until_on", "unit", "mentor", "version")
            initial = {name: getattr(posting, name) for name in kept}
        super().__init__(data, initial=initial, **kwargs)
        people = queries.nameable(bureau.pk, on)
        if posting is None:
            self.fields["cadre"] = person("锻炼干部", people)
        self.fields["unit"] = forms.ModelChoiceField(
            org.units_of(bureau.pk, on), label="锻炼单位", empty_label="请选择"
        )
        self.fields["mentor"] = person("导师", people, required=False, empty_label="暂不指定")
        if matters is not None and problems is not None:
            rows = newest(Matter, matters.filter(bureau=bureau).exclude(state="CANCELLED"))
            self.fields["matter"] = forms.ModelChoiceField(
                rows, label="关联的督办事项", required=False, empty_label="不关联",
                widget=PickSelect({"data-filter": "输入事项名称或编号"}), help_text="以后还可以再关联。",
            )  # fmt: skip
            self.fields["problem"] = forms.ModelChoiceField(
                newest(Problem, problems.filter(bureau=bureau)), label="要解决的问题", required=False,
                empty_label="不关联", widget=PickSelect({"data-filter": "输入问题或编号"}),
            )  # fmt: skip
        self.order_fields(["batch", "cadre", "kind", "post", "unit", "mentor", "from_on", "until_on", "aims"])
        self.speak_plainly()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last <= first:
            self.add_error("until_on", "结束日期要晚于开始日期。")
        if cleaned.get("mentor") and cleaned.get("mentor") == cleaned.get("cadre"):
            self.add_error("mentor", "导师应是另一名干部。")
        return cleaned


class AssignForm(PaperForm):
    act_label = "确定锻炼"

    def __init__(self, data: Any = None, *, posting: Posting, on: date, paper: bool, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": posting.version}, **kwargs)
        self.add_paper(bureau_id=posting.bureau_id, on=on, paper=paper)


class ExtendForm(PaperForm):
    act_label = "延长锻炼"
    until_on = day("新的结束日期")
    reason = prose("延长理由", rows=2)

    def __init__(self, data: Any = None, *, posting: Posting, on: date, paper: bool, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": posting.version}, **kwargs)
        self.add_paper(bureau_id=posting.bureau_id, on=on, paper=paper)
        del self.fields["body"]


class EndForm(ActForm):
    act_label = "结束锻炼"
    ended_on = day("实际结束日期")
    reason = prose("结束情况", rows=2, help_text="如：期满，任务完成，回原单位。")

    def __init__(self, data: Any = None, *, posting: Posting, on: date, **kwargs: Any) -> None:
        told = {"version": posting.version, "ended_on": min(on, posting.until_on)}
        super().__init__(data, initial=told, **kwargs)


class LinkForm(ActForm):
    act_label = "关联事项"

    def __init__(self, data: Any = None, *, posting: Posting, seen: QuerySet[Matter], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        linked = posting.links.values("matter_id")
        rows = newest(Matter, seen.filter(bureau=posting.bureau_id).exclude(pk__in=linked).exclude(state="CANCELLED"))
        self.fields["matter"] = forms.ModelChoiceField(
            rows, label="督办事项", empty_label="请选择", widget=PickSelect({"data-filter": "输入事项名称或编号"})
        )
        self.speak_plainly()
