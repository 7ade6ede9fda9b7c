"""The error for what the data does not have."""

from __future__ import annotations

from cptref.answers.context import LOAD, Context
from cptref.errors import NotFoundError


def not_found(context: Context, code: str) -> NotFoundError:
    """The error for a code that the data does not have: near codes, and how to load all."""
    near = "; ".join(f"{c} {title}" for c, title in context.store.near_codes(code) if c[0] == code[0])
    if context.has_all_codes():
        where, load = "neither in the catalog nor in the fee schedule release for the date", ""
    else:
        where, load = f"not in the catalog, which describes {context.store.code_count():,} codes, not all", LOAD
    return NotFoundError(f"{code} is {where}", f"{f'Near it: {near}. ' if near else ''}{load}".strip())
