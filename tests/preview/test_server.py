"""The server, asked by raw sockets: nobody else is answered, and nobody keeps it from others."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lwnindex.preview.server import Server, serving
from lwnindex.preview.states import Fault, News
from lwnindex.problems import SiteError

PAGE = b"<!doctype html><html><head><title>T</title></head><body>words of the page</body></html>"
SECRET = b"a secret outside of the site"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "secret.html").write_bytes(SECRET)
    (tmp_path / "site/Kernel").mkdir(parents=True)
    for name in ("index.html", "404.html", "Kernel/index.html"):
        (tmp_path / "site" / name).write_bytes(PAGE)
    (tmp_path / "site/link.html").symlink_to(tmp_path / "secret.html")
    (tmp_path / "site/large.bin").write_bytes(bytes(3_000_000))
    with serving(os.path.realpath(tmp_path / "site"), _free()) as found:
        yield found


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def sent(server: Server, content: bytes, *, wait: float = 30) -> bytes:
    """Return all that the server answers to these bytes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=wait) as connection:
        try:
            connection.sendall(content)
            return b"".join(iter(lambda: connection.recv(1 << 16), b""))
        except ConnectionError:
            return b""


def request(server: Server, line: str = "GET / HTTP/1.1", *fields: str, host: str = "127.0.0.1") -> bytes:
    return "\r\n".join((line, f"Host: {host}:{server.port}", *fields, "", "")).encode("latin-1")


def test_a_page_is_answered_and_of_a_head_nothing_but_that(server: Server) -> None:
    whole, head = (sent(server, request(server, f"{method} / HTTP/1.1")) for method in ("GET", "HEAD"))

    assert whole.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"words of the page" in whole
    assert head == whole.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"


def test_a_large_file_arrives_whole(server: Server) -> None:
    answer = sent(server, request(server, "GET /large.bin HTTP/1.1"))

    assert len(answer.partition(b"\r\n\r\n")[2]) == 3_000_000


HOSTILE = [
    *(f"GET {target} HTTP/1.1" for target in ("/../secret.html", "/%2e%2e/secret.html", "/..%2fsecret.html")),
    *(
        f"GET {target} HTTP/1.1"
        for target in ("/link.html", "/%2e%2e%5csecret.html", "//secret.html", "/./x")
    ),
    *(
        f"GET {target} HTTP/1.1"
        for target in ("/x%00.html", "/%c0%ae%c0%ae/secret.html", "/a\\..\\secret.html")
    ),
    *(
        f"GET {target} HTTP/1.1"
        for target in ("/C:/x", "/etc/passwd", "/%0d%0aX-Injected:%20y", "/:lwnindex/server.py")
    ),
    *(
        f"GET {target} HTTP/1.1"
        for target in ("http://evil.example/", "*", "/?\x00", "/:lwnindex/../secret.html")
    ),
    *(f"{method} / HTTP/1.1" for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH")),
    *("GET / HTTP/0.9", "GET / HTTP/2.0", "GET /", "PRI * HTTP/2.0", "\x16\x03\x01\x02", "GET  / HTTP/1.1"),
]


@pytest.mark.parametrize("line", HOSTILE)
def test_no_request_leads_out_of_the_site_or_to_anything_but_its_pages(server: Server, line: str) -> None:
    answer = sent(server, request(server, line))

    assert not answer.startswith(b"HTTP/1.1 200")
    assert SECRET not in answer
    assert b"X-Injected" not in answer.partition(b"\r\n\r\n")[0]
    assert b"Access-Control" not in answer


FOREIGN: list[tuple[str, tuple[str, ...]]] = [
    *((host, ()) for host in ("evil.example", "127.0.0.1.nip.io", "0.0.0.0", "rebound.example", "[::]")),
    *(("127.0.0.1", (f"Origin: {each}",)) for each in ("http://evil.example", "null", "http://127.0.0.1:1")),
    *(("127.0.0.1", (f"Sec-Fetch-Site: {each}",)) for each in ("cross-site", "same-site")),
    ("127.0.0.1", ("Host: evil.example",)),
    ("127.0.0.1", ("Upgrade: websocket", "Connection: Upgrade", "Origin: http://evil.example")),
]


@pytest.mark.parametrize(
    "path", ["/", "/Kernel/", "/none", "/:lwnindex/events?page=/", "/:lwnindex/client.js"]
)
@pytest.mark.parametrize(("host", "fields"), FOREIGN)
def test_who_is_not_of_this_server_learns_nothing(
    server: Server, host: str, fields: tuple[str, ...], path: str
) -> None:
    answer = sent(server, request(server, f"GET {path} HTTP/1.1", *fields, host=host))

    assert answer.split(b" ")[1] in (b"400", b"403", b"421")
    assert b"words of the page" not in answer
    assert b"client" not in answer


def test_no_other_machine_can_connect(server: Server) -> None:
    """It listens on an address of loopback alone, so not on that of 127.0.0.2 either."""
    with socket.socket() as other:
        other.settimeout(5)
        assert other.connect_ex(("127.0.0.2", server.port)) != 0


@pytest.mark.parametrize("size", [20_000, 5_000_000])
def test_a_head_that_is_too_long_is_refused(server: Server, size: int) -> None:
    answer = sent(server, request(server, "GET / HTTP/1.1", "X: " + "a" * size))

    assert answer[:12] in (b"HTTP/1.1 431", b"")
    assert b"words of the page" in sent(server, request(server))


def test_connections_that_say_nothing_keep_nobody_waiting_for_long(server: Server) -> None:
    silent = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(150)]

    try:
        assert b"words of the page" in sent(server, request(server), wait=60)
    finally:
        for each in silent:
            each.close()


class Listener:
    """Who listens to news of a page."""

    def __init__(self, server: Server, page: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", server.port), timeout=30)
        self._socket.sendall(request(server, f"GET /:lwnindex/events?page={page} HTTP/1.1"))
        self._lines = self._socket.makefile("rb")

    def hear(self) -> dict[str, object]:
        """Return the next news."""
        for line in self._lines:
            if line.startswith(b"data: "):
                return dict(json.loads(line.removeprefix(b"data: ")))
        raise EOFError

    def leave(self) -> None:
        """Hear no more."""
        self._lines.close()
        self._socket.close()


def test_who_listens_hears_of_changes_and_of_what_is_wrong(server: Server) -> None:
    listener = Listener(server, "/Kernel/")
    assert listener.hear()["page"] == 0

    server.tell(News(changed=("Kernel/index.html",)))
    assert listener.hear()["page"] == 1
    server.tell(News(faults=(Fault(code="bad-date", message="m"),)))
    heard = listener.hear()
    listener.leave()

    assert heard["page"] == 1
    assert [one["code"] for one in heard["faults"]] == ["bad-date"]  # type: ignore[attr-defined]


def test_the_builder_hears_which_pages_are_looked_at(server: Server) -> None:
    listener = Listener(server, "/Kernel/")
    listener.hear()
    looked = until(server, ("Kernel/index.html",))
    listener.leave()

    assert looked == ("Kernel/index.html",)
    assert until(server, ()) == ()


def until(server: Server, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is looked at, once it is that, or at last."""
    end = time.monotonic() + 30
    while (found := server.looked_at()) != wanted and time.monotonic() < end:
        time.sleep(0.01)
    return found


def test_no_more_than_some_pages_are_told_news_and_the_others_are_still_served(server: Server) -> None:
    listeners = [Listener(server, f"/{number}/") for number in range(64)]
    for each in listeners:
        each.hear()

    answer = sent(server, request(server, "GET /:lwnindex/events?page=/ HTTP/1.1"))
    page = sent(server, request(server))
    for each in listeners:
        each.leave()

    assert answer.startswith(b"HTTP/1.1 503")
    assert page.startswith(b"HTTP/1.1 200")


def test_a_port_that_is_taken_is_told_and_without_one_the_next_is_taken(tmp_path: Path) -> None:
    with serving(str(tmp_path), None) as one, serving(str(tmp_path), None) as other:
        assert other.port > one.port >= 8000
        with (
            pytest.raises(SiteError, match=f"port {one.port} is taken.*--port"),
            serving(str(tmp_path), one.port),
        ):
            pass


def test_the_server_ends_with_its_builder(tmp_path: Path) -> None:
    port = _free()
    with serving(str(tmp_path), port) as server:
        # As where the builder is killed: nobody holds the other end any more.
        os.close(server._news)
        end = time.monotonic() + 30
        while time.monotonic() < end and _answers(port):
            time.sleep(0.01)
        server._news = os.open(os.devnull, os.O_WRONLY)

        assert not _answers(port)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return False
    return True


def test_news_that_nobody_takes_are_an_error(tmp_path: Path) -> None:
    with serving(str(tmp_path), None) as server:
        os.kill(server._pid, 9)
        os.waitpid(server._pid, 0)

        with pytest.raises(SiteError, match="server has ended"):
            server.tell(News())
