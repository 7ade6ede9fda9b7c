import io
import zipfile
from pathlib import Path

import pytest

from cptref.errors import SourceError
from cptref.sources.files import SourceFile, open_files


def test_a_zip_a_folder_and_a_file_give_their_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"1")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("inner/c.txt", b"2")
    assert [(file.name, file.data) for file in open_files(tmp_path)] == [("a.csv", b"1"), ("c.txt", b"2")]
    assert [file.name for file in open_files(tmp_path / "a.csv")] == ["a.csv"]


def test_what_cannot_be_read_is_a_source_error(tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(SourceError, match=r"cannot read broken\.zip"):
        list(open_files(tmp_path / "broken.zip"))
    with pytest.raises(SourceError, match="No such file"):
        list(open_files(tmp_path / "absent.csv"))


def test_a_workbook_that_is_none_is_a_source_error() -> None:
    with pytest.raises(SourceError, match="not a readable workbook"):
        list(SourceFile("x.xlsx", b"PK\x03\x04<html>").rows())


@pytest.mark.parametrize(
    ("data", "cells"),
    [
        (b"\xef\xbb\xbfa,b\r\n", ["a", "b"]),
        (b"CPT\x99,caf\xe9\n", ["CPT\N{TRADE MARK SIGN}", "caf\N{LATIN SMALL LETTER E WITH ACUTE}"]),
        (b"a\xa0,\xff b\n", ["a", "b"]),
        (b"a\tb\tc, d\n", ["a", "b", "c, d"]),
        (b'"two\nlines",x\n', ["two\nlines", "x"]),
    ],
)
def test_encodings_delimiters_and_blanks(data: bytes, cells: list[str]) -> None:
    assert next(SourceFile("x.csv", data).rows())[1] == cells


def test_a_cell_beyond_the_limit_of_csv_is_a_source_error() -> None:
    with pytest.raises(SourceError, match="line 1: field larger than field limit"):
        list(SourceFile("x.csv", b"a," + b"x" * 200_000).rows())


def test_a_zip_with_a_password_is_a_source_error(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.csv", b"1")
    data = bytearray(made.getvalue())
    data[6] |= 1  # the flag of an encrypted member, in the local header and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(data)
    with pytest.raises(SourceError, match="encrypted"):
        list(open_files(tmp_path / "locked.zip"))
