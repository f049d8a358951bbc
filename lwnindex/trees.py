"""A site that is a link to a whole tree: which trees there are, which is published, and how that changes.

`site` leads to `.site.lwnindex-trees/a` beside it, or to `b`. A build works in the one that is not published,
and then one rename puts a new link in the place of the old. So every path opened below `site` belongs to the
old tree or to the new one, whatever becomes of the build.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from lwnindex.disk import DISK, Disk, look
from lwnindex.engine.store import Store
from lwnindex.journal import known_as
from lwnindex.problems import SiteError
from lwnindex.standing import resume

TREES = ".lwnindex-trees"
"""How the name of the folder ends that holds the trees of a site."""

NAMES = ("a", "b")
_NEXT = "next"
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}
"""What is said where two things cannot change places at once."""


class Trees(NamedTuple):
    """The link's own place, the tree that it leads to, if any, and the one in which a build works."""

    place: Path
    live: Path | None
    idle: Path

    @property
    def next(self) -> Path:
        """Where a link stands until it is put into its place."""
        return self.idle.with_name(_NEXT)


def own_place(output: Path) -> Path:
    """Return where a folder stands, those above it resolved; a link is not followed."""
    if output.name in ("", ".."):
        return output.resolve()
    return output.parent.resolve() / output.name


def holder(place: Path) -> Path:
    """Return the folder that holds the trees of a site."""
    return place.with_name(f".{place.name}{TREES}")


def site_of(tree: Path) -> Path:
    """Return the place of the site that a folder is a tree of; any other folder is itself."""
    above = tree.parent
    name = above.name.removeprefix(".").removesuffix(TREES)
    place = above.with_name(name) if name else tree
    return place if tree.name in NAMES and name and holder(place) == above else tree


def check_place(output: Path) -> None:
    """Refuse a folder in a site that is a link: it would be another one after each change of that site."""
    for above in own_place(output).parents:
        site = site_of(above)
        if site != above and site.is_symlink():
            message = f"{output} lies in {site}, which is a link that each build leads to another folder."
            raise SiteError(f"{message} Name another: --output DIR.", exit_code=2)


def check_switch(output: Path) -> None:
    """Refuse, before anything is done, a place where no link of ours can stand."""
    if os.name == "nt":
        message = 'a site cannot be a link on Windows. Say `switch = "renames"` under [output].'
        raise SiteError(message, exit_code=2)
    place = own_place(output)
    try:
        is_linked = holder(place).is_symlink()
    except OSError as error:
        message = f"no folder can stand at {holder(place)}: {error.strerror}."
        raise SiteError(f"{message} Name another output: --output DIR.", exit_code=2) from error
    if is_linked:
        message = f"{holder(place)} is a link, and is left alone; a folder of ours is to stand there."
        raise SiteError(f"{message} Remove it, or name another folder: --output DIR.", exit_code=2)
    if place.is_mount():
        message = f"{place} is a file system of its own, whose place no link can take."
        raise SiteError(f'{message} Name a folder in it, or say `switch = "renames"` under [output].', 2)
    _published(place)


def settled(place: Path, store: Store, disk: Disk = DISK) -> Trees:
    """Return a site's trees, once all is completed or dropped that a build has left that was killed.

    A folder that stands in the link's place becomes a tree.
    """
    _clear(place, disk)
    found = look(str(place))
    if found and stat.S_ISDIR(found.st_mode):
        resume(place, store, disk)
        _become_tree(place, store, disk)
    trees = seen(place)
    for name in NAMES:
        resume(holder(place) / name, store, disk)
    return trees


def seen(place: Path) -> Trees:
    """Return a site's trees as they are."""
    live = _published(place)
    one, other = (holder(place) / name for name in NAMES)
    if live:
        return Trees(place, live, other if live == one else one)
    return Trees(place, None, other if other.exists() and not one.exists() else one)


def _published(place: Path) -> Path | None:
    """Return the tree that a link leads to; None where none is published."""
    if not place.is_symlink():
        return None
    tree = Path(os.path.normpath(place.parent / place.readlink()))
    if tree not in [holder(place) / name for name in NAMES]:
        raise SiteError(
            f"{place} is a link to {tree}, which is no tree of this site, and is left alone. "
            'Remove the link, name another folder, or say `switch = "renames"` under [output].',
            exit_code=2,
        )
    return tree if tree.is_dir() else None


def _clear(place: Path, disk: Disk) -> None:
    """Put a link into its place that was to stand where nothing does; remove those that are left over."""
    folder = holder(place)
    waiting = folder / _NEXT
    if waiting.is_symlink() and look(str(place)) is None and (place.parent / waiting.readlink()).is_dir():
        disk.rename(str(waiting), str(place))
    for name in (_NEXT, *NAMES):
        if (folder / name).is_symlink():
            disk.unlink(str(folder / name))


def switch(trees: Trees, disk: Disk = DISK) -> Trees:
    """Publish the tree in which a build has worked, and return the trees in their new parts."""
    _link(trees.idle, trees.next, disk)
    disk.sync(str(trees.idle))
    disk.rename(str(trees.next), str(trees.place))
    return seen(trees.place)


def _link(tree: Path, link: Path, disk: Disk) -> None:
    """Make the link that will lead from a site's place to a tree."""
    try:
        disk.symlink(f"{tree.parent.name}/{tree.name}", str(link))
    except PermissionError as error:
        message = f'no link can be made in {link.parent}. Say `switch = "renames"` under [output].'
        raise SiteError(message) from error


# A folder becomes a tree -------------------------------------------------------------------------


def _become_tree(place: Path, store: Store, disk: Disk) -> None:
    """Make a folder the tree that a link in its place leads to."""
    tree = _free(place)
    name, rows, old = known_as(place), store.written(known_as(place)), store.written(known_as(tree))
    store.record(known_as(tree), rows, [path for path in old if path not in rows])
    try:
        _link(tree, tree, disk)
        disk.exchange(str(place), str(tree))
    except OSError as error:
        with suppress(OSError):
            disk.unlink(str(tree))
        if error.errno not in _CANNOT:
            raise
        _become_slowly(place, tree, disk)
    store.record(name, {}, list(rows))


def _become_slowly(place: Path, tree: Path, disk: Disk) -> None:
    """Do it by two renames; between them there is no site, which `_clear` knows to mend."""
    waiting = tree.with_name(_NEXT)
    _link(tree, waiting, disk)
    disk.rename(str(place), str(tree))
    disk.rename(str(waiting), str(place))


def _free(place: Path) -> Path:
    folder = holder(place)
    for name in NAMES:
        if look(str(folder / name)) is None:
            return folder / name
    message = f"{place} is a folder, and {folder} holds two trees of it already."
    raise SiteError(f"{message} Move {folder} away, and build again.")
