"""The items of an answer, for JSON, JSON lines and csv."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from cptref.errors import CptrefError
from cptref.model.answer import Answer

_ITEMS = {
    "search": "hits",
    "conflicts": "edits",
    "list": "codes",
    "modifiers": "modifiers",
    "explain": "values",
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
        "sources": plain(answer.sources),
        "warnings": [*answer.warnings, *(str(error) for error in answer.missing)],
    }
    return json.dumps(envelope, indent=indent, ensure_ascii=False) + "\n"


def error_json(error: CptrefError) -> str:
    """An error in the form that programs read."""
    return json.dumps({"error": {"code": error.code, "message": error.message, "hint": error.hint}}, indent=2) + "\n"


def to_jsonl(answer: Answer[Any]) -> str:
    """An object a line: pages, hits, edits, codes."""
    return "".join(f"{json.dumps(plain(item), ensure_ascii=False)}\n" for item in _items(answer))


def to_csv(answer: Answer[Any]) -> str:
    """A line for each item, with a header. Lists within an item are joined by blanks; objects are left to JSON."""
    import csv
    import io

    rows = [_flat(plain(item)) for item in _items(answer)]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _items(answer: Answer[Any]) -> Sequence[Any]:
    data: Any = answer.data
    items: Sequence[Any] = data if isinstance(data, list) else getattr(data, _ITEMS[answer.command])
    return items


def _flat(item: dict[str, Any]) -> dict[str, str]:
    """An item's plain values; for a page also each payment indicator's value and the RVUs without modifier."""
    flat: dict[str, str] = {}
    for name, value in item.items():
        if name == "payment":
            flat |= {field: indicator["value"] for field, indicator in value.items()}
        elif name == "rvu" and value:
            flat |= {k: "" if v is None else str(v) for k, v in value[0].items() if k not in ("modifier", "status")}
        elif isinstance(value, list) and all(isinstance(part, str) for part in value):
            flat[name] = "; ".join(value) if any(" " in part for part in value) else " ".join(value)
        elif not isinstance(value, (list, dict)):
            flat[name] = "" if value is None else str(value)
    return flat
