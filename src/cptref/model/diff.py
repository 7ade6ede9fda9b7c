"""What changed between two releases of a kind."""

from typing import NamedTuple

# The code of a change that is the same in every row that both releases have, such as a new conversion factor.
EVERY_ROW = "*"


class Counts(NamedTuple):
    """How many rows were added, removed and changed. An edit or a code that was ended counts as removed."""

    added: int
    removed: int
    changed: int


class Change(NamedTuple):
    """A difference of a row, which is told by its code and the rest of its key: modifier, other code, locality.

    `action` is added, removed or changed. `field` names what differs, from `old` to `new`. It is empty where a whole
    row came or went: then `new` or `old` tells the row in brief. A row that was ended is removed, with the field of
    the date and in `new` the date. Field `history` is of rows that had ended before.
    """

    code: str
    key: str
    action: str
    field: str
    old: str
    new: str


class Differences(NamedTuple):
    """`diff`: the changes from release `before` to release `after`, in the order of their codes.

    `codes` and `fields` are those that were asked for, none meaning all; `total` is the number of rows that differ.
    A change that is the same in every row stands once, under the code `*`, and is in none of the counts.
    """

    kind: str
    setting: str
    before: str
    after: str
    codes: tuple[str, ...]
    fields: tuple[str, ...]
    total: int
    counts: Counts
    changes: tuple[Change, ...]


def counts(changes: tuple[Change, ...] | list[Change]) -> Counts:
    """The rows that changes are of, each once."""
    rows = {change[:3] for change in changes if change.code != EVERY_ROW}
    actions = [action for _, _, action in rows]
    return Counts(*(actions.count(action) for action in Counts._fields))
