"""What holds of every claim, whatever its codes and modifiers."""

import pickle
from decimal import Decimal

from claims import DAY, row, whole_test
from hypothesis import given
from hypothesis import strategies as st

from cptref.model.price import PricedLine, ServiceLine
from cptref.model.price_terms import NATIONAL, PRICED
from cptref.pricing.claim import codes_needed, price_claim
from cptref.pricing.fee import cents

_ROWS = [
    row("10001", "100.01", mult_proc="2", bilat_surg="1"),
    row("10002", "100.01", mult_proc="2", bilat_surg="0"),
    row("10003", "77.77", mult_proc="1", bilat_surg="2"),
    row("10004", "12.34", mult_proc="0", bilat_surg="3"),
    row("10005", "9.99", global_days="ZZZ", mult_proc="2"),
    row("45378", "255.40", mult_proc="2"),
    row("45380", "285.98", mult_proc="3", endo_base="45378"),
    row("45385", "374.56", mult_proc="3", endo_base="45378", bilat_surg="1"),
    row("97110", "20.01", facility_pe="10.03", mult_proc="5"),
    row("97112", "20.01", facility_pe="14.01", mult_proc="5"),
    row("36592", "20.00", status="T"),
    row("17999", "0.00", status="C", mult_proc="2"),
    *whole_test("70100", "200.07", "50.03", mult_proc="4", imaging_family="88", bilat_surg="3"),
    *whole_test("70200", "100.01", "80.09", mult_proc="4", imaging_family="88", opps_facility_pe="40.00"),
    *whole_test("93200", "100.01", "80.09", mult_proc="6"),
]
ROWS = {each.code: {r.modifier: r for r in _ROWS if r.code == each.code} for each in _ROWS}
CODES = sorted(ROWS)
MODIFIERS = ["51", "59", "RT", "LT", "26", "TC", "54", "78", "80", "62", "22"]

lines = st.builds(
    ServiceLine,
    code=st.sampled_from(CODES),
    modifiers=st.lists(st.sampled_from(MODIFIERS), max_size=2, unique=True).map(tuple),
    gpci=st.just(NATIONAL),
    anesthesia=st.none(),
    postoperative_days=st.none(),
    units=st.integers(1, 3),
    setting=st.just("facility"),
    charge=st.none() | st.decimals("0.01", 500, places=2),
)
claims = st.lists(lines, min_size=1, max_size=8)


def total(found: list[PricedLine]) -> Decimal:
    return sum((line.amount for line in found if line.amount is not None), Decimal(0))


@given(claims, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_change_the_total(claim: list[ServiceLine], random: object) -> None:
    other = list(claim)
    random.shuffle(other)  # type: ignore[attr-defined]
    assert total(price_claim(claim, ROWS, DAY)) == total(price_claim(other, ROWS, DAY))


@given(claims)
def test_no_adjustment_of_the_day_raises_a_total(claim: list[ServiceLine]) -> None:
    plain = [line._replace(modifiers=tuple(m for m in line.modifiers if m in ("26", "TC"))) for line in claim]
    unadjusted = Decimal("0.04")
    for line, found in zip(plain, price_claim(claim, ROWS, DAY), strict=True):
        if found.amount is not None:
            # What the units come to without any other line, and without two of them being two sides.
            [alone] = price_claim([line._replace(units=1, charge=None)], ROWS, DAY)
            assert alone.amount is not None
            both = {"RT", "LT"} <= set(found.modifiers)
            unadjusted += alone.amount * (2 if both else line.units)
    assert total(price_claim(claim, ROWS, DAY)) <= unadjusted


@given(claims)
def test_each_line_is_rounded_once_and_at_the_end(claim: list[ServiceLine]) -> None:
    for found in price_claim(claim, ROWS, DAY):
        assert (found.outcome == PRICED) == (found.amount is not None) == (found.reason is None)
        if found.amount is not None:
            *before, last = found.steps
            assert [step.step for step in found.steps].count("rounding") == 1
            assert last.amount == found.amount
            assert before[-1].amount is not None
            assert cents(before[-1].amount) == found.amount


@given(lines)
def test_a_line_never_pays_more_than_its_charge(line: ServiceLine) -> None:
    [found] = price_claim([line], ROWS, DAY)
    assert found.amount is None or line.charge is None or found.amount <= line.charge


def test_what_goes_in_and_out_can_be_pickled() -> None:
    claim = [ServiceLine("45380"), ServiceLine("45385")]
    found = price_claim(*pickle.loads(pickle.dumps((claim, ROWS, DAY))))  # noqa: S301
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301


def test_the_codes_that_are_needed_besides() -> None:
    assert codes_needed({"45380": ROWS["45380"], "93000": {}}) == {"45378", "93010"}
    assert codes_needed({code: ROWS[code] for code in ("45380", "45378")}) == set()
