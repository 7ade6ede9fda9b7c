"""How often `search` has the right code first, step by step, over all codes of a fee schedule release.

    python benchmarks/search_quality.py PPRRVU.zip [--held]

The queries of search_queries.csv were written from general knowledge before the search was tuned. One belongs to the
held part, on which nothing was ever tuned, if the CRC-32 of its text in lower case is odd; the other part is for
tuning, and only its misses may be looked at (`--misses`). The synonyms of the catalog are a third, harder set: other
people's words for codes, mostly narrower than any descriptor. But for the last step, only CMS's short descriptors are
searched: the catalog's own words for codes are left out.
"""

import argparse
import csv
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from cptref.answers.context import Context
from cptref.answers.search import search
from cptref.data import Data
from cptref.errors import NotFoundError
from cptref.model.rows import Prose
from cptref.opening import data_folder
from cptref.sources import catalog
from cptref.store.build import build
from cptref.store.files import release_files
from cptref.store.read import Store

DAY = date(2026, 7, 15)
DEPTH = 20
# What the vocabulary lacks at each step but the last.
STEPS = {
    "own ranking, typos mended": ("readings", "spelled", "alike", "means", "roots", "ranges"),
    "+ clipped forms": ("alike", "means", "roots", "ranges"),
    "+ words of one meaning": ("means", "roots", "ranges"),
    "+ terms, lay words, Greek parts": ("ranges",),
    "+ what ranges are about": (),
}
Find = Callable[[str], list[str]]


class Query(NamedTuple):
    """What is searched for, the codes of which any is right, and the part it belongs to."""

    text: str
    codes: frozenset[str]
    kind: str
    part: str


class Figures(NamedTuple):
    """The shares with a right code first, among five and among ten, the mean reciprocal rank, the median time."""

    at_1: float
    at_5: float
    at_10: float
    reciprocal: float
    milliseconds: float


class Stripped(Store):
    """A store of which the search lacks some of the vocabulary."""

    without: tuple[str, ...] = ()

    def vocabulary(self) -> dict[str, Any]:
        """What is left of the vocabulary."""
        return {kind: {} if kind in self.without else entries for kind, entries in super().vocabulary().items()}


def part(text: str) -> str:
    """The part that a query belongs to."""
    return "held" if crc32(text.lower().encode()) & 1 else "tune"


def queries(known: set[str]) -> Iterator[Query]:
    """The queries written for this, and the catalog's synonyms of codes that are in the release."""
    with (Path(__file__).parent / "search_queries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Query(row["query"], frozenset(row["codes"].split()), row["kind"], part(row["query"]))
    codes: dict[str, set[str]] = {}
    for prose in next(iter(catalog.read(data_folder())))[2]:
        for synonym in prose[5]:
            codes.setdefault(synonym.lower(), set()).add(prose[0])
    for synonym, accepted in codes.items():
        if accepted & known:
            yield Query(synonym, frozenset(accepted), "synonym", f"synonym {part(synonym)}")


def finder(store: Store) -> Find:
    """The search over a store."""

    def find(text: str) -> list[str]:
        try:
            return [hit.code for hit in search(Context(store, DAY), text, DEPTH, {}).hits]
        except NotFoundError:
            return []

    return find


def bm25(store: Store, release: int) -> Find:
    """SQLite's own ranking of rows that have any of the words."""
    connection = store._connection(release // 1000)
    if connection is None:
        raise SystemExit("the release cannot be read")

    def find(text: str) -> list[str]:
        expression = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", text.lower()))
        sql = "SELECT code FROM descriptor_search JOIN descriptors ON id = descriptor_search.rowid"
        ranked = f"{sql} WHERE descriptor_search MATCH ? ORDER BY bm25(descriptor_search), code LIMIT {DEPTH}"
        return [row[0] for row in connection.execute(ranked, (expression,))] if expression else []

    return find


def rank(find: Find, query: Query) -> tuple[int, float]:
    """The place of the first right code (0 for none), and the milliseconds."""
    started = time.perf_counter()
    found = find(query.text)
    taken = (time.perf_counter() - started) * 1000
    return next((place for place, code in enumerate(found, 1) if code in query.codes), 0), taken


def figures(find: Find, asked: list[Query]) -> Figures:
    """How well queries are answered."""
    ranks = [rank(find, query) for query in asked]
    places = [place for place, _ in ranks]
    first, fifth, tenth = (sum(0 < place <= depth for place in places) / len(places) for depth in (1, 5, 10))
    reciprocal = sum(1 / place for place in places if place) / len(places)
    return Figures(first, fifth, tenth, reciprocal, statistics.median(taken for _, taken in ranks))


def main() -> int:
    """Measure every step and print it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("release", type=Path)
    parser.add_argument("--held", action="store_true", help="the held part too: not while tuning")
    parser.add_argument("--misses", action="store_true", help="what of the tuning part is not first")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        data = Data(made)
        data.accept_licence("ama")
        data.import_paths([arguments.release])
        files = list(release_files(data.folder))
        batches = list(catalog.read(data_folder()))
        bare = build(batch for batch in batches if batch[1] is not Prose)
        store = Stripped(bare, files)
        release = Context(store, DAY).describing()[0]
        known = {row.code for row in store.descriptors_between(release, "", "~")}
        asked: dict[str, list[Query]] = {}
        for query in queries(known):
            asked.setdefault(query.part, []).append(query)
        parts = ["tune", "synonym tune"] + (["held", "synonym held"] if arguments.held else [])
        print(f"{len(known):,} codes; " + ", ".join(f"{len(asked[name]):,} queries {name}" for name in parts))
        steps: list[tuple[str, Find]] = [("BM25", bm25(store, release))]
        for name, without in STEPS.items():
            stripped = Stripped(bare, files)
            stripped.without = without
            steps.append((name, finder(stripped)))
        for name in parts:
            print(f"\n{name:34}  @1    @5   @10   MRR      ms")
            whole = Store(build(batches), files)
            last = [] if name.startswith("synonym") else [("+ the catalog's own words", finder(whole))]
            for step, find in [*steps, *last]:
                f = figures(find, asked[name])
                print(f"{step:34}{f.at_1:5.2f} {f.at_5:5.2f} {f.at_10:5.2f} {f.reciprocal:5.2f} {f.milliseconds:7.1f}")
        print("\nby kind, tuning part, all but the catalog's words")
        for kind in sorted({query.kind for query in asked["tune"]}):
            some = [query for query in asked["tune"] if query.kind == kind]
            f = figures(steps[-1][1], some)
            print(f"{kind:12}{len(some):4}  {f.at_1:5.2f} {f.at_5:5.2f} {f.at_10:5.2f}")
        if arguments.misses:
            for query in asked["tune"]:
                place, _ = rank(steps[-1][1], query)
                if place != 1:
                    print(f"{place:3} {query.text} {sorted(query.codes)[:4]} {steps[-1][1](query.text)[:3]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
