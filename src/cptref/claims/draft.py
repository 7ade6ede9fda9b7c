"""A claim of an 837 while its segments are read: loops 2300 (claim), 2320 (other payers) and 2400 (lines)."""

from collections.abc import Iterable

from cptref.claims.lines import Lines, claim_of
from cptref.claims.segments import Segment
from cptref.model.claim import Claim, ClaimError, ClaimLine

_DIAGNOSES = ("ABK", "BK", "ABF", "BF")


class _Line:
    def __init__(self, number: str, segment: Segment) -> None:
        self.number = number
        self.segment = segment
        self.service: Segment | None = None
        self.date = self.rendering = self.control = ""


class Draft:
    """A claim from its CLM segment on. `beneficiary` and `billing` are those of the loops that it stands in."""

    def __init__(self, clm: Segment, beneficiary: str, billing: str) -> None:
        self.id = clm.element(1)
        self._clm = clm
        self._beneficiary = beneficiary
        self._billing = billing
        self._rendering = ""
        self._statement = ""
        self._diagnoses: list[str] = []
        self._lines: list[_Line] = []
        self._other_payer = False
        self._errors: list[ClaimError] = []

    def error(self, segment: Segment, reason: str) -> None:
        """Note that the claim cannot be given."""
        self._errors.append(ClaimError(f"segment {segment.number}", reason, self.id))

    def take(self, name: str, segment: Segment) -> None:
        """One more segment of the claim; those that say nothing of codes, dates and persons are passed over."""
        line = self._lines[-1] if self._lines else None
        if name == "LX":
            self._lines.append(_Line(segment.element(1), segment))
        elif name in ("SV1", "SV2", "SV3"):
            if name == "SV3":
                self.error(segment, "a dental claim (837D), which is not read")
            elif not line or line.service:
                self.error(segment, f"{name} without LX before it")
            else:
                line.service = segment
        elif name == "DTP":
            if line and segment.element(1) == "472":
                line.date = segment.element(3)
            elif not line and segment.element(1) == "434":
                self._statement = segment.element(3)
        elif name == "NM1" and segment.element(1) == "82":
            if line:
                line.rendering = segment.element(9)
            elif not self._other_payer:
                self._rendering = segment.element(9)
        elif name == "HI" and not line:
            composites = map(segment.parts, range(1, len(segment.elements)))
            self._diagnoses += [parts[1] for parts in composites if parts[0] in _DIAGNOSES and len(parts) > 1]
        elif name == "SBR":
            self._other_payer = True
        elif name == "REF" and line and segment.element(1) == "6R":
            line.control = segment.element(2)

    def finish(self, lines: Lines) -> Iterable[Claim | ClaimError]:
        """The claim, or its errors."""
        kinds = {line.service.elements[0] for line in self._lines if line.service}
        if len(kinds) > 1:
            self.error(self._clm, "lines of a practitioner (SV1) and of a hospital (SV2) in one claim")
        if not self.id:
            self.error(self._clm, "CLM01: the claim has no number")
        hospital = kinds == {"SV2"}
        made = []
        for line in self._lines:
            try:
                made.append(self._line(lines, line, hospital))
            except ValueError as error:
                self.error(line.service or line.segment, str(error))
        if self._errors:
            return self._errors
        facility = self._clm.parts(5)
        bill = facility[0] + "".join(facility[2:3]) if hospital else ""
        claim = Claim(self.id, "hospital" if hospital else "practitioner", self._beneficiary, tuple(made), bill)
        return claim_of(claim, f"segment {self._clm.number}")

    def _line(self, lines: Lines, line: _Line, hospital: bool) -> ClaimLine:
        service = line.service
        if not service:
            raise ValueError("a line (LX) without a service (SV1 or SV2)")
        # SV2 has a revenue code before what SV1 begins with.
        first = 2 if hospital else 1
        what = service.parts(first)
        # What is not HC is of another code set: home infusion, workers' compensation, HIPPS rates.
        procedure = tuple(what[1:6]) if what[0] == "HC" and what[1:] else ("",)
        if what[0] in ("HC", "") and not (hospital or procedure[0]):
            raise ValueError(f"{service.elements[0]}: no code")
        unit, units = service.element(first + 2), service.element(first + 3)
        if procedure[0] and not units:
            raise ValueError(f"{service.elements[0]}: no units")
        day, _, through = (line.date or self._single_day()).partition("-")
        extra = {"line_control": line.control, "through": through if through != day else ""}
        if hospital:
            extra["revenue_code"] = service.element(1)
        if unit == "MJ":
            # Anesthesia is billed in minutes, for one service.
            extra["minutes"], units = units, "1"
        return lines.line(
            service.number,
            line.number or str(self._lines.index(line) + 1),
            procedure,
            units,
            day[:8],
            "" if hospital else service.element(5) or self._clm.parts(5)[0],
            service.element(first + 1),
            self._billing if hospital else line.rendering or self._rendering or self._billing,
            " ".join(self._diagnoses if hospital else self._pointed(service)),
            tuple((name, value) for name, value in extra.items() if value),
        )

    def _single_day(self) -> str:
        """The statement's day, where that is one: a hospital's line without a date is of that day."""
        first, _, last = self._statement.partition("-")
        return first if last in ("", first) else ""

    def _pointed(self, service: Segment) -> list[str]:
        pointers = [pointer for pointer in service.parts(7) if pointer]
        if not all(pointer.isdecimal() and 0 < int(pointer) <= len(self._diagnoses) for pointer in pointers):
            raise ValueError("SV107: points to a diagnosis that the claim (HI) does not have")
        return [self._diagnoses[int(pointer) - 1] for pointer in pointers] or self._diagnoses
