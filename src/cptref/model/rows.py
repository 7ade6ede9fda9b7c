"""One row of each published kind of file, as its reader yields it and the store keeps it.

Every value is the file's own text (amounts as decimal strings, indicators as CMS writes them), so that
nothing is lost or rounded between the file and the screen. Dates are `datetime.date`.
"""

from datetime import date
from typing import NamedTuple


class Release(NamedTuple):
    """A published release, and the dates of service that it speaks for.

    `ends` is the last day of the quarter it was made for. `setting` is empty where the kind knows none: practitioner,
    hospital or dme for edits, qp for the fee schedule of qualifying APM participants, plus_four for ZIP+4 codes.
    `partial` tells that only some of its rows are here.
    A release that a user has imported has the counts of its rows and rejected lines, and the moment; `notice` is the
    copyright line of its descriptors, where it has one of its own.
    """

    kind: str
    name: str
    setting: str
    effective: date
    ends: date
    sha256: str
    file: str
    partial: bool = False
    rows: int = 0
    rejects: int = 0
    imported: str = ""
    notice: str = ""


class PfsRow(NamedTuple):
    """A line of PPRRVU: one code, and one modifier (blank, 26, TC or 53)."""

    code: str
    modifier: str
    status: str
    not_used: str
    work: str
    nonfacility_pe: str
    nonfacility_na: str
    facility_pe: str
    facility_na: str
    mp: str
    nonfacility_total: str
    facility_total: str
    pctc: str
    global_days: str
    preoperative: str
    intraoperative: str
    postoperative: str
    mult_proc: str
    bilat_surg: str
    asst_surg: str
    co_surg: str
    team_surg: str
    endo_base: str
    conversion_factor: str
    supervision: str
    imaging_family: str
    opps_nonfacility_pe: str
    opps_facility_pe: str
    opps_mp: str


class DescriptorRow(NamedTuple):
    """A code's descriptors from a file the user imports: the AMA's for CPT, kept on the user's machine."""

    code: str
    short: str
    medium: str = ""
    long: str = ""


class GpciRow(NamedTuple):
    """The geographic practice cost indices of a locality, whose number is unique only within its MAC.

    `work` is the index that is paid by: that with the floor of 1.0 where the file has both.
    """

    mac: str
    locality: str
    state: str
    name: str
    work: str
    pe: str
    mp: str


class LocalityRow(NamedTuple):
    """A payment locality and the counties in it, as CMS words them."""

    mac: str
    locality: str
    state: str
    area: str
    counties: str


class AnesthesiaRow(NamedTuple):
    """The anesthesia conversion factor of a locality, in US dollars for a unit."""

    mac: str
    locality: str
    name: str
    factor: str


class OppsCapRow(NamedTuple):
    """The most that a locality pays for the technical part of imaging: the OPPS amount, in US dollars."""

    code: str
    modifier: str
    status: str
    mac: str
    locality: str
    facility: str
    nonfacility: str


class ZipRow(NamedTuple):
    """A ZIP code's locality. `plus_four_flag` is 1 where that hangs on four more digits."""

    zip: str
    plus_four: str
    state: str
    mac: str
    locality: str
    rural: str
    plus_four_flag: str


class HcpcsRow(NamedTuple):
    """A code or modifier (two characters) of HCPCS Level II; `action` is what the release did to it: A, C, D, N ..."""

    code: str
    coverage: str
    pricing: str
    multiple_pricing: str
    asc_group: str
    type_of_service: str
    betos: str
    added: date | None
    effective: date | None
    ended: date | None
    action: str


class AscRow(NamedTuple):
    """A line of the ASC addenda AA (surgical procedures), BB (ancillary services) or EE (excluded from payment)."""

    code: str
    addendum: str
    multiple: str
    indicator: str
    weight: str
    rate: str


class IndicatorText(NamedTuple):
    """What CMS says of an indicator's value, in its own words: addenda D1 (OPPS) and DD1 (ASC)."""

    field: str
    value: str
    text: str


class IcdRow(NamedTuple):
    """A diagnosis code of ICD-10-CM, without its dot; `billable` is 0 for a heading."""

    code: str
    description: str
    billable: str


class PlaceRow(NamedTuple):
    """A place of service of an imported list; `setting` as CMS words it: Facility or Non-Facility."""

    code: str
    name: str
    setting: str
    description: str


class MueRow(NamedTuple):
    """A medically unlikely edit: the most units of a code that one setting pays on one date or line."""

    code: str
    setting: str
    value: int
    mai: str
    rationale: str


# The primary code of an add-on whose primaries the contractors define.
CONTRACTOR_DEFINED = "CCCCC"


class AddOnRow(NamedTuple):
    """An add-on code with one code it may follow."""

    add_on: str
    type: str
    primary: str
    effective: date
    deleted: date | None
    note: str


class PtpRow(NamedTuple):
    """A procedure-to-procedure edit: column two is denied beside column one.

    `effective` is None where the release is bundled without its dates: it was in force in the release's quarter.
    """

    setting: str
    column_one: str
    column_two: str
    modifier_indicator: str
    effective: date | None
    deleted: date | None
    rationale: str


class OppsRow(NamedTuple):
    """A line of OPPS addendum B: how a hospital outpatient department is paid for the code."""

    code: str
    status: str
    apc: str
    apc_title: str


class RbcsRow(NamedTuple):
    """A line of the Restructured BETOS Classification System, and the dates CMS gives the code there."""

    code: str
    rbcs: str
    category: str
    subcategory: str
    family: str
    added: date | None
    ended: date | None


class CompleteRow(NamedTuple):
    """A code of which a partial PTP release holds every edit all the same."""

    code: str


class Reject(NamedTuple):
    """A line that a reader could not make a row of."""

    line: int
    reason: str


class Prose(NamedTuple):
    """What the catalog says of a code in words of our own."""

    code: str
    section: str
    family: str
    title: str
    description: str
    synonyms: tuple[str, ...]
    indications: tuple[str, ...]
    procedure: tuple[str, ...]
    aftercare: str
    billing: tuple[str, ...]
    related: tuple[str, ...]


class VocabularyRow(NamedTuple):
    """A part of what the search knows of words, its entries as JSON."""

    kind: str
    entries: str


class GuidelineRow(NamedTuple):
    """A coding guideline: `other` is not reported with `code`."""

    code: str
    other: str
    note: str


class HistoryRow(NamedTuple):
    """Something that happened to a code, from the catalog; releases tell their own part."""

    code: str
    date: date
    action: str
    note: str
