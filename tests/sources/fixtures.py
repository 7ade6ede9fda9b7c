"""Files in CMS's formats, made by us: their junk lines and quirks, with descriptors of our own."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from cptref.sources.files import SourceFile


def workbook(sheets: Mapping[str, Iterable[Sequence[str | float]]]) -> bytes:
    """An xlsx with the cells of each sheet: text as text, numbers as numbers."""
    names = list(sheets)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    type_of = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    def cell(value: str | float) -> str:
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        return f"<c><v>{value}</v></c>"

    numbers = range(1, len(names) + 1)
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{type_of}.sheet.main+xml"/>'
        + "".join(f'<Override PartName="/xl/s{n}.xml" ContentType="{type_of}.worksheet+xml"/>' for n in numbers)
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        + "".join(f'<sheet name="{escape(names[n - 1])}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        + "".join(f'<Relationship Id="r{n}" Type="{office}/worksheet" Target="s{n}.xml"/>' for n in numbers)
        + "</Relationships>",
    }
    for number, rows in enumerate(sheets.values(), start=1):
        lines = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
        files[f"xl/s{number}.xml"] = f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


# Eight fields that differ between the rows; the others are constant.
PFS_2026_HEAD = """\
,,2026 National Physician Fee Schedule Relative Value File July Release,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r
,,"A notice, with a comma",,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r
,,Another notice,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r
,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r
,,RELEASED 06/30/2026,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r
,,,,,,,,,,,,,,,,,,,,,,,,,,,,,NON-FACILITY,FACILITY,\r
,,,,NOT USED,,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,DIAGNOSTIC,PE USED,PE USED,MP USED\r
,,,,FOR,,,NON-FAC,,FACILITY,,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS\r
,,,STATUS,MEDICARE,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,ASST,CO-,TEAM,PRIC,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT\r
HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,IND,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT\r
"""
PFS_2026_ROWS = """\
43214,,"our words, one",A,,3.32,1.22,NA,1.22,,0.50,5.04,5.04,0,000,0.00,0.00,0.00,3,0,1,0,0,9,43200,33.4009,09,0,99,0.00,0.00,0.00\r
71250,TC,our words two,A,,0.00,2.48,,2.48,NA,0.01,2.49,2.49,1,XXX,0.00,0.00,0.00,4,0,0,0,0,9,,33.4009,01,0,88,3.18,3.18,0.01\r
27215,,our words three,I,+,10.19,4.92,NA,4.92,,1.09,16.20,16.20,9,090,0.10,0.69,0.21,9,9,9,9,9,9,,33.4009,09,0,99,0.00,0.00,0.00\r
,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r
"""
PFS_CSV = (PFS_2026_HEAD + PFS_2026_ROWS).encode("cp1252")


def record(**fields: str) -> str:
    """A record of the text form: 171 characters, each field where the RVU document has it."""
    places = {
        "code": 1, "modifier": 6, "description": 8, "status": 58, "not_used": 59, "work": 60, "nonfacility_pe": 67,
        "nonfacility_na": 74, "facility_pe": 76, "facility_na": 82, "mp": 85, "nonfacility_total": 91,
        "facility_total": 97, "pctc": 103, "global_days": 104, "percentages": 107, "surgery": 116, "endo_base": 128,
        "factor": 133, "supervision": 142, "flag": 144, "family": 146, "opps": 152,
    }  # fmt: skip
    line = [" "] * 171
    for field, text in fields.items():
        start = places[field] - 1
        line[start : start + len(text)] = text
    return "".join(line)


PFS_TXT = "\r\n".join(
    [
        "HDR CPT CODES AND DESCRIPTIONS ONLY ARE COPYRIGHT ",
        "HDR SOMEBODY                                      ",
        record(code="43214", description="our words one", status="A", work="  3.32", nonfacility_pe="  1.22",
               facility_pe="  1.22", mp=" 0.50", nonfacility_total="  5.04", facility_total="  5.04", pctc="0",
               global_days="000", percentages=".00.00.00", surgery="301009", endo_base="43200", factor=" 33.4009",
               supervision="09", flag="0", family="99", opps="  0.00   0.00   0.00").replace("1.22  ", "1.22NA", 1),
        record(code="71250", modifier="TC", description="our words two", status="A", work="  0.00",
               nonfacility_pe="  2.48", facility_pe="  2.48", facility_na="NA", mp=" 0.01",
               nonfacility_total="  2.49", facility_total="  2.49", pctc="1", global_days="XXX",
               percentages=".00.00.00", surgery="400009", factor=" 33.4009", supervision="01", flag="0", family="88",
               opps="  3.18   3.18   0.01"),
        record(code="27215", description="our words three", status="I", not_used="+", work=" 10.19",
               nonfacility_pe="  4.92", facility_pe="  4.92", mp=" 1.09", nonfacility_total=" 16.20",
               facility_total=" 16.20", pctc="9", global_days="090", percentages=".10.69.21", surgery="999999",
               factor=" 33.4009", supervision="09", flag="0", family="99",
               opps="  0.00   0.00   0.00").replace("4.92  ", "4.92NA", 1),
        "",
    ]
).encode("ascii")  # fmt: skip

MUE_CSV = b"""\
"A notice about codes.\n\nCPT\x99 is a registered trademark.\n\nMore of the notice.",,,
"HCPCS/\nCPT Code",Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale
43214,1,3 Date of Service Edit: Clinical,Nature of Service/Procedure
31243,1,2 Date of Service Edit: Policy,Code Descriptor / CPT Instruction
A4253,0,1 Line Edit,CMS Policy
"""

ADD_ON_CSV = b"""\
A notice,,,,,,,
AOC_Edit_Type,Add-On_Code,AOC_DelDT,Primary_Code,Primary_Code_DelDT,AOC_Edit_EffDT,AOC_Edit_DelDT,Special_Instruction_Notes
1,43273,,43260,,2014001,,
2,99292,,CCCCC,,2013091,2013091,Contractor Defined Primary Codes
1,0079T,2013365,0078T,2013365,2013091,2013365,
"""

PTP_TXT = b"""\
CPT only copyright somebody.  All rights reserved.\t\t\t\t\t\t\r
Column1/Column2 Edits\t\t\t\t\t\t\r
Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\r
\t\tprior to 1996\tDate\tDate\t0=not allowed\t\r
\t\t\t\t*=no data\t1=allowed\t\r
\t\t\t\t\t9=not applicable\t\r
13121\t13120\t\t19960101\t19960101\t9\tMisuse of Column Two code with Column One code\r
13121\t13120\t*\t19960101\t*\t0\tMisuse of Column Two code with Column One code\r
43214\t43200\t\t20140101\t20240930\t0\tCPT Separate procedure definition\r
"""

ADDENDUM_A = b"""\
\tAddendum A.- OPPS APCs for CY 2025\t\t\r
APC \tGroup Title\tSI\tPayment Rate \r
5302\tLevel 2 of something\tJ1\t"$1,740.720"\r
"""
ADDENDUM_B = b"""\
\tAddendum B.-- OPPS Payment by HCPCS Code for CY 2025\t\t\t\t\r
\t"A long notice, quoted"\t\t\t\t\r
HCPCS Code\tShort Descriptor\t CI\t SI\t APC \tPayment Rate\r
43214\tour words\t\tJ1\t5302\t"$1,900.00"\r
A4341\xff\tour words\t\tN\t\t\r
0001F\tour words\t\tE1\t\t\r
"""
RBCS_CSV = b"""\
hcpcs,rbcs_id,rbcs_cat_id,rbcs_sub_id,rbcs_fam_id,rbcs_category,rbcs_subcategory,rbcs_family,rbcs_procedure,rbcs_date_hcpcs_add,rbcs_date_hcpcs_end,rbcs_date_rbcs_asn
43214,PG000O,P,PG,000,Procedure,Old,Old,Other,2014-01-01,9999-12-31,2014-01-01
43214,PG006O,P,PG,006,Procedure,Digestive/Gastrointestinal,Upper GI Endoscopy,Other,2014-01-01,9999-12-31,2016-01-01
0001M,TL001N,T,TL,001,Test,General Laboratory,Clinical Chemistry,Non-Procedure,2013-01-01,2018-12-31,2017-01-01
"""

GPCI_CSV = b"""\
ADDENDUM E. FINAL CY 2026 GEOGRAPHIC PRACTICE COST INDICES (GPCIs) BY STATE AND MEDICARE LOCALITY,,,,,,,
,,,,,,,
Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2026 PW GPCI (without 1.0 Floor),2026 PW GPCI (with 1.0 Floor),2026 PE GPCI,2026 MP GPCI
10112,AL,00,ALABAMA,0.988,1.000,0.875,0.566
2102,AK,1,ALASKA*,1.5,1.5,1.065,0.551
,,,,,,,
*A footnote about Alaska.,,,,,,,
"Note: a long one, quoted",,,,,,,
"""
GPCI_TXT = b"""\
ADDENDUM E. FINAL CY 2025 GEOGRAPHIC PRACTICE COST INDICES (GPCIs) BY STATE AND MEDICARE LOCALITY\r
\r
Medicare Admi State  Locality                 Locality Name          2025 PW GPCI2025 PE GPCI2025 MP GPCI\r
10112           AL      00   ALABAMA                                        1.000       0.869       0.575\r
02102           AK      01   ALASKA*                                        1.500       1.081       0.592\r
MAC Assignments as of November 22, 2023\r
*A footnote.\r
"""
LOCCO_CSV = b"""\
"COUNTIES INCLUDED IN 2025 LOCALITIES. (ALPHABETICALLY BY STATE AND LOCALITY NAME WITHIN STATE)",,,,
,,,,
Medicare Adminstrative Contractor,Locality Number,State ,Fee Schedule Area ,Counties
,,,,
10112,0,ALABAMA ,STATEWIDE ,ALL COUNTIES
,,,,
1182,18,CALIFORNIA,LOS ANGELES,LOS ANGELES
1112,52,,MARIN*,"MARIN, OTHER"
,,,,
*  Payment locality is serviced by two carriers.,,,,
"""
ANES_CSV = b"""\
Contractor,Locality,Locality Name,National Anes CF of 20.3178
10112 ,00 ,ALABAMA,19.31
02102 ,01 ,ALASKA*,27.86
,,,
"""
ANES_TXT = b"""\
10112       00    ALABAMA                                                1931\r
02102       01    ALASKA                                                 2786\r
\x1a
"""
CAP_CSV = b"""\
HCPCS,MOD,PROCSTAT,CARRIER,LOCALITY,FACILITY PRICE,NON-FACILTY PRICE
70336,TC,A,1112,5,150.69,150.7
70336,,A,01112,09,152.38,152.38
,,,,,,
"""
CAP_TXT = b"""\
70336TC A 01112  05   150.69    150.70\r
70336   A 01112  09   152.38    152.38\r
"""


def zip_record(state: str, code: str, where: str, flag: str = "0", plus_four: str = "    ") -> str:
    """A record of 80 characters: ZIP5, or with four more digits ZIP9."""
    return f"{state}{code}{where} Z9   {flag}{plus_four}".ljust(75) + "20254"


ZIP_TXT = "\r\n".join(
    [zip_record("AK", "99501", "0210201", plus_four=" A  "), zip_record("MD", "20812", "1230201", "1", " A  "), ""]
).encode()
ZIP9_TXT = "\r\n".join(
    [zip_record("MD", "20812", "1230201", "1", "0001"), zip_record("DC", "20812", "1220201", "1", "0002"), ""]
).encode()


def hcpcs_record(code: str, identifier: str, long: str, **fields: str) -> str:
    """A record of the HCPCS text form: 320 characters, each field where CMS's record layout has it."""
    places = {"short": 92, "pricing": 120, "multiple": 128, "coverage": 230, "betos": 257, "service": 261,
              "units": 266, "added": 269, "effective": 277, "ended": 285, "action": 293}  # fmt: skip
    line = [" "] * 320
    for start, text in ((1, code.rjust(5)), (6, "00100"), (11, identifier), (12, long)):
        line[start - 1 : start - 1 + len(text)] = text
    for field, text in fields.items():
        line[places[field] - 1 : places[field] - 1 + len(text)] = text
    return "".join(line)


HCPCS_TXT = "\r\n".join(
    [
        hcpcs_record("A1", "7", "A modifier in our words", short="Our words, modifier", coverage="C", added="20020701",
                     effective="20020701", action="N"),
        hcpcs_record("E0100", "3", "A walking stick, described at such length that the description does not",
                     short="Our words, stick", pricing="32", multiple="A", coverage="D", betos="D1E", service="PRA",
                     units="  0", added="19860101", effective="20251001", action="N"),
        hcpcs_record("E0100", "4", "fit into one record"),
        hcpcs_record("C1234", "3", "Something that has ended", short="Our words, ended", coverage="I",
                     added="20200101", effective="20250630", ended="20250630", action="D"),
        "",
    ]
).encode()  # fmt: skip
_HCPCS_COLUMNS = (
    "HCPC", "SEQNUM", "RECID", "LONG DESCRIPTION", "SHORT DESCRIPTION", "PRICE1", "PRICE2", "PRICE3", "PRICE4",
    "MULT_PI", "COV", "ASC_GRP", "BETOS", "TOS1", "TOS2", "TOS3", "TOS4", "TOS5", "ADD DT", "ACT EFF DT", "TERM DT",
    "ACTION CD",
)  # fmt: skip
HCPCS_XLSX = workbook(
    {
        "HCPC2025": [
            _HCPCS_COLUMNS,
            ["   A1", "0010", "7", "A modifier in our words", "Our words, modifier", *[""] * 5, "C", *[""] * 7,
             "20020701", "20020701", "", "N"],
            ["E0100", "0010", "3", "A walking stick, described at such length that the description does not fit into "
             "one record", "Our words, stick", "32", "", "", "", "A", "D", "", "D1E", "P", "R", "A", "", "",
             "19860101", 20251001, "", "N"],
            ["C1234", "0010", "3", "Something that has ended", "Our words, ended", *[""] * 5, "I", *[""] * 7,
             "20200101", "20250630", 20250630, "D"],
        ]
    }
)  # fmt: skip
_ASC_HEADER = ["HCPCS Code", "", "Short Descriptor", "Subject to Multiple Procedure Discounting",
               " July CY 2020 Payment Indicator", "July CY 2020 Payment Weight  ", "July CY 2020 Payment Rate "]  # fmt: skip
ASC_XLSX = workbook(
    {
        "CY 2020 Jul ASC AA": [
            ["Addendum AA -- ASC Covered Surgical Procedures for CY 2020"],
            ["A notice"],
            [""],
            _ASC_HEADER,
            ["10004", "", "our words", "N", "N1", "", ""],
            ["43214", "*", "our words", "Y", "A2", 16.4, 789.1],
            [""],
            ["NOTE 2: a note."],
        ],
        "CY 2020 Jul ASC BB": [
            ["Addendum BB -- ASC Covered Ancillary Services for CY 2020"],
            [cell for cell in _ASC_HEADER if not cell.startswith("Subject")],
            ["70010", "", "our words", "N1", "", ""],
        ],
        "CY 2020 Jul ASC DD1": [
            ["Addendum DD1 -- ASC Payment Indicators for CY 2020"],
            ["Indicator", "Payment Indicator Definition"],
            ["A2", "Ours: paid  by weight."],
        ],
        "CY 2020 Jul ASC EE": [
            ["Addendum EE -- Surgical Procedures Excluded from Payment in ASCs for CY 2020"],
            ["HCPCS Code", "Short Descriptior"],
            ["33533", "our words"],
        ],
    }
)
ADDENDUM_D1 = workbook(
    {
        "D1": [
            ["", "ADDENDUM D1.- OPPS PAYMENT STATUS INDICATORS FOR CY 2025"],
            ["Status Indicator", "Item/Code/Service", "OPPS Payment Status"],
            ["J1", "Ours: comprehensive", "Paid once."],
            ["", "\N{BLACK CIRCLE} Further services", ""],
            ["E2 ", "Ours: no price", "Not paid."],
            ["", "* Note -- a note.", ""],
        ]
    }
)
PLACES_CSV = b"""\
pos_code,pos_type,pos_name,pos_description
01,Non-Facility,Pharmacy,"Ours, described."
43,Unassigned,Unassigned,N/A
"""
AMA_LONG = b"""\
CPT Our Data File\r
Copyright 2026 Somebody\r
\r
31243\tour long words\r
27215\t[bold]our[/bold] long \x1b[31mwords\r
"""
OWN_CSV = b"""\
Code,Description,Short
31243,our long words,our short
27215,"more, with a comma",
"""

PFS = SourceFile("PPRRVU2026_Jul_nonQPP.csv", PFS_CSV)
PFS_TEXT = SourceFile("PPRRVU2026_Jul_nonQPP.txt", PFS_TXT)
MUE = SourceFile("MCR_MUE_PractitionerServices_Eff_04-01-2026.csv", MUE_CSV)
ADD_ON = SourceFile("AOC_V2026Q2-MCR.csv", ADD_ON_CSV)
PTP = SourceFile("ccipra-v302r0-f1.TXT", PTP_TXT)
# The other three files of the setting, of which none has an edit.
PTP_REST = [SourceFile(f"ccipra-v302r0-f{n}.TXT", b"\n".join(PTP_TXT.split(b"\n")[:6]) + b"\n") for n in (2, 3, 4)]
OPPS_A = SourceFile("Addendum A.txt", ADDENDUM_A)
OPPS_B = SourceFile("Addendum B.txt", ADDENDUM_B)
RBCS = SourceFile("rbcs.csv", RBCS_CSV)
GPCI = SourceFile("GPCI2026.csv", GPCI_CSV, "rvu26b.zip")
LOCCO = SourceFile("25LOCCO.csv", LOCCO_CSV, "rvu25d.zip")
ANES = SourceFile("ANES2025.csv", ANES_CSV, "rvu25d.zip")
CAP = SourceFile("OPPSCAP_Oct.csv", CAP_CSV, "rvu25d.zip")
ZIP = SourceFile("ZIP5_OCT2025.txt", ZIP_TXT)
HCPCS = SourceFile("HCPC2025_OCT_ANWEB.txt", HCPCS_TXT)
ASC = SourceFile("2020_07_asc_addenda.xlsx", ASC_XLSX)
OPPS_D1 = SourceFile("Addendum D1.xlsx", ADDENDUM_D1)
PLACES = SourceFile("place_of_service.csv", PLACES_CSV)
LONG = SourceFile("LONGULT.txt", AMA_LONG)
OWN = SourceFile("mine.csv", OWN_CSV)
ICD_TXT = b"""\
00001 A00     0 Cholera                                                      Cholera\r
00002 A000    1 Cholera, ours                                                Cholera in our words\r
00003 J310    1 Chronic rhinitis                                             Chronic rhinitis\r
"""
ICD = SourceFile("icd10cm_order_2026.txt", ICD_TXT)
ICD_XLSX = SourceFile(
    "icd10cm_codes_2026.xlsx",
    workbook(
        {"codes": [["ICD10 Code", "ICD10", "Diagnosis Description"], ["J310", "J31.0", "Chronic rhinitis"],
                   ["QA00101", "QA0.0101", "Ours, of the new form"], ["H5704", "H57.04", ""]]}
    ),
)  # fmt: skip
