"""Files in CMS's formats, made by us: their junk lines and quirks, with descriptors of our own."""

from cptref.sources.files import SourceFile

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
