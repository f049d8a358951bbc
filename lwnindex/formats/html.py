"""Pages: a view and the site go in, the bytes of an HTML document come out.

Templates see `page` and `site` and nothing else: no clock, no chance, no disk, and a name that is not there
is an error. All text is escaped but the finished body of an article or a plain page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType

from jinja2 import Environment, FunctionLoader, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from markupsafe import Markup, escape
from msgspec.structs import replace

from lwnindex import names
from lwnindex.articleviews import (
    ArchivesView,
    ArticleView,
    AuthorsView,
    AuthorView,
    HomeView,
    PeriodView,
    PlainView,
    QueriesView,
    QueryView,
    WeekView,
)
from lwnindex.formats.citations import bibtex, markdown
from lwnindex.formats.lacking import Lacking
from lwnindex.formats.linked import linked
from lwnindex.formats.quick import Quick
from lwnindex.formats.wording import Wording
from lwnindex.indexviews import IndexView, TopicView, TreeView, WordsView, YearsView
from lwnindex.inherit import named
from lwnindex.model import Heading
from lwnindex.problems import SiteError
from lwnindex.searchviews import SearchView
from lwnindex.viewmodel import NotFoundView, SiteView
from lwnindex.viewparts import Link, View
from lwnindex.words import ENGLISH, Words, direction

TEMPLATE_OF: dict[type, str] = {
    HomeView: "home.html",
    ArticleView: "article.html",
    PlainView: "plain.html",
    IndexView: "index.html",
    TreeView: "tree.html",
    WordsView: "words.html",
    YearsView: "years.html",
    TopicView: "topic.html",
    AuthorView: "author.html",
    AuthorsView: "authors.html",
    QueryView: "query.html",
    QueriesView: "queries.html",
    ArchivesView: "archives.html",
    PeriodView: "period.html",
    WeekView: "week.html",
    NotFoundView: "404.html",
    SearchView: "search.html",
}
"""The template of each kind of page, below a theme's `templates/`."""

_OTHER = "Give it another name, and use that in templates."
_WEB = ("https://", "http://", "mailto:")
_SPECIAL = re.compile("[&<>'\"]")


class _CodeGenerator(CodeGenerator):
    """Escapes what a template prints by `escaped`, which leaves most pages half the work."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        super().visit_Template(node, frame)
        # Compiled templates look `escape` up as they run, and so find this one.
        self.writeline(f"from {__name__} import {escaped.__name__} as {escape.__name__}")


class _Lacking(Lacking):
    """A name that is not there, told by our templates."""

    __slots__ = ()
    templates = TEMPLATE_OF


class _Environment(Wording):
    code_generator_class = _CodeGenerator
    below: Mapping[str, Mapping[str, str]]

    def join_path(self, template: str, parent: str) -> str:
        """Return which template is meant by a name inside another."""
        return named(self.below, template, parent)

    @cached_property
    def quick(self) -> Quick:
        """What renders most pages sooner."""
        return Quick(self)


def escaped(value: object) -> str:
    """Return what `markupsafe.escape` returns, sooner for the text that needs no escaping: nearly all."""
    if type(value) is str and not _SPECIAL.search(value):
        return value
    return escape(value)


def environment(
    templates: Mapping[str, str],
    words: Words = ENGLISH,
    below: Mapping[str, Mapping[str, str]] | None = None,
    more: Mapping[str, Callable[..., object]] = MappingProxyType({}),
) -> Environment:
    """Return what renders these templates, texts by their names below `templates/`, each compiled once.

    `below` says what each calls those that it stands above, as in `Layered`; `more` are filters of plug-ins,
    SiteError where one has the name of another filter.
    """
    found = _Environment(
        # With its name in place of a file's, an error can tell which template failed, and where.
        loader=FunctionLoader(lambda name: (templates[name], name, None) if name in templates else None),
        autoescape=True,
        undefined=_Lacking,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    found.words = words
    found.below = below or {}
    found.globals.clear()
    # The same input gives the same bytes.
    del found.filters["random"]
    found.filters.update(filters(words))
    if taken := sorted(more.keys() & found.filters.keys()):
        raise SiteError(
            f'the filter "{taken[0]}" of a plug-in has the name of one that there is. {_OTHER}', 2
        )
    found.filters.update(more)
    return found


def page(templates: Environment, view: View, site: SiteView, body: str = "") -> bytes:
    """Return a view's page as UTF-8; `body` is the safe HTML that stands for its digest, where it has one."""
    if isinstance(view, ArticleView | PlainView) or (isinstance(view, TopicView) and view.body):
        view = replace(view, body=Markup(body))  # noqa: S704 - cleaning was the last step of every body
    name = TEMPLATE_OF[type(view)]
    quick = templates.quick.page(name, view, site) if isinstance(templates, _Environment) else None
    found = templates.get_template(name).render(page=view, site=site) if quick is None else quick
    return found.encode("utf-8", "replace")


# Addresses ---------------------------------------------------------------------------------------


@pass_context
def href(context: Context, path: str) -> str:
    """Return the address of an output path, as this page links to it."""
    return _address(context.parent["page"].root, path, context.parent["site"].pretty)


@pass_context
def absolute(context: Context, path: str) -> str:
    """Return the public address of an output path."""
    return names.absolute(context.parent["site"].url, path)


@pass_context
def target(context: Context, link: Link) -> str:
    """Return where a resolved link leads from this page, or nothing where that is no place for a reader."""
    if link.local and link.href and not link.href.startswith("#"):
        return href(context, link.href)
    return link.href if link.local or link.href.lower().startswith(_WEB) else ""


def _address(root: str, path: str, pretty: bool) -> str:
    return root + _quoted(path, pretty) if root else names.href(root, path, pretty)


@lru_cache(maxsize=65_536)
def _quoted(path: str, pretty: bool) -> str:
    """Return what follows a page's root in an address: the same for all pages, and dear to work out."""
    return names.href("/", path, pretty)[1:]


def permalinks(body: Markup, contents: Iterable[Heading], label: str) -> Markup:
    """Return a body with a link beside each of its headings that leads to it and goes by this name."""
    text, said, done = str(body), escaped(label), 0
    found: list[str] = []
    for heading in contents:
        name = escaped(heading.id)
        start = _heading(text, name, done)
        if start < 0:
            continue
        end = text.find("</h", start) + len("</h2>")
        link = f'<a class="permalink" href="#{name}" aria-label="{said}">#</a></div>'
        found += (text[done:start], '<div class="heading">', text[start:end], link)
        done = end
    return Markup("".join([*found, text[done:]]))  # noqa: S704 - the body was safe, and so is what is added


def _heading(text: str, name: str, begin: int) -> int:
    """Return where a heading of this id starts, from some place on; -1 where none does."""
    # Looking for the long id takes a tenth of the time that looking for tags does.
    known = text.find(f' id="{name}"', begin)
    start = text.rfind("<h", begin, known) if known >= 0 else -1
    if known < 0 or (start >= 0 and ">" not in text[start:known]):
        return start
    # It stands in running text there.
    found = re.compile(f'<h[1-6](?= )[^<>]*? id="{re.escape(name)}"').search(text, known)
    return found.start() if found else -1


# Words and numbers -------------------------------------------------------------------------------


def day(date: str) -> str:
    """Return the day of an ISO date or time, `9` for `2009-12-09`."""
    return date[8:10].lstrip("0")


def filters(words: Words) -> dict[str, Callable[..., object]]:
    """Return what our templates can ask for beyond Jinja's own filters."""

    def counted(number: int, one: str, many: str = "") -> str:
        """Return a number with its noun: `1 article`, `1,234 articles`."""
        return f"{words.thousands(number)} {one if number == 1 else many or one + 's'}"

    return {
        "href": href,
        "absolute": absolute,
        "target": target,
        "longdate": lru_cache(maxsize=4096)(words.longdate),
        "shortdate": lru_cache(maxsize=4096)(words.shortdate),
        "mediumdate": lru_cache(maxsize=4096)(words.mediumdate),
        "monthname": words.monthname,
        "day": day,
        "thousands": words.thousands,
        "counted": counted,
        "pluralform": lru_cache(maxsize=4096)(words.form),
        "direction": direction,
        "bibtex": bibtex,
        "markdown": markdown,
        "permalinks": permalinks,
        "linked": linked,
    }
