"""The server of a preview, in a process of its own: it answers browsers of this machine and tells them news.

It reads what the builder tells from one pipe and writes by another which pages are looked at. It ends when
the first is closed, so it does not outlive the builder.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from functools import partial
from typing import NamedTuple, NoReturn
from urllib.parse import unquote

import msgspec

from lwnindex.preview.answers import EVENTS, Answer, Tree, own_file, refusal
from lwnindex.preview.requests import LONGEST, OWN, Refusal, Request, asked, names_of, path_of
from lwnindex.preview.states import News, Versions
from lwnindex.problems import SiteError

MOST = 128
"""Connections at once; any further one waits, and the oldest cannot stay for long."""

_MOST_HEARING = 64
_PATIENCE = 10.0
"""Seconds in which the head of a request must have come, and in which a piece of an answer must leave."""

_LOOK = 1.0
"""Seconds between two looks whether who hears of news is still there."""

_UNREAD = 16
"""Pieces of what nobody asked for that are taken, so that the answer arrives."""

_LONGEST_LOOKS = 2000
"""Bytes of what the builder is told at once: more than all that a pipe takes whole, it would wait for."""

_OTHERS = 100
"""Further ports that are tried where none was asked for."""


class Server:
    """A server's process, from the side of the builder."""

    def __init__(self, port: int, pid: int, news: int, looks: int) -> None:
        self.port, self._pid, self._news, self._looks = port, pid, news, looks
        self._rest = b""
        self._looked: tuple[str, ...] = ()
        os.set_blocking(looks, False)

    def tell(self, news: News) -> None:
        """Tell what is new; SiteError where the server has ended."""
        try:
            _written(self._news, msgspec.json.encode(news) + b"\n")
        except BrokenPipeError as error:
            raise SiteError("the preview's server has ended. Start `lwnindex serve` again.") from error

    def looked_at(self) -> tuple[str, ...]:
        """Return the paths of the pages that are open in browsers."""
        with suppress(BlockingIOError):
            while piece := os.read(self._looks, 1 << 16):
                self._rest += piece
        *lines, self._rest = self._rest.split(b"\n")
        if lines:
            self._looked = msgspec.json.decode(lines[-1], type=tuple[str, ...])
        return self._looked

    def end(self) -> None:
        """End the process."""
        for pipe in (self._news, self._looks):
            os.close(pipe)
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)


@contextmanager
def serving(root: str, port: int | None, *, six: bool = False) -> Iterator[Server]:
    """Serve a folder on loopback for as long as the block lasts; SiteError where no port can be had.

    It is forked off: no thread may run yet. Without a `port` it is 8000, or the next free one.
    """
    listening = _listening(port, six=six)
    own = int(listening[0].getsockname()[1])
    told, news = os.pipe()
    looks, looked = os.pipe()
    pid = os.fork()
    if not pid:  # pragma: no cover - a process of its own leaves without saving what it covered
        _live(partial(_serve, listening, Tree(root, str), told, looked), (news, looks))
    for each in listening:
        each.close()
    os.set_blocking(looked, False)
    os.close(told)
    os.close(looked)
    server = Server(own, pid, news, looks)
    try:
        yield server
    finally:
        server.end()


def _listening(port: int | None, *, six: bool) -> list[socket.socket]:
    tried = range(8000, 8000 + _OTHERS) if port is None else (port,)
    for each in tried:
        with suppress(OSError):
            return _bound(each, six=six)
    wanted = f"port {port} is" if port is not None else f"the ports from 8000 to {tried[-1]} are"
    raise SiteError(f"{wanted} taken, or may not be used. Name another: --port NUMBER.", exit_code=2)


def _bound(port: int, *, six: bool) -> list[socket.socket]:
    """Return what listens on loopback, with `six` on that of version 6, too; OSError where that is taken."""
    found = [_socket(socket.AF_INET, "127.0.0.1", port)]
    try:
        if six:
            found.append(_socket(socket.AF_INET6, "::1", found[0].getsockname()[1]))
    except OSError:
        found[0].close()
        raise
    return found


def _socket(family: int, host: str, port: int) -> socket.socket:
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(MOST)
    except OSError:
        found.close()
        raise
    return found


def _written(pipe: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(pipe, rest) :]


# The process ---------------------------------------------------------------------------------------


def _live(serve: partial[None], others: tuple[int, ...]) -> NoReturn:  # pragma: no cover - another process
    """Lead the life of the server; an interrupt of the terminal is the builder's to see to."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for each in others:
            os.close(each)
        serve()
    finally:
        os._exit(0)


def _serve(listening: Sequence[socket.socket], tree: Tree, told: int, looked: int) -> None:
    """Answer until nobody tells news any more."""
    desk = Desk(tree, names_of(listening[0].getsockname()[1]), looked)
    for each in listening:
        threading.Thread(target=desk.answer_all, args=(each,), daemon=True).start()
    with os.fdopen(told, "rb") as lines:
        for line in lines:
            desk.hear(msgspec.json.decode(line, type=News))


class _Way(NamedTuple):
    """A connection, with the moment at which what comes by it must have come."""

    socket: socket.socket
    end: float


class Desk:
    """Answers connections of a server that has these names, of a site's folder."""

    def __init__(self, tree: Tree, names: frozenset[str], looked: int) -> None:
        self._versions = Versions(os.urandom(6).hex())
        self._tree = tree._replace(mark=lambda: self._versions.mark)
        self._names = names
        self._looked = looked
        self._news = threading.Condition()
        self._open: Counter[str] = Counter()
        self._free = threading.BoundedSemaphore(MOST)

    def hear(self, news: News) -> None:
        """Take in what the builder tells, and tell all pages."""
        with self._news:
            self._tree = self._tree._replace(base=news.base)
            self._versions.hear(news)
            self._news.notify_all()

    def answer_all(self, listening: socket.socket) -> None:
        """Answer whoever comes, each in a thread."""
        while True:
            # Where too many are here, the next ones wait where the system has them wait.
            self._free.acquire()
            try:
                connection, _ = listening.accept()
            except OSError:
                self._free.release()
                time.sleep(_LOOK)
                continue
            threading.Thread(target=self._attended, args=(connection,), daemon=True).start()

    def _attended(self, connection: socket.socket) -> None:
        try:
            with closing(connection), suppress(OSError):
                self.attend(connection)
        finally:
            self._free.release()

    def attend(self, connection: socket.socket) -> None:
        """Answer one request."""
        connection.settimeout(_PATIENCE)
        head = _head(_Way(connection, time.monotonic() + _PATIENCE))
        if head is None:
            return
        found = asked(head, self._names) if head else Refusal(431, "The head of a request is too long.")
        if isinstance(found, Refusal):
            _send(connection, refusal(found), is_head=head.startswith(b"HEAD "))
        elif found.levels == (OWN, EVENTS) and not found.is_head:
            self._tell(connection, found)
        else:
            _send(connection, self._answer(found), is_head=found.is_head)

    def _answer(self, found: Request) -> Answer:
        if found.levels[:1] != (OWN,):
            return self._tree.answer(found)
        own = own_file("/".join(found.levels[1:])) if not found.is_folder else None
        return own or refusal(Refusal(404, "There is no such file."))

    # News: events as HTML's standard has them (9.2, server-sent events).

    def _tell(self, connection: socket.socket, found: Request) -> None:
        """Tell a page what is new for as long as it listens."""
        page = path_of(unquote(found.query.removeprefix("page=")))
        inside = None if isinstance(page, Refusal) else self._tree.inside(page)
        path = inside.path if inside else ""
        with self._news:
            is_full = self._open.total() >= _MOST_HEARING
            if not is_full:
                self._look(path, 1)
        if is_full:
            _send(connection, refusal(Refusal(503, "Too many pages are open.")))
            return
        try:
            connection.sendall(Answer(200, {"Content-Type": "text/event-stream"}).head)
            self._tell_on(connection, path)
        finally:
            with self._news:
                self._look(path, -1)

    def _tell_on(self, connection: socket.socket, path: str) -> None:
        last = None
        while not _is_gone(connection):
            with self._news:
                told = self._versions.of(path)
                if told == last:
                    self._news.wait(_LOOK)
                    told = self._versions.of(path)
            if told != last:
                connection.sendall(b"data: " + msgspec.json.encode(told) + b"\n\n")
                last = told

    def _look(self, path: str, more: int) -> None:
        """Note that a page is looked at, or no more, and tell the builder; the lock is held."""
        self._open[path] += more
        self._open = +self._open
        paths = sorted(self._open)
        while len(line := msgspec.json.encode(paths) + b"\n") > _LONGEST_LOOKS:
            paths.pop()
        # Where the builder has not read for long, it hears of it the next time.
        with suppress(OSError):
            os.write(self._looked, line)


def _head(way: _Way) -> bytes | None:
    """Return the head of a request, empty where it is too long; None where it does not come."""
    head = b""
    while len(head) <= LONGEST:
        left = way.end - time.monotonic()
        if left <= 0:
            return None
        way.socket.settimeout(left)
        piece = way.socket.recv(4096)
        if not piece:
            return None
        head += piece
        found, end, _ = head.partition(b"\r\n\r\n")
        if end and len(found) <= LONGEST:
            way.socket.settimeout(_PATIENCE)
            return found
    return b""


def _send(connection: socket.socket, answer: Answer, *, is_head: bool = False) -> None:
    fields = answer.fields | {"Content-Length": str(answer.size)}
    with closing(answer.body) if answer.body else nullcontext():
        connection.sendall(answer._replace(fields=fields).head)
        for piece in () if is_head else answer.body or ():
            connection.sendall(piece)
    # What the other side has sent and nobody read would have the answer thrown away.
    connection.shutdown(socket.SHUT_WR)
    connection.settimeout(_LOOK)
    with suppress(OSError):
        for _ in range(_UNREAD):
            if not connection.recv(1 << 16):
                break


def _is_gone(connection: socket.socket) -> bool:
    """Tell whether the other side has closed a connection, or sends what nobody asked for."""
    readable, _, _ = select.select([connection], [], [], 0)
    return bool(readable)
