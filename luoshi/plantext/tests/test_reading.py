"""Files in every form a bureau sends them, and refusals that say what to do."""

import subprocess
import sys
from pathlib import Path

import pytest

from luoshi.plantext.compile import compile_plan
from luoshi.plantext.reading import LIMIT_BYTES, LIMIT_CHARACTERS, Unreadable, read_file

ROOT = Path(__file__).resolve().parents[3]
TEXT = "一、目标\n做好。"


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n"), TEXT * 300])
def test_encodings(code: str, text: str) -> None:
    assert read_file(text.encode(code), "方案.txt") == text


def test_one_damaged_byte_does_not_turn_the_text_into_another() -> None:
    data = bytearray((TEXT * 40).encode())
    data[200] = 0xFF
    assert read_file(bytes(data), "a.txt").startswith(TEXT)


def test_a_sign_databases_refuse_is_a_blank() -> None:
    assert read_file(TEXT.encode() + b"\x00", "a.txt") == TEXT + " "


def test_markdown_marks_stay_in_the_text_and_out_of_the_reading() -> None:
    text = "# 某镇环境整治工作方案\n## 一、**目标**\n- 做好。\n## 二、任务\n"
    text += "| 事项 | 时限 |\n|:--|--|\n| 制定方案 | 2024年6月底前 |\n"
    assert read_file(text.encode(), "方案.md") == text
    reading = compile_plan(text)
    assert reading.title == "某镇环境整治工作方案"
    assert [(c.path, c.title) for c in reading.clauses] == [("一", "目标"), ("二", "任务")]
    assert [(d.quote, d.obligations) for d in reading.duties if d.obligations] == [("制定方案 | 2024年6月底前", [0])]


def test_a_table_of_contents_is_no_clause() -> None:
    text = "目  录\n一、目标………………1\n二、要求........2\n一、目标\n建成。\n二、要求\n各村要建立台账。\n"
    assert [c.path for c in compile_plan(text).clauses] == ["一", "二"]


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.txt", "空"),
        (b" \n ", "a.txt", "空"),
        (b"\x00\x01\x02\x03" * 500, "a.txt", "不是文字文件"),
        (b"%PDF-1.7 ...", "a.pdf", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 64, "a.doc", "另存为"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 64, "a.docx", "密码"),
        (b"PK\x03\x04 broken", "a.docx", "损坏"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "a.txt", "文字"),
        (b"\xff\xd8\xff\xe0" + bytes(range(255, -1, -1)) * 20, "a", "文字|编码"),
        (b"\x00" * 400, "a.txt", "不是文字|没有文字"),
        (b"a" * (LIMIT_BYTES + 1), "a.txt", "20 MB"),
        (b"a" * (LIMIT_CHARACTERS + 1), "a.txt", "万字"),
        (b"plain", "a.docx", "损坏"),
    ],
)
def test_refusals_say_what_to_do(data: bytes, name: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read_file(data, name)


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
