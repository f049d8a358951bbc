"""Pages in the default theme, and what a browser would make of them."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from lwnindex.formats.html import environment, page
from lwnindex.viewmodel import SiteView
from lwnindex.viewparts import View
from tests.programs import ROOT
from tests.theme.samples import SITE

THEME = ROOT / "themes" / "default"
TEMPLATES = {
    one.relative_to(THEME / "templates").as_posix(): one.read_text("utf-8")
    for one in sorted((THEME / "templates").rglob("*.html"))
}
ENVIRONMENT = environment(TEMPLATES)
Attributes = dict[str, str | None]
VOID = {"br", "hr", "img", "input", "link", "meta", "rect"}

BODY = """<p>A paragraph with <code>some code</code> and <a href="https://example.org/">a link</a>.<sup
 id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>
<h2 id="text-first">First</h2>
<blockquote><p>Somebody said so.</p></blockquote>
<h3 id="text-second">Second</h3>
<ul><li>one<ul><li>half</li></ul></li><li>two</li></ul>
<dl><dt>Term</dt><dd>What it means.</dd></dl>
<h2 id="text-third">Third</h2>
<div class="scroll" tabindex="0" role="group" aria-label="Table"><table><thead>
<tr><th>Kernel</th><th class="align-right">Changesets</th></tr></thead>
<tbody><tr><td>2.6.32</td><td class="align-right">10,998</td></tr></tbody></table></div>
<div class="highlight"><pre tabindex="0"><code>static int probe(struct platform_device *device); /* long
enough to need a scroll bar, on a phone at least, and then some */</code></pre></div>
<p><a class="image" href="https://example.org/x.png">Partitions (example.org)</a></p>
<pre class="plain" tabindex="0">as it was typed</pre>
<div class="footnote"><hr><ol><li id="fn:1"><p>A note.</p></li></ol></div>
"""


def render(view: View, site: SiteView = SITE, body: str = BODY) -> str:
    """Return a page in the default theme."""
    return page(ENVIRONMENT, view, site, body).decode()


def write(folder: Path, *views: View) -> None:
    """Write pages by their paths, and the theme's assets."""
    for view in views:
        target = folder / view.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(render(view), encoding="utf-8")
    (folder / "assets").mkdir(exist_ok=True)
    for asset in (THEME / "assets").iterdir():
        (folder / "assets" / asset.name).write_bytes(asset.read_bytes())


class Document(HTMLParser):
    """A page as its parser sees it: each start tag with its attributes, and the text, in order.

    `around` are the places in `tags` of the elements that each start tag stands in.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, Attributes]] = []
        self.around: list[tuple[int, ...]] = []
        self._open: list[int] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and where it stands."""
        assert len(dict(attrs)) == len(attrs), f"{tag} has an attribute twice"
        self.around.append(tuple(self._open))
        if tag not in VOID:
            self._open.append(len(self.tags))
        self.tags.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that ends where it starts."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close the element that is open."""
        assert self.tags[self._open.pop()][0] == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.text += data

    @property
    def unclosed(self) -> list[str]:
        """The names of the elements that are never closed."""
        return [self.tags[place][0] for place in self._open]

    def named(self, tag: str) -> list[Attributes]:
        """Return the attributes of each element of a name."""
        return [attributes for name, attributes in self.tags if name == tag]

    def values(self, attribute: str) -> list[str]:
        """Return the values of an attribute, wherever it stands."""
        return [attributes[attribute] or "" for _, attributes in self.tags if attribute in attributes]
