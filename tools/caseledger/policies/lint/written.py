"""Lengths of time as people write them: 24 小时, 三个工作日, 3 working days, three years."""

import re
from collections.abc import Iterator

from caseledger.duration import Duration

_DIGITS = "零一二三四五六七八九"
_UNITS_ZH = {
    "秒钟": "s", "秒": "s", "分钟": "min", "工作小时": "wh", "小时": "h", "工作日": "wd",
    "日": "d", "天": "d", "个月": "mo", "年": "y",
}  # fmt: skip
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "twenty-four": 24, "thirty": 30,
    "thirty-six": 36, "forty-five": 45, "forty-eight": 48, "sixty": 60, "seventy-two": 72, "ninety": 90,
}  # fmt: skip
_UNITS_EN = {
    "working hour": "wh", "working day": "wd", "business hour": "wh", "business day": "wd",
    "second": "s", "minute": "min", "hour": "h", "day": "d", "month": "mo", "year": "y",
}  # fmt: skip

_NUMERALS = "两零一二三四五六七八九十百"
_ZH = re.compile(
    rf"(?<![0-9.月年第每〇{_NUMERALS}])(?<!月 )(?<!最后)([0-9]{{1,3}}|[{_NUMERALS}]+)[ \t]*(?:个)?(?:自然)?"
    r"(秒钟|秒|分钟|工作小时|小时|工作日|日|天|(?<=个)月|年)(?!度)"
)
_EN = re.compile(
    rf"\b([0-9]{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})(?:[ \t]+|-)(?:calendar[ \t]+|full[ \t]+)?"
    rf"({'|'.join(unit.replace(' ', '[ -]') for unit in _UNITS_EN)})s?\b",
    re.IGNORECASE,
)


def lengths(text: str) -> Iterator[tuple[int, str, Duration]]:
    """Every length of time in a Chinese or English text: where it begins, as written, and what it means."""
    for match in _ZH.finditer(text):
        unit = "个月" if match[2] == "月" else match[2]
        yield match.start(), match[0], Duration(_chinese(match[1]), _UNITS_ZH[unit])
    for match in _EN.finditer(text):
        number, unit = match[1].lower(), match[2].lower().replace("-", " ")
        yield match.start(), match[0], Duration(_NUMBERS.get(number) or int(number), _UNITS_EN[unit])


def _chinese(number: str) -> int:
    """A number below a thousand in digits or Chinese numerals: 24, 三, 十, 二十四, 一百二十."""
    if number.isdecimal():
        return int(number)
    total = pending = 0
    for character in number.replace("两", "二"):
        if character in "十百":
            total += (pending or 1) * (10 if character == "十" else 100)
            pending = 0
        else:
            pending = _DIGITS.index(character)
    return total + pending
