"""`show`: the page of a code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cptref.answers.context import LOAD, Context
from cptref.answers.history import release_history
from cptref.answers.missing import not_found
from cptref.answers.modifiers import modifier_facts
from cptref.errors import DataNotLoadedError
from cptref.model.edit import ConflictCounts, Edit
from cptref.model.modifier import CodeModifiers
from cptref.model.page import AddOn, CodePage, Descriptors, HistoryEvent, Indicator, Mue
from cptref.model.rows import CONTRACTOR_DEFINED, AscRow, HcpcsRow, OppsRow, PfsRow, Prose, RbcsRow
from cptref.model.syntax import level
from cptref.pricing.national import relative_value
from cptref.rules.modifiers import verdicts

_FROM_PFS = (
    "status", "global_days", "pctc", "mult_proc", "bilat_surg", "asst_surg", "co_surg", "team_surg", "supervision",
    "imaging_family",
)  # fmt: skip
SETTINGS = ("practitioner", "hospital", "dme")


def page(context: Context, code: str, *, with_releases: bool = False) -> CodePage:
    """The page of a code; NotFoundError, with near codes, where neither the catalog nor a release has it.

    `with_releases` adds to its history what the releases tell of one another.
    """
    release = context.release("pfs", "", code)
    rows = context.store.pfs(release, code) if release is not None else []
    mue, unpublished = _mue(context, code)
    add_on = _add_on(context, code)
    edits = _practitioner_edits(context, code)
    opps = _opps(context, code)
    asc, hcpcs = _asc(context, code), _hcpcs(context, code)
    prose = context.store.prose(code)
    titles = context.titles([code])
    if prose is None and not (rows or mue or add_on or edits or opps or asc or titles):
        raise not_found(context, code)
    prose = prose or _undescribed(code, titles.get(code, ""))
    counts = _counts(context, code, edits)
    facts = modifier_facts(context, rows, mue, add_on, edits, counts)
    classed = _rbcs(context, code)
    history = _history(context, prose, classed, hcpcs)
    told = release_history(context, code) if with_releases else []
    descriptors, owner = _descriptors(context, code)
    named = {*prose.related, *((*add_on.primaries, *add_on.add_ons) if add_on else ())}
    return CodePage(
        code=code,
        level=level(code),
        listing=_listing(context, release, rows, history),
        section=prose.section,
        family=prose.family,
        title=prose.title,
        description=prose.description,
        synonyms=prose.synonyms,
        indications=prose.indications,
        procedure=prose.procedure,
        aftercare=prose.aftercare or None,
        billing=prose.billing,
        descriptors=descriptors,
        descriptors_owner=owner,
        payment=_payment(context, rows, opps, asc) | _coverage(context, hcpcs, classed),
        rvu=tuple(relative_value(row) for row in rows),
        mue=mue,
        mue_unpublished=unpublished,
        add_on=add_on,
        modifiers=verdicts(context.store.modifiers(), facts) if facts else (),
        conflicts=counts,
        related=prose.related,
        history=tuple(event for event in sorted([*history, *told]) if event.date <= context.as_of),
        titles=context.titles(named),
    )


def modifiers(context: Context, code: str, typed: Sequence[str]) -> CodeModifiers:
    """Which modifiers a code takes, those typed first. DataNotLoadedError where no fee schedule release tells."""
    context.needed("pfs", code)
    found = page(context, code)
    if not found.modifiers:
        raise DataNotLoadedError(f"the fee schedule release for {context.as_of} does not list {code}", LOAD)
    unknown = set(typed) - {verdict.modifier for verdict in found.modifiers}
    if unknown:
        context.warn(f"Not a modifier that cptref knows: {' '.join(sorted(unknown))}.")
    ordered = sorted(found.modifiers, key=lambda verdict: verdict.modifier not in typed)
    return CodeModifiers(found.code, found.title, tuple(ordered), tuple(typed))


def _undescribed(code: str, title: str) -> Prose:
    """The entry of a code that only an imported release knows: its descriptor for a title, and no more."""
    return Prose(code, "", "", title, "", (), (), (), "", (), ())


def _descriptors(context: Context, code: str) -> tuple[Descriptors, str | None]:
    """Of each length the first that a release has, under the copyright line of the fullest release."""
    found = context.descriptors(code)
    short, medium, long = (next((text for row, _ in found if (text := row[n])), None) for n in (1, 2, 3))
    owner = "CMS" if level(code) == "HCPCS II" else "copyright American Medical Association"
    return Descriptors(short, medium, long), next((n for _, n in found if n), owner) if found else None


def _edits(context: Context, code: str) -> int | None:
    return context.edits("practitioner", held=context.store.ptp_complete(code))


def _practitioner_edits(context: Context, code: str) -> list[Edit]:
    release = _edits(context, code)
    return context.store.ptp(release, code, context.as_of) if release is not None else []


def _payment(context: Context, rows: list[PfsRow], opps: OppsRow | None, asc: AscRow | None) -> dict[str, Indicator]:
    meanings = context.store.meanings()

    def indicator(field: str, value: str) -> Indicator:
        meaning = meanings.get((field, value)) or context.indicator_texts(field).get(value)
        return Indicator(value, meaning or "no meaning is recorded for this value")

    payment: dict[str, Indicator] = {}
    if rows:
        row = rows[0]
        payment = {field: indicator(field, getattr(row, field)) for field in _FROM_PFS}
        if row.endo_base:
            title = context.titles([row.endo_base]).get(row.endo_base, "")
            payment["endo_base"] = Indicator(row.endo_base, title or "the base code of the endoscopy family")
    if opps:
        payment["opps_status"] = indicator("opps_status", opps.status)
        if opps.apc:
            payment["apc"] = Indicator(opps.apc, opps.apc_title)
    if asc and asc.addendum == "EE":
        payment["asc_payment"] = Indicator("EE", "Excluded: not paid in an ambulatory surgical center (addendum EE)")
    elif asc:
        rate = f"; {asc.rate} US dollars before wage adjustment" if asc.rate else ""
        payment["asc_payment"] = Indicator(asc.indicator, indicator("asc_payment", asc.indicator).meaning + rate)
    return payment


def _coverage(context: Context, hcpcs: HcpcsRow | None, classed: RbcsRow | None) -> dict[str, Indicator]:
    """What the HCPCS file and the classification say of the code."""
    found: dict[str, Indicator] = {}
    if hcpcs and hcpcs.coverage:
        meaning = context.store.meanings().get(("coverage", hcpcs.coverage), "no meaning is recorded for this value")
        found["coverage"] = Indicator(hcpcs.coverage, meaning)
    if classed:
        found["rbcs"] = Indicator(classed.rbcs, f"{classed.category}: {classed.subcategory}, {classed.family}")
    return found


def _opps(context: Context, code: str) -> OppsRow | None:
    release = context.release("opps", "", code)
    return context.store.opps(release, code) if release is not None else None


def _asc(context: Context, code: str) -> AscRow | None:
    """The line of a code in the ASC addenda: as a surgical procedure before as an ancillary service."""
    release = context.release("asc", "", code)
    rows = context.store.asc(release, code) if release is not None else []
    return min(rows, key=lambda row: row.addendum, default=None)


def _hcpcs(context: Context, code: str) -> HcpcsRow | None:
    if level(code) != "HCPCS II":
        return None
    release = context.release("hcpcs", "", code)
    return context.store.hcpcs(release, code) if release is not None else None


def _mue(context: Context, code: str) -> tuple[tuple[Mue, ...], tuple[str, ...]]:
    """The MUE of each setting, and the settings whose release has none."""
    found, unpublished = [], []
    for setting in SETTINGS:
        release = context.release("mue", setting, code)
        row = context.store.mue(release, code) if release is not None else None
        if row:
            found.append(Mue(row.setting, row.value, row.mai, row.rationale))
        elif release is not None:
            unpublished.append(setting)
    return tuple(found), tuple(unpublished)


def _add_on(context: Context, code: str) -> AddOn | None:
    release = context.release("add_on", "", code)
    rows = context.store.add_on(release, code, context.as_of) if release is not None else []
    if not rows:
        return None
    as_add_on = [row for row in rows if row.add_on == code]
    return AddOn(
        is_add_on=bool(as_add_on),
        type=as_add_on[0].type if as_add_on else None,
        primaries=tuple(sorted(row.primary for row in as_add_on if row.primary != CONTRACTOR_DEFINED)),
        add_ons=tuple(sorted(row.add_on for row in rows if row.primary == code)),
        contractor_defined=any(row.primary == CONTRACTOR_DEFINED for row in as_add_on),
        notes={row.primary: row.note for row in as_add_on if row.note and row.primary != CONTRACTOR_DEFINED},
    )


def _counts(context: Context, code: str, edits: list[Edit]) -> ConflictCounts:
    release = _edits(context, code)
    guidelines = len(context.store.guidelines(code))
    if release is None:
        return ConflictCounts(None, None, guidelines, partial=True)
    return ConflictCounts(
        column_one=sum(edit.column_one == code for edit in edits),
        column_two=sum(edit.column_two == code for edit in edits),
        guideline=guidelines,
        partial=context.is_partial(release) and not context.store.ptp_complete(code),
    )


def _rbcs(context: Context, code: str) -> RbcsRow | None:
    release = context.release("rbcs", "", code)
    return context.store.rbcs(release, code) if release is not None else None


def _history(context: Context, prose: Prose, classed: RbcsRow | None, hcpcs: HcpcsRow | None) -> list[HistoryEvent]:
    """Everything known of the code's life, what comes after the date of service too."""
    events = [HistoryEvent(row.date, row.action, row.note) for row in context.store.history(prose.code)]
    files: dict[tuple[date, str, str], list[str]] = {}
    for row, file in ((hcpcs, "HCPCS"), (classed, "RBCS")):
        if row and row.added:
            files.setdefault((row.added, "added", "Effective date"), []).append(file)
        if row and row.ended:
            files.setdefault((row.ended, "deleted", "Last day"), []).append(file)
    for (day, action, what), names in files.items():
        noun = "files" if len(names) > 1 else "file"
        events.append(HistoryEvent(day, action, f"{what} in CMS's {' and '.join(names)} {noun}"))
    return sorted(events)


def _listing(context: Context, release: int | None, rows: list[PfsRow], history: list[HistoryEvent]) -> str:
    if rows:
        return "listed"
    if any(event.action == "added" and event.date > context.as_of for event in history):
        return "not_yet"
    if any(event.action == "deleted" and event.date < context.as_of for event in history):
        return "ended"
    return "no_release" if release is None else "not_listed"
