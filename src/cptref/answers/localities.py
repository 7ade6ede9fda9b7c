"""Which payment locality is meant: by MAC and number, by name, or by ZIP code."""

from __future__ import annotations

import re

from cptref.answers.context import Context
from cptref.errors import NotFoundError, UsageError
from cptref.model.rows import GpciRow
from cptref.model.syntax import shown

_NUMBERS = re.compile(r"(\d{4,5})(?:[\s-]*(\d{1,2}))?")
_ZIP = re.compile(r"(\d{5})(?:-?(\d{4}))?")
_MOST_NAMED = 8
_HINT = "`cptref price CODE --by-locality` lists them."


def by_name(context: Context, text: str) -> GpciRow:
    """The locality of `01182-18`, of a MAC that has one only, or of a part of a name (`manhattan`).

    UsageError for one that is none or could be several; DataNotLoadedError where no GPCI is loaded for the date.
    """
    rows = indices(context)
    numbers = _NUMBERS.fullmatch(text.strip())
    if numbers:
        mac, number = numbers[1].zfill(5), numbers[2] and numbers[2].zfill(2)
        found = [row for row in rows if row.mac == mac and number in (None, row.locality)]
        what = f"MAC {mac}" if number is None else f"locality {mac}-{number}"
    else:
        wanted = text.strip().lower()
        exact = [row for row in rows if wanted in (row.name.lower(), row.state.lower())]
        found = exact or [row for row in rows if wanted and wanted in row.name.lower()]
        what = f"locality '{shown(text.strip())}'"
    if len(found) == 1:
        return found[0]
    if found:
        named = "; ".join(map(name_of, found[:_MOST_NAMED]))
        more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
        raise UsageError(f"{what} is more than one locality", f"One of: {named}{more}.")
    same_number = [row for row in rows if numbers and numbers[2] and row.locality == numbers[2].zfill(2)]
    if same_number and len(same_number) <= _MOST_NAMED:
        raise NotFoundError(f"there is no {what}", f"With that number: {'; '.join(map(name_of, same_number))}.")
    raise NotFoundError(f"there is no {what}", _HINT)


def by_zip(context: Context, text: str) -> GpciRow:
    """The locality of a ZIP code, with four more digits where five do not decide.

    UsageError for what is no ZIP code, or is in several localities; DataNotLoadedError without the file it needs.
    """
    match = _ZIP.fullmatch(text.strip())
    if not match:
        raise UsageError(f"not a ZIP code: '{shown(text)}'", "Five digits, or nine as in 20812-0001.")
    code, plus_four = match.groups()
    rows = context.store.zip(context.needed("zip"), code)
    if not rows:
        raise _no_zip(code)
    if rows[0].plus_four_flag == "1":
        if plus_four is None:
            raise UsageError(
                f"ZIP {code} lies in more than one locality", "Give all nine digits, or --locality MAC-NUMBER."
            )
        release = context.needed("zip", setting="plus_four")
        rows = [each for each in context.store.zip(release, code) if each.plus_four == plus_four]
        if not rows:
            raise _no_zip(f"{code}-{plus_four}")
    return by_name(context, f"{rows[0].mac}-{rows[0].locality}")


def _no_zip(code: str) -> NotFoundError:
    return NotFoundError(f"no locality is known for ZIP {code}", "--locality names one by MAC and number.")


def indices(context: Context) -> list[GpciRow]:
    """The indices of all localities for the date. DataNotLoadedError where none are loaded."""
    return context.store.gpci(context.needed("gpci"))


def name_of(row: GpciRow) -> str:
    """A locality as people say it: `01182-18 LOS ANGELES (CA)`."""
    return f"{row.mac}-{row.locality} {row.name} ({row.state})"
