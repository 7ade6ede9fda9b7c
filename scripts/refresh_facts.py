"""Write data/facts.toml and data/ptp_edits.toml anew from CMS files. A maintainer runs it each quarter.

    python scripts/refresh_facts.py PATH...

Each PATH is a file, a folder or a zip as downloaded from cms.gov: the PFS relative value files (the newest, and that
of its year which has the GPCI), the MUE tables of the three settings, the add-on code edits, the PTP edits of both
settings (all four parts), the OPPS addenda A and B, the RBCS. Files are recognised by their content; others are passed
over and named. All of these kinds must be there: what is written names one release for each. The codes and their order
are those of data/codes.toml, which is not touched. CONTRIBUTING.md has the addresses and the whole procedure.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import tomli

from cptref.errors import CptrefError, SourceError
from cptref.importing import Reading
from cptref.model.rows import AddOnRow, GpciRow, MueRow, OppsRow, PfsRow, PtpRow, RbcsRow, Release
from cptref.planning import Job, plan
from cptref.sources.files import find_files

DATA = Path(__file__).parent.parent / "data"
# All edits of these codes are bundled, not only those with other codes of the catalog.
COMPLETE = ("0440T", "0441T", "0442T", "31243", "31297", "43214")
NEEDED = (
    ("pfs", ""), ("gpci", ""), ("add_on", ""), ("opps", ""), ("rbcs", ""), ("ptp", "practitioner"), ("ptp", "hospital"),
    ("mue", "practitioner"), ("mue", "hospital"), ("mue", "dme"),
)  # fmt: skip
HEADER = "# Written by scripts/refresh_facts.py from CMS files. Do not edit by hand.\n"


class Facts:
    """What the files say of the catalog's codes."""

    def __init__(self, codes: list[str]) -> None:
        self.codes = codes
        self.known = set(codes)
        self.releases: dict[tuple[str, str], Release] = {}
        self.pfs: dict[str, list[PfsRow]] = defaultdict(list)
        self.gpci: list[GpciRow] = []
        self.mue: dict[str, list[MueRow]] = defaultdict(list)
        self.add_on: list[AddOnRow] = []
        self.opps: dict[str, OppsRow] = {}
        self.rbcs: dict[str, RbcsRow] = {}
        self.ptp: dict[str, list[PtpRow]] = defaultdict(list)


def main() -> int:
    """Read the files named on the command line and write the two catalog files, both or neither."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    arguments = parser.parse_args()
    facts = Facts(list(tomli.loads((DATA / "codes.toml").read_text(encoding="utf-8"))["codes"]))
    try:
        jobs, passed = plan([ref for path in arguments.paths for ref in find_files(path)])
        for other in passed:
            print(f"{other.outcome}: {other.file}: {other.reason}")
        for job in newest_fee_schedule(jobs):
            read(job, facts)
        missing = [" ".join(key).strip() for key in NEEDED if key not in facts.releases]
        if missing:
            raise SourceError(f"no release of: {', '.join(missing)}")
        texts = {"facts.toml": facts_text(facts), "ptp_edits.toml": ptp_text(facts)}
    except CptrefError as error:
        print(f"refresh_facts: {error.message}; nothing is written", error.hint, file=sys.stderr)
        return 2
    for name, text in texts.items():
        (DATA / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"wrote: {name}, {len(text) // 1024} KB")
    return 0


def newest_fee_schedule(jobs: list[Job]) -> list[Job]:
    """The jobs without older fee schedules: GPCI comes with one, and is left out of the later ones of its year."""
    wanted = [job for job in jobs if (job.release.kind, job.release.setting) in NEEDED]
    newest = max((job.release.effective for job in wanted if job.release.kind == "pfs"), default=date.min)
    return [job for job in wanted if job.release.kind != "pfs" or job.release.effective == newest]


def read(job: Job, facts: Facts) -> None:
    """Read a release and keep what it says of the catalog's codes."""
    key = (job.release.kind, job.release.setting)
    if key in facts.releases:
        raise SourceError(f"two releases of {' '.join(key)}: {facts.releases[key].name} and {job.release.name}")
    reading = Reading(job)
    for row in reading.read():
        if isinstance(row, PfsRow):
            facts.pfs[row.code].append(row)
        elif isinstance(row, GpciRow):
            facts.gpci.append(row)
        elif isinstance(row, MueRow):
            facts.mue[row.code].append(row)
        elif isinstance(row, AddOnRow):
            if (row.add_on in facts.known or row.primary in facts.known) and row.deleted != row.effective:
                facts.add_on.append(row)
        elif isinstance(row, PtpRow):
            if bundled(row, facts.known) and in_force(row, job.release):
                facts.ptp[row.setting].append(row)
        elif isinstance(row, OppsRow):
            facts.opps[row.code] = row
        else:
            facts.rbcs[row.code] = row
    facts.releases[key] = reading.release()._replace(file=job.files[0].name)
    for reject in reading.rejected:
        print(f"{job.files[0].name}:{reject.line}: {reject.reason}", file=sys.stderr)
    print(f"read: {job.release.kind} {job.release.name}, {reading.rows:,} rows")


def bundled(row: PtpRow, known: set[str]) -> bool:
    """Whether an edit goes into the catalog: both codes are in it, or one is bundled completely."""
    one, two = row.column_one, row.column_two
    return (one in known and two in known) or one in COMPLETE or two in COMPLETE


def in_force(row: PtpRow, release: Release) -> bool:
    """Whether an edit was in force through the release's quarter; indicator 9 never was."""
    return (
        row.modifier_indicator != "9"
        and (row.effective is None or row.effective <= release.effective)
        and (row.deleted is None or row.deleted >= release.ends)
    )


def toml(value: object) -> str:
    """A value as TOML; JSON's strings are TOML's as well."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    return json.dumps(value)


def filled(row: PfsRow | MueRow | OppsRow | RbcsRow, *without: str) -> dict[str, object]:
    """The fields of a row that say something: zero amounts and blanks are the schema's defaults."""
    optional = {"preoperative", "intraoperative", "postoperative"} | {f for f in row._fields if f.startswith("opps_")}
    return {
        field: value
        for field, value in row._asdict().items()
        if field not in without and value not in ("", None) and not (field in optional and value == "0.00")
    }


def release_text(releases: Iterable[Release]) -> Iterator[str]:
    """The `[[releases]]` tables."""
    for release in releases:
        yield "\n[[releases]]"
        for field in ("kind", "name", "setting", "effective", "ends", "sha256", "file"):
            yield f"{field} = {toml(getattr(release, field))}"


def facts_text(facts: Facts) -> str:
    """The text of facts.toml."""
    factors = {row.conversion_factor for rows in facts.pfs.values() for row in rows}
    if len(factors) != 1:
        raise SourceError(f"the PFS file has {len(factors)} conversion factors")
    lines = [HEADER, f"conversion_factor = {toml(factors.pop())}"]
    lines += release_text(release for (kind, _), release in sorted(facts.releases.items()) if kind != "ptp")
    for code in facts.codes:
        lines.append(f"\n[codes.{code}]")
        if code in facts.pfs:
            pfs = [f"  {toml(filled(row, 'code', 'conversion_factor'))}," for row in facts.pfs[code]]
            lines += ["pfs = [", *pfs, "]"]
        lines += [f"mue.{row.setting} = {toml(filled(row, 'code', 'setting'))}" for row in facts.mue.get(code, [])]
        if code in facts.opps:
            lines.append(f"opps = {toml(filled(facts.opps[code], 'code'))}")
        if code in facts.rbcs:
            lines.append(f"rbcs = {toml(filled(facts.rbcs[code], 'code'))}")
    lines += ["\n[gpci]", *(f"{r.mac}-{r.locality} = {toml(' | '.join(r[2:]))}" for r in sorted(facts.gpci))]
    lines.append("\n[add_on]")
    groups: dict[str, dict[tuple[object, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in facts.add_on:
        groups[row.add_on][row.type, row.effective, row.deleted, row.note].append(row.primary)
    for code, by_dates in sorted(groups.items()):
        tables = []
        for (kind, effective, deleted, note), primaries in sorted(by_dates.items(), key=str):
            fields: dict[str, object] = {"type": kind, "effective": effective, "deleted": deleted, "note": note}
            fields["primaries"] = " ".join(sorted(primaries))
            tables.append(f"  {toml({key: value for key, value in fields.items() if value})},")
        lines += [f"{code} = [", *tables, "]"]
    return "\n".join(lines) + "\n"


def ptp_text(facts: Facts) -> str:
    """The text of ptp_edits.toml: column one, then column-two codes by indicator and rationale."""
    sets = {setting: {row[1:4] + row[6:] for row in found} for setting, found in facts.ptp.items()}
    both = sets["practitioner"] & sets["hospital"]
    rationales = sorted({edit[3] for edits in sets.values() for edit in edits})
    letters = {text: chr(ord("a") + number) for number, text in enumerate(rationales)}
    lines = [
        HEADER + "# A key is the modifier indicator and the letter of a rationale; its codes are column two.\n",
        f"complete = {toml(' '.join(COMPLETE))}",
        *release_text(release for (kind, _), release in sorted(facts.releases.items()) if kind == "ptp"),
        "\n[rationales]",
        *(f"{letter} = {toml(text)}" for text, letter in letters.items()),
    ]
    named = {"both": both, "practitioner": sets["practitioner"] - both, "hospital": sets["hospital"] - both}
    for group, edits in named.items():
        by_code: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for one, two, indicator, rationale in edits:
            by_code[one][indicator + letters[rationale]].append(two)
        for one, by_key in sorted(by_code.items()):
            lines.append(f"\n[{group}.{one}]")
            lines += [f"{key} = {toml(' '.join(sorted(codes)))}" for key, codes in sorted(by_key.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
