"""CMS's research files (RIF) of carrier, DME and outpatient claims: a line of a claim in each row, `|` between cells.

Columns are found by name, as releases differ in them: https://resdac.org/cms-data lists them. Quotation marks are text.
"""

import csv
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cptref.claims.lines import Defaults, Lines
from cptref.claims.rows import Row, claims_of
from cptref.errors import SourceError
from cptref.model.claim import Claim, ClaimError, ClaimLine


class _Layout(NamedTuple):
    number: str
    day: str
    units: str
    charge: str
    place: str
    # Of each, the first that is not empty counts: a line's own diagnosis before those of its claim.
    providers: tuple[str, ...]
    line_diagnosis: str


_CARRIER = _Layout("LINE_NUM", "LINE_1ST_EXPNS_DT", "LINE_SRVC_CNT", "LINE_SBMTD_CHRG_AMT", "LINE_PLACE_OF_SRVC_CD",
                   ("PRF_PHYSN_NPI", "PRVDR_NPI", "ORG_NPI_NUM", "PRF_PHYSN_UPIN"), "LINE_ICD_DGNS_CD")  # fmt: skip
_OUTPATIENT = _Layout("CLM_LINE_NUM", "REV_CNTR_DT", "REV_CNTR_UNIT_CNT", "REV_CNTR_TOT_CHRG_AMT", "",
                      ("ORG_NPI_NUM", "PRVDR_NUM"), "")  # fmt: skip
_MODIFIERS = ("HCPCS_1ST_MDFR_CD", "HCPCS_2ND_MDFR_CD", "HCPCS_3RD_MDFR_CD", "HCPCS_4TH_MDFR_CD")
_BILL = ("CLM_FAC_TYPE_CD", "CLM_SRVC_CLSFCTN_TYPE_CD", "CLM_FREQ_CD")
_DIAGNOSES = tuple(f"ICD_DGNS_CD{number}" for number in range(1, 26))
_OF_CLAIM = ("CLM_ID", "BENE_ID", "NCH_CLM_TYPE_CD", "CLM_FROM_DT", "CLM_THRU_DT", "REV_CNTR")
_DME = ("81", "82")


def recognise(head: str) -> bool:
    """Whether the first line is the header of such a file."""
    return {"CLM_ID", "HCPCS_CD"} <= set(head.split("\n", 1)[0].strip().split("|"))


def read(text: Iterable[str], defaults: Defaults) -> Iterator[Claim | ClaimError]:
    """The claims of a file. SourceError where its lines are not those of carrier, DME or outpatient claims."""
    return claims_of(_rows(text, defaults), paid=True)


def _rows(text: Iterable[str], defaults: Defaults) -> Iterator[Row]:
    reader = csv.reader(text, delimiter="|", quoting=csv.QUOTE_NONE)
    names = [name.strip() for name in next(reader, [])]
    hospital, width = "REV_CNTR" in names, len(names)
    layout = _OUTPATIENT if hospital else _CARRIER
    missing = [name for name in (layout.number, layout.day, layout.units) if name not in names]
    if missing:
        raise SourceError(f"no carrier, DME or outpatient claims: no column {', '.join(missing)}")
    wanted = {
        *layout[:5],
        layout.line_diagnosis,
        *layout.providers,
        *_DIAGNOSES,
        "HCPCS_CD",
        *_MODIFIERS,
        *_BILL,
        *_OF_CLAIM,
    }
    # The empty cell that is put behind each row stands for every column that the file does not have.
    columns = [(name, names.index(name) if name in names else width) for name in sorted(wanted)]
    lines = Lines(defaults._replace(day=None))
    for cells in reader:
        if not any(cells):
            continue
        short = width - len(cells)
        cells += [""] * (short + 1)
        cell = {name: cells[column] for name, column in columns}
        claim, beneficiary = cell["CLM_ID"].strip(), cell["BENE_ID"].strip()
        setting = "hospital" if hospital else "dme" if cell["NCH_CLM_TYPE_CD"] in _DME else "practitioner"
        bill = "".join(cell[name].strip() for name in _BILL) if hospital else ""
        try:
            if short:
                raise ValueError(f"{width - short} cells, where the header has {width}")
            if not claim:
                raise ValueError("CLM_ID: empty")
            line: ClaimLine | str = _line(lines, reader.line_num, cell, layout)
        except ValueError as error:
            line = str(error)
        yield Row(claim, claim, setting, bill, beneficiary, reader.line_num, line)


def _line(lines: Lines, position: int, cell: dict[str, str], layout: _Layout) -> ClaimLine:
    day = cell[layout.day].strip()
    if not day and cell["CLM_FROM_DT"] == cell["CLM_THRU_DT"]:
        day = cell["CLM_FROM_DT"]
    ids = (cell[name].strip() for name in layout.providers)
    revenue = cell["REV_CNTR"].strip()
    return lines.line(
        position,
        cell[layout.number].strip(),
        (cell["HCPCS_CD"], *(cell[name] for name in _MODIFIERS)),
        cell[layout.units],
        day,
        cell[layout.place],
        cell[layout.charge],
        next((each for each in ids if each.strip("0")), ""),
        cell[layout.line_diagnosis].strip() or " ".join(cell[name] for name in _DIAGNOSES),
        (("revenue_code", revenue),) if revenue else (),
    )
