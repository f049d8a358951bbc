"""The files of TOML that say how a site is made: what they hold, and in which line a key of theirs stands.

What cannot be read, or used, is told as `file:line`, as all that is wrong with a site is.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from lwnindex.problems import Place, SiteError


def table(file: Path, what: str) -> dict[str, Any]:
    """Return what a file holds, `what` for people; SiteError, with its line, where it is no TOML."""
    try:
        content = file.read_bytes()
    except OSError as error:
        said = f"{file}: {what} cannot be read: {error.strerror or error}. Give the right to read it."
        raise SiteError(said, exit_code=2) from error
    try:
        return tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except (RecursionError, ValueError) as error:
        # ValueError is also what Python has for a number of thousands of digits.
        line, why = _refused(content, error)
        raise SiteError(f"{file}:{line}: {what} cannot be read: {why}. Mend it.", exit_code=2) from error


def _refused(content: bytes, error: RecursionError | ValueError) -> tuple[int, str]:
    """Return in which line a file is no TOML, and why."""
    from lwnindex.readers import dialects, tomlscan
    from lwnindex.readers.nodes import Refused

    if isinstance(error, UnicodeDecodeError):
        return content.count(b"\n", 0, error.start) + 1, "it is not in UTF-8 here"
    text = content.decode("utf-8-sig").replace("\r\n", "\n")
    try:
        tomlscan.read(text)
    except Refused as refused:
        found = refused
    else:
        found = dialects.refused_toml(error, text.split("\n"), 1)
    return found.line, str(found)


def located(file: Path | str | None, *places: Place) -> str:
    """Return a file with the line of the first of these keys that it has, or of what that stands in.

    The file alone where it says nothing of them; `options` for none.
    """
    if file is None:
        return "options"
    from lwnindex.readers import tomlscan
    from lwnindex.readers.nodes import Refused

    try:
        lines = tomlscan.read(Path(file).read_text("utf-8-sig")).lines
    except (OSError, ValueError, Refused):
        return str(file)
    within = [place[:end] for place in places for end in range(len(place), 0, -1)]
    line = next((lines[each] for each in within if each in lines), 0)
    return f"{file}:{line}" if line else str(file)
