"""The page of a code: all that `show` answers."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cptref.model.edit import ConflictCounts
from cptref.model.modifier import ModifierVerdict


class Indicator(NamedTuple):
    """A payment indicator of a code: CMS's value, and what it means."""

    value: str
    meaning: str


class RelativeValue(NamedTuple):
    """Relative value units of a code and modifier, and the national amounts that follow.

    Amounts are US dollars before any locality, None where Medicare does not pay from these RVUs. `*_na` tells that
    the service is rarely or never done in that setting; `opps_capped` that the OPPS imaging cap sets the amounts.
    """

    modifier: str
    status: str
    work: Decimal
    nonfacility_pe: Decimal
    facility_pe: Decimal
    mp: Decimal
    nonfacility_total: Decimal
    facility_total: Decimal
    nonfacility_na: bool
    facility_na: bool
    conversion_factor: Decimal
    nonfacility_amount: Decimal | None
    facility_amount: Decimal | None
    opps_capped: bool


class Mue(NamedTuple):
    """The medically unlikely edit of one setting: units, and the MUE adjudication indicator."""

    setting: str
    value: int
    mai: str
    rationale: str


class AddOn(NamedTuple):
    """Add-on relations: the codes an add-on follows, or the add-ons that follow a code.

    `contractor_defined` tells that contractors may accept further primaries; `notes` are CMS's, by primary.
    """

    is_add_on: bool
    type: str | None
    primaries: tuple[str, ...]
    add_ons: tuple[str, ...]
    contractor_defined: bool
    notes: dict[str, str]


class Descriptors(NamedTuple):
    """Descriptors the user has imported; None where there are none."""

    short: str | None
    medium: str | None
    long: str | None


class HistoryEvent(NamedTuple):
    """Something that happened to a code, with the day."""

    date: date
    action: str
    note: str


class CodePage(NamedTuple):
    """Everything cptref knows of one code.

    `listing` tells what the fee schedule release says of it: `listed`, `ended`, `not_yet`, `not_listed`, or
    `no_release` where none answers for the date. `mue_unpublished` names the settings whose release has no MUE of the
    code, which is not to say that its units are without limit. `descriptors_owner` is the copyright line of
    the descriptors. `titles` are those of the other codes on the page.
    """

    code: str
    level: str
    listing: str
    section: str
    family: str
    title: str
    description: str
    synonyms: tuple[str, ...]
    indications: tuple[str, ...]
    procedure: tuple[str, ...]
    aftercare: str | None
    billing: tuple[str, ...]
    descriptors: Descriptors
    descriptors_owner: str | None
    payment: dict[str, Indicator]
    rvu: tuple[RelativeValue, ...]
    mue: tuple[Mue, ...]
    mue_unpublished: tuple[str, ...]
    add_on: AddOn | None
    modifiers: tuple[ModifierVerdict, ...]
    conflicts: ConflictCounts
    related: tuple[str, ...]
    history: tuple[HistoryEvent, ...]
    titles: dict[str, str]
