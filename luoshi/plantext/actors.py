"""Who has to act: subjects of sentences, clause titles and bracketed notes (责任主体).

>>> leading_actor("各乡镇政府要每月召开例会")
('各乡镇政府', 5)
>>> leading_actor("由县教育局会同有关部门抽查")
('县教育局', 5)
>>> note_actor("（牵头单位：县水利局；配合单位：各乡镇）")
'县水利局'
"""

import re

from luoshi.plantext.lexicon import ACT, ADVERB, AIM_HEAD, MODAL, OPENER

# Endings by which a noun phrase is known to be somebody.
_ENDINGS = [
    "委员会",
    "人民政府",
    "政府",
    "党委",
    "党组",
    "党委会",
    "党支部",
    "党总支",
    "支部",
    "办公室",
    "指挥部",
    "领导小组",
    "工作组",
    "专班",
    "督查组",
    "检查组",
    "考核组",
    "工作小组",
    "小组",
    "纪检监察机关",
    "监察组",
    "纪委监委",
    "纪委",
    "监委",
    "检察院",
    "法院",
    "中心组",
    "中心",
    "委办",
    "宣传部",
    "组织部",
    "网信办",
    "文明办",
    "统战部",
    "管委会",
    "居委会",
    "村委会",
    "业委会",
    "联席会议",
    "委",
    "办",
    "局",
    "厅",
    "院",
    "处",
    "科",
    "股",
    "室",
    "股室",
    "科室",
    "站",
    "所",
    "队",
    "大队",
    "支队",
    "总队",
    "公司",
    "集团",
    "企业",
    "工厂",
    "车间",
    "单位",
    "部门",
    "机关",
    "机构",
    "学校",
    "各校",
    "中学",
    "小学",
    "幼儿园",
    "园区",
    "医院",
    "银行",
    "协会",
    "学会",
    "联合会",
    "工会",
    "团委",
    "妇联",
    "社区",
    "街道",
    "乡镇",
    "镇街",
    "镇村",
    "村组",
    "市州",
    "县区",
    "旗县区",
    "区县",
    "县市",
    "各县",
    "各市",
    "各区",
    "各镇",
    "各乡",
    "各村",
    "各地",
    "街道办",
    "干部",
    "干部职工",
    "职工",
    "人员",
    "同志",
    "负责人",
    "负责同志",
    "责任人",
    "领导",
    "主要领导",
    "分管领导",
    "领导班子",
    "成员",
    "班子成员",
    "成员单位",
    "主任",
    "局长",
    "校长",
    "园长",
    "院长",
    "书记",
    "县长",
    "市长",
    "组长",
    "河长",
    "湖长",
    "网格员",
    "教师",
    "班主任",
    "党员",
    "员工",
    "家长",
    "学生",
    "代表",
    "运营商",
    "供应商",
    "施工方",
    "业主",
    "窗口",
    "居民",
    "群众",
    "志愿者",
    "辅导员",
    "第一责任人",
    "专家",
    "专家学者",
    "运营单位",
    "经办人",
    "承办人",
    "牵头单位",
    "责任单位",
    "主管部门",
    "行政部门",
    "供电公司",
    "个人",
    "执法办",
    "通管办",
    "经营者",
    "管理者",
    "法人",
    "项目部",
    "巡查员",
    "保洁员",
    "联络员",
    "社会组织",
    "金融机构",
    "纳税人",
    "监理",
    "派出所",
    "部",
    "组",
]
_END = "|".join(sorted(set(_ENDINGS), key=len, reverse=True))
_BODY = r"[\u4e00-\u9fffA-Za-z\d（）·、“”\"]"
_NAME = re.compile(
    rf"{_BODY}{{0,48}}?(?:{_END})(?:（[^（）]{{0,30}}）)?(?:(?:和|及|与|以及|、){_BODY}{{1,40}}?(?:{_END}))*(?:等(?:单位|部门|有关部门)?)?(?:负责人|负责同志|主要负责人|人员|每人)?"
)
_FOLLOWS = re.compile(
    r"(?:每[年月周季日半天]|至少|原则上|原则|按|根据|对|将|向|在|于|以|为|与|会同|通过|结合|按照|围绕|针对|就|从|把|到|自|每人|一次|集体|均|各|自主|落实|全面|负责|牵头|应|要|须|必须|不得|需|可|作为|作|，|不)"
)
_NOT_ACTOR = re.compile(
    r"^(?:[、和及与的]|建立|设立|成立|组建|召开|加强|完善|推进|推动|开展|制定|落实|强化|做好|组织|坚持|深入|对|向|在|以|按|为|通过|根据|结合|针对|围绕|每|鼓励|支持|引导|发挥|充分)"
)
_NOTE = re.compile(
    r"（([^（）]{0,60}(?:牵头|负责|责任单位|牵头单位|责任部门|牵头考核单位|配合|落实|组织实施|具体实施|列首)[^（）]{0,300}|(?:[^（）]{2,20}(?:局|委|办|厅|室|部|公司|政府)、?){1,12})）"
)
_LABEL = re.compile(
    r"(?:牵头(?:责任|考核)?单位|牵头部门|责任(?:单位|部门|人|科室|股室)|主办单位|承办单位|主要责任单位|实施单位|落实单位)："
)


def leading_actor(piece: str) -> tuple[str, int] | None:
    """The somebody a piece opens with, and where the rest of the piece begins; None where there is none."""
    skip = 0
    head = re.match(r"(?:再|并|同时|然后|由|请|、|原则上|其中)+", piece)
    if head:
        skip = head.end()
    by = "由" in piece[:skip]
    rest = piece[skip:]
    if not by and _NOT_ACTOR.match(rest):
        return None
    best: tuple[str, int] | None = None
    for found in re.finditer(
        rf"(?:{_END})(?:（[^（）]{{0,30}}）)?(?:等(?:单位|部门|有关部门)?)?(?:负责人|负责同志|主要负责人|人员)?",
        rest[:90],
    ):
        name, after = rest[: found.end()], rest[found.end() :]
        if not _clean_name(name, by):
            break
        if _starts_predicate(after):
            best = (name.strip("，、：\n"), skip + found.end())
            if by or not re.match(r"[和及与、]", after):
                break
    return best


def _clean_name(name: str, by: bool) -> bool:
    if "，" in name or "。" in name or name.count("的") > 1:
        return False
    bare = re.sub(r"（[^（）]*）|“[^”\"]*[”\"]", "", name)
    verb = re.search(
        r"(?:开展|建立|组织(?!部)|加强|推进|推动|召开|制定|完善|落实|实施|进行|纳入|提供|学习(?!中心组)|提高|提升|深入|充分|形成|设立|成立|实现|支持|鼓励|严格|对(?!口|外))",
        bare,
    )
    return verb is None


def _starts_predicate(after: str) -> bool:
    if not after:
        return False
    return bool(
        MODAL.match(after)
        or ADVERB.match(after)
        or ACT.match(after)
        or AIM_HEAD.match(after)
        or OPENER.match(after)
        or _FOLLOWS.match(after)
    ) and not re.match(
        r"(?:和|及|与|、|的|等|工作|管理|责任|建设|负责人|负责同志|服务(?!中心)|同志|监管|会议|会(?!同)|领导|党委|干部|人员|成员|作用|意见|要求|委托|考核(?!评)|配合)",
        after,
    )


def title_actor(title: str) -> str | None:
    """The somebody that is the whole title of a clause (（三）市城市管理局)."""
    bare = re.sub(r"（简称“?[^（）]{1,20}”?）", "", title).strip("：。 ")
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


def note_actor(note: str) -> str | None:
    """The leading body of a bracketed note of responsibility; None where the note is about something else."""
    body = note.strip("（）")
    label = _LABEL.search(body)
    if label:
        return re.split(r"[；，。]|(?:配合|参加|协办|参与)单位", body[label.end() :])[0].strip("、") or None
    lead = re.match(r"([^，；：]{2,160}?)(?:牵头|按职责分工(?:负责)?|分别负责|负责|具体实施|组织实施|列首)", body)
    if lead and re.search(rf"(?:{_END})(?:（[^（）]*）)?$", lead[1].rstrip("等按")):
        return lead[1].rstrip("等按")
    return None


def notes(bare: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Every note of responsibility between two places: its span and its leading body."""
    out = []
    for found in re.finditer(r"（[^（）\n]{3,300}）", bare[start:end]):
        if not re.search(r"牵头|负责|责任|实施", found[0]):
            continue
        who = note_actor(found[0])
        if who:
            out.append((start + found.start(), start + found.end(), who))
    return out
