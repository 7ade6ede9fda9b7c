"""What a page is made of, before it is drawn on a terminal or written as Markdown."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Heading(NamedTuple):
    """The page's subject, a line under it, and how good or bad the news is: good, warning or bad."""

    code: str
    title: str
    badge: str = ""
    tone: str = ""


class Section(NamedTuple):
    """The title of what follows."""

    title: str


class Paragraph(NamedTuple):
    """Running text."""

    text: str
    tone: str = ""


class Address(NamedTuple):
    """An address by itself, never wrapped: broken in two it leads nowhere."""

    text: str


class Items(NamedTuple):
    """A list of points, or of numbered steps."""

    items: tuple[str, ...]
    numbered: bool = False


class Grid(NamedTuple):
    """A table. The columns of `right` are numbers, those of `fixed` are never wrapped."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()
    fixed: frozenset[int] = frozenset({0})


class Drawing(NamedTuple):
    """Values over time, one line for each name; what it shows stands in a table beside it, too."""

    title: str
    series: dict[str, list[tuple[date, Decimal]]]


Block = Heading | Section | Paragraph | Address | Items | Grid | Drawing
Document = list[Block]
