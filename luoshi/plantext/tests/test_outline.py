"""The clause tree in every style of numbering."""

import pytest

from luoshi.plantext.compile import compile_plan


def paths(text: str) -> list[str]:
    return [clause.path for clause in compile_plan(text).clauses]


def test_headings_items_and_series() -> None:
    text = "前言。\n一、任务\n（一）抓防汛\n1.备料。备足沙袋。\n2.演练。一是定方案。二是抓演练。\n二、要求\n做好。"
    assert paths(text) == [
        "一",
        "一/（一）",
        "一/（一）/1",
        "一/（一）/2",
        "一/（一）/2/一是",
        "一/（一）/2/二是",
        "二",
    ]


def test_half_width_marks_and_one_endless_line() -> None:
    text = "为抓好防火制定方案。一、目标任务(一)压减火情。少起火。(二)管住火源。禁带火种。二、保障(一)备料。配齐风机。"
    assert paths(text) == ["一", "一/（一）", "一/（二）", "二", "二/（一）"]


def test_running_numbers_that_do_not_restart() -> None:
    text = "一、建\n（一）修路。修好。\n（二）架桥。架好。\n二、管\n（三）养护。养好。\n3.巡查。查好。"
    assert paths(text)[3:5] == ["二", "二/（三）"]


def test_chapters_articles_and_references() -> None:
    text = (
        "第一章 总则\n第一条 为规范食堂，依照第二章的规定制定本办法。\n第二条 本办法适用于学校。\n"
        "第二章 管理\n第三条 学校要每日留样。"
    )
    assert paths(text) == ["第一章", "第一章/第一条", "第一章/第二条", "第二章", "第二章/第三条"]


def test_phases_between_headings_and_items() -> None:
    text = "二、步骤\n第一阶段：动员\n1.开会。\n第二阶段：实施\n1.排查。\n2.整改。"
    assert paths("一、总则\n略。\n" + text)[1:] == [
        "二", "二/第一阶段", "二/第一阶段/1", "二/第二阶段", "二/第二阶段/1", "二/第二阶段/2",
    ]  # fmt: skip


def test_dashes_by_order() -> None:
    text = "一、目标\n——水质变好。达到三类。\n——岸线变绿。种树。"
    assert paths(text) == ["一", "一/——1", "一/——2"]


def test_annexes_and_lists_of_annexes() -> None:
    text = "一、要求\n做好。\n附件：1.任务表\n2.联系表\n附件1\n任务表\n一、总表\n填好。"
    assert paths(text) == ["一", "附件1", "附件1/一"]


@pytest.mark.parametrize(
    "text",
    [
        "小学一、二年级不留书面作业，三、四年级少留。",
        "达到2.5米，占3.1%，见表1.2。",
        "坚持一个标准、一套办法，四个一、五个有。",
        "从规划、建设、管理三个方面着手（见附件1）。",
    ],
)
def test_what_is_no_marker(text: str) -> None:
    assert paths("一、任务\n" + text) == ["一"]


def test_hard_wraps_and_page_marks_do_not_cut_a_sentence() -> None:
    text = "一、任务\n各村要在汛期来临之前完成河道清淤，并把清淤情\n- 3 -\n况报镇政府备案。\n二、要求\n做好。"
    reading = compile_plan(text)
    assert [c.path for c in reading.clauses] == ["一", "二"]
    assert any("清淤情" in d.quote and "备案" in d.quote for d in reading.duties)


def test_a_series_in_one_paragraph_ends_with_its_sentence() -> None:
    text = "3.查摆问题。当前存在的突出问题主要有：一是拖拉。二是推诿。针对这些问题，各科室要建立问题台账。"
    reading = compile_plan("一、步骤\n1.开会。开好。\n2.学习。学好。\n" + text)
    assert [(d.clause, d.act) for d in reading.duties if "台账" in d.act] == [("一/3", "建立问题台账")]
    assert not [d for d in reading.duties if "推诿" in d.act]
