"""The `cptref` command, and the one place where failures become messages and exit statuses."""

import os
import re
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated, NoReturn

import typer

from cptref import __version__
from cptref.cli.output import complain
from cptref.errors import CptrefError, UsageError

# The commands, in the order of the help: a module each, with a function or a group of the module's name.
COMMANDS = {
    "show": "show",
    "search": "search",
    "conflicts": "conflicts",
    "modifiers": "modifiers",
    "explain": "explain",
    "list": "listing",
    "price": "price",
    "check": "check",
    "suggest": "suggest",
    "diff": "diff",
    "data": "data",
}
# Typer carries its own click from 0.26 on and does not export this class: BadParameter is a kind of it.
_ClickUsageError: type[Exception] = typer.BadParameter.__mro__[1]
_CLOSED_PIPE, _BUG, _INTERRUPTED = 1, 70, 130


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"cptref {__version__}\n")
        raise typer.Exit


def build(only: str | None = None) -> typer.Typer:
    """The command line with all its commands, or with the one that is about to run: each costs time to set up."""
    app = typer.Typer(
        name="cptref",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    for name in (only,) if only in COMMANDS else COMMANDS:
        module = COMMANDS[name]
        command = getattr(import_module(f"cptref.cli.{module}"), module)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name=name)(command)
    return app


def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Medical procedure codes: what they are, how Medicare pays them, what they may not be billed with."""


def main() -> NoReturn:
    """Run the command line and exit: 0 found, 1 nothing found, 2 wrong use, 3 data not loaded."""
    arguments = [argument.encode("utf-8", "replace").decode() for argument in sys.argv[1:]]
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    status, error = _run(arguments)
    try:
        if error is not None:
            _report(error, arguments)
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody is left to tell
        status = status or CptrefError.exit_status
    # Everything is written and closed; taking the interpreter down in good order would cost another 8 ms.
    os._exit(status)


def _run(arguments: list[str]) -> tuple[int, CptrefError | None]:
    """The exit status, and what went wrong."""
    try:
        app = build(arguments[0] if arguments else None)
        status = app(arguments, prog_name="cptref", standalone_mode=False)
        sys.stdout.flush()
    except CptrefError as error:
        return error.exit_status, error
    except _ClickUsageError as error:
        return UsageError.exit_status, _as_ours(error)
    except (KeyboardInterrupt, typer.Abort):
        return _INTERRUPTED, None
    except SystemExit as stop:  # Typer's end of a completion, and its answer to a closed pipe
        return stop.code if isinstance(stop.code, int) else _CLOSED_PIPE, None
    except BrokenPipeError:
        return _CLOSED_PIPE, None
    except OSError as error:
        return CptrefError.exit_status, CptrefError(f"cannot write the answer: {error.strerror or error}")
    except Exception as error:
        if os.environ.get("CPTREF_DEBUG"):
            raise
        return _BUG, CptrefError(
            f"a bug: {type(error).__name__}: {error}", "CPTREF_DEBUG=1 shows where; please report it."
        )
    return status if isinstance(status, int) else 0, None


def _as_ours(error: Exception) -> UsageError:
    """Typer's usage error as one line with a hint."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "cptref"
    message = " ".join(getattr(error, "format_message", error.__str__)().split())
    if not message:  # no command at all: the help has been printed
        return UsageError("no command was given", "cptref --help lists them.")
    return UsageError(message[0].lower() + message[1:].rstrip("."), f"{command} --help tells how to use it.")


def _report(error: CptrefError, arguments: list[str]) -> None:
    """Tell the error: as JSON on standard output where JSON was asked for, else on standard error."""
    form = _form(arguments)
    if form:
        from cptref.render.records import error_json

        sys.stdout.write(error_json(error, indent=2 if form == "json" and sys.stdout.isatty() else None))
    else:
        complain(error)


def _form(arguments: list[str]) -> str:
    """`json` or `jsonl` if the command line, which may be one that cannot be parsed, asks for it; else nothing."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if "--json" in options:
        return "json"
    joined = re.search(r"(?:^| )(?:--format[= ]|-f ?)(jsonl?)(?: |$)", " ".join(options))
    return joined[1] if joined else ""
