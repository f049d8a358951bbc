"""Where the remote pictures of articles are held below a content folder."""

from __future__ import annotations

import re
from hashlib import blake2b
from urllib.parse import unquote, urlsplit

from lwnindex.names import folded, is_device

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
_NOT_KEPT = re.compile(r"[^a-z0-9_\-]")
_LONGEST = 150


def asset_of(url: str) -> str:
    """Return the path below a content folder at which a remote picture is held: `assets/HOST/PATH.png`.

    Empty where the address is none of http or https. Both schemes mean one file, fragments none of their
    own. Any two others have different files, also where case does not count: a path that cannot stand as
    it is, and every query, is told apart by a mark at the end of the file's name. Folders hold no dot, and
    files end as pictures do, or in `.img` where the address does not say of which kind it is.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("", "http", "https") or not host:
        return ""
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    exact = f"{place}/{parts.path[1:]}" + (f"?{parts.query}" if parts.query else "")
    site = ".".join(map(_level, re.split(r"[.:]", place)))
    return _path(site, unquote(parts.path).split("/")[1:] or [""], exact)


def _path(site: str, levels: list[str], exact: str) -> str:
    """Return the path of a picture; `exact` is what no other one has."""
    *folders, name = levels
    stem, dot, ending = name.rpartition(".")
    suffix = dot + ending.lower()
    if suffix not in _PICTURES:
        stem, suffix = name, ".img"
    inner = "/".join([site, *map(_level, filter(None, folders)), _level(stem)])
    if f"{inner}{suffix}" == exact and len(inner) <= _LONGEST:
        return f"assets/{exact}"
    if len(inner) > _LONGEST:
        inner = f"{site[:60].rstrip('.')}/{_level(stem)}"
    own = blake2b(exact.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"assets/{inner}~{own}{suffix}"


def _level(name: str) -> str:
    """Return a level of the path of a picture, in few and small letters."""
    plain = _NOT_KEPT.sub("_", folded(name))[:60] or "_"
    return f"{plain}_" if is_device(plain) else plain
