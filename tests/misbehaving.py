"""A web server on loopback that does on purpose what servers should not, and keeps what it was asked."""

from __future__ import annotations

import gzip
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Asked(NamedTuple):
    """One question: its path, its headers by their names, and its method."""

    path: str
    headers: Message
    method: str = "GET"


class Server(ThreadingHTTPServer):
    """Answers each path as it is told to, any other as `usual`. `over` is set when the test has ended.

    A question for the head alone is answered by `heads`, else as the whole would be.
    """

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = dict(answers)
        self.heads: dict[str, Answer] = {}
        self.usual = status(404)
        self.asked: list[Asked] = []
        self.over = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [one.path for one in self.asked]

    @property
    def methods(self) -> list[str]:
        """The methods of all questions, in order."""
        return [one.method for one in self.asked]

    def handle_error(self, request: object, client_address: object) -> None:
        """Let it pass that whoever asked has hung up."""
        if not isinstance(
            sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1], ConnectionError
        ):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(Asked(self.path, self.headers))
        self.server.answers.get(self.path, self.server.usual)(self)

    def do_HEAD(self) -> None:
        self.server.asked.append(Asked(self.path, self.headers, "HEAD"))
        found = self.server.answers.get(self.path, self.server.usual)
        self.server.heads.get(self.path, found)(self)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


Answer = Callable[[_Handler], None]


@contextmanager
def misbehaving(answers: Mapping[str, Answer]) -> Iterator[Server]:
    """Serve on loopback; yield the server. Every thread and socket of it is gone at the end."""
    server = Server(answers)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def deaf() -> Iterator[int]:
    """Give a port of loopback at which nobody listens, and nobody can meanwhile."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield int(held.getsockname()[1])


def page(content: bytes, kind: str = "text/plain", code: int = 200, **headers: str) -> Answer:
    """Return what answers with a content; a header `X_Y` is sent as `X-Y`."""

    def answer(handler: _Handler) -> None:
        handler.send_response(code)
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **more}.items():
            handler.send_header(name, value)
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(content)

    return answer


def status(code: int, **headers: str) -> Answer:
    """Return what answers with no more than a status."""
    return page(b"", code=code, **headers)


def redirect(to: str, code: int = 302) -> Answer:
    """Return what sends whoever asks elsewhere."""
    return status(code, Location=to)


def zipped(content: bytes) -> Answer:
    """Return what answers with a content in gzip, also where that is a bomb."""
    return page(gzip.compress(content), Content_Encoding="gzip")


def versioned(content: bytes, etag: str, modified: str, kind: str = "text/plain") -> Answer:
    """Return what answers 304 to whoever has this version."""
    full = page(content, kind, ETag=etag, Last_Modified=modified)

    def answer(handler: _Handler) -> None:
        has = handler.headers["If-None-Match"] == etag and handler.headers["If-Modified-Since"] == modified
        (status(304) if has else full)(handler)

    return answer


def in_turn(*answers: Answer) -> Answer:
    """Return what answers otherwise each time, and at last always alike."""
    waiting = list(answers)

    def answer(handler: _Handler) -> None:
        now = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        now(handler)

    return answer


def hanging(handler: _Handler) -> None:
    """Say nothing."""
    handler.server.over.wait()


def trickling(handler: _Handler) -> None:
    """Send a header that has no end, a bit now and then."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not handler.server.over.wait(0.02):
        handler.wfile.write(b"x")


def endless(handler: _Handler) -> None:
    """Send a body that has no end, as fast as it is taken."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.over.is_set():
        handler.wfile.write(b"x" * 65536)


def after_packed(handler: _Handler) -> None:
    """Send a few packed bytes, and then what is none of them, without an end."""
    _packed(handler, gzip.compress(b"text"), b"x" * 65536)


def packed_nothing(handler: _Handler) -> None:
    """Send packed bytes without an end that stand for nothing: empty blocks (RFC 1951, section 3.2.4)."""
    _packed(handler, gzip.compress(b"")[:10], b"\0\0\0\xff\xff" * 10_000)


def _packed(handler: _Handler, start: bytes, then: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.end_headers()
    handler.wfile.write(start)
    while not handler.server.over.is_set():
        handler.wfile.write(then)


def chunked(handler: _Handler) -> None:
    """Send chunks of one byte without an end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not handler.server.over.is_set():
        handler.wfile.write(b"1\r\nx\r\n" * 1000)


def flooding(handler: _Handler) -> None:
    """Send headers without an end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not handler.server.over.is_set():
        handler.wfile.write(b"".join(b"X-%d: x\r\n" % number for number in range(1000)))


def long_header(handler: _Handler) -> None:
    """Send a header that has no end, as fast as it is taken."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not handler.server.over.is_set():
        handler.wfile.write(b"x" * 65536)


def putting_off(handler: _Handler) -> None:
    """Say without an end that an answer is to come (RFC 9110, section 15.2)."""
    while not handler.server.over.is_set():
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


def half_closed(handler: _Handler) -> None:
    """Say nothing more after the first line, and hang up on one side."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    handler.connection.shutdown(socket.SHUT_WR)
    handler.server.over.wait()


def dripping(handler: _Handler) -> None:
    """Send a body of which a byte comes now and then."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    while not handler.server.over.wait(0.02):
        handler.wfile.write(b"x")


def short(handler: _Handler) -> None:
    """Send less than was said."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"x" * 10)


def garbled(handler: _Handler) -> None:
    """Send what is no answer of HTTP."""
    handler.wfile.write(b"\x00\x01 hello\r\n\r\n")
