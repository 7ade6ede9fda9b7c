"""The `cptref` command, and the one place where failures become messages and exit statuses."""

import os
import sys
from importlib import import_module
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
    status = _run(sys.argv[1:])
    sys.stderr.flush()
    # Everything is written and closed; taking the interpreter down in good order would cost another 8 ms.
    os._exit(status)


def _run(arguments: list[str]) -> int:
    try:
        app = build(arguments[0] if arguments else None)
        status = app(arguments, prog_name="cptref", standalone_mode=False)
        sys.stdout.flush()
    except CptrefError as error:
        return _failed(error, arguments)
    except _ClickUsageError as error:
        return _failed(_as_ours(error), arguments)
    except BrokenPipeError:
        _discard_output()
        return _CLOSED_PIPE
    except (KeyboardInterrupt, typer.Abort):
        return _INTERRUPTED
    except OSError as error:
        _discard_output()
        complain(CptrefError(f"cannot write the answer: {error.strerror or error}"))
        return CptrefError.exit_status
    except Exception as error:
        if os.environ.get("CPTREF_DEBUG"):
            raise
        complain(
            CptrefError(f"a bug: {type(error).__name__}: {error}", "CPTREF_DEBUG=1 shows where; please report it.")
        )
        return _BUG
    return status if isinstance(status, int) else 0


def _as_ours(error: Exception) -> UsageError:
    """Typer's usage error as one line with a hint."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "cptref"
    message = " ".join(getattr(error, "format_message", error.__str__)().split())
    if not message:  # no command at all: the help has been printed
        return UsageError("no command was given", "cptref --help lists them.")
    return UsageError(message[0].lower() + message[1:].rstrip("."), f"{command} --help tells how to use it.")


def _failed(error: CptrefError, arguments: list[str]) -> int:
    if _wants_json(arguments):
        from cptref.render.records import error_json

        sys.stdout.write(error_json(error))
        sys.stdout.flush()
    else:
        complain(error)
    return error.exit_status


def _wants_json(arguments: list[str]) -> bool:
    """Whether the command line asks for JSON; it may be one that could not be parsed."""
    joined = " ".join(arguments)
    return "--json" in arguments or any(form in joined for form in ("--format json", "--format=json", "-f json"))


def _discard_output() -> None:
    """Keep Python from complaining, at its end, of what it could not write."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
