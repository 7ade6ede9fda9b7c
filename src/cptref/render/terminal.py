"""A document on a terminal, with Rich. All text is shown literally: nothing in it is markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cptref.render.document import Address, Block, Document, Drawing, Grid, Heading, Items, Paragraph, Section

_TONES = {"good": "green", "warning": "yellow", "bad": "red", "dim": "dim", "": ""}
_USUAL, _WIDEST = 80, 120
_PLOT_HEIGHT, _MOST_TICKS, _MARKERS = 16, 6, ("*", "o")


def draw(document: Document, stream: IO[str]) -> None:
    """Write the document to a stream, as wide as its terminal but no wider than can be read."""
    console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=False)
    console.width = min(console.width or _USUAL, _WIDEST)
    with console.capture() as drawn:
        for block in document:
            for part in _drawn(block, console.width):
                console.print(part, soft_wrap=isinstance(block, Address))
    text = drawn.get()
    if not console.is_terminal:  # Rich fills each line with blanks
        text = "".join(f"{line.rstrip()}\n" for line in text.splitlines())
    stream.write(text)


def literal(text: str) -> str:
    """Text without control characters, which a terminal would obey."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _text(text: str, style: str = "") -> Text:
    return Text(literal(text), style)


def _drawn(block: Block, width: int) -> Iterable[RenderableType]:
    if isinstance(block, Heading):
        line = _text(block.code, "bold")
        yield line.append(f"  {literal(block.title)}", "bold")
        if block.badge:
            yield _text(block.badge, _TONES[block.tone])
    elif isinstance(block, Section):
        yield ""
        yield _text(block.title, "bold cyan")
    elif isinstance(block, Paragraph):
        yield _text(block.text, _TONES[block.tone])
    elif isinstance(block, Address):
        yield _text(block.text)
    elif isinstance(block, Items):
        for number, item in enumerate(block.items, start=1):
            mark = f"{number}. " if block.numbered else "- "
            yield _hanging(mark, item)
    elif isinstance(block, Drawing):
        yield ""
        yield Text(_plot(block, width))
    else:
        yield _table(block)


def _plot(block: Drawing, width: int) -> str:
    """The series as lines of characters."""
    import plotext

    plotext.clear_figure()
    plotext.theme("clear")
    plotext.plot_size(width - 2, _PLOT_HEIGHT)
    plotext.title(block.title)
    days = sorted({day for points in block.series.values() for day, _ in points})
    for (name, points), marker in zip(block.series.items(), _MARKERS, strict=False):
        plotext.plot([day.toordinal() for day, _ in points], [float(y) for _, y in points], label=name, marker=marker)
    ticks = days if len(days) <= _MOST_TICKS else days[:: -(-len(days) // _MOST_TICKS)]
    plotext.xticks([day.toordinal() for day in ticks], [day.isoformat() for day in ticks])
    return str(plotext.uncolorize(plotext.build())).rstrip()


def _hanging(mark: str, item: str) -> RenderableType:
    grid = Table.grid(padding=0)
    grid.add_column(no_wrap=True)
    grid.add_column()
    grid.add_row(mark, _text(item))
    return grid


def _table(block: Grid) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
    for number, name in enumerate(block.columns):
        table.add_column(
            name,
            justify="right" if number in block.right else "left",
            no_wrap=number in block.fixed,
            overflow="fold",
            style="bold" if number == 0 else None,
        )
    for row in block.rows:
        table.add_row(*map(_text, row))
    return Padding(table, (0, 0, 0, 1))
