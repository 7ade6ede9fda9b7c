"""What every command returns: its data, and where the data comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from cptref.errors import CptrefError

T = TypeVar("T")


class Source(NamedTuple):
    """A release that an answer rests on."""

    kind: str
    release: str
    effective: date
    sha256: str


class Answer(Generic[T]):
    """The data that a command found, the releases it rests on, and what the reader should know about them.

    `missing` has an error for each code that was asked for beside others and does not exist. `beside` has what stands
    beside the data, such as the total of prices; its names are the answer's attributes too.

    The attributes of the data are the answer's own: `ref.search("cryoablation").hits`. Where the data is a
    sequence, so is the answer; one that holds a single item has its attributes too, so that both
    `ref.show("31243").title` and `ref.show("31243")[0].title` are what they look like.
    """

    __slots__ = ("as_of", "beside", "command", "data", "missing", "sources", "warnings")

    def __init__(
        self,
        command: str,
        as_of: date,
        data: T,
        sources: Sequence[Source] = (),
        warnings: Sequence[str] = (),
        missing: Sequence[CptrefError] = (),
        beside: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        self.command = command
        self.as_of = as_of
        self.data = data
        self.sources = tuple(sources)
        self.warnings = tuple(warnings)
        self.missing = tuple(missing)
        self.beside = dict(beside)

    def __getattr__(self, name: str) -> Any:
        if name in Answer.__slots__:  # not set yet, as while unpickling
            raise AttributeError(name)
        if name in self.beside:
            return self.beside[name]
        data: Any = self.data
        if isinstance(data, list) and len(data) == 1:
            data = data[0]
        return getattr(data, name)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._sequence())

    def __len__(self) -> int:
        return len(self._sequence())

    def __getitem__(self, index: int) -> Any:
        return self._sequence()[index]

    def _sequence(self) -> Sequence[Any]:
        if isinstance(self.data, list):
            return self.data
        raise TypeError(f"the answer of '{self.command}' is a {type(self.data).__name__}, not a sequence")

    def __bool__(self) -> bool:
        return True
