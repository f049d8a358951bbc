"""Pygments' lexers, quicker: only the rules are tried that the next character may begin.

A lexer of Pygments comes in and leaves with the same tokens: its tables stay what they are and define what
a token is. For each of its patterns is worked out which characters a match may begin with, and whether it
must stand at the start of a line; a rule that cannot match is passed over. Rules are tried in Pygments'
order and none that Pygments does not try, so that no code takes longer than in Pygments. A lexer whose loop
is not RegexLexer's stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial, reduce
from operator import or_
from re import _parser  # type: ignore[attr-defined]
from types import CodeType, FunctionType, SimpleNamespace
from typing import Any, NamedTuple

from pygments.lexer import ExtendedRegexLexer, Lexer, RegexLexer, _PseudoMatch, bygroups
from pygments.token import Error, Whitespace, _TokenType

_LONGEST_PATTERN = 2_000
"""A longer pattern is always tried: to look into it takes milliseconds."""

_MOST_PLACES = 1_000
"""So many pairs of characters are remembered for a state, however many a hostile text may hold."""

_BY_GROUPS: CodeType = bygroups().__code__  # type: ignore[no-untyped-call]

Token = tuple[int, _TokenType, str]
Tokens = Callable[[str], Iterable[Token]]
_Loop = Callable[..., Iterator[Token]]
_Match = Callable[[str, int], "re.Match[str] | None"]
_Act = Callable[..., Iterable[Token]]
_Step = tuple[str, ...] | int | str | None
_Part = tuple[int, _TokenType | None, _Act | None]
_Rule = tuple[_Match, _TokenType | None, tuple[_Part, ...], _Act | None, _Step]
"""A pattern; one token, one for each of some groups, or what an action makes of a match; the next state."""


def tokens_of(lexer: Lexer, after: int = 4 * 1024) -> Tokens:
    """Return what finds the tokens of a text as this lexer does, which is made quick: (place, kind, text).

    The place may be 0 throughout. `quick` tells what comes after so many characters.
    """
    taken = quick(lexer, after)
    is_plain = _is_plain(lexer)

    def tokens(text: str) -> Iterable[Token]:
        if is_plain and "\r" not in text and not text.startswith("\ufeff"):
            return taken.get_tokens_unprocessed(text if text.endswith("\n") else f"{text}\n")
        return ((0, kind, part) for kind, part in taken.get_tokens(text))

    return tokens


def _is_plain(lexer: Lexer) -> bool:
    """Return whether a lexer's get_tokens adds no more than a last line break to a Unix text."""
    options = (lexer.filters, lexer.stripnl, lexer.stripall, lexer.ensurenl, lexer.tabsize)
    return options == ([], False, False, True, 0) and type(lexer).get_tokens is Lexer.get_tokens


def quick(lexer: Lexer, after: int = 0) -> Lexer:
    """Return this lexer, which finds the same tokens sooner if its loop is RegexLexer's.

    It begins with that when it has read so many characters: to look into its patterns takes milliseconds.
    """
    if isinstance(lexer, RegexLexer) and not isinstance(lexer, ExtendedRegexLexer):
        owner = next(each for each in type(lexer).__mro__ if "get_tokens_unprocessed" in vars(each))
        override = vars(owner)["get_tokens_unprocessed"]
        loop = _loop(lexer, after)
        if owner is RegexLexer:
            vars(lexer)["get_tokens_unprocessed"] = partial(loop, lexer)
        elif _calls_by_name(override):
            vars(lexer)["get_tokens_unprocessed"] = partial(_above(override, loop), lexer)
    return lexer


def _calls_by_name(override: Callable[..., object]) -> bool:
    """Return whether an override reaches RegexLexer's loop by that class's name alone."""
    return (
        isinstance(override, FunctionType)
        and "RegexLexer" in override.__code__.co_names
        and not (override.__code__.co_freevars or override.__kwdefaults__)
    )


def _above(override: FunctionType, loop: _Loop) -> _Loop:
    """Return an override that calls this loop where it is written to call RegexLexer's."""
    names = {**override.__globals__, "RegexLexer": SimpleNamespace(get_tokens_unprocessed=loop)}
    return FunctionType(override.__code__, names, override.__name__, override.__defaults__)


def _loop(lexer: RegexLexer, after: int) -> _Loop:
    """Return what stands for RegexLexer's loop: the one below for this lexer, when it has read enough."""
    known = _States(lexer._tokens)  # type: ignore[attr-defined]  # noqa: SLF001
    read = 0

    def loop(of: RegexLexer, text: str, stack: Sequence[str] = ("root",)) -> Iterator[Token]:
        nonlocal read
        read += len(text)
        if of is lexer and read > after:
            return _tokens(known, lexer, text, stack)
        return RegexLexer.get_tokens_unprocessed(of, text, stack)

    return loop


# The loop ---------------------------------------------------------------------------------------


def _tokens(known: _States, lexer: RegexLexer, text: str, stack: Sequence[str]) -> Iterator[Token]:
    """Yield what RegexLexer.get_tokens_unprocessed yields: its loop, over the rules that may match."""
    position = 0
    stacked = list(stack)
    rules = known[stacked[-1]]
    while True:
        place = text[position - 1 : position + 1] if position else f"\n{text[:1]}"
        for match, kind, parts, act, step in rules[place]:
            found = match(text, position)
            if found is None:
                continue
            if kind is not None:
                yield position, kind, found[0]
            elif parts:
                yield from _of_groups(lexer, found, parts)
            elif act is not None:
                yield from act(lexer, found)
            position = found.end()
            if step is not None:
                _move(stacked, step)
                rules = known[stacked[-1]]
            break
        else:
            if position >= len(text):
                return
            if text[position] == "\n":
                stacked = ["root"]
                rules = known["root"]
                yield position, Whitespace, "\n"
            else:
                yield position, Error, text[position]
            position += 1


def _of_groups(lexer: RegexLexer, found: re.Match[str], parts: tuple[_Part, ...]) -> Iterator[Token]:
    """Yield what the callback of `bygroups` yields."""
    for group, kind, act in parts:
        text = found[group]
        if kind is not None:
            if text:
                yield found.start(group), kind, text
        elif act is not None and text is not None:
            yield from filter(None, act(lexer, _PseudoMatch(found.start(group), text), None))


def _move(stacked: list[str], step: _Step) -> None:
    """Change a stack of states as a rule asks for; its last state stays."""
    if isinstance(step, int):
        del stacked[max(1, len(stacked) - abs(step)) :]
    elif step == "#push":
        stacked.append(stacked[-1])
    elif isinstance(step, tuple):
        for state in step:
            if state == "#push":
                stacked.append(stacked[-1])
            elif state != "#pop":
                stacked.append(state)
            elif len(stacked) > 1:
                stacked.pop()


# The tables -------------------------------------------------------------------------------------


class _State(dict[str, tuple[_Rule, ...]]):
    """The rules of a state that may match, by the characters before and behind a place.

    The second is missing at the end of the text, and the first is a line break at its start.
    """

    def __init__(self, rules: Iterable[tuple[Any, Any, _Step]]) -> None:
        super().__init__()
        self._rules = tuple((_beginning(match.__self__), _rule(match, *then)) for match, *then in rules)
        self._known: dict[tuple[bool, int], tuple[_Rule, ...]] = {}

    def __missing__(self, place: str) -> tuple[_Rule, ...]:
        found = self._at(place[0] == "\n", _bit(place[1:]))
        if len(self) < _MOST_PLACES:
            self[place] = found
        return found

    def _at(self, is_start: bool, bit: int) -> tuple[_Rule, ...]:
        if (is_start, bit) not in self._known:
            self._known[is_start, bit] = tuple(
                rule for (mask, of_line), rule in self._rules if mask & bit and (is_start or not of_line)
            )
        return self._known[is_start, bit]


class _States(dict[str, _State]):
    """A lexer's states, each looked at when it is first entered."""

    def __init__(self, states: dict[str, list[tuple[Any, Any, _Step]]]) -> None:
        super().__init__()
        self._states = states

    def __missing__(self, name: str) -> _State:
        self[name] = found = _State(self._states[name])
        return found


def _rule(match: _Match, action: Any, step: _Step) -> _Rule:
    if action is None or type(action) is _TokenType:
        return match, action, (), None, step
    if getattr(action, "__code__", None) is _BY_GROUPS:
        return match, None, tuple(_parts(action.__closure__[0].cell_contents)), None, step
    return match, None, (), action, step


def _parts(actions: Iterable[Any]) -> Iterator[_Part]:
    for group, action in enumerate(actions, 1):
        if type(action) is _TokenType:
            yield group, action, None
        elif action is not None:
            yield group, None, action


# What a match may begin with --------------------------------------------------------------------

_OTHER = 1 << 128
_END = 1 << 129
_ANY = (1 << 130) - 1
"""A set of characters is a number: a bit for each of ASCII, one for all others, one for the text's end."""

_CAPITALS = sum(1 << code for code in range(65, 91))


class _Beginning(NamedTuple):
    """What may stand where a match begins, and whether only the start of a line will do."""

    mask: int
    is_of_line: bool


def _bit(character: str) -> int:
    if not character:
        return _END
    return 1 << ord(character) if character.isascii() else _OTHER


@cache
def _beginning(pattern: re.Pattern[str]) -> _Beginning:
    """Return where a pattern may match: at least there, more where its parts are not understood."""
    if len(pattern.pattern) > _LONGEST_PATTERN:
        return _Beginning(_ANY, False)
    tree = _parser.parse(pattern.pattern, pattern.flags)
    mask, may_be_empty = _of_sequence(tree, pattern.flags)
    return _Beginning(_ANY if may_be_empty else mask, _is_of_line(tree))


def _is_of_line(tree: Sequence[tuple[Any, Any]]) -> bool:
    """Return whether a sequence begins with ^, or with what only the start of a text will do for."""
    if not len(tree):
        return False
    kind, what = tree[0]
    if str(kind) == "SUBPATTERN":
        return _is_of_line(what[-1])
    return str(kind) == "AT" and str(what) in ("AT_BEGINNING", "AT_BEGINNING_STRING")


def _of_sequence(tree: Iterable[tuple[Any, Any]], flags: int) -> tuple[int, bool]:
    """Return the characters that a sequence may begin with, and whether it may be without any."""
    mask = 0
    for kind, what in tree:
        more, may_be_empty = _of_part(str(kind), what, flags)
        mask |= more
        if not may_be_empty:
            return mask, False
    return mask, True


def _of_part(kind: str, what: Any, flags: int) -> tuple[int, bool]:
    if kind in ("IN", "LITERAL", "NOT_LITERAL"):
        negated = [("NEGATE", None)] if kind == "NOT_LITERAL" else []
        return _of_set(what if kind == "IN" else [*negated, ("LITERAL", what)], flags), False
    if kind in ("AT", "ASSERT", "ASSERT_NOT"):
        return 0, True
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        mask, may_be_empty = _of_sequence(what[2], flags)
        return mask, may_be_empty or not what[0]
    if kind == "SUBPATTERN":
        _, added, removed, tree = what
        return _of_sequence(tree, (flags | added) & ~removed)
    if kind == "BRANCH":
        found = [_of_sequence(tree, flags) for tree in what[1]]
        return reduce(or_, (mask for mask, _ in found)), any(may_be_empty for _, may_be_empty in found)
    return _ANY, kind != "ANY"


def _of_set(items: Sequence[tuple[Any, Any]], flags: int) -> int:
    """Return the characters of a class, of both cases if case is ignored."""
    parts = [_of_item(str(kind), what) for kind, what in items if str(kind) != "NEGATE"]
    mask = reduce(or_, parts)
    is_negated = len(parts) < len(items)
    if flags & re.IGNORECASE:
        if is_negated or mask & _OTHER:
            return _ANY
        mask |= (mask & _CAPITALS) << 32 | (mask & _CAPITALS << 32) >> 32 | _OTHER
    return _ANY & ~mask | _OTHER if is_negated else mask


def _of_item(kind: str, what: Any) -> int:
    if kind == "LITERAL":
        return _bit(chr(what))
    if kind == "RANGE":
        low: int
        high: int
        low, high = what
        return (1 << min(high, 127) + 1) - (1 << min(low, 128)) | (_OTHER if high > 127 else 0)
    return _category(str(what))


@cache
def _category(name: str) -> int:
    """Return the characters of a category, such as digits or none; outside ASCII always some."""
    letter = name.removeprefix("CATEGORY_").removeprefix("NOT_")[0].lower()
    pattern = re.compile(f"\\{letter.upper() if '_NOT_' in name else letter}")
    return sum(1 << code for code in range(128) if pattern.match(chr(code))) | _OTHER
