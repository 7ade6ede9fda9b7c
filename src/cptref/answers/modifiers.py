"""`modifiers`: the list of modifiers, or a code's verdicts."""

from __future__ import annotations

from collections.abc import Sequence

from cptref.answers.context import Context
from cptref.model.edit import Edit
from cptref.model.rows import PfsRow
from cptref.rules.modifiers import ModifierFacts


def modifier_facts(
    context: Context, code: str, rows: Sequence[PfsRow], edits: Sequence[Edit] | None, is_add_on: bool
) -> ModifierFacts | None:
    """What the modifier rules look at; None where no fee schedule release has the code."""
    if not rows:
        return None
    release = context.release("ptp", "practitioner")
    partial = release is None or (context.is_partial(release) and not context.store.ptp_complete(code))
    return ModifierFacts(
        row=rows[0],
        has_53_row=any(row.modifier == "53" for row in rows),
        is_add_on=is_add_on,
        bypassable=sum(edit.bypass == "with_modifier" for edit in edits or ()),
        edits=len(edits or ()),
        edits_partial=partial,
    )
