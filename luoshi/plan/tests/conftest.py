"""A small plan in our own words, imported through the front door."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import PASSWORD
from luoshi.demo.people import build_people
from luoshi.plan import services
from luoshi.plan.models import Duty
from luoshi.workdays.services import load_official
from tests.ground import ground

TODAY = date(2026, 11, 24)
PLAN = """云岭县住房和城乡建设局“件件有回音”行动实施方案
为把各项部署落到实处，经局党委研究，决定在全局范围内开展“件件有回音”行动。制定本方案。
一、工作目标
1.任务有着落。件件有人办，件件有结果。
二、工作措施
1.抓学习
一是坚持集体学习。局党委理论学习中心组每月至少集体学习1次，由局办公室归档学习记录。
二是保证学习时间。干部职工每人每年学习不少于20天，每周学习不少于半天。
2.抓调研
一是坚持下沉。科级领导干部每年调研不少于30天，每月到一线蹲点不少于1次。
二是建立台账。规划建设股对走访收集的意见建立整改台账，实行销号管理。
3.抓交办
一是清单交办。局办公室列出交办清单，明确牵头单位和办结时限。
二是限时反馈。承办单位应当在5个工作日内向分管领导反馈办理情况；暂时办不完的，先报初步情况。
三是从快办理。民生实事在3个工作日内向分管领导反馈办理情况。
4.严纪律
一是管住接待。没有公函不接待。
二是管住礼品。收到礼品礼金的，在一个月内登记上交。
5.勤通报
一是每季度通报。局办公室每季度对重点工作进行打分排名。
二是年度评议。局办公室每年年底组织工作评议。
三、工作要求
（一）加强领导。成立领导小组，办公室设在局办公室，承担日常工作。
（二）注重宣传。局办公室及时总结推广好做法。
云岭县住房和城乡建设局
2026年10月8日
"""


def _imported(cast):
    return services.import_plan(bureau=cast.bureau, content=PLAN, by=cast.office, on=TODAY)


def _small_plan():
    cast = build_people(PASSWORD)
    return {"cast": cast, "version": _imported(cast)}


def _small_plan_under_calendars():
    made = _small_plan()
    load_official(by=None, on=TODAY)
    return made


ground.keep("version", _small_plan, now="2026-11-24T09:30")
ground.keep("work", _small_plan_under_calendars, now="2026-11-24T09:30")


@pytest.fixture
def version(cast):
    """The plan of our own words, first version, imported today by the office."""
    return ground.handed("version") or _imported(cast)


@pytest.fixture
def duty(version):
    """`duty("5个工作日")`: the first read duty whose sentence holds these words."""

    def find(words: str) -> Duty:
        return Duty.objects.filter(clause__version=version, quote__contains=words).order_by("order").first()

    return find
