"""Numbers that bind: number, unit, comparator, period (计量).

`find_measures` reads one sentence of bare text and returns every number in it that asks something of
somebody, leaving out what only names, counts what is there already, or tells a size class.

>>> [(m.quantity, m.unit, m.comparator) for m in find_measures("每年学习不少于20天，5个工作日内反馈")]
[(20, '天', '>='), (5, '个工作日', '<=')]
>>> find_measures("全市现有学校120所，第3次会议，三级以上医院") == []
True
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from luoshi.plantext import units
from luoshi.plantext.numerals import Number, value
from luoshi.plantext.taken import Taken

_NAMED = re.compile(
    r"《[^《》]{0,120}》|〔[^〔〕]{0,20}〕|“[^“”\"]{0,60}[”\"]|\"[^“”\"]{0,40}[”\"]|https?://\S+|1[3-9]\d{9}|\d{3,4}-\d{7,8}"
)
_FACT = re.compile(
    r"现有|已有|原有|目前|截至|截止|当前|已(?:经)?(?:发布|印发|出台|建成|完成|开展|累计|达到|达|有|发放|投入|实施|培育|认定|建立)|(?<![于较比按到过])上年|(?<![于较比按到过])去年|以来|历年|同比|共有|普遍存在|分别为"
)
_CLASS_UNITS = frozenset(
    (
        "元",
        "人",
        "岁",
        "公里",
        "千米",
        "米",
        "吨",
        "亩",
        "平方米",
        "千瓦",
        "年",
        "级",
        "层",
        "公顷",
        "M",
        "兆",
        "伏",
        "座",
        "张",
    )
)
_CLASS_AFTER = re.compile(
    r"(?:及|或|含)?(?:以上|以下|以内)?的?(?!以上|以下|以内)[\u4e00-\u9fff“]|(?:及|含)以[上下]的?\d"
)
_NOT_CLASS = re.compile(
    r"(?:及|或|含)?(?:以上|以下|以内|左右|上下|之内|内)?(?:[，。；、）（/\n]|$|和|以及|及|给予|提供|予以|用于|支持|补助|奖励|补贴|资金支持|的?(?:支持|补助|资助|奖励|补贴|资金|奖补|扶持|罚款|标准|比例|额度|目标|要求|投资)|投资后|风险补助|培养|进行|开展|得|扣|所需|标准配备)"
)
_PER = (
    r"(?:学年|学期|课时|学时|季度?|小时|平方米|立方米|标准立方米|平方公里|公里|千米|千瓦时|千瓦|公斤|千克|吨标煤|"
    r"[年月周日天人户次吨亩米个台套辆生件家场期班度株头只羽座间村校所床份张篇升克])"
)
_COMPOUND_UNIT = re.compile(rf"[/／](?:{_PER}(?:[/／·]{_PER})?|[^，。；、）（\s的以及]{{1,8}})")
_BEFORE_NONE = re.compile(r"(?:第|之|前|后|近|每|逢|[〇○]|同|其|另|统|唯|万|这|那|哪|首|上|下|头|单|逐|某|任)$")
_PERIOD_BEFORE = re.compile(
    r"每(?:人|名|个|家|户|半)?(?:年|季度?|个?月|周|个?星期|日|天|学期|旬|两年|人|家|户|村|校|班)?"
)
_EVENT_COUNT = re.compile(r"(?:首|[一二三四五六七八九十两\d]{1,2})次(?:出现|发生|违反|被|考核|不|未)")
_BARE_ROW = re.compile(r"(?<![\d.A-Za-z])(?:\d{1,6}(?:\.\d{1,3})?、){1,6}$")
_LOOKBACK = re.compile(r"(?:前|近|最近|过去)$")
_INGREDIENT = re.compile(r"(?:备好|备足|配备|使用|采用|购买|配制|浓度|含|用)$")
_FRACTION_BEFORE = re.compile(r"[、，。；（：]$|^$")


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of the text: its span, value, unit as written, comparator; `sort` helps to name its kind."""

    start: int
    end: int
    quantity: Number
    unit: str
    comparator: str
    quantity_max: Number | None = None
    sort: str = "number"


def find_measures(text: str, offset: int = 0, taken: list[tuple[int, int]] | None = None) -> list[Measure]:
    """Every binding number of one sentence; `taken` are spans (dates) that hold no measure."""
    closed = Taken()
    for named in _NAMED.finditer(text):
        closed.places.update(range(named.start(), named.end()))
    for start, end in taken or []:
        closed.places.update(range(start - offset, end - offset))
    found: list[Measure] = []
    for source in (_arabic, _chinese, _words):
        for one in source(text):
            closed.put(found, one)
    found.sort(key=lambda m: m.start)
    found = _spread(text, _pair_bounds(text, found))
    facts = [(m.start(), m.end()) for m in _FACT.finditer(text)]
    kept = [m for m in found if not _is_fact(text, m, facts)] if facts else found
    return [replace(m, start=m.start + offset, end=m.end + offset) for m in kept]


def _arabic(text: str) -> list[Measure]:
    out = []
    for found in units.NUMBER.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        unit, number = found["unit"], value(found["n"])
        if number is None or before.endswith(("第", "—", "-", "/", "＋", "NO", "号")) or _stray(text, found):
            continue
        joined = _COMPOUND_UNIT.match(after)
        end = found.end() + (joined.end() if joined else 0)
        unit += joined[0] if joined else ""
        if _size_class(unit, before, text[end:]) or (unit == "%" and _ingredient(before, text[end:])):
            continue
        if before.endswith("含") and "（" in before[-3:]:
            continue
        if before.endswith("前") and not before.endswith("提前") and not re.match(r"内|之内", text[end:]):
            continue
        top = value(found["max"]) if found["max"] else None
        comparator = units.compare(before, text[end:])
        out += _row(text, found.start(), _clean(unit), comparator)
        out.append(Measure(found.start(), end, number, _clean(unit), comparator, top))
    return out


def _row(text: str, start: int, unit: str, comparator: str) -> list[Measure]:
    """Numbers before a last one that alone carries the unit (分别奖20、10分)."""
    found = _BARE_ROW.search(text, max(0, start - 40), start)
    if not found:
        return []
    out = []
    for one in re.finditer(r"\d+(?:\.\d+)?", found[0]):
        number = value(one[0])
        if number is not None:
            place = found.start() + one.start()
            out.append(Measure(place, place + len(one[0]), number, unit, comparator))
    return out


_COMPARED = re.compile(r"(?:不少于|不低于|不得少于|不超过|不得超过|不短于|至少|最长|最多|为期)$")


def _stray(text: str, found: re.Match[str]) -> bool:
    """Digits that belong to a name or a word, not to a count."""
    unit, after = found["unit"], text[found.end() : found.end() + 3]
    if unit == "分" and re.search(r"\d[时点]$", text[max(0, found.start() - 3) : found.start()]):
        return True
    if unit == "小时" and found["n"] == "24" and re.match(r"(?![内以之后前])[\u4e00-\u9fff]", after):
        return True
    if unit == "年" and (len(found["n"]) == 4 or after.startswith(("级", "代", "行动", "计划", "规划"))):
        return True
    if (
        unit == "日"
        and not _COMPARED.search(text, 0, found.start())
        and not after.startswith(("内", "以内", "之内", "前", "后"))
    ):
        return True
    if unit in ("个方面", "个阶段") and not re.search(r"分(?:为|成)?$", text[: found.start()]):
        return True
    if unit == "号" or (unit in ("条", "项") and re.match(r"(?:政策|措施|意见|举措|硬措施|规定)", after)):
        return True
    return bool(
        unit in ("部", "门", "期", "本", "起", "度", "口", "成", "班", "头", "回", "安", "块", "片")
        and re.match(r"[\u4e00-\u9fff]", after)
        and unit not in ("块", "部", "期", "门", "起", "本")
    )


def _chinese(text: str) -> list[Measure]:
    out = []
    for found in units.CHINESE_NUMBER.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        number = value(found["n"])
        within = before.endswith("后") and re.match(r"之?内|以内", after)
        named = _BEFORE_NONE.search(before[-1:]) and not _PERIOD_BEFORE.search(before[-4:])
        if number is None or (named and not within):
            continue
        comparator = units.compare(before, after)
        unit = found["unit"]
        if not _chinese_binds(before, after, found["n"], unit, comparator):
            continue
        if _size_class(unit, before, after):
            continue
        top = value(found["max"]) if found["max"] else None
        sort = "event" if _EVENT_COUNT.match(text, found.start()) else "number"
        out.append(Measure(found.start(), found.end(), number, _clean(unit), comparator, top, sort))
    for found in re.finditer(r"首次(?=出现|发生)", text):
        out.append(Measure(found.start(), found.end(), 1, "次", "=", None, "event"))
    return out


def _chinese_binds(before: str, after: str, numeral: str, unit: str, comparator: str) -> bool:
    """A numeral in Chinese binds where something compares it, a period rules it, or it counts doings and posts."""
    if re.match(r"(?:考核|考评|评价)?(?:期|周期|年度)", after) or (numeral == "一" and unit == "批"):
        return False
    if numeral == "一" and re.search(r"达到?$", before):
        return False
    if before.endswith("第") or (
        re.match(r"(?:比|对|起|一|体|带|路|线|网|键|律|批|系列|定|般|些|样|并|道|同|把|切|致)", after[:1])
        and unit == "个"
        and numeral == "一"
    ):
        return False
    if (
        unit in ("批", "分", "条", "部", "本", "门", "起", "度", "成", "口", "块", "班", "层", "例", "款")
        and comparator == "="
    ):
        return False
    if unit == "个阶段":
        return bool(re.search(r"分(?:为|成)?$", before))
    if numeral == "半":
        return unit in ("天", "年", "小时", "日") and not re.search(r"(?:[每上下前后大]|(?<!超)过)$", before)
    if unit.startswith("个工作日") or unit == "工作日":
        return bool(re.match(r"以?内|之内|后|前", after)) or comparator != "="
    if unit in ("年", "天", "日", "个月", "小时", "周", "分钟"):
        return before.endswith("为期") or (
            (comparator in ("<=",) and unit != "年")
            or bool(re.search(r"(?:不少于|不低于|不超过|至少|不得超过|最长|最多)[\u4e00-\u9fff]{0,2}$", before))
            or bool(re.match(r"内|之内|以内", after) and not before.endswith(("近", "前")))
        )
    if _PERIOD_BEFORE.search(before[-14:]) and unit in (
        "次",
        "场",
        "期",
        "轮",
        "遍",
        "篇",
        "名",
        "个",
        "节",
        "堂",
        "件",
        "项",
    ):
        return not (numeral == "一" and unit == "个" and before.endswith("每"))
    if comparator != "=":
        return (
            unit not in ("人", "年", "级", "户")
            or not re.match(r"以上|以下", after)
            or bool(re.search(r"(?:不少于|至少|不超过)$", before))
        )
    if unit == "次" and numeral in ("一", "两", "二", "三", "四", "五", "六"):
        if _EVENT_COUNT.match(numeral + "次" + after[:4]):
            return True
        return bool(
            re.search(r"(?:开展|组织|召开|举办|进行|举行|安排|至少|集中|完成)[\u4e00-\u9fff]{0,3}$", before)
            or re.match(r"[，。；）]|$", after)
        )
    if unit in ("名", "位"):
        return bool(re.search(r"(?:明确|确定|安排|指定|配备|选派|选定|落实|由|设|配齐|派驻|固定)$", before))
    return False


def _words(text: str) -> list[Measure]:
    out = []
    for found in units.PERCENT_WORD.finditer(text):
        number = value(found["n"].replace("点", "")) if "点" not in found["n"] else None
        if number is not None:
            out.append(
                Measure(
                    found.start(), found.end(), number, "%", units.compare(text[: found.start()], text[found.end() :])
                )
            )
    for found in units.BARE_SCALE.finditer(text):
        scale, unit = found["scale"] or found["scale2"], found["unit"] or found["unit2"]
        if found.start() and text[found.start() - 1].isdigit() and not found["scale"]:
            continue
        amount, name = (units.SCALES[scale], unit) if scale in units.SCALES else (10_000, "亿" + unit)
        about = found[0][0] in "约近"
        out.append(Measure(found.start(), found.end(), amount, name, "=" if about else ">="))
    for found in re.finditer(r"减半|半价", text):
        out.append(Measure(found.start(), found.end(), 50, "%", "="))
    for found in re.finditer(r"全额(?=[\u4e00-\u9fff]{0,2}(?:补|返|拨|退|保|资|奖|承|支|免|减))", text):
        out.append(Measure(found.start(), found.end(), 100, "%", "="))
    return out


def _clean(unit: str) -> str:
    return unit.replace("余", "").replace("多", "") if len(unit) > 1 else unit


def _size_class(unit: str, before: str, after: str) -> bool:
    """Whether the number only tells which firms, villages or hospitals are meant (50人以上企业)."""
    bare_unit = re.split(r"[/／]", unit.lstrip("十百千万亿"))[0]
    if bare_unit not in _CLASS_UNITS and bare_unit != "个":
        return False
    if bare_unit in ("座", "张") and not re.match(r"以[上下]", after):
        return False
    if re.search(
        r"(?:不少于|不低于|不小于|不超过|不得|不应|至少|最高|最多|每人|每名|每家|每个|每项|给予|补助|奖励|奖补|补贴|资助|投入|设立|总规模)[\u4e00-\u9fff]{0,3}$",
        before,
    ):
        return False
    if bare_unit == "个":
        return False
    if unit == "年" and re.match(r"以?内|之内", after):
        return False
    if re.match(r"(?:及|含)以[上下]的?\d+[个处家座台户条]", after):
        return True
    return bool(_CLASS_AFTER.match(after)) and not _NOT_CLASS.match(after)


def _ingredient(before: str, after: str) -> bool:
    """A share that only describes a thing (75%酒精)."""
    if re.search(
        r"(?:降低|提高|达到|达|增长|下降|减少|超过|低于|高于|给予|按|的|为|到|至|约|上浮|下浮|不少于|不超过|占|比)$",
        before,
    ):
        return False
    if _INGREDIENT.search(before) and re.match(r"[\u4e00-\u9fff]", after) and not after.startswith("的"):
        return True
    return (
        bool(_FRACTION_BEFORE.search(before[-1:]))
        and bool(re.match(r"[\u4e00-\u9fff]", after))
        and after[0] not in "的以左得扣给由和及用进提计支补贴资"
    )


def _pair_bounds(text: str, found: list[Measure]) -> list[Measure]:
    """75分以上90分以下 is one number with an upper bound."""
    out: list[Measure] = []
    for one in found:
        last = out[-1] if out else None
        if (
            last
            and last.unit == one.unit
            and re.fullmatch(r"（?含?）?以上(?:（含）)?[、，至到]?(?:不满|低于)?", text[last.end : one.start])
            and re.match(r"以下|以内|的|为|$", text[one.end : one.end + 2])
        ):
            out[-1] = replace(last, quantity_max=one.quantity, end=one.end)
        else:
            out.append(one)
    return out


def _spread(text: str, found: list[Measure]) -> list[Measure]:
    """分别不超过2小时、4小时、5小时: the comparator of the first holds for the row."""
    out: list[Measure] = []
    for one in found:
        last = out[-1] if out else None
        if (
            last
            and one.comparator == "="
            and last.comparator != "="
            and re.fullmatch(r"(?:（[^（）]*）)?、", text[last.end : one.start])
            and last.unit == one.unit
        ):
            one = replace(one, comparator=last.comparator)
        out.append(one)
    return out


def _is_fact(text: str, one: Measure, facts: list[tuple[int, int]]) -> bool:
    """Whether the number tells what is there already; `facts` are the places that say so, in order."""
    start = max(text.rfind("，", 0, one.start), text.rfind("；", 0, one.start)) + 1
    last = bisect_right(facts, (one.start, 0)) - 1
    while last >= 0 and facts[last][1] > one.start:
        last -= 1
    if last < 0:
        return False
    begin, end = facts[last]
    between = text[end : one.start]
    if begin >= start:
        return not re.search(r"(?:基础上|力争|新增|达到|提高到|提升到|增加到|不少于|不低于)", between)
    return "其中" in between or not re.search(r"[要应须争年将力保确新达完不]", between)
