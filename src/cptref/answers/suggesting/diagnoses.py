"""The diagnoses of a note: codes that it names, validated and described, and codes for those it tells in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cptref.answers.context import Context
from cptref.answers.icd import IcdFinder, described, dotted, undotted
from cptref.model.suggestion import NotedDiagnosis, PassedOver
from cptref.notes.layout import Statement
from cptref.notes.reading import Mention, Note

# Words are answered by a code that says most of them, or not at all.
_LEAST = 0.62
_MOST_WORDS = 16
_AS_BEFORE = re.compile(r"(?:the )?(?:same|as above|none|unchanged)\b.{0,20}", re.IGNORECASE)


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
        for text in _told(mention, codes):
            best = next((each for each in finder.find(text) if not headings or each[0].code.startswith(headings)), None)
            if best and best[1] >= _LEAST and best[0].code not in have:
                have.add(best[0].code)
                found.append(NotedDiagnosis(dotted(best[0].code), described(best[0]), "proposed", text, statement.line))
    return found


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
            token.text
            for token, mark in zip(mention.words, mention.marks, strict=True)
            if begin <= token.start < end and mark is None and text[token.start] != " "
        ]
        said = " ".join(plain)
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
