"""Random claims against a plain reading of the rules: all pairs of lines, naive loops, no index."""

import random
from datetime import date, timedelta
from itertools import permutations

from cases import BOOK, MODIFIERS, claim, edit, release

from cptref.checking.book import RuleBook, ptp_table
from cptref.checking.check import check
from cptref.model.claim import Claim
from cptref.model.rows import PtpRow

CODES = ["45385", "45380", "27447", "10060", "99213", "93010", "31243"]
TEXTS = ["", "59", "25", "57", "LT", "RT", "50", "22", "76", "XS", "LT-59", "24"]
ASSOCIATED = set(
    "E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 TA T1 T2 T3 T4 T5 T6 T7 T8 T9 LT RT LC LD RC LM RI "
    "24 25 57 58 78 79 27 59 91 XE XS XP XU".split()
)
VISITS = {"99213"}
MINOR = {"45385", "45380", "10060", "31243"}


def test_the_associated_modifiers_are_those_of_the_manual() -> None:
    # Ch. I, E
    assert {name for name, each in MODIFIERS.items() if each.ncci_associated} == ASSOCIATED


def counts(modifier: str, code: str, beside: str) -> bool:
    if modifier not in ASSOCIATED or modifier == "27":
        return False
    if modifier in ("24", "25", "57"):
        return code in VISITS and not (modifier == "57" and beside in MINOR)
    return not (modifier in ("59", "XE", "XS", "XP", "XU") and code in VISITS)


def denied_by_hand(claim: Claim, edits: list[PtpRow]) -> set[str]:
    denied = set()
    for one, two in permutations(claim.lines, 2):
        for each in edits:
            if each.modifier_indicator == "9" or (each.column_one, each.column_two) != (one.code, two.code):
                continue
            if one.date != two.date or one.provider != two.provider:
                continue
            assert each.effective
            if not (each.effective <= one.date and (each.deleted is None or one.date <= each.deleted)):
                continue
            looked_at = [(m, two.code, one.code) for m in two.modifiers]
            if one.date >= date(2019, 7, 1):
                looked_at += [(m, one.code, two.code) for m in one.modifiers]
            if each.modifier_indicator == "0" or not any(counts(*asked) for asked in looked_at):
                denied.add(two.number)
    return denied


def random_edits(dice: random.Random) -> list[PtpRow]:
    found = []
    for one, two in permutations(CODES, 2):
        if one < two and dice.random() < 0.6:
            pair = (one, two) if dice.random() < 0.5 else (two, one)
            start = date(2018, 1, 1) + timedelta(days=dice.randrange(1000))
            for _ in range(dice.randrange(1, 4)):
                end = start + timedelta(days=dice.randrange(600)) if dice.random() < 0.6 else None
                if dice.random() < 0.2:
                    found.append(edit(*pair, "9", "", str(start), str(start)))
                found.append(edit(*pair, dice.choice("01"), "", str(start), str(end) if end else None))
                if end is None:
                    break
                start = end + timedelta(days=dice.choice([1, 30]))
    return found


def random_claim(dice: random.Random, most: int = 6) -> Claim:
    days = [date(2018, 6, 1) + timedelta(days=dice.randrange(1600)) for _ in range(2)]
    lines = []
    for number in range(dice.randrange(1, most)):
        line = claim(dice.choice(CODES)).lines[0]
        modifiers = tuple(m for m in dice.choice(TEXTS).split("-") if m)
        lines.append(line._replace(number=str(number), date=dice.choice(days), modifiers=modifiers,
                                   provider=dice.choice(["P1", "P1", "P2"])))  # fmt: skip
    return Claim("A", "practitioner", "", tuple(lines))


def denied(found: Claim, rules: RuleBook) -> set[str]:
    (result,) = check([found], rules)
    return {line for finding in result.findings if finding.rule == "ptp" for line in finding.denied}


def test_ptp_against_all_pairs_by_hand() -> None:
    dice = random.Random(20260504)  # noqa: S311
    seen = 0
    for _ in range(60):
        edits = random_edits(dice)
        table = ptp_table(release("ptp", "practitioner", "2026-01-01", "2026-12-31"), edits)
        # Global periods for every date, as 57 turns on them.
        pfs = BOOK.pfs[0]._replace(release=BOOK.pfs[0].release._replace(effective=date(2000, 1, 1)))
        rules = BOOK._replace(ptp=(table,), pfs=(pfs,))
        for _ in range(100):
            found = random_claim(dice)
            expected = denied_by_hand(found, edits)
            assert denied(found, rules) == expected, (found, edits)
            seen += bool(expected)
    assert seen > 500


def test_the_order_of_lines_does_not_matter() -> None:
    dice = random.Random(1)  # noqa: S311
    for _ in range(300):
        found = random_claim(dice)
        shuffled = list(found.lines)
        dice.shuffle(shuffled)
        (one,) = check([found], BOOK)
        (other,) = check([found._replace(lines=tuple(shuffled))], BOOK)
        assert set(one.lines) == set(other.lines)
        assert one.verdict == other.verdict
        assert {(f.rule, f.outcome, frozenset(f.lines)) for f in one.findings} == {
            (f.rule, f.outcome, frozenset(f.lines)) for f in other.findings
        }


def test_a_further_line_never_mends_one() -> None:
    # An unrelated line may deny others, but makes no denied line payable.
    dice = random.Random(2)  # noqa: S311
    order = {"pass": 0, "unknown": 1, "fail": 2}
    unrelated = claim("93010/P9").lines[0]._replace(number="x")
    for _ in range(300):
        found = random_claim(dice)
        (before,) = check([found], BOOK)
        (after,) = check([found._replace(lines=(*found.lines, unrelated))], BOOK)
        worst = {line.line: line.verdict for line in after.lines}
        assert all(order[worst[line.line]] >= order[line.verdict] for line in before.lines)


def test_without_a_release_no_line_is_better_than_with_it() -> None:
    dice = random.Random(3)  # noqa: S311
    for bare in (BOOK._replace(pfs=()), BOOK._replace(mue=()), BOOK._replace(ptp=()), BOOK._replace(add_on=())):
        for _ in range(100):
            found = random_claim(dice)
            (one,) = check([found], BOOK)
            (other,) = check([found], bare)
            for before, after in zip(one.lines, other.lines, strict=True):
                assert not (before.verdict != "pass" and after.verdict == "pass")


def test_a_later_release_of_the_same_edits_changes_nothing_on_old_dates() -> None:
    dice = random.Random(4)  # noqa: S311
    later = BOOK.ptp[0]._replace(release=release("ptp", "practitioner", "2026-07-01", "2026-09-30"))
    for _ in range(200):
        found = random_claim(dice)
        assert denied(found, BOOK) == denied(found, BOOK._replace(ptp=(later,)))


def test_units_split_over_lines_never_pass_where_one_line_fails() -> None:
    # MAI 2 and 3
    for units in range(1, 12):
        whole = check([claim(f"97110*{units}")], BOOK)[0].verdict
        split = check([claim(*["97110-59"] * units)], BOOK)[0].verdict
        assert (whole == "fail") == (split == "fail") == (units > 6)
