"""`check`: claims checked batch by batch, in one process or in several."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from decimal import Decimal
from multiprocessing import get_context
from typing import NamedTuple

from cptref.answers.rule_book import RuleBooks
from cptref.checking.check import check
from cptref.model.answer import Source
from cptref.model.claim import CheckedClaim, CheckSummary, Claim, ClaimError
from cptref.store.read import Store

Item = Claim | ClaimError
# So many lines are checked at once: enough that reading the releases for them costs little, few enough for the memory.
_LINES = 40_000


class Batch(NamedTuple):
    """What became of some claims, in their order: the charges that were denied, and the releases used or unreadable."""

    items: list[CheckedClaim | ClaimError]
    denied: list[Decimal]
    sources: list[Source]
    unreadable: list[str]


class Checks:
    """Checks batches over one store."""

    def __init__(self, store: Store) -> None:
        self._books = RuleBooks(store)

    def batch(self, items: list[Item]) -> Batch:
        """The claims among the items checked; errors stay where they are."""
        claims = [item for item in items if isinstance(item, Claim)]
        checked = check(claims, self._books.book(claims)) if claims else []
        found: list[CheckedClaim | ClaimError] = []
        done = iter(zip(claims, checked, strict=True))
        denied = []
        for item in items:
            if isinstance(item, ClaimError):
                found.append(item)
                continue
            claim, result = next(done)
            found.append(result)
            denied.append(_denied(claim, result))
        sources = [Source(r.kind, r.name, r.effective, r.sha256) for r in self._books.used.values()]
        return Batch(found, denied, sources, list(self._books.unreadable))


def _denied(claim: Claim, result: CheckedClaim) -> Decimal:
    """The charges of the lines that fail."""
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

    `opener` opens the store in each of several processes; it must be something that can be pickled.
    """

    def __init__(self, store: Store, opener: Callable[[], Store], items: Iterable[Item], jobs: int = 1) -> None:
        self._batches = Batches(items)
        done = in_processes(opener, self._batches, jobs) if jobs > 1 else in_one_process(store, self._batches)
        self._done = done
        self._claims = self._lines = self._unreadable = 0
        self._verdicts: Counter[str] = Counter()
        self._findings: dict[str, Counter[str]] = {}
        self._denied = Decimal(0)
        self._sources: dict[Source, None] = {}
        self._unread: dict[str, None] = {}

    def __iter__(self) -> Iterator[CheckedClaim | ClaimError]:
        for batch in self._done:
            self._denied += sum(batch.denied, Decimal(0))
            self._sources |= dict.fromkeys(batch.sources)
            self._unread |= dict.fromkeys(batch.unreadable)
            for item in batch.items:
                self._note(item)
                yield item

    def _note(self, item: CheckedClaim | ClaimError) -> None:
        if isinstance(item, ClaimError):
            self._unreadable += 1
            return
        self._claims += 1
        self._lines += len(item.lines)
        self._verdicts[item.verdict] += 1
        for finding in item.findings:
            self._findings.setdefault(finding.rule, Counter())[finding.outcome] += 1

    @property
    def summary(self) -> CheckSummary:
        """What became of the claims so far."""
        found = {rule: dict(outcomes) for rule, outcomes in sorted(self._findings.items())}
        return CheckSummary(self._claims, self._lines, dict(self._verdicts), found, self._unreadable, self._denied)

    @property
    def sources(self) -> list[Source]:
        """The releases that were used so far."""
        return list(self._sources)

    @property
    def warnings(self) -> list[str]:
        """What the reader should know of the run."""
        told = [f"{name} cannot be read: `cptref data verify` tells more." for name in self._unread]
        if self._batches.apart:
            told.append(
                f"{self._batches.apart:,} claims lie far from others of the same patient and were not checked with "
                "them. Sort the file by beneficiary."
            )
        return told


def in_one_process(store: Store, found: Iterable[list[Item]]) -> Iterator[Batch]:
    """Check batch after batch."""
    checks = Checks(store)
    return (checks.batch(batch) for batch in found)


def in_processes(opener: Callable[[], Store], found: Iterable[list[Item]], jobs: int) -> Iterator[Batch]:
    """Check in several processes, which import the caller's main module; the order of claims is kept."""
    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_open, initargs=(opener,)) as pool:
        waiting: deque[Future[Batch]] = deque()
        for batch in found:
            waiting.append(pool.submit(_checked, batch))
            if len(waiting) > jobs + 1:  # no more than they can work on, or the file would pile up here
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_checks: list[Checks] = []


def _open(opener: Callable[[], Store]) -> None:
    _checks.append(Checks(opener()))


def _checked(items: list[Item]) -> Batch:
    return _checks[0].batch(items)
