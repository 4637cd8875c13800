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
from dataclasses import replace

from luoshi.plantext.actors import agent, leading_actor, title_actor
from luoshi.plantext.grammar import (
    ACT,
    ADVERB,
    AIM,
    CLOSED,
    COPULA,
    FORBID,
    FRAME_END,
    LATER_PURPOSE,
    LIGHT,
    MODAL,
    OBJECTOR,
    OPENER,
    PERMITS,
    PRESENT,
    PRODUCT,
    PURPOSE,
    REACH,
    SETTER,
    SETTING_END,
    TIME_HEAD,
)
from luoshi.plantext.model import Duty
from luoshi.plantext.sentences import Sentence, Span

_AND = re.compile(
    r"、(?=[^，、；。]{2,12}(?:必须|不得|应当|严禁))|并(?=(?:及时|定期|同步|一并|按|按照|按时|全部|依法)?(?:纳入|列入|上报|报|抄送|报送|向|公示|公布|通报|反馈|移交|移送|存档|归档|督促|接受))"
)
_PASSIVE = re.compile(
    r"纳入|列入|实行|作为|设在|报(?![名告表销道纸社刊考酬])|抄送|通报|公示|移交|由[^，]{2,24}(?:负责|承担|牵头|实施|核实|跟进|办理|督办)"
    r"|[为任](?:组长|副组长|成员|联络员|主任|指挥长)|(?<=[\u4e00-\u9fff])做到|安装|固定|取消|作检讨|迁移|开通|接入|执行|负责|分开|不外露|不下垂"
)
_TARGETS = re.compile(r"打击|整治|查处|纠治|纠正|治理|严禁|防止|杜绝")
_LIST_END = re.compile(r"等?(?:的)?(?:行为|问题|现象|情形)$")
_CONDITION = re.compile(r"(?:对于?|凡是?|如果?|若|因|经|有下列|出现|遇)")
_NOMINAL = re.compile(r"的[^，的]{0,8}(?:事项|工作|问题|情况|任务|项目|决策|部署)$")
_BY_MEANS = re.compile(r"采[取用][^，]*(?:方式|形式|办法|手段|模式|方法)$")
_LIGHT_HEAD = re.compile(r"(?:进行|予以|给予|加以|作出|实行|开展)")
_TOPIC = re.compile(r"对于?(?!外|口|接|照|标)|就(?!业|地|近)|针对")
_PAPER = re.compile(
    r"(?:现场|返岗|员工|疫情|安全|生产|应急|复工|工作|项目|申请|审核|审批|登记|考核|承诺|检查|验收|备案|评估|处置|培训|防控|整治|申报|[、和及])*"
    r"(?:表|书|册|名册|证明|复印件|清单|名单|方案|预案|材料|报告)"
)
_ASIDE = re.compile(r"(?:数据来源|联系人|联系电话|联系方式|地址|备注|注|说明|来源|附件|抄送|主送)")
_MUST = re.compile(r"^(?:均|都|也|还|就)?(?:应当|必须|务必|应(?![急用对届变])|要(?!求|点|素)|须)(?!负责)")
_ENACTS = re.compile(r"(?:制[定订]|特制[定订])(?:本|此)(?:实施)?(?:办法|细则|方案|规定|制度|意见|计划|规则|预案)")
_ONLY_TIME = re.compile(
    r"[到至于在自从截]{0,2}(?=[^\d年]{0,2}[\d年])[\d年月日上中下旬底末初之以前内起至份—\-到第一二三四季度半]{2,16}"
)
# A date that closes a sentence (…，6月底前完成) is the date of the act before it.
_ONLY_WHEN = re.compile(
    rf"(?:{_ONLY_TIME.pattern}|长期坚持|持续(?:推进|开展|进行)|常态化(?:开展|推进))"
    r"(?:要|须|应|力争|确保|必须)?(?:全部|全面|基本|整体)?(?:完成|完毕|落实|到位|建成|投用|投入使用|整改到位|完成整改|取得实效)?"
)
_WEAK = re.compile(r"(?:牵头|负责|统筹|总牵头|牵头负责)$")
_REACHES = re.compile(r"(?:真正)?(?:实现|做到)")
_LABEL = re.compile(r"[^，：“”]{2,24}：")


_Judged = tuple[int, int, bool, str, str | None, int]


def weigh(piece: str) -> tuple[str, str | None, int]:
    """What a piece is (act, aim, setting, permit, none), the actor it opens with, where its body starts."""
    lead = leading_actor(piece)
    actor, body = lead if lead else (None, 0)
    return _sort(piece[body:], actor), actor, body


def _sort(rest: str, actor: str | None) -> str:
    core, forbids = _step(rest)
    modal = len(core) < len(rest) and bool(MODAL.search(rest[: len(rest) - len(core)]))
    if COPULA.search(rest) or (not modal and _PAPER.fullmatch(core)):
        return "none"
    if PERMITS.match(rest) or PERMITS.match(core):
        return "permit"
    if _ONLY_TIME.fullmatch(rest):
        return "setting"
    if not core or _WEAK.fullmatch(core):
        return "setting" if actor or core else "none"
    if forbids:
        return "setting" if core.endswith("的") else "act"
    if CLOSED.search(core) and not modal:
        return "setting"
    nominal = None if modal else _NOMINAL.search(core)
    if (
        nominal
        and not ACT.search(nominal[0], 2, len(nominal[0]) - 2)
        and (actor or not ACT.match(core))
        and not OPENER.match(core)
    ):
        return "setting"
    if _BY_MEANS.match(core):
        return "setting"
    if REACH.match(rest):
        return "act"
    if PURPOSE.match(rest) or PURPOSE.match(core):
        return "aim"
    if core.startswith("形成") or re.match(r"(?:汇总|梳理)形成", core):
        good = re.search(r"格局|合力|氛围|局面|态势|良好|优势", core)
        return "act" if PRODUCT.search(core[2:]) and not good else "aim"
    if OPENER.match(core) and (not ACT.match(core) or SETTER.match(core)):
        return _prepositional(core, actor)
    head = ACT.search(core, 0, 16)
    if LIGHT.match(core) or (head and head.start() == 0):
        return "act"
    if AIM.match(core):
        return "aim"
    if modal or MODAL.search(core, 0, 40):
        return "act"
    if _PASSIVE.search(core) and len(core) > 5:
        return "act"
    if head and (actor or head.start() <= 6) and "的" not in core[: head.start()] and len(core) > head.end():
        return "act" if not core[head.end() :].startswith("的") else "none"
    return "none"


def _step(rest: str) -> tuple[str, bool]:
    """Step over conjunctions, modals and adverbs; the second value tells whether one of them forbids."""
    at, forbids = 0, False
    while at < len(rest):
        found = MODAL.match(rest, at) or ADVERB.match(rest, at) or TIME_HEAD.match(rest, at)
        if found is None or found.end() == at:
            break
        forbids = forbids or bool(FORBID.search(found[0]))
        after = found.end()
        last = not any(pattern.match(rest, after) for pattern in (ACT, ADVERB, OPENER))
        if last and ACT.fullmatch(found[0]):
            break
        at = after
    return rest[at:], forbids


def _prepositional(core: str, actor: str | None) -> str:
    """Whether a piece that opens with a preposition holds its act (对…进行检查) or only the setting of one."""
    opener = OPENER.match(core)
    size = opener.end() if opener else 0
    last = core.rfind("的")
    tail = core[max(size, last + 1) :]
    if MODAL.search(tail) and not SETTING_END.search(core):
        return "act"
    setter = bool(SETTER.match(core)) and not re.match(r"为(?!契机)", core)
    if setter:
        frames = list(FRAME_END.finditer(core, size))
        if frames and frames[-1].end() >= len(core) - 1:
            frames = frames[:-1]
        for frame in reversed(frames):
            after, _ = _step(core[frame.end() :].lstrip("，、等地的"))
            if ACT.match(after) or LIGHT.match(after) or (OBJECTOR.match(after) and ACT.search(after, 2)):
                return "act"
            if AIM.match(after):
                return "aim"
    if SETTING_END.search(core) and (setter or not LIGHT.search(tail, 1)):
        verb = ACT.search(tail, 2)
        if setter or verb is None or len(tail) - verb.end() < 4 or last > size:
            return "setting"
    least = 2 if setter else 0
    verbs = [v for v in ACT.finditer(tail) if (v.start() >= 1 or LIGHT.match(tail)) and len(tail) - v.end() >= least]
    if verbs:
        return "act"
    if LIGHT.search(tail, 1):
        return "act"
    if not setter and re.search(r"(?:严|深|细|从|限期|及时|妥善|坚决)[\u4e00-\u9fff]{1,4}$", tail):
        return "act"
    return "setting"


def read_duties(bare: str, sentence: Sentence, quiet: bool, measured: frozenset[Span] = frozenset()) -> list[Duty]:
    """The duties of one sentence; `measured` are pieces that hold an obligation, `quiet` keeps only those."""
    quiet = quiet or bool(PRESENT.match(bare[sentence.start : sentence.start + 8]))
    quiet = quiet or bool(_ENACTS.search(bare, sentence.start, sentence.end))
    judged = _judge(bare, sentence, measured)
    out: list[Duty] = []
    pending: int | None = None
    topic = False
    about: str | None = None
    actor: str | None = None
    spare: Duty | None = None
    listed = -1
    for place, (start, end, holds, sort, own, body) in enumerate(judged):
        text = bare[start:end]
        actor = own or actor
        if quiet and not holds:
            continue
        if sort == "aim" and (topic or holds):
            sort = "act"
        if sort == "act" and out and not holds and not own and LATER_PURPOSE.match(_step(text)[0]):
            sort = "aim"
        if sort in ("none", "permit") and holds:
            sort = "act"
        if out and _ONLY_WHEN.fullmatch(text) and pending is None and not own:
            out[-1] = replace(out[-1], end=end)
            continue
        if sort == "setting":
            pending = start if pending is None else pending
            topic = topic or bool(OBJECTOR.match(_step(text)[0]))
            continue
        if sort == "none" and own:
            pending, about = start if pending is None else pending, own
            continue
        if sort == "act" and about and own and own != about:
            pending, topic = None, False
        about = None
        if sort == "aim" and spare is None and (_REACHES.match(text) or MODAL.match(text[body:])):
            spare = Duty(start if pending is None else pending, end, actor, text, (start, end))
        if sort == "act":
            if out and place <= listed:
                out[-1] = replace(out[-1], end=end)
            else:
                first = pending if pending is not None else start
                out.append(Duty(first, end, actor, _act(text[body:]), (start, end)))
                listed = _listed(bare, judged, place)
        pending, topic = None, False
    if not out and spare and not quiet:
        out.append(spare)
    if pending is not None and judged and any(holds and start >= pending for start, _, holds, *_ in judged):
        start, end, *_ = judged[-1]
        out.append(Duty(pending, end, actor, bare[pending:end], (start, end)))
    return out


def _act(text: str) -> str:
    """The words of an act without marks and without 要 or 应 before it."""
    return _MUST.sub("", text.lstrip("，、 "))


def _listed(bare: str, judged: list[_Judged], place: int) -> int:
    """The last piece of the list that is the object of this act (打击利用…，采取…，搞…等行为); -1 for none."""
    start, end, *_ = judged[place]
    if not _TARGETS.search(bare, start, end) or _LIST_END.search(bare[start:end]):
        return -1
    for later in range(place + 1, len(judged)):
        text = bare[judged[later][0] : judged[later][1]]
        if judged[later][4] or MODAL.match(text) or _TARGETS.search(text):
            return -1
        if _LIST_END.search(text):
            return later
    return -1


def _judge(bare: str, sentence: Sentence, measured: frozenset[Span]) -> list[_Judged]:
    """Each piece with whether it is measured, what it is, its actor and where its body begins."""
    out: list[_Judged] = []
    opened: int | None = None
    for piece in _split(bare, sentence.pieces):
        if bare[piece[0]] == "（" and bare[piece[1] - 1] == "）":
            continue
        start, end, label = _trim(bare, piece)
        if end - start < 2:
            continue
        text = bare[start:end]
        holds = any(a < piece[1] and piece[0] < b for a, b in measured)
        if text.startswith("（") and text.endswith("）"):
            continue
        sort, actor, body = weigh(text)
        if text.endswith("的") and opened is not None and sort != "aim":
            for k in range(opened, len(out)):
                out[k] = (*out[k][:3], "setting", *out[k][4:])
            sort = "setting"
        if out and _LIGHT_HEAD.match(_step(text)[0]) and _TOPIC.match(_step(bare[out[-1][0] : out[-1][1]])[0]):
            out[-1] = (*out[-1][:3], "setting", *out[-1][4:])
        if opened is not None and (MODAL.match(text) or (actor and sort == "act")):
            opened = None
        if _CONDITION.match(text) and not text.startswith("经常"):
            opened = len(out)
        out.append((start, end, holds, sort, agent(text) or actor or label, body))
    return out


def _split(bare: str, pieces: list[Span]) -> list[Span]:
    """Cut a piece where 并 leads to an act of another kind (…进行检查并纳入考核)."""
    out: list[Span] = []
    for start, end in pieces:
        at = start
        for found in _AND.finditer(bare, start, end):
            if found.start() - at >= 6 and end - found.end() >= 3 and not _bracketed(bare[start : found.start()]):
                out.append((at, found.start()))
                at = found.start()
        out.append((at, end))
    return out


def _bracketed(text: str) -> bool:
    return text.count("（") > text.count("）") or text.count("“") > text.count("”") + text.count('"')


def _trim(bare: str, piece: Span) -> tuple[int, int, str | None]:
    """The piece without marks at its ends and without a label (日常监测：…); a label that is somebody is returned."""
    start, end = piece
    actor = None
    label = _LABEL.match(bare, start, end)
    if label and _ASIDE.match(label[0]):
        return end, end, None
    while bare.startswith("—", start):
        start += 1
        if end - start <= 8:
            return end, end, None
    if label and end - label.end() >= 4:
        start = label.end()
        actor = title_actor(label[0])
    while start < end and bare[start] in "：、，\n":
        start += 1
    while end > start and bare[end - 1] in "：、，\n":
        end -= 1
    return start, end, actor
