"""The papers as LibreOffice lays them out: page, margins, heads on every page, whole rows, every word in order."""

from __future__ import annotations

import re
import shutil
import subprocess
import warnings
from dataclasses import replace

import pytest

from luoshi.documents.lists import list_form
from luoshi.documents.matters import dispatch_form, feedback_form
from luoshi.documents.problems import closing_form, ledger_form
from luoshi.documents.tests.facts import DISPATCH, ENDLESS, FEEDBACK, FULL, LIST, item
from luoshi.documents.tests.problem_facts import CLOSING, CLOSING_FULL, LEDGER

NEEDED = ("soffice", "pdftotext", "pdfinfo")
PAPERS = {
    "dispatch": lambda: dispatch_form(DISPATCH),
    "feedback": lambda: feedback_form(FEEDBACK),
    "list": lambda: list_form(LIST),
    "dispatch_full": lambda: dispatch_form(FULL),
    "feedback_full": lambda: feedback_form(
        replace(FEEDBACK, done=ENDLESS, contributions=tuple((f"第{n}中心", "核对" * 150, "还在配合") for n in range(9)))
    ),
    "list_long": lambda: list_form(replace(LIST, items=(item(1), item(2, requirement=ENDLESS), item(3)))),
    "list_of_problems": lambda: ledger_form(LEDGER),
    "closing": lambda: closing_form(CLOSING),
    "closing_full": lambda: closing_form(CLOSING_FULL),
}
POINT = 25.4 / 72


@pytest.fixture(scope="session")
def printed(tmp_path_factory):
    """Every paper as a PDF, made in one go; `printed("list")` gives its path."""
    missing = [one for one in NEEDED if shutil.which(one) is None]
    if missing:
        why = f"没有 {'、'.join(missing)}：没有检查 Word 文件的版面（apt 装 libreoffice-writer-nogui poppler-utils）"
        warnings.warn(why, stacklevel=1)
        pytest.skip(why)
    folder = tmp_path_factory.mktemp("papers")
    for name, build in PAPERS.items():
        (folder / f"{name}.docx").write_bytes(build())
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), *[str(folder / f"{name}.docx") for name in PAPERS]],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return lambda name: folder / f"{name}.pdf"


def info(path):
    told = subprocess.run(["pdfinfo", str(path)], check=True, capture_output=True, text=True).stdout
    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", told)
    return int(re.search(r"Pages:\s+(\d+)", told)[1]), float(size[1]) * POINT, float(size[2]) * POINT


def pages(path):
    """Each page's words with no spaces, in reading order."""
    told = subprocess.run(["pdftotext", "-raw", str(path), "-"], check=True, capture_output=True, text=True).stdout
    return [re.sub(r"\s", "", one) for one in told.split("\f")[:-1]]


def boxes(path):
    """Each page's words with where they stand, in millimetres: (text, left, top, right, bottom)."""
    told = subprocess.run(["pdftotext", "-bbox", str(path), "-"], check=True, capture_output=True, text=True).stdout
    word = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
    return [
        [(text, *(float(one) * POINT for one in place)) for *place, text in re.findall(word, page)]
        for page in told.split("<page ")[1:]
    ]


@pytest.mark.parametrize(
    ("name", "sheet", "area"),
    [(name, (297, 210), (35, 28, 260, 184)) if name.startswith("list") else (name, (210, 297), (28, 37, 184, 262))
     for name in PAPERS],
    ids=PAPERS,
)  # fmt: skip
def test_the_sheet_is_a4_and_the_words_stand_in_the_type_area(printed, name, sheet, area):
    _, width, height = info(printed(name))
    assert (round(width), round(height)) == sheet
    left, top, right, bottom = area
    for nth, page in enumerate(boxes(printed(name)), 1):
        body = [one for one in page if not (one[2] > bottom and re.fullmatch(r"[—\d]+", one[0]))]
        assert body, f"page {nth} is empty"
        for text, x0, y0, x1, y1 in body:
            assert x0 > left - 1 and x1 < right + 1 and y0 > top - 1 and y1 < bottom + 1.5, (nth, text, x0, y0, x1, y1)


def test_the_ordinary_forms_take_two_pages_at_most(printed):
    assert info(printed("feedback"))[0] <= 2 and info(printed("dispatch"))[0] <= 2


@pytest.mark.clause("2.2.5.1a")
def test_forty_items_repeat_their_head_and_keep_each_row_on_its_page(printed):
    told = pages(printed("list"))
    assert len(told) > 2
    for nth, page in enumerate(told, 1):
        if "2026-00" in page:
            assert "序号编号事项要求" in page, f"page {nth} has no head"
    rows = re.findall(r"2026-(\d{4})", "".join(told))
    assert rows == [f"{nth:04d}" for nth in range(1, 41)]
    for nth in range(1, 41):
        home = [page for page in told if f"2026-{nth:04d}" in page]
        assert len(home) == 1 and f"第{nth}项整治" in home[0].replace(f"2026-{nth:04d}", ""), nth
    assert sum(page.count("月底前报结果。") for page in told) == 40
    whole = [page.count("逐个小区核对进度") - page.count("月底前报结果。") for page in told]
    assert set(whole) == {0}, "a row was divided between two pages"
    assert "拟稿：陆文静" in told[-1] and "签发：沈知行" in told[-1]


@pytest.mark.parametrize("name", ["dispatch_full", "feedback_full", "list_long"])
def test_two_thousand_characters_are_all_there_in_order(printed, name):
    told = "".join(re.sub(r"—\d+—", "", page) for page in pages(printed(name)))
    if name == "list_long":
        assert "（全文附后）" in told
        told = told.split("的要求")[1]
    marks = [int(one) for one in re.findall(r"第(\d+)条", told)]
    expected = [int(one) for one in re.findall(r"第(\d+)条", ENDLESS)]
    times = 2 if name == "dispatch_full" else 1
    assert marks == expected * times and told.count("到此为止") == times


def test_many_parties_steps_and_files_are_all_printed(printed):
    told = "".join(pages(printed("dispatch_full")))
    assert all(told.count(f"第{nth}服务中心") >= 1 for nth in range(30))
    assert all(f"第{nth}步清理划线" in told for nth in range(1, 21))
    assert all(f"佐证材料第{nth}份现场照片与会议记录.pdf" in told for nth in range(1, 13))


@pytest.mark.clause("2.2.2.2b")
def test_the_ledger_of_problems_keeps_its_thirteen_columns_and_whole_rows(printed):
    told = pages(printed("list_of_problems"))
    assert len(told) > 2
    for nth, page in enumerate(told, 1):
        if "问题2026-00" in page:
            assert "序号来源问题整改措施责任领导" in page, f"page {nth} has no head"
    numbers = re.findall(r"问题2026-(\d{4})", "".join(told))
    assert numbers == [f"{nth:04d}" for nth in range(1, 31)]
    for words in ("原定", "2026.12.18", "没有反弹", "等5份", "（全文附后）", "到此为止", "【整改中】"):
        assert any(words in page for page in told), words


@pytest.mark.clause("2.2.2.2b")
def test_the_closing_form_tells_proof_acceptance_answer_and_looking_back(printed):
    assert info(printed("closing"))[0] <= 2
    told = "".join(pages(printed("closing")))
    for words in ("问题销号单", "现场看过，井盖已换", "井盖更换照片.jpg", "王大爷", "满意：换得快",
                  "没有反弹：又走了一遍", "2026年12月18日", "原定2026年11月30日", "此前退回1次"):  # fmt: skip
        assert words in told, words
    assert "到此为止" in "".join(pages(printed("closing_full")))


@pytest.mark.parametrize("name", PAPERS)
def test_every_page_has_its_number(printed, name):
    for nth, page in enumerate(pages(printed(name)), 1):
        assert f"—{nth}—" in page, nth
