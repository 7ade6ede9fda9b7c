"""What Medicare pays: a line with its steps, several lines, a fee schedule, localities, releases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from cptref.model.answer import Answer
from cptref.model.price import PricedLine
from cptref.model.price_tables import CodePrices, LocalityPrice, PricedRequest, ReleasePrice, ScheduleRow
from cptref.render.document import Document, Drawing, Grid, Heading, Items, Paragraph, Section
from cptref.render.foot import foot

_SETTINGS = {"facility": "facility", "nonfacility": "non-facility"}
_STEPS = {
    "work": "Work", "practice_expense": "Practice expense", "malpractice": "Malpractice", "sum": "Sum",
    "conversion_factor": "Conversion factor", "opps_cap": "OPPS cap", "rounding": "Rounding",
    "nonparticipating": "Non-participating", "limiting_charge": "Limiting charge",
}  # fmt: skip


def document(answer: Answer[Any], limit: int = 20) -> Document:
    """The prices of any of the ways that `price` is asked; `limit` is for long tables (0: all)."""
    made: dict[str, Callable[[Any, int], Document]] = {
        "price": lambda data, _: _lines(data, answer),
        "price all": _schedule,
        "price file": _requests,
        "price by-locality": _localities,
        "price history": _releases,
    }
    return made[answer.command](answer.data, limit) + foot(answer)


def _lines(lines: list[PricedLine], answer: Answer[Any]) -> Document:
    titles: Any = answer.beside["titles"]
    both = len(lines) == 2 and lines[0]._replace(setting="")[:5] == lines[1]._replace(setting="")[:5]
    if both and "total" not in answer.beside:
        return _both(lines, titles)
    if len(lines) == 1:
        return [*_heading(lines[0], titles), *_steps(lines[0]), *_allowed(lines)]
    blocks: Document = []
    for line in lines:
        blocks += [*_heading(line, titles), *_steps(line)]
    total = answer.beside.get("total")
    said = f"Total: {total:,.2f}" if isinstance(total, Decimal) else "No total: a line has no amount."
    rows = tuple((_named(line), _SETTINGS[line.setting], str(line.units), _money(line.amount)) for line in lines)
    grid = Grid(("Line", "Setting", "Units", "Amount $"), rows, frozenset({2, 3}), frozenset({0, 1, 2, 3}))
    return [*blocks, Section("Claim"), grid, Paragraph(said, "good" if total is not None else "warning")]


def _both(lines: Sequence[PricedLine], titles: dict[str, str]) -> Document:
    if not any(line.amount is not None for line in lines) and lines[0].reason == lines[1].reason:
        return [
            Heading(_named(lines[0]), titles.get(lines[0].code, ""), f"{_said(lines[0])} ({_place(lines[0])})", "bad")
        ]
    blocks: Document = [Heading(_named(lines[0]), titles.get(lines[0].code, ""), _place(lines[0])), *_allowed(lines)]
    for line in lines:
        blocks += [Section(f"{_SETTINGS[line.setting].capitalize()}: {_said(line)}"), *_steps(line)]
    return blocks


def _allowed(lines: Sequence[PricedLine]) -> Document:
    """What a participating and a non-participating practitioner is allowed, and may charge."""
    rows = tuple(
        (_SETTINGS[line.setting], *map(_money, (line.participating, line.nonparticipating, line.limiting_charge)))
        for line in lines
        if line.amount is not None
    )
    columns = ("Setting", "Participating $", "Non-participating $", "Limiting charge $")
    return [Grid(columns, rows, frozenset({1, 2, 3}), frozenset(range(4)))] if rows else []


def _heading(line: PricedLine, titles: dict[str, str]) -> Document:
    tone = "good" if line.amount is not None else "bad"
    badge = f"{_said(line)} ({_place(line)}, {_SETTINGS[line.setting]})"
    return [Heading(_named(line), titles.get(line.code, ""), badge, tone)]


def _steps(line: PricedLine) -> Document:
    rows = tuple(
        (
            _STEPS.get(step.step, step.step.replace("_", " ").capitalize()),
            step.detail,
            "" if step.amount is None else f"{step.amount:.4f}".rstrip("0").rstrip("."),
        )
        for step in line.steps
    )
    grid: Document = [Grid(("Step", "How", "$"), rows, frozenset({2}), frozenset({2}))] if rows else []
    return grid + [Paragraph(f"Note: {warning}.", "warning") for warning in line.warnings]


def _said(line: PricedLine) -> str:
    return f"{line.amount:,.2f}" if line.amount is not None else f"no amount: {line.reason}"


def _named(line: PricedLine) -> str:
    return "-".join((line.code, *line.modifiers))


def _place(line: PricedLine) -> str:
    units = f", {line.units} units" if line.units > 1 else ""
    return (f"locality {line.mac}-{line.locality}" if line.mac else "national") + units


def _schedule(rows: list[ScheduleRow], limit: int) -> Document:
    shown = rows[:limit] if limit else rows
    cells = tuple(
        (
            row.code,
            row.modifier,
            row.status,
            _money(row.nonfacility_amount),
            _money(row.facility_amount),
            _money(row.nonfacility_limiting_charge),
            _money(row.facility_limiting_charge),
        )
        for row in shown
    )
    columns = ("Code", "Mod", "Status", "Non-fac. $", "Facility $", "Limiting, non-fac.", "Limiting, fac.")
    where = f"locality {rows[0].mac}-{rows[0].locality}" if rows and rows[0].mac else "national"
    blocks: Document = [
        Section(f"Fee schedule, {where}: {len(rows):,} codes and modifiers"),
        Grid(columns, cells, frozenset({3, 4, 5, 6}), frozenset({0, 1, 2, 3, 4})),
    ]
    return blocks + _more(len(shown), len(rows))


def _requests(found: list[PricedRequest], limit: int) -> Document:
    differing = [each for each in found if each.difference]
    failed = [each for each in found if each.amount is None]
    blocks: Document = [Paragraph(f"{len(found):,} lines, {len(found) - len(failed):,} priced.")]
    if any(each.expected is not None for each in found):
        expected = sum((each.expected for each in found if each.difference is not None and each.expected), Decimal(0))
        amount = sum((each.amount for each in found if each.difference is not None and each.amount), Decimal(0))
        blocks.append(
            Paragraph(
                f"{len(differing):,} differ from what was expected: {expected:,.2f} expected, {amount:,.2f} by the fee "
                f"schedule, {expected - amount:+,.2f}."
            )
        )
    shown = found[:limit] if limit else found
    rows = tuple(
        (
            str(each.line),
            "-".join((each.code, *each.modifiers)),
            f"{each.mac}-{each.locality}" if each.mac else "national",
            _SETTINGS.get(each.setting, ""),
            _money(each.amount),
            "" if each.difference is None else f"{each.difference:+,.2f}",
        )
        for each in shown
        if each.amount is not None
    )
    columns = ("Line", "Code", "Locality", "Setting", "Amount $", "Difference $")
    blocks.append(Grid(columns, rows, frozenset({0, 4, 5}), frozenset(range(6))))
    blocks += _more(len(shown), len(found))
    if failed:
        reasons = [f"line {each.line}, {each.code or 'no code'}: {each.reason}" for each in failed[: limit or None]]
        blocks += [Section(f"Not priced: {len(failed):,}"), Items(tuple(reasons)), *_more(len(reasons), len(failed))]
    return blocks


def _localities(found: CodePrices, limit: int) -> Document:
    prices = [each for each in found.prices if isinstance(each, LocalityPrice)]
    half = (limit + 1) // 2
    shown = prices if not limit or len(prices) <= limit else [*prices[:half], *prices[-(limit - half) :]]
    rows = tuple(
        (f"{e.mac}-{e.locality}", e.name.title(), e.state, _money(e.nonfacility_amount), _money(e.facility_amount))
        for e in shown
    )
    columns = ("Locality", "Name", "State", "Non-facility $", "Facility $")
    blocks: Document = [
        Heading("-".join((found.code, *found.modifiers)), found.title),
        Section(f"{len(prices)} localities, the highest first"),
        Grid(columns, rows, frozenset({3, 4}), frozenset({0, 2, 3, 4})),
    ]
    if len(shown) < len(prices):
        blocks.append(Paragraph(f"The highest {half} and the lowest {len(shown) - half}: --limit 0 shows all.", "dim"))
    return blocks


def _releases(found: CodePrices, limit: int) -> Document:
    prices = [each for each in found.prices if isinstance(each, ReleasePrice)]
    rows = tuple((e.release, str(e.effective), _money(e.nonfacility_amount), _money(e.facility_amount)) for e in prices)
    columns = ("Release", "From", "Non-facility $", "Facility $")
    blocks: Document = [
        Heading("-".join((found.code, *found.modifiers)), found.title),
        Section("National amounts"),
        Grid(columns, rows, frozenset({2, 3}), frozenset(range(4))),
    ]
    series = {
        name: [(e.effective, amount) for e in prices if (amount := getattr(e, field)) is not None]
        for name, field in (("non-facility", "nonfacility_amount"), ("facility", "facility_amount"))
    }
    if all(len(points) > 1 for points in series.values()):
        blocks.append(Drawing("US dollars", series))
    return blocks


def _more(shown: int, total: int) -> Document:
    return [Paragraph(f"The first {shown:,} of {total:,}: --limit 0 shows all.", "dim")] if shown < total else []


def _money(amount: Decimal | None) -> str:
    return "-" if amount is None else f"{amount:,.2f}"
