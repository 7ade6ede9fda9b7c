"""The command line run for real: statuses, streams, forms, and input that is not as it should be."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import DAY, Run

MAIN = [("show", "31243"), ("search", "cryoablation"), ("conflicts", "43214")]


@pytest.mark.parametrize(
    "command",
    [
        *MAIN,
        ("modifiers", "31243"),
        ("modifiers",),
        ("explain", "mult-proc", "3"),
        ("list", "egd"),
        ("suggest", "EGD with biopsy, no dilation (K29.70)"),
    ],
)
@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "markdown"])
def test_every_command_in_every_form(run: Run, command: tuple[str, ...], form: str) -> None:
    done = run(*command, "--format", form)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert "Traceback" not in done.stderr
    assert done.stdout.isascii() or form == "table"
    if form == "json":
        answer = json.loads(done.stdout)
        assert list(answer) == ["schema", "command", "as_of", "data", "sources", "warnings"]
        assert answer["schema"] == "cptref/1"
        assert answer["command"] == command[0]
    if form == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in done.stdout.splitlines())
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(done.stdout)))
        assert rows
        assert all(None not in row and None not in row.values() for row in rows)


def test_json_is_short_for_format_json(run: Run) -> None:
    assert run("show", "31243", "--json").stdout == run("show", "31243", "--format", "json").stdout


@pytest.mark.parametrize(
    ("command", "status", "word"),
    [
        (("show", "31243"), 0, ""),
        (("show", "31243", "99999"), 1, "99999 is not in the catalog"),
        (("show", "99999"), 1, "824 codes"),
        (("search", "qqqqzzzz"), 1, "nothing found"),
        (("conflicts", "31243", "G0008", "--as-of", "2024-09-01"), 1, ""),
        (("conflicts", "31243", "G0008", "--as-of", "2026-09-01"), 3, ""),
        (("modifiers", "31243", "--as-of", "2019-01-01"), 3, "is loaded"),
        (("show", "nonsense"), 2, "not a procedure code"),
        (("show",), 2, "missing argument"),
        (("show", "31243", "--format", "xml"), 2, "'xml'"),
        (("show", "31243", "--as-of", "yesterday"), 2, "not a date"),
        (("conflicts", "31243", "--setting", "dme"), 2, "no PTP edits for the setting"),
        (("nosuch",), 2, "no such command"),
        (("suggest", "EGD with biopsy"), 0, ""),
        (("suggest", "no biopsy taken"), 1, ""),
        (("suggest", "Guten Morgen"), 1, "names no procedure and no diagnosis"),
        (("suggest", "nosuch.txt"), 2, "no file"),
        (("suggest", ""), 2, "empty"),
        (("suggest", "EGD", "--setting", "dme"), 2, "no setting 'dme'"),
        (("conflicts", "31243", "--as-of", "2019-01-01"), 3, "is loaded"),
        (("conflicts", "31243", "--all"), 3, "deleted ones are in CMS's files"),
    ],
)
def test_exit_statuses(run: Run, command: tuple[str, ...], status: int, word: str) -> None:
    done = run(*command)
    assert done.returncode == status
    assert word in done.stderr
    assert len(done.stderr.splitlines()) <= 2


def test_a_note_from_a_file_or_standard_input(run: Run, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    for data in (b"PROCEDURE: EGD\r\nwith biopsy", "PROCEDURE: EGD with biopsy".encode("utf-16")):
        note.write_bytes(data)
        assert " 43239 " in run("suggest", str(note)).stdout
    assert " 43239 " in run("suggest", "-", input="PROCEDURE: EGD with biopsy").stdout
    note.write_bytes(b"%PDF-1.7\n\xe2\xe3\xcf\xd3 biopsy")
    done = run("suggest", str(note))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("cptref: the note is no text")


def test_a_note_is_shown_literally(run: Run) -> None:
    done = run("suggest", "-", input="PROCEDURE: \x1b[31mEGD [red]with biopsy[/red] :smile:")
    assert "\x1b" not in done.stdout
    assert "[red]with biopsy" in done.stdout


def test_the_json_of_suggest_has_the_promised_keys(run: Run) -> None:
    text = "PROCEDURE: EGD with biopsy. DIAGNOSIS: Gastritis (K29.70). No dilation was done."
    data = json.loads(run("suggest", text, "--json").stdout)["data"]
    assert list(data) == ["procedures", "diagnoses", "passed_over", "check", "day"]
    [procedure] = data["procedures"]
    assert list(procedure) == ["text", "lines", "proposals", "included_in", "because"]
    assert list(procedure["proposals"][0]) == ["code", "title", "score", "words", "unsaid", "modifiers"]
    assert [list(each) for each in data["diagnoses"]] == [["code", "description", "status", "text", "line"]]
    assert [list(each) for each in data["passed_over"]] == [["text", "line", "status", "because"]]
    assert data["check"]["lines"][0]["code"] == "43239"


def test_errors_as_json(run: Run) -> None:
    for command in (("show", "99999", "--json"), ("show", "nonsense", "--format", "json"), ("show", "--json")):
        done = run(*command)
        error = json.loads(done.stdout)["error"]
        assert set(error) == {"code", "message", "hint"}
        assert error["message"]
        assert done.stderr == ""


def test_what_is_missing_among_others_is_in_the_warnings(run: Run) -> None:
    done = run("show", "31243", "99999", "--json")
    answer = json.loads(done.stdout)
    assert [page["code"] for page in answer["data"]] == ["31243"]
    assert any("99999" in warning for warning in answer["warnings"])


@pytest.mark.parametrize(
    "bad",
    [
        "",
        " ",
        "x" * 100_000,
        "\u0663\u0661\u0662\u0664\u0663",
        "312\x1b[31m43",
        "31243\n\n\x07",
        "--",
        "-5",
        "\N{PILE OF POO}",
    ],
)
@pytest.mark.parametrize("command", ["show", "conflicts", "modifiers"])
def test_a_bad_code_is_one_line_of_error(run: Run, command: str, bad: str) -> None:
    done = run(command, "--", bad)
    assert done.returncode in (1, 2)
    assert done.stderr.startswith("cptref: ")
    assert "\x1b" not in done.stderr
    assert "\x07" not in done.stderr
    assert max(len(line) for line in done.stderr.splitlines()) < 400


def test_codes_from_standard_input(run: Run) -> None:
    done = run("show", "-", "--json", input="\ufeff31243, 43214\n\n0441t-50\n")
    assert [page["code"] for page in json.loads(done.stdout)["data"]] == ["31243", "43214", "0441T"]
    assert run("show", "-").returncode == 2
    assert run("conflicts", "43214", "-", "--json", input="43200").returncode == 0


def test_standard_input_that_is_no_text() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cptref", "show", "-"], input=b"\xff\xfe\x00\x01" * 100, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"cptref: not a procedure code")


@pytest.mark.parametrize("command", MAIN)
def test_a_closed_pipe_is_quiet(command: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "cptref", *command], stdout=pipe, stderr=subprocess.PIPE, check=False
        )
    assert done.stderr == b""
    assert done.returncode == 1


@pytest.mark.parametrize("command", MAIN)
@pytest.mark.parametrize("columns", [0, 1, 20, 80, 120, 400])
def test_any_width(run: Run, command: tuple[str, ...], columns: int) -> None:
    done = run(*command, COLUMNS=str(columns))
    assert done.returncode == 0
    assert done.stderr == ""
    if columns >= 80:
        assert max(map(len, done.stdout.splitlines())) <= min(columns, 120)


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "C", "LC_ALL": "C"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
)
@pytest.mark.parametrize("command", MAIN)
def test_a_plain_locale(run: Run, command: tuple[str, ...], environment: dict[str, str]) -> None:
    done = run(*command, **environment)
    assert done.returncode == 0, done.stderr
    assert command[1] in done.stdout


def test_colour_is_for_terminals_only(run: Run) -> None:
    assert "\x1b" not in run("show", "31243").stdout
    assert "\x1b[" in run("show", "31243", FORCE_COLOR="1").stdout
    assert "\x1b[3" not in run("show", "31243", FORCE_COLOR="1", NO_COLOR="1").stdout


def test_the_status_reads_without_colour(run: Run) -> None:
    assert "Status A: Active" in run("show", "31243").stdout
    assert "Status C: Contractor-priced" in run("show", "0441T").stdout


def test_an_error_that_cannot_be_written_is_no_traceback() -> None:
    for command in (
        "show 99999 --json >/dev/full",
        "show 99999 2>/dev/full",
        "show 31243 >&-",
        "show - <&-",
        "show 99999 --json >&-",
    ):
        done = subprocess.run(
            ["bash", "-c", f"{sys.executable} -m cptref {command}"], capture_output=True, text=True, check=False
        )
        assert done.returncode in (0, 1, 2), command
        assert "Traceback" not in done.stderr
        assert "bug" not in done.stderr


def test_json_is_asked_for_by_options_only(run: Run) -> None:
    assert json.loads(run("show", "99999", "-fjson").stdout)["error"]
    assert len(run("show", "99999", "--format", "jsonl").stdout.splitlines()) == 1
    assert run("search", "--", "--json", "zzzzqq").stderr.startswith("cptref: nothing found")


def test_a_home_of_an_unknown_user_is_wrong_use(run: Run) -> None:
    done = run("show", "31243", CPTREF_HOME="~nosuchuser/x")
    assert done.returncode == 2
    assert done.stderr.startswith("cptref: CPTREF_HOME cannot be a folder")


def test_characters_that_the_output_cannot_take(run: Run) -> None:
    done = run("search", "cryo caf\N{LATIN SMALL LETTER E WITH ACUTE}", "--json", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["data"]["total"]


def test_the_header_of_csv_is_always_the_same(run: Run) -> None:
    headers = {run("show", code, "-f", "csv").stdout.splitlines()[0] for code in ("31243", "99292", "J0171", "71250")}
    assert len(headers) == 1
    assert run("conflicts", "31243", "G0008", "-f", "csv").stdout.startswith("kind,column_one,column_two,")
    rows = list(csv.DictReader(io.StringIO(run("show", "71250", "-f", "csv", "--as-of", DAY).stdout)))
    assert [(row["modifier"], row["nonfacility_total"]) for row in rows] == [
        ("", "3.97"),
        ("26", "1.48"),
        ("TC", "2.49"),
    ]


def test_hints_name_commands_that_exist(run: Run) -> None:
    for command in (
        ("show", "43219"),
        ("search", "qqqqzzzz"),
        ("conflicts", "31243", "--as-of", "2019-01-01"),
        ("list", "nosuch"),
    ):
        for named in re.findall(r"`cptref ([a-z ]+)", run(*command).stderr):
            assert run(*named.split(), "--help").returncode == 0, named


def test_version_and_help(run: Run) -> None:
    from cptref import __version__

    assert run("--version").stdout == f"cptref {__version__}\n"
    for words in ((), ("--help",), ("show", "--help"), ("show", "-h")):
        assert "Usage" in run(*words).stdout
    assert run().returncode == 2


def test_completion_has_titles(run: Run) -> None:
    done = run(_CPTREF_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="cptref show 3124")
    assert done.returncode == 0
    assert '"31243":"Freezing (cryoablation) of the posterior nasal nerve under a' in done.stdout
    done = run(_CPTREF_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="cptref show 0441t")
    assert '"0441t":"Needle cryoablation' in done.stdout


def test_conflicts_with_is_a_pair(run: Run) -> None:
    done = run("conflicts", "43214", "--with", "43200")
    assert "Billing 43200 with 43214: 43200 is denied, no modifier helps." in done.stdout.replace("\n", " ")


def test_long_lists_stop_with_a_count(run: Run) -> None:
    short, whole = run("conflicts", "43214", "--limit", "3").stdout, run("conflicts", "43214", "--limit", "0").stdout
    assert "--limit 0 shows a row for each" in short
    assert "Also" not in whole
    assert len(whole.splitlines()) > 329
    assert "The best 20 of" in run("search", "cryoablation").stdout


def test_the_json_of_show_has_the_promised_keys(run: Run) -> None:
    page = json.loads(run("show", "43214", "--json", "--as-of", DAY).stdout)["data"][0]
    promised = {
        "code", "level", "title", "description", "indications", "procedure", "aftercare", "descriptors", "payment",
        "rvu", "mue", "add_on", "modifiers", "conflicts", "related", "history",
    }  # fmt: skip
    assert promised <= set(page)
    assert set(page["descriptors"]) == {"short", "medium", "long"}
    assert set(page["payment"]) <= {
        "status", "global_days", "pctc", "mult_proc", "bilat_surg", "asst_surg", "co_surg", "team_surg", "endo_base",
        "supervision", "imaging_family", "opps_status", "apc", "asc_payment", "rbcs",
    }  # fmt: skip
    assert all(set(item) == {"value", "meaning"} for item in page["payment"].values())
    assert {
        "modifier", "status", "work", "nonfacility_pe", "facility_pe", "mp", "nonfacility_total", "facility_total",
        "nonfacility_na", "facility_na", "conversion_factor", "nonfacility_amount", "facility_amount",
    } <= set(page["rvu"][0])  # fmt: skip
    assert page["rvu"][0]["work"] == "3.32"
    assert page["rvu"][0]["nonfacility_na"] is True
    assert set(page["mue"][0]) == {"setting", "value", "mai", "rationale"}
    assert set(page["modifiers"][0]) == {"modifier", "allowed", "reason"}
    assert {"column_one": 255, "column_two": 74, "guideline": 5}.items() <= page["conflicts"].items()
    assert set(page["history"][0]) == {"date", "action", "note"}


def test_the_json_of_search_and_conflicts_has_the_promised_keys(run: Run) -> None:
    hits = json.loads(run("search", "cryoablation", "--json", "--limit", "2").stdout)["data"]
    assert set(hits) == {"query", "total", "hits"}
    assert len(hits["hits"]) == 2
    assert set(hits["hits"][0]) == {"code", "title", "score", "matched"}
    found = json.loads(run("conflicts", "43214", "--json").stdout)
    assert {"codes", "setting", "edits"} <= set(found["data"])
    assert set(found["data"]["edits"][0]) == {
        "kind", "column_one", "column_two", "modifier_indicator", "effective", "deleted", "rationale", "denied",
        "bypass",
    }  # fmt: skip
    assert set(found["sources"][0]) == {"kind", "release", "effective", "sha256"}
