"""How long it takes to price a whole locality, and a file of 100,000 lines.

    python benchmarks/prices.py FOLDER

FOLDER has CMS's fee schedule releases as downloaded. They are imported into a temporary home first. Each is then run as
a process of its own, with csv as its output; the limits are those the project sets itself, and a run over its limit
ends this with status 1.
"""

import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LOCALITIES = ("01182-18", "13202-01", "10112-00", "02102-01", "")
PLACES = ("11", "22", "")
LOCALITY_LIMIT, FILE_LIMIT, MEMORY_LIMIT = 2.0, 10.0, 300
LINES = 100_000


def run(*arguments: str) -> tuple[float, str]:
    """Seconds from outside, and what was written."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "cptref", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return time.perf_counter() - started, done.stdout


def write_lines(path: Path, codes: list[str]) -> None:
    """A file of lines as a remittance has them: many codes, some modifiers, localities and places."""
    chance = random.Random(1)  # noqa: S311
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("code", "modifier", "locality", "place_of_service", "units", "date", "expected"))
        for _ in range(LINES):
            writer.writerow(
                (
                    chance.choice(codes),
                    chance.choice(("", "", "", "26", "50", "59")),
                    chance.choice(LOCALITIES),
                    chance.choice(PLACES),
                    chance.choice((1, 1, 1, 2)),
                    f"2026-{chance.randint(7, 9):02}-{chance.randint(1, 28):02}",
                    f"{chance.randint(100, 100_000) / 100:.2f}",
                )
            )


def main() -> int:
    """Run both and print them."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory() as home:
        os.environ["CPTREF_HOME"] = home
        run("data", "import", "--accept-ama-license", sys.argv[1])
        schedule = ("price", "--all", "--locality", "01182-18", "--format", "csv", "--as-of", "2026-08-01")
        run(*schedule)
        seconds, text = run(*schedule)
        rows = list(csv.DictReader(text.splitlines()))
        print(f"a locality, {len(rows):,} codes and modifiers: {seconds:.2f} s (limit {LOCALITY_LIMIT})")
        lines = Path(home, "lines.csv")
        write_lines(lines, sorted({row["code"] for row in rows}))
        taken, text = run("price", "--file", str(lines), "--format", "csv")
        count = text.count("\n") - 1
        print(f"a file of {count:,} lines: {taken:.2f} s (limit {FILE_LIMIT})")
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"memory: {memory:.0f} MB (limit {MEMORY_LIMIT})")
    over = seconds > LOCALITY_LIMIT or taken > FILE_LIMIT or memory > MEMORY_LIMIT or count != LINES
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
