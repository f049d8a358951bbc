"""Why a page is not what it was: what a build knew beside its pages' views, kept part by part for the next.

A page's key is that of its view behind the context of its kind. Where the old context gives the new view the
old key, the view is what it was. Pure values and functions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from lwnindex.digest import digest, digest_bytes
from lwnindex.formats.html import TEMPLATE_OF
from lwnindex.model import Value
from lwnindex.render import Renderer, contexts
from lwnindex.settings import Config
from lwnindex.viewmodel import AnyView, FileView

Kind = Literal[
    "new-source",
    "source",
    "shows",
    "archive",
    "gone",
    "day",
    "file",
    "template",
    "site",
    "words",
    "program",
    "configuration",
    "missing",
    "altered",
    "unknown",
    "other",
]

SENTENCES: dict[Kind, tuple[str, str]] = {
    "new-source": ("its source is new", "their sources are new"),
    "source": ("its source changed", "their sources changed"),
    "shows": ("articles that it shows changed", "articles that they show changed"),
    "archive": ("what it lists changed", "what they list changed"),
    "gone": ("the archive has nothing for it any more", "the archive has nothing for them any more"),
    "day": ("on this day articles come in or go out", "on this day articles come in or go out"),
    "file": ("the file that it is a copy of changed", "the files that they are copies of changed"),
    "template": ("its template changed", "their templates changed"),
    "site": ("what all pages know of the site changed", "what all pages know of the site changed"),
    "words": ("the words of the interface changed", "the words of the interface changed"),
    "program": ("the program, or a library, is another one", "the program, or a library, is another one"),
    "configuration": ("the configuration changed", "the configuration changed"),
    "missing": ("its file is missing", "their files are missing"),
    "altered": ("its file is not as it was written", "their files are not as they were written"),
    "unknown": ("nothing is known of an earlier build", "nothing is known of an earlier build"),
    "other": ("it shows something else", "they show something else"),
}
"""What each kind of cause is in words, of one page and of several."""

_ELSEWHERE = ("content", "output", "store", "feeds", "sources")
"""Keys of a configuration that change no page but by what is read."""


class Cause(Value, frozen=True):
    """Why a page changes, and what that is to be looked for in: files, tables, templates."""

    kind: Kind
    names: tuple[str, ...] = ()


class Causes(Value, frozen=True, kw_only=True):
    """All that a build's pages depended on beside their views, as digests of the parts.

    `contexts` are those of the kinds of views, `closures` those of templates with all that they draw on,
    `config` has the tables and `site` the fields of what all pages know.
    """

    day: str
    program: str
    words: str
    contexts: dict[str, str]
    templates: dict[str, str]
    closures: dict[str, str]
    config: dict[str, str]
    site: dict[str, str]


def causes(renderer: Renderer, config: Config, day: str) -> Causes:
    """Return what the pages of a build depend on beside their views."""
    theme = renderer.theme
    return Causes(
        day=day,
        program=renderer.fingerprint,
        words=digest(renderer.words),
        contexts={kind.__name__: found.decode() for kind, found in contexts(renderer).items()},
        templates={name: digest_bytes(text.encode()) for name, text in theme.templates.items()},
        closures=dict(theme.closures),
        config=_parts(config),
        site=_parts(renderer.site),
    )


def _parts(whole: msgspec.Struct) -> dict[str, str]:
    """Return the digests of a value's fields."""
    return {name: digest(value) for name, value in msgspec.structs.asdict(whole).items()}


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of what is new, gone, or another."""
    names = before.keys() | after.keys()
    return tuple(sorted(name for name in names if before.get(name) != after.get(name)))


class Changed(NamedTuple):
    """What is not as it was at the last build: `before` and `after` are what pages depended on, and do.

    `sources` says of each file that changed whether it is "new", "changed" or "removed", `due` are those of
    articles that the day brings or takes. `own` are the files of pages by their paths, `shown` the paths of
    articles of changed sources, as they stand in views, with their files.
    """

    before: Causes | None
    after: Causes
    sources: Mapping[str, str] = {}
    due: tuple[str, ...] = ()
    own: Mapping[str, str] = {}
    shown: Sequence[tuple[bytes, str]] = ()

    def of_page(self, view: AnyView, encoded: bytes, last: str) -> tuple[Cause, ...]:
        """Return why the file of a view is not the one of its `last` key, empty where there was none."""
        if self.before is None:
            return (Cause("unknown"),)
        kind = type(view).__name__
        if isinstance(view, FileView):
            return (Cause("file", (self.own.get(view.path, view.path),)),)
        context = self.before.contexts.get(kind, "")
        if last and digest_bytes(context.encode() + encoded) == last:
            return self._of_context(self.before, view)
        found = self._of_view(self.before, view.path, encoded)
        return (*found, *self._of_context(self.before, view)) if last else found

    def _of_context(self, before: Causes, view: AnyView) -> tuple[Cause, ...]:
        """Return what of all that pages of a kind have in common is another."""
        after, template = self.after, TEMPLATE_OF.get(type(view), "")
        if before.contexts.get(type(view).__name__) == after.contexts[type(view).__name__]:
            return ()
        found = []
        if before.program != after.program:
            found.append(Cause("program"))
        if before.closures.get(template) != after.closures.get(template):
            names = (name.partition("!")[0] for name in differing(before.templates, after.templates))
            found.append(Cause("template", tuple(dict.fromkeys(names)) or (template,)))
        if before.site != after.site:
            found.append(Cause("site", differing(before.site, after.site)))
        if before.words != after.words:
            found.append(Cause("words"))
        return tuple(found)

    def _of_view(self, before: Causes, path: str, encoded: bytes) -> tuple[Cause, ...]:
        """Return what may have changed a view."""
        found = []
        own = self.own.get(path, "")
        if own in self.sources:
            found.append(Cause("new-source" if self.sources[own] == "new" else "source", (own,)))
        seen = sorted({file for article, file in self.shown if article in encoded and file != own})
        if seen:
            found.append(Cause("shows", tuple(seen)))
        return (*found, *self._of_archive(before, known=bool(found))) or (Cause("other"),)

    def of_removal(self) -> tuple[Cause, ...]:
        """Return why a page is no more."""
        if self.before is None:
            return (Cause("unknown"),)
        found = self._of_archive(self.before) or (Cause("other"),)
        return tuple(replace(one, kind="gone") if one.kind == "archive" else one for one in found)

    def _of_archive(self, before: Causes, *, known: bool = False) -> tuple[Cause, ...]:
        """Return what has a bearing on all pages; of the sources only if nothing closer is `known`."""
        found = []
        if self.sources and not known:
            found.append(Cause("archive", tuple(sorted(self.sources))))
        if self.due:
            found.append(Cause("day", self.due))
        tables = [name for name in differing(before.config, self.after.config) if name not in _ELSEWHERE]
        if tables:
            found.append(Cause("configuration", tuple(f"[{name}]" for name in tables)))
        if before.program != self.after.program and not (known or found):
            found.append(Cause("program"))
        return tuple(found)
