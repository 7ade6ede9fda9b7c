"""What claims are checked with: what the releases that answer for their dates say of their codes."""

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
from cptref.checking.check import Checker
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


# A batch of more lines is checked with all that its releases hold: what is read for it serves the next as well.
_MANY = 5000
# So many edits are kept from batch to batch at most, for the memory.
_MOST_PAIRS = 400_000


class RuleBooks:
    """Makes what claims are checked with from a store; what serves several batches is read once.

    `used` are the releases so far, `unreadable` the files that should have answered.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._pairs: dict[int, PtpPairs] = {}
        self._terms: dict[int, dict[int, PtpTerm]] = {}
        self._codes: set[str] = set()
        self._kept: dict[str, dict[int, Release]] = {}
        self._checker: Checker | None = None
        self._tables: list[tuple[str, int, PtpTable]] = []
        self.used: dict[int, Release] = {}
        self.unreadable: dict[str, None] = {}

    def checker(self, claims: Sequence[Claim]) -> Checker:
        """What checks some claims: the rules, and what the releases that answer for their dates say of their codes."""
        lines = [line for claim in claims for line in claim.lines]
        codes = {line.code for line in lines} | {modifier for line in lines for modifier in line.modifiers}
        days = sorted({line.date for line in lines})
        settings = {claim.setting for claim in claims}
        many = len(lines) > _MANY
        if self._note_releases(settings, days) or not many or not codes <= self._codes or self._checker is None:
            if many:
                pfs = self._kept.get("pfs ", {})
                codes |= self._codes.union(*({row.code for row in self._store.pfs_rows(number)} for number in pfs))
            self._codes = codes
            book = self._book(codes, days[-1] if days else date.min)
            self._checker = Checker(book)
        pairs = _pairs(claims)
        for setting, number, table in self._tables:
            self._add_edits(number, table, pairs.get(setting, set()))
        return self._checker

    def _note_releases(self, settings: set[str], days: list[date]) -> bool:
        """Note the releases that answer; whether there are others than before."""
        wanted = [("pfs", ""), ("add_on", ""), ("hcpcs", ""), *(("mue", setting) for setting in sorted(settings))]
        wanted += [("ptp", setting) for setting in _EDITED if setting in settings]
        wanted += [("opps", "")] if "hospital" in settings else []
        news = False
        for kind, setting in wanted:
            known = self._kept.setdefault(f"{kind} {setting}", {})
            before = len(known)
            known |= self._answering(kind, setting, days)
            news |= len(known) > before
        return news

    def _book(self, codes: set[str], day: date) -> RuleBook:
        store = self._store
        kept = {kind: list(releases.items()) for kind, releases in self._kept.items()}
        mue = [each for kind, releases in kept.items() if kind.startswith("mue ") for each in releases]
        self._tables = [
            (kind.partition(" ")[2], number, PtpTable(release, {}))
            for kind, releases in kept.items()
            if kind.startswith("ptp ")
            for number, release in releases
        ]
        context = Context(store, day)
        return RuleBook(
            pfs=tuple(pfs_table(r, store.pfs_rows(n, codes)) for n, r in kept["pfs "]),
            mue=tuple(MueTable(r, mue_rows(store, n, codes)) for n, r in mue),
            ptp=tuple(table for _, _, table in self._tables),
            add_on=tuple(add_on_table(r, add_on_rows(store, n, codes)) for n, r in kept["add_on "]),
            hcpcs=tuple(HcpcsTable(r, hcpcs_rows(store, n, codes)) for n, r in kept["hcpcs "]),
            opps=tuple(OppsTable(r, opps_rows(store, n, codes)) for n, r in kept.get("opps ", ())),
            guidelines=guideline_table(guideline_rows(store, codes)),
            modifiers={modifier.modifier: modifier for modifier in context.modifiers()},
            places={place.code: place for place in context.places()},
            held=frozenset(store.titles(codes)),
            complete=complete_codes(store),
        )

    def _answering(self, kind: str, setting: str, days: Iterable[date]) -> dict[int, Release]:
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
        return chosen

    def _add_edits(self, number: int, table: PtpTable, pairs: set[tuple[str, str]]) -> None:
        """Add the edits of the pairs that stand together on a claim; those of indicator 9 were never in force."""
        if number not in self._pairs:
            self._pairs[number] = PtpPairs(self._store, number)
            self._terms[number] = {n: PtpTerm(*term) for n, term in self._pairs[number].terms.items()}
        terms = self._terms[number]
        rows = table.rows
        if sum(map(len, rows.values())) > _MOST_PAIRS:
            rows.clear()
        found: dict[tuple[str, str], tuple[PtpTerm, ...]] = {}
        for one, two, term in self._pairs[number].edits(pairs):
            if terms[term].modifier_indicator != "9":
                found[one, two] = (*found.get((one, two), ()), terms[term])
        for (one, two), each in found.items():
            rows.setdefault(one, {})[two] = each


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
