"""What a file of claims is, by its content, and its claims."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from cptref.claims import documents, fhir, json_claims, rif, table, x12
from cptref.claims.lines import NONE, Defaults, Lines
from cptref.claims.text import opened
from cptref.errors import SourceError
from cptref.model.claim import Claim, ClaimError

# Python strips 1F too, with which a compressed file begins.
_BLANK = " \t\r\n"
FORMATS = ("x12", "json", "rif", "table")
_HINT = "Claims are read from csv, JSON, FHIR (JSON), X12 837 and CMS's RIF files."
# What files begin with that are none of these, and what to do about them.
_OTHERS = {
    "PK\x03\x04": ("a zip or a workbook", "Unpack it, or save the sheet as csv."),
    "\x1f": ("compressed", "Unpack it first."),
    "%PDF": ("a PDF", _HINT),
    "<": ("XML or HTML", _HINT),
    "GS": ("X12 without its ISA segment, which says the delimiters", "Give the whole interchange."),
    "ST": ("X12 without its ISA segment, which says the delimiters", "Give the whole interchange."),
}


def read(
    source: Path | BinaryIO, defaults: Defaults = NONE, name: str = "standard input"
) -> Iterator[Claim | ClaimError]:
    """The claims of a file or of a stream of bytes, in their order, and an error for each that cannot be read.

    Nothing is opened before the first is asked for. SourceError, with the file's name or that of the stream, where it
    cannot be read, is none of claims, or holds none.
    """
    try:
        if isinstance(source, Path):
            name = source.name
            with source.open("rb") as stream:
                yield from _claims(stream, name, defaults)
        else:
            yield from _claims(source, name, defaults)
    except OSError as error:
        raise SourceError(f"cannot read {name}: {error.strerror or error}") from error


def recognise(head: str) -> str | None:
    """Which of `FORMATS` a text is of, by its beginning; None if none."""
    start = head.lstrip(_BLANK)
    if start.startswith("ISA") and not start[3:4].isalnum():
        return "x12"
    if start[:1] in ("{", "["):
        return "json"
    if not start or "\0" in head or _other(start):
        return None
    return "rif" if rif.recognise(head) else "table"


def _claims(stream: BinaryIO, name: str, defaults: Defaults) -> Iterator[Claim | ClaimError]:
    head, text = opened(stream)
    kind = recognise(head)
    if kind is None:
        what, hint = _other(head.lstrip(_BLANK)) or ("empty" if not head.strip() else "not text", _HINT)
        raise SourceError(f"{name}: no claims: it is {what}", hint)
    found = False
    try:
        for each in _read(kind, head, text, defaults):
            found = True
            yield each
    except SourceError as error:
        raise SourceError(f"{name}: {error.message}", error.hint or _HINT) from error
    if not found:
        raise SourceError(f"{name}: no claim in it", _HINT)


def _other(start: str) -> tuple[str, str] | None:
    return next((what for begin, what in _OTHERS.items() if start.startswith(begin)), None)


def _read(kind: str, head: str, text: TextIO, defaults: Defaults) -> Iterator[Claim | ClaimError]:
    if kind == "x12":
        yield from x12.read(text, defaults)
    elif kind == "rif":
        yield from rif.read(text, defaults)
    elif kind == "table":
        yield from table.read(text, table.delimiter(head), defaults)
    else:
        lines = Lines(defaults)
        for each in documents.documents(text):
            if isinstance(each, ClaimError):
                yield each
            else:
                yield from (fhir if fhir.recognise(each[1]) else json_claims).read(*each, lines)
