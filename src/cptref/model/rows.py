"""One row of each published kind of file, as its reader yields it and the store keeps it.

Every value is the file's own text (amounts as decimal strings, indicators as CMS writes them), so that
nothing is lost or rounded between the file and the screen. Dates are `datetime.date`.
"""

from datetime import date
from typing import NamedTuple


class Release(NamedTuple):
    """A published release, and the dates of service that it speaks for.

    `ends` is the last day of the quarter it was made for. `setting` is empty where the kind knows none. `dated`
    tells that its rows carry dates of their own, and so its history; `partial` that only some of its rows are here.
    A release that a user has imported has the counts of its rows and rejected lines, and the moment.
    """

    kind: str
    name: str
    setting: str
    effective: date
    ends: date
    sha256: str
    file: str
    partial: bool = False
    dated: bool = False
    rows: int = 0
    rejects: int = 0
    imported: str = ""


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
    """A code's short descriptor from a file the user imports: the AMA's for CPT, kept on the user's machine."""

    code: str
    short: str


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
