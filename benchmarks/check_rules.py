"""How fast the rules of `check` are: a synthetic batch of claims against a rule book of as many codes, one process.

python benchmarks/check_rules.py [CLAIMS]
"""

import random
import sys
from datetime import date, timedelta
from decimal import Decimal
from time import perf_counter

from cptref.checking.book import MueTable, RuleBook, add_on_table, pfs_table, ptp_table
from cptref.checking.check import check
from cptref.model.claim import Claim, ClaimLine
from cptref.model.indicator import PlaceOfService
from cptref.model.modifier import Modifier
from cptref.model.rows import AddOnRow, MueRow, PfsRow, PtpRow, Release

CODES = 3000
EDITS = 150_000
LINES = 4
FIRST = date(2026, 4, 1)


def release(kind: str, setting: str = "") -> Release:
    """A release of the quarter."""
    return Release(kind, "2026Q2", setting, FIRST, date(2026, 6, 30), "", "")


def row(code: str, dice: random.Random) -> PfsRow:
    """An active code with indicators by chance."""
    days = dice.choice(["XXX"] * 7 + ["000", "010", "090"])
    pctc = dice.choice("0001")
    return PfsRow(code, "", "A", "", "1.00", "1.00", "", "1.00", "", "0.10", "2.10", "2.10", pctc, days, "0.00", "0.00",
                  "0.00", "2", dice.choice("0129"), dice.choice("0129"), dice.choice("0129"), dice.choice("0129"), "",
                  "33.4009", "09", "99", "0.00", "0.00", "0.00")  # fmt: skip


def rule_book(codes: list[str], dice: random.Random) -> RuleBook:
    """A book of the codes, with edits between pairs by chance."""
    pairs = {tuple(dice.sample(codes, 2)) for _ in range(EDITS)}
    edits = (PtpRow("practitioner", a, b, dice.choice("01"), date(2020, 1, 1), None, "why") for a, b in pairs)
    mue = {code: MueRow(code, "practitioner", dice.choice([1, 2, 4, 10]), dice.choice("1233"), "why") for code in codes}
    add_ons = (AddOnRow(codes[n], "1", codes[n + 1], FIRST, None, "") for n in range(0, CODES, 20))
    rules = {"59": "distinct", "25": "same_day_visit", "LT": "side", "RT": "side", "26": "professional"}
    return RuleBook(
        pfs=(pfs_table(release("pfs"), [row(code, dice) for code in codes]),),
        mue=(MueTable(release("mue", "practitioner"), mue),),
        ptp=(ptp_table(release("ptp", "practitioner"), edits),),
        add_on=(add_on_table(release("add_on"), add_ons),),
        modifiers={name: Modifier(name, "", "", "", name != "26", "", rule) for name, rule in rules.items()},
        places={place: PlaceOfService(place, place, "nonfacility") for place in ("11", "12")},
    )


def claims(count: int, codes: list[str], dice: random.Random) -> list[Claim]:
    """Claims of a few lines, two for each beneficiary."""
    modifiers: list[tuple[str, ...]] = [(), (), (), ("59",), ("25",), ("LT",), ("26",), ("RT", "59")]
    made = []
    for number in range(count):
        day = FIRST + timedelta(days=dice.randrange(90))
        by = f"P{number % 999}"
        lines = tuple(
            ClaimLine(str(n), dice.choice(codes), dice.choice(modifiers), Decimal(1), day, "11", None, by)
            for n in range(LINES)
        )
        made.append(Claim(str(number), "practitioner", f"B{number // 2}", lines))
    return made


def main() -> None:
    """Make a batch, check it, and print how long that took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    dice = random.Random(1)  # noqa: S311
    codes = [str(code) for code in dice.sample([*range(10004, 69991), *range(90281, 99500)], CODES)]
    book, batch = rule_book(codes, dice), claims(count, codes, dice)
    start = perf_counter()
    found = check(batch, book)
    seconds = perf_counter() - start
    findings = sum(len(each.findings) for each in found)
    print(f"{count:,} claims, {count * LINES:,} lines, {findings:,} findings: {seconds:.1f} s, "
          f"{seconds / count / LINES * 1e6:.1f} microseconds a line")  # fmt: skip


if __name__ == "__main__":
    main()
