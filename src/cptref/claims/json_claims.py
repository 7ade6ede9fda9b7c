"""Claims as JSON of our own shape: a claim, a list of claims, or an object that has such a list as `data`.

    {"claim": "A1", "setting": "practitioner", "beneficiary": "...",
     "lines": [{"line": 1, "code": "43214", "modifiers": ["59"], "units": 1, "date": "2026-07-15"}]}

Names are those of the columns of csv. What a line does not say (date, place of service, provider, diagnoses), its claim
may say for all of its lines.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from cptref.claims import values
from cptref.claims.documents import plain
from cptref.claims.lines import Lines, claim_of
from cptref.claims.table import COLUMNS, field
from cptref.model.claim import Claim, ClaimError, ClaimLine

_LISTS = ("modifiers", "diagnoses")
_FOR_ALL = ("date", "place_of_service", "provider", "diagnoses")
_SHAPE = 'not a claim: an object with "lines", a list of objects, is needed'


def read(position: str, document: Any, lines: Lines) -> Iterator[Claim | ClaimError]:
    """The claims of a document; `position` is its own in the file."""
    if isinstance(document, dict) and "lines" not in document and isinstance(document.get("data"), list):
        document = document["data"]
    if not isinstance(document, list):
        yield from _claim(position, document, lines, position.removeprefix("line ") or "1")
        return
    for number, entry in enumerate(document, start=1):
        yield from _claim(f"{position}, claim {number}".lstrip(", "), entry, lines, str(number))


def _claim(position: str, document: Any, lines: Lines, number: str) -> Iterable[Claim | ClaimError]:
    if not isinstance(document, dict) or not isinstance(document.get("lines"), list):
        return [ClaimError(position or "claim 1", _SHAPE)]
    try:
        fields = _fields({name: value for name, value in document.items() if field(name) in COLUMNS})
        setting = values.setting(fields.get("setting") or lines.defaults.setting)
    except ValueError as error:
        return [ClaimError(position or "claim 1", str(error))]
    claim = fields.get("claim", "").strip() or number
    shared = {name: fields[name] for name in _FOR_ALL if name in fields}
    made: list[ClaimLine] = []
    errors = []
    for entry_number, entry in enumerate(document["lines"], start=1):
        try:
            made.append(_line(entry, entry_number, shared, lines))
        except ValueError as error:
            errors.append(ClaimError(f"{position}, line {entry_number}".lstrip(", "), str(error), claim))
    if errors:
        return errors
    found = Claim(
        claim, setting, fields.get("beneficiary", "").strip(), tuple(made), fields.get("bill_type", "").strip()
    )
    return claim_of(found, position or "claim 1")


def _line(entry: Any, position: int, shared: dict[str, str], lines: Lines) -> ClaimLine:
    if not isinstance(entry, dict):
        raise ValueError("not an object")
    fields = _fields({name: value for name, value in entry.items() if field(name) in COLUMNS})
    cell = {**shared, **{name: text for name, text in fields.items() if text}}.get
    others = [(name, value) for name, value in entry.items() if field(name) not in COLUMNS]
    return lines.line(
        position,
        cell("line", "").strip() or str(position),
        tuple(cell(name, "") for name in ("code", "modifiers", "mod1", "mod2", "mod3", "mod4")),
        cell("units", ""),
        cell("date", ""),
        cell("place_of_service", ""),
        cell("charge", ""),
        cell("provider", "").strip(),
        cell("diagnoses", ""),
        tuple((name, _kept(value)) for name, value in others),
    )


def _kept(value: Any) -> str:
    return json.dumps(value, default=str) if isinstance(value, (bool, dict, list)) else plain(value)


def _fields(entry: dict[str, Any]) -> dict[str, str]:
    """The texts of known names. ValueError where one stands twice, under two of its names, or is not text."""
    found: dict[str, str] = {}
    for given, value in entry.items():
        name = field(given)
        if name in found:
            raise ValueError(f"{name} is given twice")
        try:
            listed = isinstance(value, list) and name in _LISTS
            found[name] = " ".join(map(plain, value)) if listed else plain(value)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error
    return found
