"""Two fee schedules of CMS compared, and once more by an independent reading of their csv files."""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from cptref import Reference
from cptref.data import Data
from cptref.model.diff import EVERY_ROW

# Column of each field of PPRRVU's csv; that of 2026 has one more, 26, a flag.
COLUMNS = {"status": 3, "work": 5, "nonfacility_pe": 6, "facility_pe": 8, "mp": 10, "mult_proc": 18, "global_days": 14}


def rows(path: Path) -> dict[tuple[str, str], list[str]]:
    with zipfile.ZipFile(path) as archive:
        name = next(n for n in archive.namelist() if re.search(r"PPRRVU.*\.csv", n))
        text = archive.read(name).decode("cp1252")
    return {(row[0], row[1]): row for row in list(csv.reader(io.StringIO(text)))[10:] if row[0]}


@pytest.fixture(scope="module")
def reference(cms: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reference]:
    home = tmp_path_factory.mktemp("two")
    data = Data(home)
    data.accept_licence()
    data.import_paths([cms / "pfs" / f"rvu{release}.zip" for release in ("25d", "26c")])
    with Reference(home) as opened:
        yield opened


def test_rvu25d_and_rvu26c(cms: Path, reference: Reference) -> None:
    old, new = (rows(cms / "pfs" / f"rvu{release}.zip") for release in ("25d", "26c"))
    found = reference.diff("RVU25D", "RVU26C")
    by_action = {
        action: {(change.code, change.key) for change in found.changes if change.action == action}
        for action in ("added", "removed")
    }
    assert by_action == {"added": new.keys() - old.keys(), "removed": old.keys() - new.keys()}
    assert found.counts[:2] == (len(by_action["added"]), len(by_action["removed"]))
    changed = Counter(change.field for change in found.changes if change.action == "changed")
    for field, column in COLUMNS.items():
        expected = sum(old[key][column] != new[key][column] for key in old.keys() & new.keys())
        assert changed[field] == expected, field
    for change in found.changes:
        if change.field in COLUMNS:
            key, column = (change.code, change.key), COLUMNS[change.field]
            assert (change.old, change.new) == (old[key][column], new[key][column])
    assert [change[3:] for change in found.changes if change.code == EVERY_ROW] == [
        ("conversion_factor", "32.3465", "33.4009")
    ]


def test_the_bundled_part_changes_as_the_whole_release_does(cms: Path, reference: Reference, tmp_path: Path) -> None:
    data = Data(tmp_path)
    data.accept_licence()
    data.import_paths([cms / "pfs" / "rvu25d.zip"])
    with Reference(tmp_path) as bundled:
        part = [change for change in bundled.diff("RVU25D", "RVU26C").changes if change.code != EVERY_ROW]
        whole = reference.diff("RVU25D", "RVU26C").changes
    with Reference(tmp_path / "empty") as catalog:
        described = {listed.code for listed in catalog.list("all").codes}
    assert part == [change for change in whole if change.code in described]
