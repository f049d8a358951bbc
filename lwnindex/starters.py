"""What new sites, articles, topics and themes begin with: texts of files, made of what somebody typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence

from lwnindex.model import Entry
from lwnindex.readers.tomlscan import quoted

_LONGEST = 60
"""Letters of a file's name."""

_APART = re.compile(r"[\W_]+")

_CONFIG = """# The configuration of this site. `lwnindex config` prints every key with its value.

[site]
title = {title}
description = "News, filed under index entries."
url = "https://example.org" # change it before you publish: feeds and canonical links name it
source = ""                 # a publication that the articles come from: what is not held here leads there
language = "en"             # of the interface: en, de, he, or what locale/LANG.po brings
timezone = "UTC"            # what "today" means, for articles dated ahead

# The indexes; the first level of an entry names one. One without a table is built all the same, and told.
[indexes.Handbook]
title = "Handbook"

[theme]
name = "default" # "classic" is a plain one; `lwnindex new theme NAME` begins one of your own
"""

_FIRST = """---
title: The first article
date: {day}
authors:
- The editors
entries:
- Handbook/Writing
- Handbook/Filing/Entries
---

The first paragraph is what lists show of an article. This one is in `content/{year}/the-first-article.md`:
change it, or remove it and write another with `lwnindex new article "Title" --in Handbook/Writing`.

## Entries

An article is filed under entries, paths with slashes: an index, a topic, and what is below it. Each has a
page, and feeds, and the A-Z page of its index leads there. What is to be said of a topic stands in
`content/topics.toml`.
"""

_TOPICS = """# What topics mean, what else they are called, and what is related to them.
# One table a topic, by its entry. Topics that need no explanation need no table.

["Handbook/Filing/Entries"]
note = "How articles are filed under topics."
see_also = ["Handbook/Writing"]
"""

_ABOUT = """---
title: About
nav: 1
---

What this site is about, and who makes it. A page in `content/pages/` has no date; `nav` orders it in the
navigation.
"""


def site(title: str, day: str) -> dict[str, str]:
    """Return the files of a new site by their paths; its first article is of an ISO day."""
    return {
        "lwnindex.toml": _CONFIG.format(title=quoted(title)),
        f"content/{day[:4]}/the-first-article.md": _FIRST.format(day=day, year=day[:4]),
        "content/topics.toml": _TOPICS,
        "content/pages/about.md": _ABOUT,
        ".gitignore": "/site\n/.site.lwnindex-*\n/.lwnindex/\n",
    }


def theme(name: str) -> dict[str, str]:
    """Return the files of a theme that inherits from the default one."""
    return {
        "theme.toml": f'name = {quoted(name)}\nparent = "default"\n\n'
        "# What the default theme lets a site set can begin otherwise here.\n"
        '[options.accent]\ndefault = ["#8a3324", "#e8a090"] # by day and by night\n',
        "templates/plain.html": "{# A page such as about/: what is not said here is as in the parent. #}\n"
        '{% extends "!plain.html" %}\n'
        "{% block colophon %}\n"
        f'<p class="{name}-colophon">{{{{ site.title }}}}: {{{{ page.title }}}}</p>\n'
        "{{ super() }}\n"
        "{% endblock %}\n",
        f"assets/{name}.css": "/* It comes after the parent's stylesheets: what stands here wins. */\n"
        f".{name}-colophon {{\n  font-style: italic;\n}}\n",
    }


def slug(title: str, taken: Container[str] = ()) -> str:
    """Return a name for a file and its address, made of a title, that is not taken."""
    plain = unicodedata.normalize("NFKD", title).casefold()
    words = _APART.sub("-", "".join(each for each in plain if not unicodedata.combining(each))).strip("-")
    short = words[:_LONGEST].strip("-") if len(words) > _LONGEST else words
    found, number = short or "article", 2
    while found in taken:
        found, number = f"{short or 'article'}-{number}", number + 1
    return found


def topic(path: str, said: Mapping[str, str | Sequence[str]], end: str = "\n") -> str:
    """Return the table of a topic with what is said of it, key by key; lines end as told."""
    lines = [f"[{quoted(path)}]", *(f"{key} = {_value(value)}" for key, value in said.items() if value)]
    return "".join(f"{line}{end}" for line in lines)


def _value(value: str | Sequence[str]) -> str:
    return quoted(value) if isinstance(value, str) else f"[{', '.join(map(quoted, value))}]"


def apart(content: bytes, end: str = "\n") -> str:
    """Return the line ends that part what a file holds from a table below it."""
    return "" if not content else end if content.endswith(b"\n") else end * 2


def path_of(entry: Entry) -> str:
    """Return an entry as a path."""
    return "/".join(entry)


def listed(names: Iterable[str]) -> str:
    """Return names in quotes, as a question offers them."""
    return " or ".join(f'"{name}"' for name in names)
