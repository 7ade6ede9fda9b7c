"""The items of an answer, for JSON, JSON lines and csv."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cptref.errors import CptrefError
from cptref.model.answer import Answer
from cptref.render import suggest_records

if TYPE_CHECKING:
    from cptref.model.page import CodePage
    from cptref.model.price_tables import PricedRequest
    from cptref.model.store import FetchedRelease

_ITEMS = {
    "search": "hits",
    "conflicts": "edits",
    "list": "codes",
    "price by-locality": "prices",
    "price history": "prices",
    "modifiers": "modifiers",
    "explain": "values",
    "diff": "changes",
}


def plain(value: Any) -> Any:
    """A model object as JSON has it: records as objects, decimals and dates as strings."""
    if hasattr(value, "_asdict"):
        return {name: plain(item) for name, item in zip(value._fields, value, strict=True)}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, (Decimal, date)) else value


def to_json(answer: Answer[Any], indent: int | None = None) -> str:
    """The whole answer in its envelope; indented for people, which takes thrice as long."""
    envelope = {
        "schema": "cptref/1",
        "command": answer.command,
        "as_of": answer.as_of.isoformat(),
        "data": plain(answer.data),
        **{name: plain(value) for name, value in answer.beside.items()},
        "sources": plain(answer.sources),
        "warnings": [*answer.warnings, *(str(error) for error in answer.missing)],
    }
    return json.dumps(envelope, indent=indent) + "\n"


def error_json(error: CptrefError, indent: int | None = None) -> str:
    """An error in the form that programs read."""
    told = {"error": {"code": error.code, "message": error.message, "hint": error.hint}}
    return json.dumps(told, indent=indent) + "\n"


def to_jsonl(answer: Answer[Any]) -> str:
    """An object a line: pages, hits, edits, codes; of a note what csv has."""
    items = suggest_records.rows(answer.data) if answer.command == "suggest" else _items(answer)
    return "".join(f"{json.dumps(plain(item))}\n" for item in items)


def to_csv(answer: Answer[Any]) -> str:
    """A line for each item, under a header that is the same whatever was found.

    A page has a line for each of its modifiers with RVUs of their own, a fetched release one for each of its files.
    Lists are joined by `; `.
    """
    import csv
    import io

    items = [] if answer.command == "suggest" else _items(answer)
    if answer.command == "price file":
        columns, rows = _price_rows(items)
    elif answer.command == "show":
        columns, rows = _PAGE_COLUMNS, [row for page in items for row in _page_rows(page)]
    elif answer.command == "suggest":
        columns, rows = suggest_records.COLUMNS, suggest_records.rows(answer.data)
    elif answer.command == "data fetch":
        columns, rows = _FETCH_COLUMNS, [row for release in items for row in _fetch_rows(release)]
    else:
        columns, rows = _columns(answer), [dict(zip(item._fields, item, strict=True)) for item in items]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


# What a priced line adds to the columns that it was given.
_PRICED = ("line", "mac", "setting", "amount", "expected", "difference", "reason")
_PAGE_TEXTS = (
    "code", "level", "listing", "section", "family", "title", "description", "synonyms", "indications", "procedure",
    "aftercare", "billing", "related",
)  # fmt: skip
_PAYMENT = (
    "status", "global_days", "pctc", "mult_proc", "bilat_surg", "asst_surg", "co_surg", "team_surg", "endo_base",
    "supervision", "imaging_family", "opps_status", "apc", "asc_payment", "coverage", "rbcs",
)  # fmt: skip
_RVU = (
    "modifier", "work", "nonfacility_pe", "facility_pe", "mp", "nonfacility_total", "facility_total", "nonfacility_na",
    "facility_na", "conversion_factor", "nonfacility_amount", "facility_amount", "opps_capped",
)  # fmt: skip
_MUE = tuple(f"mue_{setting}{of}" for setting in ("practitioner", "hospital", "dme") for of in ("", "_mai"))
_RELATIONS = ("is_add_on", "add_on_type", "primaries", "add_ons", "column_one", "column_two", "guideline", "partial")
_PAGE_COLUMNS = (*_PAGE_TEXTS, *_PAYMENT, *_RVU, *_MUE, *_RELATIONS)


def _page_rows(page: CodePage) -> list[dict[str, Any]]:
    common = {name: getattr(page, name) for name in _PAGE_TEXTS}
    common |= {field: indicator.value for field, indicator in page.payment.items()}
    for edit in page.mue:
        common |= {f"mue_{edit.setting}": edit.value, f"mue_{edit.setting}_mai": edit.mai}
    if page.add_on:
        related = page.add_on
        common |= {"is_add_on": related.is_add_on, "add_on_type": related.type}
        common |= {"primaries": related.primaries, "add_ons": related.add_ons}
    common |= page.conflicts._asdict()
    # The status of a component is its own; the page's is that of the whole service.
    return [{**common, **rvu._asdict()} for rvu in page.rvu] or [common]


_FETCH_COLUMNS = ("kind", "release", "outcome", "rows", "rejects", "file", "url", "bytes", "sha256", "reason", "page")


def _fetch_rows(release: FetchedRelease) -> list[dict[str, Any]]:
    return [{**release._asdict(), **file._asdict()} for file in release.files] or [release._asdict()]


def _price_rows(items: Sequence[PricedRequest]) -> tuple[tuple[str, ...], Iterable[dict[str, Any]]]:
    """The columns of the file as they were given, then ours that it has not."""
    given = dict.fromkeys(name for item in items for name in item.given)
    taken = {name.lower() for name in given}
    ours = [name for name in _PRICED if name not in taken]
    rows = [
        {
            **{name: _literal(value) for name, value in item.given.items()},
            **{name: getattr(item, name) for name in ours},
        }
        for item in items
    ]
    return (*given, *ours), rows


def _literal(value: str) -> str:
    """A cell as it was given, but never one that a spreadsheet would compute."""
    return f"'{value}" if value.startswith(("=", "@", "\t", "\r")) else value


def _columns(answer: Answer[Any]) -> tuple[str, ...]:
    """The fields of the answer's items, known even where there is none."""
    from cptref.model.diff import Change
    from cptref.model.edit import Edit
    from cptref.model.indicator import IndicatorValue
    from cptref.model.listing import Hit, ListedCode
    from cptref.model.modifier import Modifier, ModifierVerdict
    from cptref.model.price import PricedLine
    from cptref.model.price_tables import LocalityPrice, ReleasePrice, ScheduleRow
    from cptref.model.store import ImportedFile, Problem, StoredRelease

    kinds: dict[str, Any] = {
        "search": Hit, "conflicts": Edit, "list": ListedCode, "explain": IndicatorValue, "diff": Change,
        "price": PricedLine, "price all": ScheduleRow, "price by-locality": LocalityPrice,
        "price history": ReleasePrice,
        "data import": ImportedFile, "data list": StoredRelease, "data remove": StoredRelease, "data verify": Problem,
        "modifiers": Modifier if isinstance(answer.data, list) else ModifierVerdict,
    }  # fmt: skip
    fields: tuple[str, ...] = kinds[answer.command]._fields
    return fields


def _cell(value: Any) -> str:
    if hasattr(value, "_asdict"):
        return "; ".join(f"{name} {number}" for name, number in value._asdict().items())
    if isinstance(value, (tuple, list)):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def _items(answer: Answer[Any]) -> Sequence[Any]:
    data: Any = answer.data
    items: Sequence[Any] = data if isinstance(data, list) else getattr(data, _ITEMS[answer.command])
    return items
