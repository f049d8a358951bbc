"""HTML as nobody should write it, and a reader of HTML that trusts nobody, for the tests of bodies."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import strategies as st

_ELEMENTS = (
    *(
        "a",
        "abbr",
        "b",
        "bdo",
        "blockquote",
        "br",
        "caption",
        "center",
        "code",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
    ),
    *(
        "dl",
        "dt",
        "em",
        "figure",
        "font",
        "h1",
        "h2",
        "h4",
        "h6",
        "hr",
        "i",
        "iframe",
        "img",
        "ins",
        "li",
        "math",
    ),
    *(
        "object",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "script",
        "section",
        "select",
        "span",
        "style",
        "sub",
        "svg",
        "table",
    ),
    *(
        "tbody",
        "td",
        "template",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "time",
        "title",
        "tr",
        "tt",
        "u",
        "ul",
        "x-y",
    ),
)
_ATTRIBUTES = (
    *(
        "",
        "",
        "",
        'id="x"',
        'id="y z"',
        'name="x"',
        'href="#x"',
        'href="#y%20z"',
        'href="/x"',
        'href="http://e.org/?a&b"',
    ),
    *(
        'href="javascript:alert(1)"',
        'src="/i.png" alt="q"',
        'src="//e.org/<i>.png"',
        "onclick=alert(1)",
        'style="x:y"',
    ),
    *(
        'title="<a href=x>&quot;"',
        'align="right"',
        'colspan="2"',
        'rowspan="3"',
        'lang="de-AT"',
        'dir="auto"',
        'start="4"',
    ),
    *(
        'class="highlight k image scroll"',
        'tabindex="0"',
        'role="group"',
        'datetime="2020-02-28"',
        'cite="x y"',
    ),
)
_TEXTS = (
    "word ",
    "&amp;",
    "&#1;",
    "<",
    "\n\n",
    "\xa0",
    "<!-- c -->",
    "<![CDATA[x]]>",
    "\n- item\n",
    "\n# Head\n",
    "[a](b)",
)

_starts = st.builds("<{} {}>".format, st.sampled_from(_ELEMENTS), st.sampled_from(_ATTRIBUTES))
_ends = st.sampled_from(_ELEMENTS).map("</{}>".format)

soup = st.lists(
    st.one_of(_starts, _starts, _ends, st.sampled_from(_TEXTS), st.text(max_size=3)), max_size=25
).map("".join)
"""Fragments with any element anywhere."""

_lists = st.builds(
    "<{}>".format, st.sampled_from(("ul", "ol", "li", "dl", "dt", "dd", "p", "/ul", "/ol", "/li", "/dl"))
)
_parts = st.builds(
    "<{}{}>".format,
    st.sampled_from(
        ("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "/table", "/tr", "/td", "h3")
    ),
    st.sampled_from(("", "", ' colspan="2"', ' rowspan="2"', ' rowspan="9"', ' align="center"')),
)
nested = st.lists(st.one_of(_lists, _parts, _parts, st.just("x")), max_size=25).map("".join)
"""Fragments of lists and tables."""


class Reader(HTMLParser):
    """Collects the tags of a fragment as another parser than the cleaner's sees them."""

    def __init__(self, fragment: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.others: list[str] = []
        self.feed(fragment)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        assert len(attrs) == len(dict(attrs)), f"an attribute stands twice in {attrs}"

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)


def ids(fragment: str) -> list[str]:
    """Return the ids in a fragment, in order."""
    return [given["id"] or "" for _, given in Reader(fragment).tags if "id" in given]
