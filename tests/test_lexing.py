"""A quick lexer finds Pygments' tokens, each at its place; no rule that would match is passed over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.lexer import Lexer, RegexLexer, bygroups, combined, default, include, this, using, words
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Name, Number, String, Text, _TokenType

from lwnindex import lexing

SAMPLES = {
    "bash": (
        "#!/bin/sh -e\n"
        'for each in "$@"; do\n'
        '  [ -n "${each##*/}" ] && echo $((1 + 2)) >&2 # all\n'
        "done\n"
        "cat <<'EOT'\n"
        "as it is: $HOME\n"
        "EOT\n"
        "while read -r x; do case $x in a*) y=`id -u` ;; esac; done < in\n"
    ),
    "c": (
        "#include <stdio.h>\n"
        "#if 0\n"
        "nothing\n"
        "#endif\n"
        "# define TWICE(x) \\\n"
        "\t((x) * 2)\n"
        "\n"
        "/* a\n"
        " * b */\n"
        "static unsigned long add(struct pair *p, size_t n)\n"
        "{\n"
        "\tuint8_t c = '\\n';\n"
        "again:\n"
        "\tif (n--)\n"
        "\t\tgoto again;\n"
        '\tprintf("%d\\n", p->a + 0x1fUL - .5e3f); // so\n'
        "\treturn n;\n"
        "}\n"
        "\n"
        "int f(void);\n"
        "union u { int a; };\n"
        "switch (x) { case ONE: break; default: ; }\n"
    ),
    "console": ("$ make -j2 \\\n> install\ncc -c a.c\n# reboot\n"),
    "cpp": (
        "template <typename T>\n"
        "class Heap : public Base<T> {\n"
        " public:\n"
        "  explicit Heap(int n) : n_(n) {}\n"
        '  auto s = R"x(a " b)x"; [[nodiscard]] bool empty() const noexcept;\n'
        "};\n"
        "namespace a::b { enum E { x }; }\n"
    ),
    "css": (
        "@media print { a[href^='x']:hover > b, .c #d { color: #FFF !important; margin: "
        "-1.5em 0 } }\n"
        "/* e */\n"
    ),
    "devicetree": (
        '/dts-v1/;\n/ {\n\tnode@10 {\n\t\treg = <0x10 0x4>;\n\t\tstatus = "okay"; /* on */\n\t};\n};\n'
    ),
    "diff": ("Index: a\n--- a\t2001\n+++ b\n@@ -1,2 +1,2 @@\n one\n-two\n+three\n!four\n=five\n"),
    "go": (
        "package main\n"
        "\n"
        "// go\n"
        "func (p *pair) f(c chan<- int) error {\n"
        "\tx := `raw` + \"\\u00e9\" + 'c'\n"
        "\treturn append(p.a, 0x1p-2i, 1_000)\n"
        "}\n"
    ),
    "ini": ("; a\n[part one]\nkey = value\n  next\nother: 1 # 2\n"),
    "java": (
        "@Override\n"
        "public final class A<T> extends B implements C {\n"
        "  int[] x = {0b1, 1_0L};\n"
        '  "a".b();\n'
        "}\n"
    ),
    "javascript": (
        "import {a} from './b.js';\n"
        "const f = async (x) => /[/]\\/g/gi.test(x) ? `a ${x + `b`} c` : x?.y ?? 0n;\n"
        "class A extends B { #p = 1e3; static get q() { return this.#p } }\n"
        "<!-- old\n"
    ),
    "json": ('{"a": [1, -2.5e3, true, null, "b\\u00e9\\n"], // c\n "d": {}}\n'),
    "make": ("CC ?= gcc\nall: $(OBJ) # b\n\t@echo $@ $< $(shell ls)\nifdef X\ninclude y.mk\nendif\n"),
    "php": (
        "<p><?php\n"
        "namespace A\\B;\n"
        "/** @doc */\n"
        "function f(?int $x): string {\n"
        "  return <<<E\n"
        " a {$x->y} $z[0]\n"
        "E;\n"
        "}\n"
        "# c\n"
        "?></p>\n"
    ),
    "python": (
        "import os.path as p, re\n"
        "from . import a\n"
        "\n"
        "@wrap(1)\n"
        "async def f(x: int = 0b1, *, y=None) -> str:\n"
        '    """Doc\n'
        "    >>> f(1)\n"
        '    """\n'
        "    match x:\n"
        "        case [1, _]: raise ValueError from None\n"
        "    return rf'{x!r:>{y}} {{}} \\d' + b'\\x00' + u\"%(a)s %d\" # so\n"
        "\n"
        "class A(B): __init__ = lambda self: 1_0.e5j\n"
    ),
    "ruby": (
        "# a\n"
        "class A < B\n"
        '  def c?(d = :e) = %w[f g].map { |h| "#{h} #{1 + 2}" }\n'
        "end\n"
        "x = <<~Z\n"
        "  a\n"
        "Z\n"
        "/re/ix =~ y\n"
    ),
    "rust": (
        "/// doc\n"
        "#[derive(Debug)]\n"
        "pub fn f<'a, T: ?Sized>(x: &'a mut T) -> Option<u8> {\n"
        '    let s = r#"raw ""#; println!("{} {x:?}\\u{e9}", b\'c\', 1_0u8); /* a /* b */ c '
        "*/ None\n"
        "}\n"
    ),
    "sql": ("SELECT a.*, count(*) FROM t AS a -- all\nWHERE x LIKE 'it''s' AND \"y\" >= 1.5; /* so */\n"),
    "toml": (
        "# a\n"
        '[part."one"]\n'
        'key = "b\\n" # c\n'
        "day = 1979-05-27T07:32:00Z\n"
        "[[many]]\n"
        "n = [1_0, 0xff, inf, '''d\n"
        "e''']\n"
    ),
    "yaml": ("%YAML 1.2\n---\na: &b [1, 'c', \"d\\n\"] # e\nf: |\n  g\n   h\n- *b\n? !!str i\n"),
    "html": (
        "<!DOCTYPE html>\n<p class=a>b &amp; <b>c</b><script>var x = 1;</script><style>p { top: 0 }</style>\n"
    ),
    "perl": (
        "#!/usr/bin/perl\nmy %h = (a => qw{b c}); s/x/y/gi if $h{a} =~ m{d}; print <<E;\nf\nE\n=pod\n\n=cut\n"
    ),
    "lua": ("local t = {a = [[b]], 'c'} -- d\nfunction t:f(...) return #t ~= 0x1p4 end --[==[ e ]==]\n"),
    "scala": ('package a\ncase class B[T <: C](x: Int*) extends D { def f = s"a $x ${y}" }\n'),
    "haskell": (
        'module A where\nimport qualified B as C (d)\nf :: Int -> [a]\nf x | x > 0 = "b" {- c -} -- e\n'
    ),
    "nasm": ("section .text\nstart:\n\tmov eax, 0x10 ; a\n\tjmp start\n%define X 1\n"),
    "objdump": ("a.o:     file format elf64\n\n0000 <f>:\n   0:\t55                   \tpush   %rbp\n"),
}
"""Code in every language that may be longest in an article, and in some others."""

_Token = tuple[int, _TokenType, str]
PIECES = {each: re.findall(r"\w+|\s+|[^\w\s]+|[^\w\s]", text) for each, text in SAMPLES.items()}


def both(lexer: Lexer, other: Lexer, text: str) -> tuple[object, object]:
    """Return what Pygments' lexer finds, and what another of its class does that is made quick."""
    tokens = lexing.tokens_of(other, after=0)
    return list(lexer.get_tokens(text)), [(kind, part) for _, kind, part in tokens(text)]


def of_language(language: str, text: str) -> tuple[object, object]:
    """Return what both find in a text in a language of Pygments."""
    return both(get_lexer_by_name(language, stripnl=False), get_lexer_by_name(language, stripnl=False), text)


@pytest.mark.parametrize("language", SAMPLES)
def test_code_has_the_tokens_that_pygments_finds(language: str) -> None:
    plain, quick = of_language(language, SAMPLES[language])

    assert quick == plain
    assert len(set(plain)) > 6  # type: ignore[call-overload]


@pytest.mark.parametrize("language", SAMPLES)
@pytest.mark.parametrize(
    "text", ["", "\n", "a", "é", "\u017fK", "\x1c#", "x\r\ny\rz", "\ufeffa", "\0", "\t\n\n"]
)
def test_short_and_strange_texts_have_them_too(language: str, text: str) -> None:
    plain, quick = of_language(language, text)

    assert quick == plain


@pytest.mark.parametrize("language", SAMPLES)
@given(data=st.data())
def test_so_has_any_text_made_of_pieces_of_code(language: str, data: st.DataObject) -> None:
    mixed = st.sampled_from([*PIECES[language], *PIECES["c"], "\n", "é", '"', "'", "#", "\\\n"])
    plain, quick = of_language(language, "".join(data.draw(st.lists(mixed, max_size=40))))

    assert quick == plain


@pytest.mark.parametrize("language", ["c", "python"])
@given(text=st.text())
def test_so_has_any_text(language: str, text: str) -> None:
    plain, quick = of_language(language, text)

    assert quick == plain


def test_a_lexer_that_becomes_quick_within_a_text_finds_them_too() -> None:
    text = SAMPLES["c"] * 20
    plain, tokens = (
        get_lexer_by_name("c", stripnl=False),
        lexing.tokens_of(get_lexer_by_name("c", stripnl=False)),
    )

    for start in range(0, len(text), 700):
        found = [(kind, part) for _, kind, part in tokens(text[start:])]
        assert found == list(plain.get_tokens(text[start:]))


def test_any_pair_of_characters_may_stand_before_and_behind_a_place() -> None:
    letters = [chr(code) for code in range(32, 127)]
    plain, quick = of_language("c", "".join(one + other for one in letters for other in letters))

    assert quick == plain


@pytest.mark.parametrize("language", ["c", "cpp", "python", "php", "bash"])
def test_each_token_has_its_place(language: str) -> None:
    plain = get_lexer_by_name(language).get_tokens_unprocessed(SAMPLES[language])
    quick = lexing.quick(get_lexer_by_name(language)).get_tokens_unprocessed(SAMPLES[language])

    assert list(quick) == list(plain)


# Lexers of our own ------------------------------------------------------------------------------


def _shout(lexer: Lexer, found: re.Match[str], _: object = None) -> Iterator[_Token]:
    """Yield a match in two tokens by the numbers of its groups."""
    yield found.start(1), Generic.Strong, found[1]
    yield found.start(2), Generic.Emph, found[2]


_grouped: Callable[..., object] = bygroups
_used: Callable[..., object] = using


class Moving(RegexLexer):
    """Every kind of rule, action and change of state."""

    name = "Moving"
    flags = re.MULTILINE | re.IGNORECASE
    tokens = {  # noqa: RUF012 - as Pygments declares it
        "spaces": [(r"[ \t]+", Text)],
        "root": [
            include("spaces"),
            (r"^head(?=:)", Generic.Heading),
            (r"\Astart", Comment.Hashbang),
            (words(("key", "Word"), suffix=r"\b"), Keyword),
            (r"(a)(b)?(\()", _grouped(Name, None, String), "inner"),
            (r"(\w)(!)", _shout),
            (r"<([^>]*)>", _used(this, state="inner")),
            (r"(\[)(.*?)(\])", _grouped(Text, _used(this), Text)),
            (r"([xy])\1", Number),
            (r"[^\W\d]", Name, ("inner", "#push", "#pop")),
            (r"\d(?<!3)", Number, combined("inner", "deep")),
            (r"(?=;)", Text, "deep"),
        ],
        "inner": [
            (r"\(", String, "#push"),
            (r"\)", String, "#pop"),
            (r"[^()\n;é]", String.Char),
            (r";", String.Delimiter, ("#pop", "deep")),
        ],
        "deep": [(r";", Comment, "#pop:5"), (r"k", Keyword), default("#pop")],
    }


class Renamed(Moving):
    """A lexer that changes what RegexLexer's loop finds."""

    def get_tokens_unprocessed(self, text: str, stack: Iterable[str] = ("root",)) -> Iterator[_Token]:
        for place, kind, part in RegexLexer.get_tokens_unprocessed(self, text, stack):
            yield place, Name.Builtin if kind is Name else kind, part


class Above(Moving):
    """A lexer that reaches the loop by `super`."""

    def get_tokens_unprocessed(self, text: str, stack: Iterable[str] = ("root",)) -> Iterator[_Token]:
        for place, kind, part in super().get_tokens_unprocessed(text, stack):
            yield place, Name.Builtin if kind is Name else kind, part


@pytest.mark.parametrize("kind", [Moving, Renamed, Above])
@given(text=st.text(st.sampled_from("start head:key word ab((;));;é\n[]<>xxyy123!k\u212a"), max_size=40))
def test_any_rule_action_and_change_of_state_is_as_in_pygments(kind: type[Lexer], text: str) -> None:
    plain, quick = both(kind(stripnl=False), kind(stripnl=False), text)

    assert quick == plain


@pytest.mark.parametrize(("kind", "is_quick"), [(Moving, True), (Renamed, True), (Above, False)])
def test_a_lexer_is_left_alone_whose_loop_is_not_reached_by_name(kind: type[Lexer], is_quick: bool) -> None:
    assert ("get_tokens_unprocessed" in vars(lexing.quick(kind()))) is is_quick


@pytest.mark.parametrize("language", ["yaml", "json", "html+php", "make", "output"])
def test_so_is_one_that_has_a_loop_of_its_own(language: str) -> None:
    assert "get_tokens_unprocessed" not in vars(lexing.quick(get_lexer_by_name(language)))


@pytest.mark.parametrize("options", [{}, {"stripall": True}, {"tabsize": 4}, {"ensurenl": False}])
def test_what_a_lexer_does_to_a_whole_text_is_done(options: dict[str, object]) -> None:
    text = "\n \tab( x\n\n"
    plain, quick = both(Moving(**options), Moving(**options), text)

    assert quick == plain


def test_filters_are_heard() -> None:
    lexers = [get_lexer_by_name("c", stripnl=False) for _ in range(2)]
    for each in lexers:
        each.add_filter("keywordcase", case="upper")
    plain, quick = both(lexers[0], lexers[1], "int x;")

    assert quick == plain
    assert "INT" in str(quick)


# What a match may begin with --------------------------------------------------------------------


def begins(pattern: str, flags: int = re.MULTILINE) -> str:
    """Return those of some characters that a match of a pattern may begin with: é for all outside ASCII."""
    mask, _ = lexing._beginning(re.compile(pattern, flags))
    return "".join(each for each in "abAB01 \n_-é" if mask & lexing._bit(each))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a", "a"),
        ("ab|b", "ab"),
        ("(?:a|b)1", "ab"),
        ("(a)?b", "ab"),
        ("a*?b+", "ab"),
        ("a{2,3}b", "a"),
        ("a*+b", "ab"),
        ("[^a]", "bAB01 \n_-é"),
        ("[a-]", "a-"),
        ("[0-9]", "01"),
        (r"\d", "01é"),
        (r"\D", "abAB \n_-é"),
        (r"\s\w", " \né"),
        (r"[^\s\d]", "abAB_-é"),
        (r"[^\W\d]", "abAB_é"),
        ("(?i)a", "aAé"),
        ("(?i:a)b", "aAé"),
        ("(?i)[ab]", "abABé"),
        ("é", "é"),
        ("[a-ÿ]", "abé"),
        ("(?i)[a-ÿ]", "abAB01 \n_-é"),
        ("(?i)[^a]", "abAB01 \n_-é"),
        ("(?!a)[ab]", "ab"),
        ("(?<=-)a", "a"),
        (r"\ba", "a"),
        ("^a", "a"),
        (".", "abAB01 \n_-é"),
        ("a?", "abAB01 \n_-é"),
        ("", "abAB01 \n_-é"),
        (r"(a)?(?(1)b|1)", "abAB01 \n_-é"),
        (r"()\1a", "abAB01 \n_-é"),
        ("(?>a)", "abAB01 \n_-é"),
        ("a" * 2_001, "abAB01 \n_-é"),
    ],
)
def test_a_pattern_is_tried_where_it_may_match(pattern: str, expected: str) -> None:
    assert begins(pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "is_of_line"),
    [
        ("^a", True),
        ("(^ *)a", True),
        (r"\Aa", True),
        ("a", False),
        ("^a|b", False),
        (r"\ba", False),
        ("", False),
    ],
)
def test_a_pattern_of_a_lines_start_is_known(pattern: str, is_of_line: bool) -> None:
    assert lexing._beginning(re.compile(pattern, re.MULTILINE)).is_of_line is is_of_line


@pytest.mark.parametrize("language", SAMPLES)
def test_no_rule_that_matches_anywhere_is_passed_over(language: str) -> None:
    states = getattr(get_lexer_by_name(language), "_tokens", {})
    patterns = {rule[0].__self__ for rules in states.values() for rule in rules}
    text = SAMPLES[language] + SAMPLES["c"]

    for pattern in patterns:
        mask, is_of_line = lexing._beginning(pattern)
        found = [place for place in range(len(text) + 1) if pattern.match(text, place)]
        assert all(mask & lexing._bit(text[place : place + 1]) for place in found)
        assert not is_of_line or all(f"\n{text}"[place] == "\n" for place in found)
