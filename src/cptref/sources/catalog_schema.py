"""What an entry of each catalog file may hold. Unknown fields are errors, and so is a value of another form."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

_TRIMMED = r"^\S(.*\S)?$"
Text = Annotated[str, Meta(pattern=_TRIMMED)]
Code = Annotated[str, Meta(pattern=r"^([0-9]{4}[0-9AFMTU]|[A-V][0-9]{4})$")]
Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Amount = Annotated[str, Meta(pattern=r"^\d+\.\d+$")]
Codes = Annotated[str, Meta(pattern=r"^[0-9A-Z]{5}( [0-9A-Z]{5})*$")]
Section = Literal[
    "anesthesia", "surgery", "radiology", "pathology-and-laboratory", "medicine", "evaluation-and-management",
    "category-iii", "hcpcs-level-ii",
]  # fmt: skip


class NotWith(Struct, frozen=True, forbid_unknown_fields=True):
    """A coding guideline: codes that are not reported with the entry's."""

    codes: Annotated[list[Code], Meta(min_length=1)]
    note: Text


class Event(Struct, frozen=True, forbid_unknown_fields=True):
    """A dated event in a code's life."""

    date: Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d$")]
    action: Literal["added", "published", "revised", "deleted"]
    note: Text


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of codes.toml: prose, written by people."""

    title: Annotated[str, Meta(pattern=_TRIMMED, max_length=90)]
    section: Section
    family: Slug
    description: Annotated[str, Meta(pattern=_TRIMMED, min_length=60)]
    synonyms: Annotated[list[Text], Meta(min_length=3)]
    related: list[Code]
    indications: list[Text] = field(default_factory=list)
    procedure: list[Text] = field(default_factory=list)
    aftercare: str = ""
    billing: list[Text] = field(default_factory=list)
    not_with: list[NotWith] = field(default_factory=list)
    history: list[Event] = field(default_factory=list)


class IndicatorText(Struct, frozen=True, forbid_unknown_fields=True):
    """A value of an indicator, in indicators.toml."""

    meaning: Annotated[str, Meta(pattern=_TRIMMED, max_length=90)]
    consequence: Text


class IndicatorEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """An indicator, in indicators.toml."""

    name: Text
    about: Text
    source: Text
    values: dict[str, IndicatorText] = field(default_factory=dict)


class ModifierEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A modifier, in modifiers.toml."""

    level: Literal["CPT", "HCPCS"]
    title: Annotated[str, Meta(pattern=_TRIMMED, max_length=60)]
    description: Text
    ncci_associated: bool
    governed_by: str
    rule: Text


class PlaceEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A place of service, in places_of_service.toml."""

    name: Text
    setting: Literal["facility", "nonfacility", "not_applicable"]


class VocabularyEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of the search, vocabulary.toml."""

    clipped: dict[Text, Text]
    alike: dict[Literal["groups"], list[Text]]
    means: dict[Text, list[Text]]
    diagnosis_words: dict[Literal["light", "marked"], list[Text]]
    diagnoses: dict[Text, list[Text]]
    ranges: dict[Text, Text]
    light: dict[Literal["words"], list[Text]]
    marked: dict[Literal["words"], list[Text]]
    roots: dict[Text, Text]
    endings: dict[Text, Text]


class CueEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell the status of what stands behind or before them."""

    before: list[Text]
    after: list[Text]


class ScopeEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """What ends the reach of a cue, and what only looks like one."""

    stops: list[Text]
    backward_stops: list[Text]
    forward_stops: list[Text]
    seeming: list[Text]


class ProcedureWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases that name a procedure, and endings of words that do."""

    always: list[Text]
    listed: list[Text]
    minor: list[Text]
    done: list[Text]
    endings: list[Text]
    never: list[Text]
    noise: list[Text]


SectionKind = Literal[
    "procedure", "exam", "diagnosis", "narrative", "history", "family", "plan", "indication", "aside", "given", "date"
]


class NotesEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """The words that notes are read with, notes.toml."""

    headings: dict[SectionKind, list[Text]]
    heading_words: dict[SectionKind, list[Text]]
    titles: dict[Literal["never"], list[Text]]
    cues: dict[Literal["negated", "history", "family", "plan", "others", "conditional", "uncertain"], CueEntry]
    scope: ScopeEntry
    procedures: ProcedureWords
    sides: dict[Literal["right", "left", "both", "none"], list[Text]]
    parts: dict[Text, Annotated[str, Meta(pattern=r"^[EFT][A-Z0-9] [EFT][A-Z0-9]$")]]
    direct: dict[Text, Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9]$")]]
    places: dict[Text, list[Text]]
    further: dict[Text, list[Annotated[str, Meta(pattern=r"^[0-9A-Z]{5}( [0-9A-Z]{5})+$")]]]


class TellingsEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """The rules of tellings.toml: words that rules name together, and rules by group and code or range of codes."""

    words: dict[Annotated[str, Meta(pattern=r"^[a-z_]+$")], Annotated[str, Meta(pattern=r"^[^\s$]+$")]]
    rules: dict[
        Text,
        dict[
            Annotated[str, Meta(pattern=r"^[0-9A-Z]{5}(-[0-9A-Z]{5})?$")],
            list[Annotated[str, Meta(pattern=r"^[^\s@!]\S*( (@ |!!? )?[^\s@!]\S*)*$")]],
        ],
    ]


class ReleaseEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """The release that facts are from, in facts.toml and ptp_edits.toml."""

    kind: Literal["pfs", "gpci", "mue", "add_on", "ptp", "opps", "rbcs"]
    name: Text
    setting: Literal["", "practitioner", "hospital", "dme"]
    effective: date
    ends: date
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
    file: Text


class PfsFacts(Struct, frozen=True, forbid_unknown_fields=True):
    """A line of PPRRVU less its code and the release's conversion factor; fields as in `PfsRow`."""

    status: Annotated[str, Meta(pattern=r"^[A-Z]$")]
    work: Amount
    nonfacility_pe: Amount
    facility_pe: Amount
    mp: Amount
    nonfacility_total: Amount
    facility_total: Amount
    pctc: Annotated[str, Meta(pattern=r"^\d$")]
    global_days: Annotated[str, Meta(pattern=r"^(\d{3}|[A-Z]{3})$")]
    mult_proc: Annotated[str, Meta(pattern=r"^\d$")]
    bilat_surg: Annotated[str, Meta(pattern=r"^\d$")]
    asst_surg: Annotated[str, Meta(pattern=r"^\d$")]
    co_surg: Annotated[str, Meta(pattern=r"^\d$")]
    team_surg: Annotated[str, Meta(pattern=r"^\d$")]
    supervision: Annotated[str, Meta(pattern=r"^\d[\dA]$")]
    imaging_family: Annotated[str, Meta(pattern=r"^\d\d$")]
    modifier: Literal["", "26", "TC", "53"] = ""
    not_used: Literal["", "+"] = ""
    nonfacility_na: Literal["", "NA"] = ""
    facility_na: Literal["", "NA"] = ""
    preoperative: Amount = "0.00"
    intraoperative: Amount = "0.00"
    postoperative: Amount = "0.00"
    endo_base: str = ""
    opps_nonfacility_pe: Amount = "0.00"
    opps_facility_pe: Amount = "0.00"
    opps_mp: Amount = "0.00"


class MueFacts(Struct, frozen=True, forbid_unknown_fields=True):
    """An MUE less code and setting."""

    value: Annotated[int, Meta(ge=0)]
    mai: Literal["1", "2", "3"]
    rationale: str


class OppsFacts(Struct, frozen=True, forbid_unknown_fields=True):
    """A line of addendum B less its code."""

    status: Annotated[str, Meta(pattern=r"^[A-Z]\d?$")]
    apc: str = ""
    apc_title: str = ""


class RbcsFacts(Struct, frozen=True, forbid_unknown_fields=True):
    """A class of the RBCS less its code."""

    rbcs: Text
    category: Text
    subcategory: Text
    family: Text
    added: date | None = None
    ended: date | None = None


class CodeFacts(Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of facts.toml: what CMS's files say of one code."""

    pfs: list[PfsFacts] = field(default_factory=list)
    mue: dict[Literal["practitioner", "hospital", "dme"], MueFacts] = field(default_factory=dict)
    opps: OppsFacts | None = None
    rbcs: RbcsFacts | None = None


class AddOnFacts(Struct, frozen=True, forbid_unknown_fields=True):
    """Add-on relations of one add-on code that share type and dates, in facts.toml."""

    type: Literal["1", "2", "3"]
    primaries: Codes
    effective: date
    deleted: date | None = None
    note: str = ""
