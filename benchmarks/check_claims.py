"""How long 250,000 claims (1,000,000 lines) take to check, beside a bare join of the same lines with the same edits.

    python benchmarks/check_claims.py FOLDER...

Each FOLDER has CMS files as downloaded: the fee schedule, MUE, add-on and PTP edits; they are imported into a temporary
home first. The join is DuckDB's (`pip install duckdb`), of line pairs within a claim with the edits as CMS ships them:
what reading and matching cost at the least. Limits are those the project sets itself; over one ends this with status 1.
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

from cptref import Reference

CLAIMS, LINES = 250_000, 4
TIME_LIMIT, MEMORY_LIMIT, CLAIM_LIMIT = 30, 500, 1.5
DAY = "2026-08-01"
COLUMNS = "claim,line,code,modifiers,units,date,place_of_service,charge,provider,beneficiary".split(",")


def write_claims(path: Path, codes: list[str]) -> None:
    """Claims as a practice sends them: most lines plain, some with modifiers, three claims a patient."""
    chance = random.Random(3)  # noqa: S311
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for claim in range(CLAIMS):
            day = f"2026-{chance.randint(7, 9):02}-{chance.randint(1, 28):02}"
            for line in range(LINES):
                modifier = chance.choice(("", "", "", "", "", "59", "25", "LT", "26"))
                row = (f"C{claim}", line + 1, chance.choice(codes), modifier, chance.choice((1, 1, 1, 2)), day)
                writer.writerow((*row, chance.choice(("11", "22")), "100.00", "P", f"B{claim // 3}"))


def seconds(*arguments: str) -> float:
    """How long a command takes, from outside; its answer goes nowhere."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "cptref", *arguments]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - started


def joined(claims: Path, edits: Path) -> float | None:
    """How long DuckDB takes to pair the lines of each claim and find their edits; None without DuckDB."""
    try:
        import duckdb
    except ImportError:
        return None
    database = duckdb.connect()
    with Reference() as reference, edits.open("w", encoding="utf-8") as file:
        numbers = [h.number for h in reference._store.held if (h.kind, h.setting) == ("ptp", "practitioner")]
        number = max(numbers)
        codes = dict(reference._store.rows("ptp_codes", release=number))
        file.write("one,two\n")
        for one in codes:
            for two, _ in reference._store.rows("ptp_of_column_one", release=number, one=one):
                file.write(f"{codes[one]},{codes[two]}\n")
    database.execute(f"CREATE TABLE edits AS SELECT * FROM read_csv('{edits}', all_varchar = true)")
    started = time.perf_counter()
    database.execute(
        f"CREATE TABLE line AS SELECT claim, code FROM read_csv('{claims}', all_varchar = true);"
        "SELECT count(*) FROM line a JOIN line b USING (claim) JOIN edits ON one = a.code AND two = b.code"
    ).fetchall()
    return time.perf_counter() - started


def main() -> int:
    """Run all and print them."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory() as home:
        os.environ["CPTREF_HOME"] = home
        seconds("data", "import", "--accept-ama-license", *sys.argv[1:])
        with Reference() as reference:
            rows = reference.fee_schedule(as_of=DAY).data
        path = Path(home, "claims.csv")
        write_claims(path, [row.code for row in rows if row.status in "AR" and not row.modifier])
        importing = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        taken = seconds("check", str(path), "--jobs", "2", "--limit", "1")
        megabytes = max(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, importing) / 1024
        print(f"{CLAIMS:,} claims, {CLAIMS * LINES:,} lines: {taken:.1f} s (limit {TIME_LIMIT})")
        print(f"peak memory of a process, the import's included: {megabytes:.0f} MB (limit {MEMORY_LIMIT})")
        join = joined(path, Path(home, "edits.csv"))
        print("the join: DuckDB is not installed" if join is None else f"the join alone, DuckDB: {join:.1f} s")
        one, page = [], []
        for _ in range(9):
            one.append(seconds("check", "43214", "43200-59", "76000", "--date", DAY))
            page.append(seconds("show", "31243"))
        ratio = sorted(a / b for a, b in zip(one, page, strict=True))[4]
        print(f"one claim, against show: {ratio:.2f} (limit {CLAIM_LIMIT})")
    return int(taken > TIME_LIMIT or megabytes > MEMORY_LIMIT or ratio > CLAIM_LIMIT)


if __name__ == "__main__":
    sys.exit(main())
