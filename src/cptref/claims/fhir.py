"""Claims as FHIR R4: Claim and ExplanationOfBenefit resources, alone, in a Bundle or one to a line.

https://hl7.org/fhir/R4/claim.html and explanationofbenefit.html; names that Blue Button still has from STU3 are read
too (`service`, `diagnosisLinkId`, `careTeamLinkId`). Other resources, such as patients, are passed over.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeGuard

from cptref.claims.documents import plain
from cptref.claims.lines import Lines, claim_of
from cptref.model.claim import Claim, ClaimError, ClaimLine

_KINDS = ("Claim", "ExplanationOfBenefit")
# Medicare's type first: Blue Button calls a hospital's claim professional besides.
_SETTINGS = {
    "CARRIER": "practitioner", "OUTPATIENT": "hospital", "INPATIENT": "hospital", "SNF": "hospital", "HHA": "hospital",
    "HOSPICE": "hospital", "DME": "dme", "PDE": "", "40": "hospital", "60": "hospital", "71": "practitioner",
    "72": "practitioner", "81": "dme", "82": "dme", "professional": "practitioner", "institutional": "hospital",
    "vision": "practitioner", "pharmacy": "", "oral": "",
}  # fmt: skip
# Parts of the names that systems have for CPT and HCPCS: URLs of HL7, CMS and Blue Button, and their OIDs.
_CODES = ("hcpcs", "ama-assn.org/go/cpt", "2.16.840.1.113883.6.12", "2.16.840.1.113883.6.14", "2.16.840.1.113883.6.285")
_PERFORMED = ("performing", "rendering", "primary")
_CHARGED = ("submitted", "line_sbmtd_chrg_amt", "rev_cntr_tot_chrg_amt")
Json = dict[str, Any]


def recognise(document: Any) -> TypeGuard[Json]:
    """Whether this is a FHIR resource of any type."""
    return isinstance(document, dict) and isinstance(document.get("resourceType"), str)


def read(position: str, document: Json, lines: Lines) -> Iterator[Claim | ClaimError]:
    """The claims of a resource; `position` is its own in the file."""
    if document["resourceType"] != "Bundle":
        yield from _claim(position or "resource 1", document, lines)
        return
    for number, entry in enumerate(_list(document, "entry"), start=1):
        resource = entry.get("resource")
        if recognise(resource):
            yield from _claim(f"{position}, entry {number}".lstrip(", "), resource, lines)


def _claim(position: str, resource: Json, lines: Lines) -> Iterable[Claim | ClaimError]:
    if resource["resourceType"] not in _KINDS:
        return []
    claim = _text(resource, "id") or _identifier(resource) or position.rpartition(" ")[2]
    if resource.get("status") in ("cancelled", "entered-in-error"):
        return [ClaimError(position, "the claim is cancelled, or entered in error", claim)]
    setting = _setting(resource)
    if not setting:
        return [ClaimError(position, "a pharmacy, dental or other claim, without CPT or HCPCS codes", claim)]
    items = list(_items(resource, "", 0))
    context = _Context(resource, setting, lines)
    made, errors = [], []
    for index, (number, item) in enumerate(items, start=1):
        try:
            made.append(context.line(index, number, item))
        except ValueError as error:
            errors.append(ClaimError(f"{position}, item {number}", str(error), claim))
    if errors:
        return errors
    beneficiary = _reference(_object(resource, "patient"))
    paid = resource["resourceType"] != "Claim"
    return claim_of(Claim(claim, setting, beneficiary, tuple(made)), position, paid=paid)


def _setting(resource: Json) -> str:
    codes = [_text(coding, "code") for coding in _codings(resource.get("type"))]
    return next((setting for code, setting in _SETTINGS.items() if code in codes), "")


def _items(parent: Json, above: str, depth: int, date: Json | None = None) -> Iterator[tuple[str, Json]]:
    """The items, those within others behind them: 2, 2.1, 2.1.1. Inner ones have the date of the outer."""
    for index, item in enumerate(_list(parent, ("item", "detail", "subDetail")[min(depth, 2)]), start=1):
        number = f"{above}{_text(item, 'sequence') or index}"
        dated: Json = {name: item[name] for name in ("servicedDate", "servicedPeriod") if name in item} or date or {}
        yield number, {**item, **dated}
        if depth < 2:
            yield from _items(item, f"{number}.", depth + 1, dated)


class _Context:
    """What items of one claim point to."""

    def __init__(self, resource: Json, setting: str, lines: Lines) -> None:
        self._resource = resource
        self._hospital = setting == "hospital"
        self._lines = lines
        self._diagnoses = {
            _text(each, "sequence"): _text(_first(_codings(each.get("diagnosisCodeableConcept"))), "code")
            for each in _list(resource, "diagnosis")
        }
        self._team = [
            (_text(each, "sequence"), {_text(coding, "code") for coding in _codings(each.get("role"))},
             _reference(_object(each, "provider")))
            for each in _list(resource, "careTeam")
        ]  # fmt: skip

    def line(self, position: int, number: str, item: Json) -> ClaimLine:
        """The line of an item, with an empty code where it has none of CPT or HCPCS."""
        code = _procedure(item.get("productOrService") or item.get("service"))
        modifiers = [_text(coding, "code") for each in _list(item, "modifier") for coding in _codings(each)[:1]]
        revenue = _text(_first(_codings(item.get("revenue"))), "code")
        return self._lines.line(
            position,
            number,
            (code, *modifiers) if code else ("",),
            _text(_object(item, "quantity"), "value"),
            self._day(item),
            "" if self._hospital else _place(item),
            _charge(item),
            self._provider(item),
            " ".join(self._pointed(item)),
            (("revenue_code", revenue),) if revenue else (),
        )

    def _day(self, item: Json) -> str:
        period = _object(item, "servicedPeriod")
        found = _text(item, "servicedDate") or _text(period, "start")
        billed = _object(self._resource, "billablePeriod")
        if not found and _text(billed, "start")[:10] == _text(billed, "end")[:10]:
            found = _text(billed, "start")
        return found[:10]

    def _provider(self, item: Json) -> str:
        own = _numbers(item, "careTeamSequence", "careTeamLinkId")
        team = [each for each in self._team if not own or each[0] in own]
        performed = next((name for _, roles, name in team if name and roles & set(_PERFORMED)), "")
        facility = _reference(_object(self._resource, "provider")) or _reference(_object(self._resource, "facility"))
        return facility or performed if self._hospital else performed or facility

    def _pointed(self, item: Json) -> list[str]:
        own = _numbers(item, "diagnosisSequence", "diagnosisLinkId")
        if not all(number in self._diagnoses for number in own):
            raise ValueError("diagnosisSequence: points to a diagnosis that the claim does not have")
        return [self._diagnoses[number] for number in own or self._diagnoses]


def _procedure(concept: Any) -> str:
    codings = _codings(concept)
    known = [each for each in codings if any(part in _text(each, "system").lower() for part in _CODES)]
    # A coding without a system is taken at its word.
    return _text(_first(known or [each for each in codings if not each.get("system")]), "code")


def _place(item: Json) -> str:
    codes = (_text(coding, "code") for coding in _codings(item.get("locationCodeableConcept")))
    return next((code for code in codes if len(code) <= 2 and code.isdecimal()), "")


def _charge(item: Json) -> str:
    """The net amount of a claim; of an explanation of benefits the amount submitted."""
    for each in _list(item, "adjudication"):
        if any(_text(coding, "code").rpartition("/")[2] in _CHARGED for coding in _codings(each.get("category"))):
            return _text(_object(each, "amount"), "value")
    return _text(_object(item, "net"), "value")


def _numbers(item: Json, *names: str) -> list[str]:
    """What an item points to, by the first of the names that it has."""
    found: list[Any] = next((item[name] for name in names if isinstance(item.get(name), list)), [])
    return [plain(each) for each in found]


def _reference(value: Json) -> str:
    """Whom a reference means: the identifier, else the address of the resource."""
    return _text(_object(value, "identifier"), "value") or _text(value, "reference")


def _identifier(resource: Json) -> str:
    return _text(_first(_list(resource, "identifier")), "value")


def _codings(concept: Any) -> list[Json]:
    return _list(concept, "coding") if isinstance(concept, dict) else []


def _list(value: Json, name: str) -> list[Json]:
    found = value.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _object(value: Json, name: str) -> Json:
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def _first(values: list[Json]) -> Json:
    return values[0] if values else {}


def _text(value: Json, name: str) -> str:
    found = value.get(name)
    return "" if isinstance(found, (dict, list, bool)) else plain(found)
