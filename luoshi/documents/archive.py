"""归档包: a .zip that a browser reads without this software; pages, papers, files byte for byte, and their proof.

Written piece by piece into a file that the caller opened: no file of proof is ever whole in memory. Equal facts and
an equal making time give equal bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from django.template import Context, Engine

from luoshi.documents.lists import list_form
from luoshi.documents.matters import dispatch_form, feedback_form
from luoshi.matters.queries.archive import ArchiveFacts, ArchiveMatter, FileFact
from luoshi.records.queries import Link

HERE = Path(__file__).parent / "package"
KIND = "application/zip"
PIECE = 1 << 16
FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
LONGEST = 60

Opener = Callable[[str], IO[bytes]]
"""From a SHA-256 to the open file; OSError where it is not there."""


@dataclass(frozen=True, slots=True)
class Making:
    """When and by whom the package is made, and how acts are called in Chinese."""

    when: datetime
    by: str
    words: Mapping[str, str]

    @property
    def at(self) -> str:
        return f"{self.when:%Y-%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file of proof as a page links it; `trouble` where it is missing or not what was registered."""

    fact: FileFact
    path: str
    trouble: str

    @property
    def href(self) -> str:
        return quote(self.path) if self.path else ""


@dataclass(frozen=True, slots=True)
class PackedMatter:
    """One matter as the index lists it."""

    number: str
    title: str
    href: str
    lead_unit: str
    due_on: Any
    closed_on: Any
    state: str
    files: int


@dataclass(slots=True)
class _Package:
    """The file under construction and what is in it so far."""

    zip: zipfile.ZipFile
    when: datetime
    files: list[dict[str, Any]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    evidence: dict[str, PackedFile] = field(default_factory=dict)

    def _info(self, path: str, *, store: bool) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(path, self.when.timetuple()[:6])
        info.create_system, info.external_attr = 3, 0o644 << 16
        info.compress_type = zipfile.ZIP_STORED if store else zipfile.ZIP_DEFLATED
        return info

    def add(self, path: str, content: bytes) -> None:
        self.zip.writestr(self._info(path, store=False), content)
        self.files.append({"path": path, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()})

    def add_file(self, path: str, file: IO[bytes], evidence: str) -> str:
        found, size = hashlib.sha256(), 0
        with self.zip.open(self._info(path, store=True), "w", force_zip64=True) as target:
            while piece := file.read(PIECE):
                found.update(piece)
                size += len(piece)
                target.write(piece)
        self.files.append({"path": path, "size": size, "sha256": found.hexdigest(), "evidence": evidence})
        return found.hexdigest()


def safe_name(nth: int, name: str) -> str:
    """A file name that every system unpacks where it belongs: numbered, without folders, marks or hidden characters.

    >>> safe_name(7, "../../现场照片.jpg")
    '0007-现场照片.jpg'
    >>> safe_name(8, "con")
    '0008-con'
    >>> safe_name(9, "批示\\u202efdp.exe ")
    '0009-批示fdp.exe'
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(one for one in last if unicodedata.category(one)[0] != "C")
    kept = FORBIDDEN.sub("_", kept).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,10}", ending):
        stem, ending = kept, ""
    return f"{nth:04d}-{stem[:LONGEST].strip(' .') or '文件'}" + (f".{ending}" if ending else "")


def archive(out: IO[bytes], facts: ArchiveFacts, making: Making, open_file: Opener) -> None:
    """Write the package into `out`."""
    engine = Engine(dirs=[str(HERE)])

    def page(name: str, context: dict[str, Any]) -> bytes:
        root = "../" if name == "matter.html" else ""
        told = {"root": root, "facts": facts, "made": making, **context}
        return engine.get_template(name).render(Context(told, autoescape=True)).encode()

    with zipfile.ZipFile(out, "w", allowZip64=True) as target:
        package = _Package(target, making.when)
        package.add("style.css", (HERE / "style.css").read_bytes())
        paper = _pack(package, facts.list_paper, open_file) if facts.list_paper else None
        sheet = ""
        if facts.sheet is not None:
            sheet = "papers/list.docx"
            package.add(sheet, _settled(list_form(facts.sheet), making.when))
        rows = [_matter(package, nth, one, making, open_file, page) for nth, one in enumerate(facts.matters, 1)]
        package.add("proof/chain.json", _chain(facts))
        package.add("proof/verify.txt", (HERE / "verify.py").read_bytes())
        links = [_told(one, making) for one in facts.links]
        package.add("proof.html", page("proof.html", {"links": links, "troubles": package.troubles}))
        number = len(package.evidence)
        context = {"rows": rows, "troubles": package.troubles, "list_paper": paper, "sheet": sheet, "number": number}
        package.add("index.html", page("index.html", context))
        told = {
            "title": facts.title, "bureau": facts.bureau, "made_at": making.when.isoformat(), "made_by": making.by,
            "troubles": package.troubles, "files": sorted(package.files, key=lambda one: one["path"]),
        }  # fmt: skip
        target.writestr(package._info("manifest.json", store=False), json.dumps(told, ensure_ascii=False, indent=1))


def _pack(package: _Package, fact: FileFact, open_file: Opener) -> PackedFile:
    """A file of proof, once however many matters it proves; what is missing or altered is said, not hidden."""
    if fact.pk in package.evidence:
        return package.evidence[fact.pk]
    path, trouble = f"evidence/{safe_name(len(package.evidence) + 1, fact.name)}", ""
    try:
        with open_file(fact.sha256) as file:
            found = package.add_file(path, file, fact.pk.replace("-", ""))
        if found != fact.sha256:
            trouble = "与登记的 SHA-256 不符，包内为现存的内容"
    except FileNotFoundError:
        path, trouble = "", "文件缺失，包内没有"
    if trouble:
        package.troubles.append(f"佐证材料“{fact.name}”（SHA-256 {fact.sha256}）：{trouble}。")
    package.evidence[fact.pk] = PackedFile(fact, path, trouble)
    return package.evidence[fact.pk]


def _matter(
    package: _Package,
    nth: int,
    matter: ArchiveMatter,
    making: Making,
    open_file: Opener,
    page: Callable[[str, dict[str, Any]], bytes],
) -> PackedMatter:
    """One matter's files, papers and page."""
    stem = f"{nth:03d}" + (f"-{label}" if (label := re.sub(r"[^0-9-]", "", matter.number)).strip("-") else "")
    packed = [_pack(package, one, open_file) for one in matter.files]
    papers = []
    if matter.dispatch is not None:
        papers.append(("督办通知单", f"papers/{stem}-dispatch.docx", dispatch_form(matter.dispatch)))
    for place, one in enumerate(matter.feedbacks, 1):
        name = f"反馈单（{one.kind}，{one.fed_back_on}）"
        papers.append((name, f"papers/{stem}-feedback-{place}.docx", feedback_form(one)))
    for _, path, content in papers:
        package.add(path, _settled(content, making.when))
    context = {
        "matter": matter,
        "files": [PackedFile(one.fact, f"../{one.path}" if one.path else "", one.trouble) for one in packed],
        "papers": [(label, f"../{path}") for label, path, _ in papers],
    }
    href = f"matters/{stem}.html"
    package.add(href, page("matter.html", context))
    return PackedMatter(
        matter.number, matter.title, href, matter.lead_unit, matter.due_on, matter.closed_on, matter.state, len(packed)
    )


def _settled(content: bytes, when: datetime) -> bytes:
    """A .docx whose parts bear the making time: the library stamps each part with the clock's."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for one in source.infolist():
            info = zipfile.ZipInfo(one.filename, when.timetuple()[:6])
            info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(one))
    return out.getvalue()


def _chain(facts: ArchiveFacts) -> bytes:
    told = {
        "bureau": facts.bureau_id,
        "entries": [
            {"seq": one.seq, "prev": one.prev, "mac": one.mac, "next_prev": one.next_prev, "body": one.body}
            for one in facts.links
        ],
        "evidence": [[pk, values] for pk, values in facts.evidence_rows],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _told(one: Link, making: Making) -> dict[str, Any]:
    return {"link": one, "at": f"{one.at.astimezone(making.when.tzinfo):%Y-%m-%d %H:%M:%S}",
            "word": making.words.get(one.act, one.act)}  # fmt: skip
