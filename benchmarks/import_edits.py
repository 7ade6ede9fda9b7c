"""How long an import of the PTP edits takes, next to the sqlite3 shell's `.import` of the same text, in one run.

    python benchmarks/import_edits.py FOLDER

FOLDER holds the eight zips of a quarter, both settings. The shell loads the unzipped text into a table without index.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

LIMIT, MEMORY_LIMIT, SIZE_LIMIT = 2.0, 500, 0.5


def main() -> int:
    """Run both and print them."""
    folder = Path(sys.argv[1])
    shell = shutil.which("sqlite3")
    if shell is None:
        print("the sqlite3 shell is not installed")
        return 2
    with tempfile.TemporaryDirectory() as made:
        home, texts = Path(made, "home"), Path(made, "texts")
        command = [sys.executable, "-m", "cptref", "data", "import", "--accept-ama-license", str(folder)]
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "CPTREF_HOME": str(home)})
        ours = time.perf_counter() - started
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        for path in folder.glob("*.zip"):
            with zipfile.ZipFile(path) as archive:
                archive.extractall(texts)
        loads = "\n".join(f".import {path} edits" for path in texts.iterdir())
        started = time.perf_counter()
        subprocess.run(
            [shell, str(Path(made, "bare.sqlite"))],
            input=f"CREATE TABLE edits (a, b, c, d, e, f, g);\n.mode tabs\n{loads}\n",
            text=True,
            check=True,
            capture_output=True,
        )
        theirs = time.perf_counter() - started
        size = _size(home / "releases") / _size(texts)
    print(f"import {ours:.1f} s, the shell {theirs:.1f} s: ratio {ours / theirs:.2f} (limit {LIMIT})")
    print(f"peak memory of a process {memory:.0f} MB (limit {MEMORY_LIMIT} MB)")
    print(f"size of the store {size:.2f} of the text (limit {SIZE_LIMIT})")
    return int(ours / theirs > LIMIT or memory > MEMORY_LIMIT or size > SIZE_LIMIT)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    sys.exit(main())
