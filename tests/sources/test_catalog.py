"""The schema check of the catalog: a broken entry is refused with file, line and field."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cptref.errors import CatalogError
from cptref.model.rows import PfsRow, Prose, PtpRow
from cptref.opening import data_folder
from cptref.sources import catalog

Broken = Callable[[str, str, str], str]


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    """The error of the bundled catalog with one text of one file replaced."""

    def change(name: str, old: str, new: str) -> str:
        for path in data_folder().glob("*.toml"):
            shutil.copy(path, tmp_path)
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert old in text
        (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(CatalogError) as caught:
            for _ in (*catalog.read(tmp_path), *catalog.read_tellings(tmp_path)):
                pass
        return caught.value.message

    return change


def line_of(name: str, text: str) -> int:
    return (data_folder() / name).read_text(encoding="utf-8").split(text)[0].count("\n") + 1


def test_the_bundled_catalog_is_sound() -> None:
    rows = {kind: list(found) for _, kind, found in catalog.read(data_folder())}
    assert len(rows[Prose]) >= 400
    assert len(rows[PfsRow]) > len(rows[Prose])
    assert len(rows[PtpRow]) > 10_000


def test_a_wrong_type_is_named_with_line_and_field(broken: Broken) -> None:
    title = 'title = "Freezing (cryoablation) of the posterior nasal nerve under a nasal endoscope"'
    line = line_of("codes.toml", title)
    message = broken("codes.toml", title, "title = 5")
    assert message == f"codes.toml:{line}: [codes.31243] title: Expected `str`, got `int`"


def test_an_unknown_field(broken: Broken) -> None:
    message = broken("codes.toml", "[codes.31243]\n", '[codes.31243]\nprise = "x"\n')
    line = line_of("codes.toml", "[codes.31243]") + 1
    assert message.startswith(f"codes.toml:{line}: [codes.31243] prise:")
    assert "unknown field" in message


def test_a_missing_field(broken: Broken) -> None:
    message = broken(
        "codes.toml", 'title = "Freezing (cryoablation) of the posterior nasal nerve under a nasal endoscope"\n', ""
    )
    assert "[codes.31243] title: Object missing required field" in message


def test_a_code_that_is_none(broken: Broken) -> None:
    assert "[codes.3124X]" in broken("codes.toml", "[codes.31243]", "[codes.3124X]")


def test_a_code_that_stands_twice(broken: Broken) -> None:
    assert "codes.toml" in broken("codes.toml", "[codes.31243]", "[codes.31242]")


def test_facts_without_prose(broken: Broken) -> None:
    line = line_of("facts.toml", "[codes.31243]")
    message = broken("facts.toml", "[codes.31243]", "[codes.99999]")
    assert message == f"facts.toml:{line}: [codes.99999] is not in codes.toml"


def test_an_amount_that_is_a_number(broken: Broken) -> None:
    message = broken("facts.toml", 'work = "2.63"', "work = 2.63")
    assert message.endswith("[codes.31242] pfs.work: Expected `str`, got `float`")


def test_a_guideline_that_stands_on_both_sides(broken: Broken) -> None:
    message = broken("codes.toml", 'not_with = [{codes = ["43197"', 'not_with = [{codes = ["43197", "43197"')
    assert "stands at" in message


def test_an_edit_of_an_unknown_rationale(broken: Broken) -> None:
    assert "no such indicator or rationale" in broken("ptp_edits.toml", "\n0b = ", "\n0z = ")


def test_a_rule_of_notes_that_is_none(broken: Broken) -> None:
    line = line_of("tellings.toml", '"46221" = ')
    for wrong, why in (('["@ band"]', "regex"), ('"band"', "Expected `array`"), ('["band $bands"]', "named $bands")):
        message = broken("tellings.toml", '"46221" = [', f'"46222" = {wrong}\n"46221" = [')
        assert message.startswith("tellings.toml:")
        assert why in message
    assert str(line) in broken("tellings.toml", '"46221" = [', '"46222" = ["band $bands"]\n"46221" = [')


def test_a_file_that_is_no_toml(broken: Broken) -> None:
    assert broken("modifiers.toml", "[modifiers.22]", "[modifiers.22").startswith("modifiers.toml:")


def test_a_date_that_does_not_exist(broken: Broken) -> None:
    message = broken("codes.toml", 'date = "2017-01-01"', 'date = "2017-02-30"')
    assert "[codes.0441T]" in message
