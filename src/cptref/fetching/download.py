"""One server over https, and files from it: resumed, checked, and under their name only when they are whole.

A file is written as NAME.part. Beside it NAME.part.from keeps its address and the mark (ETag or date) by which the
server can tell whether its file is still the same: only then is the rest asked for, else the file is begun again.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from email.utils import formatdate, parsedate_to_datetime
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple, TypeVar
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    IncompleteRead,
    LocationParseError,
    NameResolutionError,
    ProtocolError,
    ProxyError,
    ProxySchemeUnknown,
    ReadTimeoutError,
    SSLError,
)

from cptref import __version__
from cptref.errors import FetchError, NotFoundError, SourceError, StoreError, UsageError
from cptref.fetching.check import fault_of
from cptref.model.store import FetchedFile
from cptref.model.syntax import shown

T = TypeVar("T")
Progress = Callable[[int, int, str], None]

_CHUNK = 1 << 16
_REDIRECTS, _MOST_REDIRECTS = frozenset({301, 302, 303, 307, 308}), 5
_NOT_THERE = frozenset({404, 410})
_MAY_PASS = frozenset({408, 425, 429, 500, 502, 503, 504})
_PAGE = 5_000_000
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")


class Limits(NamedTuple):
    """Seconds to wait for a connection and for each piece, how often to try, and the largest file."""

    connect: float = 10
    read: float = 30
    tries: int = 4
    pause: float = 1
    size: int = 1_000_000_000


class _PassingError(Exception):
    """Something that may go better the next time."""


class Server:
    """Where files are downloaded from; nothing is asked of another host. UsageError for a base that is not https."""

    def __init__(self, base: str, limits: Limits) -> None:
        self.base = base.rstrip("/")
        self.host = _checked_host(base)
        # Whether it has ever answered: one that has not is not asked for every release in turn.
        self.answered = False
        self._limits = limits
        self._pool = self._connections()

    def _connections(self) -> urllib3.PoolManager:
        """Through the proxy of the environment, if there is one for the host."""
        timeout = urllib3.Timeout(connect=self._limits.connect, read=self._limits.read)
        proxy = getproxies().get("https", "")
        if not proxy or _is_loopback(self.host) or proxy_bypass(self.host):
            return urllib3.PoolManager(timeout=timeout)
        try:
            return urllib3.ProxyManager(proxy if "://" in proxy else f"http://{proxy}", timeout=timeout)
        except (ProxySchemeUnknown, LocationParseError) as error:
            raise UsageError("https_proxy names no proxy over http", "Set it to http://HOST:PORT.") from error

    def url(self, path: str) -> str:
        """The whole address of a path."""
        return self.base + path

    def page(self, path: str) -> str:
        """The text of a page; empty where there is none. FetchError where the server does not answer."""

        def read() -> str:
            with self._asked(self.url(path), {}) as response:
                data = response.read(_PAGE, decode_content=True) if response.status == 200 else b""
                return bytes(data).decode("utf-8", "replace")

        try:
            return self._persistently(read)
        except (SourceError, FetchError):  # it may have the files even so
            if self.answered:
                return ""
            raise

    def save(self, path: str, target: Path, progress: Progress) -> FetchedFile:
        """Download a file to its place, in which nothing is until it is whole.

        NotFoundError where the server has none, SourceError for what is no release file or must not be followed,
        FetchError for a server that fails, StoreError where the file cannot be written.
        """
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._persistently(lambda: self._transfer(self.url(path), target, progress))
            with target.open("rb") as file:
                digest = hashlib.sha256()
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
            return FetchedFile(target.name, self.url(path), target.stat().st_size, digest.hexdigest())
        except OSError as error:
            raise StoreError(f"cannot write to {target.parent}: {error.strerror or error}") from error

    def _persistently(self, work: Callable[[], T]) -> T:
        """Do what may fail in passing, some times over, with a pause that doubles."""
        for attempt in range(self._limits.tries):
            if attempt:
                time.sleep(self._limits.pause * 2 ** (attempt - 1))
            try:
                return work()
            except SSLError as error:
                raise FetchError(f"{self.host} does not prove who it is: {error}") from error
            except (_PassingError, HTTPError) as error:
                last = error
        raise FetchError(f"{self.host}: {_why(last)}")

    def _asked(self, url: str, headers: Mapping[str, str]) -> urllib3.BaseHTTPResponse:
        """The answer to a request, after redirects within the same host."""
        sent = {"User-Agent": f"cptref/{__version__}", "Accept-Encoding": "identity", **headers}
        for _ in range(_MOST_REDIRECTS):
            response = self._pool.request(
                "GET", url, headers=sent, redirect=False, retries=False, preload_content=False, decode_content=False
            )
            self.answered = True
            if response.status in _MAY_PASS:
                response.close()
                raise _PassingError(f"it answers {response.status} {response.reason or ''}".rstrip())
            if response.status not in _REDIRECTS:
                return response
            url = self._onward(url, response.headers.get("Location", ""))
            response.close()
        raise SourceError(f"{self.host} sends on more than {_MOST_REDIRECTS} times")

    def _onward(self, url: str, location: str) -> str:
        try:
            onward = urljoin(url, location)
            if urlsplit(onward)[:2] == urlsplit(url)[:2]:
                return onward
        except ValueError:  # no address at all
            pass
        raise SourceError(f"{self.host} sends on to {shown(location)}, which is not followed")

    def _transfer(self, url: str, target: Path, progress: Progress) -> None:
        part, kept = _beside(target, ".part"), _beside(target, ".part.from")
        done, mark = _begun(part, kept, url)
        headers = {}
        if done:
            headers = {"Range": f"bytes={done}-", "If-Range": mark}
        elif _is_whole(target):
            headers = {"If-Modified-Since": formatdate(target.stat().st_mtime, usegmt=True)}
        with self._asked(url, headers) as response:
            if response.status == 304 and "If-Modified-Since" in headers:
                return
            if response.status in _NOT_THERE:
                raise NotFoundError(f"{self.host} has no {url.removeprefix(self.base)}")
            total = _expected(response, done)
            if total is None:  # not the rest that was asked for
                _forget(part, kept)
                raise _PassingError("it does not send the rest of the file")
            if response.status == 200:
                done = 0
                kept.write_text(f"{url}\n{_mark(response)}\n", encoding="utf-8")
            elif response.status != 206:
                raise FetchError(f"{self.host} answers {response.status} {response.reason or ''}".rstrip())
            with part.open("r+b" if done else "wb") as file:
                file.seek(done)
                for chunk in response.stream(_CHUNK):
                    done += len(chunk)
                    if max(done, total) > self._limits.size:
                        break
                    file.write(chunk)
                    progress(done, total or done, target.name)
            modified = response.headers.get("Last-Modified", "")
        if max(done, total) > self._limits.size:
            fault = "larger than any file of CMS"
        elif total and done != total:
            raise _PassingError(f"cut off after {done:,} of {total:,} bytes")
        else:
            fault = fault_of(part)
        if fault:
            _forget(part, kept)
            raise SourceError(f"{target.name}: {fault}")
        with suppress(ValueError, TypeError):  # no date, or none that can be read
            moment = parsedate_to_datetime(modified).timestamp()
            os.utime(part, (moment, moment))
        part.replace(target)
        kept.unlink(missing_ok=True)


def _checked_host(base: str) -> str:
    try:
        parts = urlsplit(base)
        host, named = parts.hostname or "", parts.port is None or parts.port > 0
    except ValueError:
        host, named = "", False
    if not (host and named) or parts.username is not None or parts.query or parts.fragment:
        raise UsageError(f"not the address of a server: '{shown(base)}'", "It is https, a host, and perhaps a folder.")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(host)):
        raise UsageError(f"not https: '{shown(base)}'", "Only a server on this machine may do without.")
    return host


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _beside(target: Path, suffix: str) -> Path:
    return target.with_name(target.name + suffix)


def _begun(part: Path, kept: Path, url: str) -> tuple[int, str]:
    """How much there is of a download from the address, and its mark; nothing of one that cannot be gone on with."""
    try:
        begun, mark = kept.read_text(encoding="utf-8").splitlines()
        return (part.stat().st_size, mark) if begun == url and mark else (0, "")
    except (OSError, ValueError):
        return 0, ""


def _forget(part: Path, kept: Path) -> None:
    part.unlink(missing_ok=True)
    kept.unlink(missing_ok=True)


def _mark(response: urllib3.BaseHTTPResponse) -> str:
    """What tells a changed file: the ETag, but not a weak one, or the date."""
    tag: str = response.headers.get("ETag", "")
    return tag if tag.startswith('"') else response.headers.get("Last-Modified", "")


def _expected(response: urllib3.BaseHTTPResponse, done: int) -> int | None:
    """The length of the whole file, 0 if the answer does not tell; None for a part other than that asked for."""
    if response.status == 206:
        sent = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        return int(sent[2]) if sent and int(sent[1]) == done else None
    length: str = response.headers.get("Content-Length", "")
    return None if response.status == 416 else int(length) if length.isdecimal() else 0


def _is_whole(path: Path) -> bool:
    return path.is_file() and not fault_of(path)


def _why(error: Exception) -> str:
    """What went wrong with a connection, in words."""
    if isinstance(error, IncompleteRead):
        return f"cut off after {error.partial:,} of {error.partial + (error.expected or 0):,} bytes"
    if isinstance(error, ProtocolError) and len(error.args) > 1 and isinstance(error.args[1], Exception):
        return _why(error.args[1]) if isinstance(error.args[1], IncompleteRead) else "the connection broke off"
    if isinstance(error, ReadTimeoutError):
        return "it does not answer in time"
    if isinstance(error, NameResolutionError):
        return "no such host, or no network"
    return "it cannot be reached" if isinstance(error, (ConnectTimeoutError, ProxyError)) else str(error)
