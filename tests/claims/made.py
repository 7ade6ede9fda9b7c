"""Claim files in the layouts of others, written by us."""

from typing import Any

ISA = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260715*1200*^*00501*000000001*0*P*:~"
HEAD = [
    "GS*HC*SENDER*RECEIVER*20260715*1200*1*X*005010X222A1",
    "ST*837*0001*005010X222A1",
    "BHT*0019*00*1*20260715*1200*CH",
    "HL*1**20*1",
    "NM1*85*2*HILL CLINIC*****XX*1111111111",
    "HL*2*1*22*0",
    "SBR*P*18*******MB",
    "NM1*IL*1*ARROWSMITH*LEORA****MI*1EG4TE5MK73",
    "DMG*D8*19500131*F",
]
CLAIM = [
    "CLM*A1*350***11:B:1*Y*A*Y*Y",
    "HI*ABK:K222*ABF:R1310",
    "NM1*82*1*GOTTLIEB*MAX****XX*2222222222",
    "SBR*S*18*******CI",
    "NM1*IL*1*TOZER*CLIF****MI*OTHERPAYER",
    "NM1*82*1******XX*9999999999",
    "LX*1",
    "SV1*HC:43214*250.00*UN*1***1:2",
    "DTP*472*D8*20260701",
    "REF*6R*L-1",
    "LX*2",
    "SV1*HC:43200:59:GC*100*UN*2*22**2",
    "DTP*472*RD8*20260702-20260704",
    "NM1*82*1*SONDELIUS*GUSTAF****XX*3333333333",
]
HOSPITAL = [
    "CLM*H1*400***13:A:1*Y*A*Y*Y",
    "DTP*434*RD8*20260709-20260710",
    "HI*ABK:R0789",
    "HI*APR:R079",
    "LX*1",
    "SV2*0305*HC:85025*50*UN*1",
    "DTP*472*D8*20260710",
    "LX*2",
    "SV2*0250**20",
    "LX*3",
    "SV2*0730*HC:93005:59*330*UN*1.5",
    "DTP*472*D8*20260710",
]


def x12(*claims: list[str], head: list[str] = HEAD, count: int = 0) -> str:
    """An interchange of one transaction with the claims; `count` for SE01 if not the right one."""
    body = [*head, *(segment for claim in claims for segment in claim)]
    count = count or len(body)
    return ISA + "~\n".join([*body, f"SE*{count}*0001", "GE*1*1", "IEA*1*000000001"]) + "~\n"


CSV = """\
Claim,Line,Code,Modifiers,Units,Date,Place of Service,Charge,Provider,Beneficiary,Diagnoses,Batch
A1,1,43214,,1,2026-07-01,11,250.00,2222222222,LEORA,K22.2 R13.10,7
A1,2,43200,59 GC,2,2026-07-01,11,"$1,100.50",2222222222,LEORA,,7
B2,1,4321459,,,7/2/2026,2,,2222222222,CLIF,,8
"""

RIF_CARRIER = """\
DML_IND|BENE_ID|CLM_ID|NCH_CLM_TYPE_CD|ICD_DGNS_CD1|ICD_DGNS_CD2|LINE_NUM|PRF_PHYSN_NPI|ORG_NPI_NUM|LINE_SRVC_CNT|\
LINE_PLACE_OF_SRVC_CD|LINE_1ST_EXPNS_DT|HCPCS_CD|HCPCS_1ST_MDFR_CD|HCPCS_2ND_MDFR_CD|LINE_SBMTD_CHRG_AMT|LINE_ICD_DGNS_CD
INSERT|-7|-100|71|K222|R1310|1|2222222222|0000000000|1.0|11|01-Jul-2026|43214|||250.00|R1310
INSERT|-7|-100|71|K222|R1310|2|0000000000|4444444444|2|11|01-Jul-2026|43200|59|GC|100|
INSERT|-7|-100|71|K222|R1310|3|2222222222||0|11|01-Jul-2026||||10|
INSERT|-8|-101|82|||1|2222222222||1|12|02-JUL-2026|E0110|||30|
"""

RIF_OUTPATIENT = """\
BENE_ID|CLM_ID|CLM_FROM_DT|CLM_THRU_DT|CLM_FAC_TYPE_CD|CLM_SRVC_CLSFCTN_TYPE_CD|CLM_FREQ_CD|ORG_NPI_NUM|PRVDR_NUM|\
CLM_LINE_NUM|REV_CNTR|REV_CNTR_DT|HCPCS_CD|HCPCS_1ST_MDFR_CD|REV_CNTR_UNIT_CNT|REV_CNTR_TOT_CHRG_AMT
-7|-200|10-JUL-2026|10-JUL-2026|1|3|1|0000000000|220135|1|0305||85025|59|1|50
-7|-200|10-JUL-2026|10-JUL-2026|1|3|1|0000000000|220135|2|0250|||||20
"""

EOB: dict[str, Any] = {
    "resourceType": "ExplanationOfBenefit",
    "id": "carrier-1",
    "type": {"coding": [{"code": "professional"}, {"code": "71"}]},
    "patient": {"reference": "Patient/leora"},
    "billablePeriod": {"start": "2026-07-01", "end": "2026-07-01"},
    "careTeam": [
        {"sequence": 1, "role": {"coding": [{"code": "referring"}]}, "provider": {"identifier": {"value": "9"}}},
        {
            "sequence": 2,
            "role": {"coding": [{"code": "performing"}]},
            "provider": {"identifier": {"value": "2222222222"}},
        },
    ],
    "diagnosis": [
        {"sequence": 1, "diagnosisCodeableConcept": {"coding": [{"code": "K22.2"}]}},
        {"sequence": 2, "diagnosisCodeableConcept": {"coding": [{"code": "R1310"}]}},
    ],
    "item": [
        {
            "sequence": 1,
            "careTeamSequence": [2],
            "diagnosisSequence": [2],
            "productOrService": {
                "coding": [
                    {"system": "http://snomed.info/sct", "code": "1"},
                    {"system": "http://www.ama-assn.org/go/cpt", "code": "43214"},
                ]
            },
            "modifier": [{"coding": [{"code": "59"}]}, {"coding": [{"code": "GC"}]}],
            "servicedPeriod": {"start": "2026-07-02T08:00:00Z"},
            "locationCodeableConcept": {"coding": [{"code": "11"}]},
            "quantity": {"value": 2},
            "adjudication": [{"category": {"coding": [{"code": "submitted"}]}, "amount": {"value": 13.39}}],
        },
        {"sequence": 2, "revenue": {"coding": [{"code": "0250"}]}},
        {"sequence": 3, "productOrService": {"coding": [{"code": "g0121"}]}, "net": {"value": 10}},
    ],
}
