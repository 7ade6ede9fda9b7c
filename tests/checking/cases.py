"""Claims and rule books for the tests of the rules, written short.

`claim("45385", "45380-59")` is a claim of two lines; a line is `CODE[-MOD...][*UNITS][@DATE][/PROVIDER][%PLACE]`.
The rows are as CMS has them in RVU26B, MUE 2026Q2, the add-on file 2026Q2 and the PTP edits of 2024Q3, of which only
the columns that a test looks at are given.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import tomli
from sample import ROW

from cptref.checking.book import (
    HcpcsTable,
    MueTable,
    OppsTable,
    RuleBook,
    add_on_table,
    pfs_table,
    ptp_table,
)
from cptref.checking.check import check
from cptref.model.claim import CheckedClaim, Claim, ClaimLine, Finding
from cptref.model.indicator import PlaceOfService
from cptref.model.modifier import Modifier
from cptref.model.rows import AddOnRow, HcpcsRow, MueRow, OppsRow, PfsRow, PtpRow, Release

DAY = date(2026, 5, 4)
DATA = Path(__file__).parents[2] / "data"
MODIFIERS = {
    name: Modifier(
        name, f["level"], f["title"], f["description"], f["ncci_associated"], f["governed_by"], f["rule"]
    )
    for name, f in tomli.loads((DATA / "modifiers.toml").read_text(encoding="utf-8"))["modifiers"].items()
}  # fmt: skip
PLACES = {
    code: PlaceOfService(code, f["name"], f["setting"])
    for code, f in tomli.loads((DATA / "places_of_service.toml").read_text(encoding="utf-8"))["places"].items()
}
_LINE = re.compile(r"(\w{5})((?:-\w\w)*)(?:\*([^@/%]+))?(?:@([^/%]+))?(?:/([^%@/]+))?(?:%(.*))?")


def claim(*lines: str, id: str = "A", setting: str = "practitioner", beneficiary: str = "", place: str = "11") -> Claim:
    return Claim(id, setting, beneficiary, tuple(_line(n, text, place) for n, text in enumerate(lines, 1)))


def _line(number: int, text: str, place: str) -> ClaimLine:
    found = _LINE.fullmatch(text)
    assert found, text
    code, modifiers, units, day, provider, own = found.groups()
    return ClaimLine(
        str(number), code, tuple(modifiers.split("-")[1:]), Decimal(units or 1),
        date.fromisoformat(day) if day else DAY, place if own is None else own, None, provider or "",
    )  # fmt: skip


def release(kind: str, setting: str = "", effective: str = "2026-04-01", ends: str = "2026-06-30",
            *, name: str = "2026Q2", partial: bool = False, rejects: int = 0) -> Release:  # fmt: skip
    return Release(kind, name, setting, date.fromisoformat(effective), date.fromisoformat(ends), "", "", partial, 0,
                   rejects)  # fmt: skip


def row(code: str, **fields: str) -> PfsRow:
    """A fee schedule row: an active service without a global period or any indicator, but for what is told."""
    plain = ROW._replace(code=code, global_days="XXX", mult_proc="0", bilat_surg="0", asst_surg="0", co_surg="0",
                         team_surg="0", endo_base="")  # fmt: skip
    return plain._replace(**fields)


MINOR, MAJOR = {"global_days": "010"}, {"global_days": "090"}
PFS = [
    row("45385", global_days="000", mult_proc="3", asst_surg="1"),
    row("45380", global_days="000", mult_proc="3", asst_surg="1"),
    row("45378", global_days="000", mult_proc="2", asst_surg="1"),
    row("99213"), row("99214"), row("99291"), row("92014", bilat_surg="2"), row("92004", bilat_surg="2"),
    row("99292", global_days="ZZZ"),
    row("27447", **MAJOR, mult_proc="2", bilat_surg="1", asst_surg="2", co_surg="1", nonfacility_na="NA"),
    row("27310", **MAJOR, mult_proc="2", bilat_surg="1", asst_surg="2", co_surg="1", nonfacility_na="NA"),
    row("66984", **MAJOR, mult_proc="2", bilat_surg="1", asst_surg="1", nonfacility_na="NA"),
    row("15823", **MAJOR, mult_proc="2", bilat_surg="1", asst_surg="1"),
    row("15822", **MAJOR, mult_proc="2", bilat_surg="1", asst_surg="1"),
    row("10060", **MINOR, mult_proc="2", asst_surg="1"), row("17000", **MINOR, mult_proc="2", asst_surg="1"),
    row("11042", global_days="000", mult_proc="2", asst_surg="1"),
    row("22551", **MAJOR, mult_proc="2", asst_surg="2", co_surg="2", nonfacility_na="NA"),
    row("22552", global_days="ZZZ", asst_surg="2", co_surg="2", nonfacility_na="NA"),
    row("22818", **MAJOR, asst_surg="2", co_surg="1", team_surg="2"),
    row("64483", global_days="000", mult_proc="2", bilat_surg="1", asst_surg="1"),
    row("64484", global_days="ZZZ", bilat_surg="1", asst_surg="1"),
    row("31243", global_days="000", mult_proc="3", bilat_surg="2", asst_surg="1"),
    row("0484T", global_days="YYY", asst_surg="2", co_surg="2", team_surg="1", status="C"),
    row("49659", global_days="YYY", status="C", bilat_surg="1", asst_surg="2", co_surg="1", team_surg="1"),
    row("59400", global_days="MMM", asst_surg="1"),
    row("71046", pctc="1", facility_na="NA"), row("71046", modifier="26", pctc="1"),
    row("71046", modifier="TC", pctc="1", facility_na="NA"),
    row("73560", pctc="1", bilat_surg="3"), row("73560", modifier="26", pctc="1", bilat_surg="3"),
    row("93000", pctc="4", facility_na="NA"), row("93005", pctc="3", facility_na="NA"), row("93010", pctc="2"),
    row("96372", pctc="5", facility_na="NA"), row("97110", pctc="7", mult_proc="5", facility_na="NA"),
    row("85060", pctc="8", nonfacility_na="NA"),
    row("94760", status="T", pctc="3", facility_na="NA"), row("36591", status="T", pctc="3"),
    row("80053", status="X", pctc="9", bilat_surg="9", asst_surg="9", co_surg="9", team_surg="9", mult_proc="9"),
    row("J1100", status="E", pctc="9", bilat_surg="9", asst_surg="9", co_surg="9", team_surg="9", mult_proc="9"),
    row("20930", status="B", pctc="9", bilat_surg="9", asst_surg="9", co_surg="9", team_surg="9", mult_proc="9"),
    row("99241", status="I"), row("S0001", status="I"), row("A0425", status="X", pctc="9"), row("99429", status="N"),
    row("0001F", status="M"), row("D0150", status="R"), row("00840", status="J", pctc="9", bilat_surg="9"),
    row("88311", global_days="XXX"), row("88305", pctc="0"), row("15777", global_days="ZZZ"),
    row("90832"), row("90833", global_days="ZZZ"), row("0770T", global_days="ZZZ", status="C"),
]  # fmt: skip
_MUE = {
    "45385": (1, "2"), "45380": (1, "2"), "45378": (1, "2"), "99213": (2, "3"), "99214": (2, "3"), "99291": (1, "2"),
    "99292": (8, "3"), "27447": (1, "2"), "27310": (1, "2"), "66984": (1, "2"), "15823": (1, "2"), "15822": (1, "2"),
    "10060": (1, "2"), "17000": (1, "2"), "11042": (1, "3"), "22551": (1, "2"), "22552": (5, "3"), "22818": (1, "2"),
    "64483": (1, "2"), "64484": (4, "3"), "31243": (1, "2"), "71046": (2, "3"), "73560": (4, "3"), "93000": (3, "3"),
    "93005": (3, "3"), "93010": (5, "3"), "96372": (4, "3"), "97110": (6, "3"), "85060": (1, "3"), "94760": (1, "3"),
    "36591": (2, "3"), "80053": (1, "3"), "J1100": (120, "3"), "20930": (0, "3"), "92014": (1, "3"),
    "92004": (1, "2"), "88311": (4, "1"), "88305": (16, "1"), "0001U": (1, "2"), "15777": (1, "3"), "59400": (1, "2"),
    "90832": (3, "1"), "90833": (3, "1"), "0770T": (1, "3"), "A0425": (250, "1"),
}  # fmt: skip
ADD_ONS = [
    AddOnRow("22552", "1", "22551", date(2013, 4, 1), None, ""),
    AddOnRow("99292", "1", "99291", date(2013, 4, 1), None, ""),
    AddOnRow("64484", "1", "64483", date(2013, 4, 1), None, ""),
    AddOnRow("15777", "2", "CCCCC", date(2013, 4, 1), None, ""),
    AddOnRow("88311", "3", "88305", date(2013, 4, 1), None, ""),
    AddOnRow("90833", "1", "99213", date(2013, 4, 1), None, ""),
    AddOnRow("0770T", "1", "90833", date(2023, 1, 1), None, ""),
]
_PTP = [
    ("45385", "45380", "1", "More extensive procedure"),
    ("45385", "45378", "0", "CPT Separate procedure definition"),
    ("45380", "45378", "0", "CPT Separate procedure definition"),
    ("15823", "15822", "1", "HCPCS/CPT procedure code definition"),
    ("27447", "27310", "1", "More extensive procedure"),
    ("10060", "99213", "1", "CPT Manual or CMS manual coding instruction"),
    ("17000", "99213", "1", "CPT Manual or CMS manual coding instruction"),
    ("27447", "99213", "1", "CPT Manual or CMS manual coding instruction"),
    ("92014", "92004", "0", "Mutually exclusive procedures"),
    ("64483", "96372", "1", "Standards of medical/surgical practice"),
]
_PTP_HOSPITAL = [
    ("92014", "92004", "1", "Mutually exclusive procedures"), ("45385", "45380", "1", "More extensive procedure"),
]  # fmt: skip


def edit(one: str, two: str, indicator: str, rationale: str = "", effective: str = "2000-01-01",
         deleted: str | None = None, setting: str = "practitioner") -> PtpRow:  # fmt: skip
    end = date.fromisoformat(deleted) if deleted else None
    return PtpRow(setting, one, two, indicator, date.fromisoformat(effective), end, rationale)


def mue(code: str, value: int, mai: str, setting: str = "practitioner") -> MueRow:
    return MueRow(code, setting, value, mai, "CMS Policy")


def hcpcs(code: str, added: str, ended: str | None = None) -> HcpcsRow:
    day = date.fromisoformat
    return HcpcsRow(code, "C", "", "", "", "", "", day(added), day(added), day(ended) if ended else None, "N")


EDITS = [edit(*each) for each in _PTP]
_MUE_ROWS = {code: mue(code, *rest) for code, rest in _MUE.items()}
HCPCS = [
    hcpcs("J1100", "1983-01-01"), hcpcs("A0425", "2001-01-01"), hcpcs("G0439", "2011-01-01"),
    hcpcs("J7199", "1998-01-01"), hcpcs("C9999", "2020-01-01", "2026-03-31"), hcpcs("Q9999", "2026-07-01"),
    hcpcs("GD", "2008-01-01", "2019-12-31"), hcpcs("XS", "2015-01-01"), hcpcs("ZB", "2018-10-01"),
]  # fmt: skip
OPPS = [
    OppsRow("92014", "V", "5011", ""), OppsRow("92004", "V", "5012", ""), OppsRow("45385", "T", "5312", ""),
    OppsRow("45380", "T", "5312", ""), OppsRow("27447", "J1", "5115", ""), OppsRow("22818", "C", "", ""),
    OppsRow("99213", "B", "", ""), OppsRow("80053", "Q4", "", ""), OppsRow("71046", "Q3", "", ""),
    OppsRow("J1100", "N", "", ""), OppsRow("96372", "E1", "", ""),
]  # fmt: skip


def book(
    *,
    pfs: Iterable[PfsRow] = PFS,
    edits: Iterable[PtpRow] = EDITS,
    rows: Iterable[MueRow] = (),
    add_ons: Iterable[AddOnRow] = ADD_ONS,
) -> RuleBook:
    """A whole rule book that covers DAY. `rows` are further MUE."""
    changed = {each.code: each for each in rows}
    hospital = [edit(*each, setting="hospital") for each in _PTP_HOSPITAL]
    everywhere = [
        MueTable(release("mue", setting), {**{c: r._replace(setting=setting) for c, r in _MUE_ROWS.items()}, **changed})
        for setting in ("practitioner", "hospital", "dme")
    ]
    return RuleBook(
        pfs=(pfs_table(release("pfs", name="RVU26B"), pfs),),
        mue=tuple(everywhere),
        ptp=(
            ptp_table(release("ptp", "practitioner", name="2026Q2 practitioner"), edits),
            ptp_table(release("ptp", "hospital", name="2026Q2 hospital"), hospital),
        ),
        add_on=(add_on_table(release("add_on"), add_ons),),
        hcpcs=(HcpcsTable(release("hcpcs"), {each.code: each for each in HCPCS}),),
        opps=(OppsTable(release("opps"), {each.code: each for each in OPPS}),),
        modifiers=MODIFIERS,
        places=PLACES,
    )


BOOK = book()


def checked(*lines: str, book: RuleBook = BOOK, setting: str = "practitioner", place: str = "11") -> CheckedClaim:
    return check([claim(*lines, setting=setting, place=place)], book)[0]


def of(found: CheckedClaim, rule: str) -> list[Finding]:
    return [finding for finding in found.findings if finding.rule == rule]


def outcomes(rule: str, *lines: str, book: RuleBook = BOOK, setting: str = "practitioner",
             place: str = "11") -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:  # fmt: skip
    """Outcome, lines and denied lines of each finding of a rule."""
    found = checked(*lines, book=book, setting=setting, place=place)
    return [(finding.outcome, finding.lines, finding.denied) for finding in of(found, rule)]
