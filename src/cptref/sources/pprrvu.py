"""PPRRVU: the relative value units and payment policy indicators of the Medicare physician fee schedule.

csv and xlsx: some rows of notices, then a header stacked over five lines, the last of which begins with
`HCPCS`; the year of the release decides which columns there are, so each is found by its whole stacked header.
txt: `HDR` lines, then fixed columns (record layout in the RVU document of each release, CMS).
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import islice

from cptref.errors import SourceError
from cptref.model.rows import DescriptorRow, PfsRow, Reject
from cptref.model.syntax import is_listed_code
from cptref.sources.files import Cells, SourceFile
from cptref.sources.naming import Named, quarter_in, quarter_of

KIND = "pfs"

# The stacked header of each field, words only.
_HEADERS = {
    "code": "HCPCS",
    "modifier": "MOD",
    "status": "STATUS CODE",
    "not_used": "NOT USED FOR MEDICARE PAYMENT",
    "work": "WORK RVU",
    "nonfacility_pe": "NON-FAC PE RVU",
    "nonfacility_na": "NON-FAC NA INDICATOR",
    "facility_pe": "FACILITY PE RVU",
    "facility_na": "FACILITY NA INDICATOR",
    "mp": "MP RVU",
    "nonfacility_total": "NON-FACILITY TOTAL",
    "facility_total": "FACILITY TOTAL",
    "pctc": "PCTC IND",
    "global_days": "GLOB DAYS",
    "preoperative": "PRE OP",
    "intraoperative": "INTRA OP",
    "postoperative": "POST OP",
    "mult_proc": "MULT PROC",
    "bilat_surg": "BILAT SURG",
    "asst_surg": "ASST SURG",
    "co_surg": "CO- SURG",
    "team_surg": "TEAM SURG",
    "endo_base": "ENDO BASE",
    "conversion_factor": "CONV FACTOR",
    "supervision": "PHYSICIAN SUPERVISION OF DIAGNOSTIC PROCEDURES",
    "imaging_family": "DIAGNOSTIC IMAGING FAMILY INDICATOR",
    "opps_nonfacility_pe": "NON-FACILITY PE USED FOR OPPS PAYMENT AMOUNT",
    "opps_facility_pe": "FACILITY PE USED FOR OPPS PAYMENT AMOUNT",
    "opps_mp": "MP USED FOR OPPS PAYMENT AMOUNT",
}
# First and last position of each field in a record of the text form, from 1, as the RVU document has them.
_POSITIONS = {
    "code": (1, 5),
    "modifier": (6, 7),
    "status": (58, 58),
    "not_used": (59, 59),
    "work": (60, 65),
    "nonfacility_pe": (67, 72),
    "nonfacility_na": (73, 74),
    "facility_pe": (76, 81),
    "facility_na": (82, 83),
    "mp": (85, 89),
    "nonfacility_total": (91, 96),
    "facility_total": (97, 102),
    "pctc": (103, 103),
    "global_days": (104, 106),
    "preoperative": (107, 109),
    "intraoperative": (110, 112),
    "postoperative": (113, 115),
    "mult_proc": (116, 116),
    "bilat_surg": (117, 117),
    "asst_surg": (118, 118),
    "co_surg": (119, 119),
    "team_surg": (120, 120),
    "endo_base": (128, 132),
    "conversion_factor": (133, 140),
    "supervision": (142, 143),
    "imaging_family": (146, 147),
    "opps_nonfacility_pe": (152, 157),
    "opps_facility_pe": (159, 164),
    "opps_mp": (166, 171),
}
_RVUS = {
    "work", "nonfacility_pe", "facility_pe", "mp", "nonfacility_total", "facility_total",
    "preoperative", "intraoperative", "postoperative", "opps_nonfacility_pe", "opps_facility_pe", "opps_mp",
}  # fmt: skip
_MODIFIERS = {"", "26", "TC", "53"}
# From 2026 there are two files: PPRRVU2026_Jul_QPP and PPRRVU2026_Jul_nonQPP.
_QUALIFYING = re.compile(r"(?<!non)[_-]?(?<!non_)QPP", re.IGNORECASE)
_QUALIFYING_FACTORS = {"33.5675"}


def recognise(file: SourceFile) -> bool:
    """Whether the file is a PPRRVU, by its title or, in the text form, by its first record."""
    if file.is_workbook:
        return any("Physician Fee Schedule Relative Value File" in cell for cells in file.head for cell in cells)
    head = file.text[:4000]
    return "Physician Fee Schedule Relative Value File" in head or (
        head.startswith("HDR CPT CODES") and any(len(line.rstrip("\r")) == 171 for line in head.split("\n"))
    )


def named(file: SourceFile) -> Named | None:
    """RVU26C for the release of July 2026; effective on the first day of its quarter."""
    title = " ".join(cell for cells in file.head for cell in cells) if not _is_text(file) else ""
    told = re.search(r"20\d\d National Physician Fee Schedule Relative Value File \w+", title)
    quarter = quarter_in(told[0] if told else "") or quarter_of(file)
    return quarter.rvu if quarter else None


def setting(file: SourceFile) -> str:
    """Qp for the file of qualifying APM participants, which from 2026 on has a conversion factor of its own."""
    first = next((row for row in read(file) if isinstance(row, PfsRow)), None)
    qualifying = _QUALIFYING.search(file.name) or (first and first.conversion_factor in _QUALIFYING_FACTORS)
    return "qp" if qualifying else ""


def read(file: SourceFile) -> Iterator[PfsRow | Reject]:
    """The rows of the file, the same from each of its forms."""
    return _read_text(file) if _is_text(file) else _read_table(file)


def descriptors(file: SourceFile) -> Iterator[DescriptorRow]:
    """The short descriptor of each code; empty where it has none, for the code is listed all the same."""
    seen = set()
    for code, short in _described(file):
        if is_listed_code(code) and code not in seen:
            seen.add(code)
            yield DescriptorRow(code, short)


def _described(file: SourceFile) -> Iterator[tuple[str, str]]:
    if _is_text(file):
        for _, line in file.lines():
            if not line.startswith("HDR"):
                yield line[:5], line[7:57].strip()
    else:
        rows = file.rows()
        column = _columns(file, rows, {**_HEADERS, "description": "DESCRIPTION"})["description"]
        for _, cells in rows:
            if len(cells) > column:
                yield cells[0], cells[column]


def _is_text(file: SourceFile) -> bool:
    return not file.is_workbook and file.text.startswith("HDR")


def _read_table(file: SourceFile) -> Iterator[PfsRow | Reject]:
    rows = file.rows()
    columns = _columns(file, rows, _HEADERS)
    last = max(columns.values())
    for number, cells in rows:
        if not any(cells):
            continue
        if len(cells) <= last:
            yield Reject(number, f"{len(cells)} columns where {last + 1} are needed")
            continue
        yield _row(number, {field: cells[column] for field, column in columns.items()})


def _columns(file: SourceFile, rows: Iterator[tuple[int, Cells]], headers: dict[str, str]) -> dict[str, int]:
    """Read up to the header's last line and find each field's column by the words stacked over it."""
    above: list[Cells] = []
    for _, cells in islice(rows, 40):
        if cells and cells[0] == "HCPCS":
            header = [*above[-4:], cells]
            break
        above.append(cells)
    else:
        raise SourceError(f"{file.name}: no header line that begins with HCPCS in the first 40 rows")
    stacked: dict[str, int] = {}
    for column in range(len(header[-1])):
        words = " ".join(line[column] for line in header if column < len(line) and line[column])
        stacked.setdefault(" ".join(words.split()), column)
    missing = [words for words in headers.values() if words not in stacked]
    if missing:
        raise SourceError(f"{file.name}: no column '{missing[0]}'", "The layout of this release is not known.")
    return {field: stacked[words] for field, words in headers.items()}


def _read_text(file: SourceFile) -> Iterator[PfsRow | Reject]:
    for number, line in file.lines():
        if line.startswith("HDR") or not line.strip():
            continue
        if len(line) < _POSITIONS["opps_mp"][1]:
            yield Reject(number, f"{len(line)} characters where {_POSITIONS['opps_mp'][1]} are needed")
            continue
        yield _row(number, {f: line[first - 1 : last].strip() for f, (first, last) in _POSITIONS.items()})


def _row(number: int, fields: dict[str, str]) -> PfsRow | Reject:
    if not is_listed_code(fields["code"]):
        return Reject(number, f"not a code: '{fields['code']}'")
    if fields["modifier"] not in _MODIFIERS:
        return Reject(number, f"unknown modifier '{fields['modifier']}'")
    try:
        for field in _RVUS:
            fields[field] = f"{Decimal(fields[field]):.2f}"
        fields["conversion_factor"] = f"{Decimal(fields['conversion_factor']):.4f}"
    except InvalidOperation:
        return Reject(number, f"not a number in '{field}': '{fields[field]}'")
    # A workbook stores the numbers of these columns without their leading zeros.
    fields["global_days"] = fields["global_days"].zfill(3)
    fields["supervision"] = fields["supervision"].zfill(2)
    fields["imaging_family"] = fields["imaging_family"].zfill(2)
    return PfsRow(**fields)
