"""The diagnoses of a note: codes that it names, validated and described, and codes for those it tells in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cptref.answers.context import Context
from cptref.answers.icd import IcdFinder, described, dotted, undotted
from cptref.model.rows import IcdRow
from cptref.model.suggestion import NotedDiagnosis, PassedOver
from cptref.notes.layout import Statement
from cptref.notes.reading import Mention, Note

# Words are answered by a code that says most of them, or not at all.
LEAST = 0.62
_MOST_WORDS = 16
# The parts of a text must each be answered so much better than the whole.
_APART = 0.1
_CONJUNCTION = re.compile(r"\s*[,+&]\s+|\s+(?:and|with|w/)\s+")
_AS_BEFORE = re.compile(r"(?:the )?(?:same|as (?:above|below)|none|unchanged|see above)\b.{0,20}", re.IGNORECASE)


def noted_diagnoses(context: Context, note: Note) -> list[NotedDiagnosis]:
    """The diagnoses by code in the note's order, then those in words; none in words where no release is loaded."""
    named = dict[str, Statement]()
    for code, statement in note.diagnosis_codes:
        named.setdefault(undotted(code), statement)
    release = context.release("icd")
    if release is None:
        if named or note.diagnoses:
            context.warn(f"Diagnoses are not checked and none is proposed: {context.not_loaded('icd').message}.")
        return [NotedDiagnosis(dotted(c), "", "unchecked", s.text, s.line) for c, s in named.items() if _is_code(c)]
    found = [each for code, statement in named.items() for each in _checked(context, release, code, statement)]
    have = {undotted(each.code) for each in found}
    finder = IcdFinder(context, release)
    settled = {each.line: each.text for each in found if each.status == "valid"}
    for mention in note.diagnoses:
        statement = mention.statement
        if settled.get(statement.line) == statement.text:
            continue
        headings = tuple(
            undotted(each.code) for each in found if each.status == "heading" and each.text == statement.text
        )
        codes = [code for code, where in note.diagnosis_codes if where is statement and undotted(code) in have]
        for told in _told(mention, codes):
            for text, row in _best(finder, told, headings):
                if row.code not in have:
                    have.add(row.code)
                    found.append(NotedDiagnosis(dotted(row.code), described(row), "proposed", text, statement.line))
    return found


def _best(finder: IcdFinder, text: str, headings: tuple[str, ...]) -> list[tuple[str, IcdRow]]:
    """The diagnosis that a text tells, or those of its parts where these are told better apart."""
    whole = _first(finder, text, headings)
    least = max(LEAST, whole[2] + _APART if whole else 0.0)
    parts = [part for each in _CONJUNCTION.split(text) if (part := each.strip(" ."))]
    apart = [found for part in parts if (found := _first(finder, part, headings)) and found[2] >= LEAST]
    if len(parts) > 1 and len(apart) == len(parts) and all(found[2] >= least for found in apart):
        return [found[:2] for found in apart]
    return [whole[:2]] if whole and whole[2] >= LEAST else [found[:2] for found in apart]


def _first(finder: IcdFinder, text: str, headings: tuple[str, ...]) -> tuple[str, IcdRow, float] | None:
    """A text with the diagnosis that it tells, of those below some headings if there are any, and its score."""
    found = finder.told(text, headings)
    return (text, *found) if found else None


def uncertain_diagnoses(note: Note) -> Iterator[PassedOver]:
    """Diagnoses that the note does not state as certain: outpatient claims do not have them.

    ICD-10-CM Official Guidelines for Coding and Reporting, section IV.H.
    """
    for mention in note.diagnoses:
        marks = [mark for mark in mention.marks if mark]
        if marks and not list(_told(mention, ())):
            yield PassedOver(mention.statement.text, mention.statement.line, marks[0].status, marks[0].cue)


def _told(mention: Mention, codes: Sequence[str]) -> Iterator[str]:
    """What a statement plainly tells, piece by piece, without its codes."""
    text = mention.statement.text
    for code in codes:
        text = text.replace(code, " " * len(code))
    begin = 0
    for end in [*(found.start() for found in re.finditer(r";|\.\s", text)), len(text)]:
        plain = [
            token
            for token, mark in zip(mention.words, mention.marks, strict=True)
            if begin <= token.start < end and mark is None and text[token.start] != " "
        ]
        said = " ".join(
            token.text + ("," if text[token.end : token.end + 1] in (",", "/") else "") for token in plain
        ).strip(",")
        begin = end
        if said and len(plain) <= _MOST_WORDS and not _AS_BEFORE.fullmatch(said):
            yield said


def _checked(context: Context, release: int, code: str, statement: Statement) -> Iterator[NotedDiagnosis]:
    """A code as the release has it; what only looks like one, without a dot, is left out if it is none."""
    rows = context.store.icd_from(release, code)
    exact = next((row for row in rows if row.code == code), None)
    if exact and exact.billable == "1":
        yield NotedDiagnosis(dotted(code), exact.description, "valid", statement.text, statement.line)
    elif rows:
        described_as = exact.description if exact else ""
        longer = ", ".join(dotted(row.code) for row in rows if row.billable == "1" and row.code != code)
        more = f"needs more characters: {longer}" if len(rows) <= _FEW else f"needs more characters ({len(rows)} codes)"
        yield NotedDiagnosis(dotted(code), f"{described_as} {more}".strip(), "heading", statement.text, statement.line)
    elif _is_code(code) and (dotted(code) in statement.text or f"({code}" in statement.text):
        yield NotedDiagnosis(dotted(code), "", "unknown", statement.text, statement.line)


_FEW = 8


def _is_code(code: str) -> bool:
    return re.fullmatch(r"[A-Z]\d[0-9A-Z]{1,5}", code) is not None
