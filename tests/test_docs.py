"""README and docs say what the program does."""

import re
import runpy
import shlex

import pytest
from conftest import ROOT, Run

from cptref import Reference, __version__

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```\n\$ (cptref .*)\n((?:.*\n)*?)```", README)


@pytest.mark.parametrize(("command", "output"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_the_readme_shows_real_output(run: Run, command: str, output: str) -> None:
    """Each part between `...` lines stands so in what the command prints at 80 columns."""
    printed = run(*shlex.split(command)[1:], COLUMNS="80").stdout
    for part in output.split("...\n"):
        assert part.strip("\n") in printed


def test_the_readme_has_the_three_commands() -> None:
    assert [command.split()[1] for command, _ in EXAMPLES] == ["show", "search", "conflicts"]


def test_the_readme_and_the_changelog_count_the_codes(reference: Reference) -> None:
    total = reference.list("all").total
    for name in ("README.md", "CHANGELOG.md"):
        assert f"{total} codes" in (ROOT / name).read_text(encoding="utf-8")


def test_the_command_reference_is_the_programs() -> None:
    text = runpy.run_path(str(ROOT / "scripts" / "write_docs.py"))["text"]()
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == text, "run python scripts/write_docs.py"


def test_the_docs_name_the_bundled_releases(reference: Reference) -> None:
    sources = reference.show("31243", as_of="2026-07-15").sources
    text = (ROOT / "docs" / "data-sources.md").read_text(encoding="utf-8")
    for source in sources:
        name = source.release.split()[-1] if source.kind == "rbcs" else source.release.split()[0].replace("Q", " Q")
        assert name in text, source


def test_links_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page.name, target)


def test_the_version_is_in_the_changelog_or_it_is_unreleased() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {__version__}" in text or "## Unreleased" in text
