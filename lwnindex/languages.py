"""Catalogues of words, read from disk, become the words of a language; dates and numbers are Babel's.

A site's language picks a catalogue that came with the program, and one of the site's own `locale/` over it,
message by message: each the one of the whole tag (`pt-BR`), else of the language alone (`pt`). Without either
the interface is English, and Babel is never loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from lwnindex.problems import SiteError
from lwnindex.words import ENGLISH, PLACEHOLDER, Words

if TYPE_CHECKING:
    from babel.core import Locale
    from babel.messages.catalog import Catalog, Message

OURS = Path(__file__).parent / "locale"
FILE = "LC_MESSAGES/lwnindex.po"
_FIRST = 1
"""The era that years are counted in."""


_LINE = re.compile(
    rb'\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?"(?:[^"\\]|\\.)*"\s*)?'
)
_NO_LINE = "a line is msgid or msgstr and a text in quotes, such a text alone that goes on, or # and a remark"


class Catalogue(NamedTuple):
    """A catalogue as it was found: where, for which language, and its bytes."""

    file: str
    language: str
    content: bytes


def catalogues(language: str, root: Path) -> tuple[Catalogue, ...]:
    """Return the catalogues that a site of this language uses, ours before its own."""
    ours = ((OURS / tag.replace("-", "_") / FILE, tag) for tag in _tags(language))
    own = ((root / "locale" / f"{tag}.po", tag) for tag in _tags(language))
    return tuple(found for places in (ours, own) if (found := _first(places)))


def _tags(language: str) -> tuple[str, ...]:
    """Return the tags to look for, the most exact first."""
    return tuple(dict.fromkeys((language, language.partition("-")[0].lower())))


def _first(places: Iterable[tuple[Path, str]]) -> Catalogue | None:
    for place, tag in places:
        try:
            return Catalogue(str(place), tag, place.read_bytes())
        except FileNotFoundError:
            continue
        except OSError as error:
            raise SiteError(f"{place}: the words cannot be read: {error.strerror}.") from error
    return None


def words(language: str, found: Iterable[Catalogue]) -> Words:
    """Return the words of a language by its catalogues, the later over the earlier; English without any.

    SiteError where a catalogue is none, or says something else than what it translates.
    """
    read = [(one, _read(one)) for one in found]
    if not read:
        return ENGLISH
    rule = read[0][1].plural_expr
    spoken = replace(_dated(language), rule=rule)
    faults: list[str] = []
    texts: dict[str, tuple[str, ...]] = {}
    for one, catalogue in read:
        for message in _translated(catalogue):
            faults += (f"{one.file}:{message.lineno}: {fault}" for fault in faults_of(message, spoken.forms))
            texts["\0".join(_parts(message.id))] = _parts(message.string)
    if faults:
        raise SiteError("\n".join(faults))
    return replace(spoken, texts=texts)


def _read(one: Catalogue) -> Catalog:
    from babel.messages.pofile import PoFileError, read_po

    for number, line in enumerate(one.content.splitlines(), 1):
        if not _LINE.fullmatch(line):
            raise _refused(one, number, _NO_LINE)
    try:
        found = read_po(BytesIO(one.content), abort_invalid=True)
        replace(ENGLISH, rule=found.plural_expr).form(1)
    except PoFileError as error:
        why = str(error).removesuffix(f" on {error.lineno}")
        raise _refused(one, error.lineno, why) from error
    except UnicodeDecodeError as error:
        raise _refused(one, _line_of(one, error.object), "it is not in UTF-8 here") from error
    except (ValueError, LookupError) as error:
        raise _refused(one, _line_of(one, b"Plural-Forms"), f"its forms of plurals: {error}") from error
    return found


def _refused(one: Catalogue, line: int, why: str) -> SiteError:
    place = f"{one.file}:{line}" if line else one.file
    return SiteError(f"{place}: the words cannot be read: {why}. Mend it.")


def _line_of(one: Catalogue, part: bytes) -> int:
    """Return the line of a catalogue in which something stands first; 0 if that is not known."""
    before, found, _ = one.content.partition(part)
    return before.count(b"\n") + 1 if found else 0


def _translated(catalogue: Catalog) -> Iterator[Message]:
    for message in catalogue:
        if message.id and all(_parts(message.string)) and not message.fuzzy:
            yield message


def faults_of(message: Message, forms: int) -> Iterator[str]:
    """Yield what is wrong with a translation in a language that has this many plural forms."""
    sources, texts = _parts(message.id), _parts(message.string)
    if len(sources) > 1 and len(texts) != forms:
        yield f'"{sources[0]}" has {len(texts)} forms for numbers, and the language {forms}.'
    wanted = {name for each in sources for name in PLACEHOLDER.findall(each)}
    for text in texts:
        shown = set(PLACEHOLDER.findall(text))
        # "An article" may do without the number, "{n} articles" not without anything else.
        if shown != wanted and not (len(sources) > 1 and shown == wanted - {"n"}):
            named = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "none"
            yield f'"{text}" does not have the placeholders of "{sources[0]}": {named}.'


def _parts(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (str(text),)


# Dates and numbers -------------------------------------------------------------------------------


def _dated(language: str) -> Words:
    """Return a language's dates and numbers; those that stood in English so far stay as they were."""
    locale = None if language.lower().split("-")[0] == "en" else _locale(language)
    if locale is None:
        return replace(ENGLISH, language=language)
    skeletons = locale.datetime_skeletons
    first, second = locale.decimal_formats[None].grouping
    return Words(
        language=language,
        months=_months(locale, "%(LLLL)s"),
        short_months=_months(locale, "%(LLL)s"),
        dates=_months(locale, locale.date_formats["long"].format),
        days=_months(locale, skeletons["MMMMd"].format),
        short_days=_months(locale, skeletons["MMMd"].format),
        short_dates=_months(locale, skeletons["yMMMd"].format),
        month_years=_months(locale, skeletons["yMMMM"].format),
        group=str(locale.number_symbols["latn"]["group"]),
        sizes=(first, second),
    )


def _locale(language: str) -> Locale | None:
    from babel.core import Locale, UnknownLocaleError

    for tag in _tags(language):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def _months(locale: Locale, form: str) -> tuple[str, ...]:
    """Return a form of dates for each month, with places for day and year."""
    return tuple(form % _fields(locale, number) for number in range(1, 13))


def _fields(locale: Locale, month: int) -> Mapping[str, str]:
    """Return what may stand in a pattern of CLDR for dates, by its letters."""
    names = {
        letter * length: str(locale.months[context][width][month])
        for letter, context in (("M", "format"), ("L", "stand-alone"))
        for length, width in ((4, "wide"), (3, "abbreviated"))
    }
    numbers = {"MM": f"{month:02}", "M": str(month), "LL": f"{month:02}", "L": str(month)}
    era = locale.eras["abbreviated"][_FIRST]
    return {**names, **numbers, "d": "{d}", "dd": "{d}", "y": "{y}", "yyyy": "{y}", "G": era}
