"""`diff`: what changed between two releases of a kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from cptref.answers.context import LOAD, Context, release_name
from cptref.errors import DataNotLoadedError, NotFoundError, UsageError
from cptref.model.answer import Source
from cptref.model.diff import EVERY_ROW, Change, Differences, counts
from cptref.model.kinds import KINDS
from cptref.model.rows import Release
from cptref.model.syntax import is_code, level, parse_code, parse_range, shown
from cptref.store.compare import compare
from cptref.store.judge import HISTORY
from cptref.store.layouts import LAYOUTS, compared
from cptref.store.read import Store
from cptref.store.side import Side, Wanted

_MOST_NAMED = 12
_RVU_NAME = re.compile(r"RVU\d\d[A-D]", re.IGNORECASE)


class _Named(NamedTuple):
    """A release by the name it was asked for."""

    number: int
    release: Release


def diff(
    context: Context, before: str, after: str, codes: Sequence[str], fields: Sequence[str]
) -> tuple[Differences, list[Source]]:
    """The changes, and the two releases. The names are those of `data list`; `codes` may be ranges too.

    DataNotLoadedError where a release is not there; UsageError where the two cannot be compared; NotFoundError where
    neither has any of the codes.
    """
    old, new = _two(context, before, after)
    kind = old.release.kind
    chosen_fields = tuple(_field(kind, name) for name in fields)
    asked = _Asked(kind, codes)
    if asked.modifiers:
        context.warn(f"Not considered: {' '.join(asked.modifiers)}. A code's rows are compared with every modifier.")
    wanted: Wanted | None = asked.wanted if codes else None
    if old.release.partial or new.release.partial:
        wanted = _within_catalog(context, old, new, asked)
    found = compare(kind, Side(context.store, old.number), Side(context.store, new.number), wanted)
    strangers = sorted(code for code in asked.codes - found.codes if wanted is None or wanted(code))
    if strangers and len(strangers) == len(asked.codes) and not asked.ranges:
        raise NotFoundError(f"neither {release_name(old.release)} nor {new.release.name} has {', '.join(strangers)}")
    if strangers:
        context.warn(f"In neither release: {', '.join(strangers)}.")
    releases = dict.fromkeys((old.release, new.release))
    for release in releases:
        if release.rejects:
            context.warn(f"{release.rejects:,} lines of {release_name(release)} could not be read.")
    changes = found.changes if codes else _gathered(found.changes, found.common)
    if fields:
        changes = [change for change in changes if change.field in chosen_fields]
    counted = counts(changes)
    names = (old.release.setting, old.release.name, new.release.name)
    data = Differences(kind, *names, asked.texts, chosen_fields, sum(counted), counted, tuple(changes))
    return data, [Source(r.kind, r.name, r.effective, r.sha256) for r in releases]


def _two(context: Context, before: str, after: str) -> tuple[_Named, _Named]:
    """The two releases, which are of one kind and setting."""
    loaded, unreadable = _loaded(context.store)
    lefts, rights = (_called(loaded, text) for text in (before, after))
    for text, found, others in ((before, lefts, rights), (after, rights, lefts)):
        if not found or (_means_fee_schedule(text, others) and not any(each.release.kind == "pfs" for each in found)):
            raise _not_loaded(text, loaded, {each.release.kind for each in others}, unreadable)
    pairs = [(left, right) for left in lefts for right in rights if left.release[0:3:2] == right.release[0:3:2]]
    if not pairs:
        left, right = lefts[0].release, rights[0].release
        differing = "kinds" if left.kind != right.kind else "settings"
        raise UsageError(
            f"{release_name(left)} and {release_name(right)} are of different {differing}",
            "Two releases of one kind and setting can be compared; `cptref data list` has their names.",
        )
    # RVU26C is the name of all that its zip holds: the fee schedule, unless another kind is said.
    chosen = pairs if len(pairs) == 1 else [pair for pair in pairs if pair[0].release.kind == "pfs"]
    if len(chosen) != 1:
        several = " or ".join(f"'{left.release.kind} {left.release.name}'" for left, _ in pairs)
        raise UsageError(f"'{shown(before)}' is more than one release", f"Say {several}.")
    if unreadable:
        context.warn(unreadable)
    return chosen[0]


def _means_fee_schedule(text: str, others: list[_Named]) -> bool:
    """Whether RVU26B is meant as the fee schedule, whose zip gives its name to GPCI and others as well."""
    return _RVU_NAME.fullmatch(text.strip()) is not None and any(each.release.kind == "pfs" for each in others)


def _loaded(store: Store) -> tuple[list[_Named], str]:
    """The releases that can be read, of one that is also bundled in part the imported whole; and what cannot be."""
    found: dict[tuple[str, str], _Named] = {}
    unreadable = []
    for held in store.held:
        release = store.release(held.number)
        if release is None:
            unreadable.append(store.file_name(held.number))
        elif release[:2] not in found or not release.partial:
            found[release[:2]] = _Named(held.number, release)
    names = ", ".join(unreadable)
    return list(found.values()), f"{names} cannot be read: `cptref data verify` tells more." if names else ""


def _called(loaded: list[_Named], text: str) -> list[_Named]:
    """The releases that have a name: by itself, or with their kind as the store or as people call it."""
    wanted = " ".join(text.split()).lower()
    return [
        each
        for each in loaded
        if wanted
        in {name.lower() for name in (each.release.name, " ".join(each.release[:2]), release_name(each.release))}
    ]


def _not_loaded(text: str, loaded: list[_Named], kinds: set[str], unreadable: str) -> DataNotLoadedError:
    """The error for a name that no release has, with the names there are: of the other release's kind if it has one."""
    releases = sorted((each.release for each in loaded), key=lambda release: (release.kind, release.effective))
    names = [f"'{r.kind} {r.name}'" for r in releases if not kinds or r.kind in kinds]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    hint = f"There are {', '.join(names[:_MOST_NAMED])}{more}. {unreadable or LOAD}"
    return DataNotLoadedError(f"no release '{shown(text)}' is loaded", hint)


def _field(kind: str, name: str) -> str:
    """A field as it was typed."""
    known = (*compared(kind), *((HISTORY,) if LAYOUTS[kind].ends else ()))
    field = name.strip().lower().replace("-", "_").replace(" ", "_")
    if field not in known:
        raise UsageError(f"{KINDS[kind].title}: no field '{shown(name)}'", f"There are {', '.join(known)}.")
    return field


class _Asked:
    """The codes and ranges that were asked for, as typed in `texts`."""

    def __init__(self, kind: str, given: Sequence[str]) -> None:
        if given and not LAYOUTS[kind].codes:
            raise UsageError(f"the rows of {KINDS[kind].title} are not of codes", "Leave the codes out.")
        self.ranges: list[tuple[str, str]] = []
        self.codes: set[str] = set()
        self.modifiers: list[str] = []
        texts = []
        for text in given:
            ends = None if is_code(text.strip().upper()) else parse_range(text)
            if ends:
                self.ranges.append(ends)
                texts.append(text.strip().upper())
            else:
                code, modifiers = parse_code(text)
                self.codes.add(code)
                self.modifiers += modifiers
                texts.append(code)
        self.texts = tuple(dict.fromkeys(texts))

    def wanted(self, code: str) -> bool:
        """Whether a code was asked for."""
        return code in self.codes or any(first <= code <= last and _alike(code, first) for first, last in self.ranges)


def _alike(code: str, first: str) -> bool:
    """Whether a code is of the level of a range: 0440T is not in 04000-05000. One of a prefix has all levels."""
    return not is_code(first) or not is_code(code) or level(code) == level(first)


def _within_catalog(context: Context, old: _Named, new: _Named, asked: _Asked) -> Wanted:
    """Whether a code can be compared with a bundled release, which has the catalog's codes only."""
    bundled = old.release if old.release.partial else new.release
    if bundled.kind == "ptp":
        raise DataNotLoadedError(f"the bundled {release_name(bundled)} are without dates and in part", LOAD)
    described = {code for code, _ in context.store.codes_between("", "~")}
    outside = sorted(asked.codes - described)
    if outside and not asked.codes & described and not asked.ranges:
        raise DataNotLoadedError(f"the bundled {release_name(bundled)} is without {', '.join(outside)}", LOAD)
    left = f" Not among them: {', '.join(outside)}." if outside else ""
    context.warn(
        f"{release_name(bundled)} is bundled: only the catalog's {len(described):,} codes are compared.{left} {LOAD}"
    )
    if not asked.texts:
        return described.__contains__
    return lambda code: code in described and asked.wanted(code)


def _gathered(changes: list[Change], common: int) -> list[Change]:
    """The changes, with one that is the same in every row that both releases have told once, at the head."""
    values = Counter((each.field, each.old, each.new) for each in changes if each.action == "changed")
    everywhere = {value for value, count in values.items() if count == common > 1}
    told = [Change(EVERY_ROW, "", "changed", *value) for value in values if value in everywhere]
    return told + [each for each in changes if each.action != "changed" or each[3:] not in everywhere]
