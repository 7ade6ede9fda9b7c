"""The document of any answer: each command's is in a module of its own, loaded when it is needed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from cptref.model.answer import Answer
from cptref.render.document import Document

_MODULES = {"list": "listing"}


def document(answer: Answer[Any], **choices: object) -> Document:
    """The answer as a document; `choices` are those of its command, such as the rows of a group of conflicts."""
    command = answer.command.split()[0]
    module = import_module(f"cptref.render.{_MODULES.get(command, command)}")
    made: Document = module.document(answer, **choices)
    return made
