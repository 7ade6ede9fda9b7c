"""Numbers of questions and names: spans, signs and units."""

from math import inf

import pytest

from cptref.answers.measures import Span, quantities, spans, within
from cptref.model.words import words_of


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Exc tr-ext b9+marg 0.6-1 cm", [Span(0.6, 1.0, "cm")]),
        ("Exc tr-ext b9+marg >4.0 cm", [Span(4.0, inf, "cm")]),
        ("Rpr s/n/ax/gen/trnk 2.5cm/<", [Span(-inf, 2.5, "cm")]),
        ("scalp, 2.6 to 7.5 cm", [Span(2.6, 7.5, "cm")]),
        ("scalp, 2.6 cm to 7.5 cm", [Span(2.6, 7.5, "cm")]),
        ("20 sq cm or less", [Span(-inf, 20.0, "sq")]),
        ("Exc lesion 30 mm/>", [Span(3.0, inf, "cm")]),
        ("Destruct premalg les 2-14", [Span(2.0, 14.0, "")]),
        ("fifteen or more lesions", [Span(15.0, inf, "")]),
        ("X-ray exam chest 2 views", []),
    ],
)
def test_the_spans_of_a_name(name: str, told: list[Span]) -> None:
    assert [span for span, _ in spans(words_of(name))] == told


def test_the_quantities_of_a_question() -> None:
    assert quantities(words_of("excise 25 mm nevus, 2 views")) == {
        1: Span(2.5, 2.5, "cm"),
        4: Span(2.0, 2.0, "view"),
    }


@pytest.mark.parametrize(
    ("asked", "told", "lies"),
    [
        (Span(2.5, 2.5, "cm"), Span(2.1, 3.0, "cm"), True),
        (Span(2.5, 2.5, ""), Span(2.1, 3.0, "cm"), True),
        (Span(2.5, 2.5, "min"), Span(2.1, 3.0, "cm"), False),
        (Span(3.2, 3.2, "cm"), Span(2.1, 3.0, "cm"), False),
        (Span(4.0, 4.0, "cm"), Span(4.0, inf, "cm"), True),
    ],
)
def test_a_span_within_another(asked: Span, told: Span, lies: bool) -> None:
    assert within(asked, told) == lies
