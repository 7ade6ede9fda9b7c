"""A document as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from cptref.render.document import Block, Document, Drawing, Grid, Heading, Items, Section


def markdown(document: Document) -> str:
    """The document's text; what Markdown would read as markup is escaped."""
    return "\n".join(line for block in document for line in (*_written(block), ""))


def _written(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"# {_escaped(f'{block.code} {block.title}'.strip())}"
        if block.badge:
            yield from ("", f"**{_escaped(block.badge)}**")
    elif isinstance(block, Section):
        yield f"## {_escaped(block.title)}"
    elif isinstance(block, Items):
        for number, item in enumerate(block.items, start=1):
            yield f"{f'{number}.' if block.numbered else '-'} {_escaped(item)}"
    elif isinstance(block, Drawing):
        return  # the table beside it says the same
    elif isinstance(block, Grid):
        yield _row(block.columns)
        yield _row(
            tuple("---:" if number in block.right else "---" for number in range(len(block.columns))),
            raw=True,
        )
        yield from (_row(row) for row in block.rows)
    else:
        yield _escaped(block.text.strip())


def _row(cells: tuple[str, ...], *, raw: bool = False) -> str:
    return f"| {' | '.join(cell if raw else _escaped(cell) for cell in cells)} |"


def _escaped(text: str) -> str:
    """Text in which no character is markup, in one line. Backquotes stay: our own notes mark commands with them."""
    one_line = "".join(c if c.isprintable() else " " for c in text)
    return "".join(f"\\{c}" if c in "\\*_[]<>|#" else c for c in one_line)
