"""Texts that were changed at random, a bound that no reading of one may pass, and the smallest that fails."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from random import Random
from types import FrameType
from typing import NamedTuple

import msgspec

Run = Callable[[bytes], object]
Change = Callable[[bytes, Sequence[bytes], Sequence[bytes], Random], bytes]

SECONDS = 1.0
"""How much of the processor's time a single input may take."""

LARGEST = 64 * 1024
"""How many bytes an input may grow to."""

_HANGS = 4 * SECONDS
_AGAIN = 2
_LOOKS = 300
_SLOW_LOOKS = 12
_UNSOUND = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_ANYWHERE = (
    *(b"\0", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1b[31m", b"\xc2\x85"),
    *("\u202e", "\u2028", "\u0301", "\ufdd0", "\U0001f427", "\u212a", "\u0130", "\u00a0", "\u3000"),
    *(
        "\n",
        "\r",
        "\n\n",
        "\t",
        " ",
        "    ",
        "\\",
        '"',
        "'",
        "`",
        "<",
        ">",
        "&",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
    ),
    *("---\n", "+++\n", "* ", "> ", "- ", "1. ", "#", "|", ":", "/", ",", "=", "%", "_", "*", "~", "-", "."),
    *("&#0;", "&#xd800;", "&#1114112;", "%00", "%2e%2e%2f", "://", "99999999999999999999", "-1", "1e999"),
    *("<!--", "-->", "<![CDATA[", "]]>", "<?", "<!", "{{", "}}", "{%", "%}", "```", "~~~"),
)
ANYWHERE = tuple(one if isinstance(one, bytes) else one.encode() for one in _ANYWHERE)
"""What breaks a reader in any format."""


class TookTooLong(BaseException):
    """A run that went on for longer than a hang is waited for; no reader may take it for one of its own."""


class Failure(NamedTuple):
    """Why an input fails: a word that tells failures apart, and a sentence."""

    kind: str
    why: str


def mutants(
    seeds: Sequence[bytes], tokens: Sequence[bytes], count: int, random: Random, largest: int = LARGEST
) -> Iterator[bytes]:
    """Yield so many texts, each a seed after one to eight changes; the same for the same `random`."""
    words = (*tokens, *ANYWHERE)
    for _ in range(count):
        text: bytes = random.choice(seeds)[:largest]
        for _ in range(random.choice((1, 1, 2, 3, 5, 8))):
            text = random.choice(_CHANGES)(text, seeds, words, random)[:largest]
        yield text


def _flipped(text: bytes, _: Sequence[bytes], __: Sequence[bytes], random: Random) -> bytes:
    at = random.randrange(len(text) + 1)
    flipped = bytes([byte ^ 1 << random.randrange(8) for byte in text[at : at + 1]])
    return text[:at] + flipped + text[at + 1 :]


def _spliced(text: bytes, seeds: Sequence[bytes], _: Sequence[bytes], random: Random) -> bytes:
    start, end = _span(random.choice(seeds), random)
    return _inserted(text, random.choice(seeds)[start:end], random)


def _repeated(text: bytes, _: Sequence[bytes], __: Sequence[bytes], random: Random) -> bytes:
    start, end = _span(text, random)
    return text[:end] + text[start:end] * random.choice((1, 2, 10, 100)) + text[end:]


def _cut(text: bytes, _: Sequence[bytes], __: Sequence[bytes], random: Random) -> bytes:
    start, end = _span(text, random)
    return text[:start] + text[end:]


def _ended(text: bytes, _: Sequence[bytes], __: Sequence[bytes], random: Random) -> bytes:
    return text[: random.randrange(len(text) + 1)]


def _worded(text: bytes, _: Sequence[bytes], words: Sequence[bytes], random: Random) -> bytes:
    return _inserted(text, random.choice(words) * random.choice((1, 1, 1, 2, 5)), random)


def _flooded(text: bytes, _: Sequence[bytes], words: Sequence[bytes], random: Random) -> bytes:
    word = b"".join(random.choices(words, k=random.choice((1, 1, 2))))
    return _inserted(text, word * (2 ** random.randrange(4, 16) // len(word)), random)


def _doubled(text: bytes, _: Sequence[bytes], __: Sequence[bytes], random: Random) -> bytes:
    return text * (1 << random.randrange(1, 6))


def _lines_swapped(text: bytes, _: Sequence[bytes], __: Sequence[bytes], random: Random) -> bytes:
    lines = text.split(b"\n")
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]
    return b"\n".join(lines)


_CHANGES: tuple[Change, ...] = (
    *(_flipped, _spliced, _repeated, _cut, _ended, _worded, _worded, _worded),
    *(_flooded, _doubled, _lines_swapped),
)


def _inserted(text: bytes, words: bytes, random: Random) -> bytes:
    at = random.randrange(len(text) + 1)
    return text[:at] + words + text[at:]


def _span(text: bytes, random: Random) -> tuple[int, int]:
    """Return a part of a text, most often a short one."""
    start = random.randrange(len(text) + 1)
    return start, min(len(text), start + int(random.expovariate(1 / 40)))


# What must hold ----------------------------------------------------------------------------------


def unsound(value: object) -> str:
    """Return what in a value no page can hold, or why it cannot be kept; nothing of a sound one."""
    try:
        msgspec.json.encode(value)
    except (UnicodeEncodeError, TypeError, RecursionError) as error:
        return f"it cannot be encoded: {error}"
    found = next((one for one in _texts(msgspec.to_builtins(value)) if _UNSOUND.search(one)), None)
    return f"it holds {found[:80]!r}" if found is not None else ""


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (one for pair in value.items() for each in pair for one in _texts(each))
    elif isinstance(value, list | tuple):
        yield from (one for each in value for one in _texts(each))


def failure(run: Run, content: bytes) -> Failure | None:
    """Return why an input fails, if it does: an exception, an unsound result, or too much time."""
    started = time.process_time()
    try:
        with _waited_for():
            wrong = unsound(run(content))
    except TookTooLong:
        return Failure("slow", f"it takes more than {_HANGS} s")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        return Failure(_kind(error), f"{type(error).__name__}: {str(error)[:500]}")
    if wrong:
        return Failure("unsound", wrong)
    took = time.process_time() - started
    return Failure("slow", f"it takes {took:.2f} s") if took > SECONDS else None


def _kind(error: Exception) -> str:
    """Return an exception's name and the place where it was raised."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{type(error).__name__} {trace.tb_frame.f_code.co_qualname if trace else ''}"


@contextmanager
def _waited_for() -> Iterator[None]:
    """Let no run take longer than a hang is waited for, by the processor's time."""
    before = signal.signal(signal.SIGPROF, _give_up)
    signal.setitimer(signal.ITIMER_PROF, _HANGS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _give_up(_: int, __: FrameType | None) -> None:
    raise TookTooLong


def sure_failure(run: Run, content: bytes) -> Failure | None:
    """Return why an input fails; one that is slow must be slow each time, as a busy machine is not."""
    found = failure(run, content)
    for _ in range(_AGAIN if found and found.kind == "slow" else 0):
        found = failure(run, content)
        if found is None:
            return None
    return found


def smallest(run: Run, content: bytes, kind: str) -> bytes:
    """Return a part of an input that fails in the same way, after so many looks as can be waited for."""
    looks = _SLOW_LOOKS if kind == "slow" else _LOOKS
    size = max(1, len(content) // 2)
    while size and looks > 0:
        at = 0
        while at < len(content) and looks > 0:
            shorter = content[:at] + content[at + size :]
            looks -= 1
            found = failure(run, shorter)
            if found and found.kind == kind:
                content = shorter
            else:
                at += size
        size //= 2
    return content


def failing(run: Run, inputs: Iterable[bytes]) -> tuple[int, str]:
    """Return how many inputs were tried, and what is to be said of the first that fails, if one does."""
    count = 0
    for count, content in enumerate(inputs, 1):
        found = sure_failure(run, content)
        if found:
            return count, f"{found.why}\nof {smallest(run, content, found.kind)!r}"
    return count, ""
