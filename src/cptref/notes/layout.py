"""A note's sections, by their headings, and in them its statements: items of lists, and sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

# Text before any heading, and under a heading that is not known.
FREE = "free"
_LISTED = ("procedure", "diagnosis")
# A line that names its matter before a colon; what follows is another section, though not one that is known.
_UNKNOWN = re.compile(r"(?:^[ \t]*|(?<=\S)[ \t]{2,})([A-Z][A-Z0-9 /&()',.-]{2,50}):", re.MULTILINE)
# Under a heading of procedures, another matter; what names a side is a part of it.
_OTHER = re.compile(
    r"^[ \t]*((?!.*\b(?:[Rr]ight|[Ll]eft|[Bb]oth|[Bb]ilateral)\b.*:)[A-Z][A-Za-z0-9 /&()'.-]{2,30}):", re.MULTILINE
)
# Any other heading: a short line, or what begins one, before a colon.
_HEADED = re.compile(r"^[ \t]*[*_#]*[ \t]*([A-Z][A-Za-z0-9 /&()'.-]{1,40})[*_]*[ \t]*:", re.MULTILINE)
# These sections are a paragraph each.
_PARAGRAPHS = ("history", "family", "indication", "aside", "given")
_EMPTY_LINE = re.compile(r"(?<=\S)[ \t]*\n[ \t]*\n")
_NO_BLANK = re.compile(r"\S")
_PROSE = re.compile(r"(?<=\S)[ \t]*\n[ \t]*\n(?=(?![ \t]*(?:\(?\d{1,2}[.)]|[-*\u2022]))[^\n]{70})")
# Of headings of these kinds words are told besides those that all headings have.
_TOLD = ("procedure", "narrative")
_FILLERS = frozenset(
    "of the and a in for pre post op operative preoperative postoperative surgical name title type today done list "
    "code codes other additional main primary secondary first second third s following intraoperative".split()
)
# A short line by itself behind an empty one, or one that is set off by signs.
_ALONE = re.compile(
    r"(?<=\n\n)[ \t]*([A-Z][A-Za-z0-9 &/()-]{2,40})[ \t]*(?=\n)"
    r"|^[ \t]*[*>=#~_]{2,}[ \t]*([A-Z][A-Za-z0-9 &/()-]{2,40}?)[ \t]*[*=#~_]*(?=\n)",
    re.MULTILINE,
)
_BULLET = re.compile(r"[ \t]*(?:\(?\d{1,2}[.)](?!\d)|[-*•\u2013]|\(?[a-h][.)])[ \t]+")
_INLINE = re.compile(r"(?:(?<=[\s;,:])|(?<=[A-Za-z)]\.))\(?(\d{1,2})[.)]\s+(?=[A-Z0-9])")
_WITH = re.compile(r"\b(?:[wW]/(?![wW]?[oO]\b)\s*|w\s+(?=[A-Za-z]))")
_LETTER = re.compile(r"(?<=[\s;,])\([b-h]\)\s+")
_SENTENCE = re.compile(r"[.;!?]+(?=\s+[^a-z\s]|\s*$)|\n[ \t]*\n")
_LISTED_END = re.compile(rf"{_SENTENCE.pattern}|;")
_SHORT = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|no|vs|approx|st|fig|pt|hx|dx|rt|lt|pos|ca|wt|jr|sr|e\.g|i\.e|M\.D|D\.O)|\b[A-Z])$",
    re.IGNORECASE,
)
# A line that another one goes on: it is as long as lines of running text are.
_FULL_LINE = 55


class Statement(NamedTuple):
    """A sentence or item, the number of the line it begins in, and the kind of section with the heading as written.

    `first` is false of the further sentences of an item.
    """

    text: str
    line: int
    section: str
    heading: str
    first: bool = True


class _Section(NamedTuple):
    kind: str
    heading: str
    start: int
    end: int


def statements(text: str, headings: Mapping[str, str], words: Mapping[str, str]) -> list[Statement]:
    """The statements of a note in their order.

    `headings` has the kind of section by heading, in lower case, and `words` that of other headings by a word of
    theirs, in the order in which they count.
    """
    ends = [found.end() for found in re.finditer(r"\n", text)]
    found = []
    for section in _sections(text, headings, words):
        for start, end, first in _parts(text, section):
            piece = text[start:end]
            plain = _WITH.sub("with ", re.sub(r"\s+", " ", piece)).strip(" \t\n.;,#*_")
            if plain:
                begins = start + len(piece) - len(piece.lstrip())
                found.append(Statement(plain, bisect_right(ends, begins) + 1, section.kind, section.heading, first))
    return found


def _sections(text: str, headings: Mapping[str, str], words: Mapping[str, str]) -> Iterator[_Section]:
    """The sections of a text, with the place of what stands under their headings."""
    known = "|".join(
        re.escape(each).replace(r"\ ", r"[ \t]+") for each in sorted(headings, key=lambda each: (-len(each), each))
    )
    begins = r"(?:^[ \t]*(?:\d{1,2}[.)][ \t]*)?|(?<=[.;])[ \t]+|(?<=\S)[ \t]{2,})"
    behind = r"(?:[ \t]*#?\d{1,2}|[ \t]*\([^)\n]{0,40}\))?[ \t]*(?::|[ \t][-\u2013][ \t])"
    with_colon = re.compile(rf"{begins}(?=[A-Z])(?i:({known})){behind}", re.MULTILINE)
    alone = re.compile(rf"^[ \t]*[*_#]*[ \t]*(?=[A-Z])(?i:({known}))[*_]*[ \t]*$", re.MULTILINE)
    heads = {found.start(1): (found.end(), found[1], "") for found in _UNKNOWN.finditer(text)}
    for found in _ALONE.finditer(text):
        which = found.lastindex or 1
        if re.sub(r"\s+", " ", found[which].strip().lower()) not in headings:  # it is a statement of its own
            begins_at = found.start(which)
            heads |= {begins_at: (begins_at, "", FREE), found.end(): (found.end(), "", FREE)}
    for found in _HEADED.finditer(text):
        kind = _by_word(found[1], words)
        if kind:
            # `FA/ICG performed: ...` tells more than what stands under it.
            tells = kind in _TOLD and not _words_of(found[1]) <= words.keys() | _FILLERS
            heads[found.start(1)] = (found.start(1) if tells else found.end(), found[1], kind)
    for pattern in (alone, with_colon):
        for found in pattern.finditer(text):
            kind = headings[re.sub(r"\s+", " ", found[1].lower())]
            heads[found.start(1)] = (found.end(), found[1], kind)
    heads = {found.start(1): (found.end(), found[1], "") for found in _OTHER.finditer(text)} | heads
    previous = _Section(FREE, "", 0, len(text))
    for start, (end, heading, kind) in sorted(heads.items()):
        if not kind and previous.kind not in _LISTED:
            continue  # within a narrative such lines are parts of it: `CECUM: normal`
        if start < previous.start:
            continue  # within the heading before
        yield from _paragraph(text, previous._replace(end=start))
        previous = _Section(kind or FREE, heading.strip(), end, len(text))
    yield from _paragraph(text, previous)


def _by_word(heading: str, words: Mapping[str, str]) -> str:
    """The kind of section of a heading that has a known word; empty if it has none."""
    told = _words_of(heading)
    return next((kind for word, kind in words.items() if word in told), "")


def _words_of(heading: str) -> set[str]:
    return set(re.findall(r"[a-z]+(?:-[a-z]+)*", heading.lower()))


def _paragraph(text: str, section: _Section) -> Iterator[_Section]:
    """A section, ended where its paragraph does if it is of such a kind; then the rest, which is under no heading.

    Diagnoses end where a paragraph of running text follows.
    """
    begins = _NO_BLANK.search(text, section.start, section.end)
    ends = None
    if begins and section.kind in (*_PARAGRAPHS, "diagnosis"):
        pattern = _PROSE if section.kind == "diagnosis" else _EMPTY_LINE
        ends = pattern.search(text, begins.start(), section.end)
    if ends is None:
        yield section
        return
    yield section._replace(end=ends.start())
    yield _Section(FREE, "", ends.end(), section.end)


def _parts(text: str, section: _Section) -> Iterator[tuple[int, int, bool]]:
    """Where the statements of a section begin and end, and whether they begin an item."""
    ends = _LISTED_END if section.kind in _LISTED else _SENTENCE
    for start, end in _items(text, section):
        at, first = start, True
        for found in ends.finditer(text, start, end):
            if found[0].startswith(".") and _SHORT.search(text, max(start, found.start() - 6), found.start()):
                continue
            yield at, found.start(), first
            at, first = found.end(), found[0] == ";"
        yield at, end, first


def _items(text: str, section: _Section) -> Iterator[tuple[int, int]]:
    """Where items of lists begin and end; a running text is one item."""
    cuts = [section.start]
    at = section.start
    last = ""
    count = 0
    for line in text[section.start : section.end].splitlines(keepends=True):
        bullet = _BULLET.match(line)
        goes_on = not bullet and (
            len(last.rstrip()) >= _FULL_LINE
            or line.lstrip()[:1].islower()
            or line.lstrip().startswith(("&", "+", "(", "WITH ", "AND "))
            or last.rstrip().endswith((",", "&", " and", " with", " of", " AND", " WITH", " OF"))
        )
        if bullet:
            cuts += [at, at + bullet.end()]
            number = re.search(r"\d+", bullet[0])
            count = int(number[0]) if number else count
        elif section.kind in _LISTED and not goes_on:
            cuts.append(at)
        for letter in _LETTER.finditer(line):
            cuts += [at + letter.start(), at + letter.end()]
        for inline in _INLINE.finditer(line):
            if int(inline[1]) == count + 1:  # else it is the end of a sentence: `a score of 8. The scope`
                count += 1
                cuts += [at + inline.start(), at + inline.end()]
        at += len(line)
        last = line if line.strip() else ""
    cuts = sorted({*cuts, section.end})
    bounds = list(pairwise(cuts))
    numbers = re.compile(r"\s*\(?\d{1,2}[.)]\s*|\s*\(?[-*•\u2013a-h][.)]?\s*")
    yield from ((a, b) for a, b in bounds if text[a:b].strip() and not numbers.fullmatch(text[a:b]))
