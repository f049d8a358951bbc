"""What the checks of plug-ins say of an archive."""

from __future__ import annotations

from collections.abc import Iterator

from lwnindex.archive import Archive
from lwnindex.engine.limits import Limits
from lwnindex.model import Problem
from lwnindex.patience import SlowError, patient
from lwnindex.problems import line_in, ordered, problem
from lwnindex.registry import Check, Plugins, called

_SECONDS = 60.0
"""Seconds of CPU that a check may take, unless its plug-in says how many."""

_SLOW = "Look for a loop without an end, or give it more: registry.add_check(name, function, seconds=600)."
_MEND = "Mend it, or take the plug-in out of `plugins`."


def findings(plugins: Plugins, archive: Archive) -> tuple[Problem, ...]:
    """Return all that the checks of plug-ins find; where one fails, a `crash` that names it."""
    return ordered(
        found for name, check in plugins.checks.items() for found in _found(name, check, plugins, archive)
    )


def _found(name: str, check: Check, plugins: Plugins, archive: Archive) -> Iterator[Problem]:
    found: list[Problem] = []
    limits = Limits(plugins.seconds.get(f"check {name}", _SECONDS))
    try:
        patient(limits, lambda: found.extend(map(_sound, check(archive))), plugins.places, called(check))
    except SlowError as error:
        message = f'the check "{name}" of a plug-in, {error.function}, {error.took}.'
        found.append(_crash(error.place or called(check), message, _SLOW))
    except Exception as error:  # noqa: BLE001 - one check must not cost what the others find
        message = f'the check "{name}" of a plug-in fails: {type(error).__name__}: {error}.'
        found.append(_crash(line_in(error, plugins.places) or called(check), message, _MEND))
    yield from found


def _crash(place: str, message: str, fix: str) -> Problem:
    file, _, line = place.rpartition(":")
    return problem("crash", file or place, int(line) if file else 0, message, fix)


def _sound(found: object) -> Problem:
    if not isinstance(found, Problem) or not isinstance(found.line, int):
        raise TypeError(f"a check yielded {type(found).__name__}; yield Problem")
    return found
