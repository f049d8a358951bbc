"""The server answers with files of the site, and with nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lwnindex.preview.answers import ALWAYS, Answer, Tree, own_file, refusal
from lwnindex.preview.requests import Refusal, Request, path_of

PAGE = b'<!doctype html><html><head><meta charset="utf-8"><title>T</title></head><body>x</body></html>'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a site, in one that holds a secret."""
    site = tmp_path / "site"
    (site / "Kernel").mkdir(parents=True)
    (site / "empty").mkdir()
    (tmp_path / "secret.html").write_text("secret")
    for name in ("index.html", "Kernel/index.html", "404.html"):
        (site / name).write_bytes(PAGE)
    (site / "feed.rss").write_text("<rss/>")
    (site / "link.html").symlink_to(tmp_path / "secret.html")
    (site / "away").symlink_to(tmp_path)
    os.mkfifo(site / "pipe.html")
    return site


def answered(root: Path, target: str, *base: str) -> Answer:
    found = path_of(target)
    assert isinstance(found, Request)
    return Tree(str(root), lambda: "r.1", base).answer(found._replace(host="127.0.0.1:8000"))


def body(answer: Answer) -> bytes:
    return b"".join(answer.body or ())


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/Kernel/", "text/html; charset=utf-8"),
        ("/feed.rss", "application/rss+xml"),
    ],
)
def test_a_file_is_answered_with_its_type(root: Path, target: str, kind: str) -> None:
    answer = answered(root, target)

    assert (answer.status, answer.fields["Content-Type"]) == (200, kind)
    assert len(body(answer)) == answer.size


@pytest.mark.parametrize("name", ["a.unknown", "b", "c.HTML", "d.svg"])
def test_no_type_is_left_to_a_guess(root: Path, name: str) -> None:
    (root / name).write_bytes(b"<script>alert(1)</script>")

    answer = answered(root, f"/{name}")

    assert answer.fields["Content-Type"] in (
        *("application/octet-stream", "image/svg+xml", "text/html; charset=utf-8"),
    )
    assert b"nosniff" in answer.head


@pytest.mark.parametrize(
    "target",
    ["/no/", "/link.html", "/away/secret.html", "/away/", "/pipe.html", "/empty/", "/empty", "/away"],
)
def test_what_is_no_file_of_the_site_is_lost_and_no_folder_is_listed(root: Path, target: str) -> None:
    answer = answered(root, target)
    content = body(answer)

    assert answer.status == 404
    assert b"<title>T</title>" in content
    assert b"secret" not in content


def test_a_folder_leads_to_its_page(root: Path) -> None:
    answer = answered(root, "/Kernel?q=1")

    assert (answer.status, answer.fields["Location"]) == (302, "/Kernel/?q=1")


@pytest.mark.parametrize(
    ("target", "status"),
    [("/docs/", 200), ("/docs/Kernel/", 200), ("/", 302), ("/docs", 302), ("/Kernel/", 404)],
)
def test_a_site_stands_below_the_path_of_its_address(root: Path, target: str, status: int) -> None:
    answer = answered(root, target, "docs")

    assert answer.status == status
    assert answer.fields.get("Location", "/docs/") == "/docs/"


def test_a_page_is_served_with_a_script_and_its_file_stays(root: Path) -> None:
    content = body(answered(root, "/"))

    assert b'<script src="http://127.0.0.1:8000/:lwnindex/client.js?r.1" defer></script>' in content
    assert (root / "index.html").read_bytes() == PAGE


def test_before_anything_is_built_there_is_a_page_that_waits(tmp_path: Path) -> None:
    answer = answered(tmp_path / "none", "/")

    assert answer.status == 404
    assert b"client.js" in body(answer)


@pytest.mark.parametrize("status", [400, 403, 404, 405, 421, 431, 503, 505])
def test_every_answer_keeps_others_away(status: int) -> None:
    head = refusal(Refusal(status, "No.")).head.decode()

    assert all(f"{name}: {value}\r\n" in head for name, value in ALWAYS.items())
    assert "frame-ancestors 'self'" in head
    assert ("Allow: GET, HEAD" in head) == (status == 405)


@pytest.mark.parametrize("name", ["server.py", "../preview/client.js", "__init__.py", ""])
def test_the_servers_own_folder_holds_two_files(name: str) -> None:
    assert own_file("client.js")
    assert own_file("overlay.css")
    assert own_file(name) is None
