"""Duties: the separately checkable acts of a sentence (任务).

A sentence is cut at its commas; each piece is weighed by its head: an act, an aim or purpose, or only the
setting of the act that follows. A setting joins the next act, an aim is left out.

>>> from luoshi.plantext.page import view
>>> from luoshi.plantext.sentences import brackets, sentences
>>> bare = view("各乡镇要每月召开例会，针对存在的问题，建立整改台账，切实提升服务水平。").bare
>>> [s] = sentences(bare, 0, len(bare), brackets(bare))
>>> [bare[d.start:d.end] for d in read_duties(bare, s, False)]
['各乡镇要每月召开例会', '针对存在的问题，建立整改台账']
"""

import re
from dataclasses import dataclass

from luoshi.plantext.actors import leading_actor
from luoshi.plantext.lexicon import (
    ACT,
    ADVERB,
    AIM_HEAD,
    FORBID,
    LIGHT_VERB,
    MODAL,
    OPENER,
    PERMITS,
    PRODUCT,
    PURPOSE,
    SETTING_END,
)  # fmt: skip
from luoshi.plantext.sentences import Sentence, Span

_FORBID = re.compile("|".join(sorted(FORBID, key=len, reverse=True)))
_SPLIT_AND = re.compile(
    r"并(?=(?:及时|定期|同步|一并|将|按|按照|按时|全部|依法)?(?:纳入|列入|上报|报|抄送|报送|向|在|公示|公布|通报|反馈|移交|移送|存档|归档|作为|督促|接受))"
    r"|(?<=督查)及(?=整治)"
)
_PASSIVE = re.compile(
    r"纳入|列入|实行|作为|设在|报(?!名|告|表|销|道|纸|社|刊|考|酬)|抄送|通报|公示|移交|由[^，]{2,20}(?:负责|承担|牵头|实施|核实|跟进|办理|督办)|为(?:组长|副组长|成员|联络员)|安装|固定|取消|作检讨|迁移|开通|通办|接入|执行|负责"
)
_QUALITY = re.compile(r"(?:整齐|有序|不外露|到位|齐全|达标|不下垂|不发生|全覆盖|分开|公开)")
_MANNER = re.compile(r"^(?:[\u4e00-\u9fff]{1,4}地)")


@dataclass(frozen=True, slots=True)
class Duty:
    """One act: where it stands in the bare text, who is named in it (None: nobody), its words."""

    start: int
    end: int
    actor: str | None
    act: str
    core: Span


@dataclass(frozen=True, slots=True)
class _Weighed:
    sort: str
    actor: str | None
    body: int


def weigh(piece: str, first: bool, measured: bool) -> _Weighed:
    """What a piece is: act, aim, setting, permit or none; with the actor it opens with and where its body starts."""
    lead = leading_actor(piece)
    actor, body = (lead[0], lead[1]) if lead else (None, 0)
    rest = piece[body:]
    if PERMITS.match(rest) and not measured:
        return _Weighed("permit", actor, body)
    modal = MODAL.match(rest)
    core, stepped = _step(rest)
    if not core:
        return _Weighed("act" if modal or (measured and not stepped) else "none", actor, body)
    if _FORBID.match(rest) or _FORBID.match(core):
        return _Weighed("act", actor, body)
    if measured:
        return _Weighed("act", actor, body)
    if PURPOSE.match(core if not modal else rest[modal.end() :]) or PURPOSE.match(rest):
        return _Weighed("aim", actor, body)
    if OPENER.match(core) and not ACT.match(core):
        return _Weighed(_prepositional(core, bool(modal), bool(actor)), actor, body)
    head = ACT.search(core, 0, 14)
    if core.startswith("形成") or re.match(r"(?:汇总|梳理)?形成", core):
        return _Weighed(
            "act"
            if PRODUCT.search(core[2:]) and not re.search(r"(?:格局|合力|氛围|局面|态势|良好|优势)", core)
            else "aim",
            actor,
            body,
        )
    if ACT.match(core):
        if (
            OPENER.match(core)
            and SETTING_END.search(core)
            and len(core) < 40
            and not re.match(r"组织|配合|会同|深入", core)
        ):
            return _Weighed("setting", actor, body)
        return _Weighed("act", actor, body)
    if AIM_HEAD.match(core):
        return _Weighed("act" if modal and actor else "aim", actor, body)
    if _MANNER.match(core) and head:
        return _Weighed("act", actor, body)
    if modal or MODAL.search(core, 0, 30):
        return _Weighed("act", actor, body)
    if SETTING_END.search(core) and re.search(r"(?:的|后|时|前|下|上|中)$", core):
        return _Weighed("setting", actor, body)
    if _PASSIVE.search(core) and len(core) > 5:
        return _Weighed("act", actor, body)
    if head and head.start() <= 6 and "的" not in core[: head.start()] and core[head.end() :][:1] not in ("的", ""):
        return _Weighed("act", actor, body)
    if actor and head:
        return _Weighed("act", actor, body)
    return _Weighed("none", actor, body)


def _step(rest: str) -> tuple[str, int]:
    """Step over conjunctions, modals and adverbs."""
    at = 0
    while at < len(rest):
        found = MODAL.match(rest, at) or ADVERB.match(rest, at)
        if found is None or found.end() == at:
            break
        after = found.end()
        if ACT.fullmatch(found[0]) and not ACT.match(rest, after) and not ADVERB.match(rest, after):
            break
        at = found.end()
    return rest[at:], at


def _prepositional(core: str, modal: bool, actor: bool) -> str:
    """Whether a piece that opens with a preposition holds its act (对…进行检查) or only the setting of one."""
    opener = OPENER.match(core)
    assert opener is not None
    body = core[opener.end() :]
    if re.search(
        r"(?:为|作为)(?:[^，]{0,12})(?:目标|契机|重点|抓手|导向|核心|主线|引领|牵引|依托|基础|主体|载体|纽带|突破口|切入点|根本|原则|准绳|要求|主|中心|单位|遵循)$",
        core,
    ) and core.startswith("以"):
        return "setting"
    if modal or MODAL.search(core, 2):
        return "setting" if core.endswith("的") else "act"
    last = body.rfind("的")
    tail = body[last + 1 :] if last != -1 else body
    verb = ACT.search(tail)
    if SETTING_END.search(core) and not LIGHT_VERB.search(tail):
        return "setting"
    if re.search(r"(?:的|基础上|前提下|同时|方式|形式|过程中|原则|要求|职责分工|情况|时|后|前)$", core):
        return "setting"
    if core.startswith(("为", "让")) and PURPOSE.search(core):
        return "aim"
    if verb and (verb.start() >= 1 or last != -1):
        if AIM_HEAD.match(tail) and not LIGHT_VERB.search(tail):
            return "aim"
        return "act"
    if LIGHT_VERB.search(tail, 1):
        return "act"
    return (
        "setting" if not re.search(r"[收出分严作建列报送设]", tail) else "act" if len(tail) > 3 and actor else "setting"
    )


def read_duties(bare: str, sentence: Sentence, quiet: bool, measured: frozenset[Span] = frozenset()) -> list[Duty]:
    """The duties of one sentence; `measured` are pieces that hold an obligation, `quiet` keeps only those."""
    out: list[Duty] = []
    pending: int | None = None
    actor: str | None = None
    pieces = _split(bare, sentence.pieces, measured)
    for place, piece in enumerate(pieces):
        start, end = _trim(bare, piece)
        if end - start < 2:
            continue
        holds = any(a < piece[1] and piece[0] < b for a, b in measured)
        text = bare[start:end]
        if text.startswith("（") and text.endswith("）") and not holds:
            continue
        judged = weigh(text, place == 0, holds)
        actor = judged.actor or actor
        if quiet and not holds:
            continue
        if judged.sort == "setting":
            pending = start if pending is None else pending
            continue
        if judged.sort == "act":
            first = pending if pending is not None else start
            out.append(Duty(first, end, actor, text[judged.body :].lstrip("，、 "), (start, end)))
        elif judged.actor and judged.sort == "none":
            pending = start if pending is None else pending
            continue
        pending = None
    return out


def _split(bare: str, pieces: list[Span], measured: frozenset[Span]) -> list[Span]:
    """Cut a piece where 并 leads to an act of another kind (…进行检查并纳入考核)."""
    out: list[Span] = []
    for start, end in pieces:
        at = start
        for found in _SPLIT_AND.finditer(bare, start, end):
            if found.start() - at >= 6 and end - found.end() >= 3 and not _bracketed(bare, start, found.start()):
                out.append((at, found.start()))
                at = found.start()
        out.append((at, end))
    return out


def _bracketed(bare: str, start: int, place: int) -> bool:
    text = bare[start:place]
    return text.count("（") > text.count("）") or text.count("“") > text.count("”") + text.count('"')


def _trim(bare: str, piece: Span) -> Span:
    start, end = piece
    while start < end and bare[start] in "：、，\n":
        start += 1
    while end > start and bare[end - 1] in "：、，\n":
        end -= 1
    return start, end
