"""From a file to text: UTF-8, UTF-16 or GB18030 text, Markdown, Word with automatic numbering (读文件).

The text comes out as it was written, so that places in it are places in the file's own text.

>>> read_file("一、目标\\r\\n做好。".encode("gb18030"), "方案.txt")
'一、目标\\r\\n做好。'
"""

import re
from pathlib import Path

from luoshi.plantext.wordfile import BadWord, word_text

LIMIT_BYTES = 20_000_000
# No plan is longer; what is takes longer to read than anybody waits.
LIMIT_CHARACTERS = 4_000_000
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Signs that plans are written in; a wrong guess of the encoding yields others.
_PLAIN = re.compile(r"[\u4e00-\u9fff\t\n\r -~\u3000-\u303f\uff00-\uffef\u2010-\u2027\u00b7\u2460-\u2473]")
_SAMPLE = 20_000


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
    text = _word(data) if data[:4] == b"PK\x03\x04" else _text(data, suffix)
    if not text.strip("\x00 \t\r\n\u3000\ufeff"):
        raise Unreadable("文件里没有文字，请检查是否只有图片或扫描页。")
    if len(text) > LIMIT_CHARACTERS:
        raise Unreadable(f"文件超过{LIMIT_CHARACTERS // 10_000}万字，请只导入方案正文。")
    # A database may refuse this sign; a blank in its place moves nothing.
    return text.replace("\x00", " ")


def _word(data: bytes) -> str:
    try:
        return word_text(data)
    except BadWord as why:
        raise Unreadable(str(why)) from None


def _text(data: bytes, suffix: str) -> str:
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" and suffix == ".docx":
        raise Unreadable("这个.docx文件设有打开密码或是旧版格式，请取消密码并另存为.docx后再导入。")
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" or suffix in (".doc", ".wps"):
        raise Unreadable("这是旧版.doc或.wps文件，请在WPS或Word中另存为.docx后再导入。")
    if data[:5] == b"%PDF-" or suffix in (".pdf", ".ofd"):
        raise Unreadable("这是PDF或OFD版式文件，请先导出为文字（.docx或.txt）后再导入。")
    if suffix == ".docx":
        raise Unreadable("这个.docx文件已损坏，请用WPS或Word打开后重新保存再导入。")
    return _decode(data)


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
    """The text of the bytes: by their mark, else UTF-8, else what of GB18030 and UTF-16 reads as Chinese."""
    for mark, code in _MARKS:
        if data.startswith(mark):
            return _sure(data.decode(code, "replace"))
    try:
        return _sure(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    # A damaged byte here and there must not turn the whole text into another one's signs.
    worn = data.decode("utf-8", "replace")
    if _few_wounds(worn) and _plain_share(worn) > 0.9:
        return _sure(worn)
    guesses = [text for code in ("gb18030", "utf-16-le", "utf-16-be") if (text := _guess(data, code)) is not None]
    best = max(guesses, key=_plain_share, default="")
    if _plain_share(best) < 0.6:
        raise Unreadable("认不出文字编码，请用记事本打开后另存为UTF-8编码的.txt再导入。")
    return _sure(best)


def _guess(data: bytes, code: str) -> str | None:
    """The bytes in one encoding, with a few damaged places at most."""
    text = data.decode(code, "replace")
    return text if _few_wounds(text) else None


def _few_wounds(text: str) -> bool:
    return text.count("\ufffd") <= 4 + len(text) // 200


def _plain_share(text: str) -> float:
    sample = text[:_SAMPLE]
    return len(_PLAIN.findall(sample)) / len(sample) if sample else 0.0


def _sure(text: str) -> str:
    sample = text[:_SAMPLE]
    odd = sum(1 for char in sample if (char < " " and char not in "\t\n\r\x0b\x0c") or char == "\ufffd")
    if odd > max(8, len(sample) // 50):
        raise Unreadable("这不是文字文件，请导入.txt、.md或.docx格式的方案。")
    return text
