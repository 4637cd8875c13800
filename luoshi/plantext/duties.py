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

from luoshi.plantext.actors import agent, all_somebody, approver, title_actor
from luoshi.plantext.grammar import LATER_PURPOSE, MODAL, OBJECTOR, PRESENT
from luoshi.plantext.model import Duty
from luoshi.plantext.pieces import ONLY_TIME, step, weigh
from luoshi.plantext.sentences import Sentence, Span

_AND = re.compile(
    r"、(?=[^，、；。]{2,12}(?:必须|不得|应当|严禁|为(?:牵头|责任|配合|成员)(?:单位|部门)))|并(?=负责)|并(?=(?:及时|定期|同步|一并|按|按照|按时|全部|依法)?(?:纳入|列入|上报|报|抄送|报送|向|公示|公布|通报|反馈|移交|移送|存档|归档|督促|督导|督办|跟踪|接受))"
)
_TARGETS = re.compile(r"打击|整治|查处|纠治|纠正|治理|严禁|防止|杜绝")
# What may be done only after something else (经书记同意，方可召开): the condition is the duty.
_ONLY_THEN = re.compile(r"(?:方可|方能|才能|才可)")
_OF_WHOM = re.compile(
    r"的(?:(?:中小|小微|民营|重点|相关|有关)*企业|[^，的]{1,4}户|纳税人|单位|个人|企业|人员|干部|同志|部门|地区|项目|问题|行为|情形)?$"
)
# The end of a frame that 在 opened pieces before (在摸清底数，分清责任的基础上).
_FRAMED = re.compile(r"(?:基础上|前提下|同时|过程中)$")
_LIST_END = re.compile(r"等?(?:的)?(?:行为|问题|现象|情形)$")
_CONDITION = re.compile(r"(?:对于?|凡是?|如果?|若|因|经|有下列|出现|遇)")
_LIGHT_HEAD = re.compile(r"(?:进行|予以|给予|加以|作出|实行|开展)")
_TOPIC = re.compile(r"对于?(?!外|口|接|照|标)|就(?!业|地|近)|针对")
_ASIDE = re.compile(
    r"(?:(?:牵头|责任|主办|承办|实施|落实|配合|协办|参与|协助)(?:责任)?(?:单位|部门|领导|科室|股室|人|处室)|(?:完成|办结|整改|落实|时间)(?:时限|期限|时间|节点|要求)"
    r"|数据来源|联系人|联系电话|联系方式|地址|备注|注|说明|来源|附件|抄送|主送|附(?=：))"
)
_MUST = re.compile(r"^(?:均|都|也|还|就)?(?:应当|必须|务必|应(?![急用对届变])|要(?!求|点|素)|须)(?!负责)")
_LIST_HEAD = re.compile(r"(?:以下|下列|如下)[^，。；：]{0,10}(?:之一)?(?:的)?$")
# A sentence whose only act is that somebody agrees (请假一天，经负责人批准).
_AGREES = re.compile(r"(?:经|由|报|须|需)[^，]{2,24}(?:批准|同意|审批|审核|签字|签批|批准同意)$")
# A sentence that explains a word of the plan.
_OBLIGED = re.compile(r"，(?:都|均)?(?:要(?!求)|应|必须|须|务必|不得|严禁)")
_CASES = re.compile(
    r"[^，]{0,8}?(?:\d+(?:\.\d+)?|[半一二两三四五六七八九十]+)个?(?:工作日|天|日|周|月|小时)[之以]?[内上下]?(?:（[^（）]*）)?(?:的)?"
)
_IN_CHARGE = re.compile(r"(?:具体)?由[^，]{2,40}(?:具体|统一|牵头)?(?:负责|牵头|承办|落实|实施|组织实施)")
# A line of its own before a numbered list is its heading (监督检查\n1.…).
_HEADS_LIST = re.compile(r"：?\n(?:1[.、]|（1）|一、|（一）)")
# What stands under a paper, not in it.
_BACK_MATTER = re.compile(
    r"[^，。]{0,20}(?:19|20)\d\d年\d{1,2}月\d{1,2}日印发|（?(?:此件)?(?:主动|依申请|不予?)公开(?:发布)?）?|信息公开(?:属性|选项).*|公开(?:方式|属性).*|共印\d+份"
)
_BOUND = re.compile(r"(?:但|且|原则上|一般|累计)*(?:最[长高多低短]|不(?:得|应)?(?:超过|少于|低于|高于)|至少|上限)")
_MUST_SAID = re.compile(
    r"应当?(?![急用对])|必须|不得|(?<![主重首])要(?![求点素])[^，]*(?:下列|以下|如下)|(?:下列|以下)[^，]{0,8}："
)
_TOTAL = re.compile(r"(?:合计|共计|总计)[^，]*")
_SAID = re.compile(r"(?:书记|主席|总理)[^。]{0,20}(?:指出|强调|提出|要求)")
_EXPLAINS = re.compile(r"“[^”]{1,12}”[，：]?(?:即|就是|主要是|表现|体现|是指)")
_ENACTS = re.compile(
    r"制[定订][^，。；]{0,12}(?:方案|意见|措施|办法|计划)如下|(?:制[定订]|特制[定订])(?:本|此)(?:实施)?(?:办法|细则|方案|规定|制度|意见|计划|规则|预案)"
)
# A date that closes a sentence (…，6月底前完成) is the date of the act before it.
_ONLY_WHEN = re.compile(
    rf"(?:{ONLY_TIME.pattern}|长期坚持|持续(?:推进|开展|进行)|常态化(?:开展|推进))"
    r"(?:要|须|应|力争|确保|必须)?(?:全部|全面|基本|整体)?(?:完成|完毕|落实|到位|建成|投用|投入使用|整改到位|完成整改|取得实效)?"
)
_REACHES = re.compile(r"(?:真正)?(?:实现|做到)")
_LABEL = re.compile(r"(?:[^，：“”（）]|（[^（）]{0,20}）){2,24}：")


_Judged = tuple[int, int, bool, str, str | None, int]


def read_duties(
    bare: str,
    sentence: Sentence,
    quiet: bool,
    measured: frozenset[Span] = frozenset(),
    listed_duty: bool = False,
    answered: bool = False,
) -> list[Duty]:
    """The duties of one sentence; `measured` are pieces that hold an obligation, `quiet` keeps only those.

    `listed_duty` says that the sentence is an item of a list of duties (不得有下列行为：), whatever its words,
    `answered` that a note names who answers for it, so that aims alone are its duties.
    """
    quiet = quiet or bool(PRESENT.match(bare[sentence.start : sentence.start + 8]))
    quiet = quiet or bool(_ENACTS.search(bare, sentence.start, sentence.end))
    quiet = quiet or bool(_SAID.search(bare, sentence.start, sentence.end))
    quiet = quiet or bool(_EXPLAINS.match(bare, sentence.start, sentence.end))
    judged = _judge(bare, sentence, measured)
    if answered and not quiet and all(j[3] == "aim" for j in judged):
        # Somebody answers for it: 壮大…产业，提升…水平（牵头单位：…） is what is to be done.
        judged = [(*j[:3], "act", *j[4:]) for j in judged]
    named = not (
        PRESENT.match(bare[sentence.start : sentence.start + 8]) or _SAID.search(bare, sentence.start, sentence.end)
    )
    out: list[Duty] = []
    pending: int | None = None
    topic = False
    about: str | None = None
    actor: str | None = None
    spare: Duty | None = None
    listed = -1
    for place, (start, end, holds, sort, own, body) in enumerate(judged):
        text = bare[start:end]
        doer, actor = actor, own or actor
        if own and approver(text):
            actor, agreed = doer, own
        else:
            agreed = None
        if quiet and not holds and not (named and own and sort == "act" and MODAL.match(text[body:])):
            continue
        if sort == "aim" and (topic or holds):
            sort = "act"
        if sort == "act" and out and not holds and not own and LATER_PURPOSE.match(step(text)[0]):
            sort = "aim"
        if sort in ("none", "permit") and holds and not (text.endswith("的") and place + 1 < len(judged)):
            sort = "act"
        elif holds and sort == "none":
            sort = "setting"
        if listed_duty and sort != "setting" and not out and (place == len(judged) - 1 or sort == "act"):
            out.append(Duty(start if pending is None else pending, sentence.end, actor, text, (start, end)))
            return out
        if _LIST_HEAD.search(text) and bare[end : end + 1] == "：" and not holds:
            sort = "setting"
        if out and _ONLY_WHEN.fullmatch(text) and pending is None and not own:
            out[-1] = replace(out[-1], end=end)
            continue
        if out and holds and pending is None and not own and (_TOTAL.fullmatch(text) or _BOUND.match(text)):
            out[-1] = replace(out[-1], end=end)
            continue
        if sort == "setting" and own and out and out[-1].actor is None and _IN_CHARGE.fullmatch(text):
            # 实行值班制度，由办公室负责
            out[-1] = replace(out[-1], end=end, actor=own)
            continue
        if sort == "setting":
            pending = start if pending is None else pending
            topic = topic or bool(OBJECTOR.match(step(text)[0]))
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
                out.append(Duty(first, end, agreed or actor, _act(text[body:]), (start, end)))
                listed = _listed(bare, judged, place)
        pending, topic = None, False
    if not out and pending is not None and not quiet and _AGREES.search(bare, pending, sentence.end):
        start, end, *_ = judged[-1]
        out.append(Duty(pending, end, judged[-1][4] or actor, bare[pending:end], (start, end)))
        pending = None
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
        if bare[piece[0]] in "（【［[" and bare[piece[1] - 1] in "）】］]":
            continue
        start, end, label = _trim(bare, piece)
        if end - start < 2:
            continue
        text = bare[start:end]
        holds = any(a < piece[1] and piece[0] < b for a, b in measured)
        if text.startswith("（") and text.endswith("）"):
            continue
        if end - start <= 16 and bare[start - 1 : start] == "\n" == bare[end : end + 1] and title_actor(text):
            continue
        if end - start <= 14 and not holds and _HEADS_LIST.match(bare, end) and bare[start - 1 : start] == "\n":
            continue
        if _BACK_MATTER.fullmatch(text):
            continue
        sort, actor, body = weigh(text)
        if _FRAMED.search(text):
            start_of = next(
                (k for k in range(len(out) - 1, max(-1, len(out) - 4), -1) if bare[out[k][0]] == "在"), None
            )
            for k in range(start_of, len(out)) if start_of is not None else ():
                out[k] = (*out[k][:3], "setting", *out[k][4:])
        if _ONLY_THEN.match(text) and out and out[-1][3] == "setting":
            out[-1] = (*out[-1][:3], "act", *out[-1][4:])
            sort = "none"
        whom = text.endswith("的") or (bool(_OF_WHOM.search(text)) and not _CONDITION.match(text))
        if whom and opened is not None and sort != "aim":
            for k in range(opened, len(out)):
                out[k] = (*out[k][:3], "setting", *out[k][4:])
            sort = "setting"
        if out and _LIGHT_HEAD.match(step(text)[0]) and _TOPIC.match(step(bare[out[-1][0] : out[-1][1]])[0]):
            out[-1] = (*out[-1][:3], "setting", *out[-1][4:])
        if opened is not None and (MODAL.match(text) or (actor and sort == "act")):
            opened = None
        if _CONDITION.match(text) and not text.startswith("经常"):
            opened = len(out)
        who = agent(text) or actor or label
        if (who is None or "是" in text) and _OBLIGED.match(bare, end) and all_somebody(text):
            who, sort = text, "setting"
        if out and _AGREES.fullmatch(text) and not out[-1][4] and _CASES.fullmatch(bare, *out[-1][:2]):
            # 三天以内，由分管领导批准: how long is only the case.
            out[-1] = (*out[-1][:3], "setting", *out[-1][4:])
        out.append((start, end, holds, sort, who, body))
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
    if (label and _ASIDE.match(label[0])) or bare.startswith("附：", start):
        return end, end, None
    while bare.startswith("—", start):
        start += 1
        if end - start <= 8:
            return end, end, None
    if label and end - label.end() >= 4 and not _MUST_SAID.search(label[0]):
        start = label.end()
        actor = title_actor(label[0])
    while start < end and bare[start] in "：、，\n":
        start += 1
    while end > start and bare[end - 1] in "：、，\n":
        end -= 1
    return start, end, actor
