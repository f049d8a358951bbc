"""Paths of the site are claimed, one holder each; who comes too late is told in a problem."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from lwnindex import names
from lwnindex.model import Problem
from lwnindex.problems import problem
from lwnindex.viewmodel import AnyView

_LONGEST = 2_800
"""Bytes of a path: no system takes one of more than 4,096, and there are folders above the site."""

_DEEPEST = 400
"""Folders of a path: who makes, walks or removes them does so one within the other."""


class Routes:
    """Who stands at which path: one each, told apart as the least capable file system does."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._holders: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        self._sources: dict[str, str] = {}

    @property
    def paths(self) -> Collection[str]:
        """The paths that are taken."""
        return self._holders.values()

    def claim(self, path: str, title: str = "", file: str = "") -> bool:
        """Tell whether a page got its path; a problem names the `file` it comes from where it did not."""
        return self._claim(path, f'the page "{title}"' if title else "the feed", file or path)

    def claim_list(self, path: str, make: Callable[[], AnyView]) -> bool:
        """Tell whether a page that has yet to be made got its path; it is made where that is to be told."""
        return self.claim(path, make().title if self._holder(path) else "")

    def claim_file(self, path: str, file: str = "") -> bool:
        """Tell whether a file of static/, or another one, got its path; a problem where it did not."""
        if not names.is_portable(path):
            self.problems.append(_strange(file or f"static/{path}"))
            return False
        return self._claim(path, "the file", file or f"static/{path}")

    def claim_missing(self, path: str, what: str = "") -> bool:
        """Tell whether a path is free, and take it; a file of the site's own there is no problem."""
        return self._holder(path) != path and self._claim(path, what or path, path)

    def claim_old(self, path: str, target: str, file: str, line: int = 1) -> bool:
        """Tell whether an old address got its path; a problem where it is another's than its `target`'s.

        Nothing is told of one that is written in no `file`.
        """
        holder = self._holder(path)
        if holder is None:
            return self._claim(path, path, file)
        if holder != target and file:
            self.problems.append(_kept(path, self._sourced(holder), file, line))
        return False

    def _claim(self, path: str, what: str, file: str) -> bool:
        if 4 * len(path) > _LONGEST and _is_endless(path):
            self.problems.append(_endless(file))
            return False
        key = names.folded(path)
        above = self._new_above(key)
        holder = self._in_the_way(path, key, above)
        if holder is not None:
            self.problems.append(_clash(path, self._sourced(holder), what, file))
            return False
        self._holders[key] = path
        self._folders.update(dict.fromkeys(above, path))
        if file != path:
            self._sources[path] = file
        return True

    def _sourced(self, holder: str) -> str:
        """Return what stands in the way, with the file that it comes from; of a folder, that of its first."""
        first = self._folders[names.folded(holder[:-1])] if holder.endswith("/") else holder
        return f"{holder} of {self._sources[first]}" if first in self._sources else holder

    def _holder(self, path: str) -> str | None:
        """Return what stands in the way of this path: the same, a folder of it, or a file above it."""
        key = names.folded(path)
        return self._in_the_way(path, key, self._new_above(key))

    def _in_the_way(self, path: str, key: str, above: Iterable[str]) -> str | None:
        if key in self._folders:
            return f"{path}/"
        if key in self._holders:
            return self._holders[key]
        return next((self._holders[each] for each in above if each in self._holders), None)

    def _new_above(self, key: str) -> list[str]:
        """Return the folders above a path that have held nothing so far; no file stands above the others."""
        found = []
        key = key.rpartition("/")[0]
        while key and key not in self._folders:
            found.append(key)
            key = key.rpartition("/")[0]
        return found


def _kept(path: str, holder: str, file: str, line: int) -> Problem:
    return problem(
        "alias-clash",
        file,
        line,
        f'the old address "/{path.removesuffix("index.html")}" leads to {holder}, which stands there.',
        "Take it out of this file, or give the other another name.",
    )


def _is_endless(path: str) -> bool:
    return len(path.encode("utf-8")) > _LONGEST or path.count("/") > _DEEPEST


def _endless(file: str) -> Problem:
    message = (
        f"its path on the site would have more than {_LONGEST} bytes or {_DEEPEST} folders; it is left out."
    )
    return problem("bad-path", file, 0, message, "Put it into fewer folders, or give them shorter names.")


def _strange(file: str) -> Problem:
    message = "some file systems cannot hold a file of this name, or take it for another; it is left out."
    fix = 'Rename it: no <>:"|?*\\ and no controls, no dot or space at an end, no name like CON or NUL.'
    return problem("bad-path", file, 0, message, fix)


def _clash(path: str, holder: str, what: str, file: str) -> Problem:
    return problem(
        "duplicate-path",
        file,
        0,
        f"{what} would be written to {path}, where {holder} stands already; it is left out.",
        "Give one of the two another name.",
    )
