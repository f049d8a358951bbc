"""What stands at an address of the web, asked for politely and taken in with care.

http and https alone, to public hosts alone, through no proxy, without cookies, names or passwords. An answer
has a size, a time and a number of redirects that it may take; whatever goes wrong is a WebError, with a
sentence that says what to do.
"""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

import httpcore
import httpx

from lwnindex.headerfields import can_be_sent, kind_of, retry_after
from lwnindex.hosts import OTHER_PORTS, Connector, Deadline, RefusedHostError, Resolve, resolved
from lwnindex.problems import SiteError

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_PASSING = frozenset({429, 502, 503, 504})
"""What servers answer that are asked too often, or are out of order for now."""

_LONGEST_SHOWN = 200
_MIB = 1 << 20


class Limits(NamedTuple):
    """What one question may take: seconds, bytes before and after decompression, redirects, further tries.

    The `total` seconds are those of all redirects, tries and pauses together.

    `pause` are the seconds before the second try, twice as many before the third; a server that asks for more
    than `longest_pause` is left alone. Hosts of `private` are asked although their addresses are not public.
    """

    connect: float = 10.0
    read: float = 10.0
    total: float = 30.0
    size: int = 16 * _MIB
    redirects: int = 5
    retries: int = 2
    pause: float = 1.0
    longest_pause: float = 20.0
    private: frozenset[str] = frozenset()


USUAL = Limits()


class Known(NamedTuple):
    """What tells a server which version we hold (RFC 9110, section 8.8)."""

    etag: str = ""
    modified: str = ""


NOTHING = Known()


class Answer(NamedTuple):
    """What stands at an address; `content` is None where it is still the version that we know.

    `url` is where the last redirect led, `moved` where it stands from now on, if all redirects were for good.
    `kind` is the media type, `charset` what the server says of it; either may be empty.
    """

    url: str
    content: bytes | None
    known: Known
    kind: str = ""
    charset: str = ""
    moved: str = ""


class Reached(NamedTuple):
    """That there is something at an address: where the last redirect led, and where it `moved` for good."""

    url: str
    moved: str = ""


class WebError(SiteError):
    """A question that got no answer which can be used.

    `is_gone`: there will be none any more. `is_passing`: another try may help; after `wait` seconds, if the
    server said so. `status` is what it answered, 0 where it did not.
    """

    def __init__(
        self,
        message: str,
        *,
        is_gone: bool = False,
        is_passing: bool = False,
        wait: float | None = None,
        status: int = 0,
    ) -> None:
        super().__init__(message)
        self.is_gone, self.is_passing, self.wait, self.status = is_gone, is_passing, wait, status


class Web:
    """Asks for what stands at addresses, each time over a connection of its own."""

    def __init__(
        self,
        limits: Limits = USUAL,
        site: str = "",
        resolve: Resolve = resolved,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limits, self._resolve, self._pause = limits, resolve, pause
        self._agent = f"lwnindex/{_version()}" + (f" (+{site})" if site else "")

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpx.create_ssl_context(trust_env=False)

    def get(self, url: str, known: Known = NOTHING, accept: str = "*/*") -> Answer:
        """Return what stands at an address; WebError where that cannot be had, also not by further tries."""
        headers = self._headers(accept)
        validators = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
        headers.update({name: value for name, value in validators.items() if can_be_sent(value)})
        deadline, question = Deadline(self._limits.total), _Question("GET", headers, known)
        for tried in range(self._limits.retries + 1):
            try:
                return self._followed(url, question, deadline)
            except WebError as error:
                wait = self._limits.pause * 2**tried if error.wait is None else error.wait
                is_last = tried == self._limits.retries or not deadline.has(wait)
                if not error.is_passing or is_last or wait > self._limits.longest_pause:
                    raise
                self._pause(wait)
        raise AssertionError

    def reach(self, url: str) -> Reached:
        """Return that there is something at an address, of which nothing is read; else WebError.

        Not every server knows HEAD, or answers it as it does GET, so that one has the last word.
        """
        deadline = Deadline(self._limits.total)
        try:
            found = self._followed(url, _Question("HEAD", self._headers(), NOTHING, is_read=False), deadline)
        except WebError as error:
            if error.is_gone or error.status in _PASSING or not error.status:
                raise
            found = self._followed(url, _Question("GET", self._headers(), NOTHING, is_read=False), deadline)
        return Reached(found.url, found.moved)

    def _headers(self, accept: str = "*/*") -> dict[str, str]:
        return {"User-Agent": self._agent, "Accept": accept, "Accept-Encoding": "gzip"}

    def _followed(self, url: str, question: _Question, deadline: Deadline) -> Answer:
        """Return the answer to which an address leads, over no more than so many redirects."""
        here, moved, is_for_good = _address(url, url), "", True
        for _ in range(self._limits.redirects + 1):
            found = self._asked(here, question, deadline)
            if isinstance(found, Answer):
                return found._replace(moved=moved)
            here = found.address
            is_for_good = is_for_good and found.is_for_good
            moved = str(here) if is_for_good else moved
        raise WebError(f"{_shown(url)}: more than {self._limits.redirects} redirects. Write where they end.")

    def _asked(self, url: httpx.URL, question: _Question, deadline: Deadline) -> Answer | _Redirect:
        limits = self._limits
        connector = Connector(deadline, self._resolve, limits.private)
        timeout = httpx.Timeout(limits.read, connect=limits.connect)
        try:
            with (
                _Transport(connector, self._tls) as transport,
                httpx.Client(transport=transport, trust_env=False, timeout=timeout) as client,
                client.stream(question.method, url, headers=question.headers, auth=None) as response,
            ):
                return _taken(response, question, limits.size)
        except RefusedHostError as error:
            raise WebError(f"{_shown(url)}: {error}. If you trust it: --allow-private HOST.") from error
        except tuple(_SENTENCES) as error:
            raise WebError(_sentence(url, error), is_passing="SSL" not in str(error)) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpcore.ProtocolError, UnicodeError) as error:
            raise WebError(f"{_shown(url)}: it cannot be asked: {_why(error)}. Check the address.") from error


class _Transport(httpx.BaseTransport):
    """Carries questions over connections that a connector makes; names of hosts stay in Host and in TLS."""

    def __init__(self, connector: Connector, tls: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=tls, network_backend=connector, max_connections=1)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        found = self._pool.handle_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx.Response(found.status, headers=found.headers, stream=_Stream(found))

    def close(self) -> None:
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    """The bytes of an answer."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _Question(NamedTuple):
    """How an address is asked: method and header, what is known, whether the answer is read."""

    method: str
    headers: dict[str, str]
    known: Known
    is_read: bool = True


class _Redirect(NamedTuple):
    """Where an answer sends whoever asks, and whether for good."""

    address: httpx.URL
    is_for_good: bool


def _taken(response: httpx.Response, question: _Question, size: int) -> Answer | _Redirect:
    """Return what an answer holds, or where it leads; WebError where it is neither."""
    status, shown = response.status_code, _shown(response.url)
    if status in _REDIRECTS and "location" in response.headers:
        address = _address(response.headers["location"], shown, response.url)
        return _Redirect(address, status in _FOR_GOOD)
    if status == httpx.codes.NOT_MODIFIED and any(question.known):
        return Answer(str(response.url), None, question.known)
    if status == httpx.codes.GONE:
        raise WebError(f"{shown}: the server says that this is gone for good.", is_gone=True, status=status)
    said = f"{status} {response.reason_phrase}".strip()
    if status in _PASSING:
        wait = retry_after(response.headers.get("retry-after", ""))
        message = f"{shown}: the server answered {said}. Try again later."
        raise WebError(message, is_passing=True, wait=wait, status=status)
    if not question.is_read and 200 <= status < 300:
        return Answer(str(response.url), b"", NOTHING)
    if status != httpx.codes.OK:
        raise WebError(f"{shown}: the server answered {said}. Check the address.", status=status)
    content = b"".join(_decoded(response, size))
    own = Known(response.headers.get("etag", ""), response.headers.get("last-modified", ""))
    return Answer(str(response.url), content, own, *kind_of(response.headers.get("content-type", "")))


def _decoded(response: httpx.Response, size: int) -> Iterator[bytes]:
    """Yield an answer's bytes, decompressed bit by bit."""
    shown = _shown(response.url)
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise WebError(f'{shown}: the answer is packed as "{encoding[:40]}", which was not asked for.')
    pieces = _within(response.iter_raw(), size, shown)
    # Of packed bytes both are counted: little may stand for very much, and very much for nothing.
    yield from _within(_unzipped(pieces, size, shown), size, shown) if "gzip" in encoding else pieces


def _within(pieces: Iterator[bytes], size: int, shown: str) -> Iterator[bytes]:
    """Yield pieces that together are no larger than `size`; WebError where they are."""
    for piece in pieces:
        size -= len(piece)
        if size < 0:
            raise WebError(f"{shown}: the answer is too large. Name an address with less behind it.")
        yield piece


def _unzipped(pieces: Iterator[bytes], size: int, shown: str) -> Iterator[bytes]:
    """Yield what gzip's bytes stand for up to their end, no more of each piece than just too much."""
    unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        for piece in pieces:
            yield unzip.decompress(piece, size + 1)
            if unzip.eof:
                # What follows would be gathered by it, and is none of the answer.
                return
    except zlib.error as error:
        raise WebError(
            f"{shown}: the answer is damaged: {error}. Try again later.", is_passing=True
        ) from error
    if not unzip.eof:
        raise WebError(f"{shown}: the answer breaks off. Try again later.", is_passing=True)


def _address(url: str, asked: str, base: httpx.URL | None = None) -> httpx.URL:
    """Return an address that may be asked; `asked` is the one that led to it."""
    try:
        found = base.join(url) if base else httpx.URL(url)
        port = found.port
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise WebError(f"{_shown(asked)}: {_shown(url)} is no address: {_why(error)}.") from error
    if found.scheme not in ("http", "https") or not found.host or (port is not None and not 0 < port < 65536):
        raise WebError(f"{_shown(asked)}: {_shown(url)} is no address that begins with http:// or https://.")
    if port in OTHER_PORTS:
        raise WebError(f"{_shown(asked)}: {_shown(url)} names port {port}, which is none of the web's.")
    if found.userinfo:
        raise WebError(f"{found.host}: the address holds a name or password, and none is sent. Remove it.")
    return found.copy_with(fragment=None)


_SENTENCES: dict[type[Exception], str] = {
    httpcore.TimeoutException: "the server takes too long to answer. Try again later.",
    httpcore.ConnectError: "no connection: {why}. Check the address, or try again later.",
    httpcore.RemoteProtocolError: "the answer breaks off, or is none of HTTP: {why}. Try again later.",
    httpcore.NetworkError: "the connection broke off. Try again later.",
    ssl.SSLError: "no safe connection: {why}. Is it an address of http://?",
}
"""What is said of each kind of mishap on the way, the first that fits."""


def _sentence(url: httpx.URL, error: Exception) -> str:
    said = next(sentence for kind, sentence in _SENTENCES.items() if isinstance(error, kind))
    if "SSL" in str(error):
        said = _SENTENCES[ssl.SSLError]
    return f"{_shown(url)}: {said.format(why=_why(error))}"


def _why(error: Exception) -> str:
    return " ".join(str(error).split())[:_LONGEST_SHOWN] or "none"


def _shown(url: httpx.URL | str) -> str:
    text = str(url)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def _version() -> str:
    try:
        return version("lwnindex")
    except PackageNotFoundError:
        return "0"
