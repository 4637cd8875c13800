"""Who has to act: subjects of sentences, clause titles and bracketed notes (责任主体).

>>> leading_actor("各乡镇政府要每月召开例会")
('各乡镇政府', 5)
>>> leading_actor("由县教育局会同有关部门抽查")
('县教育局', 5)
>>> note_actor("（牵头单位：县水利局；配合单位：各乡镇）")
'县水利局'
"""

import re

from luoshi.plantext.grammar import ACT, ADVERB, AIM, LIGHT, MODAL, OPENER

# Endings by which a noun phrase is known to be somebody.
_ENDINGS = (
    "食堂 门店 商户 经营户 物业 车站 "
    "员 两级 三级 四级 委员会 人民政府 政府 党委 党组 党委会 党支部 党总支 支部 办公室 指挥部 领导小组 工作组 专班 "
    "督查组 检查组 考核组 工作小组 小组 纪检监察机关 监察组 纪委监委 纪委 监委 检察院 法院 中心组 "
    "中心 委办 宣传部 组织部 网信办 文明办 统战部 管委会 居委会 村委会 业委会 联席会议 委 办 局 "
    "厅 院 处 科 股 室 股室 科室 站 所 队 大队 支队 总队 公司 集团 企业 工厂 车间 单位 "
    "部门 机关 机构 学校 各校 中学 小学 幼儿园 园区 医院 银行 协会 学会 联合会 工会 团委 妇联 "
    "社区 街道 乡镇 镇街 镇村 村组 市州 县区 旗县区 区县 县市 各县 各市 各区 各镇 各乡 各村 "
    "各地 街道办 干部 干部职工 职工 人员 同志 负责人 负责同志 责任人 领导 主要领导 分管领导 "
    "领导班子 成员 班子成员 主任 局长 校长 园长 院长 书记 县长 市长 组长 河长 湖长 网格员 教师 "
    "班主任 党员 员工 家长 学生 代表 运营商 供应商 施工方 业主 窗口 居民 群众 志愿者 辅导员 "
    "第一责任人 专家 专家学者 运营单位 经办人 承办人 牵头单位 责任单位 主管部门 行政部门 供电公司 "
    "个人 执法办 通管办 经营者 管理者 法人 项目部 巡查员 保洁员 联络员 社会组织 金融机构 纳税人 "
    "站长 所长 科长 股长 处长 部长 镇长 乡长 区长 省长 厅长 队长 馆长 经理 厂长 行长 检察长 秘书长 团员 "
    "会员 党组织 团组织 中央财政 省财政 市财政 县财政 各级财政 扩大会 办公会 办公会议 常委会 理事会 "
    "支委会 服务商 开发商 经销商 代理商 承包商 监理 派出所 部 组 成员单位 分行 支行 农商行 信用社 分公司 "
    "子公司 库点 任何单位和个人 任何单位 任何人 事业单位 林场 农场 合作社 纳税人 当事人 申请人 负责人员 "
    "党员干部 领导干部 科级干部 股级干部 机关干部 驻村干部 村干部 工作人员 机关工作人员 班组 项目单位 "
    "建设单位 施工单位 监理单位 用人单位 "
    "局务会 院务会 校务会 党组会 常务会议 班子会 职代会 "
    "组委会 评委会 筹委会 双方 各方 甲方 乙方 一把手 执法队 户主 车主 住户 商家 摊主 物业公司 承租人 驾驶员 司机"
)
# 各镇街, 各乡镇有关部门
_EACH = r"各(?:级)?[省市州盟县旗区镇乡街道办村校园社组站所科股室]{1,6}(?:有关单位|有关部门|单位|部门|政府)?|"
# 县（市、区）, 各县（区）
_EACH += r"(?:各|其他|有关|所在)?(?:地|县|市|区|乡|镇)（[市区县州旗乡镇街道办、]{1,8}）|"
_END = _EACH + "|".join(sorted(set(_ENDINGS.split()), key=lambda w: (-len(w), w)))
_SUBJECT_END = re.compile(
    rf"(?:{_END})(?:（[^（）]{{0,30}}）)?(?:等(?:单位|部门|有关部门)?)?(?:(?:主要|分管|有关|相关)?(?:领导|负责人|负责同志|责任人)|人员)?"
)
_BRACKETED = re.compile(r"（[^（）]*）|“[^”\"]*[”\"]")
# What may come after a subject, what a name never holds.
_FOLLOWS = re.compile(
    r"负(?:总|全|主|直接)责|每(?:[年月周季日半天人餐]|学期)|至少|原则|集体|一次|通过|自|可(?=以|在|根据|按|采取|通过|向|结合|先)|，|不|书面|应|要|须|均|都|是"
)
_NO_SUBJECT = re.compile(
    r"和|及(?!时|早)|与|、|的|等|工作|管理|责任|建设|负责人|负责同志|服务(?!中心)|同志|监管|会议|会(?!同|商|办|签|审)|领导|党委|干部|人员|成员|作用"
    r"|意见|要求|委托|考核|配合|代表|企业|单位|部门|以[上下内外]|对接|为(?:主|辅|组长|副组长|成员|重点|中心|基础|目标|抓手)"
)
_INNER_VERB = re.compile(
    r"须|必须|应当|确定|明确|指定|选派|配备|提出|作出|汇报(?!人)|负责(?!人|同志)|开展|建立|加强|推进|推动|召开|制定|完善|落实|实施|进行|纳入|提供|提高|提升|深入|充分|发挥|注重|形成|设立|成立|实现|支持|鼓励|严格"
    r"|委托(?!人|方|机构|单位)|后报|报[各省市县区局]|加盖|签字|盖章|可视|视情|对(?!口|外)|书面|向(?!上)|通过|按照|根据|围绕|结合|(?<![主首重需])要(?!求)|必须|不得|组织(?!部)"
)
# 推进 in 项目推进办公室 is part of a name.
_BODY_NAMED = re.compile(
    r"(?:推进|推动|落实|提升|实施|确定|发展|支持|加强|开展)(?:和[\u4e00-\u9fff]{2})?(?=(?:工作)?(?:领导|协调)?(?:办公室|办|小组|专班|指挥部|委员会|中心|组(?!织)))|提出(?=部门|单位)"
)
_STATE = re.compile(
    r"达到|达|超过|突破|占|增长|增加到|提升到|提高到|覆盖率|数量|总数|全覆盖|实现(?!.{0,20}(?:降低|提高|缩短|增长))"
)
_SOMEBODY = re.compile(rf"(?:{_END}|企业|大学|学院)(?:主要|分管|有关|相关|负责|主任|等)*$")
_BARE_VERB = re.compile(f"{ACT.pattern}|{AIM.pattern}")
_BY = re.compile(r"(?<![理自缘事])由(?![来此于])")
_AGREEING = re.compile(r"(?:需|须|应)?经([^，]{2,24}?)(?:批准|同意|审批|审核|复核|确认|签字|签批)(?:同意|确认)?$")
_ONE_OF = re.compile(r"^[一二两三\d]{1,2}(?:名|位)")
_NOT_END = re.compile(
    r"(?:全部|内部|外部|一部|大部|局部|处处|到处|好处|之处|部分|场所|分组|合格|各组|干部队伍|[全动满超定]员|[全大格布结]局|网站)$"
)
_OFFICE = re.compile(
    r"(?:单位|部门|机构|窗口|中心|小组|专班|组|人员|科|股|处|室|局|办公室|委员会|站|队)"
    r"(?!织|成|员|应|理|置|罚|分|列|长远)"
)
# 供电公司, 监理单位: a trade that is written with a verb.
_TRADE = re.compile(
    r"(?:供电|供水|供气|供暖|供热|施工|监理|运输|设计|采购|承包|保险|销售|收购|储备|加工|运营|测绘|检测|评估|拍卖|招标|回收|清运|保洁|租赁|担保|融资|承储|承运|服务|养护)+(?:公司|企业|单位|方|厂|集团|机构)"
    r"|[\u4e00-\u9fff]{2}[人者](?=应|须|要|必须|不得|可)|(?:分管|主管|带班|包联|包保|联系|挂点|值班|值守|监护|巡查|监督)[\u4e00-\u9fff]{0,4}?(?:领导|人员|干部|负责人|负责同志|责任人|[县市区镇乡局院校部厅]长)"
)
# 教育、审计等部门: fields of work in a row, which are verbs elsewhere.
_ROW_OF_FIELDS = re.compile(
    r"[\u4e00-\u9fff]{2,6}(?:(?:、|和|及)[\u4e00-\u9fff]{2,6}){0,10}(?:等(?:相关|有关|职能|主管|行业)*)?(?:部门|单位|行业)(?=要|应|须|必须|负责|按|根据|牵头|不得)"
)
_NAME_HEAD = re.compile(r"(?:示范|试点|主管|行政|管理|执法|监督|项目|服务|考核)")
# What never begins a name: time, means and inability (暂时办不完的, 用在为企业服务上).
_NO_NAME_HEAD = re.compile(
    r"是|我[厅局委办部院会]|无(?!锡)|未|尤其|特别是|没有|结果|包括|涉及|单位[^，]{0,8}(?:产值|面积|能耗|成本|生产总值|产品|增加值|总吨)|暂时|一时|目前|已经|正在|尚未|用在|用于|把|难以|不能|无法"
)
# A time or a rule before the subject (采暖期内供热企业应当…, 按照《办法》规定申报单位应当…).
_FRAME = re.compile(
    r"(?:(?:[于在到至自从]|截至)?(?:(?:19|20)\d\d年|每年|今年|次年|当年)?(?:\d{1,2}月)?(?:\d{1,2}日|[上中下]旬|月?[底末初]|份)?(?:[前起后]|之前|以前)"
    r"|每(?:年|月|周|日|天|季度|学期|半年)(?:\d{1,2}[月日](?:\d{1,2}日|底)?(?:前|起)?)?"
    r"|[^，。的]{2,10}(?:期间|期内|过程中)"
    r"|(?:按照|依据|根据|依照|按)[^，。]{2,40}?(?:规定|要求|精神|部署|安排|原则))(?=[\u4e00-\u9fff])"
)
# 某市企业融资服务窗口: a longer name that a shorter one opens.
_LONGER = re.compile(r"(?:服务|办事|受理|审批|指导|保障)(?:窗口|中心|专区|机构|大厅)$")
_HELD = re.compile(r"[^，]{0,10}(?:召开|举行|举办|开一次|为主|每[年月周季半两][度个]{0,2}[一二两\d]次)")
# 经营燃气的企业（以下简称燃气企业）
_SHORT_NAME = re.compile(r"（(?:以下)?(?:简称|统称)(?:为)?[“\"]?([^“”\"（）]{2,20})[”\"]?）$")
# Verbs that a name never begins with, though 局 or 组 may follow (加大局机关…力度).
_NEVER_HEAD = re.compile(
    r"加大|加强|强化|深化|推进|推动|抓好|抓实|做好|做实|开展|召开|建立|健全|完善|明确|提高|充实|增加|加快|扩大|优化|规范|成立|调整|坚持|突出|注重|严格|落实|进入"
)
_LABEL = re.compile(
    r"(?:牵头(?:责任|考核)?单位|牵头部门|责任(?:单位|部门|人|领导|科室|股室)|主办单位|承办单位|主要责任单位|实施单位|落实单位|主管单位|责任处室|责任主体|牵头科室|牵头处室)："
)


# A note of responsibility: in brackets of any sort, or a line of its own that a label opens.
_NOTE = re.compile(
    r"（[^（）\n]{3,300}）|【[^【】\n]{3,300}】|［[^［］\n]{3,300}］|\[[^\[\]\n]{3,300}\]"
    r"|(?<=[\n。；])(?:牵头|责任|主办|承办|实施|落实)(?:责任)?(?:单位|部门|领导|科室|股室|人)：[^。\n]{2,200}"
)


def leading_actor(piece: str) -> tuple[str, int] | None:
    """The somebody a piece opens with, and where the rest of the piece begins; None where there is none."""
    frame = _FRAME.match(piece)
    found = (_opening(piece, frame.end()) if frame else None) or _opening(piece, 0)
    short = _SHORT_NAME.search(found[0]) if found else None
    return (short[1], found[1]) if found and short else found


def _opening(piece: str, at: int) -> tuple[str, int] | None:
    head = re.compile(r"(?:再|并|同时|然后|具体由|由|请|、|：|，|原则上|其中)+").match(piece, at)
    skip = head.end() if head else at
    by = "由" in piece[at:skip]
    rest = piece[skip : skip + 90]
    if not by and not _may_open(rest):
        return None
    best: tuple[str, int] | None = None
    for found in _SUBJECT_END.finditer(rest):
        name, after = rest[: found.end()], piece[skip + found.end() :][:24]
        if not _clean_name(name):
            break
        if len(name) < 2 or not _starts_predicate(after) or _NOT_END.search(name):
            continue
        if name.endswith(("会议", "会", "例会")) and _HELD.match(piece, skip + found.end()):
            continue
        if name[-1] == "所" and after[0] in "在属辖有需述列得":
            continue
        said = (name.strip("，、：\n"), skip + found.end())
        if _BARE_VERB.match(after) is None or any(p.match(after) for p in (MODAL, ADVERB, OPENER, _FOLLOWS)):
            return best or said if best and found.end() - best[1] + skip > 14 else said
        if best is not None and not _LONGER.search(name):
            break
        best = said
    return best


def all_somebody(piece: str) -> bool:
    """Whether a piece is nothing but somebody (各科室、各单位，要…; 各部门特别是主要负责同志，要…)."""
    if not 2 <= len(piece) <= 60 or not _may_open(piece):
        return False
    parts = re.split(r"、|和|以及|及|与|(?:特别|尤其)是", _BRACKETED.sub("", piece))
    return _clean_name(piece[:24]) and all(_SOMEBODY.search(part) for part in parts if part)


def approver(piece: str) -> bool:
    """Whether the somebody of a piece only agrees to what another does (请假由分管领导批准)."""
    if _AGREEING.match(piece):
        return True
    return bool(_BY.search(piece)) and bool(re.search(r"(?:批准|同意|审批|审核|签字|签批|审定)$", piece))


def agent(piece: str) -> str | None:
    """The somebody a piece names after 由 (项目由一名班子成员督导), else the one it opens with."""
    agreed = _AGREEING.match(piece)
    if agreed:
        inner = leading_actor("由" + agreed[1] + "批准")
        return inner[0] if inner else agreed[1]
    by = _BY.search(piece, 1)
    if by:
        inner = leading_actor("由" + _ONE_OF.sub("", piece[by.end() :]))
        if inner:
            return inner[0]
    lead = leading_actor(piece)
    return lead[0] if lead else None


def _may_open(rest: str) -> bool:
    """Whether a subject may begin here: not at a verb or preposition, though 牵头单位 and 审批部门 are names."""
    verb = ACT.match(rest) or AIM.match(rest) or ADVERB.match(rest) or OPENER.match(rest) or MODAL.match(rest)
    if _NEVER_HEAD.match(rest) and not re.match(r"(?:推进|落实|规范|建立)(?:工作)?(?:小组|专班|单位|办)", rest):
        return False
    if verb is None:
        return not rest.startswith(("报", "、", "和", "及", "与", "的", "鼓励", "支持", "引导")) and not (
            rest.startswith("每") and not re.match(r"每(?:个|名|位)(?=[\u4e00-\u9fff])", rest)
        )
    if MODAL.match(rest) and not rest.startswith("负责"):
        return False
    if AIM.match(rest) and not rest.startswith(("服务", "保障", "监护")):
        return False
    if rest.startswith(("报", "指导", "督促", "引导", "组织", "通知")) and not rest.startswith(("组织部", "报社")):
        return False
    if _TRADE.match(rest) or _ROW_OF_FIELDS.match(rest):
        return True
    named = _OFFICE.match(rest, verb.end()) or _NAME_HEAD.match(rest, verb.end())
    return named is not None and not OPENER.match(rest)


def _clean_name(name: str) -> bool:
    if len(name) > 24 and "、" not in name and "（" not in name:
        return False
    if _NO_NAME_HEAD.match(name):
        return False
    if name[0] in "（《〔" or "，" in name or "。" in name or name.count("的") > 1:
        return False
    bare = _BRACKETED.sub("", name)
    if _INNER_VERB.search(_BODY_NAMED.sub("", bare)):
        return False
    # Each part of a row is somebody (…展示及处置、…人员 is none); 教育、卫生 may stand short before their 部门.
    parts = re.split(r"、|和|以及|及|与|或", bare)
    return all(len(part) <= 5 or _SOMEBODY.search(part) for part in parts[:-1])


def _starts_predicate(after: str) -> bool:
    if not after or _NO_SUBJECT.match(after):
        return False
    if _STATE.match(after):
        return False
    return any(p.match(after) for p in (MODAL, ADVERB, ACT, AIM, OPENER, LIGHT, _FOLLOWS))


def is_somebody(phrase: str) -> bool:
    """Whether a noun phrase ends in somebody (…企业、重点项目 does not, …有关企业 does)."""
    return bool(re.search(rf"(?:{_END}|工程|项目|店|户|商)(?:（[^（）]*）)?$", phrase))


def title_actor(title: str) -> str | None:
    """The somebody that is the whole title of a clause (（三）市城市管理局)."""
    bare = re.sub(r"（简称“?[^（）]{1,20}”?）", "", title).strip("：。 ")
    bare = _PART.sub("", bare)
    if _KIND_OF_BODY.fullmatch(bare):
        return None
    if not 2 <= len(bare) <= 60 or not re.search(rf"(?:{_END})(?:（[^（）]{{0,30}}）)?$", bare):
        return None
    short = re.search(r"（(?:以下)?(?:简称|统称)“?([^“”（）]{2,20})”?）", title)
    core = re.sub(r"（[^（）]*）", "", bare)
    if (
        ACT.match(core)
        or MODAL.search(core)
        or re.search(
            r"(?:加强|强化|明确|压实|健全|落实|完善|严格|提升|管理(?!局|委|办|处|中心|站|所|部门)|审批$)", core
        )
    ):
        return None
    return short[1] if short else bare


# 组成部门 and 考核对象 are headings, 联席会议 a thing that is held.
_KIND_OF_BODY = re.compile(
    r"(?:组成|成员|责任|牵头|配合|适用|考核|参加|组织|实施|参训|参会)(?:部门|单位|人员|机构|对象|领导)|.*(?:会议|例会|办公会|扩大会|调度会)"
)
_PART = re.compile(r"(?:的)?(?:主要|工作|具体)?(?:职责|职责分工|职责任务)$")


def note_actor(note: str) -> str | None:
    """The leading body of a bracketed note of responsibility; None where the note is about something else."""
    body = note.strip("（）【】［］[]")
    label = _LABEL.search(body)
    if label:
        return (
            re.split(
                r"[；，。]|(?:配合|参加|协办|参与)(?:单位|部门)|(?:完成|办结|整改|落实)(?:时限|期限|时间)",
                body[label.end() :],
            )[0].strip("、")
            or None
        )
    if all(re.search(rf"(?:{_END})$", name) for name in body.split("、")) and len(body) > 3:
        return body
    lead = re.match(r"([^，；：]{2,160}?)(?:牵头|按职责分工(?:负责)?|分别负责|负责|具体实施|组织实施|列首)", body)
    if lead and re.search(rf"(?:{_END})(?:（[^（）]*）)?$", lead[1].rstrip("等按")):
        return lead[1].rstrip("等按")
    return None


def notes(bare: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Every note of responsibility between two places: its span and its leading body."""
    out = []
    for found in _NOTE.finditer(bare, start, end):
        if not re.search(r"牵头|负责|责任|实施", found[0]):
            continue
        who = note_actor(found[0])
        if who:
            out.append((found.start(), found.end(), who))
    return out
