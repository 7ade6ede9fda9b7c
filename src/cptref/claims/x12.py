"""Claims as X12 837, professional or institutional, 5010 or 4010: the loops of a transaction, and their claims.

Layout: ASC X12N 837 implementation guides 005010X222A1 and 005010X223A2, 004010X098A1 and 004010X096A1. Whether a
claim is a practitioner's or a hospital's is told by its lines, SV1 or SV2, as headers are not always right.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, TextIO

from cptref.claims.draft import Draft
from cptref.claims.lines import Defaults, Lines
from cptref.claims.segments import Segment, segments
from cptref.errors import SourceError
from cptref.model.claim import Claim, ClaimError

_ID = re.compile(r"[A-Z][A-Z0-9]{1,2}")
_ENVELOPE = ("ISA", "GS", "ST")
_ENDS = {"SE": "ST", "GE": "GS", "IEA": "ISA"}
Read = Iterator[Claim | ClaimError]


def read(text: TextIO, defaults: Defaults) -> Read:
    """The claims of a file of any number of interchanges, groups and transactions.

    Claims are given as they are read: an error of their transaction's count of segments comes after them. SourceError
    where the file does not even begin with a whole ISA segment.
    """
    reader, number = _Reader(Lines(defaults)), 0
    try:
        for segment in segments(text):
            number = segment.number
            yield from reader.take(segment)
        yield from reader.end(number)
    except ValueError as error:
        if not number:
            raise SourceError(f"not an X12 file that can be read: {error}") from error
        yield from reader.end(number, str(error))


class _Person(NamedTuple):
    """Whom a claim is for: kept apart from others by number, or else by name and birth."""

    id: str = ""
    name: str = ""
    birth: str = ""


class _Reader:
    """Where in the loops the file is: whose claims are read, and the claim itself."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._draft: Draft | None = None
        self._billing = ""
        self._subscriber = _Person()
        self._patient: _Person | None = None
        self._transaction: Segment | None = None
        self._groups = self._transactions = 0
        self._open: tuple[str, ...] = ()
        self._takes: dict[str, Callable[[Segment], None]] = {"NM1": self._nm1, "DMG": self._dmg}

    def take(self, segment: Segment) -> Read:
        """One more segment: claims and errors that it completes."""
        name = segment.elements[0]
        if name in _ENVELOPE:
            yield from self._begin(name, segment)
        elif name in _ENDS:
            yield from self._end(name, segment)
        elif not _ID.fullmatch(name):
            reason = "not a segment: its delimiters may not be those of ISA"
            if self._draft:
                self._draft.error(segment, reason)
            else:
                yield _at(segment, reason)
        elif not self._transaction:
            yield _at(segment, "a segment outside of any transaction")
        elif self._transaction.element(1) != "837":
            pass
        elif name == "CLM":
            yield from self._flush()
            self._draft = Draft(segment, self._beneficiary(), self._billing)
        elif name == "HL":
            yield from self._flush()
            self._hl(segment)
        elif self._draft:
            self._draft.take(name, segment)
        elif name in self._takes:
            self._takes[name](segment)

    def end(self, number: int, broken: str = "") -> Read:
        """What is left when the file has ended, or is `broken` off."""
        if self._open or broken:
            claim = self._draft.id if self._draft else ""
            reason = broken or "the file ends before its last segment, IEA: it is cut off"
            yield ClaimError(f"segment {number}", reason, claim)

    def _begin(self, name: str, segment: Segment) -> Read:
        """ISA, GS or ST, each within the one before."""
        within = _ENVELOPE[: _ENVELOPE.index(name)]
        if self._open != within:
            yield from self._broken(segment, f"{name} where {self._missing()} is due")
        self._open = (*within, name)
        if name == "ISA":
            self._groups = 0
        elif name == "GS":
            self._groups, self._transactions = self._groups + 1, 0
        else:
            self._transactions += 1
            self._transaction = segment
            self._billing, self._subscriber, self._patient = "", _Person(), None
            if segment.element(1) != "837":
                yield _at(segment, "a transaction that is no claim (837)")

    def _end(self, name: str, segment: Segment) -> Read:
        """SE, GE or IEA, each of which counts what is within it."""
        begun = _ENDS[name]
        if self._open[-1:] != (begun,):
            yield from self._broken(segment, f"{name} where {self._missing()} is due")
            self._open = _ENVELOPE[: _ENVELOPE.index(begun)]
            return
        self._open = self._open[:-1]
        yield from self._flush()
        count, what = (self._groups, "groups") if name == "IEA" else (self._transactions, "transactions")
        if name == "SE" and self._transaction:
            count, what = segment.number - self._transaction.number + 1, "segments"
            if segment.element(2) != self._transaction.element(2):
                yield _at(segment, "SE02 is not the number of the transaction, ST02: claims may be missing")
            self._transaction = None
        if segment.element(1).lstrip("0") != str(count):
            yield _at(segment, f"{name}01 is not the {count} {what} there are: claims or lines may be missing")

    def _missing(self) -> str:
        return {"ISA": "GS or IEA", "GS": "ST or GE", "ST": "SE"}[self._open[-1]] if self._open else "ISA"

    def _broken(self, segment: Segment, reason: str) -> Read:
        """A claim that is open when the envelope breaks may have lost lines, so it is not given."""
        claim = self._draft.id if self._draft else ""
        self._draft = self._transaction = None
        yield ClaimError(f"segment {segment.number}", f"{reason}: claims or lines may be missing", claim)

    def _flush(self) -> Read:
        draft, self._draft = self._draft, None
        if draft:
            yield from draft.finish(self._lines)

    def _hl(self, segment: Segment) -> None:
        level = segment.element(3)
        self._patient = None
        if level in ("20", "22"):
            self._subscriber = _Person()
        if level == "20":
            self._billing = ""

    def _nm1(self, segment: Segment) -> None:
        who, number = segment.element(1), segment.element(9)
        if who == "85":
            self._billing = number
        elif who == "IL":
            self._subscriber = _Person(number, "/".join(map(segment.element, (3, 4, 5))))
        elif who == "QC":
            self._patient = _Person(number, "/".join(map(segment.element, (3, 4, 5))))

    def _dmg(self, segment: Segment) -> None:
        if self._patient:
            self._patient = self._patient._replace(birth=segment.element(2))
        else:
            self._subscriber = self._subscriber._replace(birth=segment.element(2))

    def _beneficiary(self) -> str:
        person = self._patient or self._subscriber
        # A dependent without a number of their own is known by the subscriber's, with name and birth.
        return person.id or "|".join((self._subscriber.id, person.name, person.birth)).strip("|/")


def _at(segment: Segment, reason: str) -> ClaimError:
    return ClaimError(f"segment {segment.number}", reason)
