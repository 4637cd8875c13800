"""Numbers in the forms that Word's lists know (编号格式).

>>> [numeral(12, form) for form in ("chineseCounting", "decimalZero", "upperRoman", "decimalEnclosedCircle")]
['十二', '12', 'XII', '⑫']
>>> [numeral(n, "chineseLegalSimplified") for n in (1, 10, 21)], numeral(2, "ideographTraditional")
(['壹', '壹拾', '贰拾壹'], '乙')
>>> numeral(28, "upperLetter"), numeral(20, "chineseCountingThousand"), numeral(0, "chineseCounting")
('BB', '二十', '0')
"""

import cn2an

_COUNTING = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "koreanCounting",
     "taiwaneseCountingThousand", "japaneseDigitalTenThousand")
)  # fmt: skip
_DIGITAL = frozenset(("ideographDigital", "taiwaneseDigital"))
_LEGAL = frozenset(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"))
# Forms that have one sign for each number: the first sign and how many there are.
_SIGNS = {
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedCircleChinese": ("①", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
    "ideographEnclosedCircle": ("㊀", 10),
}
_CYCLES = {"ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥"}
_ROMAN = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")]
_ROMAN += [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


def numeral(number: int, form: str) -> str:
    """A number in a form of Word's; forms without a rule here come out in figures."""
    if number <= 0 or number > 100_000:
        return str(number)
    if form in _COUNTING:
        said = str(cn2an.an2cn(number))
        return said.removeprefix("一") if 10 <= number < 20 else said
    if form in _LEGAL:
        return str(cn2an.an2cn(number, "up"))
    if form in _DIGITAL:
        return "".join("○一二三四五六七八九"[int(digit)] for digit in str(number))
    if form in _SIGNS and number <= _SIGNS[form][1]:
        return chr(ord(_SIGNS[form][0]) + number - 1)
    if form in _CYCLES and number <= len(_CYCLES[form]):
        return _CYCLES[form][number - 1]
    if form in ("upperLetter", "lowerLetter") and number <= 26 * 9:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman") and number < 4000:
        said = _roman(number)
        return said if form == "upperRoman" else said.lower()
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    return "" if form == "none" else str(number)


def _roman(number: int) -> str:
    out = ""
    for size, sign in _ROMAN:
        count, number = divmod(number, size)
        out += sign * count
    return out
