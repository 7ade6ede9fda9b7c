"""`check` over the bundled releases: one claim, files, several batches and processes, and what it prints."""

import csv
import io
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

import cptref.answers.check as batches
import cptref.answers.rule_book as books
from cptref import Reference
from cptref.errors import SourceError, UsageError
from cptref.model.claim import CheckedClaim, ClaimError

DAY = "2024-09-02"  # of the quarter of the bundled PTP edits
HEADER = "claim,line,code,modifiers,units,date,place_of_service,charge,provider,beneficiary\n"
FILE = (
    HEADER
    + "A,1,43214,,1,2024-09-02,22,900.00,P1,Patient One\n"
    + "A,2,43200,,1,2024-09-02,22,400.00,P1,Patient One\n"
    + "B,1,43214,,1,2024-13-45,22,900.00,P1,Patient Two\n"
    + "C,1,43239,,1,2024-09-02,22,500.00,P1,Patient Three\n"
)


def test_a_pair_that_no_modifier_saves(reference: Reference) -> None:
    [claim] = reference.check("43214", "43200-59", "76000", date=DAY, place_of_service="22")
    assert claim.verdict == "fail"
    assert [(line.code, line.verdict) for line in claim.lines] == [
        ("43214", "unknown"), ("43200", "fail"), ("76000", "fail"),
    ]  # fmt: skip
    ptp = [finding for finding in claim.findings if finding.rule == "ptp" and finding.outcome == "fail"]
    assert [(finding.codes, finding.denied, finding.carc) for finding in ptp] == [
        (("43214", "43200"), ("2",), "236"), (("43214", "76000"), ("3",), "236"),
    ]  # fmt: skip
    assert "PTP edits 2024Q3 practitioner" in ptp[0].source
    # No fee schedule or MUE of that quarter is bundled, and that is said of each rule that rests on one.
    assert {"status", "mue"} <= {each.rule for each in claim.rules_not_run}
    assert all("cptref data import" in each.why for each in claim.rules_not_run)


def test_what_is_not_known_is_never_clean(reference: Reference) -> None:
    answer = reference.check("43239", date="2026-07-15", place_of_service="22")
    assert answer[0].verdict == "unknown"  # the MUE of that quarter is not loaded
    assert "mue" in {each.rule for each in answer[0].rules_not_run}
    # In a quarter of which fee schedule and MUE are not bundled together, nothing passes.
    assert reference.check("43239", date="2031-01-01")[0].verdict == "unknown"


def test_what_a_claim_pays_with_its_denials(reference: Reference) -> None:
    day = "2026-07-15"
    [claim] = reference.check("43239", "43235", "99213=2", date=day, place_of_service="22", price="01182-18")
    denied = {line.code for line in claim.lines if line.verdict == "fail"}
    assert denied  # two visits exceed the MUE, or the edits of the quarter before deny the base endoscopy
    assert claim.price is not None
    kept = [code for code in ("43239", "43235", "99213=2") if code[:5] not in denied]
    assert kept
    asked: dict[str, Any] = {"locality": "01182-18", "place_of_service": "22", "as_of": day}
    assert claim.price.pays == sum(line.amount for line in reference.price(*(k[:5] for k in kept), **asked))
    assert claim.price.undenied is not None
    assert claim.price.undenied > claim.price.pays
    costs = [finding.cost for finding in claim.findings if finding.denied]
    assert costs
    assert all(cost is not None for cost in costs)
    [elsewhere] = reference.check("43239", date="2020-01-01", price="")
    assert elsewhere.price is not None
    assert (elsewhere.price.pays, "2020-01-01" in elsewhere.price.reason) == (None, True)


def test_units_are_typed_behind_the_code(reference: Reference) -> None:
    [claim] = reference.check("43239=3", date="2026-07-15")
    found = {finding.rule: finding.outcome for finding in claim.findings}
    assert found["mue"] == "fail"
    with pytest.raises(UsageError):
        reference.check("43239=many")
    with pytest.raises(UsageError):
        reference.check()


def test_a_file_with_a_claim_that_cannot_be_read(reference: Reference) -> None:
    run = reference.check_file(io.BytesIO(FILE.encode()))
    found = list(run)
    assert [item.claim for item in found] == ["A", "C", "B"]
    assert [item.verdict for item in found if isinstance(item, CheckedClaim)] == ["fail", "unknown"]
    [error] = run.errors
    assert isinstance(error, ClaimError)
    assert error.position == "line 4"
    assert (run.summary.claims, run.summary.lines, run.summary.unreadable) == (2, 3, 1)
    assert str(run.summary.charges_denied) == "400.00"
    assert run.summary.findings["ptp"]["fail"] == 1
    with pytest.raises(SourceError):
        list(reference.check_file(io.BytesIO(b"a,b\n1,2\n")))
    with pytest.raises(UsageError):
        reference.check_file(io.BytesIO(FILE.encode()), place_of_service="everywhere")


def lines(count: int) -> Iterator[str]:
    """Claims of codes that conflict and codes that do not, of patients with several claims."""
    chance = random.Random(7)  # noqa: S311
    codes = "43214 43200 43235 43239 43249 76000 99213 45378 45385 31231 31237 31243 36415 96372 99292".split()
    for number in range(count):
        for line in range(chance.randint(1, 4)):
            place, modifier = chance.choice(("11", "22")), chance.choice(("", "", "59", "25", "LT", "50"))
            day, units = f"2024-0{chance.randint(7, 9)}-1{chance.randint(0, 9)}", chance.choice((1, 1, 1, 2, 5))
            code = chance.choice(codes)
            yield f"C{number},{line + 1},{code},{modifier},{units},{day},{place},10.00,P,B{number // 3}\n"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("claims") / "many.csv"
    path.write_text(HEADER + "".join(lines(300)), encoding="utf-8")
    return path


def test_batches_and_what_they_keep_change_nothing(
    reference: Reference, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = list(reference.check_file(many))
    assert len(at_once) == 300
    monkeypatch.setattr(batches, "_LINES", 40)
    run = reference.check_file(many)
    assert list(run) == at_once
    assert run.warnings == []  # patients stay together
    monkeypatch.setattr(books, "_MANY", 20)  # each batch goes on with what the one before has read
    assert list(reference.check_file(many)) == at_once
    monkeypatch.setattr(books, "_MOST_PAIRS", 5)
    assert list(reference.check_file(many)) == at_once


def test_patients_whose_claims_lie_apart_are_told(
    reference: Reference, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "_LINES", 2)
    row = "{0},1,43239,,1,2024-09-02,22,1.00,P,{1}\n"
    text = HEADER + "".join(row.format(n, whose) for n, whose in enumerate("ABCDAB"))
    run = reference.check_file(io.BytesIO(text.encode()))
    assert len(list(run)) == 6
    assert run.warnings[0].startswith("2 claims lie far from others of the same patient")


def test_several_processes_give_the_same(run: Run, many: Path) -> None:
    one = run("check", str(many), "--format", "csv")
    two = run("check", str(many), "--format", "csv", "--jobs", "2")
    assert one.returncode == two.returncode == 1
    assert two.stdout == one.stdout
    assert two.stderr == one.stderr == ""


def test_the_command_on_codes(run: Run) -> None:
    done = run("check", "43214", "43200-59", "--date", DAY, "--place-of-service", "22")
    assert done.returncode == 1
    assert "43200 is not paid with 43214" in done.stdout
    assert "Not run, so not cleared" in done.stdout
    explained = run("check", "43214", "76000", "--date", DAY, "--explain").stdout
    assert "The denial carries CARC 236: " in explained
    assert "Right when" in explained
    assert run("check", "43239", "--date", "2031-01-01").returncode == 3
    assert run("check", "nonsense").returncode == 2
    assert run("check").returncode == 2


def test_the_command_on_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text(FILE, encoding="utf-8")
    told: dict[str, Any] = json.loads(run("check", str(path), "--json").stdout)
    assert [claim["claim"] for claim in told["data"]] == ["A", "C"]
    finding = told["data"][0]["findings"][0]
    assert {"rule", "outcome", "lines", "codes", "message", "fix", "source"} <= finding.keys()
    assert {"claim", "verdict", "findings", "rules_run", "rules_not_run"} <= told["data"][0].keys()
    assert told["errors"][0]["position"] == "line 4"
    assert told["summary"]["verdicts"] == {"fail": 1, "unknown": 1}
    rows = list(csv.DictReader(io.StringIO(run("check", str(path), "--format", "csv", "--only", "fail").stdout)))
    assert {row["claim"] for row in rows} == {"A"}
    assert {row["rule"] for row in rows} >= {"ptp"}
    fits = json.loads(run("check", str(path), "--carc", "236", "--json").stdout)["data"]
    assert [[finding["rule"] for finding in claim["findings"]] for claim in fits] == [["ptp"]]
    assert json.loads(run("check", str(path), "--carc", "97", "--json").stdout)["data"] == fits
    assert json.loads(run("check", str(path), "--carc", "18", "--json").stdout)["data"] == []
    assert "No finding fits CARC 18." in run("check", str(path), "--carc", "18").stdout
    piped = run("check", "-", input=FILE)
    assert piped.returncode == 1
    assert "2 claims, 3 lines: 1 fail, 1 unknown." in piped.stdout
    assert "Charged for lines that would be denied: 400.00 dollars." in piped.stdout
    assert "line 4, claim B" in piped.stdout
    for text in (piped.stdout, run("check", str(path), "--format", "markdown").stdout, json.dumps(told)):
        assert "Patient" not in text
    lines_of = run("check", str(path), "--format", "jsonl")
    assert len(lines_of.stdout.splitlines()) == 2
    assert "line 4" in lines_of.stderr
    empty = run("check", "-", input="what is this")
    assert (empty.returncode, empty.stderr.count("cptref:")) == (2, 1)
