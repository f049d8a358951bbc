"""The tags and categories of a header, one by one, as each generator parts them."""

from __future__ import annotations

from lwnindex.presets import PRESETS
from lwnindex.readers.header import Values
from lwnindex.reading import Reading

Term = tuple[str, str, int]
"""`tags` or `categories`, the term, its line."""


def found_terms(values: Values, field: str, reading: Reading) -> list[Term]:
    """Return the terms of a field; what is no text is a problem."""
    said = values.field(field)
    if said is None:
        return []
    found = []
    alone = said.node.items() is None
    for node in values.nodes(field):
        text = node.text()
        if text is None:
            values.refuse(field, "a text, or a list of texts", node.line)
        else:
            found += [(field, one, node.line) for one in parted(text, said.name, alone, reading)]
    return [one for one in found if one[1]]


def dropped(term: Term, reading: Reading) -> bool:
    """Return whether a term is a word of the generator's: Nikola once said `draft` among the tags."""
    return (
        reading.preset == "nikola"
        and term[0] == "tags"
        and term[1].lower() in ("draft", "private", "mathjax")
    )


def parted(text: str, name: str, alone: bool, reading: Reading) -> list[str]:
    """Return the terms of a text. A list has one in each item; `category` is one, whatever it holds."""
    parting = PRESETS[reading.preset].parting
    is_one = name.endswith("category") or (name == "tag" and parting == "spaces")
    if parting == "none" or is_one or not alone:
        return [text]
    if ";" in text and parting == "commas":
        return [one.strip() for one in text.split(";")]
    # A comma in a text of Jekyll's is a slip; no one means a tag `news,`.
    return [one.strip() for one in text.split(",")] if "," in text or parting == "commas" else text.split()
