"""How an article was read: its file, what was found in it, and which way each part of its text goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from lwnindex.engine.limits import Bounds
from lwnindex.engine.memo import Memo
from lwnindex.fastpath import Way, ways
from lwnindex.gather import Gathered
from lwnindex.index import index
from lwnindex.manuscripts import kind_of, manuscripts
from lwnindex.model import Article, Manuscript, Source
from lwnindex.parse import parse
from lwnindex.patience import SlowError, patient
from lwnindex.pipeline import parsing
from lwnindex.problems import SiteError, counted, line_in, ordered, sentence
from lwnindex.reading import Reading, readings


def source_of(gathered: Gathered, name: str, memo: Memo) -> Source:
    """Return the source of an article; SiteError where there is none of this name.

    It is named by its file, by the path of that below the content folder, by its id, or by its file's name
    without the ending.
    """
    return _named(gathered, name) or _identified(gathered, name, memo)


def explained(gathered: Gathered, source: Source) -> Iterator[str]:
    """Yield how a source was read, line by line; SiteError where it cannot be."""
    try:
        content = gathered.read(source)
    except OSError as error:
        raise SiteError(f"{source.file} cannot be read: {error.strerror or error}.") from error
    rules = readings(gathered.config)[source.rules]
    readers = gathered.plugins.readers
    try:
        found, (parsed, _) = patient(
            Bounds().first,
            lambda: (
                manuscripts(source, content, rules, readers).manuscripts,
                parse(source, content, rules, readers),
            ),
            gathered.plugins.places,
        )
    except SlowError as error:
        what = f"{error.function} of a plug-in {error.took} on {source.file}"
        raise SiteError(f"{error.place}: {what}. Look for a loop without an end.") from error
    except Exception as error:
        place = line_in(error, gathered.plugins.places)
        if place:
            what = f"the reader of a plug-in fails on {source.file}: {type(error).__name__}: {error}"
            raise SiteError(f"{place}: {what}. Mend it.") from error
        raise
    yield f"{source.file}: {kind_of(source, content, rules, readers)}"
    for article in parsed.articles:
        yield from _card(article)
    yield from (f"  line {one.line} describes {' / '.join(one.entry)}" for one in parsed.topics)
    yield from (f"  {count} {counted(rule, count)}" for rule, count in parsed.counts)
    yield from (f"  {one.severity}: {sentence(one)}" for one in ordered(parsed.problems))
    for text in found:
        if text.markup == "python":
            yield from _markdown(text, rules)


def _named(gathered: Gathered, name: str) -> Source | None:
    """Return the source of this file name or path."""
    sources, places = gathered.sources.sources, gathered.sources.places
    whole = Path(name).resolve()
    for one in sources:
        if name in (one.file, one.path) or Path(places[one.file]).resolve() == whole:
            return one
    return None


def _identified(gathered: Gathered, name: str, memo: Memo) -> Source:
    """Return the source of the article with this id, else of the one whose file has this name."""
    sources = gathered.sources.sources
    parsed = memo.each(parsing(gathered.inputs, gathered.read), sources)
    cards = [article.card for one in parsed for article in one.articles]
    files = {one.file: one for one in sources}
    # With the ids that stand in headers are those that articles of one id are told apart by.
    ids = {card.id: files[card.file] for card in reversed(cards)}
    ids |= {one: files[card.file] for one, card in index(cards, gathered.config).cards.items()}
    ids = {PurePosixPath(one.path).stem: one for one in reversed(sources)} | ids
    if name in ids:
        return ids[name]
    close = get_close_matches(name, [*ids, *(one.path for one in sources)], n=3)
    meant = f" Did you mean {' or '.join(close)}?" if close else ""
    raise SiteError(f'there is no article or source file "{name}".{meant}', exit_code=2)


def _card(article: Article) -> Iterator[str]:
    card = article.card
    yield f"  id {card.id}{', a draft' if card.draft else ''}"
    yield f"  title {card.title}"
    yield f"  by {', '.join(card.authors) or 'nobody'}, {card.date or 'without a date'}"
    yield from (f"  entry {' / '.join(entry)}" for entry in card.entries)


def _markdown(text: Manuscript, rules: Reading) -> Iterator[str]:
    """Yield which lines of the source go to which Markdown engine, and why."""
    if not rules.accelerate:
        yield "  Markdown: all by Python-Markdown, since [markdown] accelerate is off"
        return
    for way in ways(text.text, rules.extensions):
        engine = "pyromark" if way.fast else "Python-Markdown"
        reason = f": {way.reason}" if way.reason else ""
        yield f"  {_lines(way, text.lines)} by {engine}{reason}"


def _lines(way: Way, lines: Sequence[int]) -> str:
    """Return the lines of the source in which these lines of the text stand."""
    first, last = (lines[each - 1] if 0 < each <= len(lines) else each for each in (way.first, way.last))
    return f"line {first}" if first == last else f"lines {first} to {last}"
