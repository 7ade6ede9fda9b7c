"""`conflicts`: the edits of one code, or among several."""

from __future__ import annotations

from collections.abc import Sequence

from cptref.answers.context import LOAD, Context
from cptref.answers.missing import not_found
from cptref.errors import DataNotLoadedError, UsageError
from cptref.model.edit import Conflicts, Edit

SETTINGS = ("practitioner", "hospital")


def conflicts(
    context: Context, codes: Sequence[str], beside: Sequence[str], setting: str, *, deleted: bool
) -> Conflicts:
    """Every edit in force of one code, each among several, or those of codes with those beside them; guidelines first.

    With `deleted` the edits of all times, which only an imported release holds.

    NotFoundError where none of the codes is known; DataNotLoadedError where no PTP release answers for the date.
    """
    if setting not in SETTINGS:
        raise UsageError(
            f"there are no PTP edits for the setting '{setting}'",
            "NCCI publishes them for practitioner and hospital.",
        )
    unique = tuple(dict.fromkeys((*codes, *beside)))
    if len(unique) < len(codes) + len(beside):
        context.warn("A code that was given twice is taken once: how often it may be billed is the MUE's matter.")
    missing = _missing(context, unique)
    release = context.edits(setting, held=not missing)
    if release is None:
        raise context.not_loaded("ptp", setting)
    if deleted and context.is_partial(release):
        raise DataNotLoadedError("the bundled edits are those in force: deleted ones are in CMS's files", LOAD)
    day = None if deleted else context.as_of
    if len(unique) == 1:
        found = context.store.ptp(release, unique[0], day)
    else:
        found = context.store.ptp_among(release, unique, day)
    edits = _guidelines(context, unique) + found
    if beside:
        edits = [e for e in edits if len({e.column_one, e.column_two} & set(beside)) == 1]
    if len(unique) == 1 and not edits and not context.titles(unique):
        raise not_found(context, unique[0])
    missing = missing if context.is_partial(release) else ""
    if missing:
        context.warn(f"{context.name(release)} are bundled in part: {missing}. {LOAD}")
    named = {code for edit in edits for code in (edit.column_one, edit.column_two)}
    titles = context.titles(named.union(unique))
    strangers = [code for code in unique if code not in titles] if context.has_all_codes() else []
    if strangers:
        context.warn(f"Not in the fee schedule release: {', '.join(strangers)}. Is it a code?")
    complete = not missing and not strangers and context.answers_for(release)
    return Conflicts(unique, setting, tuple(edits), complete, titles)


def _guidelines(context: Context, codes: Sequence[str]) -> list[Edit]:
    wanted = set(codes)
    found = [edit for code in codes for edit in context.store.guidelines(code)]
    if len(wanted) > 1:
        found = [edit for edit in found if {edit.column_one, edit.column_two} <= wanted]
    return list(dict.fromkeys(found))


def _missing(context: Context, codes: Sequence[str]) -> str:
    """What the bundled edits of codes lack; empty where they lack nothing.

    Bundled are all edits of some codes, and of the others those between codes of the catalog. So one code is answered
    in full if it is one of these, and a pair if one of the two is or both are in the catalog.
    """
    whole = {code for code in codes if context.store.ptp_complete(code)}
    if len(codes) == 1:
        if whole:
            return ""
        where = "other codes of the catalog" if context.store.exists(codes[0]) else "a few codes"
        return f"of {codes[0]}, only its edits with {where}"
    outside = [code for code in codes if not context.store.exists(code)]
    if not outside or len(whole) >= len(codes) - 1:
        return ""
    return f"without those of {', '.join(outside)}, which the catalog does not describe"
