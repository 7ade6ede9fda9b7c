"""What a claim is, and what checking it found."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class ClaimLine(NamedTuple):
    """A service line: `number` as its file numbers it, `units` as billed, which should be whole.

    `provider` is whoever rendered it, for rules that look at one practitioner or group (of a hospital's claim: the
    hospital); empty where the file does not tell. `charge` is in US dollars. `position` is the line or segment of the
    file, and `extra` what else it says there, by name: to be given back, never shown, as a column may hold a name.
    """

    number: str
    code: str
    modifiers: tuple[str, ...]
    units: Decimal
    date: date
    place_of_service: str = ""
    charge: Decimal | None = None
    provider: str = ""
    diagnoses: tuple[str, ...] = ()
    position: int = 0
    extra: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return _without(self, "extra")


class Claim(NamedTuple):
    """The lines of one claim. `setting` is practitioner, hospital or dme; `beneficiary` is never shown unless asked.

    `bill_type` is a hospital's type of bill, in three characters (131). `without_code` has the numbers of lines that
    bear no CPT or HCPCS code, such as a hospital's room and drugs: no rule can judge them, so they are not in `lines`.
    """

    id: str
    setting: str
    beneficiary: str
    lines: tuple[ClaimLine, ...]
    bill_type: str = ""
    without_code: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return _without(self, "beneficiary")


class ClaimError(NamedTuple):
    """What could not be read: `position` is the line, segment or entry in the file, `claim` is empty where not known.

    A claim with an error is not given: judged without one of its lines it might pass.
    """

    position: str
    reason: str
    claim: str = ""


def _without(record: ClaimLine | Claim, hidden: str) -> str:
    """A repr that keeps out of logs and tracebacks what may name a patient."""
    pairs = zip(record._fields, record, strict=True)
    return f"{type(record).__name__}({', '.join(f'{name}={value!r}' for name, value in pairs if name != hidden)})"


class Bypass(NamedTuple):
    """Modifiers that would bypass a PTP edit, when they are right, and where that is written."""

    modifiers: tuple[str, ...]
    when: str
    source: str


class Finding(NamedTuple):
    """What a rule found: `outcome` is fail, warn, resolved, unknown or info.

    `lines` are the numbers of the lines it concerns, `message` what is wrong, `fix` what can be done, `source` the
    release, manual, chapter and section it rests on. `denied` are those of the lines that are not paid for it.
    `carc` is the claim adjustment reason code of such a denial where it is certain, `appeal` what an appeal can do;
    `bypasses` are the modifiers that the edit allows, whether or not the claim has one. `cost` is what the denied lines
    would have paid in US dollars, where that was asked for.
    """

    rule: str
    outcome: str
    lines: tuple[str, ...]
    codes: tuple[str, ...]
    message: str
    fix: str
    source: str
    denied: tuple[str, ...] = ()
    carc: str = ""
    appeal: str = ""
    bypasses: tuple[Bypass, ...] = ()
    cost: Decimal | None = None


class NotRun(NamedTuple):
    """A rule that was not run on some or all lines, and why, with the command that loads what it needs."""

    rule: str
    why: str


class LineVerdict(NamedTuple):
    """pass, fail or unknown for a line."""

    line: str
    code: str
    verdict: str


class ClaimPrice(NamedTuple):
    """What a claim pays by the physician fee schedule, in US dollars: `pays` with its denials, `undenied` without.

    `unpriced` are the numbers of lines that have no amount and are in neither. Both are None for the `reason`.
    """

    pays: Decimal | None
    undenied: Decimal | None
    unpriced: tuple[str, ...]
    reason: str


class CheckedClaim(NamedTuple):
    """A claim with its verdict: fail if a rule fails a line, else unknown if one does not know, else pass.

    A rule that ran for some lines only, or on a release that does not cover the date, and found something all the
    same, is in both `rules_run` and `rules_not_run`.
    """

    claim: str
    verdict: str
    lines: tuple[LineVerdict, ...]
    findings: tuple[Finding, ...]
    rules_run: tuple[str, ...]
    rules_not_run: tuple[NotRun, ...]
    price: ClaimPrice | None = None


class CheckSummary(NamedTuple):
    """What became of many claims: verdicts by name, findings by rule and outcome, and claims that could not be read.

    `charges_denied` are the US dollars charged for lines that fail, as far as the claims tell charges.
    """

    claims: int
    lines: int
    verdicts: dict[str, int]
    findings: dict[str, dict[str, int]]
    unreadable: int
    charges_denied: Decimal
