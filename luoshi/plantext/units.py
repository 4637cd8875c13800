# ruff: noqa: E501
"""Measure words and the words that compare (量词与比较词).

Organised by what they do to a number; nothing here knows any one plan.
"""

import re

# Measure words that follow a number. 个 may carry the noun that it makes a unit of its own.
GE_NOUNS = (
    "工作日",
    "自然日",
    "百分点",
    "小时",
    "星期",
    "学期",
    "季度",
    "学年",
    "基点",
    "批次",
    "方面",
    "阶段",
    "等级",
    "档次",
    "标准班",
    "月",
)
TIME_UNITS = ("工作日", "自然日", "小时", "分钟", "学时", "课时", "天", "日", "周", "年", "秒")
COUNTERS = (
    "人次", "场次", "批次", "班次", "人份", "次", "场", "期", "篇", "条", "件", "份", "项", "名", "人", "位", "家", "户", "所", "处",
    "座", "台", "套", "辆", "艘", "架", "间", "栋", "幢", "根", "只", "支", "枚", "张", "块", "片", "本", "册", "部", "门", "节", "堂",
    "班", "轮", "遍", "回", "批", "株", "棵", "头", "羽", "盏", "口", "眼", "款", "档", "例", "宗", "起", "个",
)  # fmt: skip
AMOUNTS = (
    "平方公里", "平方千米", "平方米", "立方米", "千瓦时", "标准煤", "公里", "千米", "厘米", "毫米", "公斤", "千克", "公顷", "千瓦",
    "兆瓦", "美元", "分贝", "赫兹", "欧姆", "米", "吨", "克", "亩", "元", "度", "欧", "伏", "安", "倍", "成", "分", "岁", "层", "吨标准煤",
    "微克",
    "毫克",
    "纳克",
    "蒸吨",
    "标准立方米",
    "兆", "升",
)  # fmt: skip
LATIN = ("Mbps", "Gbps", "km", "kW", "kV", "MW", "mm", "cm", "kg", "mg", "ml", "dB", "Hz", "M", "m", "t", "℃")
SHARES = ("%", "‰")

_WORDS = sorted((*TIME_UNITS, *COUNTERS, *AMOUNTS), key=len, reverse=True)
_SCALE = r"(?:万亿|百万|千万|十万|万|亿)?"
UNIT = (
    rf"(?P<unit>%|‰|{_SCALE}(?:余|多)?(?:个(?:{'|'.join(GE_NOUNS)})|{'|'.join(_WORDS)})"
    rf"|(?:{'|'.join(LATIN)})(?![A-Za-z0-9]))"
)
NUMBER = re.compile(
    r"(?<![A-Za-z\d.,+×])(?P<n>\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,4})?(?!\d)|\d{1,12}(?:\.\d{1,4})?)"
    r"(?:(?:(?:%|万|亿|元|米|岁|年|天|个|万元|亿元)?[-—－至到]{1,2})(?P<max>\d{1,12}(?:\.\d{1,4})?))?" + UNIT
)
CHINESE_NUMBER = re.compile(
    rf"(?P<n>[一二三四五六七八九十百千两]{{1,6}}|半)(?:[至到](?P<max>[一二三四五六七八九十两]{{1,3}}))?{UNIT}"
)
PERCENT_WORD = re.compile(r"百分之(?P<n>[一二三四五六七八九十百零点]{1,6})")
BARE_SCALE = re.compile(
    r"(?:超|逾|达|过|约|近|破)(?P<scale>万亿|百万|千万|十万|万|亿)(?P<unit>"
    + "|".join(_WORDS)
    + r")|(?P<scale2>万|亿)(?P<unit2>"
    + "|".join(_WORDS)
    + r")(?=以上)"
)
SCALES = {"万": 10_000, "十万": 100_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}

# What compares, before the number and after it.
AT_LEAST = (
    "不少于", "不低于", "不小于", "不短于", "不得少于", "不得低于", "不得小于", "不应少于", "不应低于", "不应小于", "不能少于", "不能低于",
    "至少", "起码", "最少", "最低", "达到或超过", "力争达到", "达到", "要达", "率达", "达", "超过", "突破", "大于", "多于", "高于", "超", "逾", "满(?!分|意|足)",
)  # fmt: skip
AT_MOST = (
    "不超过", "不多于", "不高于", "不大于", "不得超过", "不得多于", "不得高于", "不得大于", "不应超过", "不应大于", "不能超过", "不超出",
    "最高", "最多", "最长", "至多", "上限为", "上限", "小于", "低于", "少于", "短于", "只能有", "仅限", "限额", "控制在", "压减到", "压缩到", "压缩至", "缩短至", "降至", "降到",
)  # fmt: skip
_BEFORE_LEAST = re.compile(
    rf"(?:{'|'.join(sorted(AT_LEAST, key=len, reverse=True))})(?:到|为|有|开展|组织|接地|召开|举办|安排|完成|培训|学习|[\u4e00-\u9fff]{{0,2}})?$"
)
_BEFORE_MOST = re.compile(
    rf"(?:{'|'.join(sorted(AT_MOST, key=len, reverse=True))})(?:到|为|有|[\u4e00-\u9fff]{{0,2}})?$"
)
_AFTER_LEAST = re.compile(r"[)）]?(?:\([^)]*\))?(?:及|或|含)?以上|(?:起步|起)(?![\u4e00-\u9fff])|后")
_AFTER_MOST = re.compile(r"[)）]?(?:及|或)?以下|以内|之内|内(?![部外容涵设在])|封顶")
_AFTER_ABOUT = re.compile(r"[\u4e00-\u9fff]?左右|上下")
_BEFORE_ABOUT = re.compile(r"(?:约|大约|约为)$")


def compare(before: str, after: str) -> str:
    """The comparator of a number from the words around it.

    >>> compare("每年不少于", "，"), compare("控制在", "以内"), compare("达到", "左右"), compare("建设", "")
    ('>=', '<=', '=', '=')
    """
    before = before[-16:]
    if before.endswith("提前"):
        return ">="
    if _AFTER_ABOUT.match(after) or _BEFORE_ABOUT.search(before):
        return "="
    if _AFTER_LEAST.match(after):
        return ">="
    if _AFTER_MOST.match(after):
        return "<="
    if re.search(r"不(?:得|应|能)?(?:少于|低于|小于|短于)[\u4e00-\u9fff]{0,10}$", before):
        return ">="
    if re.search(r"不(?:得|应|能)?(?:超过|多于|高于|大于|超出)[\u4e00-\u9fff]{0,10}$", before):
        return "<="
    if _BEFORE_MOST.search(before) or re.search(r"最(?:高|多|长)[\u4e00-\u9fff]{0,6}$", before):
        return "<="
    if _BEFORE_LEAST.search(before):
        return ">="
    return "="
