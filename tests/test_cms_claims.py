"""Every claim file of the CMS folder is read: so many claims, lines, lines without a code, and errors."""

from collections import Counter
from pathlib import Path

import pytest

from cptref.claims.recognise import read
from cptref.model.claim import Claim, ClaimError

NO_CODE = "no line has a CPT or HCPCS code"
# Claims, lines, lines set aside as they have no code; errors by reason.
COUNTS: dict[str, tuple[int, int, int, dict[str, int]]] = {
    "fhir_eob/eob_1.json": (1, 2, 0, {}),
    "fhir_eob/eob_60.ndjson": (
        1, 1, 0, {NO_CODE: 48, "a pharmacy, dental or other claim, without CPT or HCPCS codes": 11}
    ),
    "rif/rif-static-samples_samhsa_sample-a-carrier.txt": (606, 606, 0, {}),
    # The others bear M99, which has the form of no code.
    "rif/rif-static-samples_samhsa_sample-a-outpatient.txt": (66, 66, 0, {"code: not a CPT or HCPCS code": 611}),
    "rif/rif-synthea_carrier.csv": (11, 12, 163, {NO_CODE: 26}),
    "x12_837/004010X098A1_coordination-of-benefits.837": (1, 3, 0, {}),
    "x12_837/004010X098A1_dependent-commercial-insurance-01.837": (1, 6, 0, {}),
    "x12_837/004010X098A1_dependent-commercial-insurance-02.837": (1, 4, 0, {}),
    "x12_837/004010X098A1_dependent-commercial-insurance-03.837": (1, 2, 0, {}),
    "x12_837/004010X098A1_patient-is-dependent.837": (1, 4, 0, {}),
    "x12_837/004010X098A1_patient-is-subscriber.837": (1, 4, 0, {}),
    "x12_837/005010X222A2_demo.ambulance.example5.837": (1, 4, 0, {}),
    "x12_837/005010X222A2_demo.autoaccident.837": (1, 2, 0, {}),
    "x12_837/005010X222A2_demo.cob.example3.A.837": (1, 3, 0, {}),
    "x12_837/005010X222A2_demo.drug.example10.1.837": (1, 2, 0, {}),
    "x12_837/005010X222A2_demo.example1.837": (1, 4, 0, {}),
    "x12_837/005010X222A2_demo.example2.837": (1, 4, 0, {}),
    "x12_837/005010X223A3_institutional-claim.837i": (1, 2, 0, {}),
    "x12_837/sample_0.837": (5, 5, 0, {}),
    "x12_837/sample_1.837": (1, 4, 0, {}),
    "x12_837/sample_2.837": (1, 3, 0, {}),
    "x12_837/sample_3.837": (1, 2, 0, {}),
    "x12_837/sample_4.837": (1, 1, 0, {}),
    "x12_837/sample_5.837": (1, 4, 0, {}),
}  # fmt: skip


def test_every_file_is_in_the_table(cms: Path) -> None:
    folder = cms / "claims"
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == set(COUNTS)


@pytest.mark.parametrize("name", COUNTS)
def test_claims_and_lines_are_counted(cms: Path, name: str) -> None:
    found = list(read(cms / "claims" / name))
    claims = [each for each in found if isinstance(each, Claim)]
    errors = Counter(each.reason for each in found if isinstance(each, ClaimError))
    lines = sum(len(claim.lines) for claim in claims)
    assert (len(claims), lines, sum(len(claim.without_code) for claim in claims), dict(errors)) == COUNTS[name]
    hospital = "outpatient" in name or "institutional" in name
    settings = {claim.setting for claim in claims}
    assert settings == {"hospital" if hospital else "dme" if "eob_60" in name else "practitioner"}
