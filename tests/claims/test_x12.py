import io
from datetime import date
from decimal import Decimal

import made
import pytest

from cptref.claims.recognise import read
from cptref.errors import SourceError
from cptref.model.claim import Claim, ClaimError, ClaimLine

ONE = made.x12(made.CLAIM)


def parsed(text: str) -> list[Claim | ClaimError]:
    return list(read(io.BytesIO(text.encode())))


def only(text: str) -> Claim:
    [claim] = parsed(text)
    assert isinstance(claim, Claim), claim
    return claim


def errors(text: str) -> list[ClaimError]:
    return [each for each in parsed(text) if isinstance(each, ClaimError)]


def ids(text: str) -> list[str]:
    return [each.id for each in parsed(text) if isinstance(each, Claim)]


def named(claim: list[str], name: str) -> list[str]:
    return [claim[0].replace("*A1*", f"*{name}*"), *claim[1:]]


def test_a_practitioner_s_claim_by_hand() -> None:
    first = ClaimLine(
        "1", "43214", (), Decimal(1), date(2026, 7, 1), "11", Decimal("250.00"), "2222222222", ("K222", "R1310"),
        18, (("line_control", "L-1"),),
    )  # fmt: skip
    second = ClaimLine(
        "2", "43200", ("59", "GC"), Decimal(2), date(2026, 7, 2), "22", Decimal(100), "3333333333", ("R1310",), 22,
        (("through", "20260704"),),
    )  # fmt: skip
    assert only(ONE) == Claim("A1", "practitioner", "1EG4TE5MK73", (first, second))


def test_a_hospital_s_claim_by_hand() -> None:
    day = date(2026, 7, 10)
    first = ClaimLine(
        "1", "85025", (), Decimal(1), day, "", Decimal(50), "1111111111", ("R0789",), 16, (("revenue_code", "0305"),)
    )
    third = ClaimLine(
        "3", "93005", ("59",), Decimal("1.5"), day, "", Decimal(330), "1111111111", ("R0789",), 21,
        (("revenue_code", "0730"),),
    )  # fmt: skip
    assert only(made.x12(made.HOSPITAL)) == Claim("H1", "hospital", "1EG4TE5MK73", (first, third), "131", ("2",))


def test_a_hospital_s_line_without_a_date_is_of_the_statement_s_day_if_that_is_one() -> None:
    claim = [segment for segment in made.HOSPITAL if "472" not in segment]
    assert "no date of service" in errors(made.x12(claim))[0].reason
    claim[1] = "DTP*434*RD8*20260710-20260710"
    assert {line.date for line in only(made.x12(claim)).lines} == {date(2026, 7, 10)}


def test_a_hospital_s_composite_without_a_code_is_a_line_without_one() -> None:
    claim = [segment.replace("HC:85025", "HC") for segment in made.HOSPITAL]
    assert only(made.x12(claim)).without_code == ("1", "2")


@pytest.mark.parametrize(("element", "between", "end"), ["|>'", "\x1d\x1f\x1e", "^*!", "*:\n", "*:\r"])
def test_any_delimiters(element: str, between: str, end: str) -> None:
    table = str.maketrans({"*": element, ":": between, "^": "U", "~": end})
    assert only(ONE.replace("\n", "").translate(table)) == only(ONE)


@pytest.mark.parametrize("breaks", ["", "\r\n", "\n\n", "\n  "])
def test_line_breaks_between_segments_or_none(breaks: str) -> None:
    assert only(ONE.replace("\n", breaks)) == only(ONE)


def test_lines_of_eighty_characters() -> None:
    flat = ONE.replace("\n", "")
    assert only("\n".join(flat[start : start + 80] for start in range(0, len(flat), 80))) == only(ONE)


def test_several_interchanges_with_delimiters_of_their_own() -> None:
    other = made.x12(named(made.CLAIM, "A2")).replace("\n", "").translate(str.maketrans("*:~^", "|>'U"))
    third = made.x12(named(made.CLAIM, "A3"))
    assert ids(ONE + other + third) == ["A1", "A2", "A3"]
    assert ids(ONE * 500) == ["A1"] * 500


def test_several_transactions_and_groups() -> None:
    body = made.x12(made.CLAIM).removeprefix(made.ISA).partition("GE*")[0]
    transaction = body.partition("~\n")[2]
    text = f"{made.ISA}{body}{transaction}GE*2*1~\n{body}GE*1*1~\nIEA*2*000000001~"
    assert ids(text) == ["A1", "A1", "A1"]
    assert not errors(text)


def test_4010() -> None:
    head = [segment.replace("005010X222A1", "004010X098A1") for segment in made.HEAD]
    head[1] = "ST*837*0001"
    claim = [made.CLAIM[0].replace("11:B:1", "11::1"), "HI*BK:K222*BF:R1310", *made.CLAIM[2:]]
    text = made.x12(claim, head=head).replace("*^*00501*", "*U*00401*")
    assert only(text) == only(ONE)


def test_a_dependent_is_another_beneficiary_than_the_subscriber() -> None:
    dependent = ["HL*3*2*23*0", "PAT*19", "NM1*QC*1*ARROWSMITH*JOHN", "DMG*D8*20150301*M", *named(made.CLAIM, "A2")]
    with_number = ["HL*4*2*23*0", "NM1*QC*1*ARROWSMITH*MARTIN****MI*D77", *named(made.CLAIM, "A3")]
    found = parsed(made.x12(made.CLAIM, dependent, with_number))
    assert [each.beneficiary for each in found if isinstance(each, Claim)] == [
        "1EG4TE5MK73",
        "1EG4TE5MK73|ARROWSMITH/JOHN/|20150301",
        "D77",
    ]


def test_without_a_rendering_provider_it_is_the_billing_one() -> None:
    claim = [segment for segment in made.CLAIM if not segment.startswith("NM1*82")]
    assert {line.provider for line in only(made.x12(claim)).lines} == {"1111111111"}


def test_minutes_of_anesthesia_are_one_service() -> None:
    claim = [made.CLAIM[0], "LX*1", "SV1*HC:00731:QZ*500*MJ*95***", "DTP*472*D8*20260701"]
    [line] = only(made.x12(claim)).lines
    assert (line.units, line.extra) == (Decimal(1), (("minutes", "95"),))


def test_lines_tell_whose_claim_it_is_when_the_header_says_otherwise() -> None:
    assert only(ONE.replace("005010X222A1", "005010X223A2")).setting == "practitioner"


def changed(old: str, new: str) -> list[str]:
    assert any(old in segment for segment in made.CLAIM)
    return [segment.replace(old, new) for segment in made.CLAIM]


@pytest.mark.parametrize(
    ("claim", "position", "reason"),
    [
        (changed("20260701", "20260732"), 18, "date: not a date"),
        (changed("DTP*472*D8*20260701", "NTE*ADD*X"), 18, "no date of service"),
        (changed("*UN*1***", "*UN*x***"), 18, "units: not a number"),
        (changed("*UN*1***", "*UN****"), 18, "SV1: no units"),
        (changed("HC:43214", "HC:4321"), 18, "code: not a CPT or HCPCS code"),
        (changed("HC:43214", "HC"), 18, "SV1: no code"),
        (changed("***1:2", "***3"), 18, "SV107: points to a diagnosis that the claim"),
        (changed("SV1*HC:43200", "SV2*0305*HC:43200"), 11, "of a practitioner (SV1) and of a hospital (SV2)"),
        (changed("SV1*HC:43200", "SV3*AD:D0150"), 22, "a dental claim"),
        (changed("LX*2", "NTE*ADD*X"), 22, "SV1 without LX"),
        (changed("SV1*HC:43214", "NTE*HC:43214"), 17, "a line (LX) without a service"),
        (changed("CLM*A1", "CLM*"), 11, "CLM01: the claim has no number"),
        (changed("HI*ABK", "HI|ABK"), 12, "not a segment: its delimiters may not be those of ISA"),
        (made.CLAIM[:6], 11, "no line has a CPT or HCPCS code"),
    ],
)
def test_a_claim_that_cannot_be_read_costs_no_other(claim: list[str], position: int, reason: str) -> None:
    text = made.x12(claim, named(made.CLAIM, "A2"))
    assert ids(text) == ["A2"]
    first = errors(text)[0]
    assert first.position == f"segment {position}"
    assert reason in first.reason
    assert first.claim in ("A1", "")


def test_a_wrong_count_of_segments() -> None:
    text = made.x12(made.CLAIM, count=30)
    assert ids(text) == ["A1"]
    assert errors(text) == [
        ClaimError("segment 25", "SE01 is not the 23 segments there are: claims or lines may be missing")
    ]


def test_wrong_numbers_of_the_envelope() -> None:
    assert "SE02" in errors(ONE.replace("SE*23*0001", "SE*23*0002"))[0].reason
    assert "GE01 is not the 1 transactions" in errors(ONE.replace("GE*1*", "GE*2*"))[0].reason
    assert "IEA01 is not the 1 groups" in errors(ONE.replace("IEA*1*", "IEA*3*"))[0].reason


@pytest.mark.parametrize("at", ["SE*", "LX*2", "DTP*472*RD8"])
def test_a_file_that_is_cut_off_does_not_give_its_last_claim(at: str) -> None:
    whole = made.x12(made.CLAIM, named(made.CLAIM, "A2"))
    for text in (whole[: whole.rindex(at)], whole[: whole.rindex(at) + 2]):
        assert ids(text) == ["A1"]
        [error] = errors(text)
        assert "cut off" in error.reason
        assert error.claim == "A2"


def test_segments_of_the_end_that_are_missing() -> None:
    assert ids(ONE[: ONE.index("GE*")]) == ["A1"]
    assert "cut off" in errors(ONE[: ONE.index("GE*")])[0].reason
    assert not errors(ONE.rstrip("~\n"))


def test_what_follows_a_whole_interchange() -> None:
    assert not errors(ONE + "\x1a")
    for more, reason in (("hello", "within a segment"), ("ISA*00*", "ISA segment is not whole")):
        assert ids(ONE + more) == ["A1"]
        assert reason in errors(ONE + more)[0].reason
    assert errors(ONE + "NTE*ADD*X~")[0].reason == "a segment outside of any transaction"


def test_an_interchange_that_breaks_off_where_another_begins() -> None:
    text = ONE[: ONE.index("LX*2")] + made.x12(named(made.CLAIM, "A2"))
    assert ids(text) == ["A2"]
    assert errors(text)[0].claim == "A1"
    assert "ISA where SE is due" in errors(text)[0].reason


def test_another_transaction_is_told_and_passed_over() -> None:
    remittance = "ST*835*0002~BPR*I*5~CLP*X*1~SE*4*0002~"
    text = ONE.replace("GE*1", f"{remittance}GE*2")
    assert ids(text) == ["A1"]
    assert errors(text) == [ClaimError("segment 26", "a transaction that is no claim (837)")]


@pytest.mark.parametrize("text", ["ISA*00*", "ISA*" + "x" * 300, made.ISA.replace(":~", "AB"), "GS*HC*1~ST*837~"])
def test_what_does_not_begin_with_a_whole_isa(text: str) -> None:
    with pytest.raises(SourceError):
        parsed(text)


def test_a_terminator_that_never_comes() -> None:
    [error] = parsed(made.ISA + "GS*HC" * 400_000)
    assert isinstance(error, ClaimError)
    assert "without end" in error.reason


def test_ten_thousand_lines_in_a_claim() -> None:
    lines = [f"LX*{n}~SV1*HC:43214*1*UN*1~DTP*472*D8*20260701" for n in range(1, 10_001)]
    found = parsed(made.x12([made.CLAIM[0], *lines], count=30_010))
    assert isinstance(found[0], Claim)
    assert len(found[0].lines) == 10_000


def test_no_message_names_a_patient() -> None:
    broken = ONE.replace("NM1*IL*1*ARROWSMITH", "NM1|IL|1|ARROWSMITH").replace("43214", "ARROWSMITH")
    for text in (broken, broken[:-150], ONE.replace("20260701", "ARROWSMITH"), ONE.replace("*UN*1*", "*UN*LEORA*")):
        found = errors(text)
        assert found
        assert "ARROWSMITH" not in repr(found)
        assert "LEORA" not in repr(found)
        assert "1EG4TE5MK73" not in repr(parsed(text))
