"""Files in every form a bureau sends them, and refusals that say what to do."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from luoshi.plantext.reading import Unreadable, read_file

ROOT = Path(__file__).resolve().parents[3]
TEXT = "一、目标\n做好。"


def word(paragraphs: list[str], numbered: dict[int, tuple[int, int]] | None = None, levels: str = "") -> bytes:
    document = docx.Document()
    if levels:
        numbering = document.part.numbering_part.element
        numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for place, words in enumerate(paragraphs):
        paragraph = document.add_paragraph(words)
        if numbered and place in numbered:
            number, depth = numbered[place]
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().set(qn("w:val"), str(depth))
            properties.get_or_add_numId().set(qn("w:val"), str(number))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(code: str) -> None:
    assert read_file(TEXT.encode(code), "方案.txt") == TEXT


def test_markdown_marks_are_taken_off() -> None:
    assert read_file("## 一、**目标**\n> 做好。".encode(), "方案.md") == TEXT


def test_word_with_automatic_numbers() -> None:
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    )
    data = word(
        ["总则", "甲项", "乙项", "附则", "丙项"], {0: (77, 0), 1: (77, 1), 2: (77, 1), 3: (77, 0), 4: (77, 1)}, levels
    )
    assert read_file(data, "方案.docx").split("\n") == ["一、总则", "1.甲项", "2.乙项", "二、附则", "1.丙项"]


def test_word_without_numbers_is_plain_text() -> None:
    assert read_file(word(["一、目标", "做好。"]), "方案.docx") == TEXT


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.txt", "空"),
        (b" \n ", "a.txt", "空"),
        (b"\x00\x01\x02\x03" * 500, "a.txt", "不是文字文件"),
        (b"%PDF-1.7 ...", "a.pdf", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 64, "a.doc", "另存为"),
        (b"PK\x03\x04 broken", "a.docx", "损坏"),
        (b"plain", "a.docx", "损坏"),
    ],
)
def test_refusals_say_what_to_do(data: bytes, name: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read_file(data, name)


def test_a_hostile_word_file_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        pack.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(Unreadable):
        read_file(out.getvalue(), "a.docx")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="找不到"):
        read_file(tmp_path / "none.txt")


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "luoshi.plantext", *arguments]
    return subprocess.run(command, input=given, capture_output=True, cwd=ROOT, check=False)


def test_the_runner_reads_standard_input() -> None:
    done = run("--text", "-", given=TEXT.encode("gb18030"))
    assert (done.returncode, done.stdout.decode()) == (0, TEXT + "\n")


def test_the_runner_refuses_in_chinese_with_nothing_on_standard_output() -> None:
    done = run("--json", "-", given=b"")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "文件是空的" in done.stderr.decode()
