"""The words of the interface in the site's language: texts, plurals, dates and numbers, all as one value.

English needs nothing but this module; `languages.py` makes the words of other languages. Everything here is
a pure function of a `Words`, so that its digest is all that a page has to know of a language.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from gettext import c2py

import msgspec

from lwnindex.model import Value
from lwnindex.times import MONTHS

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class Words(Value, frozen=True, kw_only=True):
    """A language: `texts` by the English ones, in one form each, or in all plurals of `rule`, a C expression.

    The forms of dates, one for each month, have a place for `{d}` (day) and `{y}` (year). `group` stands
    between groups of digits; `sizes` are the lengths of the last group and of those before it.
    """

    language: str = "en"
    texts: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    rule: str = "n != 1"
    months: tuple[str, ...] = MONTHS
    short_months: tuple[str, ...] = tuple(month[:3] for month in MONTHS)
    dates: tuple[str, ...] = tuple(f"{month} {{d}}, {{y}}" for month in MONTHS)
    days: tuple[str, ...] = tuple(f"{month} {{d}}" for month in MONTHS)
    short_days: tuple[str, ...] = tuple(f"{month[:3]} {{d}}" for month in MONTHS)
    short_dates: tuple[str, ...] = tuple(f"{month[:3]} {{d}}, {{y}}" for month in MONTHS)
    month_years: tuple[str, ...] = tuple(f"{month} {{y}}" for month in MONTHS)
    group: str = ","
    sizes: tuple[int, int] = (3, 3)

    def text(self, source: str) -> str:
        """Return a text of the interface, given in English; that itself where the language has none."""
        return self.texts.get(source, (source,))[0]

    def texts_of(self, one: str, many: str) -> tuple[str, ...]:
        """Return the forms of a text with a number, in the order in which `form` counts them."""
        return self.texts.get(f"{one}\0{many}") or self._english(one, many)

    def _english(self, one: str, many: str) -> tuple[str, ...]:
        """Return English forms for the places at which another language's rule looks for its own."""
        return tuple(one if self.form(1) == place else many for place in range(self.forms))

    @property
    def forms(self) -> int:
        """How many plural forms there are."""
        return _forms(self.rule)

    def form(self, number: int) -> int:
        """Return the place of the form that goes with a number."""
        return _rule(self.rule)(number)

    def say(self, source: str, **given: str) -> str:
        """Return a text with its placeholders filled: `say("Articles by {name}.", name=...)`."""
        return PLACEHOLDER.sub(lambda found: given[found[1]], self.text(source))

    def longdate(self, date: str) -> str:
        """Return `December 22, 2009` for an ISO date or time that starts with `2009-12-22`."""
        return _dated(self.dates, date)

    def shortdate(self, date: str) -> str:
        """Return `Dec 22` for an ISO date or time."""
        return _dated(self.short_days, date)

    def mediumdate(self, date: str) -> str:
        """Return `Dec 22, 2009` for an ISO date or time."""
        return _dated(self.short_dates, date)

    def monthday(self, date: str) -> str:
        """Return `December 22` for an ISO date or time."""
        return _dated(self.days, date)

    def monthname(self, date: str) -> str:
        """Return `December` for an ISO date, time or month."""
        return self.months[_month(date)]

    def shortmonth(self, date: str) -> str:
        """Return `Dec` for an ISO date, time or month."""
        return self.short_months[_month(date)]

    def monthyear(self, date: str) -> str:
        """Return `December 2009` for an ISO date, time or month."""
        return self.month_years[_month(date)].replace("{y}", str(int(date[:4])))

    def thousands(self, number: int) -> str:
        """Return a number in groups of three digits: `1,234`."""
        if number < 1000 or not self.group:
            return str(number)
        last, others = self.sizes
        if last == others == 3:
            return f"{number:,}".replace(",", self.group)
        digits = str(number)
        head = digits[:-last]
        starts = range(len(head) % others or others, len(head), others)
        groups = [head[start:end] for start, end in zip((0, *starts), (*starts, len(head)), strict=True)]
        return self.group.join((*groups, digits[-last:]))


ENGLISH = Words()


def _month(date: str) -> int:
    return int(date[5:7]) - 1


def _dated(forms: tuple[str, ...], date: str) -> str:
    return forms[_month(date)].replace("{d}", date[8:10].lstrip("0")).replace("{y}", date[:4])


@lru_cache(maxsize=64)
def _rule(rule: str) -> Callable[[int], int]:
    return c2py(rule)


@lru_cache(maxsize=64)
def _forms(rule: str) -> int:
    """Return how many forms a rule tells apart; every language's rule repeats itself by then."""
    return max(map(_rule(rule), (*range(1000), 1_000_000))) + 1


# Direction ---------------------------------------------------------------------------------------

_RIGHT_TO_LEFT = {
    *(
        "ar",
        "arc",
        "arz",
        "azb",
        "bal",
        "bgn",
        "ckb",
        "dv",
        "fa",
        "glk",
        "he",
        "iw",
        "ji",
        "khw",
        "lrc",
        "mzn",
    ),
    *("nqo", "ps", "rhg", "sd", "sdh", "skr", "syr", "ug", "ur", "yi"),
}
_RIGHT_TO_LEFT_SCRIPTS = {
    *("adlm", "arab", "aran", "armi", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "sogd", "syrc", "syrj"),
    *("syrn", "thaa", "yezi"),
}


@lru_cache(maxsize=1024)
def direction(tag: str) -> str:
    """Return `rtl` or `ltr` for a language tag (BCP 47): its script decides, or its language."""
    language, *others = tag.lower().replace("_", "-").split("-")
    script = next((each for each in others[:4] if len(each) == 4 and each.isalpha()), "")
    if script:
        return "rtl" if script in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"
