"""Search reads shorthand, clipped descriptors, lay words, numbers and typos; over descriptors made for the test."""

from collections.abc import Iterator
from datetime import date

import pytest

from cptref import Reference
from cptref.errors import NotFoundError, UsageError
from cptref.model.rows import DescriptorRow, PfsRow, Release
from cptref.store.build import save_release
from cptref.store.files import release_path

DAY = "2026-07-15"
# Codes of the catalog are named by it; these are numbers that no release has, in CMS's manner of clipping.
MADE = {
    "2990A": "Optx ulnrx fx w/int fixj",
    "2991A": "Cltx ulnrx fx w/o mnpj",
    "2992A": "Ct zygoma w/o dye",
    "2993A": "Ct zygoma w/dye",
    "2994A": "Ct zygoma w/o & w/dye",
    "2995A": "Exc zygoma les 1.1-2 cm",
    "2996A": "Exc zygoma les 2.1-3 cm",
    "2997A": "Exc zygoma les 30 mm/>",
    "2998A": "Laps zygoma bx bi",
    "2999A": "Laps zygoma bx uni",
    "3000A": "Zygoma ndsc abltj 1st",
    "3001A": "Zygoma ndsc abltj ea addl",
    "3002A": "Zygoma xm 2 vws",
    "3003A": "Zygoma xm 3 vws",
    "3004A": "Rmvl kdn stn zygoma",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reference]:
    home = tmp_path_factory.mktemp("search")
    release = Release("pfs", "RVU26C", "", date(2026, 7, 1), date(2026, 9, 30), "", "made.csv", partial=False)
    rows = [PfsRow(code, "", "A", *[""] * (len(PfsRow._fields) - 3)) for code in MADE]
    path = release_path(home / "releases", release)
    path.parent.mkdir(parents=True)
    save_release(
        release,
        lambda: [(release, DescriptorRow, [DescriptorRow(*row) for row in MADE.items()]), (release, PfsRow, rows)],
        path,
        lambda: release._replace(rows=len(rows)),
    )
    with Reference(home) as opened:
        yield opened


def first(reference: Reference, text: str) -> str:
    return str(reference.search(text, as_of=DAY).hits[0].code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ORIF ulnrx fx", "2990A"),
        ("open treatment ulnrx fracture with internal fixation", "2990A"),
        ("ORIF ulnrx", "2990A"),
        ("closed treatment ulnrx fracture no manipulation", "2991A"),
        ("zygoma ct without contrast", "2992A"),
        ("zygoma cat scan with dye", "2993A"),
        ("CT zygoma w/wo contrast", "2994A"),
        ("excision zygoma lesion 1.1-2.0 cm", "2995A"),
        ("zygoma lesion removal 2.1 to 3.0 cm", "2996A"),
        ("excise zygoma lesion 30mm or larger", "2997A"),
        ("zygoma lesion excision 2.5 cm", "2996A"),
        ("14 mm lesion of the zygoma excised", "2995A"),
        ("excise 4.2 cm lesion zygoma", "2997A"),
        ("bilateral laparoscopic biopsy zygoma", "2998A"),
        ("lap bx zygoma one side", "2999A"),
        ("zygoma endoscopy ablation first", "3000A"),
        ("ablation zygoma each additional", "3001A"),
        ("abltj ndsc zygoma", "3000A"),
        ("zygoma exam two views", "3002A"),
        ("views 3 zygoma", "3003A"),
        ("kidney stone removal zygoma", "3004A"),
        ("nephrolithotomy zygoma", "3004A"),
    ],
)
def test_clipped_descriptors_are_read(made: Reference, text: str, code: str) -> None:
    assert first(made, text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TKA", "27447"),
        ("EGD bx", "43239"),
        ("stomach scope with biopsy", "43239"),
        ("biopsy with scope stomach", "43239"),
        ("nosebleed", "30901"),
        ("colonoscpy snare", "45385"),
        ("chest xray two views", "71046"),
        ("cerumen removal", "69210"),
        ("office visit est 30 min moderate", "99214"),
        ("excised 1.2 cm nevus of the left forearm", "11402"),
        ("simple repair of 3 cm laceration of the scalp", "12002"),
        ("simple repair of 2 cm laceration of the chin", "12011"),
    ],
)
def test_the_catalog_is_read_in_other_words(reference: Reference, text: str, code: str) -> None:
    assert first(reference, text) == code


def test_a_title_comes_before_another_name_of_a_code(reference: Reference) -> None:
    hits = reference.search("cryoablation", as_of=DAY).hits
    titled = ["cryoablation" in hit.title.lower() for hit in hits]
    assert titled[:5] == [True] * 5
    assert hits[titled.index(False)].matched[0] == "synonyms"


def test_a_hit_tells_which_word_stood_for_which(made: Reference) -> None:
    hit = made.search("laparoscopic biopsy zygoma bilateral", as_of=DAY).hits[0]
    assert hit.matched == ("descriptor", "laparoscopic = laps", "biopsy = bx", "bilateral = bi")


@pytest.mark.parametrize("text", ["of the", "with", "and or not", "NEAR", "a", "*", "()", '""', "<", "&&", "...", "\0"])
def test_words_that_say_nothing_have_a_clear_answer(made: Reference, text: str) -> None:
    try:
        assert made.search(text, as_of=DAY).hits
    except NotFoundError as error:
        assert "nothing found" in error.message


def test_a_mistyped_word_is_mended_by_imported_words(made: Reference) -> None:
    answer = made.search("zygmoa views", as_of=DAY)
    assert answer.hits[0].code in ("3002A", "3003A")
    assert "searched for zygoma" in answer.warnings[0]


def test_filters_and_the_date_apply(made: Reference) -> None:
    assert made.search("zygoma", as_of=DAY, status="A").total == made.search("zygoma", as_of=DAY).total
    with pytest.raises(NotFoundError):
        made.search("zygoma", as_of="2026-06-30")
    with pytest.raises(UsageError):
        made.search("zygoma", as_of=DAY, status="no such")
