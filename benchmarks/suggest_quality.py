"""How well `suggest` reads notes, over imported releases.

    python benchmarks/suggest_quality.py RELEASE... [--held] [--misses]

The notes are made up. Those of notes_tune.toml may be looked at while the reading is improved, those of
notes_held.toml not: only their figures. Each has what a coder would report, which modifiers its words defend, codes
that would be wrong (not done, earlier, planned, or included in another), and its diagnoses.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import tomli

from cptref import Reference
from cptref.data import Data
from cptref.errors import NotFoundError
from cptref.model.suggestion import Suggestions

HERE = Path(__file__).parent
DAY = "2026-07-15"
LIMIT_SECONDS = 1.0
FIGURES = (
    ("procedures whose code is proposed first", "first", "procedures"),
    ("procedures whose code is among three", "three", "procedures"),
    ("codes proposed first that are right", "right", "proposed"),
    ("codes proposed first that are expressly wrong", "wrong", "proposed"),
    ("modifiers of right codes", "modifiers", "modifiers asked"),
    ("diagnosis codes in the text, told what they are", "named", "named asked"),
    ("diagnoses in words or by code", "diagnoses", "diagnoses asked"),
    ("diagnosis codes proposed for words that are right", "apt", "diagnoses proposed"),
)


def score(note: dict[str, Any], found: Suggestions, misses: list[str]) -> Counter[str]:
    """The counts of one note."""
    billed = [each for each in found.procedures if each.proposals and not each.included_in]
    first = [each.proposals[0] for each in billed]
    codes = {each.code for each in first}
    three = {proposal.code for each in found.procedures for proposal in each.proposals[:3]}
    expected = {code for codes in note["procedures"] for code in codes}
    counts = Counter(
        {
            "procedures": len(note["procedures"]),
            "first": sum(bool(codes & set(accepted)) for accepted in note["procedures"]),
            "three": sum(bool(three & set(accepted)) for accepted in note["procedures"]),
            "proposed": len(codes),
            "right": len(codes & expected),
            "wrong": len(codes & set(note["not"])),
        }
    )
    for code, accepted in note["modifiers"].items():
        given = [{m.modifier for m in each.modifiers} for each in first if each.code == code]
        counts["modifiers asked"] += bool(given)
        counts["modifiers"] += any(each & set(accepted) for each in given)
        if given and not any(each & set(accepted) for each in given):
            misses.append(f"{note['name']}: {code} has {given}, not {accepted}")
    told = {each.code: each.status for each in found.diagnoses}
    counts["named asked"] = len(note["icd"])
    counts["named"] = sum(told.get(code) == status for code, status in note["icd"].items())
    counts["diagnoses asked"] = len(note["diagnoses"])
    counts["diagnoses"] = sum(bool(told.keys() & set(accepted)) for accepted in note["diagnoses"])
    ours = {code for code, status in told.items() if status == "proposed"}
    counts["diagnoses proposed"] = len(ours)
    counts["apt"] = len(ours & {code for accepted in note["diagnoses"] for code in accepted})
    misses += [f"{note['name']}: {a} not proposed first" for a in note["procedures"] if not codes & set(a)]
    misses += [f"{note['name']}: {code} is wrong" for code in sorted(codes & set(note["not"]))]
    misses += [f"{note['name']}: {code} is too much" for code in sorted(codes - expected - set(note["not"]))]
    misses += [f"{note['name']}: {c} told {told.get(c)}, is {s}" for c, s in note["icd"].items() if told.get(c) != s]
    misses += [f"{note['name']}: diagnosis {a} not told" for a in note["diagnoses"] if not told.keys() & set(a)]
    return counts


def main() -> int:
    """Measure and print; status 1 if a note takes too long."""
    parser = argparse.ArgumentParser()
    parser.add_argument("releases", type=Path, nargs="*")
    parser.add_argument("--home", help="a store that has the releases, instead of importing them")
    parser.add_argument("--held", action="store_true", help="the held notes too: not while tuning")
    parser.add_argument("--misses", action="store_true", help="what was missed in the notes for tuning")
    arguments = parser.parse_args()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as made:
        if not arguments.home:
            data = Data(made)
            data.accept_licence("ama")
            data.import_paths(arguments.releases)
        with Reference(arguments.home or made) as reference:
            for part in ("tune", "held") if arguments.held else ("tune",):
                notes = tomli.loads((HERE / f"notes_{part}.toml").read_text(encoding="utf-8"))["note"]
                counts: Counter[str] = Counter()
                misses: list[str] = []
                times = []
                for note in notes:
                    started = time.perf_counter()
                    try:
                        found = reference.suggest(note["text"], DAY).data
                    except NotFoundError:
                        found = Suggestions((), (), (), None, None)
                    times.append(time.perf_counter() - started)
                    counts += score(note, found, misses)
                print(
                    f"\n{part}: {len(notes)} notes, {statistics.median(times):.2f} s a note, {max(times):.2f} s at most"
                )
                for name, of, asked in FIGURES:
                    print(f"{name:50}{counts[of]:4} of {counts[asked]:4}  {counts[of] / max(counts[asked], 1):.2f}")
                slowest = max(slowest, *times)
                if arguments.misses and part == "tune":
                    print("\n".join(misses))
    return int(slowest > LIMIT_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
