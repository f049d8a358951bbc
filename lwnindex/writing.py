"""A site becomes files: only what changed is rendered and written, only what we wrote is ever removed.

A file's key says what it shows; while key and stat are those of the last time, it is not touched. No file is
written in place. A first site takes the output's place when it is complete, changes go through the journal.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from lwnindex.disk import (
    DISK,
    Above,
    Disk,
    Folders,
    are_inside,
    look,
    parent,
    prune,
)
from lwnindex.engine.executors import Workers
from lwnindex.engine.store import Store, Written
from lwnindex.files import Changes, Foreseen, Made, Make, Row, Rows, Tree, crashed, foreign, left
from lwnindex.journal import (
    FRESH,
    Change,
    Outcome,
    Record,
    Removal,
    beside,
    commit,
    complete,
    drop,
    is_unchanged,
    known_as,
    put_away,
    stage,
    tidy,
)
from lwnindex.model import Problem
from lwnindex.standing import recovered, told, written

__all__ = ["Made", "Make", "Tally", "write"]

BATCH = 64


class Tally(NamedTuple):
    """What a write did, in paths: written, kept, removed; and the problems it met.

    `late` are those of files that had changed by the time when they were copied, and may change again.
    """

    written: tuple[str, ...]
    kept: int
    removed: tuple[str, ...]
    problems: tuple[Problem, ...]
    late: tuple[str, ...] = ()


class _Task(NamedTuple):
    """What is asked for, as every part of a write sees it; `output` is resolved."""

    paths: Sequence[str]
    make: Make
    output: Path
    store: Store
    workers: Workers
    trust_stat: bool
    trust_key: bool
    noted: Callable[[Mapping[str, bytes]], None]
    partly: bool
    lasting: bool
    disk: Disk


class _Done(NamedTuple):
    """What the workers did; and on which paths they failed, with how."""

    rows: list[Row]
    failed: dict[str, str]

    @property
    def late(self) -> tuple[str, ...]:
        """The paths of files that were copied too late to be those that were meant."""
        return tuple(row.path for row in self.rows if row.late)


def foreseen(
    paths: Sequence[str],
    make: Make,
    output: Path,
    store: Store,
    workers: Workers,
    *,
    trust_stat: bool = True,
    trust_key: bool = True,
    noted: Callable[[Mapping[str, bytes]], None],
) -> tuple[Tally, frozenset[str]]:
    """Tell what `write` would do, and in which places nothing stands yet; no file is touched."""
    flags = (trust_stat, trust_key, noted, False, False, DISK)
    task = _Task(paths, make, output.resolve(), store, workers, *flags)
    with told(task.output):
        before, gone, ours = _known(task)
        done = _gathered(task, _changes(Foreseen, task, "", before, ours))
    record = _record(done.rows, ours, gone)
    written = {one.path: one.written for one in record.changes}
    outcome = Outcome(written, (), tuple(sorted(one.path for one in ours)))
    return _tally(task, done, outcome, record), frozenset(one.path for one in record.changes if one.new)


def _unheard(_notes: Mapping[str, bytes]) -> None:
    """Let notes go."""


def write(
    paths: Sequence[str],
    make: Make,
    output: Path,
    store: Store,
    workers: Workers,
    *,
    trust_stat: bool = True,
    trust_key: bool = True,
    noted: Callable[[Mapping[str, bytes]], None] = _unheard,
    partly: bool = False,
    lasting: bool = False,
    disk: Disk = DISK,
) -> Tally:
    """Bring a folder to hold a file for each path and no other of ours, all or nothing.

    Without `trust_key` every file is made, without `trust_stat` every file is read: neither changes the end.
    With `partly`, our other files stay as they are; with `lasting`, a record of what changed stays until
    `unsealed`. `noted` is given the notes of what was made, batch by batch.
    SiteError where the folder cannot be written to: what is there stays, or the next write goes on.
    ValueError, and nothing done, where a path leads out of it.
    """
    if not are_inside(paths):
        raise ValueError("a path leads out of the output")
    output = output.resolve()
    task = _Task(paths, make, output, store, workers, trust_stat, trust_key, noted, partly, lasting, disk)
    with told(output):
        recovered(output, store, disk)
        tally = _fresh(task) if _is_empty(output) else None
        tally = tally or _changed(task)
    with suppress(OSError):
        tidy(output)
    return tally


def _gathered(task: _Task, work: Callable[[Sequence[str]], Rows]) -> _Done:
    """Have the workers do all paths, and return what they did, in the order of the paths."""
    rows: list[Row] = []
    failed: dict[str, str] = {}
    batches = task.workers.batches(work, task.paths, BATCH)
    try:
        for batch in batches:
            if batch.result is None:
                failed.update(dict.fromkeys(batch.items, f"its process ended ({batch.death})"))
                continue
            made, notes, wrong = batch.result
            rows += made
            failed |= wrong
            if notes:
                task.noted(notes)
    finally:
        # Whatever ended it, no worker may go on writing.
        if isinstance(batches, Generator):
            batches.close()
    if rows:
        place = {path: number for number, path in enumerate(task.paths)}
        rows.sort(key=lambda row: place[row.path])
    return _Done(rows, failed)


# A whole tree ------------------------------------------------------------------------------------


def _is_empty(output: Path) -> bool:
    """Tell whether there is nothing yet whose place a whole tree could not take."""
    found = look(str(output))
    if found is None:
        return True
    with os.scandir(output) as entries:
        if next(entries, None) is not None:
            return False
    # Who stands in the folder would stand in none, were it replaced.
    return not os.path.ismount(output) and not os.path.samestat(found, os.stat(os.curdir))


def _fresh(task: _Task) -> Tally | None:
    """Write the whole tree beside the output and rename it; None where that cannot be done there."""
    tree = beside(task.output, FRESH)
    above = Above(task.output.parent, task.disk)
    try:
        if not _is_begun(tree, task):
            return None
        done = _gathered(task, Tree(task.make, tree, task.disk))
        records = {row.path: row.written for row in done.rows}
        _clear(tree, done.failed, task.disk)
        if not _has_become(tree, task, records):
            return None
    except BaseException:
        with suppress(OSError):
            put_away(task.output, task.disk)
            tidy(task.output)
            above.undo()
        raise
    return Tally(tuple(row.path for row in done.rows), 0, (), _crashes(task, done), done.late)


def _clear(tree: str, paths: Iterable[str], disk: Disk) -> None:
    """Remove what workers have left of files on which they failed."""
    for path in paths:
        place = f"{tree}/{path}"
        if look(place):
            disk.unlink(place)
        prune(parent(place), tree, disk)


def _is_begun(tree: str, task: _Task) -> bool:
    """Make the root of a whole tree; tell whether it may take the place of what stands there."""
    try:
        task.disk.mkdir(tree)
    except OSError:
        return False
    new, old = look(tree), look(str(task.output))
    if new and old and (new.st_mode, new.st_uid, new.st_gid) != (old.st_mode, old.st_uid, old.st_gid):
        # Somebody has prepared the folder, with an owner or rights that ours would not have.
        task.disk.rmdir(tree)
        return False
    return True


def _has_become(tree: str, task: _Task, records: Mapping[str, Written]) -> bool:
    """Have a whole tree become the output, and its files ours; tell whether it could."""
    name, before = known_as(task.output), written(task.output, task.store)
    # What is about to be the output's is ours, also if the run ends right after it has become that.
    task.store.record(name, records, [path for path in before if path not in records])
    try:
        task.disk.rename(tree, str(task.output))
    except OSError:
        # It is not empty any more, or a mount point after all; what somebody has put there is not ours.
        task.store.record(name, before, list(records))
        put_away(task.output, task.disk)
        return False
    return True


# Changes -----------------------------------------------------------------------------------------


def _changed(task: _Task) -> Tally:
    """Bring a folder up to date that holds something already."""
    before, gone, ours = _known(task)
    part = stage(task.output)
    try:
        done = _gathered(task, _changes(Changes, task, part, before, ours))
        record = _record(done.rows, ours, gone)
        if record.changes or record.removals:
            commit(part, record, task.disk)
    except BaseException:
        with suppress(OSError):
            drop(part, task.disk)
        raise
    outcome = _completed(task, part, record)
    return _tally(task, done, outcome, record)


def _known(task: _Task) -> tuple[Mapping[str, Written], list[str], tuple[Removal, ...]]:
    """Return what was written, which of that the site no longer has, and what of those is ours to remove."""
    before = written(task.output, task.store)
    wanted = set(task.paths)
    gone = [Removal(path, last) for path, last in before.items() if path not in wanted and not task.partly]
    return before, [one.path for one in gone], _ours(task, gone)


def _changes(
    kind: type[Changes], task: _Task, part: str, before: Mapping[str, Written], ours: Sequence[Removal]
) -> Changes:
    going = frozenset(f"{task.output}/{one.path}" for one in ours)
    return kind(
        task.make,
        str(task.output),
        part,
        before=before,
        going=going,
        disk=task.disk,
        trust_stat=task.trust_stat,
        trust_key=task.trust_key,
    )


def _ours(task: _Task, gone: Sequence[Removal]) -> tuple[Removal, ...]:
    """Return those files that the site no longer has and that are ours to remove."""
    root = str(task.output)
    folders = Folders(root)
    found = []
    for one in gone:
        place = f"{root}/{one.path}"
        if folders.is_own(parent(place)) and is_unchanged(place, one.written):
            folders.check_right(parent(place))
            found.append(one)
    return tuple(found)


def _record(rows: Sequence[Row], ours: tuple[Removal, ...], gone: Sequence[str]) -> Record:
    changes = tuple(Change(row.path, row.written, row.new) for row in rows if row.did == "written")
    same = {row.path: row.written for row in rows if row.did == "same"}
    removed = {one.path for one in ours}
    return Record(changes, ours, same, tuple(path for path in gone if path not in removed))


def _completed(task: _Task, part: str, record: Record) -> Outcome:
    """Have the record happen; one that changes no file needs no journal."""
    if record.changes or record.removals:
        outcome = complete(task.output, part, record, task.store, task.disk)
        if not task.lasting:
            drop(part, task.disk)
        return outcome
    if record.same or record.forgotten:
        task.store.record(known_as(task.output), record.same, record.forgotten)
    return Outcome({}, (), ())


def _tally(task: _Task, done: _Done, outcome: Outcome, record: Record) -> Tally:
    others = [*(row.path for row in done.rows if row.did == "foreign"), *outcome.refused]
    problems = [
        *(left(f"{task.output}/{path}") for path in record.forgotten if look(f"{task.output}/{path}")),
        *(foreign(f"{task.output}/{path}") for path in others),
        *_crashes(task, done),
    ]
    kept = len(task.paths) - len(outcome.written) - len(others) - len(done.failed)
    return Tally(tuple(outcome.written), kept, outcome.removed, tuple(problems), done.late)


def _crashes(task: _Task, done: _Done) -> tuple[Problem, ...]:
    return tuple(crashed(f"{task.output}/{path}", how) for path, how in done.failed.items())
