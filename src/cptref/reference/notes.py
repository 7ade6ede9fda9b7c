"""The question about a note."""

from __future__ import annotations

from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from cptref.errors import SourceError, UsageError
from cptref.opening import read_tellings
from cptref.reference.opened import OpenedReference

if TYPE_CHECKING:
    from datetime import date
    from typing import BinaryIO

    from cptref.model.answer import Answer
    from cptref.model.suggestion import Suggestions
    from cptref.notes.tellings import Tellings

# A long report has 20,000 characters; a text of more than this is no note.
_MOST = 200_000
_SETTINGS = ("practitioner", "hospital")


class Notes(OpenedReference):
    """What the words of a note propose."""

    _tellings: Tellings | None = None

    def suggest(
        self,
        text: str,
        as_of: date | str | None = None,
        *,
        limit: int = 3,
        place_of_service: str = "",
        setting: str = "practitioner",
    ) -> Answer[Suggestions]:
        """Codes for the procedures and diagnoses of a note or an operative report, in English.

        `as_of` is the date of service: unless told, the note's own if it gives one, else today. `limit` is the most
        proposals for a procedure, 0 all. It proposes from words, and does not decide. UsageError for what is no text,
        NotFoundError where it names nothing.
        """
        from cptref.answers.suggest import read_note, suggest
        from cptref.claims import values
        from cptref.notes.tellings import Tellings

        if setting not in _SETTINGS:
            raise UsageError(f"no setting '{setting}'", f"One of: {', '.join(_SETTINGS)}.")
        if limit < 0:
            raise UsageError(f"the limit is {limit}", "Give 0 for all, or the most proposals that you want.")
        try:
            place = values.place(place_of_service)
        except ValueError as error:
            raise UsageError(str(error)) from error
        checked = _checked(text)
        if self._tellings is None:
            self._tellings = Tellings(read_tellings(self._home))
        note = read_note(self._store, self._tellings, checked)
        day = as_of if as_of is not None or note.day is None else note.day[0]
        context = self._context(day)
        return self._answer("suggest", context, suggest(context, note, place, setting, limit))

    def suggest_file(
        self,
        source: str | PathLike[str] | BinaryIO,
        as_of: date | str | None = None,
        *,
        limit: int = 3,
        place_of_service: str = "",
        setting: str = "practitioner",
    ) -> Answer[Suggestions]:
        """Like `suggest`, of a text file or stream in UTF-8, UTF-16 or Windows-1252."""
        text = _read(source)
        return self.suggest(text, as_of, limit=limit, place_of_service=place_of_service, setting=setting)


def _read(source: str | PathLike[str] | BinaryIO) -> str:
    """The text of a file; SourceError where there is none or it cannot be read."""
    from cptref.claims.text import opened

    try:
        if isinstance(source, (str, PathLike)):
            with Path(source).open("rb") as file:
                data = file.read(_MOST * 4 + 1)
        else:
            data = source.read(_MOST * 4 + 1)
    except OSError as error:
        raise SourceError(f"the note cannot be read ({error.strerror})") from error
    return opened(BytesIO(data))[1].read()


def _checked(text: str) -> str:
    """The text, if it can be a note, without control characters."""
    if "\0" in text or text.startswith(("%PDF", "PK\x03\x04", "{\\rtf")):
        raise SourceError(
            "the note is no text, but a document or other binary data",
            "Save it as text: pdftotext report.pdf - | cptref suggest -",
        )
    if len(text) > _MOST:
        raise SourceError(
            f"the text has more than {_MOST:,} characters: no note is so long", "Give the notes of one encounter."
        )
    if not text.strip():
        raise UsageError("the note is empty", "Give text, a file, or - for standard input.")
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c if c.isprintable() or c in "\n\t" else " " for c in plain)
