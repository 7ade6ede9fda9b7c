"""The page of a code."""

from __future__ import annotations

from collections.abc import Iterable

from cptref.model.answer import Answer
from cptref.model.page import AddOn, CodePage, RelativeValue
from cptref.render.document import Document, Grid, Heading, Items, Paragraph, Section
from cptref.render.foot import foot
from cptref.render.modifiers import grouped

_NAMES = {
    "status": "Status",
    "global_days": "Global days",
    "pctc": "PC/TC",
    "mult_proc": "Multiple procedure",
    "bilat_surg": "Bilateral surgery",
    "asst_surg": "Assistant at surgery",
    "co_surg": "Co-surgeons",
    "team_surg": "Team surgery",
    "endo_base": "Endoscopic base code",
    "supervision": "Supervision",
    "imaging_family": "Imaging family",
    "opps_status": "OPPS status",
    "apc": "APC",
    "asc_payment": "ASC payment",
    "coverage": "Coverage",
    "rbcs": "RBCS",
}
_UNLISTED = {
    "ended": "Ended before the date of service",
    "not_yet": "Not yet in force on the date of service",
    "not_listed": "Not on the physician fee schedule: paid by other rules, or not at all",
    "no_release": "No fee schedule release for the date of service is loaded",
}
_SETTINGS = {"practitioner": "Practitioner", "hospital": "Outpatient hospital", "dme": "DME supplier"}
_MAI = {
    "1": "each claim line by itself",
    "2": "all lines of the date; absolute, no appeal",
    "3": "all lines of the date; more can be paid on review",
}
# The modifiers that the page is about; `cptref modifiers CODE` has the others, which hang on circumstances.
_DECISIVE = frozenset(
    "22 24 25 26 50 51 52 53 54 55 56 57 58 59 62 66 76 77 78 79 80 81 82 91 AQ AS GC LT RT TC XE XP XS XU".split()
)
_TONES = {
    "A": "good",
    "R": "good",
    "T": "good",
    "C": "warning",
    "J": "warning",
    "X": "warning",
    "E": "warning",
}


def document(answer: Answer[list[CodePage]]) -> Document:
    """All pages, one after the other, with one foot."""
    return [block for page in answer.data for block in _page(page)] + foot(answer)


def _page(page: CodePage) -> Document:
    status = page.payment.get("status")
    badge = f"Status {status.value}: {status.meaning}" if status else _UNLISTED[page.listing]
    tone = _TONES.get(status.value, "bad") if status else "bad"
    blocks: Document = [Heading(page.code, page.title, badge, tone)]
    if page.description:
        blocks.append(Paragraph(page.description))
    for title, items, numbered in (
        ("Indications", page.indications, False),
        ("Procedure", page.procedure, True),
        ("Aftercare", (page.aftercare,) if page.aftercare else (), False),
        ("Billing", page.billing, False),
    ):
        if items:
            blocks += [
                Section(title),
                Paragraph(items[0]) if title == "Aftercare" else Items(items, numbered),
            ]
    blocks += _payment(page)
    blocks += _mue(page)
    if page.add_on:
        blocks += _add_on(page.add_on, page.titles)
    if page.modifiers:
        decisive = [m for m in page.modifiers if m.modifier in _DECISIVE or m.allowed == "yes"]
        taken = tuple((" ".join(names), allowed, reason) for names, allowed, reason in grouped(decisive))
        blocks += [
            Section("Modifiers"),
            Grid(("Modifier", "Taken", "Why"), taken, fixed=frozenset({1})),
            Paragraph(f"`cptref modifiers {page.code}` has all {len(page.modifiers)}.", "dim"),
        ]
    blocks += [Section("Conflicts"), Paragraph(_conflicts(page))]
    if page.history:
        events = tuple((str(event.date), event.action, event.note) for event in page.history)
        blocks += [Section("History"), Grid(("Date", "What", "Note"), events)]
    if page.related:
        blocks += [Section("Related codes"), _codes(page.related, page.titles)]
    return [*blocks, *_about(page)]


def _about(page: CodePage) -> Document:
    """The code's place in the code set, and whose words are whose."""
    place = (
        f"{page.level}, {page.section.replace('-', ' ')}; family {page.family}." if page.section else f"{page.level}."
    )
    blocks: Document = [Paragraph(place, "dim")]
    named = {form: text for form, text in page.descriptors._asdict().items() if text}
    if named:
        blocks.append(Paragraph(f"Imported descriptors ({page.descriptors_owner}):", "dim"))
        blocks.append(Items(tuple(f"{form}: {text}" for form, text in named.items())))
    return blocks


def _payment(page: CodePage) -> Document:
    blocks: Document = []
    if page.payment:
        indicators = tuple((_NAMES[field], item.value, item.meaning) for field, item in page.payment.items())
        blocks += [
            Section("Payment indicators"),
            Grid(("Indicator", "Value", "Meaning"), indicators, fixed=frozenset({0, 1})),
        ]
    if page.rvu:
        columns = ("Mod", "Setting", "Work", "PE", "MP", "Total", "National $", "")
        rows = tuple(row for rvu in page.rvu for row in _rvu_rows(rvu))
        blocks += [
            Section("Relative value units and national amounts"),
            Grid(columns, rows, frozenset({2, 3, 4, 5, 6}), frozenset(range(7))),
            Paragraph(
                f"Conversion factor {page.rvu[0].conversion_factor}; amounts before locality adjustment.",
                "dim",
            ),
        ]
    return blocks


def _rvu_rows(rvu: RelativeValue) -> Iterable[tuple[str, ...]]:
    for setting, pe, total, amount, rarely in (
        (
            "non-facility",
            rvu.nonfacility_pe,
            rvu.nonfacility_total,
            rvu.nonfacility_amount,
            rvu.nonfacility_na,
        ),
        ("facility", rvu.facility_pe, rvu.facility_total, rvu.facility_amount, rvu.facility_na),
    ):
        notes = ["NA: rarely done here, the contractor decides"] if rarely else []
        if rvu.opps_capped:
            notes.append("limited by the OPPS imaging cap")
        if amount is None:
            notes.append("not paid from RVUs" if total else "no RVUs")
        shown = f"{amount:,.2f}" if amount is not None else "-"
        yield rvu.modifier, setting, str(rvu.work), str(pe), str(rvu.mp), str(total), shown, "; ".join(notes)


def _mue(page: CodePage) -> Document:
    blocks: Document = []
    if page.mue:
        columns = ("Setting", "Units", "MAI", "Counted over", "Rationale")
        rows = tuple((_SETTINGS[m.setting], str(m.value), m.mai, _MAI[m.mai], m.rationale) for m in page.mue)
        blocks.append(Grid(columns, rows, frozenset({1}), frozenset({0, 1, 2})))
    # DME suppliers bill no CPT code, so there it is no news that none is published.
    without = [name for name in page.mue_unpublished if name != "dme" or page.level == "HCPCS II"]
    if without:
        names = ", ".join(_SETTINGS[setting] for setting in without)
        blocks.append(Paragraph(f"Not published for: {names}. That is not to say unlimited.", "dim"))
    if not blocks:
        blocks.append(Paragraph("No MUE release for the date of service is loaded.", "dim"))
    return [Section("Medically unlikely edits"), *blocks]


def _add_on(add_on: AddOn, titles: dict[str, str]) -> Document:
    blocks: Document = [Section("Add-on relations")]
    if add_on.is_add_on:
        listed = f"Its primary codes: {_listed(add_on.primaries)}." if add_on.primaries else ""
        meaning = {
            "1": "payable only with one of its primary codes.",
            "2": "has no list of primary codes; the contractor decides.",
            "3": "has some primary codes listed; the contractor may accept others.",
        }
        text = f"An add-on code of type {add_on.type}: {meaning.get(add_on.type or '', '')} {listed}"
        blocks.append(Paragraph(text.strip()))
        if add_on.contractor_defined and add_on.primaries:
            blocks.append(Paragraph("Contractors may accept further primary codes."))
        blocks += [Paragraph(f"CMS notes on {primary}: {note}") for primary, note in add_on.notes.items()]
    if add_on.add_ons:
        blocks.append(Paragraph("Add-on codes that may follow it:"))
        blocks.append(_codes([code for code in add_on.add_ons if code in titles], titles))
        others = [code for code in add_on.add_ons if code not in titles]
        if others:
            blocks.append(Paragraph(_listed(others)))
    return [block for block in blocks if not (isinstance(block, Grid) and not block.rows)]


def _codes(codes: Iterable[str], titles: dict[str, str]) -> Grid:
    return Grid(("Code", "Procedure"), tuple((code, titles.get(code, "(not in the catalog)")) for code in codes))


def _listed(codes: Iterable[str], most: int = 60) -> str:
    found = list(codes)
    more = f" and {len(found) - most} more (--json has all)" if len(found) > most else ""
    return " ".join(found[:most]) + more


def _conflicts(page: CodePage) -> str:
    counts = page.conflicts
    guidelines = f"Coding guidelines: {counts.guideline:,}."
    if counts.column_one is None or counts.column_two is None:
        return f"PTP edits: not known, no release for the date of service is loaded. {guidelines}"
    some = "at least, as the code's edits are bundled only in part: " if counts.partial else ""
    edits = (
        f"PTP edits (practitioner): {some}{counts.column_one:,} as column one (the other code is denied), "
        f"{counts.column_two:,} as column two (this code is denied)."
    )
    more = " `cptref data import PATH` loads all." if counts.partial else ""
    return f"{edits} {guidelines} `cptref conflicts {page.code}` lists them.{more}"
