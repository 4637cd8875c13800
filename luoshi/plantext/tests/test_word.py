# ruff: noqa: E501
"""Word files: what Word shows and nothing else, automatic numbers, and files made to do harm."""

import io
import zipfile

import docx
import pytest

from luoshi.plantext.reading import Unreadable, read_file

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def pack(body: str, numbering: str = "", styles: str = "", part: str = "word/document.xml", head: str = "") -> bytes:
    """A .docx with this body; parts left empty are left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(part, f'{head}<w:document xmlns:w="{NS}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>')
        for name, words in (("numbering", numbering), ("styles", styles)):
            if words:
                file.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{NS}">{words}</w:{name}>')
    return out.getvalue()


def lines(*arguments: str, **named: str) -> list[str]:
    return read_file(pack(*arguments, **named), "方案.docx").split("\n")


def p(words: str, number: int | None = None, depth: int = 0, style: str = "") -> str:
    reference = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>' if number is not None else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{reference}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def level(depth: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def lists(levels: str, *nums: str) -> str:
    made = "".join(nums) or '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>{made}'


LEVELS = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")


def test_a_file_written_by_a_library() -> None:
    document = docx.Document()
    document.add_paragraph("一、目标")
    document.add_table(1, 2).cell(0, 1).text = "做好。"
    out = io.BytesIO()
    document.save(out)
    assert [line for line in read_file(out.getvalue(), "a.docx").split("\n") if line] == ["一、目标", "做好。"]


def test_numbers_of_several_levels_restart_below_the_next_heading() -> None:
    body = p("甲", 1) + p("乙", 1, 1) + p("丙", 1, 2) + p("丁", 1, 2) + p("戊", 1, 1) + p("己", 1) + p("庚", 1, 1)
    assert lines(body, lists(LEVELS)) == ["一、甲", "（一）乙", "1.丙", "2.丁", "（二）戊", "二、己", "（一）庚"]


def test_a_level_that_never_restarts_runs_on() -> None:
    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    assert lines(p("甲", 1) + p("乙", 1, 1) + p("丙", 1) + p("丁", 1, 1), lists(levels))[1::2] == ["1.乙", "2.丁"]


def test_a_list_started_anew_counts_from_its_own_start() -> None:
    again = '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>'
    first = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    assert lines(p("甲", 1) + p("乙", 2) + p("丙", 2), lists(LEVELS, first, again)) == ["一、甲", "四、乙", "五、丙"]


def test_two_lists_of_one_definition_count_together() -> None:
    nums = [f'<w:num w:numId="{n}"><w:abstractNumId w:val="7"/></w:num>' for n in (1, 2)]
    assert lines(p("甲", 1) + p("乙", 2), lists(LEVELS, *nums)) == ["一、甲", "二、乙"]


@pytest.mark.parametrize(
    ("form", "text", "shown"),
    [
        ("chineseCountingThousand", "第%1条 ", "第一条 甲"),
        ("decimalEnclosedCircle", "%1", "① 甲"),
        ("decimal", "附件%1：", "附件1：甲"),
        ("upperRoman", "%1.", "I.甲"),
        ("none", "", "甲"),
        ("bullet", "\uf06c", "甲"),
        ("bullet", "——", "——甲"),
    ],
)
def test_forms(form: str, text: str, shown: str) -> None:
    assert lines(p("甲", 1), lists(level(0, form, text))) == [shown]


def test_legal_numbers_show_figures_for_all_levels() -> None:
    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2.", "<w:isLgl/>")
    assert lines(p("甲", 1) + p("乙", 1, 1), lists(levels)) == ["一、甲", "1.1.乙"]


def test_numbers_from_a_style_and_the_style_it_is_based_on() -> None:
    styles = (
        '<w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Head"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:styleId="Item"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = p("甲", style="Head") + p("乙", style="Item") + p("丙", 0, style="Head") + p("丁", style="Head")
    assert lines(body, lists(LEVELS), styles) == ["一、甲", "（一）乙", "丙", "二、丁"]


def test_a_style_finds_its_level_by_the_list() -> None:
    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2.", '<w:pStyle w:val="Sub"/>')
    styles = '<w:style w:styleId="Sub"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    assert lines(p("甲", 1) + p("乙", style="Sub"), lists(levels), styles) == ["一、甲", "1.乙"]


def test_references_that_go_round_in_a_circle() -> None:
    styles = "".join(
        f'<w:style w:styleId="{a}"><w:basedOn w:val="{b}"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for a, b in (("A", "B"), ("B", "A"))
    )
    looped = '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="A"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    assert lines(p("甲", style="A"), looped, styles) == ["甲"]


def test_what_was_deleted_moved_or_hidden_is_not_read() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p><w:ins>{run.format('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run.format('去')}</w:moveFrom><w:moveTo>{run.format('来')}</w:moveTo>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r></w:p>"
    )
    assert lines(body) == ["新来显"]


def test_links_fields_and_controls_show_their_words_only() -> None:
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = (
        "<w:p><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink>"
        + char.format("begin")
        + "<w:r><w:instrText>PAGE</w:instrText><w:t>码</w:t></w:r>"
        + char.format("separate")
        + "<w:r><w:t>果</w:t></w:r>"
        + char.format("end")
        + '<w:fldSimple w:instr="DATE"><w:r><w:t>日</w:t></w:r></w:fldSimple>'
        "<w:sdt><w:sdtPr><w:t>无</w:t></w:sdtPr><w:sdtContent><w:r><w:t>控</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:footnoteReference w:id='1'/><w:noBreakHyphen/><w:tab/><w:t>末</w:t></w:r></w:p>"
    )
    assert lines(body) == ["链果日控-\t末"]


def test_a_table_of_contents_is_left_out() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = f"<w:p>{begin}<w:r><w:t>一、目标 1</w:t></w:r></w:p>" + p("二、任务 2") + f"<w:p>{end}</w:p>" + p("一、目标")
    assert lines(body) == ["一、目标"]


def test_a_text_box_is_read_once_and_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('框')}{p('内')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>"
        f"<w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>后</w:t></w:r></w:p>"
    )
    assert lines(body) == ["前后", "框", "内"]


def test_tables_in_tables_come_in_reading_order() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p('乙')}</w:tc></w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{p('甲')}{inner}</w:tc><w:tc>{p('丙')}</w:tc></w:tr></w:tbl>{p('丁')}"
    assert lines(body) == ["甲", "乙", "丙", "丁"]


def test_the_strict_form_and_a_part_of_another_name() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(pack(p("甲")))) as old, zipfile.ZipFile(out, "w") as new:
        words = old.read("word/document.xml").replace(NS.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        new.writestr("word/document2.xml", words)
        kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
        new.writestr("_rels/.rels", f'<r><Relationship Type="{kind}" Target="/word/document2.xml"/></r>')
    assert read_file(out.getvalue(), "a.docx") == "甲"


BOMB = '<!DOCTYPE a [<!ENTITY b "cccccccccc">]>'


@pytest.mark.parametrize(
    "data",
    [
        pack(p("甲"), head=BOMB),
        pack(p("甲"), head="<!DOCTYPE a SYSTEM 'file:///etc/passwd'>"),
        pack(p("甲"), part="word/other.xml"),
        pack("<w:p><w:r>"),
        pack("<w:a>" * 5000 + "</w:a>" * 5000),
        pack(p("甲"), numbering="<w:num"),
        pack(p("甲"))[:-40],
        pack("x" * 61_000_000),
    ],
    ids=["entity", "system", "no text", "open", "deep", "numbering", "cut", "bomb"],
)
def test_files_made_to_do_harm_are_refused_in_chinese(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"docx|Word"):
        read_file(data, "a.docx")


def test_a_declaration_in_another_encoding_is_seen_too() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", ('<?xml version="1.0" encoding="UTF-16"?>' + BOMB + "<a/>").encode("utf-16"))
    with pytest.raises(Unreadable):
        read_file(out.getvalue(), "a.docx")


def test_a_huge_table_is_read_whole() -> None:
    row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc>" * 50 + "</w:tr>"
    assert len(lines(f"<w:tbl>{row * 800}</w:tbl>")) == 40_000


def test_a_bit_turned_anywhere_never_shows_a_traceback() -> None:
    whole = pack(p("甲", 1) + p("乙", 1, 1), lists(LEVELS))
    for place in range(0, len(whole), 7):
        data = bytearray(whole)
        data[place] ^= 0x15
        try:
            read_file(bytes(data), "a.docx")
        except Unreadable as why:
            assert str(why)[-1] == "。"
