"""A site's store, held while something works with it, and what is gathered for that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from msgspec import MsgspecError

from lwnindex.config import Found
from lwnindex.engine.borrowed import BorrowedStore
from lwnindex.engine.store import DamagedError, Store, UnusableError
from lwnindex.folders import check_content
from lwnindex.gather import Gathered
from lwnindex.lock import held
from lwnindex.options import Options
from lwnindex.problems import SiteError

T = TypeVar("T")

_ABSURD = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, RecursionError, TypeError),
    *(ValueError, MsgspecError),
)
"""What a program raises over values that it never made: a mistake of its own, or what somebody put there."""

_BEGUN_AGAIN = "the program failed with what an earlier run left in the store, and begins again without"


def gathered(found: Found, options: Options, use: Callable[[Gathered, Store], T]) -> T:
    """Return what is made of what a build would depend on while the store is held; no site is written.

    Where the store turns out damaged, `use` is called again.
    """
    check_content(found)

    def used(store: Store) -> T:
        return use(gathered_for(found, options, store), store)

    return with_store(found, options, used)


def gathered_for(found: Found, options: Options, store: Store) -> Gathered:
    """Return what a run with these options depends on."""
    return Gathered(
        found,
        store,
        trust=options.trust_stat,
        now=options.now,
        bounds=options.bounds,
        drafts=options.drafts,
        compiled=options.memory and options.memory.templates,
    )


def with_store(found: Found, options: Options, run: Callable[[Store], T], **more: Path) -> T:
    """Run with the site's store, no other build working in it or in the folders of `more`.

    Where the store turns out damaged, run again with what is left, at last with none; also where the program
    fails that relies on earlier results, since they may be no build's. A `clean` run begins with no results
    in it.
    """
    with kept(found, options, **more) as store:
        return _run(store, options, run)


@contextmanager
def kept(found: Found, options: Options, **more: Path) -> Iterator[Store]:
    """Give the site's store, no other build working in it or in the folders of `more`."""
    folders = {"store": (found.root / found.config.store).resolve(), **more}
    try:
        with held(folders, options.patience, options.waiting), closing(_store(found)) as store:
            _complete_rewriting(folders["store"], found, options.waiting)
            yield store
    except UnusableError as error:
        raise SiteError(f"the store cannot be used: {error}. Name another: --store DIR.") from error


def with_borrowed(found: Found, options: Options, run: Callable[[Store], T], *more: Path) -> T:
    """Run with what the site's store holds and leave it as it is, as well as the folders of `more`.

    No build works in them meanwhile. SiteError where articles are to be rewritten before all else.
    """
    folder = (found.root / found.config.store).resolve()
    if (folder / "rewriting").exists():
        message = "topics were being renamed when the program was ended; a build completes that first."
        raise SiteError(f"{message} Run `lwnindex build`, or the renaming, again.")
    there = {str(place): place for place in (folder, *more) if place.is_dir()}
    try:
        with (
            held(there, options.patience, options.waiting),
            closing(BorrowedStore(found.root / found.config.store)) as store,
        ):
            return _run(store, options, run)
    except UnusableError as error:
        raise SiteError(f"the store cannot be read: {error}. Name another: --store DIR.") from error


def _run(store: Store, options: Options, run: Callable[[Store], T]) -> T:
    """Run, and again where the store is damaged."""
    if options.clean:
        store.forget_results()
    for _ in range(2):
        relied = store.has_results()
        try:
            return run(store)
        except DamagedError:
            pass
        except _ABSURD as error:
            if not relied:
                raise
            options.waiting(f"{_BEGUN_AGAIN} ({type(error).__name__}: {error}).")
        store.forget_results()
    return run(store)


def _complete_rewriting(store: Path, found: Found, waiting: Callable[[str], None]) -> None:
    """Do before all else what is left of a rewriting of articles that was killed."""
    if not (store / "rewriting").exists():
        return
    from lwnindex import rewriting

    for place in rewriting.complete(store, check_content(found)):
        waiting(f"{place} was changed since it was to be rewritten, and is left as it is.")


def _store(found: Found) -> Store:
    folder = found.root / found.config.store
    try:
        return Store(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SiteError(f"the store {folder} cannot be made: {reason}. Name another: --store DIR.") from error
