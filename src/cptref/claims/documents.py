"""The documents of a JSON text: one, or one to a line (ndjson), which is read a line at a time."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain
from typing import Any, NoReturn, TextIO

from cptref.errors import SourceError
from cptref.model.claim import ClaimError

Document = Any


def documents(text: TextIO) -> Iterator[tuple[str, Document] | ClaimError]:
    """Each document with its position, which is empty for the only one; ClaimError for a line of ndjson that is none.

    A single document is read whole. SourceError where that is not JSON. Numbers are int and Decimal.
    """
    lines = enumerate(text, start=1)
    begun: list[tuple[int, str]] = []
    for number, line in lines:
        begun.append((number, line))
        if not line.strip():
            continue
        if len(line.strip()) > 1 and _is_document(line):
            yield from _each(chain(begun, lines))
            return
        # A first line that is broken must not hide that the second is a document.
        if len(line.strip()) == 1 or len(begun) > 1:
            break
    try:
        yield "", _load("".join(line for _, line in chain(begun, lines)))
    except ValueError as error:
        raise SourceError(f"not JSON: {error}") from error


def _each(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[str, Document] | ClaimError]:
    for number, line in lines:
        if line.strip():
            try:
                yield f"line {number}", _load(line)
            except ValueError as error:
                yield ClaimError(f"line {number}", f"not JSON: {error}")


def _is_document(line: str) -> bool:
    try:
        return isinstance(_load(line), (dict, list))
    except ValueError:
        return False


def _load(text: str) -> Document:
    """ValueError, which does not quote the text, for what is not JSON."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def plain(value: Document) -> str:
    """A string or number as text, nothing as an empty one. ValueError for anything else."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise ValueError("not text or a number")
    return format(value, "f") if isinstance(value, Decimal) and abs(value.adjusted()) < 20 else str(value)
