"""The store behind a reference, and what every answer is made with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from cptref.answers.context import Context
from cptref.errors import CptrefError, UsageError
from cptref.model.answer import Answer
from cptref.model.syntax import parse_code, parse_day
from cptref.opening import home_folders, open_store

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence


T = TypeVar("T", bound="OpenedReference")


class OpenedReference:
    """A store that is opened, and given back."""

    def __init__(self, home: str | os.PathLike[str] | None = None) -> None:
        self._home = home_folders(home)
        self._store, self._warnings = open_store(self._home)

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def __enter__(self: T) -> T:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _code(self, context: Context, text: str) -> str:
        """The code that was typed; a modifier behind it is not passed over in silence."""
        code, modifiers = parse_code(text)
        if modifiers:
            context.warn(f"Not considered: {' '.join(modifiers)}. `cptref modifiers {code}` tells what {code} takes.")
        return code

    def day(self, as_of: date | str | None) -> date:
        """The date of service that is meant: today unless one is told. UsageError for what is no date."""
        return date.today() if as_of is None else parse_day(as_of)  # noqa: DTZ011  the day where the user is

    def _context(self, as_of: date | str | None) -> Context:
        return Context(self._store, self.day(as_of))

    def _answer(
        self, command: str, context: Context, data: object, missing: Sequence[CptrefError] = (), **beside: object
    ) -> Answer[Any]:
        warnings = self._warnings + context.warnings()
        return Answer(command, context.as_of, data, context.sources(), warnings, missing, beside)


def some(codes: Sequence[str]) -> Sequence[str]:
    """The codes; UsageError where there is none."""
    if not codes:
        raise UsageError("no code was given", "Give a code such as 31243.")
    return codes
