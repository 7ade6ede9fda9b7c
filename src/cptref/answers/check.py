"""`check`: claims checked batch by batch, in one process or in several."""

from __future__ import annotations

import gc
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from decimal import Decimal
from multiprocessing import get_context
from typing import Any, NamedTuple, TypeVar

from cptref.answers.check_price import ClaimPricer
from cptref.answers.rule_book import RuleBooks
from cptref.checking.check import check_with
from cptref.model.answer import Source
from cptref.model.claim import CheckedClaim, CheckSummary, Claim, ClaimError
from cptref.store.read import Store

T = TypeVar("T")
Item = Claim | ClaimError
Project = Callable[[list[CheckedClaim]], Any]
# So many lines are checked at once: enough that reading the releases for them costs little, few enough for the memory.
_LINES = 20_000


class Batch(NamedTuple):
    """What became of some claims: what was made of them, what could not be read, and counts for the summary.

    `findings` are counted by rule and outcome; `charges_denied` are those of the lines that fail, in US dollars.
    """

    made: Any
    errors: list[ClaimError]
    claims: int
    lines: int
    verdicts: Counter[str]
    findings: Counter[tuple[str, str]]
    charges_denied: Decimal
    sources: list[Source]
    unreadable: list[str]


class Checks:
    """Checks batches over one store, and makes of their claims what is wanted."""

    def __init__(self, store: Store, project: Project, locality: str | None) -> None:
        self._books = RuleBooks(store)
        self._project = project
        self._pricer = ClaimPricer(store, locality) if locality is not None else None

    def batch(self, items: list[Item]) -> Batch:
        """The claims among the items checked."""
        claims = [item for item in items if isinstance(item, Claim)]
        checked = check_with(self._books.checker(claims), claims) if claims else []
        if self._pricer:
            checked = [self._pricer.priced(*both) for both in zip(claims, checked, strict=True)]
        return Batch(
            self._project(checked),
            [item for item in items if isinstance(item, ClaimError)],
            len(checked),
            sum(len(result.lines) for result in checked),
            Counter(result.verdict for result in checked),
            Counter((finding.rule, finding.outcome) for result in checked for finding in result.findings),
            sum((_denied(claim, found) for claim, found in zip(claims, checked, strict=True)), Decimal(0)),
            [Source(r.kind, r.name, r.effective, r.sha256) for r in self._books.used.values()],
            list(self._books.unreadable),
        )


def _denied(claim: Claim, result: CheckedClaim) -> Decimal:
    """The charges of the lines that fail."""
    if result.verdict != "fail":
        return Decimal(0)
    charges = (line.charge for line, found in zip(claim.lines, result.lines, strict=True) if found.verdict == "fail")
    return sum((charge for charge in charges if charge is not None), Decimal(0))


class Batches:
    """Items in lists of about so many lines; consecutive claims of one patient stay together.

    `apart` counts the claims of patients who had claims in an earlier list already: they are not checked together.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = items
        self.apart = 0

    def __iter__(self) -> Iterator[list[Item]]:
        batch: list[Item] = []
        here: set[int] = set()
        earlier: set[int] = set()
        lines, last = 0, 0
        for item in self._items:
            if isinstance(item, Claim):
                whose = hash((item.setting, item.beneficiary)) if item.beneficiary else 0
                if lines >= _LINES and not (whose and whose == last):
                    yield batch
                    batch, lines = [], 0
                    earlier |= here
                    here = set()
                self.apart += bool(whose) and whose in earlier
                here.add(whose)
                lines += len(item.lines)
                last = whose
            batch.append(item)
        if batch:
            yield batch


class Run:
    """Claims being checked: gives each as it is done, and knows at the end what became of all.

    `opener` opens the store in each of several processes; it must be something that can be pickled. With a `locality`,
    an empty one for the nation, claims are priced as well.
    """

    def __init__(
        self,
        store: Store,
        opener: Callable[[], Store],
        items: Iterable[Item],
        jobs: int = 1,
        locality: str | None = None,
    ) -> None:
        self._store = store
        self._opener = opener
        self._batches = Batches(items)
        self._jobs = jobs
        self._locality = locality
        self._done: list[Batch] = []
        self.errors: list[ClaimError] = []

    def __iter__(self) -> Iterator[CheckedClaim | ClaimError]:
        for claims in self.projected(_all):
            yield from claims
            yield from self._done[-1].errors

    def projected(self, project: Callable[[list[CheckedClaim]], T]) -> Iterator[T]:
        """What a function makes of the claims of each batch, where they were checked.

        With several jobs that is in another process, so the function must be one that can be pickled; what it leaves
        out need not come back from there.
        """
        if self._jobs > 1:
            done = in_processes((self._opener, project, self._locality), self._batches, self._jobs)
        else:
            checks = Checks(self._store, project, self._locality)
            done = (checks.batch(batch) for batch in self._batches)
        for batch in done:
            self.errors += batch.errors
            self._done.append(batch._replace(made=None))
            yield batch.made

    @property
    def summary(self) -> CheckSummary:
        """What became of the claims so far."""
        verdicts: Counter[str] = Counter()
        findings: Counter[tuple[str, str]] = Counter()
        for batch in self._done:
            verdicts += batch.verdicts
            findings += batch.findings
        by_rule: dict[str, dict[str, int]] = {}
        for (rule, outcome), count in sorted(findings.items()):
            by_rule.setdefault(rule, {})[outcome] = count
        return CheckSummary(
            sum(batch.claims for batch in self._done),
            sum(batch.lines for batch in self._done),
            dict(verdicts),
            by_rule,
            len(self.errors),
            sum((batch.charges_denied for batch in self._done), Decimal(0)),
        )

    @property
    def sources(self) -> list[Source]:
        """The releases that were used so far."""
        return list(dict.fromkeys(source for batch in self._done for source in batch.sources))

    @property
    def warnings(self) -> list[str]:
        """What the reader should know of the run."""
        unreadable = dict.fromkeys(name for batch in self._done for name in batch.unreadable)
        told = [f"{name} cannot be read: `cptref data verify` tells more." for name in unreadable]
        if self._batches.apart:
            told.append(
                f"{self._batches.apart:,} claims lie far from others of the same patient and were not checked with "
                "them. Sort the file by beneficiary."
            )
        return told


def _all(checked: list[CheckedClaim]) -> list[CheckedClaim]:
    return checked


def in_processes(
    setup: tuple[Callable[[], Store], Project, str | None], found: Iterable[list[Item]], jobs: int
) -> Iterator[Batch]:
    """Check in several processes, which import the caller's main module; the order of claims is kept."""
    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_open, initargs=setup) as pool:
        waiting: deque[Future[Batch]] = deque()
        for batch in found:
            waiting.append(pool.submit(_checked, batch))
            if len(waiting) > jobs:  # no more than they can work on, or the file would pile up here
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_checks: list[Checks] = []


def _open(opener: Callable[[], Store], project: Project, locality: str | None) -> None:
    # As the command line does: claims are small records without cycles.
    gc.set_threshold(200_000, 20, 100)
    _checks.append(Checks(opener(), project, locality))


def _checked(items: list[Item]) -> Batch:
    return _checks[0].batch(items)
