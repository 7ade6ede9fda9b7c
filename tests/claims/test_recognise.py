"""What files are, and that nothing that is in them ends otherwise than in claims, errors or SourceError."""

import io
import json
from pathlib import Path

import made
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cptref.claims.recognise import read, recognise
from cptref.errors import SourceError
from cptref.model.claim import Claim, ClaimError

FILES = {
    "x12": made.x12(made.CLAIM, made.HOSPITAL),
    "table": made.CSV,
    "rif": made.RIF_CARRIER,
    "json": json.dumps(made.EOB, indent=1),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_known_by_its_content(kind: str, tmp_path: Path) -> None:
    assert recognise(FILES[kind]) == kind
    path = tmp_path / "claims.dat"
    path.write_text(FILES[kind], encoding="utf-8")
    assert list(read(path)) == list(read(io.BytesIO(FILES[kind].encode())))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "it is empty"),
        (b"PK\x03\x04...", "a zip or a workbook"),
        (b"\x1f\x8b\x08", "it is compressed"),
        (b"%PDF-1.7", "it is a PDF"),
        (b"<html>", "it is XML or HTML"),
        (b"GS*HC*A*B~", "X12 without its ISA segment"),
        (b"abc\x00\x01\x02def", "it is not text"),
        (b"hello world\n", "no table of claims"),
        (b"ISABELLA,1\n", "no table of claims"),
    ],
)
def test_what_is_no_file_of_claims(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        list(read(io.BytesIO(data)))


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.csv", tmp_path):
        with pytest.raises(SourceError, match=f"cannot read {path.name}: "):
            list(read(path))


class Counted(io.BytesIO):
    """A stream that knows how much of it has been read."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


@pytest.mark.parametrize(
    ("head", "repeated"),
    [
        ("claim,code,date\n", "A{0},43214,2026-07-01\n"),
        (made.ISA + "~".join(made.HEAD) + "~", "CLM*A{0}*1***11:B:1~LX*1~SV1*HC:43214*1*UN*1~DTP*472*D8*20260701~"),
        ("", json.dumps({"lines": [{"code": "43214", "date": "2026-07-01"}]}) + "\n"),
        (made.RIF_OUTPATIENT.partition("\n")[0] + "\n", "-7|-2{0}|||1|3|1||220135|1|0305|10-JUL-2026|85025|59|1|50\n"),
    ],
    ids=["table", "x12", "ndjson", "rif"],
)
def test_claims_are_given_before_the_file_is_read_to_its_end(head: str, repeated: str) -> None:
    data = (head + "".join(repeated.replace("{0}", str(number)) for number in range(20_000))).encode()
    stream = Counted(data)
    found = read(stream)
    assert isinstance(next(found), Claim)
    assert stream.taken < 300_000 < len(data)
    assert sum(isinstance(each, Claim) for each in found) >= 19_998


def survives(data: bytes) -> None:
    try:
        for each in read(io.BytesIO(data)):
            assert isinstance(each, (Claim, ClaimError))
    except SourceError:
        pass


@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00")
@example(b"\xff\xfe{")
@example(b"ISA" + b"*" * 120)
def test_any_bytes(data: bytes) -> None:
    survives(data)


@settings(max_examples=300)
@given(st.sampled_from(sorted(FILES)), st.data())
def test_any_damage(kind: str, data: st.DataObject) -> None:
    whole = FILES[kind].encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    survives(whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:])


@given(st.sampled_from(["claim,code,date,units,modifiers\n", "code\tdate\tmod1\n"]), st.text(max_size=200))
def test_any_text_under_a_header(header: str, text: str) -> None:
    survives((header + text).encode("utf-8", "replace"))


@given(st.lists(st.text("*:~ABSEHLX0123456789\n", max_size=30), max_size=20))
def test_any_segments(segments: list[str]) -> None:
    survives((made.ISA + "~".join([*made.HEAD, *segments])).encode())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from("lines code date item type coding modifiers data units".split()), inner)
    ),
    max_leaves=10,
)


@given(json_values, st.sampled_from([{}, {"resourceType": "Claim"}, {"lines": [{}]}]))
def test_any_json(value: object, base: dict[str, object]) -> None:
    survives(json.dumps({**base, **value} if isinstance(value, dict) else value).encode())
    survives(json.dumps([value], indent=1).encode())
