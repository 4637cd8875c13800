"""The text of a .docx as Word shows it: paragraphs and cells in order, automatic numbers written out (Word文件).

Left out: what was deleted or moved away under tracked changes, hidden words, field codes, the table of contents, the
fallback copy of a text box. Nothing in the file is trusted: sizes, depth and node counts are bounded, and a document
type declaration is refused before anything in it is read.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from luoshi.plantext.wordnumbers import Numbering, flag

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MOST_BYTES, _MOST_NODES, _DEEPEST = 60_000_000, 3_000_000, 1_000
_SKIPPED = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr", "rt"))
_SKIPPED |= {f"{W}{name}" for name in ("tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "rubyPr")}
_MARKS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_WORDS = frozenset((f"{W}t", f"{_M}t"))

_Step = tuple[str, Element]


class BadWord(ValueError):
    """The file is no Word document that can be read; the message is a Chinese sentence that says what to do."""


_BROKEN = "这个.docx文件已损坏，请用WPS或Word打开后重新保存再导入。"
_ODD = "这个.docx文件内容异常，请用WPS或Word打开后重新保存再导入。"
_LARGE = "这个.docx文件展开后过大，请只保留方案正文后再导入。"
_FAILS = (zipfile.BadZipFile, zlib.error, expat.ExpatError, KeyError, OSError, RuntimeError, NotImplementedError,
          ValueError, EOFError, AssertionError, LookupError, OverflowError)  # fmt: skip


def word_text(data: bytes) -> str:
    """The text of a .docx, one line for each paragraph; raises `BadWord`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            parts = {info.filename: info for info in pack.infolist()}
            main = _main_part(pack, parts)
            body = _tree(pack, parts[main])
            beside = [posixpath.join(posixpath.dirname(main), name) for name in ("numbering.xml", "styles.xml")]
            numbering, styles = (_tree(pack, parts[name]) if name in parts else None for name in beside)
    except BadWord:
        raise
    except _FAILS:
        raise BadWord(_BROKEN) from None
    return "\n".join(_lines(body, Numbering.of(numbering, styles)))


def _main_part(pack: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> str:
    """The part that holds the text: word/document.xml, or where the package says it is."""
    if "word/document.xml" in parts:
        return "word/document.xml"
    if "_rels/.rels" in parts:
        for node in _tree(pack, parts["_rels/.rels"]):
            target = node.get("Target", "").lstrip("/")
            if node.get("Type", "").endswith("/officeDocument") and target in parts and target.startswith("word/"):
                return target
    raise BadWord("这不是Word文档，请导入.txt、.md或.docx格式的方案。")


def _tree(pack: zipfile.ZipFile, info: zipfile.ZipInfo) -> Element:
    """The nodes of one part, with every bound kept while it is read."""
    if info.file_size > _MOST_BYTES:
        raise BadWord(_LARGE)
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    depth = nodes = 0

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, nodes
        depth, nodes = depth + 1, nodes + 1
        if depth > _DEEPEST or nodes > _MOST_NODES:
            raise BadWord(_LARGE)
        builder.start(_name(tag), {_name(key): said for key, said in attributes.items()})

    def finish(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_name(tag))

    def refuse(*_: object) -> None:
        raise BadWord(_ODD)

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = begin, finish
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    read = 0
    with pack.open(info) as handle:
        while chunk := handle.read(1 << 18):
            read += len(chunk)
            if read > _MOST_BYTES:
                raise BadWord(_LARGE)
            parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return builder.close()


def _name(tag: str) -> str:
    name = "{" + tag if "}" in tag else tag
    return W + name[len(_STRICT) :] if name.startswith(_STRICT) else name


def _lines(body: Element, numbers: Numbering) -> Iterator[str]:
    """The lines of the document; a text box stands after the paragraph it is anchored in."""
    fields = _Fields()
    waiting = [body]
    while waiting:
        node = waiting.pop()
        if node.tag == f"{W}p":
            words, boxes = _paragraph(node, fields)
            # Asked for every paragraph, also those left out: Word counts them too.
            label = numbers.label(node)
            if not fields.contents_line:
                yield label + words
            waiting.extend(reversed(boxes))
        elif node.tag not in _SKIPPED and not _is_contents(node):
            waiting.extend(reversed(_shown(node)))


def _is_contents(node: Element) -> bool:
    """Whether a content control holds the table of contents."""
    gallery = node.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery") if node.tag == f"{W}sdt" else None
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _shown(node: Element) -> list[Element]:
    """The children of a node; of alternative contents only the first that there is."""
    if node.tag != f"{_MC}AlternateContent":
        return list(node)
    chosen = node.find(f"{_MC}Choice")
    if chosen is None or not len(chosen):
        chosen = node.find(f"{_MC}Fallback")
    return list(chosen) if chosen is not None else []


class _Fields:
    """Open complex fields, each with its code so far; words inside a table of contents are no text of the plan."""

    def __init__(self) -> None:
        self.codes: list[list[str]] = []
        self.coding: list[bool] = []
        self.contents_line = False

    def mark(self, kind: str) -> None:
        if kind == "begin" and len(self.codes) < _DEEPEST:
            self.codes.append([])
            self.coding.append(True)
        elif kind == "separate" and self.coding:
            self.coding[-1] = False
        elif kind == "end" and self.codes:
            self.codes.pop()
            self.coding.pop()

    def code(self, words: str) -> None:
        if self.codes and len(self.codes[-1]) < 20:
            self.codes[-1].append(words)

    def in_contents(self) -> bool:
        return any("".join(code).lstrip()[:4].upper() == "TOC " for code in self.codes)

    def hides(self) -> bool:
        """Whether words here belong to a field's code, not to what it shows."""
        return any(self.coding)


def _paragraph(paragraph: Element, fields: _Fields) -> tuple[str, list[Element]]:
    """The words of one paragraph and the text boxes anchored in it."""
    words: list[str] = []
    boxes: list[Element] = []
    waiting = list(reversed(paragraph))
    contents = fields.in_contents()
    while waiting:
        node = waiting.pop()
        tag = node.tag
        if tag == f"{W}instrText":
            fields.code(node.text or "")
        elif tag == f"{W}fldChar":
            fields.mark(node.get(f"{W}fldCharType", ""))
            contents = contents or fields.in_contents()
        elif tag == f"{W}txbxContent" or tag == f"{W}p":
            boxes.append(node)
        elif tag in _SKIPPED or (tag == f"{W}r" and _hidden(node)):
            # The marks of a field count even where its run is hidden.
            waiting.extend(node.iterfind(f"{W}fldChar") if tag == f"{W}r" else ())
        elif tag in _WORDS:
            if not fields.hides():
                words.append(node.text or "")
        elif tag in _MARKS:
            words.append(_MARKS[tag])
        else:
            waiting.extend(reversed(_shown(node)))
    fields.contents_line = contents
    return "".join(words), boxes


def _hidden(run: Element) -> bool:
    return flag(run.find(f"{W}rPr/{W}vanish"))
