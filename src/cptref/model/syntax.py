"""How procedure codes and modifiers are written."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from cptref.errors import UsageError

# CPT: five digits (category I), or four and a letter: F category II, T category III, A administration
# of vaccines, M multianalyte assays, U proprietary laboratory analyses. HCPCS Level II: a letter, four digits.
_CODE = re.compile(r"[0-9]{4}[0-9AFMTU]|[A-V][0-9]{4}")
_LISTED = re.compile(r"[0-9A-Z]{5}")
_MODIFIER = re.compile(r"[A-Z0-9]{2}")
_LONGEST = 60
LEVELS = ("CPT I", "CPT II", "CPT III", "CPT MAAA", "CPT PLA", "HCPCS II")


class CodeRef(NamedTuple):
    """A code as somebody typed it: `31243-50` is code 31243 with modifier 50."""

    code: str
    modifiers: tuple[str, ...] = ()


def is_code(text: str) -> bool:
    """Whether text has the form of a CPT or HCPCS code; it need not exist."""
    return _CODE.fullmatch(text) is not None


def is_listed_code(text: str) -> bool:
    """Whether text can stand in the code column of a CMS file, which has placeholders such as GXXX1 too."""
    return _LISTED.fullmatch(text) is not None


def level(code: str) -> str:
    """`CPT I`, `CPT II`, `CPT III`, `CPT MAAA`, `CPT PLA` or `HCPCS II`, by the form of the code."""
    if code[0].isalpha():
        return LEVELS[-1]
    return dict(zip("FTMU", LEVELS[1:5], strict=True)).get(code[-1], LEVELS[0])


def shown(text: str) -> str:
    """Typed or imported text made safe for a message: control characters escaped, cut when long."""
    safe = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text[:_LONGEST])
    return safe + ("..." if len(text) > _LONGEST else "")


def parse_code(text: str) -> CodeRef:
    """Read a code as typed: any case, blanks around or within, modifiers after a hyphen, blank or comma.

    Raises UsageError when no code can be read from it.
    """
    cleaned = text.strip().upper()
    if not cleaned:
        raise UsageError("the code is empty", "Give a code such as 31243 or G0121.")
    parts = [part for part in re.split(r"[\s,:-]+", cleaned) if part] if len(cleaned) <= _LONGEST else []
    if len(parts) > 1 and not is_code(parts[0]) and is_code("".join(parts)):
        parts = ["".join(parts)]
    if not parts or not is_code(parts[0]):
        raise UsageError(
            f"not a procedure code: '{shown(text)}'",
            "A code has five characters, such as 31243, 0441T or G0121; `cptref search` finds codes by words.",
        )
    for modifier in parts[1:]:
        if not _MODIFIER.fullmatch(modifier):
            raise UsageError(
                f"not a modifier: '{shown(modifier)}' in '{shown(text)}'",
                "A modifier has two characters, as in 31243-50.",
            )
    return CodeRef(parts[0], tuple(parts[1:]))


def parse_day(day: date | str) -> date:
    """A date, or one written `YYYY-MM-DD`, and only so. UsageError for anything else."""
    if isinstance(day, date):
        return day.date() if isinstance(day, datetime) else day
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", day.strip(), re.ASCII):
            return date.fromisoformat(day.strip())
    except ValueError:
        pass
    raise UsageError(f"not a date: '{shown(day)}'", "Dates are YYYY-MM-DD, as in 2026-07-01.")


def parse_range(text: str) -> tuple[str, str] | None:
    """`43200-43232`, `43200..43232` or `432*` as first and last code of the range; None for anything else."""
    cleaned = text.strip().upper()
    ends = re.fullmatch(r"(\w{5})\s*(?:-|\.\.|:|TO)\s*(\w{5})", cleaned)
    if ends and is_code(ends[1]) and is_code(ends[2]):
        return (ends[1], ends[2]) if ends[1] <= ends[2] else (ends[2], ends[1])
    prefix = re.fullmatch(r"([A-Z]|[A-Z]?[0-9]{1,4})(\*?)", cleaned)
    if prefix and (prefix[2] or len(prefix[1]) > 2) and len(prefix[1]) < 5:
        return prefix[1].ljust(5, "0"), prefix[1].ljust(5, "~")
    return None


def split_codes(text: str) -> Iterator[str]:
    """The codes of a list, as people paste them: by line, comma or semicolon, and by blank but before a modifier."""
    for part in re.split(r"[\n\r,;]+", text):
        words = part.split()
        for number, word in enumerate(words):
            if number and _MODIFIER.fullmatch(word.upper()):
                continue
            modifiers = itertools.takewhile(lambda each: _MODIFIER.fullmatch(each.upper()), words[number + 1 :])
            yield "-".join((word, *modifiers))
