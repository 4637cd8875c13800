"""The figures that a summary may name, each by the word that stands in its text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """A figure: its word in the text, the set it counts, its unit; a share names the whole as well."""

    label: str
    part: str
    unit: str
    whole: str = ""


FIGURES = (
    Named("交办事项", "handed", "件"),
    Named("办结事项", "matters_closed", "件"),
    Named("按期办结", "matters_in_time", "件"),
    Named("登记问题", "found", "件"),
    Named("作风问题", "faults", "件"),
    Named("销号问题", "closed", "件"),
    Named("没有反弹的问题", "held", "件"),
    Named("反弹", "rebounds", "件次"),
    Named("办结诉求", "concerns_closed", "件"),
    Named("解决诉求", "concerns_solved", "件"),
    Named("问题类别", "classes", "类"),
    Named("已定办法的类别", "decided", "类"),
    Named("未定办法的类别", "undecided", "类"),
    Named("不需新制度的类别", "cure_none", "类"),
    Named("用制度管住的类别", "cured", "类"),
    Named("印发制度", "issued", "项"),
    Named("新建制度", "issued_new", "项"),
    Named("修订制度", "issued_revised", "项"),
    Named("改观念", "reform_mind", "项"),
    Named("改方法", "reform_method", "项"),
    Named("改机制", "reform_mechanism", "项"),
    Named("改模式", "reform_model", "项"),
    Named("采纳借鉴", "lessons", "条"),
    Named("成果转化", "conversions", "项"),
    Named("逾期时限", "dates_missed", "件次"),
    Named("未销号问题", "open", "件"),
    Named("逾期未销号问题", "late", "件"),
    Named("按期办结率", "matters_in_time", "%", "matters_closed"),
    Named("首次反馈按期率", "feedback_in_time", "%", "feedback_due"),
    Named("诉求按期答复率", "concerns_in_time", "%", "concerns_due"),
    Named("反映人满意率", "raisers_content", "%", "raisers_asked"),
    Named("反弹率", "rebounds", "%", "looked"),
)
"""Every figure by its word; a word names one figure only."""

UNDER = {
    "closed": ("办结事项", "件"),
    "open": ("在办事项", "件"),
    "activities": ("活动记录", "次"),
    "problems_closed": ("销号问题", "件"),
    "problems": ("在改问题", "件"),
    "promises_done": ("办结承诺、诉求、实事", "件"),
    "institutions": ("制度", "项"),
    "articles": ("宣传稿件", "篇"),
}
"""What is told of a measure's clause: key of `lib.byclause` → word and unit, what is done first."""
MOVING = ("open", "closed", "problems", "problems_closed", "promises", "promises_done", "activities", "institutions",
          "articles")  # fmt: skip
"""What says that something was done under a clause."""
