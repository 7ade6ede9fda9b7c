"""`conflicts`: the edits of one code, or among several."""

from __future__ import annotations

from collections.abc import Sequence

from cptref.answers.context import LOAD, Context
from cptref.answers.page import not_found
from cptref.errors import UsageError
from cptref.model.edit import Conflicts, Edit

SETTINGS = ("practitioner", "hospital")


def conflicts(context: Context, codes: Sequence[str], setting: str) -> Conflicts:
    """Every edit in force of one code, or each among several codes; guidelines first, then PTP edits.

    NotFoundError where none of the codes is known; DataNotLoadedError where no PTP release answers for the date.
    """
    if setting not in SETTINGS:
        raise UsageError(
            f"there are no PTP edits for the setting '{setting}'",
            "NCCI publishes them for practitioner and hospital.",
        )
    unique = tuple(dict.fromkeys(codes))
    if len(unique) < len(codes):
        context.warn("A code that was given twice is taken once: units are the MUE's matter.")
    release = context.needed("ptp", setting)
    known = context.titles(unique)
    if len(unique) == 1:
        edits = _guidelines(context, unique) + context.store.ptp(release, unique[0], context.as_of)
        if not edits and unique[0] not in known:
            raise not_found(context, unique[0])
    else:
        edits = _guidelines(context, unique) + context.store.ptp_among(release, unique, context.as_of)
    if context.is_partial(release):
        _say_what_is_missing(context, unique, context.store.titles(unique), context.name(release))
    named = {code for edit in edits for code in (edit.column_one, edit.column_two)}
    return Conflicts(unique, setting, tuple(edits), context.titles(named.union(unique)))


def _guidelines(context: Context, codes: Sequence[str]) -> list[Edit]:
    wanted = set(codes)
    found = [edit for code in codes for edit in context.store.guidelines(code)]
    if len(wanted) > 1:
        found = [edit for edit in found if {edit.column_one, edit.column_two} <= wanted]
    return list(dict.fromkeys(found))


def _say_what_is_missing(context: Context, codes: Sequence[str], known: dict[str, str], release: str) -> None:
    """Warn where an absent edit does not mean that there is none.

    The bundled edits are those between codes of the catalog, and all of some codes. So one code is answered in full
    if it is one of these, and a pair if one of them is or both are in the catalog.
    """
    complete = {code for code in codes if context.store.ptp_complete(code)}
    if len(codes) == 1 and not complete:
        context.warn(
            f"Bundled in part: of {release}, only the edits of {codes[0]} with other codes of the catalog. {LOAD}"
        )
    unknown = [code for code in codes if code not in known]
    if len(codes) > 1 and unknown and len(complete) < len(codes) - 1:
        context.warn(f"Not checked in full: {', '.join(unknown)} {'is' if len(unknown) == 1 else 'are'} "
                     f"not in the catalog, which bundles only part of {release}. {LOAD}")  # fmt: skip
