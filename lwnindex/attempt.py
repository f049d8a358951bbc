"""A source is parsed within limits; where that fails with its bodies as plain text, or at last by its name.

So every text is published, whatever a library does with it, and a problem says what it did. Only what was
parsed as it is written is kept: all else depends on the machine, and nobody takes it for known.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from msgspec.msgpack import encode
from msgspec.structs import replace

from lwnindex.digest import digest, digest_bytes
from lwnindex.engine.limits import Bounds, Guard, IdleError, TooLongError
from lwnindex.engine.memo import Outcome, Stage
from lwnindex.model import Parsed, Problem, Source
from lwnindex.parse import parse, unread
from lwnindex.patience import function_in, took
from lwnindex.problems import failure, line_in, problem
from lwnindex.readers.plugged import NoManuscriptError
from lwnindex.reading import Reading
from lwnindex.registry import NONE, Plugins, Reader, taker
from lwnindex.snapshot import outline

Read = Callable[[Source], bytes]
"""Gives the bytes of a source."""

Ahead = Callable[[Sequence[Source]], None]
"""Is told which sources are read next."""

_REPORT = "Please report it with the file; until then its text is shown as plain text."
_SIMPLER = "Split the article, or take out what makes it so costly; until then it is shown as plain text."

_MEND = "Mend the plug-in; until then the file's text is shown as plain text."
_WAITING = "Look for what an extension in [markdown] waits for; until then the file is shown as plain text."


class Rules(NamedTuple):
    """The rules by which a source is read, and their digest with that of the program."""

    reading: Reading
    digest: str


def parsed_by(
    rules: Mapping[str, Reading],
    fingerprint: str,
    bounds: Bounds,
    read: Read,
    ahead: Ahead,
    *,
    plugins: Plugins = NONE,
) -> Stage[Source, Parsed]:
    """Return the stage `parse`, for sources of which each has rules of a name."""
    own = {name: Rules(one, digest((fingerprint, one))) for name, one in rules.items()}
    attempt = Attempt(read, own, bounds, Guard(), plugins)
    return Stage(
        kind=Parsed,
        key=lambda source: attempt.key(source) if source.digest else "",
        work=attempt.written,
        lost=attempt.lost,
        names=bodies_of,
        ahead=ahead,
        least=0,
        again=attempt.again,
    )


def bodies_of(parsed: Parsed) -> Iterator[str]:
    """Yield the digests of a source's bodies."""
    yield from (article.body.digest for article in parsed.articles)
    yield from (page.body.digest for page in parsed.pages)
    yield from (topic.note.digest for topic in parsed.topics if topic.note.digest)


class Attempt(NamedTuple):
    """All that it takes to parse sources."""

    read: Read
    rules: Mapping[str, Rules]
    bounds: Bounds
    guard: Guard
    plugins: Plugins = NONE

    def key(self, source: Source) -> str:
        """Return the digest of all that a source is parsed by."""
        return digest(("parse", self.rules[source.rules].digest, source))

    def written(self, source: Source, known: Container[str]) -> Outcome:
        """Return a source parsed as it is written, to be kept; as plain text where that fails."""
        try:
            return self.guard.run(self.bounds.first, partial(self._written, source, known))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - one source must not cost the others, as sys.exit would
            why = self._why(source, error)
        # The error is let go of before: it holds on to all memory that there was when it was raised.
        return self._plain(source, why)

    def again(self, source: Source, death: str) -> Outcome:
        """Return a source as plain text, over which a worker died."""
        return self._plain(source, self._of_death(source, death))

    def lost(self, source: Source, death: str) -> Outcome:
        """Return a source by its name and its text, over which two workers died."""
        return self._by_name(source, self._of_death(source, death))

    def _written(self, source: Source, known: Container[str]) -> Outcome:
        try:
            content = self.read(source)
        except OSError as error:
            return _unpublished(_unreadable(source, error))
        source = replace(source, digest=digest_bytes(content))
        key = self.key(source)
        if key in known:
            return Outcome(key, None, {})
        parsed, blobs = parse(source, content, self.rules[source.rules].reading, self.plugins.readers)
        parsed = replace(parsed, digest=source.digest, outline=outline(parsed))
        return Outcome(key, encode(parsed), blobs)

    def _plain(self, source: Source, why: Problem) -> Outcome:
        """Return a source with its bodies as plain text, or by its name where that fails, too."""
        return self._tried(source, why, partial(parse, plain=True)) or self._by_name(source, why)

    def _by_name(self, source: Source, why: Problem) -> Outcome:
        """Return a source by its name, with all its text where there is room for that."""
        reading = self.rules[source.rules].reading
        wordless = partial(unread, source, _WORDLESS, reading, self.plugins.readers)
        return self._tried(source, why, unread) or _outcome(wordless(), "", why)

    def _tried(self, source: Source, why: Problem, make: Make) -> Outcome | None:
        """Return what is made of a source, within limits; None where that fails."""
        try:
            return self.guard.run(self.bounds.second, partial(self._made, source, why, make))
        except KeyboardInterrupt:
            raise
        except BaseException:  # noqa: BLE001 - why it failed the first time is told
            return None

    def _made(self, source: Source, why: Problem, make: Make) -> Outcome:
        """Return what is made of a source; nothing where it cannot be read."""
        try:
            content = self.read(source)
        except OSError as error:
            return _unpublished(_unreadable(source, error))
        key = self.key(replace(source, digest=digest_bytes(content)))
        return _outcome(
            make(source, content, self.rules[source.rules].reading, self.plugins.readers), key, why
        )

    def _why(self, source: Source, error: BaseException) -> Problem:
        """Return what is told of a source that was not parsed."""
        if isinstance(error, TooLongError):
            return self._slow(source, error) or self._too_long(source, error)
        if isinstance(error, MemoryError):
            message = "parsing this file takes more memory than there is for it."
            return problem("too-costly", source.file, 0, message, _SIMPLER)
        if isinstance(error, RecursionError):
            return problem("too-large", source.file, 0, "the file is nested too deeply.", _SIMPLER)
        if blamed := self._blamed(source, error):
            return blamed
        message = f"the program failed on this file: {failure(error)}."
        return problem("crash", source.file, 0, message, _REPORT)

    def _blamed(self, source: Source, error: BaseException) -> Problem | None:
        """Return what is told of a source over which a plug-in failed, if it was one."""
        reader = taker(self.plugins.readers, source.path)
        place = line_in(error, self.plugins.places)
        if reader is None or not (place or isinstance(error, NoManuscriptError)):
            return None
        what = f"{type(error).__name__}: {error}{f' ({place})' if place else ''}"
        message = f"the plug-in's reader {reader.name} failed on this file: {what}."
        return problem("crash", source.file, 0, message, _MEND)

    def _slow(self, source: Source, error: TooLongError) -> Problem | None:
        """Return what is told of a source over which a plug-in took too long, if it was one."""
        place, function = line_in(error, self.plugins.places), function_in(error, self.plugins.places)
        if not function:
            return None
        what = f"{function} of a plug-in {took(error, self.bounds.first)} on this file ({place})."
        return problem("too-costly", source.file, 0, what, _MEND)

    def _too_long(self, source: Source, error: TooLongError) -> Problem:
        message = f"parsing this file {took(error, self.bounds.first)}."
        fix = _WAITING if isinstance(error, IdleError) else _SIMPLER
        return problem("too-costly", source.file, 0, message, fix)

    def _of_death(self, source: Source, death: str) -> Problem:
        if "SIGXCPU" in death:
            reader = taker(self.plugins.readers, source.path)
            if reader is None:
                return self._too_long(source, TooLongError())
            what = took(TooLongError(), self.bounds.first)
            message = f"the plug-in's reader {reader.name}, or what it made of this file, {what}."
            return problem("too-costly", source.file, 0, message, _MEND)
        message = f"the program failed on this file: its process ended ({death})."
        return problem("crash", source.file, 0, message, _REPORT)


Made = tuple[Parsed, Mapping[str, bytes]]
Make = Callable[[Source, bytes, Reading, Sequence[Reader]], Made]
_WORDLESS = b"This text is too large to be shown."


def _outcome(made: Made, key: str, why: Problem) -> Outcome:
    """Return what is published of a source that was not parsed as it is written, and is parsed next time."""
    parsed, blobs = made
    return Outcome(key, encode(replace(parsed, problems=(why, *parsed.problems))), blobs, keep=False)


def _unpublished(why: Problem) -> Outcome:
    return Outcome("", encode(Parsed(problems=(why,))), {}, keep=False)


def _unreadable(source: Source, error: OSError) -> Problem:
    reason = error.strerror or str(error)
    message = f"the file cannot be read: {reason}."
    return problem("unreadable", source.file, 0, message, "Mend it and build again.")
