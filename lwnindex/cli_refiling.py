"""The verbs that rework topics: `topics rename`, `topics merge` and `topics move`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from lwnindex.config import Found

if TYPE_CHECKING:
    from lwnindex.refile import Report
    from lwnindex.refiling.orders import Order
    from lwnindex.refiling.place import Obstacle

Finder = Callable[[dict[str, Any]], Found]
Speaker = Callable[[str], None]

_OPTIONS = (
    click.option("--dry-run", is_flag=True, help="Write nothing, and show what would change as a diff."),
    click.option(
        "--leave-to-alias",
        "leave",
        is_flag=True,
        help="Leave what cannot be rewritten to the alias that the old name becomes.",
    ),
)


def add_to(
    topics: click.Group, places: Callable[..., Any], find: Finder, show: Speaker, wait: Speaker
) -> None:
    """Give the group `topics` these verbs; `places` gives options, `show` prints a line, `wait` talks."""

    def run(options: dict[str, Any], verb: Any, olds: tuple[str, ...], new: str) -> None:
        from lwnindex.options import Options
        from lwnindex.refile import refile
        from lwnindex.refiling.orders import Order

        order = Order(verb, olds, new, options["dry_run"], options["leave"])
        report = refile(find(options), order, Options(waiting=wait))
        for one in (*report.obstacles, *report.remarks):
            wait(told(one))
        for line in lines(report, order):
            show(line)
        sys.exit(1 if report.obstacles and not order.leave else 0)

    @topics.command("rename")
    @places
    @_options
    @click.argument("old")
    @click.argument("new")
    def rename_command(**options: Any) -> None:
        """Rename the topic OLD, with all below it, to NEW.

        \b
        lwnindex topics rename Kernel/eBPF Kernel/BPF
        lwnindex topics rename Kernel/eBPF Kernel/BPF --dry-run
        """  # noqa: D301 - click takes the control character as "leave as it is"
        run(options, "rename", (options["old"],), options["new"])

    @topics.command("merge", short_help="File the articles of the topics FROM under INTO.")
    @places
    @_options
    @click.argument("old", metavar="FROM...", nargs=-1, required=True)
    @click.argument("new", metavar="INTO")
    def merge_command(**options: Any) -> None:
        """File the articles of the topics FROM, with all below them, under INTO.

        \b
        lwnindex topics merge Kernel/eBPF "Kernel/Berkeley Packet Filter" Kernel/BPF
        """  # noqa: D301 - click takes the control character as "leave as it is"
        run(options, "merge", options["old"], options["new"])

    @topics.command("move", short_help="Put TOPIC below another topic or into another index.")
    @places
    @_options
    @click.argument("old", metavar="TOPIC")
    @click.argument("new", metavar="NEW-PARENT")
    def move_command(**options: Any) -> None:
        """Put TOPIC, with all below it, below another topic or into another index.

        \b
        lwnindex topics move Kernel/Ceph Kernel/Filesystems
        """  # noqa: D301 - click takes the control character as "leave as it is"
        run(options, "move", (options["old"],), options["new"])

    del rename_command, merge_command, move_command


def _options(command: Callable[..., None]) -> Callable[..., None]:
    for option in _OPTIONS:
        command = option(command)
    return command


def told(one: Obstacle) -> str:
    """Return an obstacle as one line: its place, why, and the way out."""
    return f"{one.file}:{one.line}: {one.why} {one.fix}" if one.line else f"{one.file}: {one.why} {one.fix}"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def lines(report: Report, order: Order) -> Iterator[str]:
    """Yield what people are told of a report: a diff, or what was done."""
    if order.dry_run:
        yield from report.diff.removesuffix("\n").split("\n") if report.diff else ()
        return
    if not report.is_done:
        yield f"{_counted(len(report.obstacles), 'obstacle', 'obstacles')}; nothing was written."
        return
    yield f"{_counted(report.entries, 'entry', 'entries')} in {_counted(len(report.files), 'file', 'files')}"
    for old, new in report.pairs:
        yield f'"{"/".join(old)}" is now another name of "{"/".join(new)}"'
