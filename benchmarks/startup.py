"""How long the three main commands take, next to bare Typer programs of the same version, in one run.

    python benchmarks/startup.py [RUNS]

Pairs of processes run in turn, so that a machine whose speed drifts slows both of a pair. Printed are medians and
the median of the ratios. The limits are those the project sets itself; a command over its limit ends it with status 1.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = """
import typer
app = typer.Typer()
@app.command()
def main(n: int = 1):
    print("hello")
app()
"""
TABLE = """
import typer
app = typer.Typer()
@app.command()
def main(n: int = 1):
    from rich.console import Console
    from rich.table import Table
    table = Table(title="twenty rows")
    for name in ("one", "two", "three", "four"):
        table.add_column(name)
    for row in range(20):
        table.add_row(str(row), "some text here", "other", "more text")
    Console().print(table)
app()
"""
COMMANDS = (("show", "31243"), ("search", "cryoablation"), ("conflicts", "43214"), ("price", "99213"))
FIRST_RUN_LIMIT, MEMORY_LIMIT = 0.5, 60


def seconds(command: list[str], **environment: str) -> float:
    """How long a process takes, from outside."""
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env={**os.environ, **environment})
    return time.perf_counter() - started


def compare(ours: list[str], other: list[str], runs: int) -> tuple[float, float, float]:
    """Medians of both and of the ratios, pair by pair."""
    seconds(ours)
    seconds(other)
    pairs = [(seconds(ours), seconds(other)) for _ in range(runs)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def main() -> int:
    """Run all comparisons and print them."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"):  # both slow our side more than the other
        os.environ.pop(name, None)
    over = False
    cptref = [sys.executable, "-m", "cptref"]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CPTREF_HOME"] = folder
        bare, table = Path(folder, "bare.py"), Path(folder, "table.py")
        bare.write_text(BARE, encoding="utf-8")
        table.write_text(TABLE, encoding="utf-8")
        print(f"{'command':32}{'ours':>9}{'other':>9}{'ratio':>8}{'limit':>8}")
        for command in COMMANDS:
            for form, other, limit in ((), table, 1.25), (("--json",), bare, 1.3):
                ours, theirs, ratio = compare([*cptref, *command, *form], [sys.executable, str(other)], runs)
                over |= ratio > limit
                name = " ".join((*command, *form))
                print(f"{name:32}{ours * 1000:7.0f}ms{theirs * 1000:7.0f}ms{ratio:8.2f}{limit:8.2f}")
        more = []
        for run in range(5):
            fresh = str(Path(folder, f"home{run}"))
            first = seconds([*cptref, "show", "31243"], CPTREF_HOME=fresh)
            more.append(first - seconds([*cptref, "show", "31243"], CPTREF_HOME=fresh))
        print(f"the first run ever takes {statistics.median(more):.2f} s more (limit {FIRST_RUN_LIMIT} s)")
        megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"peak memory of any of these processes: {megabytes:.0f} MB (limit {MEMORY_LIMIT} MB)")
        over |= statistics.median(more) > FIRST_RUN_LIMIT or megabytes > MEMORY_LIMIT
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
