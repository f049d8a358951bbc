"""A build asks nobody, a fetch asks public hosts alone and ends in time, and no DTD comes to a parser."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from lwnindex.readers.feed import feed
from lwnindex.reading import reading
from lwnindex.settings import Config
from lwnindex.web import USUAL, Limits, Web, WebError
from tests import audited, misbehaving, xmlbombs
from tests.lengths import is_long
from tests.misbehaving import Answer, Server, page, redirect
from tests.programs import ROOT

TOML = '[site]\ntitle = "T"\nurl = "https://example.org/"\n'
SECRET = "a-secret-from-outside"

Figure = Callable[[str], None]


class Listener:
    """Takes connections on loopback, says nothing, and counts them."""

    def __init__(self) -> None:
        self._sockets = [socket.create_server(("127.0.0.1", 0))]
        self.port = int(self._sockets[0].getsockname()[1])
        with suppress(OSError):
            self._sockets.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))
        self._over, self.connections = threading.Event(), 0
        self._threads = [threading.Thread(target=self._listen, args=(one,)) for one in self._sockets]
        for one in self._threads:
            one.start()

    def _listen(self, listener: socket.socket) -> None:
        listener.settimeout(0.05)
        while not self._over.is_set():
            with suppress(OSError):
                connection, _ = listener.accept()
                connection.close()
                self.connections += 1

    def close(self) -> None:
        """Listen no more."""
        self._over.set()
        for thread, each in zip(self._threads, self._sockets, strict=True):
            thread.join()
            each.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A server at every address of loopback that must not be asked."""
    with closing(Listener()) as found:
        yield found


@pytest.fixture
def server() -> Iterator[Server]:
    with misbehaving.misbehaving({}) as found:
        yield found


@pytest.fixture
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("events") / "log"


def put(place: Path, content: str | bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content if isinstance(content, bytes) else content.encode())


# A build -----------------------------------------------------------------------------------------


def alone() -> list[str]:
    """Return the command that starts another without a network; nothing where that may not be done."""
    command = ["unshare", "--net", "--map-root-user"]
    found = shutil.which("unshare")
    done = found and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
    return command if done else []


def asking_site(root: Path, port: int, documents: list[bytes]) -> None:
    """Write a site all of whose sources try to have something asked for."""
    here = f"http://127.0.0.1:{port}"
    put(root / "lwnindex.toml", TOML)
    for number, content in enumerate(documents):
        put(root / f"content/{number}.{'rss' if number % 2 else 'xml'}", content)
    tags = (
        f'<iframe src="{here}/f"></iframe><frame src="{here}/g"><img src="{here}/i.png">'
        f'<object data="{here}/o"></object>'
        f'<link rel="stylesheet" href="{here}/s.css"><script src="{here}/s.js"></script><base href="{here}/">'
        f'<embed src="{here}/e"><video src="{here}/v" poster="{here}/p"></video>'
        f'<svg><image href="{here}/x"/></svg>'
    )
    whole = f'<!DOCTYPE html SYSTEM "{here}/a.dtd" [<!ENTITY a SYSTEM "{here}/e">]><html><head>{tags}</head>'
    put(root / "content/page.html", f"{whole}<body><article><h1>T &a;</h1>{tags}<p>Words.</p></article>")
    put(
        root / "content/page.md",
        f"---\ntitle: T\ndate: 2020-01-01\nimage: {here}/i.png\n---\n{tags}\n\n![]({here}/i)",
    )
    put(
        root / "content/feed.json",
        f'{{"version": "https://jsonfeed.org/version/1.1", "next_url": "{here}/n"}}',
    )


def test_a_build_of_what_wants_to_be_asked_for_opens_no_socket(
    tmp_path: Path, listener: Listener, log: Path, figure: Figure
) -> None:
    put(tmp_path / "victim", SECRET)
    texts = xmlbombs.documents(str(tmp_path / "victim"), listener.port)
    documents = [each.replace("{encoding}", "utf-8").encode() for each in texts[:: 1 if is_long() else 9]]
    asking_site(tmp_path / "root", listener.port, documents)
    run = audited.run("build", "--quiet", cwd=tmp_path / "root", log=log, before=limited(120))

    assert run.code in (0, 1), run.said[-2000:]
    assert audited.calls(run.events) == []
    assert listener.connections == 0
    assert not any(SECRET.encode() in each.read_bytes() for each in below(tmp_path / "root"))
    figure(f"{len(documents)} feeds, {len(run.events)} events, 0 of sockets, 0 connections")


def test_a_build_of_this_repositorys_own_site_needs_no_network(
    tmp_path: Path, log: Path, figure: Figure
) -> None:
    put(tmp_path / "here/lwnindex.toml", TOML)
    shutil.copytree(ROOT / "content", tmp_path / "here/content")
    started = alone()
    run = audited.run("build", "--quiet", cwd=tmp_path / "here", log=log, before=started)

    assert run.code in (0, 1), run.said[-2000:]
    assert (tmp_path / "here/site/index.html").is_file()
    assert audited.calls(run.events) == []
    figure(
        "in a network of its own" if started else "sockets watched; there is no right to unshare a network"
    )


def below(root: Path) -> Iterator[Path]:
    """Yield the files that a build made."""
    made = ("site", ".lwnindex", "store")
    yield from (place for name in made for place in (root / name).rglob("*") if place.is_file())


def limited(seconds: int) -> list[str]:
    """Return the command that starts another with so many seconds of CPU and 2 GiB of memory."""
    return ["sh", "-c", f'ulimit -t {seconds}; ulimit -v 2097152; exec "$@"', "sh"]


# Documents that declare something ----------------------------------------------------------------


def test_no_declaration_comes_to_a_parser_however_it_is_written(tmp_path: Path, figure: Figure) -> None:
    put(tmp_path / "victim", SECRET)
    texts = xmlbombs.documents(str(tmp_path / "victim"))
    tried = refused = 0
    rules = reading(Config())
    for text in texts[:: 1 if is_long() else 23]:
        for how, content in xmlbombs.encoded(text):
            found = feed(content, "news.rss", rules)
            said = repr(found.items)
            assert xmlbombs.BOMB not in said, (how, text[:300])
            assert SECRET not in said, (how, text[:300])
            tried += 1
            refused += "unsafe-feed" in {one.code for one in found.problems}
    figure(f"{tried} documents, {refused} refused, 0 expanded")
    assert refused > tried / 3


@pytest.mark.parametrize("prolog", [one for one in xmlbombs.prologs(xmlbombs.subsets("/v")[0]) if "]" in one])
def test_a_subset_is_refused_before_a_parser_is_loaded(prolog: str) -> None:
    content = f"{prolog}<rss version='2.0'><channel><item><title>&a;</title></item></channel></rss>".encode()
    program = (
        "import sys; from lwnindex.readers.feed import feed; from lwnindex.reading import DEFAULT\n"
        "found = feed(sys.stdin.buffer.read(), 'a.rss', DEFAULT)\n"
        "assert [one.code for one in found.problems] == ['unsafe-feed'], found\n"
        "assert not {'feedparser', 'xml.sax', 'lxml'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=content, cwd=ROOT, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr.decode()


# Asking ------------------------------------------------------------------------------------------

LITERAL = (
    *(
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "0",
    ),
    *("0.0.0.0", "127.8.8.8", "127.0.0.1.", "localhost", "LOCALHOST.", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]"),
    *("[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]"),
    *("[2002:7f00:1::]", "[2001:0:a00:1::1]", "[::ffff:0:127.0.0.1]", "[fe80::1]", "[fc00::1]", "[fec0::1]"),
    *(
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "224.0.0.1",
    ),
    *(
        "255.255.255.255",
        "192.0.0.192",
        "198.18.0.1",
        "[ff02::1]",
        "\uff11\uff12\uff17.0.0.1",
        "127\u30020\u30020\u30021",
    ),
    *(
        "\u2460\u2461\u2466.0.0.1",
        "%31%32%37.0.0.1",
        "127.0.0.1%2f.example",
        "0x7F.0X0.0.0x1",
        "00000000177.1",
    ),
)
SHORT = Limits(connect=5, read=5, total=5, size=20_000, retries=0)


def refusal(web: Web, url: str) -> str:
    """Return why nothing came from an address."""
    with pytest.raises(WebError) as caught:
        web.get(url)
    return str(caught.value)


def test_no_spelling_of_an_address_that_is_not_public_is_connected_to(
    listener: Listener, server: Server, figure: Figure
) -> None:
    hops = Web(SHORT._replace(private=frozenset({"feed.example"})), resolve=resolving({}))
    for host in LITERAL:
        assert refusal(Web(SHORT), f"http://{host}:{listener.port}/")
        for hop in range(5):
            server.answers.update({f"/{n}": redirect(f"/{n + 1}") for n in range(hop)})
            server.answers[f"/{hop}"] = redirect(f"http://{host}:{listener.port}/")
            assert refusal(hops, f"http://feed.example:{server.port}/0")
    assert listener.connections == 0
    figure(f"{len(LITERAL)} hosts, each asked and after 0 to 4 redirects: 0 connections to refused addresses")


def resolving(said: dict[str, list[list[str]]]) -> Callable[[str, int], list[str]]:
    """Return a resolver that answers for some names in turn, for `feed.example` with loopback, else truly."""

    def resolve(host: str, port: int) -> list[str]:
        if host in said:
            return said[host].pop(0) if len(said[host]) > 1 else said[host][0]
        if host == "feed.example":
            return ["127.0.0.1"]
        return [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]

    return resolve


@pytest.mark.parametrize(
    "answers",
    [
        [["127.0.0.1"]],
        [["8.8.8.8", "127.0.0.1"]],
        [["127.0.0.1", "8.8.8.8"]],
        [["1.1.1.1", "2606:4700::1111", "::1"]],
        [["::ffff:127.0.0.1"]],
        [["127.0.0.1%lo"]],
        [["not an address"]],
    ],
)
def test_a_name_of_which_one_address_is_not_public_is_not_connected_to(
    answers: list[list[str]], listener: Listener
) -> None:
    web = Web(SHORT, resolve=resolving({"evil.example": answers}))
    assert "not public" in refusal(web, f"http://evil.example:{listener.port}/")
    assert listener.connections == 0


def test_a_name_that_answers_differently_the_second_time_is_asked_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        tried.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    web = Web(SHORT, resolve=resolving({"evil.example": [["8.8.8.8"], ["127.0.0.1"]]}))

    assert "no connection" in refusal(web, "http://evil.example/")
    assert "127.0.0.1, which is not public" in refusal(web, "http://evil.example/")
    assert tried == ["8.8.8.8"]


@pytest.mark.parametrize(
    "url",
    [
        *(
            "file:///etc/passwd",
            "ftp://127.0.0.1:{port}/",
            "gopher://127.0.0.1:{port}/_x",
            "data:text/html,x",
        ),
        *(
            "dict://127.0.0.1:{port}/",
            "ldap://127.0.0.1:{port}/",
            "jar:http://127.0.0.1:{port}/!/",
            "//127.0.0.1:{port}",
        ),
        *(
            "http://a@127.0.0.1:{port}/",
            "http://8.8.8.8@127.0.0.1:{port}/",
            "http://127.0.0.1:{port}@8.8.8.8:22/",
        ),
        *("http://127.0.0.1:{port}\\@8.8.8.8:22/", "http:127.0.0.1:{port}", "http:///127.0.0.1:{port}/"),
        *(
            "http://127.0.0.1:22/",
            "http://8.8.8.8:25/",
            "http://127.0.0.1:{port}#@8.8.8.8:22/",
            "javascript:alert(1)",
        ),
        "http://8.8.8.8:22\r\nHost: 127.0.0.1/",
    ],
)
def test_no_other_scheme_name_or_port_is_asked(url: str, server: Server, listener: Listener) -> None:
    whole = url.replace("{port}", str(listener.port))
    server.answers["/a"] = redirect(whole.replace("\r\n", ""))
    assert refusal(Web(SHORT), whole)
    if not url.startswith(("http:127", "//", "http://127.0.0.1:{port}")):
        assert refusal(Web(SHORT._replace(private=frozenset({"127.0.0.1"}))), f"{server.url}/a")
    assert listener.connections == 0


# Answers without an end --------------------------------------------------------------------------

ENDLESS: dict[str, tuple[Answer, str]] = {
    **{
        one.__name__: (one, "too large")
        for one in (misbehaving.endless, misbehaving.chunked, misbehaving.packed_nothing)
    },
    **{one.__name__: (one, "none of HTTP") for one in (misbehaving.flooding, misbehaving.long_header)},
    **{
        one.__name__: (one, "too long")
        for one in (misbehaving.trickling, misbehaving.dripping, misbehaving.hanging)
    },
    **{
        one.__name__: (one, "breaks off")
        for one in (misbehaving.garbled, misbehaving.short, misbehaving.half_closed)
    },
    "putting_off": (misbehaving.putting_off, "too long"),
    "bomb": (misbehaving.zipped(b"\0" * 50_000_000), "too large"),
    "lie": (page(b"x" * 10, Content_Length="9" * 30), "breaks off"),
    "negative": (page(b"x" * 10, Content_Length="-1"), "breaks off"),
    "deflate": (page(b"x" * 10, Content_Encoding="deflate"), "packed"),
    "loop": (redirect("/loop"), "more than 5 redirects"),
}
"""Answers, and what is told of each: by which of the limits it ends."""


def test_the_limits_are_those_that_are_told() -> None:
    assert (USUAL.size, USUAL.total, USUAL.redirects, USUAL.connect) == (16 * 1024 * 1024, 30, 5, 10)
    assert USUAL.private == frozenset()


@pytest.mark.parametrize("name", ENDLESS)
def test_an_answer_without_an_end_ends(name: str, server: Server) -> None:
    answer, told = ENDLESS[name]
    server.answers[f"/{name}"] = answer
    seconds = 0.5 if told == "too long" else 20
    limits = SHORT._replace(total=seconds, read=20, private=frozenset({"127.0.0.1"}))
    assert told in refusal(Web(limits), f"{server.url}/{name}")


def test_a_loop_of_redirects_ends_after_five(server: Server) -> None:
    server.answers.update({f"/{n}": redirect(f"/{(n + 1) % 6}") for n in range(6)})
    web = Web(SHORT._replace(private=frozenset({"127.0.0.1"})))

    assert "more than 5 redirects" in refusal(web, f"{server.url}/0")
    assert server.paths() == [f"/{n}" for n in range(6)]


def test_a_greeting_of_tls_that_never_ends_is_not_waited_for(listener: Listener) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        web = Web(SHORT._replace(total=0.3, private=frozenset({"127.0.0.1"})))
        assert "too long" in refusal(web, f"https://127.0.0.1:{silent.getsockname()[1]}/")
    assert listener.connections == 0


# The verbs that ask ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "verb", [("fetch",), ("import", "http://127.0.0.1:{port}/a"), ("import", "--assets")]
)
def test_the_verbs_connect_to_no_address_that_is_not_public(
    verb: tuple[str, ...], tmp_path: Path, listener: Listener, log: Path
) -> None:
    hosts = ("127.0.0.1", "localhost", "2130706433", "[::1]", "0x7f.1", "[::ffff:127.0.0.1]")
    tables = (
        f'[[feeds]]\nurl = "http://{host}:{listener.port}/a"\nname = "n{n}"\n' for n, host in enumerate(hosts)
    )
    pictures = "\n\n".join(f"![](http://{host}:{listener.port}/i.png)" for host in hosts)
    put(tmp_path / "lwnindex.toml", TOML + "".join(tables))
    put(tmp_path / "content/1.md", f"---\ntitle: T\ndate: 2020-01-01\n---\n{pictures}\n")
    run = audited.run(*(one.replace("{port}", str(listener.port)) for one in verb), cwd=tmp_path, log=log)

    assert "Traceback" not in run.said
    assert "not public" in run.said
    assert [one for one in run.events if one.name == "socket.connect"] == []
    assert listener.connections == 0
