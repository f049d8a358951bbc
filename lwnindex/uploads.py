"""What of a site has to be uploaded: how its files differ from those that the last list told of.

The store remembers the digest of each file that was told of, and only once the list stood whole where it was
wanted. So whatever became of builds in between, with or without a list, killed or completed by the next, no
file is missed; one may be told of twice.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from lwnindex.contentfiles import put
from lwnindex.disk import NOWHERE, is_file, look
from lwnindex.engine.store import Store, Written
from lwnindex.problems import SiteError
from lwnindex.standing import written
from lwnindex.trees import site_of


class Listed(NamedTuple):
    """Paths to be uploaded, and those to be removed there; `whole` where no list is known to have been."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    whole: bool


class Lister:
    """Lists what changed, once a site is published and as long as its store is held."""

    def __init__(self, deliver: Callable[[bytes], None], *, null: bool = False) -> None:
        """Have a list delivered; it is told of when that did not fail."""
        self._deliver, self._null = deliver, null
        self.listed = Listed((), (), whole=False)

    def __call__(self, live: Path, store: Store) -> None:
        """Write the list of a site that stands in a folder; SiteError where it cannot be."""
        self.listed = listed(live, store)
        self._deliver(text(self.listed, null=self._null))
        told(live, store, self.listed)


def listed(live: Path, store: Store) -> Listed:
    """Return how what is published differs from what was told of."""
    before, now = store.written(_known(live)), written(live, store)
    new = (path for path, row in now.items() if path not in before or before[path].digest != row.digest)
    # What somebody else has put into its place since is theirs.
    gone = (path for path in before if path not in now and look(f"{live}/{path}") is None)
    return Listed(tuple(sorted(new)), tuple(sorted(gone)), whole=not before)


def told(live: Path, store: Store, found: Listed) -> None:
    """Remember that a list was told."""
    now = written(live, store)
    rows = {path: Written("", now[path].digest, NOWHERE) for path in found.written}
    store.record(_known(live), rows, [path for path in store.written(_known(live)) if path not in now])


def _known(live: Path) -> str:
    """Return what a store knows the files by that were told of, the same for both trees of a site."""
    return f"told {os.fsencode(site_of(live)).decode('utf-8', 'backslashreplace')}"


def text(found: Listed, *, null: bool = False) -> bytes:
    """Return a list, a path a line behind its sign; each ends with a zero byte if told so."""
    lines = [*(f"+ {path}" for path in found.written), *(f"- {path}" for path in found.removed)]
    odd = next((line[2:] for line in lines if "\n" in line), "")
    if odd and not null:
        raise SiteError(f"{odd!r} is no line: its name has a line break. List with -0.", exit_code=2)
    end = "\0" if null else "\n"
    return os.fsencode("".join(f"{line}{end}" for line in lines))


def write(place: Path, content: bytes) -> None:
    """Write a file whole or not at all; into a pipe or a terminal as such."""
    found = look(str(place))
    try:
        if found is None or is_file(found):
            put(place, content)
        else:
            place.write_bytes(content)
    except OSError as error:
        reason = f"{error.strerror or error} ({error.filename or place})"
        message = f"the site is published, but {place} cannot be written: {reason}."
        raise SiteError(f"{message} Name another: --changed-files FILE; it will tell all of this.") from error
