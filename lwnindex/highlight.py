"""Fenced code gets Pygments' token classes; the stylesheet gives them colours for both colour schemes.

HTML from `markup` comes in and HTML goes out, still to be cleaned. The language is the fence's: none is
guessed. Pygments is loaded when the first block needs it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.style import StyleMeta

    from lwnindex.lexing import Tokens

LARGEST = 64 * 1024
LIGHT, DARK = "friendly", "one-dark"
LIGHT_PAPER, DARK_PAPER = "#f0ebdf", "#25272b"
"""A little nearer to the text's colours than a theme's background for code should be."""

_LEAST_CONTRAST = 4.5
_LARGEST_STEADY = 16 * 1024
_LARGEST_OTHER = 4 * 1024
_LARGEST_SLOW = 2 * 1024
_MOST = 128 * 1024
"""How much code of an article may have colours; of lexers that may be slow a character counts for more."""

_LONGEST_LINE = 500
_LONGEST_STRETCH = 400
_MOST_OPENED = 50
_QUICK = frozenset(
    (
        *("bash", "c", "console", "cpp", "css", "diff", "go", "ini", "javascript"),
        *("json", "php", "python", "ruby", "rust", "sql", "toml", "yaml"),
    )
)
"""Languages whose lexers took at most half a second for 64 KiB of each of 250 hostile patterns."""

_STEADY = frozenset(
    (
        *("ada", "awk", "batch", "bitbake", "clojure", "cmake", "cobol", "common-lisp", "dart", "ebnf"),
        *("elixir", "emacs-lisp", "graphql", "http", "irc", "jsx", "kconfig", "kotlin", "llvm", "make"),
        *("matlab", "mysql", "nasm", "nginx", "objective-c", "ocaml", "octave", "output", "postscript"),
        *("prolog", "properties", "pycon", "pytb", "python2", "sass", "scheme", "scss", "smalltalk"),
        *("erlang", "fortran", "haskell", "html", "julia", "lua", "nixos", "perl", "splus", "text"),
        *("solidity", "sparql", "squidconf", "swift", "tcl", "tex", "turtle", "vim", "vue", "xml"),
        *("xorg.conf", "xslt", "zig"),
    )
)
"""Languages in use whose lexers took at most an eighth of a second for 8 KiB of each."""

_SLOW = frozenset(
    (
        *("antlr-csharp", "antlr-java", "aspectj", "cr", "java", "peg", "ragel", "ragel-java", "sed"),
        *("restructuredtext", "scaml", "systemd", "tads3", "thrift", "tid", "xpp"),
    )
)
"""Languages whose lexers took more than a quarter of a second for 4 KiB of some pattern."""

_ESCAPED = frozenset(
    (
        *("ansys", "cddl", "chapel", "factor", "fancy", "fish", "ncl", "pan", "registry", "rego", "rell"),
        *("scala", "tcsh", "urbiscript"),
    )
)
"""Languages as slow, whose lexers take twice as long for every other backslash after a quote."""

_MOST_ESCAPES = 8
_ENDLESS = ("maple", "mcschema", "pug", "rita", "smithy")

_FENCE = re.compile(r'<pre(?: [^<>]*)?><code class="language-([^"]*)">([^<]*)</code></pre>')
_MARK = re.compile(r"[^\w\s]")
_BETWEEN_MARKS = re.compile(r"[^\w\s]+")
_BLANKS = re.compile(r"\s{60}")

_Look = tuple[str, ...]


def highlight(html_text: str) -> tuple[str, int]:
    """Return HTML with its fenced blocks coloured, and how many were.

    A block whose language Pygments does not know, or that its lexer might take seconds for, stays plain.
    """
    if 'class="language-' not in html_text:
        return html_text, 0
    parts = _FENCE.split(html_text)
    blocks = _blocks(zip(parts[1::3], parts[2::3], strict=True))
    outside = iter(parts[::3])
    joined = next(outside) + "".join(
        f"{block}{rest}" for (block, _), rest in zip(blocks, outside, strict=True)
    )
    return joined, sum(is_coloured for _, is_coloured in blocks)


@cache
def token_classes() -> frozenset[str]:
    """Return all classes that a coloured block may give to its spans."""
    from pygments.token import STANDARD_TYPES

    return frozenset(filter(None, STANDARD_TYPES.values()))


@cache
def languages() -> frozenset[str]:
    """Return the first alias of each language that Pygments knows; a block is marked with it."""
    return frozenset(canonical for canonical, _ in _lexers().values())


def knows(alias: str) -> bool:
    """Return whether Pygments has a lexer of this name."""
    return alias.lower() in _lexers()


def is_of_code(name: str, given: str) -> bool:
    """Return whether a class is one that a block gives to its elements of this name, `code` or `span`."""
    if name == "span":
        return given in token_classes()
    return given.startswith("language-") and given.removeprefix("language-") in languages()


def _blocks(fenced: Iterable[tuple[str, str]]) -> list[tuple[str, bool]]:
    """Return fenced blocks as HTML, each with whether it has colours, until an article has enough of them."""
    found = []
    left = _MOST
    for alias, escaped in fenced:
        cost = len(escaped) * _weight(alias)
        found.append(_coloured(alias, escaped, cost <= left))
        left -= cost if found[-1][1] else 0
    return found


def _weight(alias: str) -> int:
    """Return for how much a character of code in a language counts."""
    known = _lexers().get(html.unescape(alias).lower())
    most = largest(known[0]) if known else 0
    return LARGEST // most if most else 0


def _coloured(alias: str, escaped: str, is_affordable: bool = True) -> tuple[str, bool]:
    """Return a fenced block as HTML, and whether it has colours."""
    known = _lexers().get(html.unescape(alias).lower())
    if known is None:
        return f"<pre><code>{escaped}</code></pre>", False
    canonical, name = known
    code = html.unescape(escaped)
    if is_affordable and _is_quick(code, canonical):
        classes, runs = _runs(_tokens(name)(code))
        # A lexer may add a last line break; one that loses a character is not to be trusted with the rest.
        if "".join(runs).removesuffix("\n") == code.removesuffix("\n"):
            spans = "".join(map(_span, classes, _escaped(runs)))
            return (
                f'<div class="highlight"><pre><code class="language-{canonical}">{spans}</code></pre></div>',
                True,
            )
    return f'<pre><code class="language-{canonical}">{escaped}</code></pre>', False


@cache
def _lexers() -> dict[str, tuple[str, str]]:
    """Return (first alias, name) of Pygments' own lexers by each alias; no plug-in has a say in a page."""
    from pygments.lexers import get_all_lexers

    known: dict[str, tuple[str, str]] = {}
    for name, aliases, _, _ in get_all_lexers(plugins=False):
        for alias in aliases:
            known.setdefault(alias.lower(), (aliases[0].lower(), name))
    return known


@cache
def _tokens(name: str) -> Tokens:
    """Return what finds the tokens of code by the lexer of this name."""
    from pygments.lexers import find_lexer_class

    from lwnindex.lexing import tokens_of

    found = find_lexer_class(name)
    assert found is not None, name
    return tokens_of(found(stripnl=False))


def _is_quick(code: str, language: str) -> bool:
    """Return whether this code may be given to the lexer of this language.

    Many lexers need quadratic time for a long line, gap or run of words; no fenced block of the real
    archives that were tried has one.
    """
    return (
        len(code) <= largest(language)
        and (language not in _ESCAPED or code.count("\\") <= _MOST_ESCAPES)
        and max(map(len, code.split("\n"))) <= _LONGEST_LINE
        and (_has_marks(code) or max(map(len, _BETWEEN_MARKS.split(code))) <= _LONGEST_STRETCH)
        and not _BLANKS.search(code)
        # For the end of each that is opened the rest of the code is read.
        and code.rpartition("*/")[2].count("/*") <= _MOST_OPENED
    )


def _has_marks(code: str) -> bool:
    """Return whether every half of a longest stretch has a mark in it, so that no stretch is longer."""
    half = _LONGEST_STRETCH // 2
    return all(_MARK.search(code, start, start + half) for start in range(0, len(code) - half + 1, half))


def largest(language: str) -> int:
    """Return how much code in this language may have colours: less where that might take too long."""
    if language in _ENDLESS:
        return 0
    if language in _SLOW or language in _ESCAPED:
        return _LARGEST_SLOW
    if language in _QUICK:
        return LARGEST
    return _LARGEST_STEADY if language in _STEADY else _LARGEST_OTHER


def _runs(tokens: Iterable[tuple[int, object, str]]) -> tuple[list[str], list[str]]:
    """Return the classes of a block's tokens and their texts; neighbours of one class share it."""
    classes: list[str] = []
    runs: list[str] = []
    class_of = _classes()
    last = run = ""
    for _, kind, text in tokens:
        name = class_of[kind]
        if name == last:
            run += text
        else:
            classes.append(last)
            runs.append(run)
            last, run = name, text
    return [*classes, last], [*runs, run]


def _escaped(runs: list[str]) -> list[str]:
    """Return texts as HTML, which is faster for all at once."""
    found = html.escape("\0".join(runs), quote=False).split("\0")
    return found if len(found) == len(runs) else [html.escape(each, quote=False) for each in runs]


def _span(name: str, text: str) -> str:
    return f'<span class="{name}">{text}</span>' if name and text.strip() else text


class _Classes(dict[object, str]):
    """The class of each kind of token: its own, or that of the nearest kind which has one."""

    def __missing__(self, kind: object) -> str:
        from pygments.token import STANDARD_TYPES, Token

        nearest = kind
        while nearest not in STANDARD_TYPES:
            nearest = getattr(nearest, "parent", Token)
        self[kind] = found = STANDARD_TYPES[nearest]  # type: ignore[index]
        return found


@cache
def _classes() -> _Classes:
    return _Classes()


# The stylesheet ---------------------------------------------------------------------------------


def stylesheet() -> str:
    """Return the colours of code for light and dark, with at least 4.5:1 of contrast (WCAG 2.2, 1.4.3).

    Dark is for readers who ask for it by their system or by `data-theme` on the root; never for paper.
    """
    light, dark = _rules(LIGHT, LIGHT_PAPER), _rules(DARK, DARK_PAPER)
    return "\n".join(
        [
            "/* Made by lwnindex */",
            *_written(light, ""),
            "@media screen and (prefers-color-scheme: dark) {",
            *_written(dark, ':root:not([data-theme="light"]) '),
            "}",
            "@media screen {",
            *_written(dark, ':root[data-theme="dark"] '),
            "}",
            "",
        ]
    )


def _rules(style: str, paper: str) -> dict[str, _Look]:
    """Return each token class's declarations in a style, made legible on a background.

    Each class has every property, so dark rules leave nothing of light ones; output never looks like errors.
    """
    from pygments.styles import get_style_by_name
    from pygments.token import STANDARD_TYPES, Generic, Text

    chosen: StyleMeta = get_style_by_name(style)
    kinds = {name: kind for kind, name in sorted(STANDARD_TYPES.items(), key=lambda each: each[1]) if name}
    kinds["go"] = Text if style == DARK else Generic.Output
    return {name: tuple(_look(chosen.style_for_token(kind), paper)) for name, kind in kinds.items()}


def _look(drawn: Mapping[str, object], paper: str) -> Iterator[str]:
    colour = drawn["color"]
    yield f"color: {legible(f'#{colour}', paper)}" if colour else "color: inherit"
    yield f"font-weight: {'bold' if drawn['bold'] else 'inherit'}"
    yield f"font-style: {'italic' if drawn['italic'] else 'inherit'}"


def _written(rules: dict[str, _Look], scope: str) -> Iterator[str]:
    """Yield one rule for each set of declarations, with all classes that share it."""
    for look in sorted(set(rules.values())):
        chosen = ", ".join(f".{name}" for name in rules if rules[name] == look)
        yield f"{scope}.highlight :is({chosen}) {{ {'; '.join(look)}; }}"


def legible(colour: str, paper: str) -> str:
    """Return a colour, moved as far towards black or white as its contrast with a background asks for."""
    ink, ground = _channels(colour), _channels(paper)
    goal = 0 if _luminance(ground) > 0.5 else 255
    shades = (tuple(round(each + (goal - each) * step / 20) for each in ink) for step in range(21))
    found = next(each for each in shades if _ratio(each, ground) >= _LEAST_CONTRAST)
    return "#" + "".join(f"{each:02x}" for each in found)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG 2.2's definition, 1 to 21."""
    return _ratio(_channels(one), _channels(other))


def _ratio(one: Iterable[int], other: Iterable[int]) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(channels: Iterable[int]) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (each / 255 for each in channels)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))
