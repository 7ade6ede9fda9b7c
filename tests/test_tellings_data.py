"""The rules of tellings.toml are well-formed, say something, and are for codes that are in use."""

import re
from collections import Counter
from datetime import date
from typing import Any

import tomli
from conftest import DAY, ROOT

from cptref import Reference
from cptref.answers.context import Context
from cptref.data import Data
from cptref.model.rows import AddOnRow
from cptref.sources import add_on
from cptref.sources.files import open_files

DATA: dict[str, Any] = tomli.loads((ROOT / "data" / "tellings.toml").read_text(encoding="utf-8"))
RULES = [(codes, text) for group in DATA["rules"].values() for codes, texts in group.items() for text in texts]
NOTES: dict[str, Any] = tomli.loads((ROOT / "data" / "notes.toml").read_text(encoding="utf-8"))


def test_no_rule_stands_twice() -> None:
    assert [rule for rule, count in Counter(RULES).items() if count > 1] == []


def test_every_name_is_used() -> None:
    used = {name for _, text in RULES for name in re.findall(r"\$(\w+)", text)}
    assert used == DATA["words"].keys()


def test_a_single_word_is_long_enough_to_mean_one_thing() -> None:
    short = [(codes, text) for codes, text in RULES if re.fullmatch(r"[a-z]{1,3}\*?", text)]
    assert short == []


def test_ranges_go_up() -> None:
    assert all(codes[:5] < codes[-5:] for codes, _ in RULES if "-" in codes)


def test_the_codes_are_in_use(cms: Any, tmp_path: Any) -> None:
    data = Data(tmp_path)
    data.accept_licence("ama")
    data.import_paths([cms / "pfs" / "rvu26c.zip", cms / "hcpcs"])
    with Reference(tmp_path) as whole:
        context = Context(whole._store, date.fromisoformat(DAY))
        ends = {end for codes, _ in RULES for end in (codes[:5], codes[-5:])}
        known = context.titles(sorted(ends)).keys()
        assert sorted(ends - known) == []


def test_what_is_added_is_an_add_on_of_what_it_is_added_to(cms: Any) -> None:
    [file] = open_files(cms / "ncci" / "AOC_V2026Q2-MCR.xlsx")
    edits = {(row.primary, row.add_on) for row in add_on.read(file) if isinstance(row, AddOnRow)}
    for chains in NOTES["further"].values():
        for first, *added in map(str.split, chains):
            assert [code for code in added if (first, code) not in edits] == [], first
