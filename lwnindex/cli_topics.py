"""The verbs of the thesaurus: `topics`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from lwnindex.config import Found

Finder = Callable[[dict[str, Any]], Found]
Speaker = Callable[[str], None]


def add_to(main: click.Group, places: Callable[..., Any], find: Finder, show: Speaker, wait: Speaker) -> None:
    """Give the program these verbs; `places` gives a command the options that say which site it works on.

    `show` prints a line of a result, `wait` tells that another build is waited for.
    """

    @main.group("topics")
    def topics() -> None:
        """Look at the topics of an archive, and rework them."""

    del topics, places, find, show, wait
