"""What a note proposes: procedures with codes, diagnoses, what was passed over, and the check of the codes."""

from __future__ import annotations

from collections.abc import Sequence

from cptref.model.answer import Answer
from cptref.model.suggestion import NotedDiagnosis, PassedOver, Proposal, ProposedProcedure, Suggestions
from cptref.render.check import findings_document
from cptref.render.document import Document, Grid, Heading, Paragraph, Section
from cptref.render.foot import foot

_WHY = {
    "negated": "not done", "history": "earlier", "family": "of the family", "plan": "planned",
    "others": "done by others",
    "conditional": "on a condition", "uncertain": "uncertain, so not coded on an outpatient claim",
    "indication": "tells why, not what", "unmatched": "told, but not beside what is listed",
}  # fmt: skip
_STATUS = {
    "valid": "", "heading": "not billable", "unknown": "no such code", "unchecked": "not checked",
    "proposed": "proposed for the words",
}  # fmt: skip
_LONGEST, _MOST_UNSAID = 100, 4


def document(answer: Answer[Suggestions]) -> Document:
    """The note's procedures, diagnoses, what was passed over, the check, and the word that this only proposes."""
    found: Suggestions = answer.data
    blocks: Document = [
        Heading("Proposals", "from the words of the note: cptref does not decide, whoever codes the record does"),
    ]
    if not found.procedures:
        blocks.append(Paragraph("No procedure was recognised.", "warning"))
    for number, procedure in enumerate(found.procedures, 1):
        blocks += _procedure(number, procedure)
    blocks += _diagnoses(found.diagnoses)
    blocks += _passed_over(found.passed_over)
    if found.check:
        blocks += [Section(f"Check of the first codes: {found.check.verdict}"), *findings_document(found.check)]
    return blocks + foot(answer)


def _procedure(number: int, procedure: ProposedProcedure) -> Document:
    noun = "line" if len(procedure.lines) == 1 else "lines"
    blocks: Document = [Section(f"{number}. {_quoted(procedure.text)} ({noun} {', '.join(map(str, procedure.lines))})")]
    if not procedure.proposals:
        return [*blocks, Paragraph("No code was found for these words: try `cptref search`.", "warning")]
    if procedure.included_in:
        told = f"Not billed beside {procedure.included_in}: {procedure.because}"
        blocks.append(Paragraph(told if told.endswith(".") else f"{told}.", "warning"))
    rows = tuple(
        (_with_modifiers(each), each.title, ", ".join(each.words), ", ".join(each.unsaid))
        for each in procedure.proposals
    )
    blocks.append(Grid(("Code", "Procedure", "Rests on", "Leaves out"), rows))
    reasons = dict.fromkeys((m.modifier, m.reason) for each in procedure.proposals[:1] for m in each.modifiers)
    return [*blocks, *(Paragraph(f"{modifier}: {reason}.", "dim") for modifier, reason in reasons)]


def _with_modifiers(proposal: Proposal) -> str:
    return "-".join((proposal.code, *(each.modifier for each in proposal.modifiers)))


def _diagnoses(diagnoses: Sequence[NotedDiagnosis]) -> Document:
    if not diagnoses:
        return []
    rows = tuple(
        (each.code, each.description, _STATUS[each.status], f"{_quoted(each.text)} (line {each.line})")
        for each in diagnoses
    )
    return [Section("Diagnoses"), Grid(("Code", "Diagnosis", "", "The note says"), rows)]


def _passed_over(passed: Sequence[PassedOver]) -> Document:
    if not passed:
        return []
    rows = tuple(
        (str(each.line), _quoted(each.text), _WHY.get(each.status, each.status), each.because) for each in passed
    )
    return [Section("Passed over"), Grid(("Line", "The note says", "Why", "Told by"), rows)]


def _some(words: Sequence[str]) -> str:
    """The first words of those that a code leaves out: of running text there are many."""
    return ", ".join([*words[:_MOST_UNSAID], *(["…"] if len(words) > _MOST_UNSAID else [])])


def _quoted(text: str) -> str:
    """Words of the note, literally and not at any length."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
