"""`Reference`: the one way to the answers, for the command line and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cptref.errors import CptrefError, NotFoundError, UsageError
from cptref.model.answer import Answer
from cptref.model.syntax import parse_code
from cptref.reference.claims import Claims
from cptref.reference.notes import Notes
from cptref.reference.opened import some
from cptref.reference.prices import Prices

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from cptref.model.diff import Differences
    from cptref.model.edit import Conflicts
    from cptref.model.indicator import Explanation
    from cptref.model.listing import CodeList, SearchHits
    from cptref.model.modifier import CodeModifiers, Modifier
    from cptref.model.page import CodePage


class Reference(Prices, Claims, Notes):
    """The reference, opened. Read-only, and safe to use from several threads.

    `home` is the folder that cptref keeps its files in; without it the environment variable CPTREF_HOME, else the
    platform's folders. Each method is the command of its name, and takes `as_of`, the date of service (today
    unless told), as a date or as `YYYY-MM-DD`. It returns an `Answer`, whose attributes are those of its data, and
    raises a `CptrefError`: NotFoundError for what does not exist, UsageError for what cannot mean anything,
    DataNotLoadedError for what rests on a release that is not there.
    """

    def show(self, *codes: str, as_of: date | str | None = None, history: bool = False) -> Answer[list[CodePage]]:
        """The pages of codes. What is no code or does not exist is in `missing`; its error is raised if nothing is.

        With `history` a page's history has what changed from each loaded release to the next, too.
        """
        from cptref.answers.page import page

        context = self._context(as_of)
        pages: list[CodePage] = []
        missing: list[CptrefError] = []
        seen = set()
        for text in some(codes):
            try:
                code = self._code(context, text)
                if code not in seen:
                    seen.add(code)
                    pages.append(page(context, code, with_releases=history))
            except (NotFoundError, UsageError) as error:  # one code must not hide the others
                missing.append(error)
        if missing and not pages:
            raise missing[0]
        return self._answer("show", context, pages, missing)

    def search(
        self,
        text: str,
        limit: int = 20,
        as_of: date | str | None = None,
        *,
        status: str | None = None,
        global_days: str | None = None,
        section: str | None = None,
        family: str | None = None,
        level: str | None = None,
    ) -> Answer[SearchHits]:
        """The codes that words, a code or a range find, best first; `limit` 0 gives all."""
        from cptref.answers.search import search

        context = self._context(as_of)
        given = {
            "status": status, "global_days": global_days, "section": section, "family": family, "level": level,
        }  # fmt: skip
        filters = {name: value for name, value in given.items() if value is not None}
        return self._answer("search", context, search(context, text, limit, filters))

    def search_icd(self, text: str, limit: int = 20, as_of: date | str | None = None) -> Answer[SearchHits]:
        """The diagnoses of ICD-10-CM that a code, the beginning of one or words find; `limit` 0 gives all."""
        from cptref.answers.icd import search_icd

        context = self._context(as_of)
        return self._answer("search", context, search_icd(context, text, limit))

    def conflicts(
        self,
        *codes: str,
        beside: Sequence[str] = (),
        setting: str = "practitioner",
        deleted: bool = False,
        as_of: date | str | None = None,
    ) -> Answer[Conflicts]:
        """The edits in force of one code, or those among several; with `beside`, only those with one of its codes.

        `setting` is practitioner or hospital; `deleted` adds the edits that are no longer or not yet in force. No
        edit is an answer only where `complete` is true.
        """
        from cptref.answers.conflicts import conflicts

        context = self._context(as_of)
        asked = [self._code(context, text) for text in some(codes)]
        others = [self._code(context, text) for text in beside]
        return self._answer("conflicts", context, conflicts(context, asked, others, setting, deleted=deleted))

    def modifiers(self, code: str, as_of: date | str | None = None) -> Answer[CodeModifiers]:
        """Which modifiers a code takes, and why; those typed behind the code (`31243-50`) come first."""
        from cptref.answers.page import modifiers

        context = self._context(as_of)
        return self._answer("modifiers", context, modifiers(context, *parse_code(code)))

    def all_modifiers(self, as_of: date | str | None = None) -> Answer[list[Modifier]]:
        """Every modifier that cptref knows: `cptref modifiers` without a code."""
        context = self._context(as_of)
        return self._answer("modifiers", context, context.modifiers())

    def explain(self, field: str, value: str | None = None, as_of: date | str | None = None) -> Answer[Explanation]:
        """What an indicator means: one value, or all."""
        from cptref.answers.explain import explain

        context = self._context(as_of)
        return self._answer("explain", context, explain(context, field, value))

    def list(self, text: str, as_of: date | str | None = None) -> Answer[CodeList]:
        """The codes of a range, a family or a section; `all` gives every one."""
        from cptref.answers.listing import listing

        context = self._context(as_of)
        return self._answer("list", context, listing(context, text))

    def diff(
        self, before: str, after: str, *codes: str, fields: Sequence[str] = (), as_of: date | str | None = None
    ) -> Answer[Differences]:
        """What changed from one release to another of its kind, in all rows or in those of codes and ranges.

        A release goes by its name (`RVU26C`, which is the fee schedule's) or by kind and name (`gpci RVU26B`,
        `ptp 2024Q3 practitioner`). With `fields` only changes of these.
        """
        from cptref.answers.diff import diff

        context = self._context(as_of)
        found, sources = diff(context, before, after, codes, fields)
        return Answer("diff", context.as_of, found, sources, self._warnings + context.warnings())

    def names(self, codes: Iterable[str], as_of: date | str | None = None) -> dict[str, str]:
        """What codes are called: the catalog's title, else a descriptor that the user has imported."""
        return self._context(as_of).titles(codes)

    def titles(self, start: str = "") -> dict[str, str]:
        """Code and title of the codes that begin so, for completion."""
        return dict(self._context(None).codes_between(start.upper(), f"{start.upper()}~")[:_MOST_TITLES])


# A shell shows no more.
_MOST_TITLES = 200
