"""The verb `version`."""

from __future__ import annotations

import click

_LIBRARIES = ("click", "feedparser", "jinja2", "lxml", "markdown", "msgspec", "nh3", "pygments", "pyromark")


def add_to(main: click.Group) -> None:
    """Give the program this verb."""

    @main.command("version")
    @click.option(
        "-v", "--verbose", is_flag=True, help="Tell what it runs on, too, as a report of a fault needs."
    )
    def version(verbose: bool) -> None:
        """Print the version.

        \b
        lwnindex version
        lwnindex version --verbose
        """  # noqa: D301 - click takes the control character as "leave as it is"
        import platform
        from importlib.metadata import version as of

        click.echo(f"lwnindex {of('lwnindex')}")
        if verbose:
            click.echo(f"{platform.python_implementation()} {platform.python_version()}")
            click.echo(f"{platform.system()} {platform.machine()}")
            for library in _LIBRARIES:
                click.echo(f"{library} {of(library)}")
