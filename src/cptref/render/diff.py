"""What changed between two releases: counts first, then what came, what went, and what is another value now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from cptref.model.answer import Answer
from cptref.model.diff import EVERY_ROW, Change, Differences
from cptref.model.kinds import KINDS
from cptref.model.syntax import is_code
from cptref.render.document import Document, Grid, Heading, Paragraph, Section
from cptref.render.foot import foot

Titles = Callable[[Iterable[str]], dict[str, str]]

# What the code and the rest of the key are called, where it is not Code and Modifier.
_KEYS = {
    "ptp": ("Column one", "Column two"),
    "add_on": ("Add-on", "Primary"),
    "asc": ("Code", "Addendum"),
    "zip": ("", "ZIP"),
    "opps_cap": ("Code", "Modifier, MAC, locality"),
    **dict.fromkeys(("gpci", "locality", "anesthesia"), ("", "Locality")),
}
_WORDS = {word: word.upper() for word in ("pe", "mp", "mai", "apc", "na", "opps", "rbcs", "asc")} | {"pctc": "PC/TC"}
# The end of a longer text is left out: csv and JSON have it whole.
_LONGEST = 200
_MOST_HEADINGS = 10
_LONG_TABLE = 50


def document(answer: Answer[Differences], limit: int = 0, titles: Titles = lambda _: {}) -> Document:
    """Tables with up to `limit` rows each (0: all); `titles` tells what codes are called."""
    found = answer.data
    what = " ".join(filter(None, (KINDS[found.kind].title, found.setting)))
    before, after = (_bare(name, found.setting) for name in (found.before, found.after))
    blocks: Document = _headings(found.codes, titles)
    blocks.append(Section(f"{what[0].upper()}{what[1:]}: {before} to {after}"))
    if not found.changes:
        return [*blocks, Paragraph(f"No difference{_asked(found)}.", "good"), *foot(answer)]
    counts = ", ".join(f"{number:,} {action}" for action, number in found.counts._asdict().items())
    blocks.append(Paragraph(f"{counts}{_asked(found)}."))
    blocks += [
        Paragraph(f"In every row: {_words(each.field)} was {each.old or 'empty'}, is {each.new or 'empty'}.")
        for each in found.changes
        if each.code == EVERY_ROW
    ]
    blocks += _by_field(found.changes)
    for action, table in (("added", _whole), ("removed", _whole), ("changed", _by_row)):
        changes = [each for each in found.changes if each.action == action and each.code != EVERY_ROW]
        if changes:
            title = f"{action.capitalize()} ({getattr(found.counts, action):,})"
            blocks += [Section(title), *table(found.kind, changes, limit, titles)]
    return blocks + foot(answer)


def _headings(asked: Sequence[str], titles: Titles) -> Document:
    """What the codes are called that were asked for, if they are few."""
    codes = [code for code in asked if is_code(code)]
    known = titles(codes) if len(codes) <= _MOST_HEADINGS else {}
    return [Heading(code, known[code]) for code in codes if code in known]


def _bare(name: str, setting: str) -> str:
    """A release's name without its setting."""
    return name.removesuffix(setting).strip()


def _asked(found: Differences) -> str:
    several = f"{len(found.codes):,} codes and ranges"
    of = f" for {', '.join(found.codes) if len(found.codes) <= _MOST_HEADINGS else several}" if found.codes else ""
    return of + (f" in {', '.join(map(_words, found.fields))}" if found.fields else "")


def _by_field(changes: Sequence[Change]) -> Document:
    """How many rows changed in which field, the most first; nothing where the table can be taken in at a glance."""
    fields = Counter(each.field for each in changes if each.action == "changed" and each.code != EVERY_ROW)
    if len(fields) < 2 or fields.total() < _LONG_TABLE:
        return []
    return [Paragraph(f"Changed: {', '.join(f'{_words(field)} {n:,}' for field, n in fields.most_common())}.", "dim")]


def _whole(kind: str, changes: Sequence[Change], limit: int, titles: Titles) -> Document:
    """Rows that came or went, with what the codes are called."""
    shown = changes[:limit] if limit else changes
    known = titles({each.code for each in shown} - {""}) if kind != "ptp" else {}
    columns, keys = _key_columns(kind, shown)
    rows = tuple(
        (*keys(each), *((known.get(each.code, ""),) if known else ()), _cut(_row_words(each))) for each in shown
    )
    named = ("Procedure",) if known else ()
    grid = Grid((*columns, *named, "Row"), rows, fixed=frozenset(range(len(columns))))
    return [grid, *_rest(len(shown), len(changes))]


def _by_row(kind: str, changes: Sequence[Change], limit: int, titles: Titles) -> Document:
    """A line for each field, under the code that it is of."""
    shown = changes[:limit] if limit else changes
    columns, keys = _key_columns(kind, shown)
    rows = []
    before: tuple[str, ...] = ()
    for each in shown:
        key = keys(each)
        told = key if key != before else ("",) * len(key)
        rows.append((*told, _words(each.field), *(_cut(text) or "-" for text in _values(each))))
        before = key
    grid = Grid((*columns, "Field", "Old", "New"), tuple(rows), fixed=frozenset(range(len(columns) + 1)))
    return [grid, *_rest(len(shown), len(changes))]


def _key_columns(kind: str, shown: Sequence[Change]) -> tuple[tuple[str, ...], Callable[[Change], tuple[str, ...]]]:
    """The columns that tell rows apart, those left out that are empty throughout."""
    used = [n for n in (0, 1) if any(each[n] for each in shown)]
    names = _KEYS.get(kind, ("Code", "Modifier"))
    return tuple(names[n] for n in used), lambda change: tuple(change[n] for n in used)


def _row_words(change: Change) -> str:
    """A row in brief, or its end: `deleted 2024-09-30`."""
    return f"{_words(change.field)} {change.new}" if change.field else _brief((change.new or change.old).split("; "))


def _values(change: Change) -> tuple[str, str]:
    """Old and new value; of rows of the past what is not the same in both."""
    if change.field != "history":
        return change.old, change.new
    old, new = (text.split("; ") for text in (change.old, change.new))
    return _brief([part for part in old if part not in new]), _brief([part for part in new if part not in old])


def _brief(parts: Sequence[str]) -> str:
    """Parts `field value` of a row in people's words."""
    named = [part.partition(" ") for part in parts]
    return "; ".join(f"{_words(field)} {value}".strip() for field, _, value in named)


def _words(field: str) -> str:
    """A field's name as people write it."""
    words = field.replace("_", " ").split()
    return " ".join(
        word.upper() if word in ("pe", "mp", "mai", "apc", "na", "opps", "rbcs") else word for word in words
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} ..."


def _rest(shown: int, total: int) -> Document:
    if shown == total:
        return []
    return [Paragraph(f"The first {shown:,} of {total:,} lines: --limit 0 shows all.", "dim")]
