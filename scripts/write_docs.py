"""Write docs/commands.md from the command line itself. `tests/test_docs.py` holds the two together.

python scripts/write_docs.py
"""

import sys
from pathlib import Path
from typing import Any

import typer

from cptref.cli.app import build

TARGET = Path(__file__).parent.parent / "docs" / "commands.md"
HEAD = """\
# Commands

Written by `scripts/write_docs.py` from the program; `cptref COMMAND --help` says the same.
Exit statuses are in [exit-statuses.md](exit-statuses.md), the JSON in [json.md](json.md).
"""


def text() -> str:
    """The whole page."""
    group: Any = typer.main.get_command(build())
    sections = []
    for name, command in group.commands.items():
        inner = getattr(command, "commands", None)
        if inner is None:
            sections.append(_command(name, command))
        else:
            sections += [_command(f"{name} {part}", each) for part, each in inner.items()]
    return "\n".join([HEAD, *sections])


def _command(name: str, command: Any) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    usage = " ".join(["cptref", name, *(p.metavar or p.name.upper() for p in arguments), "[OPTIONS]"])
    lines = [f"## {name}", "", command.help.strip(), "", f"    {usage}", ""]
    rows = [(f"`{p.metavar or p.name.upper()}`", p.help) for p in arguments]
    rows += [(f"`{', '.join(p.opts)}`{_values(p)}", p.help or "") for p in options if p.name != "help"]
    lines += ["| argument or option | |", "| --- | --- |", *(f"| {left} | {right} |" for left, right in rows), ""]
    return "\n".join(lines)


def _values(option: Any) -> str:
    """What the option takes, and its default."""
    if option.is_flag:
        return ""
    choices = getattr(option.type, "choices", None)
    taken = " ".join(f"`{getattr(c, 'value', c)}`" for c in choices) if choices else f"`{option.metavar or 'N'}`"
    default = getattr(option.default, "value", option.default)
    return f" {taken}" + (f" (default `{default}`)" if default is not None else "")


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"wrote {TARGET.name}\n")
