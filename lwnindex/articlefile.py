"""A manuscript becomes the text of an article file: a YAML header, and the article below it.

What is written reads well in a comparison of two versions: a field a line, a list an item a line, HTML a
block a line. The last line of the header is a comment that says by short digests what each part was when it
was written. By it `revised` tells what an editor changed since: such a part stays as the editor left it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import islice
from typing import Any, NamedTuple

import yaml

from lwnindex.clean import sift, tangle
from lwnindex.model import Entry, Manuscript
from lwnindex.readers.entries import split_path
from lwnindex.readers.text import sound
from lwnindex.settings import IndexSettings

TEXT = "text"
"""What the article below the header is called among the parts of a file."""

_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_USUAL = IndexSettings().slash_names
_FILE = re.compile(r"---\n(.*?)^---\n(.*)", re.DOTALL | re.MULTILINE)
_LINES = re.compile(r"[^\n]*\n")
_KEY = re.compile(r"([A-Za-z_][\w-]*):(?=[ \n])")
_AS_WRITTEN = "# as lwnindex wrote it: "
_DIGEST = re.compile(r"([\w-]+)=([0-9a-f]{8})")

_BLOCK = (
    "p|div|blockquote|li|ul|ol|dl|dt|dd|h[1-6]|table|caption|thead|tbody|tfoot|tr|th|td|figure|figcaption|"
    "section|article|header|footer|aside|nav|main|details|summary|center|address|hgroup|dir|menu"
)
_OPENED = "div|blockquote|ul|ol|dl|table|thead|tbody|tfoot|tr|figure|section|article|details"
_FIRST_LINES = re.compile(r"(<pre(?: [^<>]*)?>)\n+")
_AFTER_BLOCK = re.compile(
    rf"(<pre[ >].*?</pre>|</(?:{_BLOCK})>|<[bh]r>|<(?:{_OPENED})(?: [^<>]*)?>)([ \t]*(?=\S))?", re.DOTALL
)


class Revision(NamedTuple):
    """The newer text of a file, and the parts of which the editor's version was kept over a newer one."""

    text: str
    kept: tuple[str, ...]


def written(
    manuscript: Manuscript, guid: str = "", slash_names: Collection[str] = _USUAL, note: str = ""
) -> str:
    """Return the text of an article file: what a reader makes of it is the manuscript again.

    `guid` is what a feed calls it, `note` a line of comment. HTML is sifted, and has a line for each block.
    """
    parts = dict(_fields(manuscript, guid, slash_names))
    parts[TEXT] = laid_out(manuscript.text) if manuscript.markup == "html" else manuscript.text.strip("\n")
    return _joined(parts, parts, f"# {sound(note)}\n" if note else "")


def begun(manuscript: Manuscript, slash_names: Collection[str] = _USUAL) -> str:
    """Return the text of an article file that somebody goes on with: nothing says how it was written."""
    header = "".join(lines for _, lines in _fields(manuscript, "", slash_names))
    return f"---\n{header}---\n\n{manuscript.text}"


def _fields(found: Manuscript, guid: str, slash_names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the fields of a header by their names, each as its lines of YAML."""
    texts = (("title", found.title), ("date", found.date), ("updated", found.updated))
    yield from _texts(texts)
    yield from _lists((("authors", found.authors),))
    yield from _texts((("lang", found.lang), ("original", found.original), ("id", found.id), ("guid", guid)))
    yield from _texts((("slug", found.slug), ("summary", found.summary), ("expires", found.expires)))
    if found.nav is not None:
        yield "nav", f"nav: {found.nav}\n"
    if found.draft:
        yield "draft", "draft: true\n"
    if found.markup != "python":
        yield "markup", f"markup: {found.markup}\n"
    entries = tuple(_path(entry, slash_names) for entry in found.entries)
    yield from _lists((("entries", entries), ("aliases", found.aliases)))


_DATES = frozenset({"date", "updated", "expires"})
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+\-]\d\d:\d\d)?)?", re.ASCII)


def _texts(fields: Sequence[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
    for name, value in fields:
        text = sound(value or "")
        if name in _DATES and _ISO.fullmatch(text):
            yield name, f"{name}: {text}\n"
        elif text:
            yield name, _yaml({name: text})


def _lists(fields: Sequence[tuple[str, Sequence[str | list[str]]]]) -> Iterator[tuple[str, str]]:
    for name, values in fields:
        if values:
            yield name, f"{name}:\n" + _yaml([sound(one) if isinstance(one, str) else one for one in values])


def _path(entry: Entry, slash_names: Collection[str]) -> str | list[str]:
    """Return an entry as a path, or as a list of its levels where a path would be read otherwise."""
    levels = [sound(level) for level in entry]
    path = "/".join(levels)
    return path if list(split_path(path, slash_names)) == levels else levels


def _yaml(value: Any) -> str:
    """Return a value in YAML: a field or an item a line, lists in lists in brackets."""
    if isinstance(value, list):
        return "".join(_yaml_lines([one], None if isinstance(one, list) else False) for one in value)
    return _yaml_lines(value, False)


def _yaml_lines(value: Any, flow: bool | None) -> str:
    found: str = yaml.dump(
        value, Dumper=_DUMPER, allow_unicode=True, width=1 << 30, default_flow_style=flow, sort_keys=False
    )
    return found


def laid_out(fragment: str) -> str:
    """Return HTML of which what may not stand in an article is gone, with a line for each block."""
    if tangle(fragment):
        return f"<pre>{html.escape(fragment, quote=False)}</pre>"
    # A line break right after <pre> is lost to every reader of HTML.
    sifted = _FIRST_LINES.sub(r"\1", sift(fragment))
    broken = _AFTER_BLOCK.sub(lambda found: found[1] + ("" if found[2] is None else "\n"), sifted)
    return broken.strip()


def revised(old: str, new: str) -> Revision | None:
    """Return a file's text brought up to a newer one, but for what an editor changed, added or removed.

    None where the older text does not say what was written, so it may be anybody's.
    """
    before, after = _parts(old), _parts(new)
    record = _record(old)
    if before is None or after is None or not record:
        return None
    kept: list[str] = []
    parts = dict(_merged(before, after, record, kept))
    return Revision(_joined(parts, after, ""), tuple(kept))


def is_as_written(text: str) -> bool:
    """Tell whether a file is one that was written here and that nobody changed since."""
    parts, record = _parts(text), _record(text)
    return (
        parts is not None and bool(record) and {name: _digest(one) for name, one in parts.items()} == record
    )


def fields(text: str, names: Sequence[str]) -> dict[str, str]:
    """Return the fields of a file's header that are one text each; empty ones where there are none."""
    parts = _parts(text) or {}
    return {name: _field(parts.get(name, ""), name) for name in names}


def _field(lines: str, name: str) -> str:
    # What is nested may have no end, so it is not composed; bytes that are no UTF-8 came as surrogates.
    try:
        events = tuple(islice(yaml.parse(lines.encode("utf-8", "replace"), Loader=_LOADER), 6))
    except yaml.YAMLError:
        return ""
    match events:
        case (
            _,
            _,
            yaml.MappingStartEvent(),
            yaml.ScalarEvent(value=key),
            yaml.ScalarEvent(value=value),
            end,
        ):
            return sound(value) if key == name and isinstance(end, yaml.MappingEndEvent) else ""
    return ""


def _merged(
    before: Mapping[str, str], after: Mapping[str, str], record: Mapping[str, str], kept: list[str]
) -> Iterator[tuple[str, str]]:
    """Yield the parts of a file: of each the newer one, unless the older is no longer what was written."""
    for name, own in before.items():
        newer = after.get(name)
        if _digest(own) == record.get(name) and name:
            if newer is not None:
                yield name, newer
            continue
        yield name, own
        if newer is not None and newer != own and _digest(newer) != record.get(name):
            kept.append(name)
    yield from ((name, newer) for name, newer in after.items() if name not in before and name not in record)


def _joined(parts: Mapping[str, str], as_written: Mapping[str, str], note: str) -> str:
    record = " ".join(f"{name}={_digest(part)}" for name, part in as_written.items() if name)
    header = note + "".join(part for name, part in parts.items() if name != TEXT)
    return f"---\n{header}{_AS_WRITTEN}{record}\n---\n\n{parts.get(TEXT, '')}\n"


def _parts(text: str) -> dict[str, str] | None:
    """Return a file's header by its fields, what stands before these by the empty name, and its text.

    None where it has no header, or a field twice.
    """
    found = _FILE.fullmatch(_plain(text))
    if found is None:
        return None
    parts = {"": ""}
    name = ""
    for line in _LINES.findall(found[1]):
        if line.startswith(_AS_WRITTEN):
            continue
        key = _KEY.match(line)
        if key and (key[1] in parts or key[1] == TEXT):
            return None
        name = key[1] if key else name
        parts[name] = parts.get(name, "") + line
    if not parts[""]:
        del parts[""]
    return {**parts, TEXT: found[2].strip("\n")}


def _record(text: str) -> dict[str, str]:
    """Return the digests of the parts as they were written."""
    found = _FILE.fullmatch(_plain(text))
    line = re.search(rf"^{_AS_WRITTEN}(.*)$", found[1], re.MULTILINE) if found else None
    return dict(_DIGEST.findall(line[1])) if line else {}


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _digest(part: str) -> str:
    return blake2b(part.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
