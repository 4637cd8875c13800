"""Every component on pages of its own, with an invented bureau's words: for whoever builds or judges the look.

Served only where `LUOSHI_DEBUG=1` (config/urls.py), and drawn by the look's own tests.
"""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from luoshi.ui.charts import Chart
from luoshi.ui.forms import ActForm, DayInput, EvidenceField, PickSelect

PEOPLE = [
    ("", "请选择"),
    ("规建股", [("1", "贺建民"), ("2", "林晓舟")]),
    ("质安中心", [("3", "方立诚"), ("4", "杜若溪")]),
    ("房保中心", [("5", "江映雪")]),
]
PINYIN = {"1": "hjm", "2": "lxz", "3": "flc", "4": "drx", "5": "jyx"}


class SamplePick(PickSelect):
    """The picker with initials given by hand."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["data-pinyin"] = PINYIN.get(str(value), "")
        return option


class SampleForm(ActForm):
    """A feedback form as a handler meets it."""

    act_label = "反馈"
    done = forms.CharField(label="办理情况", widget=forms.Textarea, help_text="写清做了什么、到哪一步，两三句即可。")
    progress = forms.IntegerField(label="进展（%）", initial=40, min_value=0, max_value=100)
    kind = forms.ChoiceField(
        label="本次反馈", widget=forms.RadioSelect, choices=[("STAGE", "阶段反馈"), ("FINAL", "办结反馈")]
    )
    next_on = forms.DateField(label="下次反馈日期", widget=DayInput, required=False, help_text="未办结的必须写明。")
    helper = forms.ChoiceField(label="协办联系人", widget=SamplePick, choices=PEOPLE, required=False)
    urgent = forms.BooleanField(label="需要领导协调", required=False)
    evidence = EvidenceField()


def _refused_form() -> SampleForm:
    data = QueryDict(mutable=True)
    data.update({"submission": str(uuid.UUID(int=7)), "done": "", "progress": "130", "kind": "STAGE"})
    data.staged_names = [(str(uuid.UUID(int=1)), "现场照片-北门.jpg"), (str(uuid.UUID(int=2)), "专题会议纪要.pdf")]  # type: ignore[attr-defined]
    data.bad_files = ["“清单.exe”的类型不支持。可上传 PDF、OFD、Word、Excel、WPS、图片、文本、压缩包。"]  # type: ignore[attr-defined]
    return SampleForm(data)


SAMPLE = """
2026-0012 | 既有住宅加装电梯审批流程压减到15个工作日 | 审批股 | 秦若谷 | 2026-11-19 | red | 逾期3个工作日 | 60
2026-0015 | 城北片区雨污分流改造前期手续办理 | 规建股 | 林晓舟 | 2026-11-25 | amber | 还剩1个工作日 | 80
2026-0017 | 物业服务企业信用评价办法征求意见 | 物业股 | 方立诚 | 2026-12-04 | green | 还剩8个工作日 | 20
2026-0018 | 农村危房动态监测三季度排查 | 房保中心 | 江映雪 | 2026-12-11 | green | 还剩13个工作日 | 35
2026-0009 | 老旧小区改造项目竣工资料移交 | 质安中心 | 杜若溪 | 2026-12-31 | grey | 中止 | 50
2026-0003 | 安全生产专项检查问题整改 | 质安中心 | 杜若溪 | 2026-10-30 | done | 已办结 | 100
"""
NAMES = ("number", "title", "unit", "handler", "due", "lamp", "words", "progress")


def _rows() -> list[dict[str, Any]]:
    rows = [dict(zip(NAMES, line.split(" | "), strict=True)) for line in SAMPLE.strip().splitlines()]
    return [row | {"due": date.fromisoformat(row["due"])} for row in rows]


def _lists() -> dict[str, Any]:
    return {
        "rows": _rows() * 4,
        "chips": [
            {"label": "全部", "url": "?", "count": 24, "on": False},
            {"label": "待我办", "url": "?mine=1", "count": 6, "on": True},
            {"label": "临期", "url": "?near=1", "count": 2, "on": False},
            {"label": "逾期", "url": "?late=1", "count": 1, "on": False},
            {"label": "已办结", "url": "?done=1", "on": False},
        ],
    }


def _detail() -> dict[str, Any]:
    moment = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
    return {
        "due_on": date(2026, 11, 25),
        "late_on": date(2026, 11, 19),
        "steps": [
            {"label": "立项", "state": "done", "on": date(2026, 11, 2)},
            {"label": "交办", "state": "done", "on": date(2026, 11, 3)},
            {"label": "签收", "state": "done", "on": date(2026, 11, 4)},
            {"label": "办理", "state": "now", "note": "第1轮"},
            {"label": "核查", "state": "todo"},
            {"label": "办结", "state": "todo"},
            {"label": "归档", "state": "todo"},
        ],
        "facts": [
            ("编号", "2026-0015"),
            ("来源", "方案条款"),
            ("牵头单位", "规建股"),
            ("协办单位", "质安中心"),
            ("承办人", "林晓舟"),
            ("交办领导", "沈知行"),
            ("考评板块", "重点工作"),
            ("核查人", ""),
        ],
        "events": [
            {
                "at": moment,
                "title": "阶段反馈",
                "who": "林晓舟（规建股）",
                "note": "已完成管线踏勘，初步设计送审。\n土地手续还差一份权属证明。",
                "files": [{"name": "踏勘记录.pdf", "url": "#", "size": 482133}],
            },
            {
                "at": moment,
                "title": "延期至 2026-11-25",
                "who": "顾清禾（局办公室）",
                "decided": "沈知行 2026-11-18 批准（批示件）",
                "tone": "late",
            },
            {"on": date(2026, 11, 4), "title": "签收", "who": "贺建民（规建股）"},
            {
                "on": date(2026, 11, 3),
                "title": "交办",
                "who": "顾清禾（局办公室）",
                "note": "请规建股牵头，十五个工作日内办结。",
            },
        ],
        "days": [
            ("2026-11-03 周二", "交办送达日，不计入"),
            ("2026-11-04 周三", "第1个工作日"),
            ("2026-11-07 周六", "周末，不计"),
            ("2026-11-25 周三", "第15个工作日，办结时限"),
        ],
    }


def _charts() -> dict[str, Chart]:
    """A row is missing in the first: a gap, not a zero."""
    units = ("规建股", "质安中心", "房保中心", "物业股", "</script><b>审批股")
    quarters = ("2025年第四季度", "2026年第一季度", "2026年第二季度", "2026年第三季度")
    own, best = (None, "81.5", "79.0", "82.5"), ("90.0", "88.5", "91.0", "90.5")
    points = [tuple(Decimal(one) if one else None for one in pair) for pair in zip(own, best, strict=True)]
    return {
        "trend": Chart("季度", ("规建股", "同组最高"), list(zip(quarters, points, strict=True))),
        "peers": Chart("单位", ("得分",), [(one, (Decimal(90 - 3 * at),)) for at, one in enumerate(units)]),
        "by_lamp": Chart("单位", ("正常", "临期", "逾期"), [(one, (5 - at, at, 1)) for at, one in enumerate(units)]),
    }


PAGES = ("components", "list", "form", "wall", "charts")


def styleguide(request: HttpRequest, page: str = "components") -> HttpResponse:
    """One page of the guide; the list's links fill its pane."""
    if page not in PAGES:
        raise Http404
    context = {"form": SampleForm(), "refused": _refused_form(), "pages": PAGES, **_lists(), **_detail(), **_charts()}
    name = f"ui/styleguide/{page}.html"
    if request.headers.get("HX-Request"):
        name += "#detail"
    return render(request, name, context)
