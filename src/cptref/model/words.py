"""How a text is split into words that can be compared: numbers, signs and units apart, endings folded."""

from __future__ import annotations

import re
from functools import cache

BOTH, WITHOUT, LESS, MORE = "withwithout", "without", "<", ">"
_WITHOUT = r"(?:w/?o|without|w/out)"
_WITH = r"(?:w|with)"
# Signs and phrases that are one word each. Those that begin a word are apart, as most places in a text begin none.
_WORDS = {
    rf"(?:{_WITHOUT}\s*(?:&|and|\+|or|/|flwd|,)?\s*{_WITH}|{_WITH}\s*(?:&|and|\+|or|/)?\s*{_WITHOUT})\b(?!/o)": BOTH,
    r"c-\s*/?\s*c\+|c\+\s*/?\s*c-": BOTH,
    r"(?:w/?o\b/?|without\b|w/out\b|no\b(?! more))": WITHOUT,
    r"w(?:/|\b)": "with",
    r"x[- ]rays?\b": "xray",
    r"(?:less than|or less|or fewer|or under|or younger|up to|no more than)\b": LESS,
    r"(?:more than|greater than|or more|or greater|or larger|or older|or over|and over|and older|at least|minimum)\b": (
        MORE
    ),
}
_SIGNS = {
    r"</?=?|/<|=<": LESS,
    r"&?/?>=?": MORE,
    r"(?:(?<=\d)|(?<=yr))\s*\+(?![a-z])": MORE,
    r"(?<=\d)(?=(?:mm|cm|sq|sqcm|min|mins|mg|mcg|gm|ml|cc|hr|hrs|yr|yrs|days?|wk|wks|mo|g)\b)": "",
    r"(?<=[a-z]{3})(?=\d+\.\d|\d\d)": "",
}  # fmt: skip
_BEGINNING = re.compile(r"\b(?=[wcxnluogma])(?:" + "|".join(f"({pattern})" for pattern in _WORDS) + ")")
_SAID = [f" {word} " for word in _WORDS.values()]
_SIGNED = [f" {word} " for word in _SIGNS.values()]
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_HAS_SIGN = re.compile(r"[\d<>]")
_WORD = re.compile(r"[a-z]+(?:&[a-z]+)+|[<>]|\d+\.\d+|\.\d+|\d+(?=-\d)|[a-z]\d+(?![a-z0-9])|[a-z0-9]+")
_NUMBERS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15", "twenty": "20", "1st": "first", "2nd": "second",
    "3rd": "third", "under": LESS, "below": LESS, "over": MORE, "above": MORE,
}  # fmt: skip
_ENDINGS = ("ements", "ement", "ments", "ment", "ings", "ions", "ing", "ion", "als", "ies", "ied", "ed", "es", "al",
            "s", "e", "y")  # fmt: skip
_SHORTEST = 3
# Words that tell nothing apart.
STOP = frozenset("a an and at by for from in into is it of on or per the to via".split())


@cache
def _sign() -> re.Pattern[str]:
    """Compiled where it is needed: many texts have no sign."""
    return re.compile("|".join(f"({pattern})" for pattern in _SIGNS))


def words_of(text: str) -> list[str]:
    """The words of a text in their order, as written but for case; phrases such as `w/o & w/` and `or less` as one."""
    plain = text.lower().replace("'", "")
    plain = _BEGINNING.sub(lambda found: _SAID[(found.lastindex or 1) - 1], plain)
    if _HAS_SIGN.search(plain):
        plain = _sign().sub(lambda found: _SIGNED[(found.lastindex or 1) - 1], _THOUSANDS.sub("", plain))
    return [_plain(word) for word in _WORD.findall(plain)]


def _plain(word: str) -> str:
    if word[0].isdigit() or word[0] == ".":
        return f"{float(word):g}" if "." in word else _NUMBERS.get(word, word.lstrip("0") or "0")
    return _NUMBERS.get(word, word)


def stem(word: str) -> str:
    """A word without its ending, so that `removing`, `removal` and `removes` are one."""
    if len(word) > _SHORTEST and word.isalpha() and not word.endswith("ss"):
        for ending in _ENDINGS:
            rest = word.removesuffix(ending)
            if rest != word and len(rest) >= _SHORTEST and ("ion" not in ending or rest[-1] in "st"):
                return rest
    return word
