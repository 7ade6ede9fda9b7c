"""The rule book of a batch of claims: what the releases that answer for its dates say of its codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from cptref.answers.context import Context
from cptref.checking.book import (
    HcpcsTable,
    MueTable,
    OppsTable,
    PtpTable,
    PtpTerm,
    RuleBook,
    add_on_table,
    guideline_table,
    pfs_table,
)
from cptref.model.claim import Claim
from cptref.model.kinds import KINDS
from cptref.model.rows import Release
from cptref.store.batches import (
    PtpPairs,
    add_on_rows,
    complete_codes,
    guideline_rows,
    hcpcs_rows,
    mue_rows,
    opps_rows,
)
from cptref.store.read import Store

_EDITED = ("practitioner", "hospital")


class RuleBooks:
    """Makes rule books from a store; what serves every batch is read once.

    `used` are the releases so far, `unreadable` the files that should have answered.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._pairs: dict[int, PtpPairs] = {}
        self._terms: dict[int, dict[int, PtpTerm]] = {}
        self._complete = complete_codes(store)
        self.used: dict[int, Release] = {}
        self.unreadable: dict[str, None] = {}

    def book(self, claims: Sequence[Claim]) -> RuleBook:
        """The book for some claims."""
        lines = [line for claim in claims for line in claim.lines]
        codes = {line.code for line in lines}
        modifiers = {modifier for line in lines for modifier in line.modifiers}
        days = sorted({line.date for line in lines})
        settings = {claim.setting for claim in claims}
        store = self._store
        context = Context(store, days[-1] if days else date.min)
        edited = [setting for setting in _EDITED if setting in settings]
        pairs = _pairs(claims) if edited else {}
        return RuleBook(
            pfs=tuple(pfs_table(r, store.pfs_rows(n, codes)) for n, r in self._answering("pfs", "", days)),
            mue=tuple(
                MueTable(r, mue_rows(store, n, codes)) for s in settings for n, r in self._answering("mue", s, days)
            ),
            ptp=tuple(self._ptp(n, r, pairs.get(s, set())) for s in edited for n, r in self._answering("ptp", s, days)),
            add_on=tuple(add_on_table(r, add_on_rows(store, n, codes)) for n, r in self._answering("add_on", "", days)),
            hcpcs=tuple(
                HcpcsTable(r, hcpcs_rows(store, n, codes | modifiers)) for n, r in self._answering("hcpcs", "", days)
            ),
            opps=tuple(OppsTable(r, opps_rows(store, n, codes)) for n, r in self._answering("opps", "", days))
            if "hospital" in settings
            else (),
            guidelines=guideline_table(guideline_rows(store, codes)),
            modifiers={modifier.modifier: modifier for modifier in context.modifiers()},
            places={place.code: place for place in context.places()},
            held=frozenset(store.titles(codes)),
            complete=self._complete,
        )

    def _answering(self, kind: str, setting: str, days: Iterable[date]) -> list[tuple[int, Release]]:
        """The releases that may answer for one of the days: for each the best, and the whole one behind a bundled."""
        held = [h for h in self._store.held if (h.kind, h.setting) == (kind, setting)]
        held.sort(key=lambda h: (h.effective, not h.partial), reverse=True)
        chosen: dict[int, Release] = {}
        for day in days:
            for each in held:
                reaches_back = KINDS[kind].dated and not (kind == "ptp" and each.partial)
                if not reaches_back and each.effective > day:
                    continue
                release = self._store.release(each.number)
                if release is None:
                    self.unreadable[self._store.file_name(each.number)] = None
                else:
                    chosen[each.number] = release
                    if not release.partial:
                        break
        self.used |= chosen
        return list(chosen.items())

    def _ptp(self, number: int, release: Release, pairs: set[tuple[str, str]]) -> PtpTable:
        """The edits of the pairs that stand together on a claim; those of indicator 9 were never in force."""
        if number not in self._pairs:
            self._pairs[number] = PtpPairs(self._store, number)
            self._terms[number] = {n: PtpTerm(*term) for n, term in self._pairs[number].terms.items()}
        terms = self._terms[number]
        rows: dict[str, dict[str, tuple[PtpTerm, ...]]] = {}
        for one, two, found in self._pairs[number].edits(pairs):
            term = terms[found]
            if term.modifier_indicator != "9":
                partners = rows.setdefault(one, {})
                partners[two] = (*partners.get(two, ()), term)
        return PtpTable(release, rows)


def _pairs(claims: Sequence[Claim]) -> dict[str, set[tuple[str, str]]]:
    """The pairs of codes, both ways, that stand together for one patient and date, by setting."""
    together: dict[tuple[str, str, date], set[str]] = {}
    for number, claim in enumerate(claims):
        whose = claim.beneficiary or f"#{number}"
        for line in claim.lines:
            together.setdefault((claim.setting, whose, line.date), set()).add(line.code)
    found: dict[str, set[tuple[str, str]]] = {}
    for (setting, _, _), codes in together.items():
        if len(codes) > 1:
            pairs = found.setdefault(setting, set())
            pairs.update((one, two) for one in codes for two in codes if one is not two)
    return found
