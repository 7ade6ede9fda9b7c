"""The segments of an X12 file, whatever its delimiters are: each interchange says them in its ISA segment.

Our own, as no library is fit. pyx12 (4.0, BSD, well kept) reads delimiters once a file, stops at an empty segment
without a word, puts segments with patients' names into its messages, and is 10 MB for Python 3.11 and later; x12sdk
(2.2) is 5010 only, makes a model of a whole transaction, so that one bad segment loses all its claims, and imports
pydantic, 170 ms; linuxforhealth-x12 and badX12 are kept no more.
"""

from collections.abc import Iterator
from typing import NamedTuple, TextIO

_CHUNK = 1 << 16
_LONGEST = 1 << 20
# Not all that Python strips: X12 files use 1C to 1F as delimiters.
_BLANK = " \t\r\n"


class Segment(NamedTuple):
    """A segment with its number in the file, from 1, and the character between the parts of an element."""

    number: int
    elements: list[str]
    between: str

    def element(self, index: int) -> str:
        """An element by its number in X12's documents, stripped of blanks; empty where the segment ends before it."""
        return self.elements[index].strip(" ") if index < len(self.elements) else ""

    def parts(self, index: int) -> list[str]:
        """The parts of an element."""
        return self.element(index).split(self.between)


class _Delimiters(NamedTuple):
    element: str
    between: str
    end: str


def segments(text: TextIO) -> Iterator[Segment]:
    """The segments of a text that begins with ISA. ValueError where that is not whole, or the text is cut off."""
    number, rest, delimiters = 0, text.read(_CHUNK), None
    while True:
        rest = rest.lstrip(_BLANK)
        if rest.startswith("ISA"):
            rest += text.read(_CHUNK) if len(rest) < _CHUNK else ""
            delimiters = _delimiters(rest)
        if delimiters is None:
            raise ValueError("no ISA segment")
        pieces = rest.split(delimiters.end)
        rest = pieces.pop()
        for index, piece in enumerate(pieces):
            plain = piece.strip(_BLANK)
            if "\n" in plain or "\r" in plain:
                # Some programs wrap lines, wherever a segment may be.
                plain = plain.replace("\r", "").replace("\n", "")
            if plain.startswith("ISA") and index and _delimiters(plain + delimiters.end) != delimiters:
                rest = delimiters.end.join([*pieces[index:], rest])
                break
            if plain:
                number += 1
                yield Segment(number, plain.split(delimiters.element), delimiters.between)
        else:
            more = text.read(_CHUNK)
            if not more:
                if rest.lstrip(_BLANK).startswith("ISA") and _delimiters(rest.lstrip(_BLANK)) != delimiters:
                    continue
                break
            rest += more
            if len(rest) > _LONGEST:
                raise ValueError("a segment without end: its terminator is not that of ISA")
    # Some programs end a file with the character that once ended files.
    if plain := rest.strip(_BLANK + "\x1a"):
        if not plain.startswith("IEA"):
            raise ValueError("the file ends within a segment: it is cut off")
        yield Segment(number + 1, plain.split(delimiters.element), delimiters.between)


def _delimiters(text: str) -> _Delimiters:
    """An element begins after each separator; the sixteenth is the one between parts, then the terminator follows."""
    head = text[:250]
    element, at = head[3:4], 2
    for _ in range(16):
        at = head.find(element, at + 1) if element else -1
        if at < 0:
            raise ValueError("the ISA segment is not whole")
    found = _Delimiters(element, head[at + 1 : at + 2], head[at + 2 : at + 3])
    if len(set(found)) < 3 or not all(found) or any(each.isalnum() for each in found):
        raise ValueError("the ISA segment is not whole: its delimiters cannot be told")
    return found
