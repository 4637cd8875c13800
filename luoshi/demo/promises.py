"""The story of promises: two leaders published and one waiting, one amendment, concerns at every stage, one batch."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from luoshi.commitments import services
from luoshi.commitments.services import Words, Work
from luoshi.matters.models import Matter

PHONE = "0900-8866000"


def tell(cast: SimpleNamespace, story: Any) -> None:
    """Everything of this room, on working days before today."""
    _promises(cast, story)
    _concerns(cast, story)
    _works(cast, story)


def _by(story: Any, days: int) -> date:
    """A day ahead, at the latest the year's last: promises are made for a year."""
    return min(story.ahead(days), date(story.today.year, 12, 31))


def _draft(cast: SimpleNamespace, story: Any, who: str, words: list[Words], on: date) -> Any:
    person = getattr(cast, who)
    return services.open_commitment(
        bureau=cast.bureau, person=person, year=story.today.year, promises=words, phone=PHONE, by=person, on=on
    )


def _promises(cast: SimpleNamespace, story: Any) -> None:
    began = story.back(22).on
    paper = {"decided_by": cast.director, "decided_on": began, "source_note": "局党委会纪要第18期"}
    own = _draft(
        cast, story, "director",
        [
            Words("每月带队到项目工地现场办公一次", "每月有现场办公记录，议定事项逐件办结", _by(story, 30)),
            Words("推动县城排水防涝工程主体完工", "主体工程通过验收", _by(story, 35)),
        ],
        began,
    )  # fmt: skip
    services.publish(own, version=None, by=cast.director, on=began)
    mine = _draft(
        cast, story, "leader",
        [
            Words("梳理全县重点项目，逐项排出路线图、时间表", "清单印发并在局内公开", _by(story, 10)),
            Words("塔吊、深基坑隐患逐台建账，逐项销号", "隐患全部销号，复查无反弹", _by(story, 16)),
            Words("规划许可咨询当天回复，不让群众跑第二趟", "窗口回访满意，没有重复来访", _by(story, 34)),
        ],
        began,
    )  # fmt: skip
    services.submit(mine, version=None, by=cast.leader, on=began)
    services.publish(mine, version=None, by=cast.office, on=began, **paper)
    first, second, third = mine.promises.order_by("order")
    matter = Matter.objects.filter(bureau=cast.bureau, title__startswith="梳理重点项目清单").first()
    if matter is not None:
        services.link(first, matter, by=cast.leader, on=story.back(3).on)
    services.note_progress(first, words="已汇总在建项目清单初稿。", happened_on=story.back(5).on, by=cast.chief,
                           on=story.back(5).on)  # fmt: skip
    services.note_progress(second, words="19台塔吊已逐台检查，隐患7处，整改5处。", happened_on=story.back(9).on,
                           by=cast.neighbour, on=story.back(9).on)  # fmt: skip
    services.amend(
        second, words="塔吊、深基坑、高支模隐患逐台建账，逐项销号", measure=second.measure, due_on=_by(story, 27),
        reason="增加高支模；更换部件供货推迟。", version=None, by=cast.office, on=story.back(8).on,
        decided_by=cast.director, decided_on=story.back(8).on, source_note="局长办公会纪要第9期",
    )  # fmt: skip
    services.fulfil(third, outcome="PARTLY", words="当天回复率已达九成，仍有两件跨股室咨询次日才回复，已约定会商办法。",
                    version=None, by=cast.leader, on=story.back(1).on)  # fmt: skip
    sent = _draft(
        cast, story, "second_leader",
        [Words("完成三个无物业小区引入物业服务", "三个小区签订服务合同", _by(story, 33))], story.back(2).on,
    )  # fmt: skip
    services.submit(sent, version=None, by=cast.second_leader, on=story.back(2).on)


def _concern(cast: SimpleNamespace, story: Any, back: int, title: str, **words: Any) -> Any:
    told = {"kind": "URGENT", "leader": cast.leader, "unit": cast.planning, "by": cast.office} | words
    on = story.back(back).on
    return services.receive(bureau=cast.bureau, title=title, received_on=on, on=on, **told)


def _concerns(cast: SimpleNamespace, story: Any) -> None:
    _concern(
        cast, story, 4, "东街建房规划许可迟迟没有回音", words="已交材料二十天，电话没人接，想知道卡在哪里。",
        from_whom="东街住户", contact="139****2211",
    )  # fmt: skip
    _concern(
        cast, story, 8, "安置房三栋顶楼漏雨", words="连续三次下雨都漏，物业说等维修资金。", unit=cast.housing,
        leader=cast.second_leader, from_whom="三栋住户代表",
    )  # fmt: skip
    answered = _concern(
        cast, story, 6, "工地夜间施工扰民", words="夜里十一点还在打桩。", unit=cast.quality, from_whom="康宁小区住户"
    )
    services.answer(
        answered, words="已到现场制止，责令二十二点后停工，本周每晚巡查。", version=None, by=cast.neighbour,
        on=story.back(4).on,
    )  # fmt: skip
    solved = _concern(
        cast, story, 12, "小区门口窨井盖缺失", words="孩子上学要经过。", unit=cast.property, leader=cast.second_leader
    )
    services.answer(solved, words="当天已设围挡，三日内装好。", version=None, by=cast.property_chief,
                    on=story.back(12).on)  # fmt: skip
    services.close(solved, ending="SOLVED", measure="井盖已更换并加装防坠网，回访满意。", version=None,
                   by=cast.property_chief, on=story.back(10).on)  # fmt: skip
    explained = _concern(cast, story, 11, "要求给自建房补发建房补助", unit=cast.housing, leader=cast.second_leader)
    services.answer(
        explained, words="按现行政策，自建房改善不在补助范围；已上门讲清条件、申报渠道，住户表示理解。",
        ending="EXPLAINED", version=None, by=cast.second_leader, on=story.back(9).on,
    )  # fmt: skip


def _works(cast: SimpleNamespace, story: Any) -> None:
    began = story.back(20).on
    year = story.today.year
    batch = services.open_batch(
        bureau=cast.bureau, year=year, title=f"{year}年第一批民生实事", document="局党委会纪要第18期",
        works=[
            Work("两个小区装电动车充电棚", "金桥、文昌住户", cast.property, cast.second_leader, story.ahead(3), 260),
            Work("菜市场东门道路改造", "周边商户和居民", cast.planning, cast.leader, story.ahead(12), 1200),
            Work("公租房十二户卫生间防滑改造", "独居老人", cast.housing, cast.second_leader, story.ahead(30), 12),
        ],
        by=cast.office, on=began,
    )  # fmt: skip
    done = batch.items.get(order=1)
    services.finish_item(
        done, result="两处充电棚建成通电，共六十四个车位。", feedback="走访十五户，都说方便；三户希望增加车位。",
        done_on=story.back(1).on, version=None, by=cast.property_chief, on=story.back(1).on,
    )  # fmt: skip
