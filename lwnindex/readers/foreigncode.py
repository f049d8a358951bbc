"""Code between two tags of a template language becomes a fence, or a span where it shares its line."""

from __future__ import annotations

import re

from lwnindex.readers.edits import Edit
from lwnindex.readers.templatetags import Tag, arguments

_LONGEST = 1_000
_HELD = frozenset({"highlight", "codeblock", "comment", "raw"})
_CODE = frozenset({"code", "code-toggle", "mermaid"})
_RUN = re.compile(r"`+")
_LANGUAGE = re.compile(r"[\w+#.-]+")


def code_edits(text: str, opening: tuple[int, int], closing: tuple[int, int], language: str) -> list[Edit]:
    """Return the edits that make a fence of what stands between two tags, of which each starts and ends."""
    code = text[opening[1] : closing[0]]
    near = max(opening[0] - _LONGEST, 0)
    above = text[max(text.rfind("\n", near, opening[0]) + 1, near) : opening[0]]
    below = _rest(text, closing[1])
    longest = max((len(run) for run in _RUN.findall(code)), default=0)
    is_shared = bool(above.strip(" \t>") or below.strip())
    if "\n" not in code and is_shared:
        return [Edit(opening[0], closing[1], _span(code.strip(), longest))]
    indent = _indent(above, code)
    mark = indent + "`" * max(3, longest + 1)
    known = language if _LANGUAGE.fullmatch(language) else ""
    head = ("\n" if above.strip(" \t>") else "") + mark + known
    tail = mark + ("\n" if below.strip() else "")
    first = opening[0] - len(above) if not above.strip() else opening[0]
    start = opening[1] + _blank_head(code)
    end = opening[1] + len(code.rstrip())
    if ">" in above and not code.rpartition("\n")[2].strip(" \t>"):
        # In a quote each line has its own mark, also that of the tag that closes.
        return [Edit(first, start, f"{head}\n"), Edit(closing[0], closing[1], tail)]
    if end <= start:
        return [Edit(first, closing[1], f"{head}\n{tail}")]
    return [Edit(first, start, f"{head}\n"), Edit(end, closing[1], f"\n{tail}")]


def _span(code: str, longest: int) -> str:
    if not code:
        return ""
    mark = "`" * (longest + 1)
    space = " " if code[0] == "`" or code[-1] == "`" else ""
    return f"{mark}{space}{code}{space}{mark}"


def _indent(above: str, code: str) -> str:
    """Return how far the fence is indented: as its tag, if all the code is, else not at all."""
    rows = [row for row in code.split("\n")[1:-1] if row.strip()]
    return above if not above.strip() and all(row.startswith(above) for row in rows) else ""


def _blank_head(code: str) -> int:
    """Return how much of code is the rest of the line of the tag that opens it, if that is blank."""
    head, newline, _ = code.partition("\n")
    return len(head) + 1 if newline and not head.strip() else 0


def _rest(text: str, at: int) -> str:
    end = text.find("\n", at, at + _LONGEST)
    return text[at : end if end >= 0 else at + _LONGEST]


def is_held(tag: Tag) -> bool:
    """Return whether what a tag holds is no Markdown: code, a comment, literal text."""
    is_code = tag.syntax == "hugo" and (tag.name in _CODE or "codelang=" in tag.given)
    return is_code or (tag.syntax != "zola" and tag.part != "output" and tag.name in _HELD)


def language(tag: Tag) -> str:
    """Return the language of the code that a tag holds."""
    given = arguments(tag.given)
    named = given.named.get("lang") or given.named.get("codelang", "")
    return given.plain[0].removeprefix("lang:") if given.plain else named


def closing_of(tag: Tag) -> str:
    """Return a pattern of the tag that closes another."""
    if tag.syntax == "liquid":
        return rf"\{{%-?\s*+end{re.escape(tag.name)}\s*+-?%\}}"
    return rf"\{{\{{[<%]\s*+/\s*+{re.escape(tag.name)}\s*+[>%]\}}\}}"
