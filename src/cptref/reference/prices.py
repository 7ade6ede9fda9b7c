"""The questions about money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cptref.answers.context import Context
from cptref.model.answer import Answer
from cptref.model.syntax import parse_code
from cptref.reference.opened import OpenedReference, some

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from datetime import date
    from typing import BinaryIO

    from cptref.model.price import PricedLine
    from cptref.model.price_tables import CodePrices, PricedRequest, ScheduleRow


class Prices(OpenedReference):
    """What Medicare pays."""

    def price(
        self,
        *codes: str,
        locality: str | None = None,
        zip_code: str | None = None,
        place_of_service: str | None = None,
        facility: bool | None = None,
        modifiers: Sequence[str] = (),
        units: int = 1,
        minutes: int | None = None,
        base_units: int | None = None,
        qualifying: bool = False,
        basis: str = "participating",
        as_of: date | str | None = None,
    ) -> Answer[list[PricedLine]]:
        """What Medicare pays for a code, in both settings unless one is told, or for the lines of one claim.

        `codes` may bear modifiers (`43239-59`); `modifiers` are put to each. Without `locality` (`01182-18`) or
        `zip_code` the amounts are national. `basis` is participating, nonparticipating or limiting_charge. What has no
        amount has a `reason`. Beside the data stand the codes' `titles` and, for several lines, their `total`, which
        is None if one of them has no amount.
        """
        from cptref.answers.price import Asked, place, price, total

        context = self._context(as_of)
        setting = None if facility is None else "facility" if facility else "nonfacility"
        where = place(context, locality, zip_code, place_of_service, setting)
        further = tuple(modifier.strip().upper() for modifier in modifiers)
        asked = [parse_code("-".join((text, *further))) for text in some(codes)]
        lines = price(context, asked, where, Asked(units, minutes, base_units, qualifying, basis))
        beside: dict[str, Any] = {"titles": context.titles([code.code for code in asked])}
        if len(asked) > 1:
            beside["total"] = total(lines)
        return self._answer("price", context, lines, **beside)

    def fee_schedule(
        self,
        locality: str | None = None,
        zip_code: str | None = None,
        qualifying: bool = False,
        as_of: date | str | None = None,
    ) -> Answer[list[ScheduleRow]]:
        """Every code and modifier of the fee schedule with its amounts in a locality, or nationally."""
        from cptref.answers.price import place
        from cptref.answers.price_tables import fee_schedule

        context = self._context(as_of)
        where = place(context, locality, zip_code, None, None)
        return self._answer("price all", context, fee_schedule(context, where.gpci, qualifying=qualifying))

    def price_file(
        self,
        path: str | os.PathLike[str] | BinaryIO,
        locality: str | None = None,
        qualifying: bool = False,
        as_of: date | str | None = None,
    ) -> Answer[list[PricedRequest]]:
        """Price each line of a file (csv, tab-separated, xlsx) by itself; docs/prices.md has its columns.

        `locality` and `as_of` are for lines that name none. SourceError for a file that has no column `code`.
        """
        from cptref.answers.price_file import LinePricer, price_lines
        from cptref.sources.files import read_file
        from cptref.sources.price_lines import read

        context = self._context(as_of)
        pricer = LinePricer(lambda day: Context(self._store, day), context.as_of, locality or "", qualifying=qualifying)
        found = price_lines(pricer, read(read_file(path)))
        sources = dict.fromkeys(source for used in pricer.contexts for source in used.sources())
        warnings = dict.fromkeys(warning for used in pricer.contexts for warning in used.warnings())
        return Answer("price file", context.as_of, found, tuple(sources), (*self._warnings, *warnings))

    def price_by_locality(
        self, code: str, qualifying: bool = False, as_of: date | str | None = None
    ) -> Answer[CodePrices]:
        """What a code pays in each locality, the highest first."""
        from cptref.answers.price_tables import by_locality

        context = self._context(as_of)
        return self._answer("price by-locality", context, by_locality(context, parse_code(code), qualifying=qualifying))

    def price_history(self, code: str, as_of: date | str | None = None) -> Answer[CodePrices]:
        """What a code pays nationally by each release that is loaded, the oldest first."""
        from cptref.answers.price_tables import history

        context = self._context(as_of)
        return self._answer("price history", context, history(context, parse_code(code)))
