"""A catalog becomes the archive as scripts, checks and exporters see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter

from lwnindex.archive import Archive, Article, Topic
from lwnindex.formats.tables import Contents
from lwnindex.formats.thesaurus import body_text, notes, other_names
from lwnindex.model import Problem


def archived(of: Contents, problems: Iterable[Problem]) -> Archive:
    """Return the archive that these contents are, with the problems met in reading it."""
    bodies: dict[str, str] = {}

    def text(article: Article) -> str:
        return body_text(bodies[article.path], of.blob)

    articles = tuple(_article(one, of, bodies) for one in of.catalog.order)
    topics, said = tuple(_topics(of)), tuple(problems)
    return Archive(config=of.config, articles=articles, topics=topics, problems=said, text=text)


def _article(one: str, of: Contents, bodies: dict[str, str]) -> Article:
    keys = of.catalog.translations.get(one, ())
    return _version(one, one, of, bodies, tuple(_version(one, key, of, bodies) for key in keys))


def _version(
    one: str, key: str, of: Contents, bodies: dict[str, str], translations: tuple[Article, ...] = ()
) -> Article:
    """Return an article in one language, and note by its path which body is its own."""
    card, path, body = of.catalog.cards[key], of.catalog.paths[key], of.articles[key].body
    bodies[path] = body.digest
    return Article(
        id=one,
        title=card.title,
        date=card.date,
        updated=card.updated,
        authors=card.authors,
        lang=card.lang or of.config.site.language,
        entries=tuple(dict.fromkeys(card.entries)),
        summary=card.teaser,
        words=body.words,
        references=card.references,
        cited_by=of.catalog.cited_by.get(one, ()),
        translations=translations,
        path=path,
        file=card.file,
    )


def _topics(of: Contents) -> Iterator[Topic]:
    others, noted = other_names(of.catalog), notes(of.catalog, of.blob)
    for entry, topic in sorted(of.catalog.topics.items(), key=itemgetter(0)):
        yield Topic(
            entry=entry,
            path=topic.path,
            anchor=topic.anchor,
            articles=topic.own,
            count=topic.count,
            note=noted.get(entry, ""),
            aliases=tuple(see.entry for see in others.get(entry, ())),
            see_also=topic.see_also,
            parents=topic.parents,
        )
