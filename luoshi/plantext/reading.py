"""From a file to text: UTF-8 or GB18030 text, Markdown, Word with automatic numbering (读文件).

>>> read_file("一、目标\\r\\n做好。".encode("gb18030"), "方案.txt")
'一、目标\\n做好。'
"""

import io
import re
import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from luoshi.plantext.wordnumbers import Numbering

LIMIT_BYTES = 20_000_000
_INFLATED = 60_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MD_HEAD = re.compile(r"(?m)^[ ]{0,3}#{1,6}[ \t]+|^[ ]{0,3}>[ ]?|^(?:\*{3,}|-{3,}|_{3,})[ \t]*$")
_MD_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,300}?)(?<=\S)\1")


class Unreadable(ValueError):
    """The input is not text this room can read; the message is a Chinese sentence that says what to do."""


def read_file(source: str | Path | bytes, name: str | None = None) -> str:
    """The text of a plan file.

    `source` is a path or the bytes themselves; `name` (the file's name) tells the format where `source` is
    bytes. Raises `Unreadable` where the input is empty, too large, binary, or a format that must be saved
    otherwise first.
    """
    data = _load(source)
    suffix = Path(name if name is not None else "" if isinstance(source, bytes) else str(source)).suffix.lower()
    if not data.strip():
        raise Unreadable("文件是空的，请选择写有方案正文的文件。")
    if len(data) > LIMIT_BYTES:
        raise Unreadable("文件超过20 MB，请只上传方案正文，去掉图片和附件。")
    if data[:4] == b"PK\x03\x04":
        return _tidy(_word(data))
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" or suffix in (".doc", ".wps"):
        raise Unreadable("这是旧版.doc或.wps文件，请在WPS或Word中另存为.docx后再导入。")
    if data[:5] == b"%PDF-" or suffix in (".pdf", ".ofd"):
        raise Unreadable("这是PDF或OFD版式文件，请先导出为文字（.docx或.txt）后再导入。")
    if suffix == ".docx":
        raise Unreadable("这个.docx文件已损坏，请用WPS或Word打开后重新保存再导入。")
    text = _decode(data)
    return _tidy(_plain_markdown(text) if suffix in (".md", ".markdown") else text)


def _load(source: str | Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        with open(source, "rb") as handle:
            return handle.read(LIMIT_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable(f"找不到文件“{source}”，请检查路径。") from None
    except OSError:
        raise Unreadable(f"打不开文件“{source}”，请检查是否有读取权限。") from None


def _decode(data: bytes) -> str:
    """UTF-8 or UTF-16 with its mark, then UTF-8, then GB18030; never guesses beyond these."""
    for mark, code in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return _sure(data.decode(code))
            except UnicodeDecodeError:
                break
    for code in ("utf-8", "gb18030"):
        try:
            return _sure(data.decode(code))
        except UnicodeDecodeError:
            continue
    raise Unreadable("认不出文字编码，请用记事本打开后另存为UTF-8编码的.txt再导入。")


def _sure(text: str) -> str:
    odd = sum(1 for char in text[:20000] if (char < " " and char not in "\t\n\r\x0b\x0c") or char == "\ufffd")
    if odd > max(8, len(text[:20000]) // 50):
        raise Unreadable("这不是文字文件，请导入.txt、.md或.docx格式的方案。")
    return text


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if not text.strip():
        raise Unreadable("文件里没有文字，请检查是否只有图片或扫描页。")
    return text


def _plain_markdown(text: str) -> str:
    return _MD_BOLD.sub(r"\2", _MD_HEAD.sub("", text))


def _word(data: bytes) -> str:
    """Paragraphs and table cells of a .docx in reading order, automatic numbers written out."""
    broken = Unreadable("这个.docx文件已损坏，请用WPS或Word打开后重新保存再导入。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            parts = {info.filename: info for info in pack.infolist()}
            if "word/document.xml" not in parts:
                raise Unreadable("这不是Word文档，请导入.txt、.md或.docx格式的方案。")
            body = _part(pack, parts["word/document.xml"])
            numbers = Numbering.of(
                *(_part(pack, parts[n]) if n in parts else None for n in ("word/numbering.xml", "word/styles.xml"))
            )
    except Unreadable:
        raise
    except (zipfile.BadZipFile, KeyError, ParseError, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        raise broken from None
    except Exception as odd:  # a hostile file may make zlib or the XML parser fail in its own way
        raise broken from odd
    lines = [numbers.label(paragraph) + _line(paragraph) for paragraph in body.iter(f"{_W}p")]
    return "\n".join(lines)


def _part(pack: zipfile.ZipFile, info: zipfile.ZipInfo) -> Element:
    if info.file_size > _INFLATED:
        raise Unreadable("这个.docx文件展开后过大，请只保留方案正文后再导入。")
    from xml.etree.ElementTree import XMLParser

    with pack.open(info) as handle:
        raw = handle.read(_INFLATED + 1)
    if len(raw) > _INFLATED or b"<!DOCTYPE" in raw[:4096] or b"<!ENTITY" in raw:
        raise Unreadable("这个.docx文件内容异常，请用WPS或Word打开后重新保存再导入。")
    parser = XMLParser()
    parser.feed(raw)
    root: Element = parser.close()
    return root


def _line(paragraph: Element) -> str:
    words = []
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            words.append(node.text or "")
        elif node.tag == f"{_W}tab":
            words.append("\t")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            words.append("\n")
    return "".join(words)
