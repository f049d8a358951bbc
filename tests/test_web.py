"""What stands at an address comes back; a server that misbehaves costs a sentence, and no more than that."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from lwnindex.web import Known, Limits, Reached, Web, WebError
from tests.misbehaving import (
    Answer,
    Server,
    after_packed,
    deaf,
    endless,
    garbled,
    hanging,
    in_turn,
    misbehaving,
    packed_nothing,
    page,
    redirect,
    short,
    status,
    trickling,
    versioned,
    zipped,
)

SMALL = Limits(
    connect=60, read=60, total=60, size=1000, retries=0, private=frozenset({"127.0.0.1", "feed.example"})
)
MODIFIED = "Tue, 22 Dec 2009 10:00:00 GMT"
BOMB = gzip.compress(gzip.compress(b"\0" * 50_000_000))


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that knows no page yet."""
    with misbehaving({}) as found:
        yield found


def web(**limits: float) -> Web:
    """Return what asks as few times, and as briefly, as a test can bear."""
    return Web(SMALL._replace(**limits))  # type: ignore[arg-type]


def refused(server: Server, answer: Answer, **limits: float) -> WebError:
    """Return the error that an answer ends in."""
    server.answers["/a"] = answer
    with pytest.raises(WebError) as caught:
        web(**limits).get(f"{server.url}/a")
    return caught.value


def test_what_stands_at_an_address_comes_back(server: Server) -> None:
    server.answers["/a?b=1"] = page(b"text", "text/xml; charset=UTF-8", ETag='"1"', Last_Modified=MODIFIED)

    found = web().get(f"{server.url}/a?b=1#part")

    assert found.content == b"text"
    assert (found.url, found.kind, found.charset) == (f"{server.url}/a?b=1", "text/xml", "utf-8")
    assert found.known == Known('"1"', MODIFIED)
    assert not found.moved


def test_a_question_says_who_asks_and_nothing_else(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.answers["/a"] = redirect("/b")
    server.answers["/b"] = page(b"text", Set_Cookie="a=b")

    Web(SMALL, "https://news.example/").get(f"{server.url}/a")

    for _, headers, _ in server.asked:
        assert headers["User-Agent"].startswith("lwnindex/")
        assert headers["User-Agent"].endswith(" (+https://news.example/)")
        assert headers["Host"] == f"127.0.0.1:{server.port}"
        assert not {"Cookie", "Authorization", "Referer", "Proxy-Authorization"} & set(headers)


def test_the_name_of_a_host_is_told_to_it_whatever_its_address(server: Server) -> None:
    server.answers["/"] = page(b"text")
    Web(SMALL, resolve=lambda *_: ["127.0.0.1"]).get(f"http://feed.example:{server.port}/")

    assert server.asked[0].headers["Host"] == f"feed.example:{server.port}"


def test_the_name_of_a_host_stands_in_the_greeting_of_tls() -> None:
    heard: list[bytes] = []

    def hear(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            heard.append(connection.recv(4096))

    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        thread = threading.Thread(target=hear, args=(listener,))
        thread.start()
        with pytest.raises(WebError):
            Web(SMALL, resolve=lambda *_: ["127.0.0.1"]).get(
                f"https://feed.example:{listener.getsockname()[1]}/"
            )
        thread.join()
    assert b"feed.example" in heard[0]


def test_a_version_that_is_known_is_not_sent_again(server: Server) -> None:
    server.answers["/a"] = versioned(b"text", '"1"', MODIFIED)
    first = web().get(f"{server.url}/a")
    second = web().get(f"{server.url}/a", first.known)

    assert (first.content, second.content) == (b"text", None)
    assert second.known == first.known == Known('"1"', MODIFIED)


@pytest.mark.parametrize("etag", ['"\xe9"', '"a\x80"', f'"{"e" * 5000}"'])
def test_a_version_that_no_question_can_name_is_asked_for_again(server: Server, etag: str) -> None:
    server.answers["/a"] = page(b"text", ETag=etag)
    first = web().get(f"{server.url}/a")

    assert web().get(f"{server.url}/a", first.known).content == b"text"
    assert server.asked[1].headers["If-None-Match"] is None


def test_not_modified_is_no_answer_to_who_knows_nothing(server: Server) -> None:
    assert "304" in str(refused(server, status(304)))


def test_packed_bytes_are_unpacked(server: Server) -> None:
    server.answers["/a"] = zipped(b"text" * 200)

    assert web().get(f"{server.url}/a").content == b"text" * 200


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (page(b"x" * 1001), "too large"),
        (endless, "too large"),
        (zipped(b"x" * 1001), "too large"),
        (zipped(b"\0" * 50_000_000), "too large"),
        (page(BOMB, Content_Encoding="gzip, gzip"), "packed"),
        (page(b"x", Content_Encoding="br"), "packed"),
        (page(b"no gzip", Content_Encoding="gzip"), "damaged"),
        (page(gzip.compress(b"text" * 50)[:-9], Content_Encoding="gzip"), "breaks off"),
        (short, "breaks off"),
        (garbled, "none of HTTP"),
        (status(404), "404 Not Found"),
        (status(204), "204"),
        (status(500), "500"),
        (status(401), "401"),
        (status(302), "302"),
        (redirect("file:///etc/passwd"), "no address that begins with http"),
        (redirect("ftp://example.org/"), "no address that begins with http"),
        (redirect("http://a:b@127.0.0.1/"), "name or password"),
        (redirect("http://a:99999/"), "no address"),
        (redirect("/a"), "more than 5 redirects"),
    ],
)
def test_what_is_wrong_with_an_answer_is_told(server: Server, answer: Answer, sentence: str) -> None:
    error = refused(server, answer)

    assert sentence in str(error)
    assert str(error).startswith(server.url) or "password" in sentence
    assert "\n" not in str(error)
    assert not error.is_gone


@pytest.mark.parametrize("answer", [hanging, trickling])
def test_a_slow_answer_is_not_waited_for(server: Server, answer: Answer) -> None:
    error = refused(server, answer, total=0.2)

    assert "too long" in str(error)
    assert error.is_passing


def test_the_time_counts_over_all_redirects(server: Server) -> None:
    server.answers["/a"] = redirect("/b")
    server.answers["/b"] = trickling
    with pytest.raises(WebError, match=r"too long"):
        web(total=0.3).get(f"{server.url}/a")


def test_the_time_counts_over_all_tries(server: Server) -> None:
    server.answers["/a"] = in_turn(hanging, page(b"text"))
    with pytest.raises(WebError, match=r"too long"):
        web(total=0.3, retries=2).get(f"{server.url}/a")
    assert len(server.asked) == 1


def test_a_pause_that_is_longer_than_the_time_left_is_not_made(server: Server) -> None:
    pauses = Pauses()
    server.answers["/a"] = status(429, Retry_After="15")
    with pytest.raises(WebError, match=r"429"):
        pauses.web(total=10).get(f"{server.url}/a")
    assert not pauses


def test_what_follows_packed_bytes_is_not_taken(server: Server) -> None:
    server.answers["/a"] = after_packed
    assert web(size=1_000_000).get(f"{server.url}/a").content == b"text"


def test_packed_bytes_that_stand_for_nothing_are_counted(server: Server) -> None:
    assert "too large" in str(refused(server, packed_nothing, size=100_000))


@pytest.mark.parametrize("port", [22, 25, 6667])
def test_a_port_of_another_protocol_is_not_asked(server: Server, port: int) -> None:
    server.answers["/a"] = redirect(f"http://127.0.0.1:{port}/")
    with pytest.raises(WebError, match=rf"names port {port}, which is none of the web's"):
        web().get(f"{server.url}/a")
    assert server.paths() == ["/a"]


def test_what_is_gone_is_told_apart(server: Server) -> None:
    error = refused(server, status(410), retries=2)

    assert error.is_gone
    assert server.paths() == ["/a"]


def test_redirects_are_followed_as_far_as_five(server: Server) -> None:
    server.answers.update({f"/{n}": redirect(f"{n + 1}", 301) for n in range(6)})
    server.answers["/6"] = page(b"end")

    assert web().get(f"{server.url}/1").content == b"end"
    with pytest.raises(WebError, match=r"more than 5 redirects. Write where they end"):
        web().get(f"{server.url}/0")


def test_an_address_that_moved_for_good_is_told(server: Server) -> None:
    server.answers.update({"/a": redirect("/b", 301), "/b": redirect("/c", 308), "/c": page(b"end")})
    server.answers.update({"/d": redirect("/b", 302), "/e": redirect("/d", 301)})

    assert web().get(f"{server.url}/a").moved == f"{server.url}/c"
    assert web().get(f"{server.url}/d").moved == ""
    assert web().get(f"{server.url}/e").moved == f"{server.url}/d"
    assert web().get(f"{server.url}/d").url == f"{server.url}/c"


def test_an_address_that_is_not_public_is_not_asked(server: Server) -> None:
    server.answers["/a"] = page(b"secret")
    with pytest.raises(WebError, match=r"has the address 127.0.0.1, which is not public"):
        Web(SMALL._replace(private=frozenset())).get(f"{server.url}/a")
    assert server.asked == []


@pytest.mark.parametrize("host", ["127.0.0.2", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1", "169.254.169.254"])
def test_no_redirect_leads_to_an_address_that_is_not_public(server: Server, host: str) -> None:
    server.answers.update({"/a": redirect(f"http://{host}:{server.port}/b"), "/b": page(b"secret")})
    with pytest.raises(WebError, match=r"which is not public"):
        web().get(f"{server.url}/a")
    assert server.paths() == ["/a"]


def test_a_name_that_is_public_only_at_first_is_refused_at_the_next_hop(server: Server) -> None:
    said = [["127.0.0.1"], ["127.0.0.1"]]
    server.answers.update({"/a": redirect(f"http://other.example:{server.port}/b"), "/b": page(b"secret")})
    with pytest.raises(WebError, match=r"other\.example has the address 127\.0\.0\.1"):
        Web(SMALL, resolve=lambda *_: said.pop()).get(f"http://feed.example:{server.port}/a")
    assert server.paths() == ["/a"]


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "feed.xml",
            "/feed",
            "file:///etc/passwd",
            "ftp://example.org/",
            "javascript:alert(1)",
            "http://",
        ),
        *(
            "http:///a",
            "https://exa mple.org/",
            "http://[::1",
            "http://a:99999/",
            "http://a:0/",
            "http://\x00/",
        ),
        *("gopher://example.org/", "//example.org/a", f"http://{'a' * 70_000}/"),
    ],
)
def test_what_is_no_address_is_told(url: str) -> None:
    with pytest.raises(WebError) as caught:
        web().get(url)
    assert len(str(caught.value)) < 700


def test_a_long_address_is_not_told_at_length(server: Server) -> None:
    for to in (
        f"http://127.0.0.1:{'9' * 5000}/",
        f"http://{'a' * 5000}:x/",
        "http://" + "\xe9" * 5000 + ".example/",
    ):
        assert len(str(refused(server, redirect(to)))) < 700


def test_without_tls_there_is_no_answer_to_https(server: Server) -> None:
    with pytest.raises(WebError, match=r"no safe connection: .* Is it an address of http://\?") as caught:
        web(retries=2).get(f"https://127.0.0.1:{server.port}/a")
    assert not caught.value.is_passing


def test_nobody_at_an_address_is_told() -> None:
    with deaf() as port, pytest.raises(WebError, match=r"no connection: .*refused.*Check the address, or"):
        web().get(f"http://127.0.0.1:{port}/")


class Pauses(list[float]):
    """The seconds that were to be waited."""

    def web(self, **limits: float) -> Web:
        return Web(SMALL._replace(**{"retries": 2, "pause": 1, **limits}), pause=self.append)  # type: ignore[arg-type]


@pytest.mark.parametrize("passing", [status(429), status(503), status(502), status(504), short])
def test_what_passes_is_tried_again_after_longer_pauses(server: Server, passing: Answer) -> None:
    pauses = Pauses()
    server.answers["/a"] = in_turn(passing, passing, page(b"text"))

    assert pauses.web().get(f"{server.url}/a").content == b"text"
    assert pauses == [1, 2]


def test_what_does_not_pass_is_told_after_three_tries(server: Server) -> None:
    pauses = Pauses()
    server.answers["/a"] = status(503)
    with pytest.raises(WebError, match=r"503 Service Unavailable. Try again later"):
        pauses.web().get(f"{server.url}/a")
    assert len(server.asked) == 3
    assert pauses == [1, 2]


def test_a_server_says_how_long_to_wait(server: Server) -> None:
    pauses = Pauses()
    past = format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)
    server.answers["/a"] = in_turn(status(429, Retry_After="7"), status(503, Retry_After=past), page(b"text"))

    assert pauses.web().get(f"{server.url}/a").content == b"text"
    assert pauses == [7, 0]


def test_a_server_that_asks_for_long_is_left_alone(server: Server) -> None:
    pauses = Pauses()
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    for said, least, most in (("3600", 3600, 3600), (later, 3500, 3601), ("9" * 40, 1e8, 1e9)):
        server.answers["/a"] = status(429, Retry_After=said)
        with pytest.raises(WebError) as caught:
            pauses.web().get(f"{server.url}/a")
        assert caught.value.wait is not None
        assert least <= caught.value.wait <= most
    assert not pauses
    assert len(server.asked) == 3


@pytest.mark.parametrize("said", ["soon", "-1", "", "Tue, 99 Foo 2009"])
def test_a_time_to_wait_that_is_none_is_not_used(server: Server, said: str) -> None:
    error = refused(server, status(429, Retry_After=said))

    assert error.wait is None


# Whether there is something ----------------------------------------------------------------------


def reached(server: Server, path: str = "/a") -> Reached:
    return Pauses().web().reach(f"{server.url}{path}")


def test_what_is_there_is_reached_without_being_read(server: Server) -> None:
    server.answers["/a"] = page(b"x" * 1000)

    assert reached(server) == Reached(f"{server.url}/a")
    assert server.methods == ["HEAD"]


@pytest.mark.parametrize("code", [400, 403, 404, 405, 501])
def test_a_server_that_does_not_like_to_be_asked_for_the_head_is_asked_for_all(
    server: Server, code: int
) -> None:
    server.heads["/a"] = status(code)
    server.answers["/a"] = endless

    assert reached(server).url == f"{server.url}/a"
    assert server.methods == ["HEAD", "GET"]


@pytest.mark.parametrize("code", [404, 410, 500, 503])
def test_what_is_not_there_is_told_with_its_status(server: Server, code: int) -> None:
    server.answers["/a"] = status(code)

    with pytest.raises(WebError) as caught:
        reached(server)

    assert caught.value.status == code


def test_a_move_for_good_is_told_and_another_is_not(server: Server) -> None:
    server.answers |= {"/a": redirect("/b", 301), "/c": redirect("/b", 302), "/b": page(b"x")}

    assert reached(server).moved == f"{server.url}/b"
    assert reached(server, "/c").moved == ""


def test_packed_bytes_are_not_unpacked_when_nothing_is_read(server: Server) -> None:
    server.answers["/a"] = zipped(b"x" * 1000)

    assert reached(server).url == f"{server.url}/a"
