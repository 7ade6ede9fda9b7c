"""`cptref data`: the store of imported releases."""

import sys
import textwrap
from collections.abc import Callable
from os import cpu_count
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from cptref.cli.options import Format, FormatOption, JsonOption

if TYPE_CHECKING:
    from cptref.data import Data

T = TypeVar("T")
AmaOption = Annotated[
    bool, typer.Option("--accept-ama-license", help="Accept the AMA's terms for CPT content; asked for once.")
]
AdaOption = Annotated[
    bool, typer.Option("--accept-ada-license", help="Accept the ADA's terms, to read descriptors of dental codes.")
]
data = typer.Typer(help="Import CMS releases and look after them.", no_args_is_help=True)


@data.command(name="import")
def import_(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Zips as downloaded, folders, or single files.")
    ],
    ama: AmaOption = False,
    ada: AdaOption = False,
    release: Annotated[
        str | None, typer.Option("--release", metavar="NAME", help="The files' release, such as RVU26C or 2026Q2.")
    ] = None,
    effective: Annotated[
        str | None, typer.Option("--effective", metavar="YYYY-MM-DD", help="The first day that the files are for.")
    ] = None,
    form: FormatOption = Format.table,
    json: JsonOption = False,
) -> None:
    """Import CMS files, and descriptors of your own; what a file is, is recognised by its content."""
    from cptref.cli.output import write
    from cptref.data import Data

    store = Data()
    _accept(store, ama, ada)
    answer = _with_progress(
        lambda progress: store.import_paths(
            paths, cpu_count() or 1, progress, release=release, effective=effective, agree=_agreed
        )
    )
    write(answer, form, json)
    if any(result.outcome == "refused" for result in answer.data):
        raise typer.Exit(2)
    if not any(result.outcome in ("imported", "replaced", "unchanged") for result in answer.data):
        raise typer.Exit(1)


@data.command()
def fetch(
    releases: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RELEASE...]",
            help="Names as `data list` has them, kinds, quarters: RVU26C, ptp 2026Q3 hospital, mue. None: the newest.",
        ),
    ] = None,
    ama: AmaOption = False,
    ada: AdaOption = False,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="A mirror with the paths of cms.gov; https.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="FOLDER", help="Leave the downloads there and do not import them.")
    ] = None,
    form: FormatOption = Format.table,
    json: JsonOption = False,
) -> None:
    """Download releases from cms.gov and import them: fee schedule, PTP, MUE and add-on edits, HCPCS."""
    from cptref.cli.output import write
    from cptref.data import FETCH_TERMS, Data

    store = Data()
    sys.stderr.write(f"{textwrap.fill(FETCH_TERMS, 78)}\n")
    _accept(store, ama, ada)
    answer = _with_progress(
        lambda progress: store.fetch(releases or (), base_url, to, cpu_count() or 1, progress, agree=_agreed),
        "looking for releases",
    )
    write(answer, form, json)
    outcomes = {release.outcome for release in answer.data}
    if outcomes & {"refused", "failed"}:
        raise typer.Exit(2)
    if outcomes & {"not found", "passed over"}:
        raise typer.Exit(1)


def _accept(store: "Data", ama: bool, ada: bool) -> None:
    """Record what the user accepts by an option, once."""
    for owner, accepted in (("ama", ama), ("ada", ada)):
        if accepted and not store.licence_accepted(owner):
            store.accept_licence(owner)


def _with_progress(work: Callable[[Callable[[int, int, str], None]], T], first: str = "reading the files") -> T:
    """Do the work with a line on the terminal that tells how far it is; elsewhere in silence."""
    if not sys.stderr.isatty():
        return work(lambda *_: None)
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(first)

        def progress(done: int, total: int, last: str) -> None:
            bar.update(task, completed=done, total=total, description=last or "importing")

        return work(progress)


def _agreed(text: str) -> bool:
    """Ask on a terminal; elsewhere nobody can answer."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    sys.stderr.write(f"{textwrap.fill(text, 78)}\n")
    return typer.confirm("Do you accept?", err=True)


@data.command(name="list")
def list_(form: FormatOption = Format.table, json: JsonOption = False) -> None:
    """List the imported releases."""
    from cptref.cli.output import write
    from cptref.data import Data

    answer = Data().releases()
    write(answer, form, json)
    if not answer.data:
        raise typer.Exit(1)


@data.command()
def remove(
    release: Annotated[str, typer.Argument(metavar="RELEASE", help="Its name, as `data list` has it.")],
    form: FormatOption = Format.table,
    json: JsonOption = False,
) -> None:
    """Remove an imported release."""
    from cptref.cli.output import write
    from cptref.data import Data

    write(Data().remove(release), form, json)


@data.command()
def verify(form: FormatOption = Format.table, json: JsonOption = False) -> None:
    """Check the store for damage, and tell which dates of service no release covers."""
    from cptref.cli.output import write
    from cptref.data import Data

    answer = Data().verify()
    write(answer, form, json)
    if any(problem.serious for problem in answer.data):
        raise typer.Exit(1)


@data.command()
def path() -> None:
    """Print the folder of the imported releases."""
    from cptref.data import Data

    sys.stdout.write(f"{Data().folder}\n")
