"""The words of the search are well-formed, carry no descriptor, and cover what CMS clips."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import tomli
from conftest import ROOT

from cptref.model.words import stem, words_of
from cptref.sources import pprrvu
from cptref.sources.files import find_files

DATA: dict[str, Any] = tomli.loads((ROOT / "data" / "vocabulary.toml").read_text(encoding="utf-8"))
# Words that are not clipped, and names of measures and programmes, which nobody spells out.
WHOLE = frozenset(
    "abutment ace aid ajcc ald arb audio autopsy bar beam bifocal binaural cabg cleft cone crown diem died foam "
    "frailty garment gene glove gsap hla hospice intra isdss knuckle mvp necropsy ni noble onlay oocyte resin "
    "retainer sl ss statin stocking sulfate supported titanium trans trifocal viii waiver rafscrs withwithout".split()
)
FREQUENT = 12


def plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


@pytest.fixture(scope="module")
def descriptors(cms: Path) -> list[str]:
    [release] = find_files(cms / "pfs" / "rvu26c.zip")
    return [row.short for row in pprrvu.descriptors(release.load())]


def test_no_word_stands_for_itself() -> None:
    for full, forms in DATA["clipped"].items():
        assert full not in forms.split()
        assert len(set(forms.split())) == len(forms.split()), full
    for term, meanings in DATA["means"].items():
        assert term not in meanings
        assert len(set(meanings)) == len(meanings), term


def test_nothing_means_in_a_circle() -> None:
    means = DATA["means"]
    circles = [(term, other) for term, others in means.items() for other in others if term in means.get(other, ())]
    assert not circles


def test_ranges_are_ranges() -> None:
    for codes in DATA["ranges"]:
        first, dash, last = codes.partition("-")
        assert len(first) == 5
        assert not dash or (len(last) == 5 and first < last)


def test_roots_and_endings_do_not_hide_one_another() -> None:
    # `colonoscopy` is `colon` + `oscopy`; a root that ends as an ending begins would be read in two ways.
    for root in DATA["roots"]:
        assert root not in DATA["endings"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("w/o & w/", ["withwithout"]),
        ("with and without contrast", ["withwithout", "contrast"]),
        ("ct wo", ["ct", "without"]),
        ("30mm or larger", ["30", "mm", ">"]),
        ("2.0 cm/<", ["2", "cm", "<"]),
        ("5yr+", ["5", "yr", ">"]),
        ("1,000 units", ["1000", "units"]),
        ("X-rays, 3 views", ["xray", "3", "views"]),
        ("I&D", ["i&d"]),
        ("two views", ["2", "views"]),
    ],
)
def test_texts_are_read_as_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_endings_fold() -> None:
    assert {stem(word) for word in ("remove", "removed", "removing", "removal", "removes")} == {"remov"}
    assert stem("ablation") == stem("ablate") == stem("ablating") == "ablat"
    assert stem("bunion") != stem("bun")


def test_no_descriptor_is_in_the_vocabulary(descriptors: list[str]) -> None:
    known = {plain(text) for text in descriptors}
    texts = [text for term, meanings in DATA["means"].items() for text in (term, *meanings)]
    texts += [*DATA["alike"]["groups"], *DATA["ranges"].values(), *DATA["roots"].values()]
    # Two words that everybody uses together, as `lipid panel`, are no descriptor's own.
    copied = [text for text in texts if len(plain(text).split()) > 2 and plain(text) in known]
    assert not copied


def test_every_frequent_clipped_word_is_covered(descriptors: list[str]) -> None:
    written = set(re.findall(r"[a-z]+", (ROOT / "data" / "codes.toml").read_text(encoding="utf-8").lower()))
    covered = written | WHOLE | {word for forms in DATA["clipped"].values() for word in forms.split()}
    covered |= {word for full in DATA["clipped"] for word in full.split()}
    covered |= {word for group in DATA["alike"]["groups"] for word in group.split()}
    counted = Counter(word for text in descriptors for word in words_of(text) if word.isalpha() and len(word) > 1)
    missed = {word: count for word, count in counted.items() if count >= FREQUENT and word not in covered}
    assert not missed
