"""What a note proposes, in rows: for csv and JSON lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cptref.model.suggestion import ProposedProcedure, Suggestions

COLUMNS = (
    "kind", "text", "lines", "code", "title", "status", "score", "modifiers", "words", "unsaid", "because",
)  # fmt: skip


def rows(found: Suggestions) -> list[dict[str, Any]]:
    """Each proposal, each diagnosis, and what was passed over, by `kind`; `status` tells what each is."""
    made = [row for procedure in found.procedures for row in _procedure(procedure)]
    made += [
        {"kind": "diagnosis", "text": each.text, "lines": (each.line,), "code": each.code, "title": each.description,
         "status": each.status} for each in found.diagnoses
    ]  # fmt: skip
    made += [
        {"kind": "passed over", "text": each.text, "lines": (each.line,), "status": each.status,
         "because": each.because} for each in found.passed_over
    ]  # fmt: skip
    return [{name: row.get(name, "") for name in COLUMNS} for row in made]


def _procedure(procedure: ProposedProcedure) -> list[dict[str, Any]]:
    """Its proposals: one is first, the others are `or`, unless another procedure includes it."""
    common = {"kind": "procedure", "text": procedure.text, "lines": procedure.lines, "because": procedure.because}
    if not procedure.proposals:
        return [{**common, "status": "no code found"}]
    included = f"included in {procedure.included_in}" if procedure.included_in else ""
    return [
        {**each._asdict(), **common, "modifiers": [modifier.modifier for modifier in each.modifiers],
         "status": included or ("or" if number else "first")}
        for number, each in enumerate(procedure.proposals)
    ]  # fmt: skip
