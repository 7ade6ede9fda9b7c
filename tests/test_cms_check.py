"""`check` against CMS's own edits: an oracle that knows nothing but the table, over random claims."""

import gzip
import random
import subprocess
import sys
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cptref.answers.check import Run
from cptref.data import Data
from cptref.model.claim import CheckedClaim, Claim, ClaimLine
from cptref.opening import home_folders, open_store

DAY = date(2024, 9, 2)
CLAIMS = 10_000


@pytest.fixture(scope="module")
def edits(cms: Path) -> dict[tuple[str, str], str]:
    """The indicator of each edit that practitioners had on the day, straight from the table."""
    found: dict[tuple[str, str], str] = {}
    with gzip.open(cms / "ncci" / "ptp" / "practitioner_2024Q3.tsv.gz", "rt", encoding="utf-8") as table:
        next(table)
        for line in table:
            one, two, deleted, indicator, _ = line.rstrip("\n").split("\t")
            if indicator != "9" and (deleted == "*" or deleted >= "20240902"):
                found[one, two] = indicator
    return found


@pytest.fixture(scope="module")
def home(cms: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the practitioners' edits as CMS ships them."""
    tool = cms.parent / "tools" / "make_ptp_release.py"
    if not tool.exists():
        pytest.skip("no tool to write the edits as CMS ships them")
    folder = tmp_path_factory.mktemp("edits")
    subprocess.run([sys.executable, str(tool), "practitioner", str(folder)], check=True, capture_output=True)
    data = Data(tmp_path_factory.mktemp("home"))
    data.accept_licence()
    data.import_paths([folder])
    return data.folder.parent


def claims(edits: dict[tuple[str, str], str]) -> list[Claim]:
    """Claims of surgical and diagnostic codes, half of them of pairs that have an edit, some lines with 59."""
    chance = random.Random(11)  # noqa: S311
    pairs = [pair for pair in edits if all("10000" <= code < "69999" and code.isdigit() for code in pair)]
    codes = sorted({code for pair in pairs for code in pair})
    made = []
    for number in range(CLAIMS):
        chosen = [*chance.choice(pairs)] if chance.random() < 0.5 else []
        chosen += chance.sample(codes, chance.randint(1, 4))
        lines = tuple(
            ClaimLine(str(n), code, ("59",) if chance.random() < 0.2 else (), Decimal(1), DAY, "22", None, "P")
            for n, code in enumerate(dict.fromkeys(chosen), start=1)
        )
        made.append(Claim(str(number), "practitioner", "", lines))
    return made


def denied(claim: Claim, edits: dict[tuple[str, str], str]) -> set[str]:
    """The lines that some edit denies: column two, unless the indicator is 1 and one of both has 59."""
    found = set()
    for one in claim.lines:
        for two in claim.lines:
            indicator = edits.get((one.code, two.code))
            if indicator == "0" or (indicator == "1" and not one.modifiers and not two.modifiers):
                found.add(two.number)
    return found


def test_no_disagreement_with_the_table(home: Path, edits: dict[tuple[str, str], str]) -> None:
    store, _ = open_store(home_folders(home))
    asked = claims(edits)
    outcomes: dict[str, int] = defaultdict(int)
    for claim, checked in zip(asked, Run(store, lambda: store, asked), strict=True):
        assert isinstance(checked, CheckedClaim)
        ptp = [finding for finding in checked.findings if finding.rule == "ptp"]
        found = {number for finding in ptp if finding.outcome == "fail" for number in finding.denied}
        assert found == denied(claim, edits), claim
        for finding in ptp:
            outcomes[finding.outcome] += 1
    assert outcomes["fail"] > 3000
    assert outcomes["resolved"] > 500
    store.close()
