"""`list`: the codes of a range, a family or a section."""

from __future__ import annotations

from decimal import Decimal

from cptref.answers.context import LOAD, Context
from cptref.errors import NotFoundError
from cptref.model.listing import CodeList, ListedCode
from cptref.model.syntax import is_code, level, parse_range, shown


def listing(context: Context, text: str) -> CodeList:
    """The codes of a range (`43200-43232`, `432*`), a family (`egd`), a section (`radiology`), or `all`."""
    wanted = text.strip()
    ends = parse_range(wanted) or ((wanted.upper(), wanted.upper()) if is_code(wanted.upper()) else None)
    if wanted.lower() == "all":
        ends = ("0", "~")
    found = context.codes_between(*ends) if ends else context.store.codes_in_group(wanted.lower())
    if ends and is_code(ends[0]) and is_code(ends[1]):  # 04000-05000 is no range of 0440T
        found = [(code, title) for code, title in found if level(code) in (level(ends[0]), level(ends[1]))]
    if not found:
        raise _nothing(context, wanted, is_range=ends is not None)
    facts = context.pfs_summary(code for code, _ in found)
    return CodeList(wanted, len(found), tuple(_listed(code, title, facts.get(code)) for code, title in found))


def _listed(code: str, title: str, facts: tuple[str, str, str, str] | None) -> ListedCode:
    if facts is None:
        return ListedCode(code, title, None, None, None, None)
    status, global_days, nonfacility, facility = facts
    return ListedCode(code, title, status, global_days, Decimal(nonfacility) or None, Decimal(facility) or None)


def _nothing(context: Context, wanted: str, *, is_range: bool) -> NotFoundError:
    if is_range:
        if context.has_all_codes():
            return NotFoundError(f"neither the catalog nor the fee schedule release has a code in {shown(wanted)}")
        count = context.store.code_count()
        return NotFoundError(f"the catalog, which describes {count:,} codes, has none in {shown(wanted)}", LOAD)
    groups = context.store.groups()
    near = [group for group in groups if len(wanted) > 2 and wanted.lower()[:4] in group][:5]
    hint = (
        f"Near it: {', '.join(near)}."
        if near
        else "A range is 43200-43232 or 432*, a family is such as egd or office-visits."
    )
    return NotFoundError(f"no range, family or section '{shown(wanted)}'", hint)
