"""A note read: which procedures it lists and tells of, what it says was not done or not now, its diagnoses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from cptref.notes.codes import diagnosis_codes, procedure_codes
from cptref.notes.cues import Cues, Mark
from cptref.notes.layout import FREE, Statement, statements
from cptref.notes.phrases import Token, tokens
from cptref.notes.places import NOWHERE, Places, Where
from cptref.notes.tellings import Said, Telling, Tellings
from cptref.notes.terms import Term, Terms
from cptref.notes.words import NoteWords

# What stands in these sections was done, unless a cue says otherwise.
_DONE = ("procedure", "narrative", FREE)
# Rules also read what was given, and what is said to be done in these.
_TOLD = (*_DONE, "given")
_MIXED = ("diagnosis", "plan")
_SECTIONS = {
    "history": "it is under a heading of the history",
    "family": "it is under a heading of the family's history",
    "plan": "it is under a heading of plans",
    "indication": "it is under the indications",
    "diagnosis": "it is under a heading of diagnoses",
}
_OTHER_TIMES = ("history", "family", "plan")
_NUMBER = re.compile(r"\d")
_LENGTH = re.compile(r"\d\s*(?:cm|mm)\b")
_PIECES = re.compile(r"[,;]\s+|\s+and\s+")
# Words that name a procedure elsewhere, and are not asked for.
_NO_PROCEDURE = Mark("none", "")
_PRONOUNS = frozenset("it they this these both each all".split())
# Words of running text, which tells how something was done rather than what.
_PROSE = frozenset("was were is are been had has".split())
_SHORTEST_PROSE, _LONGEST_NAME, _LONGEST_TITLE, _LAST_TITLE_LINE = 2, 7, 14, 5
_DATES = (
    (re.compile(r"\b(20\d\d-\d\d-\d\d)\b"), "%Y-%m-%d"),
    (re.compile(r"\b(\d{1,2}/\d{1,2}/20\d\d)\b"), "%m/%d/%Y"),
    (re.compile(r"\b([A-Z][a-z]+ \d{1,2},? 20\d\d)\b"), "%B %d %Y"),
)


class Mention(NamedTuple):
    """A statement with its words, what cues say of each, and the procedure terms that it plainly tells.

    `before` is the statement before it where it begins with a pronoun: `It was removed with a snare`. `where` is what
    it says of where, or what the statements before it in its paragraph do: `Left great toe: ...`.
    """

    statement: Statement
    words: list[Token]
    marks: list[Mark | None]
    terms: list[Term]
    before: Statement | None = None
    where: Where = NOWHERE


class Passed(NamedTuple):
    """What was passed over: the statement, and why."""

    statement: Statement
    status: str
    cue: str


class Note(NamedTuple):
    """A note: what it lists as procedures, what it tells of besides, what was passed over, and its diagnoses.

    `placed` are statements on the present that name a place with a number, which may be the size of what is there.
    `tellings` are what mentions tell outright, and `mentions` all of them. `codes` are procedure codes that it names,
    `diagnosis_codes` those of diagnoses, each with the statement; `day` is the date of service that it gives.
    """

    listed: list[Mention]
    told: list[Mention]
    placed: list[Mention]
    passed: list[Passed]
    diagnoses: list[Mention]
    tellings: list[tuple[Mention, list[Telling]]]
    mentions: list[Mention]
    codes: list[tuple[str, Statement]]
    diagnosis_codes: list[tuple[str, Statement]]
    day: tuple[date, Statement] | None


class Reader:
    """Reads notes with the words of notes.toml and the rules of tellings.toml."""

    def __init__(self, words: NoteWords, tellings: Tellings) -> None:
        self._tellings = tellings
        self._done = frozenset(words.done)
        self._headings = (words.headings, words.heading_words)
        self._cues = Cues(words)
        self._terms = Terms(words)
        self._places = Places(words)
        self._no_titles = frozenset(words.titles)

    def read(self, text: str) -> Note:
        """What a note says. No error: a text that is no note has nothing in it."""
        note = Note([], [], [], [], [], [], [], [], [], None)
        day = None
        running = False
        last: Mention | None = None
        for statement in (each for whole in statements(text, *self._headings) for each in self._sites(whole)):
            if last is None or statement.heading != last.statement.heading:
                running = False
            if statement.section == "exam":
                statement = self._examined(statement)
            mention = self._mention(statement, last)
            last = mention
            note.mentions.append(mention)
            note.diagnosis_codes.extend((code, statement) for code in diagnosis_codes(statement))
            if statement.section == "date":
                day = day or _day(statement)
                continue
            if statement.section == "diagnosis":
                note.diagnoses.append(mention)
            if statement.section in _DONE:
                note.codes.extend((code, statement) for code in procedure_codes(statement))
            if statement.section == "procedure":
                running = running or _is_prose(mention)
            if mention.where.places and statement.section not in _OTHER_TIMES and _NUMBER.search(statement.text):
                note.placed.append(mention)
            self._sort(note, mention, running=running)
        note.tellings.extend(self._told(note.mentions))
        if not note.listed and not note.codes:
            titles = [mention for mention in note.told if self._is_title(mention)]
            note.listed.extend(titles)
            note = note._replace(told=[mention for mention in note.told if mention not in titles])
        return note._replace(day=day)

    def _sites(self, statement: Statement) -> Iterator[Statement]:
        """A statement, or its pieces if each tells a place and a size of its own: `forehead 3 cm, right arm 5 cm`.

        What is before a colon is of all pieces, and what the first names is of those that name no procedure.
        """
        beginning, colon, rest = statement.text.rpartition(":")
        pieces = _PIECES.split(rest)
        sized = all(_LENGTH.search(each) and self._places.read(tokens(each)).places for each in pieces)
        if statement.section not in _DONE or len(pieces) == 1 or not sized:
            yield statement
            return
        words = [tokens(each) for each in pieces]
        named = "".join(f"{words[0][n].text} " for term in self._terms.find(words[0]) for n in range(*term[:2]))
        for number, each in enumerate(pieces):
            own = f"{beginning}{colon} {'' if self._terms.find(words[number]) else named}{each.strip()}"
            yield statement._replace(text=own.strip(), first=statement.first or number > 0)

    def _examined(self, statement: Statement) -> Statement:
        """What stands under `Exam`: a procedure, if it names one, as in a report of imaging."""
        named = any(term.always for term in self._terms.find(tokens(statement.text)))
        return statement._replace(section="procedure") if named else statement

    def _mention(self, statement: Statement, last: Mention | None) -> Mention:
        words = tokens(statement.text)
        marks = self._cues.read(statement.text, words, diagnosis=statement.section == "diagnosis")
        plain = [term for term in self._terms.find(words) if marks[term.start] is None]
        if statement.section != "diagnosis":
            for number in self._terms.none(words):
                marks[number] = marks[number] or _NO_PROCEDURE
        begins = words[0].lower if words else ""
        before = last.statement if last and begins in _PRONOUNS else None
        if before and before.section != statement.section:
            before = None
        where = self._places.read([word for word, mark in zip(words, marks, strict=True) if mark is None])
        if not where and last and not statement.first:
            where = last.where
        return Mention(statement, words, marks, plain, before, where)

    def _told(self, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, list[Telling]]]:
        """What mentions tell outright."""
        note = []
        for each in mentions:
            plain = [mark is None or mark is _NO_PROCEDURE for mark in each.marks]
            section = each.statement.section
            done = (
                section in _TOLD
                or (section == "exam" and each.statement.first)
                or (
                    section in _MIXED
                    and any(word.lower in self._done for word, told in zip(each.words, plain, strict=True) if told)
                )
            )
            note.append(Said(each.words, plain, done, done or section not in _OTHER_TIMES))
        for mention, tellings in zip(mentions, self._tellings.read(note), strict=True):
            if tellings:
                yield mention, tellings

    def _sort(self, note: Note, mention: Mention, *, running: bool) -> None:
        statement = mention.statement
        every = self._terms.find(mention.words)
        if statement.section not in _DONE:
            why = _SECTIONS.get(statement.section)
            if why and any(term.always for term in every) and statement.section != "diagnosis":
                mark = next((mention.marks[t.start] for t in every if mention.marks[t.start]), None)
                note.passed.append(Passed(statement, *(mark or (statement.section, why))))
            return
        told = [mention.marks[term.start] for term in every if term.always or statement.section == "procedure"]
        against = [mark for mark in told if mark]
        if against:
            note.passed.append(Passed(statement, *against[0]))
        if statement.section == "procedure" and not running and self._is_item(mention):
            note.listed.append(mention)
        elif any(term.kind != "minor" for term in mention.terms) and not self._is_name(mention):
            note.told.append(mention)

    def _is_item(self, mention: Mention) -> bool:
        """Whether a statement under a heading of procedures lists one, rather than tells how it was done."""
        if not mention.statement.first:
            sized = _NUMBER.search(mention.statement.text) is not None
            return any(term.always or (sized and term.kind == "listed") for term in mention.terms)
        plain = [word for word, mark in zip(mention.words, mention.marks, strict=True) if mark is None]
        return bool(mention.terms) or (1 < len(plain) == len(mention.words) <= _LONGEST_TITLE)

    def _is_name(self, mention: Mention) -> bool:
        """Whether a statement before all headings is the name of the document: `Endoscopy Report`."""
        statement = mention.statement
        return (
            statement.section == FREE
            and not statement.heading
            and statement.line <= _LAST_TITLE_LINE
            and len(mention.words) <= _LONGEST_NAME
            and not self._no_titles.isdisjoint(word.lower for word in mention.words)
        )

    def _is_title(self, mention: Mention) -> bool:
        """Whether a statement before all headings is the title of a report on one procedure."""
        return (
            mention.statement.section == FREE
            and not mention.statement.heading
            and len(mention.words) <= _LONGEST_TITLE
            and any(term.always for term in mention.terms)
            and mention.statement.line <= _LAST_TITLE_LINE
        )


def _is_prose(mention: Mention) -> bool:
    """Whether a statement under a heading of procedures tells how it was done, rather than what."""
    return len(mention.words) > _SHORTEST_PROSE and any(word.lower in _PROSE for word in mention.words)


def _day(statement: Statement) -> tuple[date, Statement] | None:
    for pattern, form in _DATES:
        found = pattern.search(statement.text)
        if found:
            try:
                return datetime.strptime(found[1].replace(",", ""), form).date(), statement  # noqa: DTZ007
            except ValueError:
                continue
    return None


def segments(
    mention: Mention, separators: Sequence[str] = ("with", "and", "plus", "&", "then")
) -> Iterator[tuple[int, int]]:
    """The parts of a list item, each with a term: `EGD with biopsy and dilation` has three."""
    text, words = mention.statement.text, mention.words
    starts = {term.start for term in mention.terms}
    cuts = [0]
    for number, word in enumerate(words[1:], 1):
        gap = text[words[number - 1].end : word.start]
        if word.lower in separators or re.search(r"[,;+/]", gap):
            cuts.append(number)
    cuts.append(len(words))
    begin = 0
    pieces: list[tuple[int, int]] = []
    for end in cuts[1:]:
        has_term = any(begin <= start < end for start in starts)
        rest_has = any(start >= end for start in starts)
        if has_term:
            pieces.append((begin, end))
            begin = end
        elif not rest_has and pieces:
            pieces[-1] = (pieces[-1][0], end)
            begin = end
    yield from pieces or [(0, len(words))]
