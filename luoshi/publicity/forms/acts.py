"""审校、公开决定、案例环节、发布、刊发、推广应用 as forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.problems.models import Problem
from luoshi.publicity import queries
from luoshi.publicity.forms.base import ActForm, EvidenceField, PastForm, day, prose
from luoshi.publicity.models import Article
from luoshi.publicity.rules import Kind, Scope, Stamp, waits_at
from luoshi.ui.forms import PickSelect

OFFERED = 300


class ReviewForm(ActForm):
    """审校: words, and that it was proofread."""

    said = prose("审校意见", help_text="如：事实、数字已核对，同意。")
    proofread = forms.BooleanField(label="已校对文字、数字、人名和单位名称")

    def __init__(self, data: Any = None, *, article: Article, **kwargs: Any) -> None:
        stage = waits_at(article.state)
        self.act_label = f"{stage.label}通过" if stage else "审校通过"
        super().__init__(data, initial={"version": article.version}, **kwargs)


class PublishForm(ActForm):
    """发布: two confirmations, each in words."""

    act_label = "发布"
    no_secrets = forms.BooleanField(
        label="不涉密：已确认不含国家秘密、工作秘密和不宜公开的个人信息",
        error_messages={"required": "请先确认不涉密，再发布。"},
    )
    no_burden = forms.BooleanField(
        label="减负一致：不要求基层转发、点赞、打卡、报数，不重复要材料",
        error_messages={"required": "请先确认减负一致，再发布。"},
    )

    def __init__(self, data: Any = None, *, article: Article, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": article.version}, **kwargs)


class WidenForm(PastForm):
    """登记公开决定: what the Party committee decided, who for it, when, on which paper."""

    act_label = "登记公开决定"
    past = "decided_on"
    scope = forms.ChoiceField(label="可以公开到", choices=Scope.choices, widget=forms.RadioSelect, initial=Scope.PUBLIC)
    names = forms.BooleanField(label="可以列明姓名", required=False)
    decided_by = forms.ModelChoiceField(User.objects.none(), label="决定人", empty_label=None)
    decided_on = day("决定日期")
    document = forms.CharField(label="决定文件", max_length=200, help_text="如：局党委会纪要第18期。")

    def __init__(self, data: Any = None, *, article: Article, on: date, **kwargs: Any) -> None:
        super().__init__(data, on=on, **kwargs)
        self.fields["decided_by"].queryset = queries.chiefs(article.bureau_id, on)  # type: ignore[attr-defined]
        if article.kind != Kind.CASE:
            del self.fields["names"]
        self.fields["files"] = EvidenceField()
        self.speak_plainly()


class StampForm(PastForm):
    """登记案例环节: which, when, on which record."""

    act_label = "登记"
    past = "stamped_on"
    stamp = forms.ChoiceField(label="环节", choices=Stamp.choices, widget=forms.RadioSelect)
    stamped_on = day("日期")
    document = forms.CharField(
        label="记录或文书", max_length=200, help_text="如：督查记录、处理决定文号、局党委会同意通报的纪要。"
    )
    concluded = forms.BooleanField(label="查处已有结论（只在“查处”环节勾选）", required=False)
    problem = forms.ModelChoiceField(
        Problem.objects.none(), label="台账里的问题（可不选）", required=False, empty_label="不关联",
        widget=PickSelect({"data-filter": "输入问题名称或编号"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, article: Article, seen: Any, on: date, **kwargs: Any) -> None:
        given = {one.stamp for one in article.stamps.all()}
        nth = next((one for one in Stamp.values if one not in given), Stamp.FOUND)
        super().__init__(data, on=on, initial={"stamp": nth}, **kwargs)
        newest = list(seen.filter(bureau=article.bureau_id).order_by("-pk").values_list("pk", flat=True)[:OFFERED])
        self.fields["problem"].queryset = Problem.objects.filter(pk__in=newest).order_by("-pk")  # type: ignore[attr-defined]
        self.fields["files"] = EvidenceField()
        self.speak_plainly()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("concluded") and cleaned.get("stamp") != Stamp.HANDLED:
            self.add_error("concluded", "只有“查处”环节填结论。")
        return cleaned


class OutletForm(PastForm):
    """登记刊发: medium, day, address as text."""

    act_label = "登记刊发"
    past = "ran_on"
    medium = forms.CharField(label="媒体", max_length=60, help_text="如：县融媒体中心、市住建局网站。")
    ran_on = day("刊发日期")
    link = forms.CharField(label="网址（可不填）", max_length=300, required=False)


class AdoptForm(PastForm):
    """登记推广应用: which unit, since when, how."""

    act_label = "登记应用"
    past = "adopted_on"
    unit = forms.ModelChoiceField(Unit.objects.none(), label="应用单位", empty_label="请选择")
    adopted_on = day("从哪天起用")
    said = prose("怎样用的", help_text="一两句话即可，不另报材料。")

    def __init__(self, data: Any = None, *, article: Article, on: date, own: int | None, **kwargs: Any) -> None:
        super().__init__(data, on=on, initial={"unit": own}, **kwargs)
        taken = article.adoptions.filter(void_reason="").values("unit")
        units = org.units_of(article.bureau_id, on).exclude(pk=article.unit_id).exclude(pk__in=taken)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class NoneForm(ActForm):
    """登记本季度无."""

    act_label = "登记本季度无"
    said = prose("说明", rows=2, help_text="如：本季度做法还在试行，下季度再总结。")
