"""Names, refiling and configurations as they are fuzzed."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, urljoin

from lwnindex import config, names
from lwnindex.assetnames import asset_of
from lwnindex.manuscripts import manuscripts
from lwnindex.problems import SiteError
from lwnindex.reading import Reading, reading
from lwnindex.refiling.renaming import Renaming
from lwnindex.refiling.sources import rewritten
from tests.makers import source
from tests.promises.readings import EDGE, LWN, OF_HEADERS, OF_PRESETS, as_text
from tests.refiled import PAGES


def named(content: bytes) -> object:
    """The names that are made of a text: parts of paths, addresses, ids, keys to sort by."""
    text = content.decode("utf-8", "surrogatepass") if _is_wide(content) else as_text(content)
    part = names.segment(text)
    _is_one_part(part)
    assert "~" in part or names.segment(part) == part
    page = names.page_of(part)
    root = names.root_of(f"{part}/x/index.html")
    address = f"https://example.org/{part}/x/index.html"
    assert (
        urljoin(quote(address, safe=":/"), names.href(root, page))
        == names.absolute("https://example.org", page) + "index.html"
    )
    old = names.old_path(text)
    assert old is None or (".." not in old.split("/") and not old.startswith("/") and old)
    picture = asset_of(text)
    assert not picture or re.fullmatch(r"assets(/[^/.][^/]*)+", picture)
    first, second = names.distinct([(part, text), (part, text + "x")], {"static"})
    assert names.folded(first) != names.folded(second)
    assert first.lower().startswith("feed") or not names.is_reserved(first)
    keys = sorted([names.natural_key(text), names.natural_key(part), names.natural_key("a")])
    cited = names.article_reference(text, names.hosts_of("https://lwn.net"))
    assert cited is None or cited[0] not in ("", ".", "..")
    return part, page, picture, len(keys), names.letter_of(part)


def _is_wide(content: bytes) -> bool:
    try:
        content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _is_one_part(part: str) -> None:
    """Hold a part of a path to what every file system asks for."""
    assert part not in ("", ".", "..")
    assert not set(part) & set('/\\:*?"<>|')
    assert not EDGE.search(part)
    assert part[0] != "."
    assert part[-1] not in ". "
    assert unicodedata.is_normalized("NFC", part)
    assert len(part.encode()) <= 200
    assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", part)


RENAMED = (
    *(("1.md", LWN), ("a.html", LWN), ("a.html", OF_PRESETS["plain"])),
    *OF_HEADERS,
)


def refiled(content: bytes) -> object:
    """The entries of a source by one of all rules, one by one under another name and back."""
    return _there_and_back(content, *RENAMED[sum(content) % len(RENAMED)])


def _there_and_back(content: bytes, path: str, rules: Reading) -> int:
    own = source(path)
    before = manuscripts(own, content, rules).manuscripts
    entries = tuple(dict.fromkeys(entry for one in before for entry in one.entries))
    for old in entries[:3]:
        new = (*old[:-1], "Zzz other name")
        there = rewritten(own, content, rules, Renaming(((old, new),)), PAGES)
        if there.obstacles or there.configured or not there.changed:
            assert there.content == content or there.changed or there.configured
            continue
        wanted = [Renaming(((old, new),)).all_of(one.entries) for one in before]
        assert [one.entries for one in manuscripts(own, there.content, rules).manuscripts] == wanted
        back = rewritten(own, there.content, rules, Renaming(((new, old),)), PAGES)
        if not back.obstacles:
            after = manuscripts(own, back.content, rules).manuscripts
            assert [one.entries for one in after] == [one.entries for one in before]
            assert [one.text for one in after] == [one.text for one in before]
    return len(entries)


def kept_bytes(content: bytes, path: str, rules: Reading) -> int:
    """How many entries of a source, of those that can be renamed, came back as the bytes that they were.

    A value that must stand in quotes may have come out of others, or of a block.
    """
    own = source(path)
    entries = {entry for one in manuscripts(own, content, rules).manuscripts for entry in one.entries}
    count = 0
    for old in sorted(entries):
        new = (*old[:-1], "Zzz")
        there = rewritten(own, content, rules, Renaming(((old, new),)), PAGES)
        if there.content != content and not there.obstacles:
            back = rewritten(own, there.content, rules, Renaming(((new, old),)), PAGES)
            assert _bare(back.content) == _bare(content), (old, there.content, back.content)
            count += 1
    return count


def _bare(content: bytes) -> bytes:
    return content.replace(b'"', b"").replace(b"'", b"")


def configured(content: bytes) -> object:
    """A configuration, or what is wrong with it as sentences."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "lwnindex.toml"
        file.write_bytes(content)
        try:
            found = config.load(file, {}, {})
        except SiteError as error:
            return None if error.exit_code == 2 and str(error).startswith(str(file)) else str(error)
        reading(found.config)
        return len(config.described(found.config))
