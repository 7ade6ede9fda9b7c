"""Fetching releases from a server on loopback: what is downloaded and imported, and everything that may go wrong."""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import fixtures as made
import pytest
from conftest import ROOT, Run

from cptref.data import Data
from cptref.errors import FetchError, NotFoundError, SourceError, StoreError, UsageError
from cptref.fetching import addresses
from cptref.fetching.download import Limits, Server
from cptref.model.answer import Answer
from cptref.model.store import FetchedRelease
from cptref.sources.files import SourceFile
from cptref.sources.naming import Quarter

TABLE = addresses.read(ROOT / "data" / "addresses.toml")
LIMITS = Limits(connect=2, read=0.3, tries=3, pause=0.001, size=2_000_000)
PFS_PAGE = "/medicare/payment/fee-schedules/physician/pfs-relative-value-files/rvu26c"
PTP_LINK = "/license/ama?file=/files/zip/medicare-ncci-2024q3-practitioner-ptp-edits-ccipra-v302r0-f{}.zip"
PTP_PAGE = TABLE.series[1].pages[0]
DATE = "Tue, 30 Jun 2026 12:00:00 GMT"


def zipped(*files: SourceFile) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(file.name, file.data)
    return data.getvalue()


RVU = zipped(made.PFS, SourceFile("RVU26C.pdf", b"%PDF-1.7 a layout document"))
# Long enough to come in pieces, and not to be packed.
LONG = b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(20_000))
LONG_ZIP = zipped(SourceFile("long.bin", LONG))
# Its directory says 4 GB for each of three files.
BOMB = re.sub(rb"(?<=PK\x01\x02.{20}).{4}", b"\xfe\xff\xff\xff", zipped(made.PFS, made.MUE, made.PTP), flags=re.DOTALL)


class Remote:
    """A server with files, by path, and with faults that are let loose once each; it keeps what it was asked."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.tags: dict[str, str] = {}
        self.faults: list[Callable[[BaseHTTPRequestHandler, bytes], None]] = []
        self.asked: list[tuple[str, str | None]] = []
        self.ranges = True
        self.dated = True
        remote = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                remote.answer(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        class Quiet(ThreadingHTTPServer):
            def handle_error(self, request: object, client_address: object) -> None:
                pass  # the other end has hung up, as it should

        self.server = Quiet(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append((handler.path, handler.headers["Range"]))
        data = self.files.get(handler.path)
        if data is None:
            reply(handler, 404, b"<html>no such page</html>")
            return
        if self.faults and handler.path.endswith((".zip", "moved")):
            self.faults.pop(0)(handler, data)
            return
        tag = self.tags.get(handler.path, f'"{hashlib.sha256(data).hexdigest()[:8]}"')
        headers = {"ETag": tag, "Last-Modified": DATE} if self.dated else {}
        if handler.headers["If-Modified-Since"] == DATE and self.dated:
            reply(handler, 304, b"", headers)
            return
        asked = re.fullmatch(r"bytes=(\d+)-", handler.headers["Range"] or "")
        if asked and self.ranges and handler.headers["If-Range"] in (tag, DATE):
            start = int(asked[1])
            headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
            reply(handler, 206, data[start:], headers)
            return
        reply(handler, 200, data, headers)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path.startswith("/files/zip/")]


def reply(handler: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def cut_off(handler: BaseHTTPRequestHandler, data: bytes) -> None:
    """Half of the file, and the connection ends."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(data)))
    handler.send_header("ETag", f'"{hashlib.sha256(data).hexdigest()[:8]}"')
    handler.end_headers()
    handler.wfile.write(data[: len(data) // 2])
    handler.wfile.flush()
    handler.close_connection = True


def slow(handler: BaseHTTPRequestHandler, data: bytes) -> None:
    time.sleep(LIMITS.read * 2)
    handler.close_connection = True


def status(code: int, **headers: str) -> Callable[[BaseHTTPRequestHandler, bytes], None]:
    return lambda handler, data: reply(handler, code, b"", headers)


@pytest.fixture
def remote() -> Iterator[Remote]:
    remote = Remote()
    thread = threading.Thread(target=remote.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield remote
    remote.server.shutdown()
    remote.server.server_close()
    thread.join()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Data:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("cptref.data._today", lambda: date(2026, 8, 1))
    data = Data(tmp_path / "home")
    data.accept_licence()
    return data


def fetched(store: Data, remote: Remote, *names: str) -> Answer[list[FetchedRelease]]:
    return store.fetch(names, remote.base, limits=LIMITS)


def server(remote: Remote, tries: int = LIMITS.tries) -> Server:
    return Server(remote.base, LIMITS._replace(tries=tries))


def ignore(done: int, total: int, name: str) -> None:
    """Progress that nobody looks at."""


def test_a_release_is_downloaded_imported_and_the_download_removed(store: Data, remote: Remote) -> None:
    remote.files["/files/zip/rvu26c-updated-06-30-2026.zip"] = RVU
    seen: list[tuple[int, int, str]] = []
    [release] = store.fetch(["RVU26C"], remote.base, progress=lambda *step: seen.append(step), limits=LIMITS)
    assert (release.kind, release.release, release.outcome, release.rows) == ("pfs", "RVU26C", "imported", 3)
    [file] = release.files
    assert file.url == f"{remote.base}/files/zip/rvu26c-updated-06-30-2026.zip"
    assert (file.bytes, file.sha256) == (len(RVU), hashlib.sha256(RVU).hexdigest())
    assert [found.release for found in store.releases()] == ["RVU26C"]
    assert not (store.folder.parent / "downloads").exists()
    assert (len(RVU), len(RVU), "rvu26c-updated-06-30-2026.zip") in seen
    assert seen[-1] == (1, 1, "pfs RVU26C imported")


def test_the_page_of_a_release_tells_its_newest_issue(store: Data, remote: Remote) -> None:
    remote.files[PFS_PAGE] = b"""
        <a href="/files/zip/rvu26c.zip">first</a> <a href="/files/zip/rvu26d.zip">another</a>
        <a href="/license/ama?file=/files/zip//rvu26c-updated-07-15-2026.zip">corrected</a>"""
    remote.files["/files/zip/rvu26c-updated-07-15-2026.zip"] = RVU
    [release] = fetched(store, remote, "RVU26C")
    assert (release.outcome, remote.paths()) == ("imported", ["/files/zip/rvu26c-updated-07-15-2026.zip"])


def test_the_four_parts_of_the_edits_are_one_release(store: Data, remote: Remote) -> None:
    remote.files[PTP_PAGE] = "".join(f'<a href="{PTP_LINK.format(part)}">' for part in (1, 2, 3, 4)).encode()
    for part, file in enumerate((made.PTP, *made.PTP_REST), start=1):
        name = f"medicare-ncci-2024q3-practitioner-ptp-edits-ccipra-v302r0-f{part}.zip"
        remote.files[f"/files/zip/{name}"] = zipped(file)
    [release] = fetched(store, remote, "ptp", "2024Q3", "practitioner")
    assert (release.release, release.outcome, len(release.files)) == ("2024Q3 practitioner", "imported", 4)
    assert len(remote.asked) == 5


def test_a_part_that_is_not_there_leaves_the_release_out(store: Data, remote: Remote) -> None:
    for part in (1, 2, 4):
        name = f"medicare-ncci-2026q2-hospital-ptp-edits-ccioph-v321r0-f{part}.zip"
        remote.files[f"/files/zip/{name}"] = zipped(made.PTP)
    [release] = fetched(store, remote, "ptp 2026Q2 hospital")
    assert (release.outcome, release.reason) == ("not found", "127.0.0.1 has no 2026Q2 hospital")


def test_the_newest_goes_back_to_the_quarter_that_is_there(store: Data, remote: Remote) -> None:
    remote.files["/files/zip/medicare-ncci-2026-q2-practitioner-services-mue-table.zip"] = zipped(made.MUE)
    [practitioner, hospital, dme] = fetched(store, remote, "mue")
    assert (practitioner.release, practitioner.outcome) == ("2026Q2 practitioner", "imported")
    assert (hospital.outcome, dme.outcome) == ("not found", "not found")
    assert hospital.reason == "127.0.0.1 has no 2026Q3 hospital, 2026Q2 hospital, 2026Q1 hospital, 2025Q4 hospital"
    assert hospital.page.startswith("https://www.cms.gov/medicare/coding-billing/")


def test_what_the_importer_passes_over_or_refuses_is_kept(store: Data, remote: Remote) -> None:
    remote.files["/files/zip/rvu26c.zip"] = zipped(SourceFile("readme.pdf", b"%PDF-1.7"))
    remote.files["/files/zip/rvu26b.zip"] = zipped(SourceFile(made.PFS.name, made.PFS.data.replace(b"BILAT,", b"X,")))
    passed, refused = fetched(store, remote, "RVU26C", "RVU26B")
    assert (passed.outcome, passed.reason) == ("passed over", "not a kind of file that cptref reads")
    assert (refused.outcome, refused.reason) == ("refused", "PPRRVU2026_Jul_nonQPP.csv: no column 'BILAT SURG'")
    downloads = store.folder.parent / "downloads"
    assert sorted(path.name for path in downloads.iterdir()) == ["rvu26b.zip", "rvu26c.zip"]
    assert refused.imported[0].outcome == "refused"


def test_with_a_folder_nothing_is_imported(store: Data, remote: Remote, tmp_path: Path) -> None:
    remote.files["/mirror/files/zip/rvu26c.zip"] = RVU
    [release] = store.fetch(["pfs"], f"{remote.base}/mirror/", tmp_path / "here", limits=LIMITS)
    assert release.outcome == "downloaded"
    assert [path.name for path in (tmp_path / "here").iterdir()] == ["rvu26c.zip"]
    assert (tmp_path / "here" / "rvu26c.zip").read_bytes() == RVU
    assert not list(store.releases())
    # What is there and has not changed does not come again.
    remote.ranges = False
    [again] = store.fetch(["pfs"], f"{remote.base}/mirror", tmp_path / "here", limits=LIMITS)
    assert again.files == release.files
    (tmp_path / "here" / "rvu26c.zip").write_bytes(RVU[:-10])
    [mended] = store.fetch(["pfs"], f"{remote.base}/mirror", tmp_path / "here", limits=LIMITS)
    assert mended.files == release.files


@pytest.mark.parametrize("ranges", [True, False])
def test_a_download_that_is_cut_off_goes_on_where_it_was(remote: Remote, tmp_path: Path, ranges: bool) -> None:
    remote.files["/long.zip"] = LONG_ZIP
    remote.ranges = ranges
    remote.faults = [cut_off]
    steps: list[int] = []
    file = server(remote).save("/long.zip", tmp_path / "long.zip", lambda done, *_: steps.append(done))
    assert file.sha256 == hashlib.sha256(LONG_ZIP).hexdigest()
    assert [path.name for path in tmp_path.iterdir()] == ["long.zip"]
    assert remote.asked[1][1] == f"bytes={len(LONG_ZIP) // 2}-"
    assert (steps == sorted(steps)) is ranges  # without ranges it begins again
    assert len(remote.asked) == 2


def test_what_a_run_has_left_the_next_goes_on_with(remote: Remote, tmp_path: Path) -> None:
    remote.files["/long.zip"] = LONG_ZIP
    remote.faults = [cut_off]
    with pytest.raises(FetchError, match="cut off after"):
        server(remote, tries=1).save("/long.zip", tmp_path / "long.zip", ignore)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["long.zip.part", "long.zip.part.from"]
    server(remote).save("/long.zip", tmp_path / "long.zip", ignore)
    assert remote.asked[1][1] == f"bytes={len(LONG_ZIP) // 2}-"
    assert (tmp_path / "long.zip").read_bytes() == LONG_ZIP


def test_a_file_that_has_changed_meanwhile_is_begun_again(remote: Remote, tmp_path: Path) -> None:
    remote.files["/long.zip"] = LONG_ZIP
    remote.faults = [cut_off]
    with pytest.raises(FetchError):
        server(remote, tries=1).save("/long.zip", tmp_path / "long.zip", ignore)
    remote.files["/long.zip"] = changed = zipped(SourceFile("long.bin", LONG[::-1]))
    server(remote).save("/long.zip", tmp_path / "long.zip", ignore)
    assert (tmp_path / "long.zip").read_bytes() == changed


@pytest.mark.parametrize("left", ['http://elsewhere/long.zip\n"x"\n', "", "\xff", "{url}\n\n"])
def test_a_rest_of_unknown_origin_is_not_gone_on_with(remote: Remote, tmp_path: Path, left: str) -> None:
    remote.files["/long.zip"] = LONG_ZIP
    (tmp_path / "long.zip.part").write_bytes(b"something else")
    (tmp_path / "long.zip.part.from").write_text(left.format(url=f"{remote.base}/long.zip"), encoding="latin-1")
    server(remote).save("/long.zip", tmp_path / "long.zip", ignore)
    assert remote.asked == [("/long.zip", None)]
    assert (tmp_path / "long.zip").read_bytes() == LONG_ZIP


@pytest.mark.parametrize(
    "fault",
    [
        lambda handler, data: reply(handler, 206, data[7:], {"Content-Range": f"bytes 7-{len(data) - 1}/{len(data)}"}),
        lambda handler, data: reply(handler, 206, data[7:]),
        status(416),
    ],
)
def test_another_range_than_was_asked_for_is_not_put_together(
    remote: Remote, tmp_path: Path, fault: Callable[[BaseHTTPRequestHandler, bytes], None]
) -> None:
    remote.files["/long.zip"] = LONG_ZIP
    remote.faults = [cut_off, fault]
    server(remote).save("/long.zip", tmp_path / "long.zip", ignore)
    assert (tmp_path / "long.zip").read_bytes() == LONG_ZIP


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<!DOCTYPE html><title>License</title>", "a web page came instead of the file"),
        (b"\xef\xbb\xbf\n <html>", "a web page came instead of the file"),
        (b"%PDF-1.7", "neither a zip nor a workbook"),
        (b"", "neither a zip nor a workbook"),
        (LONG_ZIP[:-100], "a damaged zip"),
        (LONG_ZIP.replace(LONG[5000:5004], b"\0\0\0\0"), "a damaged zip"),
        (LONG * 4, "larger than any file of CMS"),
        (BOMB, "unpacks to more than any file of CMS"),
    ],
)
def test_what_is_no_release_is_refused_and_nothing_left(store: Data, remote: Remote, data: bytes, reason: str) -> None:
    remote.files["/files/zip/rvu26c.zip"] = data
    [release] = fetched(store, remote, "RVU26C")
    assert release.outcome == "refused"
    assert release.reason.startswith(f"rvu26c.zip: {reason}")
    assert "\n" not in release.reason
    assert not (store.folder.parent / "downloads").exists()


def test_a_good_address_makes_up_for_a_wrong_one(store: Data, remote: Remote) -> None:
    remote.files["/files/zip/rvu26c-updated-06-30-2026.zip"] = b"<html>moved</html>"
    remote.files["/files/zip/rvu26c.zip"] = RVU
    [release] = fetched(store, remote, "RVU26C")
    assert release.outcome == "imported"


def test_a_body_without_length_is_read_to_its_end_and_no_further_than_allowed(remote: Remote, tmp_path: Path) -> None:
    def endless(handler: BaseHTTPRequestHandler, data: bytes) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        for _ in range(200):
            handler.wfile.write(b"PK" * 10_000)

    remote.files["/long.zip"] = LONG_ZIP
    remote.faults = [endless]
    with pytest.raises(SourceError, match="larger than any file of CMS"):
        server(remote).save("/long.zip", tmp_path / "long.zip", ignore)
    assert not list(tmp_path.iterdir())


def test_a_server_that_is_busy_or_slow_is_asked_again(remote: Remote, tmp_path: Path) -> None:
    remote.files["/long.zip"] = LONG_ZIP
    remote.faults = [status(503), slow]
    server(remote).save("/long.zip", tmp_path / "long.zip", ignore)
    assert len(remote.asked) == 3
    remote.faults = [slow] * 3
    started = time.monotonic()
    with pytest.raises(FetchError, match=r"127\.0\.0\.1: it does not answer in time"):
        server(remote).save("/long.zip", tmp_path / "other.zip", ignore)
    assert time.monotonic() - started < 3
    remote.faults = [status(502)] * 3
    with pytest.raises(FetchError, match="it answers 502 Bad Gateway"):
        server(remote).save("/long.zip", tmp_path / "other.zip", ignore)


def test_a_server_that_refuses_is_not_asked_again(remote: Remote, tmp_path: Path) -> None:
    remote.files["/long.zip"] = LONG_ZIP
    remote.faults = [status(403)]
    with pytest.raises(FetchError, match="answers 403 Forbidden"):
        server(remote).save("/long.zip", tmp_path / "long.zip", ignore)
    assert len(remote.asked) == 1


def test_a_server_that_never_answers_is_not_asked_for_every_release(store: Data, remote: Remote) -> None:
    remote.server.server_close()
    first, *others = store.fetch((), remote.base, limits=LIMITS)
    assert (first.outcome, first.reason) == ("failed", "127.0.0.1: it cannot be reached")
    assert {(release.outcome, release.reason) for release in others} == {("failed", "127.0.0.1 does not answer")}


def test_redirects_are_followed_within_the_host_only(remote: Remote, tmp_path: Path) -> None:
    remote.files |= {"/long.zip": LONG_ZIP, "/moved": b"-"}
    remote.faults = [status(302, Location="/long.zip")]
    server(remote).save("/moved", tmp_path / "long.zip", ignore)
    assert (tmp_path / "long.zip").read_bytes() == LONG_ZIP
    port = remote.server.server_port
    for location in (
        f"http://localhost:{port}/long.zip",
        f"http://127.0.0.1:{port + 1}/long.zip",
        f"ftp://127.0.0.1:{port}/long.zip",
        f"//127.0.0.1:{port}@elsewhere.example/long.zip",
        "http://[::1",
    ):
        remote.faults = [status(301, Location=location)]
        asked = len(remote.asked)
        with pytest.raises(SourceError, match="is not followed"):
            server(remote).save("/moved", tmp_path / "other.zip", ignore)
        assert len(remote.asked) == asked + 1
    remote.faults = [status(302, Location="/moved")] * 9
    with pytest.raises(SourceError, match="sends on more than 5 times"):
        server(remote).save("/moved", tmp_path / "other.zip", ignore)


@pytest.mark.parametrize(
    "base",
    [
        "http://www.cms.gov",
        "http://10.0.0.1",
        "http://127.0.0.1.example",
        "ftp://www.cms.gov",
        "www.cms.gov",
        "https://",
        "https://[::1",
        "https://host:port",
        "https://me:secret@mirror.example",
        "https://mirror.example/?file=",
        "file:///etc",
    ],
)
def test_only_https_is_asked_but_on_this_machine(store: Data, base: str) -> None:
    with pytest.raises(UsageError):
        store.fetch(["RVU26C"], base, limits=LIMITS)


@pytest.mark.parametrize("base", ["https://mirror.example:8443/cms", "http://localhost:1", "http://[::1]:1"])
def test_a_mirror_may_be_elsewhere_or_on_this_machine(base: str) -> None:
    assert Server(f"{base}/", LIMITS).url("/files") == f"{base}/files"


def test_a_proxy_of_the_environment_is_used_but_not_for_this_machine(
    remote: Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    limits = LIMITS._replace(tries=1)
    # Nobody listens there: that it cannot be reached, and not that there is no such host, shows that it was asked.
    for proxy in ("http://127.0.0.1:9", "127.0.0.1:9"):
        monkeypatch.setenv("https_proxy", proxy)
        with pytest.raises(FetchError, match="cannot be reached"):
            Server("https://mirror.invalid", limits).page("/")
    monkeypatch.setenv("https_proxy", "socks5://127.0.0.1:9")
    with pytest.raises(UsageError, match="no proxy over http"):
        Server("https://mirror.invalid", limits)
    assert Server(remote.base, limits).page("/absent") == ""


def test_without_the_licence_nothing_is_asked(remote: Remote, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="AMA"):
        Data(tmp_path / "other").fetch(["RVU26C"], remote.base, tmp_path / "to", limits=LIMITS)
    assert remote.asked == []
    assert not (tmp_path / "to").exists()


def test_a_folder_that_cannot_be_written_is_told(store: Data, remote: Remote, tmp_path: Path) -> None:
    remote.files["/files/zip/rvu26c.zip"] = RVU
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot write to"):
        store.fetch(["RVU26C"], remote.base, tmp_path / "file", limits=LIMITS)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["RVU26C"], ["pfs RVU26C"]),
        (["rvu25a", "pfs 2025Q1"], ["pfs RVU25A"]),
        (["ptp 2026Q3 practitioner"], ["ptp 2026Q3 practitioner"]),
        (["ptp", "2026Q3", "practitioner"], ["ptp 2026Q3 practitioner"]),
        (["mue", "2026Q1", "2026Q2", "hospital"], [*(f"mue 2026Q1 {s}" for s in ("practitioner", "hospital", "dme")),
                                                   "mue 2026Q2 hospital"]),
        (["ptp hospital practitioner"], ["ptp newest hospital", "ptp newest practitioner"]),
        (["add-on", "hcpcs", "2026Q2"], ["add_on newest", "hcpcs 2026Q2"]),
        (["2026Q2 dme"], ["mue 2026Q2 dme"]),
    ],
)  # fmt: skip
def test_releases_are_asked_for_by_their_names(names: list[str], expected: list[str]) -> None:
    found = [
        f"{series.kind} {series.name(quarter) if quarter else f'newest {series.setting}'.strip()}"
        for series, quarter in addresses.wanted(names, TABLE)
    ]
    assert found == expected


def test_without_a_name_it_is_the_newest_of_every_kind_that_is_read() -> None:
    found = addresses.wanted([], TABLE)
    assert {one.series.kind for one in found} >= {"pfs", "ptp", "mue", "add_on"}
    assert [one.series.setting for one in found if one.series.kind == "ptp"] == ["practitioner", "hospital"]
    assert not any(one.quarter for one in found)


@pytest.mark.parametrize("name", ["RVU26E", "2026Q5", "opps", "43214", "hcpcs dme", "../etc"])
def test_a_name_that_means_no_release_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        addresses.wanted([name], TABLE)


def test_the_table_holds_paths_of_cms_only() -> None:
    assert TABLE.base == "https://www.cms.gov"
    for series in TABLE.series:
        paths = [*series.pages, *series.patterns, *(path for known in series.known.values() for path in known)]
        assert all(path.startswith(("/files/zip/", "/medicare/")) for path in paths)
        for quarter in (Quarter(2026, 1), Quarter(2026, 4)):
            for part in range(1, series.parts + 1):
                for path in series.addresses(quarter, part):
                    assert "{" not in path
                    # A link to what the table knows is found on a page.
                    assert series.links(f'<a href="{path}">', quarter, part) == [path]
    assert addresses.file_name("/files/zip/rvu25d-updated-09/11/2025.zip") == "rvu25d-updated-09-11-2025.zip"


def test_links_to_other_releases_and_hosts_are_not_taken() -> None:
    [pfs, *_] = TABLE.series
    page = """<a href="/files/zip/rvu26c.zip.exe"><a href="/files/zip/rvu26cx.zip"><a href="/files/zip/rvu26d.zip">
        <a href="/files/zip/rvu26c-updated-06-30-2026.zip?agree=yes"><a href="/files/document/rvu26c.zip">"""
    assert pfs.links(page, Quarter(2026, 3), 1) == ["/files/zip/rvu26c-updated-06-30-2026.zip"]


def test_the_fetch_command(run: Run, remote: Remote, tmp_path: Path) -> None:
    home = {"CPTREF_HOME": str(tmp_path / "home")}
    command = ("data", "fetch", "--base-url", remote.base)
    remote.files["/files/zip/rvu26c.zip"] = RVU
    refused = run(*command, "RVU26C", **home)
    assert (refused.returncode, remote.asked) == (2, [])
    assert "--accept-ama-license" in refused.stderr
    done = run(*command, "--accept-ama-license", "RVU26C", "--json", **home)
    assert done.returncode == 0
    assert "the AMA's licence" in done.stderr
    answer = json.loads(done.stdout)
    assert answer["command"] == "data fetch"
    assert answer["data"][0]["files"][0]["sha256"] == hashlib.sha256(RVU).hexdigest()
    assert answer["data"][0]["imported"][0]["outcome"] == "imported"
    table = run(*command, "RVU26C", "RVU26B", **home)
    assert table.returncode == 1
    assert "unchanged" in table.stdout
    assert "127.0.0.1 has no RVU26B" in table.stdout
    assert f"https://www.cms.gov{PFS_PAGE.replace('26c', '26b')}" in table.stdout.splitlines()
    comma = run(*command, "RVU26C", "RVU26B", "--format", "csv", **home).stdout.splitlines()
    assert comma[0] == "kind,release,outcome,rows,rejects,file,url,bytes,sha256,reason,page"
    assert comma[1].startswith("pfs,RVU26C,unchanged,3,0,rvu26c.zip,http://127.0.0.1:")
    assert comma[2].startswith("pfs,RVU26B,not found,0,0,,,,,127.0.0.1 has no RVU26B,")
    remote.files["/files/zip/rvu26c.zip"] = b"<html>"
    assert run(*command, "RVU26C", **home).returncode == 2
    assert run(*command, "--base-url", "http://www.cms.gov", "RVU26C", **home).returncode == 2
    assert run(*command, "opps", **home).returncode == 2


def test_a_fetch_that_is_killed_leaves_no_half_file_and_goes_on(remote: Remote, tmp_path: Path) -> None:
    def stop_halfway(handler: BaseHTTPRequestHandler, data: bytes) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(data)))
        handler.send_header("Last-Modified", DATE)
        handler.end_headers()
        handler.wfile.write(data[:-100])
        handler.wfile.flush()
        killed.wait(20)
        handler.close_connection = True

    killed = threading.Event()
    remote.files["/files/zip/rvu26c.zip"] = zipped(made.PFS, SourceFile("long.bin", LONG))
    remote.faults = [stop_halfway]
    command = [sys.executable, "-m", "cptref", "data", "fetch", "--accept-ama-license", "--base-url", remote.base]
    environment = {**os.environ, "CPTREF_HOME": str(tmp_path / "home")}
    running = subprocess.Popen([*command, "RVU26C"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    part = tmp_path / "home" / "downloads" / "rvu26c.zip.part"
    while running.poll() is None and not (part.is_file() and part.stat().st_size):
        time.sleep(0.01)
    running.kill()
    running.communicate()
    killed.set()
    assert {path.name for path in part.parent.iterdir()} == {"rvu26c.zip.part", "rvu26c.zip.part.from"}
    done = subprocess.run([*command, "RVU26C"], env=environment, capture_output=True, check=True)
    assert b"imported" in done.stdout
    assert remote.asked[-1][1] is not None
    assert not part.parent.exists()


def test_nothing_is_found_is_an_error_of_its_own(remote: Remote, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"has no /absent\.zip"):
        server(remote).save("/absent.zip", tmp_path / "absent.zip", ignore)
    assert not list(tmp_path.iterdir())
