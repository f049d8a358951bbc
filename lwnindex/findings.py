"""What the checks of plug-ins say of an archive."""

from __future__ import annotations

from collections.abc import Iterator

from lwnindex.archive import Archive
from lwnindex.model import Problem
from lwnindex.problems import line_in, ordered, problem
from lwnindex.registry import Check, Plugins, called

_MEND = "Mend it, or take the plug-in out of `plugins`."


def findings(plugins: Plugins, archive: Archive) -> tuple[Problem, ...]:
    """Return all that the checks of plug-ins find; where one fails, a `crash` that names it."""
    return ordered(
        found for name, check in plugins.checks.items() for found in _found(name, check, plugins, archive)
    )


def _found(name: str, check: Check, plugins: Plugins, archive: Archive) -> Iterator[Problem]:
    try:
        for one in check(archive):
            yield _sound(one)
    except Exception as error:  # noqa: BLE001 - one check must not cost what the others find
        place = line_in(error, plugins.places) or called(check)
        message = f'the check "{name}" of a plug-in fails: {type(error).__name__}: {error}.'
        file, _, line = place.rpartition(":")
        yield problem("crash", file or place, int(line) if file else 0, message, _MEND)


def _sound(found: object) -> Problem:
    if not isinstance(found, Problem) or not isinstance(found.line, int):
        raise TypeError(f"a check yielded {type(found).__name__}; yield Problem")
    return found
