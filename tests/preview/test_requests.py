"""A request asks for a path of the site, or is refused with a status."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.disk import is_inside
from lwnindex.preview.requests import Refusal, Request, asked, names_of, path_of

NAMES = names_of(8000)


def head(line: str = "GET / HTTP/1.1", *fields: str, host: str = "127.0.0.1:8000") -> bytes:
    return "\r\n".join((line, f"Host: {host}", *fields)).encode("latin-1")


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/", "index.html"),
        ("/Kernel/Index/", "Kernel/Index/index.html"),
        ("/Kernel/Index/?q=1", "Kernel/Index/index.html"),
        ("/feed.rss", "feed.rss"),
        ("/a%20b/%C3%BC/", "a b/\N{LATIN SMALL LETTER U WITH DIAERESIS}/index.html"),
        ("/Authors/~1a2b3c/", "Authors/~1a2b3c/index.html"),
        ("/.well-known/x", ".well-known/x"),
        ("/:lwnindex/events", ":lwnindex/events"),
    ],
)
def test_a_target_is_a_path(target: str, path: str) -> None:
    found = path_of(target)

    assert isinstance(found, Request)
    assert found.path == path


@pytest.mark.parametrize(
    ("target", "status"),
    [
        *((each, 404) for each in ("/../etc/passwd", "/a/../../b", "/%2e%2e/x", "/..%2fx", "/a%2f..%2fb")),
        *((each, 404) for each in ("//evil.example/", "/a//b", "/./a", "/a/%2E/", "/C:/x", "/x:stream")),
        *(
            (each, 404)
            for each in ("/%00", "/a%00.html", "/..%5c..%5cx", "/%5c%5chost/x", "/%0d%0aSet-Cookie:x")
        ),
        *((each, 404) for each in ("/:lwnindex/../x", "/:lwnindex/%2e%2e/x", "/:other", "/%7f", "/a%3Ab")),
        *(
            (each, 400)
            for each in ("", "*", "http://127.0.0.1:8000/", "x", "/a\\b", "/%", "/%zz", "/%2", "/#x")
        ),
        *((each, 400) for each in ("/%ff", "/%c0%ae%c0%ae/", "/%ed%a0%80", "/\xe9")),
    ],
)
def test_what_is_no_path_of_a_site_is_refused(target: str, status: int) -> None:
    found = path_of(target)

    assert isinstance(found, Refusal)
    assert found.status == status


@given(
    st.text(max_size=30).map(lambda text: "/" + text)
    | st.from_regex(r"(/|%2e|%2f|\.|%5c|a){1,9}", fullmatch=True)
)
def test_no_target_leads_out_of_the_folder(target: str) -> None:
    found = path_of(target)

    assert isinstance(found, Refusal) or is_inside(found.path) or found.levels[0] == ":lwnindex"


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000"])
def test_who_names_this_machine_is_answered(host: str) -> None:
    assert isinstance(asked(head(host=host), NAMES), Request)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "127.0.0.1",
        "localhost",
        "evil.example",
        "evil.example:8000",
        "127.0.0.1:8001",
        "127.0.0.1:8000.evil.example",
        "localhost:8000@evil.example",
        "127.0.0.1.nip.io:8000",
        "0.0.0.0:8000",
        "127.1:8000",
        "2130706433:8000",
        "127.0.0.1:8000, evil.example",
        "[::]:8000",
        "localhost.:8000",
    ],
)
def test_who_names_another_host_is_refused(host: str) -> None:
    found = asked(head(host=host), NAMES)

    assert isinstance(found, Refusal)
    assert found.status == 421


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        (["Origin: http://evil.example"], 403),
        (["Origin: null"], 403),
        (["Origin: https://127.0.0.1:8000"], 403),
        (["Origin: http://127.0.0.1:8001"], 403),
        (["Origin: http://localhost:8000"], 403),
        (["Origin:"], 403),
        (["Sec-Fetch-Site: cross-site"], 403),
        (["Sec-Fetch-Site: same-site"], 403),
        (["Sec-Fetch-Site: "], 403),
        (["Sec-Fetch-Site: none", "Sec-Fetch-Site: none"], 400),
        (["Host: evil.example"], 400),
        (["Host : 127.0.0.1:8000"], 400),
        ([" folded"], 400),
        (["No field"], 400),
        (["A: b\nHost: x"], 400),
        (["A: \x00"], 400),
        (["Content-Length: 5"], 400),
        (["Content-Length: -1"], 400),
        (["Transfer-Encoding: chunked"], 400),
    ],
)
def test_a_request_of_somebody_else_or_a_strange_one_is_refused(fields: list[str], status: int) -> None:
    found = asked(head("GET / HTTP/1.1", *fields), NAMES)

    assert isinstance(found, Refusal)
    assert found.status == status


@pytest.mark.parametrize(
    "field", ["Origin: http://127.0.0.1:8000", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none"]
)
def test_the_servers_own_pages_and_the_person_are_answered(field: str) -> None:
    assert isinstance(asked(head("GET / HTTP/1.1", field), NAMES), Request)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        *(
            (f"{method} / HTTP/1.1", 405)
            for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PRI", "get")
        ),
        *((f"GET / HTTP/{version}", 505) for version in ("0.9", "2.0", "3.0", "1.2")),
        *(
            (line, 400)
            for line in (
                "",
                "GET",
                "GET /",
                "GET  / HTTP/1.1",
                "GET / HTTP/1.1 ",
                "GET / x HTTP/1.1",
                "\x16\x03\x01",
            )
        ),
    ],
)
def test_what_is_no_get_or_head_is_refused(line: str, status: int) -> None:
    found = asked(head(line), NAMES)

    assert isinstance(found, Refusal)
    assert found.status == status


def test_a_head_without_a_host_is_refused() -> None:
    assert asked(b"GET / HTTP/1.0", NAMES) == Refusal(
        421, "This server answers to the names of its own machine alone."
    )


@given(st.binary(max_size=200))
def test_whatever_is_sent_is_answered_or_refused(sent: bytes) -> None:
    assert isinstance(asked(sent, NAMES), Request | Refusal)


def test_a_server_on_the_usual_port_is_called_without_it_too() -> None:
    assert "localhost" in names_of(80)
    assert "localhost" not in NAMES
