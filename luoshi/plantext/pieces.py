"""Pieces of a sentence, weighed by their heads: act, aim, setting, permit or nothing (分句).

>>> [weigh(piece)[0] for piece in ("建立台账", "切实提升服务水平", "针对存在的问题", "鼓励自愿报名", "共有三个方面")]
['act', 'aim', 'setting', 'permit', 'none']
"""

import re

from luoshi.plantext.actors import leading_actor
from luoshi.plantext.grammar import (
    ACT,
    ADVERB,
    AIM,
    CLOSED,
    COPULA,
    FORBID,
    FRAME_END,
    INNER,
    LIGHT,
    MANNER,
    MODAL,
    OBJECTOR,
    OPENER,
    PERMITS,
    PRODUCT,
    PURPOSE,
    REACH,
    SETTER,
    SETTING_END,
    SHORT,
    TIME_HEAD,
)

_PASSIVE = re.compile(
    r"[^，]为[^，]{0,20}(?:牵头|责任|配合|成员|主办|承办|协办)(?:单位|部门|人)$|纳入|列入|实行|作为|设在|报(?![名告表销道纸社刊考酬])|抄送|通报|公示|移交|由[^，]{2,24}(?:负责|承担|牵头|实施|核实|跟进|办理|督办|批准|审批|审核|签批|召集|主持|组织|确定|决定|出具|支付|执行|保管)"
    r"|[为任](?:组长|副组长|成员|联络员|主任|指挥长)|(?<=[\u4e00-\u9fff])做到|安装|固定|取消|作检讨|迁移|开通|接入|执行|负责|分开|不外露|不下垂"
)
_NOMINAL = re.compile(r"的[^，的]{0,8}(?:事项|工作|问题|情况|任务|项目|决策|部署)$")
_BY_MEANS = re.compile(r"采[取用][^，]*(?:方式|形式|办法|手段|模式|方法)$")
_PAPER = re.compile(
    r"(?:现场|返岗|员工|疫情|安全|生产|应急|复工|工作|项目|申请|审核|审批|登记|考核|承诺|检查|验收|备案|评估|处置|培训|防控|整治|申报|[、和及])*"
    r"(?:表|书|册|名册|证明|复印件|清单|名单|方案|预案|材料|报告)"
)
# Conditions that stand before the act: who must have agreed, what something goes by, what is to be avoided.
_AGREED = re.compile(
    r"(?:凡)?(?:未经|经)[^，]{0,40}(?:批准|同意|许可|审批|审核|验收|授权|公示|论证|评估)(?:合格|通过|无异议)?后?$"
)
_GOES_BY = re.compile(
    r"[^，]{0,20}以[^，]{2,30}为(?:依据|主|准|原则|基础|导向|核心|重点|纽带|契机|抓手|载体|突破口|目标|主线|支撑|引领|牵引|平台|单位)$"
)
_LEST = re.compile(
    r"为(?:了)?(?:避免|防止|确保|保证|保障|促进|提高|提升|加强|强化|做好|推进|推动|落实|贯彻|规范|进一步)"
)
# 锁好门窗, 分清责任: a verb of one sign with what comes of it.
_DONE_WELL = re.compile(
    r"(?![良美友最更爱较很向看不大])[\u4e00-\u9fff](?:好|清|齐|牢|准|严|住|满|足)(?=[\u4e00-\u9fff“]{2})"
)
# 计划按周编制, 材料逐级上报: what is done stands first, how and the act follow.
_ORDERED = re.compile(
    r"(?:按(?:月|周|季|年|日|规定|程序|时|期|要求)|统一|集中|定期|及时|一律|当日|当场|逐级|逐项|专人|限期|全部|优先)"
    rf"(?:{ACT.pattern})|亲自抓|具体抓|负(?:总|全|主|直接)责"
)
_AT_ONCE = re.compile(r"一[经旦][^，]{2,10}?(?:立即|一律|马上|及时|坚决|从严)")
_BY_FRAME = re.compile(r"(?:根据|按照|依据|依照|结合|围绕|坚持|遵循|通过|针对|本着|以|为)")
_REASON = re.compile(r"由于|加之|考虑到|尽管|虽然|即使|比照[^，]*(?:原则|比例|标准)$|鉴于")
_IN_NEED = re.compile(r"(?:确?因|如果?|若|凡|确有)[^，应必]*(?:需要?|要)(?:[^，应必]{0,8})$")
# Whom or what the next act is about: 对…的纳税人, 对…等行业, 对于…的改造.
_ABOUT = re.compile(
    r"对于?(?!外|口|接|照|标)(?:[^，]*(?:的[^，的]{0,16}(?:人|户|者|员|商|企业|单位|行业)|等[^，的]{1,6})$)|对于[^，]*的[^，的]{1,8}$"
)
# A part that somebody is given, a rule by which something is dealt with.
_ROLE = re.compile(r"(?:均|分别)?[为是][^，]{0,20}(?:牵头|责任|配合|成员|主办|承办|协办|主管|监管)(?:单位|部门|人)")
_VIA = re.compile(r"(?:经|由|报|向)[^，]{2,}")
_SOME = re.compile(rf"[^的](?:{ACT.pattern})(?:一批|一套|一系列|若干|[一两三]个|\d+[个家项名处所])[^，的]{{2,}}$")
_CASE = re.compile(
    r"(?:确有|确需|尚未|未能|不能|无法)[^，]*的[^，的]{0,4}(?:人员|人|单位|企业|干部|同志|党员|团员|个人|者|户|学生|职工|群众|居民|家庭|村|社区|部门)$"
)
_BY_RULE = re.compile(
    r"(?:[^，]{2,12}[的者])?(?:一律|均)?(?:按照?|参照|比照|依照)[^，]{1,24}(?:论处|处理|处罚|处分|办理|执行|对待|结算|发放|报销|扣除|计算)"
)
ONLY_TIME = re.compile(
    r"[到至于在自从截]{0,2}(?=[^\d年]{0,2}[\d年])[\d年月日上中下旬底末初之以前内起至份—\-到第一二三四季度半]{2,16}"
)
# A thing that is named, not done: …落实情况, 需…的议题; 检查发现的行为 is only what the act is about.
_THING = re.compile(r"[^，]*(?:情况|结果|进展|进度|信息|动态|成效|形式|名称|数量|比例)等?$")
_NEEDED = re.compile(r"需要?[^，]+的[^，的]{0,6}(?:情形|议题|事项|问题|任务|情况|人员|单位|项目)$")
_FOUND = re.compile(
    r"(?:在|对)?(?:联合|执法|检查|督查|督导|巡查|排查|抽查|审计|巡视|监测|暗访|考核|核查|日常|专项|自查|调研|走访|摸排|、|和|中|过程中)+发现的[^，]+$"
)
# 尚未达标的企业，…: whom the act is about, by its state.
_BY_STATE = re.compile(
    r"(?:对|凡)?(?:已经|已|未|尚未|逾期|不符合|不具备|达不到|符合|凡是?|拟(?!定|订))[^，要应须]*的[^，的]{1,14}$"
)
_WHETHER = re.compile(r"[^，]{0,24}(?:是否|能否|有无)|有没有")
_REFRAINS = re.compile(rf"(?:同时)?不(?:得|再)?(?:影响|{ACT.pattern})[^，]")
_RELIEVED = re.compile(r"[\u4e00-\u9fff]{2,10}(?:免收|减半|减免|全免|免除|免征|缓缴|顺延)$")
_WEAK = re.compile(r"(?:牵头|负责|统筹|总牵头|牵头负责)$")


def weigh(piece: str) -> tuple[str, str | None, int]:
    """What a piece is (act, aim, setting, permit, none), the actor it opens with, where its body starts."""
    if COPULA.match(piece):
        return "none", None, 0
    lead = leading_actor(piece)
    actor, body = lead if lead else (None, 0)
    return _sort(piece[body:], actor), actor, body


def _sort(rest: str, actor: str | None) -> str:
    if _AGREED.match(rest) or _GOES_BY.match(rest):
        return "setting"
    if _AT_ONCE.match(rest):
        return "act"
    if (actor and _ROLE.fullmatch(rest)) or _BY_RULE.fullmatch(rest):
        return "act"
    if _FOUND.match(rest) or _NEEDED.match(rest) or _by_state(rest):
        return "setting"
    if _WHETHER.match(rest):
        return "none"
    core, forbids = step(rest)
    modal = len(core) < len(rest) and bool(MODAL.search(rest[: len(rest) - len(core)]))
    if modal and _VIA.match(core):
        return "act"
    if not modal and _CASE.search(rest):
        return "setting"
    if (COPULA.search(rest) and not _ROLE.search(rest)) or (not modal and _PAPER.fullmatch(core)):
        return "none"
    if PERMITS.match(rest) or PERMITS.match(core):
        return "permit"
    if ONLY_TIME.fullmatch(rest):
        return "setting"
    if not core or _WEAK.fullmatch(core):
        return "setting" if actor or core else "none"
    if forbids:
        return "setting" if core.endswith("的") else "act"
    if CLOSED.search(core) and not modal:
        return "setting"
    nominal = None if modal or MODAL.search(core, 0, 40) else _NOMINAL.search(core)
    if (
        nominal
        and not ACT.search(nominal[0], 2, len(nominal[0]) - 2)
        and (actor or not ACT.match(core))
        and not OPENER.match(core)
    ):
        return "setting"
    if not actor and not modal and _THING.match(core) and not ACT.match(core) and not OPENER.match(core):
        return "none"
    if (_REFRAINS.match(rest) and not rest.endswith("的")) or _RELIEVED.match(core):
        return "act"
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
    head = ACT.match(core) or INNER.search(core, 0, 16)
    if LIGHT.match(core) or (head and head.start() == 0):
        return "act"
    if AIM.match(core):
        return "aim"
    must = None if modal else MODAL.search(core, 0, 40)
    if must and _BY_FRAME.match(core, must.end()) and not FORBID.search(must[0]):
        return _sort(core[must.end() :], actor)
    if modal or must:
        return "act"
    if _PASSIVE.search(core) and len(core) > 5:
        return "act"
    if head and (actor or head.start() <= 6) and "的" not in core[: head.start()] and len(core) > head.end():
        return "act" if not core[head.end() :].startswith("的") else "none"
    if (SHORT.match(core) and len(core) > 3) or _DONE_WELL.match(core) or _ORDERED.search(core):
        return "act"
    if len(core) >= 2 and MANNER.match(rest):
        return "act"
    return "none"


def _by_state(rest: str) -> bool:
    return _BY_STATE.fullmatch(rest) is not None and not ACT.search(rest, rest.rfind("的") + 1)


def step(rest: str) -> tuple[str, bool]:
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
    if _LEST.match(core) or _REASON.match(core) or _IN_NEED.match(core):
        return "setting"
    if _ABOUT.match(core) and not LIGHT.search(core, 1):
        return "setting"
    if _SOME.search(core):
        return "act"
    setter = bool(SETTER.match(core)) and not re.match(r"为(?!契机)", core)
    if setter:
        frames = list(FRAME_END.finditer(core, size))
        if frames and frames[-1].end() >= len(core) - 1:
            frames = frames[:-1]
        for frame in reversed(frames):
            after, _ = step(core[frame.end() :].lstrip("，、等地的"))
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
    if LIGHT.search(tail, 1) or _ORDERED.search(core):
        return "act"
    if not setter and re.search(r"(?:严(?!重)|深|细|从|限期|及时|妥善|坚决)[\u4e00-\u9fff]{1,4}$", tail):
        return "act"
    return "setting"
