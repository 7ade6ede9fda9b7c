"""One of two releases that are compared."""

from collections.abc import Callable
from typing import Any, NamedTuple

from cptref.store.connect import queries
from cptref.store.read import Store

# Whether a code is among those that are asked for.
Wanted = Callable[[str], bool]


class Side(NamedTuple):
    """A release of a store, by its number."""

    store: Store
    release: int

    def ask(self, query: str, **values: object) -> list[Any]:
        """The rows of a named query about the release."""
        return self.store.ask(queries()[query], self.release, values)
