"""What the modifier rules look at, gathered for a code."""

from __future__ import annotations

from collections.abc import Sequence

from cptref.answers.context import Context
from cptref.model.edit import ConflictCounts, Edit
from cptref.model.page import AddOn, Mue
from cptref.model.rows import PfsRow
from cptref.rules.modifier_facts import ModifierFacts

# Statuses of codes that Medicare does not pay, though other payers may.
_NOT_PAID = frozenset("BIMNP")


def modifier_facts(
    context: Context,
    rows: Sequence[PfsRow],
    mue: Sequence[Mue],
    add_on: AddOn | None,
    edits: Sequence[Edit],
    counts: ConflictCounts,
) -> ModifierFacts | None:
    """The facts for the rules; None where no fee schedule release has the code. `edits` are its PTP edits."""
    if not rows:
        return None
    row = rows[0]
    if row.status in _NOT_PAID:
        context.warn(f"Medicare does not pay {row.code} (status {row.status}): its modifiers are for other payers.")
    by_modifier = {each.modifier: each for each in rows}
    return ModifierFacts(
        row=row,
        pctc=by_modifier.get("26", row).pctc,
        has_53_row="53" in by_modifier,
        is_add_on=add_on is not None and add_on.is_add_on,
        mai=next((edit.mai for edit in mue if edit.setting == "practitioner"), ""),
        bypassable=sum(edit.bypass == "with_modifier" for edit in edits),
        edits=len(edits),
        edits_partial=counts.partial,
    )
