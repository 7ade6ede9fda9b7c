"""What `search` and `list` find."""

from decimal import Decimal
from typing import NamedTuple


class Hit(NamedTuple):
    """A code that a search found; `matched` names the fields in which the words stood, best hits first."""

    code: str
    title: str
    score: float
    matched: tuple[str, ...]


class SearchHits(NamedTuple):
    """`search`: the best hits, and how many there were before the limit."""

    query: str
    total: int
    hits: tuple[Hit, ...]


class ListedCode(NamedTuple):
    """A line of `list`; `status` and the totals are None where no release tells them, or the code has no RVUs."""

    code: str
    title: str
    status: str | None
    global_days: str | None
    nonfacility_total: Decimal | None
    facility_total: Decimal | None


class CodeList(NamedTuple):
    """`list`: the codes of a range, a family or a section."""

    range: str
    total: int
    codes: tuple[ListedCode, ...]
