"""The questions about claims."""

from __future__ import annotations

from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from cptref.errors import UsageError
from cptref.model.answer import Answer
from cptref.model.syntax import shown
from cptref.opening import Home, open_store
from cptref.reference.opened import OpenedReference, some

if TYPE_CHECKING:
    from datetime import date
    from typing import BinaryIO

    from cptref.answers.check import Run as Run
    from cptref.model.claim import CheckedClaim
    from cptref.store.read import Store


class Claims(OpenedReference):
    """What would be denied, and why."""

    def check(
        self,
        *codes: str,
        date: date | str | None = None,
        place_of_service: str = "",
        setting: str = "practitioner",
        price: str | None = None,
    ) -> Answer[list[CheckedClaim]]:
        """Check the lines of one claim: codes with modifiers, and units behind `=` (`43200-59`, `96372-59=2`).

        `date` is the date of service of all (today unless told). `price` is the locality to price the claim in, empty
        for the nation. UsageError for what is no code, modifier or place.
        """
        from cptref.model.claim import CheckedClaim

        run = self.check_run(*codes, date=date, place_of_service=place_of_service, setting=setting, price=price)
        found = [item for item in run if isinstance(item, CheckedClaim)]
        return Answer("check", self.day(date), found, run.sources, self._warnings, beside={"summary": run.summary})

    def check_run(
        self,
        *codes: str,
        date: date | str | None = None,
        place_of_service: str = "",
        setting: str = "practitioner",
        price: str | None = None,
    ) -> Run:
        """Like `check`, as a run over one claim."""
        from cptref.answers.check import Run
        from cptref.claims.typed import typed

        claim = typed(some(codes), self.day(date), place_of_service, setting)
        return Run(self._store, partial(_store, self._home), [claim], 1, price)

    def check_file(
        self,
        source: str | PathLike[str] | BinaryIO,
        date: date | str | None = None,
        place_of_service: str = "",
        setting: str = "practitioner",
        jobs: int = 1,
        price: str | None = None,
    ) -> Run:
        """Check the claims of a file or stream: csv, JSON, FHIR, X12 837, RIF; docs/claims.md tells of each.

        The rest fills in what the file does not say. The run that is returned yields a CheckedClaim for each claim, in
        order, or a ClaimError for what cannot be read; then it has `summary`, `sources` and `warnings`. Iterating
        raises SourceError for a file that is none of claims. With several jobs the caller's main module is imported in
        each process.
        """
        from cptref.answers.check import Run
        from cptref.claims import values
        from cptref.claims.lines import Defaults
        from cptref.claims.recognise import read

        if jobs < 1:
            raise UsageError(f"{shown(str(jobs))} jobs", "Give 1, or as many as there are processors.")
        day = None if date is None else self.day(date)
        try:
            defaults = Defaults(day, values.place(place_of_service), values.setting(setting))
        except ValueError as error:
            raise UsageError(str(error)) from error
        opened = Path(source) if isinstance(source, (str, PathLike)) else source
        return Run(self._store, partial(_store, self._home), read(opened, defaults), jobs, price)


def _store(home: Home) -> Store:
    return open_store(home)[0]
