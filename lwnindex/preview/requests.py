"""The head of an HTTP request becomes a path of the site, or a refusal; nothing is believed.

Only who asks for this server by a name of this machine's own is answered, by GET or HEAD, and no page of
another origin: what a browser tells of who asks (Origin, Sec-Fetch-Site) must be this server, or the person.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

OWN = ":lwnindex"
"""The folder of what the server has to say itself: no page can have such a name."""

LONGEST = 16_384
"""Bytes of a head that is read."""

_LINE = re.compile(r"([A-Za-z]+) (\S+) (HTTP/\d\.\d)")
_FIELD = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)")
_TARGET = re.compile(r"(/(?:[!-\"$&-\[\]-~]|%[0-9A-Fa-f]{2})*)")
_QUERY = re.compile(r"[!-~]*")
_STRANGE = re.compile(r'[\x00-\x1f\x7f-\x9f\\:*?"<>|\ud800-\udfff]')
_METHODS = ("GET", "HEAD")
_ONCE = ("host", "origin", "sec-fetch-site", "content-length")


class Refusal(NamedTuple):
    """Why a request is not answered: a status and a sentence."""

    status: int
    sentence: str


class Request(NamedTuple):
    """What is asked for: the levels of a path below the server's root, a folder's if it ended with a slash.

    `host` is the server as it was named, with its port.
    """

    levels: tuple[str, ...]
    is_folder: bool
    query: str = ""
    host: str = ""
    is_head: bool = False

    @property
    def path(self) -> str:
        """The path of the file that stands there."""
        return "/".join((*self.levels, "index.html") if self.is_folder else self.levels)

    @property
    def address(self) -> str:
        """The path as links have it, of a folder."""
        return "/" + "".join(f"{quote(each)}/" for each in self.levels)


def names_of(port: int) -> frozenset[str]:
    """Return what a server on this port is called on its own machine."""
    hosts = ("127.0.0.1", "localhost", "[::1]")
    return frozenset(f"{host}:{port}" for host in hosts) | (frozenset(hosts) if port == 80 else frozenset())


def asked(head: bytes, names: Collection[str]) -> Request | Refusal:
    """Return what a request's head asks of the server of these names; the empty line after it is left out."""
    first, *rest = head.decode("latin-1").split("\r\n")
    line = _LINE.fullmatch(first)
    fields = _fields(rest)
    if line is None or fields is None:
        return Refusal(400, "This is no request that is understood here.")
    method, target, version = line.groups()
    refusal = _refused(method, version, fields, names)
    if refusal:
        return refusal
    found = path_of(target)
    if isinstance(found, Refusal):
        return found
    return found._replace(host=fields["host"].lower(), is_head=method == "HEAD")


def _fields(lines: list[str]) -> dict[str, str] | None:
    """Return the fields by their names in small letters; None where one is none, or stands there twice."""
    found: dict[str, str] = {}
    for each in lines:
        match = _FIELD.fullmatch(each)
        name = match[1].lower() if match else ""
        if match is None or (name in _ONCE and name in found):
            return None
        found[name] = match[2].strip(" \t")
    return found


def _refused(method: str, version: str, fields: dict[str, str], names: Collection[str]) -> Refusal | None:
    """Return why somebody is not answered, whatever they ask for."""
    host = fields.get("host", "").lower()
    if host not in names:
        return Refusal(421, "This server answers to the names of its own machine alone.")
    if "origin" in fields and fields["origin"].lower() != f"http://{host}":
        return Refusal(403, "Pages of other origins are not answered.")
    if fields.get("sec-fetch-site", "none").lower() not in ("same-origin", "none"):
        return Refusal(403, "Pages of other origins are not answered. Type the address into the browser.")
    if method not in _METHODS:
        return Refusal(405, "This server knows GET and HEAD alone.")
    if version not in ("HTTP/1.0", "HTTP/1.1"):
        return Refusal(505, "This server speaks HTTP/1.1.")
    return _laden(fields)


def _laden(fields: dict[str, str]) -> Refusal | None:
    """Return why a request that brings more than its head is not answered."""
    if "transfer-encoding" in fields or fields.get("content-length", "0") != "0":
        return Refusal(400, "This server reads nothing but the head of a request.")
    return None


def path_of(target: str) -> Request | Refusal:
    """Return what the target of a request names: a path from the root, in percent encoding, and a query."""
    said, _, query = target.partition("?")
    if not (_TARGET.fullmatch(said) and _QUERY.fullmatch(query)):
        return Refusal(400, "This is no path.")
    try:
        levels = [unquote_to_bytes(each).decode("utf-8") for each in said[1:].split("/")]
    except UnicodeDecodeError:
        return Refusal(400, "This is no path in UTF-8.")
    is_folder = levels[-1] == ""
    if is_folder:
        levels.pop()
    own = levels[:1] == [OWN]
    if any(_leads_astray(each) for each in levels[1 if own else 0 :]):
        return Refusal(404, "There is no such page.")
    return Request(tuple(levels), is_folder, query)


def _leads_astray(level: str) -> bool:
    """Tell whether no file of a site is called so: by it one would leave the folder, or the file system."""
    return level in ("", ".", "..") or "/" in level or _STRANGE.search(level) is not None
