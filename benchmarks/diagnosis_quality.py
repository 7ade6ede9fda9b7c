"""How well diagnoses are known as clinicians write them, over an imported ICD-10-CM release.

    python benchmarks/diagnosis_quality.py ICD [--held] [--misses]

The phrases are made up, with the codes that a coder would give. Those of the tuning part may be looked at while terms
are added to vocabulary.toml, those of the held part not: only their figures.
"""

import argparse
import csv
import sys
import tempfile
from datetime import date
from pathlib import Path

from cptref import Reference
from cptref.answers.context import Context
from cptref.answers.icd import IcdFinder, dotted
from cptref.answers.suggesting.diagnoses import LEAST
from cptref.data import Data

PHRASES = Path(__file__).parent / "diagnosis_phrases.csv"
DAY = date(2026, 7, 15)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("release", type=Path, help="the ICD-10-CM file, or a folder of it")
    parser.add_argument("--held", action="store_true", help="the held phrases too: not while tuning")
    parser.add_argument("--misses", action="store_true", help="what was missed of the tuning part")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        Data(home).import_paths([arguments.release])
        with PHRASES.open(encoding="utf-8") as file, Reference(home) as reference:
            context = Context(reference._store, DAY)
            finder = IcdFinder(context, context.needed("icd"))
            phrases = list(csv.DictReader(file))
            for part in ("tune", "held") if arguments.held else ("tune",):
                asked = [(each["phrase"], each["codes"].split()) for each in phrases if each["part"] == part]
                found = [(phrase, codes, finder.told(phrase)) for phrase, codes in asked]
                right = [told is not None and dotted(told[0].code) in codes for _, codes, told in found]
                sure = [told is not None and told[1] >= LEAST for _, _, told in found]
                both = sum(map(all, zip(right, sure, strict=True)))
                print(f"{part}: right code first for {sum(right)} of {len(asked)}, {sum(right) / len(asked):.2f}")
                print(f"      right of those proposed {both} of {sum(sure)}, {both / sum(sure):.2f}")
                if arguments.misses and part == "tune":
                    for (phrase, codes, told), is_right in zip(found, right, strict=True):
                        if not is_right:
                            print(f"{phrase}: {' '.join(codes)}, found {dotted(told[0].code) if told else 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
