import pytest
from hypothesis import given
from hypothesis import strategies as st

from cptref.errors import UsageError
from cptref.model.syntax import CodeRef, is_code, level, parse_code, parse_range, shown, split_codes


@pytest.mark.parametrize(
    ("text", "code", "modifiers"),
    [
        ("31243", "31243", ()),
        ("  0441t ", "0441T", ()),
        ("g0121", "G0121", ()),
        ("31243-50", "31243", ("50",)),
        ("31243 50", "31243", ("50",)),
        ("31243-59-lt", "31243", ("59", "LT")),
        ("31 243", "31243", ()),
        ("45378:53", "45378", ("53",)),
    ],
)
def test_codes_as_people_type_them(text: str, code: str, modifiers: tuple[str, ...]) -> None:
    assert parse_code(text) == CodeRef(code, modifiers)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "3124",
        "312433",
        "ABCDE",
        "31243-5",
        "31243-500",
        "\x1b[31m31243",
        "31243\x00",
        "\u0663\u0661\u0662\u0664\u0663",
        "x" * 10_000,
        "W0121",
    ],
)
def test_what_is_no_code_is_refused_in_one_printable_line(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_code(text)
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 200
    assert caught.value.hint


@given(st.text(max_size=80))
def test_any_text_is_a_code_or_a_usage_error(text: str) -> None:
    try:
        ref = parse_code(text)
    except UsageError as error:
        assert error.message.isprintable()
    else:
        assert is_code(ref.code)
        assert parse_code("-".join((ref.code, *ref.modifiers))) == ref


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("43200-43232", ("43200", "43232")),
        ("43232..43200", ("43200", "43232")),
        ("0440t-0442t", ("0440T", "0442T")),
        ("432*", ("43200", "432~~")),
        ("4320", ("43200", "4320~")),
        ("G01", ("G0100", "G01~~")),
        ("30", None),
        ("J*", ("J0000", "J~~~~")),
        ("43200-", None),
        ("balloon", None),
        ("43200", None),
    ],
)
def test_ranges(text: str, ends: tuple[str, str] | None) -> None:
    assert parse_range(text) == ends


def test_levels() -> None:
    assert [level(c) for c in ("31243", "0001F", "0441T", "0002M", "0001U", "J3301")] == [
        "CPT I", "CPT II", "CPT III", "CPT MAAA", "CPT PLA", "HCPCS II",
    ]  # fmt: skip


def test_text_for_messages_holds_no_control_character_and_is_cut() -> None:
    assert shown("a\x1b[2Jb\n") == "a\\x1b[2Jb\\n"
    assert shown("x" * 100) == "x" * 60 + "..."


def test_lists_are_split_at_blanks_commas_and_lines() -> None:
    assert list(split_codes("31243, 43214\n0441T;G0121\r\n")) == ["31243", "43214", "0441T", "G0121"]
    assert list(split_codes("31243 50\n43214 59 LT 0441T")) == ["31243-50", "43214-59-LT", "0441T"]
