"""What stands in a field of a claim: dates, units, money, codes with their modifiers, places, diagnoses.

Each function takes the field's text and raises ValueError, with a reason that does not quote it, for what it is not.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from cptref.model.syntax import is_code

K = TypeVar("K")
V = TypeVar("V")
ONE = Decimal(1)
SETTINGS = ("practitioner", "hospital", "dme")

_TIME = re.compile(r"[T ]\d\d:\d\d.*")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_AMERICAN = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})", re.ASCII)
_NAMED_MONTH = re.compile(r"(\d\d?)-([A-Z]{3})-(\d{4})", re.ASCII)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_NUMBER = re.compile(r"[+-]?(?:\d{1,12}(?:\.\d{0,6})?|\.\d{1,6})", re.ASCII)
_MONEY = re.compile(r"([+-]?)\$?((?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{0,4})?|\.\d{1,4})", re.ASCII)
_BETWEEN = re.compile(r"[\s,;:|/-]+")
_GLUED = re.compile(r"[0-9A-Z]{5}(?:[0-9A-Z]{2}){0,4}")
_MODIFIERS = re.compile(r"(?:[0-9A-Z]{2}){1,4}")
# ICD-10-CM, or the ICD-9-CM of old claims.
_DIAGNOSIS = re.compile(r"[A-Z]?[0-9][0-9A-Z]{1,6}", re.ASCII)


class Memo(dict[K, V]):
    """Values that have been made before: a million lines have few dates, codes and units among them."""

    def __init__(self, make: Callable[[K], V]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: K) -> V:
        if len(self) >= 20_000:
            self.clear()
        value = self[key] = self._make(key)
        return value


def day(text: str) -> date:
    """`2026-07-15`, `20260715`, `7/15/2026` or `15-JUL-2026`, with a time of day or without."""
    text = _TIME.sub("", text.strip().upper())
    try:
        if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _AMERICAN.fullmatch(text):
            return date(int(found[3]), int(found[1]), int(found[2]))
        if found := _NAMED_MONTH.fullmatch(text):
            return date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        pass
    raise ValueError("date: not a date such as 2026-07-15, 20260715 or 7/15/2026" if text else "no date of service")


def units(text: str) -> Decimal:
    """A number of units as billed: zero, parts and negative ones are for the rules to judge."""
    if not _NUMBER.fullmatch(text.strip()):
        raise ValueError("units: not a number")
    return Decimal(text.strip())


def money(text: str) -> Decimal | None:
    """US dollars, such as 1234.5 or $1,234.50; None where there is nothing."""
    if not text.strip():
        return None
    found = _MONEY.fullmatch(text.strip())
    if not found:
        raise ValueError("charge: not an amount of dollars")
    return Decimal(found[1] + found[2].replace(",", ""))


def procedure(texts: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """A code and its modifiers, from the text of the code and those of modifiers.

    Modifiers may stand behind the code (`43214-59`) or be glued to it (`4321459`). All empty gives an empty code.
    """
    cleaned = _BETWEEN.sub("", texts[0]).upper()
    modifiers = [modifier for text in texts[1:] for modifier in _modifiers(text)]
    if not cleaned:
        if modifiers:
            raise ValueError("code: modifiers without a code")
        return "", ()
    code = cleaned[:5]
    if not _GLUED.fullmatch(cleaned) or not is_code(code):
        lost = " (leading zeros lost?)" if cleaned.isdecimal() and len(cleaned) in (3, 4) else ""
        raise ValueError(f"code: not a CPT or HCPCS code{lost}")
    behind = [modifier for modifier in _pairs(cleaned[5:]) if modifier not in modifiers]
    return code, (*behind, *modifiers)


def _modifiers(text: str) -> list[str]:
    found = []
    for part in _BETWEEN.split(text.strip().upper()):
        if part and not _MODIFIERS.fullmatch(part):
            raise ValueError("modifiers: not modifiers of two characters each")
        found += _pairs(part)
    return found


def _pairs(text: str) -> list[str]:
    return [text[start : start + 2] for start in range(0, len(text), 2)]


def place(text: str) -> str:
    """A place of service in two digits: spreadsheets drop the first where it is zero."""
    text = text.strip()
    if text and not (len(text) <= 2 and text.isascii() and text.isdecimal()):
        raise ValueError("place_of_service: not a place of service of two digits")
    return text.zfill(2) if text else ""


def diagnoses(text: str) -> tuple[str, ...]:
    """Diagnosis codes, upper case and without their points, as claims have them."""
    codes = tuple(code for code in _BETWEEN.split(text.strip().upper().replace(".", "")) if code)
    if not all(map(_DIAGNOSIS.fullmatch, codes)):
        raise ValueError("diagnoses: not diagnosis codes")
    return codes


def setting(text: str) -> str:
    """practitioner, hospital or dme."""
    text = text.strip().lower()
    if text not in SETTINGS:
        raise ValueError(f"setting: not one of {', '.join(SETTINGS)}")
    return text
