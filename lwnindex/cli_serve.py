"""The verb that shows a site while it is written: `serve`."""

from __future__ import annotations

import gc
from typing import Any

import click

from lwnindex.cli_export import Called
from lwnindex.printing import printable


def add_to(main: click.Group, called: Called) -> None:
    """Give a command line this verb."""

    @main.command(short_help="Show the site in a browser while it is written.")
    @called.places
    @click.option(
        "--port",
        metavar="NUMBER",
        type=click.IntRange(1, 65535),
        help="The port; 8000 or the next free one without it.",
    )
    @click.option("--ipv6", is_flag=True, help="Listen on ::1 too.")
    @click.option("--open", "browse", is_flag=True, help="Open the site in a browser.")
    @click.option("--no-drafts", is_flag=True, help="Leave drafts out, as `build` does.")
    @click.option("--now", metavar="DATE", default="", help="The day of the build; today without it.")
    @called.who
    def serve(port: int | None, ipv6: bool, browse: bool, no_drafts: bool, **options: Any) -> None:
        """Show the site in a browser of this machine while it is written, and again after each change.

        It is built into a private folder, with drafts, and served to this machine alone. The site's own
        output and store stay as they are. Control and C end it.

        \b
        lwnindex serve --open
        lwnindex serve --port 8080 --no-drafts
        """  # noqa: D301 - click takes the control character as "leave as it is"
        gc.set_threshold(100_000, 20, 20)
        from lwnindex import serve as previews

        def ready(address: str) -> None:
            click.echo(printable(address))
            if browse:
                import webbrowser

                webbrowser.open(address)

        more = {"output": None, "clean": False, "no_stat": False}
        how = called.how({**options, **more})._replace(drafts=not no_drafts)
        previews.serve(
            previews.Asked(lambda: called.find({**options, **more}), how, _tell, ready, port, ipv6)
        )


def _tell(line: str) -> None:
    click.echo(printable(line), err=True)
