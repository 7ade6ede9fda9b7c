"""How much of something a text tells: interspaces, vertebrae, lesions, stages, square centimeters, minutes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_FIRST = {"C": 0, "T": 7, "L": 19, "S": 24}
_SPAN = re.compile(r"\b([CTLS])(\d{1,2})\s*[-\u2013/]\s*([CTLS]?)(\d{1,2})\b")
_VERTEBRA = re.compile(r"\b([CTL])(\d{1,2})\b")
_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_NUMBER = rf"(\d{{1,2}}|{'|'.join(_WORDS)})"
# `x 2`, but not `3 x 2 cm`, `x 3 months`, `x 3 applications`.
_TIMES = re.compile(
    r"(?<!\d )(?<!\d)\bx\s?(\d{1,2})(?=\s*(?:$|[,;:.)(]\D|[,;:.)(]$|(?:and|with|on|to|of)\b))", re.IGNORECASE
)
_THINGS = re.compile(
    rf"\b{_NUMBER}\s+(?:(?!cm|mm)[a-z]+\s+){{0,2}}(?:lesions?|nodules?|masses|sites|areas|biopsies|tags|keratoses|warts|polyps)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\b(?:right and left|left and right|both sides|bilateral)\b", re.IGNORECASE)
_STAGES = re.compile(rf"\b{_NUMBER}\s+stages\b", re.IGNORECASE)
_STAGE = re.compile(r"\bstage\s+(IV|V|I{1,3}|\d)\b", re.IGNORECASE)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
_AREA = re.compile(r"(\d+(?:\.\d+)?)\s*(?:sq\.?\s?cm|cm2|cm\u00b2|square (?:cm|centimeters?))\b", re.IGNORECASE)
_SIDES = re.compile(r"(\d+(?:\.\d+)?)\s*(?:cm)?\s*(?:x|by)\s*(\d+(?:\.\d+)?)(?:\s*(?:x|by)\s*\d+(?:\.\d+)?)?\s*cm\b")
_MINUTES = re.compile(r"\b(\d{1,3})\s*(?:min|mins|minutes)\b", re.IGNORECASE)
_HOURS = re.compile(rf"\b{_NUMBER}(?:\.\d)?\s*(?:h|hr|hrs|hours?)\b(?:\s*(?:and\s*)?(\d{{1,2}})\s*m)?", re.IGNORECASE)


def _number(text: str) -> int:
    return _WORDS.get(text.lower()) or int(text)


def _vertebra(letter: str, number: str) -> int:
    return _FIRST[letter] + int(number)


def interspaces(text: str) -> int:
    """The spaces between vertebrae: `L4-L5 and L5-S1` and `L4-S1` have two."""
    found: set[int] = set()
    for letter, number, other, last in _SPAN.findall(text):
        first, end = _vertebra(letter, number), _vertebra(other or letter, last)
        found.update(range(first, end))
    return len(found)


def vertebrae(text: str) -> int:
    """The vertebrae: `T12 and L1` has two."""
    return len({_vertebra(letter, number) for letter, number in _VERTEBRA.findall(text)})


def lesions(text: str) -> int:
    """Lesions: `x 2`, `three nodules`, `right and left`; 0 where none are counted."""
    told = [_number(each) for each in (*_TIMES.findall(text), *_THINGS.findall(text))]
    return max([*told, 2 if _BOTH.search(text) else 0])


def stages(text: str) -> int:
    """Stages: `two stages`, `Stage II`."""
    told = [_number(each) for each in _STAGES.findall(text)]
    told += [_ROMAN.get(each.upper()) or int(each) for each in _STAGE.findall(text)]
    return max(told, default=0)


def area(text: str) -> int:
    """Square centimeters, or the product of two sides; the largest, rounded up."""
    told = [float(each) for each in _AREA.findall(text)]
    told = told or [float(one) * float(two) for one, two in _SIDES.findall(text)]
    return -int(-max(told, default=0.0) // 1)


def minutes(text: str) -> int:
    """Minutes or hours, in minutes; the longest."""
    told = [int(each) for each in _MINUTES.findall(text)]
    told += [60 * _number(hours) + int(more or 0) for hours, more in _HOURS.findall(text)]
    return max(told, default=0)


_COUNTS: Mapping[str, Callable[[str], int]] = {
    "interspace": interspaces,
    "vertebra": vertebrae,
    "lesion": lesions,
    "stage": stages,
    "sq cm": area,
    "minutes": minutes,
}


def further(unit: str, text: str) -> int:
    """How many more than the first a text tells, by a unit such as `lesion`, `20 sq cm` or `15 minutes`.

    Time counts once more than half of the next unit has passed, as CPT counts it; other units count once they begin.
    """
    size, name = (int(unit.split(" ", 1)[0]), unit.split(" ", 1)[1]) if unit[0].isdigit() else (1, unit)
    count = _COUNTS[name](text)
    more = count - size
    if more <= 0:
        return 0
    return (more + (size - 1) // 2) // size if name == "minutes" else -(-more // size)
