"""A plug-in for a working group: its minutes as articles, initials, and two looks at the archive.

A file of minutes begins with lines `Name: value`, then comes Markdown:

    Meeting: Storage group, third meeting
    Held: 12 March 2010
    Chair: Ada Example
    Filed: Kernel/Block layer, Conference/Storage group

    We agreed to *meet again*.
"""

from __future__ import annotations

from collections.abc import Iterator

from lwnindex import Archive, Manuscript, Problem, Reading, Registry, Source


def extend(registry: Registry) -> None:
    """Add what this plug-in has; `plugins = ["minutes:extend"]` in lwnindex.toml names this function."""
    registry.add_reader(".minutes", read_minutes)
    registry.add_filter("initials", initials)
    registry.add_check("no-summary", without_summary)
    registry.add_exporter("reading-list", reading_list)


def read_minutes(source: Source, content: bytes, reading: Reading) -> Manuscript:
    """Return a file of minutes as a manuscript: what lwnindex makes an article of."""
    head, _, text = content.decode("utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    return Manuscript(
        title=fields["Meeting"],
        date=fields["Held"],
        authors=(fields["Chair"],),
        entries=tuple(tuple(path.split("/")) for path in fields["Filed"].split(", ")),
        text=text,
    )


def initials(name: str) -> str:
    """Return `A. E.` for `Ada Example`; in a template, `{{ author.name | initials }}`."""
    return " ".join(f"{word[0]}." for word in name.split())


def without_summary(archive: Archive) -> Iterator[Problem]:
    """Yield a problem for each article of which lists have nothing to say."""
    for article in archive.articles:
        if not article.summary:
            yield Problem(
                code="no-summary",
                severity="warning",
                file=article.file,
                line=0,
                message="the article has no summary.",
                fix="Write one: `summary: ...` in its header.",
            )


def reading_list(archive: Archive) -> bytes:
    """Return the archive as a list of titles; `lwnindex export reading-list` prints it."""
    lines = [f"{article.date or 'undated'}  {article.title}" for article in archive.articles]
    return "".join(f"{line}\n" for line in lines).encode()
