"""The recipes of docs/publishing.md are followed, and what they publish is requested."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

import pytest
import yaml

from lwnindex import config, site
from lwnindex.options import Options
from tests.programs import NGINX, ROOT
from tests.sites import tree

TEXT = (ROOT / "docs/publishing.md").read_text("utf-8")
BASE = (ROOT / "themes/default/templates/base.html").read_text("utf-8")
OWN = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', BASE)[0]
PATIENCE = 30
ARTICLE = (
    "---\ntitle: Ceph\ndate: 2009-12-22\naliases: [/old/place/]\nentries: [Kernel/BPF]\n---\n"
    "Text. ![p](p.png)\n"
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def recipe(start: str) -> str:
    """Return the block of code of the manual that begins so."""
    blocks = re.findall(r"^```\w+\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    return next(str(block) for block in blocks if block.startswith(start))


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes


class Server(NamedTuple):
    """A server on loopback: the ports of the site and of what leads to it."""

    port: int
    plain: int

    def asked(
        self, path: str, method: str = "GET", *, port: int = 0, header: tuple[str, str] = ("", "")
    ) -> Answer:
        """Return what is answered; the path is sent as it is."""
        there = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=PATIENCE)
        there.request(method, path, headers=dict([("Host", "news.example"), header][: 1 + bool(header[0])]))
        found = there.getresponse()
        body = found.read()
        there.close()
        return Answer(found.status, {name.lower(): value for name, value in found.getheaders()}, body)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def nginx(folder: Path, root: Path) -> Iterator[Server]:
    """Run the recipe's server as whoever runs this, with the names and ports of this place."""
    server = Server(free_port(), free_port())
    own = recipe("# /etc/nginx/conf.d/news.conf")
    own = re.sub(r"(?m)^ *(listen \[::\].*|ssl_.*)\n", "", own)
    own = own.replace("listen 80;", f"listen 127.0.0.1:{server.plain};")
    own = own.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{server.port};")
    own = own.replace("/srv/www/news", str(root))
    (folder / "news.conf").write_text(own)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; {paths} include /etc/nginx/mime.types;\n"
        f"default_type application/octet-stream; include {folder}/news.conf; }}\n"
    )
    command = [str(NGINX), "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        try:
            _wait(server.port, process)
            yield server
        finally:
            process.terminate()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = monotonic() + PATIENCE
    while monotonic() < end:
        assert process.poll() is None, process.stderr and process.stderr.read()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            sleep(0.02)
        else:
            return
    raise AssertionError("nginx does not answer")


class Place(NamedTuple):
    """A site that the recipe's script publishes: its folder, and the one that is served."""

    root: Path
    served: Path

    def published(self) -> None:
        """Run the script, with the folders of this place."""
        text = recipe("#!/bin/sh\n# /srv/news/publish")
        text = text.replace("/srv/www/news", str(self.served)).replace("/srv/news", str(self.root))
        (self.root / "publish").write_text(text)
        path = f"{self.root / 'bin'}:{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
        subprocess.run(["sh", str(self.root / "publish")], env=environment, check=True, timeout=300)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A site that was published once."""
    root = tmp_path_factory.mktemp("news")
    found = Place(root / "news", root / "www")
    for path, text in (
        ("lwnindex.toml", '[site]\ntitle = "T"\nurl = "https://news.example"\n'),
        ("content/ceph.md", ARTICLE),
        ("content/gone.md", ARTICLE.replace("Ceph", "Gone").replace("/old/place/", "/older/")),
        ("bin/lwnindex", f'#!/bin/sh\nexec {sys.executable} -m lwnindex "$@"\n'),
    ):
        (found.root / path).parent.mkdir(parents=True, exist_ok=True)
        (found.root / path).write_text(text)
    (found.root / "content/p.png").write_bytes(PIXEL)
    (found.root / "bin/lwnindex").chmod(0o755)
    found.published()
    return found


@pytest.fixture(scope="module")
def server(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The recipe's server at work."""
    (place.served / ".secret").write_text("secret")
    (place.served / "empty").mkdir()
    (place.served / "out").symlink_to("/etc")
    with nginx(tmp_path_factory.mktemp("nginx"), place.served) as found:
        yield found


@pytest.mark.needs_nginx
@pytest.mark.needs_rsync
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/Articles/ceph/", "text/html; charset=utf-8"),
        ("/feed.rss", "application/rss+xml; charset=utf-8"),
        ("/feed.atom", "application/atom+xml; charset=utf-8"),
        ("/feed.json", "application/feed+json; charset=utf-8"),
        ("/index.opml", "text/x-opml; charset=utf-8"),
        ("/sitemap.xml", "text/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/assets/site.css", "text/css; charset=utf-8"),
        ("/assets/scheme.js", "application/javascript; charset=utf-8"),
        ("/assets/favicon.svg", "image/svg+xml; charset=utf-8"),
    ],
)
def test_pages_feeds_and_assets_have_their_types_and_headers(server: Server, path: str, kind: str) -> None:
    found = server.asked(path)

    assert (found.status, found.headers["content-type"]) == (200, kind)
    assert found.headers["content-security-policy"] == f"{OWN}; frame-ancestors 'none'"
    assert found.headers["strict-transport-security"] == "max-age=63072000"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["referrer-policy"] == "no-referrer"
    assert found.headers["cross-origin-opener-policy"] == "same-origin"
    assert found.headers["server"] == "nginx"


@pytest.mark.needs_nginx
@pytest.mark.needs_rsync
def test_what_is_kept_how_long_and_who_may_show_it(server: Server) -> None:
    def said(path: str) -> tuple[str, str]:
        found = server.asked(path).headers
        return found["cache-control"], found["cross-origin-resource-policy"]

    picture = re.findall(r'src="([^"]+\.png)"', server.asked("/Articles/ceph/").body.decode())[0]
    assert said("/") == ("no-cache", "same-origin")
    assert said("/assets/site.css") == ("no-cache", "same-origin")
    assert said("/feed.rss") == ("public, max-age=300", "same-origin")
    assert said("/feed.json") == ("public, max-age=300", "same-origin")
    assert said(f"/Articles/ceph/{picture}") == ("public, max-age=86400", "cross-origin")


@pytest.mark.needs_nginx
@pytest.mark.needs_rsync
def test_a_page_that_did_not_change_is_not_sent_again(server: Server) -> None:
    tag = server.asked("/").headers["etag"]

    assert server.asked("/", header=("If-None-Match", tag)).status == 304


@pytest.mark.needs_nginx
@pytest.mark.needs_rsync
@pytest.mark.parametrize(
    "path", ["/nowhere", "/.secret", "/empty/", "/out/passwd", "/404.html", "/.git/config", "/Articles/x/"]
)
def test_what_is_not_there_or_not_for_all_is_the_page_that_says_so(server: Server, path: str) -> None:
    found = server.asked(path)

    assert found.status in (403, 404)
    assert b"Page not found" in found.body
    assert b"secret" not in found.body
    assert found.headers["content-security-policy"] == f"{OWN}; frame-ancestors 'none'"


@pytest.mark.needs_nginx
@pytest.mark.needs_rsync
@pytest.mark.parametrize(
    "path", ["/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../../etc/passwd"]
)
def test_nothing_outside_is_served(server: Server, path: str) -> None:
    found = server.asked(path)

    assert found.status in (400, 403, 404)
    assert b"root:" not in found.body


@pytest.mark.needs_nginx
@pytest.mark.needs_rsync
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"])
def test_nothing_but_reading_is_allowed(server: Server, method: str) -> None:
    assert server.asked("/", method).status == 405
    assert server.asked("/", "HEAD").status == 200


@pytest.mark.needs_nginx
@pytest.mark.needs_rsync
def test_a_folder_without_its_slash_and_an_old_address_lead_on(server: Server) -> None:
    folder, old = server.asked("/Articles/ceph"), server.asked("/old/place/")

    assert (folder.status, folder.headers["location"]) == (301, "/Articles/ceph/")
    assert (old.status, b"../../Articles/ceph/" in old.body) == (200, True)
    plain = server.asked("/a?b", port=server.plain)
    assert (plain.status, plain.headers["location"]) == (301, "https://news.example/a?b")


@pytest.mark.needs_nginx
@pytest.mark.needs_rsync
def test_texts_are_sent_compressed_and_never_for_another_text(place: Place, server: Server) -> None:
    def sent() -> tuple[bytes, bytes]:
        packed = server.asked("/Articles/ceph/", header=("Accept-Encoding", "gzip"))
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.headers["vary"] == "Accept-Encoding"
        return server.asked("/Articles/ceph/").body, gzip.decompress(packed.body)

    before = sent()
    (place.root / "content/ceph.md").write_text(ARTICLE.replace("Text.", "Other text."))
    (place.root / "content/gone.md").unlink()
    place.published()
    after = sent()

    assert before[0] == before[1] != after[0] == after[1]
    assert b"Other text." in after[0]
    assert not list(place.served.glob("Articles/gone/*"))
    assert list((place.root / "pending").iterdir()) == []


def test_the_policy_of_every_recipe_is_that_of_the_pages() -> None:
    said = re.findall(r"default-src 'none';[^\"\n]*", TEXT)

    assert len(said) == 3
    assert {one.rstrip() for one in said} == {f"{OWN}; frame-ancestors 'none'"}


def test_what_hosts_read_is_sound() -> None:
    github, gitlab = yaml.safe_load(recipe("name: Publish")), yaml.safe_load(recipe("pages:\n"))
    netlify = tomllib.loads(recipe("[build]"))

    installing = recipe("pip install").splitlines()
    assert [step["run"] for step in github["jobs"]["build"]["steps"] if "run" in step][:2] == installing
    assert gitlab["pages"]["script"][:2] == installing
    assert netlify["build"]["command"] == " && ".join([*installing, "lwnindex build"])
    assert f"\n{netlify['build']['command']}\n" in TEXT
    assert github["jobs"]["deploy"]["needs"] == "build"
    assert gitlab["pages"]["artifacts"] == {"paths": ["public"]}
    assert netlify["build"]["publish"] == "site"
    assert json.dumps(netlify)


def test_headers_for_cloudflare_come_into_the_site(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "content").mkdir()
    (tmp_path / "static/_headers").write_text(recipe("/*\n"))
    (tmp_path / "lwnindex.toml").write_text('[site]\nurl = "https://news.example"\n')
    site.build(config.load(tmp_path / "lwnindex.toml", {}, {}), Options("serial"))

    assert (tmp_path / "site/_headers").read_text().startswith("/*\n  Content-Security-Policy: ")


@pytest.mark.needs_rsync
def test_lists_are_dealt_with_over_ssh(place: Place, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/ssh").write_text('#!/bin/sh\nshift\nexec sh -c "$*"\n')
    (tmp_path / "bin/ssh").chmod(0o755)
    remote = tmp_path / "remote"
    remote.mkdir()
    text = recipe("mkdir -p pending\n").replace("host:/srv/www", str(remote)).replace("/srv/www", str(remote))
    path = f"{tmp_path / 'bin'}:{place.root / 'bin'}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    for name in ("content", "lwnindex.toml"):
        subprocess.run(["cp", "-r", str(place.root / name), str(tmp_path / name)], check=True)
    subprocess.run(["sh", "-ec", text], cwd=tmp_path, env=environment, check=True, timeout=300)
    (tmp_path / "content/ceph.md").unlink()
    subprocess.run(["sh", "-ec", text], cwd=tmp_path, env=environment, check=True, timeout=300)

    assert tree(remote) == tree(tmp_path / "site")
    assert not list((tmp_path / "pending").iterdir())
