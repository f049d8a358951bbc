"""Feeds that declare what no parser here shall ever see, in every spelling and every encoding.

Each says `SECRET` or `BOMB` in an item as soon as somebody expands what it declares.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator

BOMB = "expanded-entity"
_HEAD = '<?xml version="1.0" encoding="{encoding}"?>'
_RSS = (
    '<rss version="2.0"><channel><title>N</title><item><title>A &a; z</title><guid>1</guid>'
    "<description>&a;</description></item></channel></rss>"
)
_ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry><title>A &a; z</title><id>1</id>'
    "<content>&a;</content></entry></feed>"
)
_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n + 1};" * 10}">' for n in range(1, 10))


def subsets(victim: str) -> tuple[str, ...]:
    """Return what is declared: entities that grow, that lead to a file or a server, and those of a DTD."""
    return (
        f'<!ENTITY a "{BOMB}">',
        f"<!ENTITY a '{BOMB}'>",
        f'<!ENTITY a10 "{BOMB}">{_LAUGHS}<!ENTITY a "&a1;">',
        f'<!ENTITY a "{BOMB * 5_000}">',
        f'<!ENTITY a SYSTEM "file://{victim}">',
        f'<!ENTITY a PUBLIC "x" "{victim}">',
        '<!ENTITY a SYSTEM "http://127.0.0.1:{port}/a">',
        f"<!ENTITY % p \"<!ENTITY a '{BOMB}'>\"> %p;",
        '<!ENTITY % p SYSTEM "http://127.0.0.1:{port}/a.dtd"> %p;',
        f'<!ELEMENT rss ANY><!ATTLIST rss x CDATA "{BOMB}"><!ENTITY a "{BOMB}">',
        f'<!NOTATION n SYSTEM "x"><!ENTITY a "{BOMB}">',
    )


def prologs(subset: str) -> tuple[str, ...]:
    """Return the ways in which a document can declare something before its root."""
    return (
        f"<!DOCTYPE rss [{subset}]>",
        f"\n\n<!DOCTYPE\nrss\n[\n{subset}\n]\n>\n",
        f"<!doctype rss [{subset}]>",
        f"<!-- <!ENTITY b 'x'> --><!DOCTYPE rss [{subset}]>",
        f"<!--\n{subset}\n-->\n<!DOCTYPE rss>\n",
        f"<?x <!-- ?><!DOCTYPE rss [{subset}]>",
        f"<?x <![CDATA[ ?><!DOCTYPE rss [{subset}]>",
        f"<?x ]]> --> <rss> ?>\n<!DOCTYPE rss [{subset}]>",
        f"<!-- --><!-- <rss> --><!DOCTYPE rss SYSTEM 'a>b' [{subset}]>",
        f'<!DOCTYPE rss PUBLIC "-//<!--" "http://127.0.0.1:{{port}}/a.dtd" [{subset}]>',
        f"<!DOCTYPE rss [<!-- ]> -->{subset}]>",
        f"<!DOCTYPE rss [<?x ]> ?>{subset}]>",
        f"<!DOCTYPE rss>\n{subset}",
        "<!DOCTYPE rss SYSTEM 'http://127.0.0.1:{port}/a.dtd'>",
        "<!DOCTYPE rss SYSTEM 'file:///etc/hostname'><?xml-stylesheet href='http://127.0.0.1:{port}/s.xsl'?>",
    )


def documents(victim: str, port: int = 9) -> tuple[str, ...]:
    """Return the feeds as text, with `{encoding}` where that is said."""
    every = dict.fromkeys(
        f"{_HEAD}{prolog.replace('{port}', str(port))}{root}"
        for root in (_RSS, _ATOM)
        for subset in subsets(victim)
        for prolog in prologs(subset)
    )
    included = (
        f'<rss version="2.0" xmlns:xi="http://www.w3.org/2001/XInclude"><channel><item><title>A</title><guid>1</guid>'
        f'<description><xi:include href="{victim}" parse="text"/><xi:include href="http://127.0.0.1:{port}/"/>'
        "</description></item></channel></rss>"
    )
    return (*every, f"{_HEAD}{included}")


def encoded(text: str) -> Iterator[tuple[str, bytes]]:
    """Yield a document in every encoding, with and without a mark, named truly, falsely and not at all."""
    for name in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-7", "cp037", "utf-8-sig"):
        yield f"{name} named", text.replace("{encoding}", name).encode(name)
    for name, mark in (
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
    ):
        yield f"{name} marked", mark + text.replace("{encoding}", "utf-8").encode(name)
        yield f"{name} after space", ("\n \n" + text).encode(name)
        yield f"{name} named as UTF-8 by its mark", codecs.BOM_UTF8 + text.encode(name)
    for lie in ("utf-16", "utf-7", "cp037", "ascii", "hz", "iso-2022-jp", "unknown", "rot13", "zlib", "idna"):
        yield f"named {lie}", text.replace("{encoding}", lie).encode()
    yield "nothing named", text.partition("?>")[2].encode()
