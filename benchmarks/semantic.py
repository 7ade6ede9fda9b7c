"""Whether matching by meaning helps `search`, over all codes of a fee schedule release.

    pip install wordllama numpy
    python benchmarks/semantic.py PPRRVU.zip [--held]

WordLlama is the lightest model that a package ships. Its nearest codes join those that the search finds, and each has
its score plus a share of its likeness; the share is chosen on the tuning part. What is compared with a query is a
code's short descriptor, whose clipped words are written out by the vocabulary.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import tomli
from search_quality import DAY, Query, finder, part, queries

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

DEPTH, NEAREST = 20, 50
SHARES = (0.05, 0.1, 0.2, 0.3, 0.5, 1.0)


class Semantic:
    """The likeness of a query to every code."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        import wordllama  # type: ignore[import-not-found,unused-ignore]

        # Without its own folder as a cache the package looks for its tokenizer elsewhere, and would download it.
        folder = Path(wordllama.__file__).parent
        self._model = wordllama.WordLlama.load(dim=256, cache_dir=folder, disable_download=True)
        self._codes = list(texts)
        self._vectors = self._model.embed(list(texts.values()), norm=True)

    def likeness(self, query: str) -> dict[str, float]:
        """The likeness of each code that has a descriptor."""
        found = self._vectors @ self._model.embed([query], norm=True)[0]
        return {code: float(value) for code, value in zip(self._codes, found, strict=True) if value == value}


def written_out(store: Store, release: int) -> Iterator[tuple[str, str]]:
    """The codes with their short descriptors, each clipped word as the first word that it stands for."""
    vocabulary: dict[str, Any] = tomli.loads((data_folder() / "vocabulary.toml").read_text(encoding="utf-8"))
    full: dict[str, str] = {}
    for word, forms in vocabulary["clipped"].items():
        for form in forms.split():
            full.setdefault(form, word)
    for row in store.descriptors_between(release, "", "~"):
        text = row.short.lower()
        if text:
            yield row.code, re.sub(r"[a-z]{2,}", lambda found: full.get(found[0], found[0]), text)


def nearest(like: dict[str, float]) -> list[str]:
    """The codes that are most like a query."""
    return sorted(like, key=lambda code: -like[code])[:NEAREST]


def place(order: list[str], query: Query) -> int:
    """The place of the first right code; 0 for none."""
    return next((number for number, code in enumerate(order[:DEPTH], 1) if code in query.codes), 0)


def figures(places: list[int]) -> tuple[float, float, float, float]:
    """hit@1, @5, @10 and mean reciprocal rank."""
    first, fifth, tenth = (sum(0 < each <= depth for each in places) / len(places) for depth in (1, 5, 10))
    return first, fifth, tenth, sum(1 / each for each in places if each) / len(places)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("release", type=Path)
    parser.add_argument("--held", action="store_true", help="the held part too, with the share chosen on the other")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        data = Data(made)
        data.accept_licence("ama")
        data.import_paths([arguments.release])
        store = Store(
            build(b for b in catalog.read(data_folder()) if b[1] is not Prose), list(release_files(data.folder))
        )
        texts = dict(written_out(store, Context(store, DAY).describing()[0]))
        semantic = Semantic(texts)
        asked = [query for query in queries(set(texts)) if not query.part.startswith("synonym")]

        def scored(query: Query) -> tuple[dict[str, float], dict[str, float]]:
            try:
                hits = search(Context(store, DAY), query.text, 0, {}).hits[: 2 * NEAREST]
            except NotFoundError:
                hits = ()
            return {hit.code: hit.score for hit in hits}, semantic.likeness(query.text)

        def ranked(scores: dict[str, float], like: dict[str, float], share: float) -> list[str]:
            both = {code: scores.get(code, 0.0) + share * like.get(code, 0.0) for code in {*scores, *nearest(like)}}
            return sorted(both, key=lambda code: (-both[code], code))

        best = 0.0
        for name in ["tune", "held"] if arguments.held else ["tune"]:
            some = [query for query in asked if part(query.text) == name]
            found = [scored(query) for query in some]
            as_is = finder(store)
            rows = {
                "the search as it is": [place(as_is(query.text), query) for query in some],
                "likeness alone": [place(nearest(like), query) for (_, like), query in zip(found, some, strict=True)],
            }
            for share in SHARES if name == "tune" else (best,):
                rows[f"both, share {share}"] = [
                    place(ranked(scores, like, share), query) for (scores, like), query in zip(found, some, strict=True)
                ]
            print(f"\n{name:24}  @1    @5   @10   MRR")
            for label, places in rows.items():
                print(f"{label:24}" + " ".join(f"{value:5.2f}" for value in figures(places)))
            if name == "tune":
                best = max(SHARES, key=lambda share: figures(rows[f"both, share {share}"])[3])
    return 0


if __name__ == "__main__":
    sys.exit(main())
