"""Imports point one way, and the heavy libraries stay where they belong."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

SOURCE = ROOT / "src" / "cptref"
# What each part may import of the others; `errors` and the version are everybody's.
ALLOWED = {
    "model": set(),
    "sources": {"model"},
    "store": {"model"},
    "rules": {"model"},
    "checking": {"model", "rules"},
    "pricing": {"model"},
    "render": {"model"},
    "answers": {"model", "store", "rules", "checking", "pricing", "notes"},
    "claims": {"model"},
    "notes": {"model"},
    "opening": {"model", "sources", "store"},
    "planning": {"model", "sources"},
    "importing": {"model", "planning", "sources", "store"},
    "fetching": {"model", "sources"},
    "reference": {"model", "answers", "claims", "notes", "opening", "sources", "store"},
    "data": {"model", "opening", "planning", "importing", "fetching", "store"},
    "cli": {"model", "reference", "data", "render"},
}
ONLY_IN = {
    "sqlite3": {"store"},
    "rich": {"render", "cli"},
    "typer": {"cli"},
    "click": set(),
    "python_calamine": {"sources"},
    "urllib3": {"fetching"},
}
MODULES = sorted(SOURCE.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


def part(path: Path) -> str:
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_one_way(path: Path) -> None:
    here = part(path)
    for name in imported(path):
        top, _, rest = name.partition(".")
        if top in ONLY_IN:
            assert here in ONLY_IN[top], f"{name} is imported in {here}"
        if top == "cptref" and rest and here in ALLOWED:
            other = rest.split(".")[0]
            assert other in ALLOWED[here] | {here, "errors"}, f"{here} imports {name}"


def test_every_part_is_in_the_table() -> None:
    parts = {part(path) for path in MODULES} - {"__init__", "__main__", "errors"}
    assert parts == set(ALLOWED)


def test_modules_are_small() -> None:
    long = {
        str(p.relative_to(SOURCE)): n for p in MODULES if (n := len(p.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert not long
