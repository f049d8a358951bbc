"""Where what stands on a page was written: a line of a source, of a template, of a file that is copied."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

from msgspec.msgpack import decode, encode

from lwnindex import names
from lwnindex.articleviews import ArticleView, PlainView
from lwnindex.checking.faults import Fault
from lwnindex.checking.tags import END, START
from lwnindex.checking.wherefrom import Lines
from lwnindex.formats.html import TEMPLATE_OF
from lwnindex.indexviews import TopicView
from lwnindex.model import Body, Catalog, Parsed
from lwnindex.render import Blob
from lwnindex.viewmodel import AnyView, FileView, Theme
from lwnindex.viewparts import Link

_TELLING = 3
_LEAST = 8
"""Letters of a tag by which it may be looked for in templates."""


class Written(NamedTuple):
    """The source of a body, and the body as parsing left it."""

    file: str
    body: Body


class Origins:
    """Knows where the files of a site come from; `text_of` gives a source's text by its name."""

    def __init__(
        self,
        catalog: Catalog,
        parsed: tuple[Parsed, ...],
        theme: Theme,
        text_of: Callable[[str], str],
        copied: Mapping[str, str],
        *,
        pretty: bool,
        root: str,
    ) -> None:
        self._catalog, self._parsed, self._theme = catalog, parsed, theme
        self._copied, self._pretty, self._root = copied, pretty, root
        self._lines = lru_cache(maxsize=8)(lambda file: Lines(text_of(file)))
        self._held = lru_cache(maxsize=16_384)(self._searched)

    @cached_property
    def _articles(self) -> dict[str, Written]:
        """The articles by their pages, and plain pages."""
        found = [article for one in self._parsed for article in one.articles]
        plain = {page.path: Written(page.file, page.body) for one in self._parsed for page in one.pages}
        places = self._catalog.positions
        return plain | {
            path: Written(self._catalog.cards[key].file, found[places[key]].body)
            for key, path in self._catalog.paths.items()
        }

    def written(self, view: AnyView) -> Written | None:
        """Return the source of a page's body; None where it has none."""
        if isinstance(view, ArticleView | PlainView):
            return self._articles.get(view.path)
        if isinstance(view, TopicView) and view.body:
            said = self._catalog.described.get(view.entry)
            return Written(said.file, said.note) if said else None
        return None

    def line_of(self, file: str, needle: str) -> int:
        """Return the line of a source in which something was written, or 0."""
        return self._lines(file).line_of(needle)

    def fence_of(self, file: str, code: str) -> int:
        """Return the line of the fence without a language that begins a block of code, or 0."""
        return self._lines(file).bare_fence_before(code)

    def place(self, fault: Fault, view: AnyView, text: str) -> tuple[str, int]:
        """Return the file and line of what is wrong on a page; `text` is the page's."""
        own = self.written(view) if fault.own else None
        if own:
            return own.file, self._source_line(own, view, fault)
        if isinstance(view, FileView):
            return self._copied.get(view.path, view.path), text.count("\n", 0, fault.at) + 1
        if type(view) in TEMPLATE_OF:
            return self._template(TEMPLATE_OF[type(view)], fault, text)
        return view.path, text.count("\n", 0, fault.at) + 1 if fault.at else 0

    def _source_line(self, own: Written, view: AnyView, fault: Fault) -> int:
        if fault.line:
            return fault.line
        lines = self.link_lines(own, view)
        known = next((lines[each] for each in (fault.needle, fault.subject) if lines.get(each)), 0)
        if fault.link:
            return self._lines(own.file).line_of_link(fault.link, known)
        return known or self.line_of(own.file, fault.needle)

    def link_lines(self, own: Written, view: AnyView) -> dict[str, int]:
        """Return the lines of the links of a body by their addresses as the page has them."""
        found: dict[str, int] = {}
        links = view.links if isinstance(view, ArticleView | PlainView | TopicView) else ()
        for link, line in zip(links, own.body.href_lines, strict=False):
            found.setdefault(self._address(link, view.root), line)
        return found

    def _address(self, link: Link, root: str) -> str:
        is_plain = not link.local or link.href.startswith("#")
        return link.href if is_plain else names.href(root, link.href, self._pretty)

    def _template(self, name: str, fault: Fault, text: str) -> tuple[str, int]:
        """Return the template and line in which a tag stands as it is, or its target; else the page's own."""
        stop = text.find(">", fault.at)
        tag = text[fault.at : stop + 1] if fault.at and stop > 0 else ""
        return self._held(name, tag, fault.subject, fault.needle)

    def _searched(self, name: str, tag: str, subject: str, needle: str) -> tuple[str, int]:
        for each in (tag, "", subject, f">{needle}<"):
            found = self._holding(each, tag, name) if each else self._alike(tag)
            if found:
                return found
        return self._named(self._theme.files.get(name, name)), 0

    def _holding(self, needle: str, tag: str, first: str) -> tuple[str, int] | None:
        """Return the first line of the templates with a text and an element as this tag's."""
        element = tag.partition(" ")[0].rstrip(">") if needle != tag else ""
        for name, template in self._templates(first) if len(needle) >= _LEAST else ():
            at = template.find(needle)
            while at >= 0:
                start, stop = template.rfind("\n", 0, at) + 1, template.find("\n", at)
                if element in template[start : stop if stop >= 0 else None]:
                    return self._named(self._theme.files[name]), template.count("\n", 0, at) + 1
                at = template.find(needle, at + 1)
        return None

    def _alike(self, tag: str) -> tuple[str, int] | None:
        """Return the one place in all templates at which a tag begins as this one, if there is but one."""
        head, is_given, _ = tag.partition('="')
        start = f'{head}="' if is_given else tag
        texts = self._theme.templates
        found = [name for name in sorted(texts) if start in texts[name]] if len(start) > _TELLING else []
        if len(found) != 1 or texts[found[0]].count(start) > 1:
            return None
        line = texts[found[0]].count("\n", 0, texts[found[0]].index(start)) + 1
        return self._named(self._theme.files[found[0]]), line

    def _named(self, file: str) -> str:
        """Return a template's file as seen from the site's folder, if it is in there."""
        return file.removeprefix(f"{self._root}/")

    def _templates(self, first: str) -> Iterator[tuple[str, str]]:
        """Yield the templates with their texts, a page's own before all others."""
        for name in sorted(self._theme.templates, key=lambda each: (each != first, each)):
            yield name, self._theme.templates[name]


def marked(blob: Blob, digest: str) -> Blob:
    """Return what gives blobs, one of them, a body, between the comments that say where it is."""

    def given(wanted: str) -> bytes:
        content = blob(wanted)
        if wanted != digest:
            return content
        pieces = decode(content, type=list[str])
        pieces[0] = START + pieces[0]
        pieces[-1] += END
        return encode(pieces)

    return given
