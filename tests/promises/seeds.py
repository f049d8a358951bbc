"""Small texts of every kind that is read, from which the fuzzing starts."""

# ruff: noqa: E501, ISC004 - texts stand here as they are written elsewhere

from __future__ import annotations

from tests.lwnpages import BADGE, BYLINE, INDEX, NAG, TRAIL, WORDS, new, old

_BLOCK = "Index entries for this article"
_LOG_IN = "([Log in](https://lwn.net/Login/?target=/Articles/7/) to post comments)"
BLOCKS = (
    f"Text.  \n{_BLOCK}  \n---  \n[Kernel](/Kernel/Index)| [Locks/RCU](/Kernel/Index#Locks-RCU)  \n"
    "[Kernel](/Kernel/Index)| [Block layer/I/O](/Kernel/Index#Block_layer-IO)  \n\n* * *\n\nto post comments ",
    f"Text.\n\n| {_BLOCK} | |\n| --- | --- |\n| [Kernel](https://lwn.net/Kernel/Index) | "
    f"[io\\_uring](https://lwn.net/Kernel/Index#io%5Furing) |\n\n---\n\n {_LOG_IN}",
    f"Text.\n\n<table class=IndexEntries><tr><th colspan=2>{_BLOCK}</th></tr>\n<tr><td><a href=/Kernel/Index>"
    'Kernel</a></td><td><a href="/Kernel/Index#A-B">A/B</a></td></tr></table>\n\nto post comments',
    f"Text.\n\n{_BLOCK}\n\n[Kernel](https://lwn.net/Kernel/Index)\n\n[Bind mounts](/Kernel/Index#Bind_mounts)\n\n"
    f"[GuestArticles](/Archives/GuestIndex/)\n\n[Example, Ada](/Archives/GuestIndex/#Example_Ada)\n\n---\n\n{_LOG_IN}",
    f"Text.\n\n{_BLOCK}\n| Kernel | System calls/clone() |\n| Security | Random numbers |\n\nto post comments",
    f"Text.\n\n{_BLOCK}KernelSystem calls/clone()KernelReleases/6.1to post comments### A thoughtPosted Jun 5, 2026",
    f"Text.\n\n{_BLOCK}\n\nSecurity\nQuantum computing\nKernel\nReleases/2.0\n\n to post comments\n",
    f"Text.\n<br><table>\n<tr><th>{_BLOCK}</th></tr>\n<tr><td>Kernel</td><td>Device drivers</td></tr>\n</table>",
    f"Text.\n\n{_BLOCK}ConferenceLinux Summit/2026to post comments### I amPosted Sep 23, 2026 16:05 UTC (Wed)",
)
"""The index block in nine shapes."""

HEADS = (
    "By **Jonathan Corbet**  \nDecember 22, 2009 \n\nText.",
    "[Posted December 22, 2009 by corbet] \n\nText.",
    "December 22, 2009\n\nThis article was contributed by Ada Example and Ben Example.\n\nText.",
    "**By Ada Example, Ben Example**  \nDecember 22, 2009  \n\n\n* * *\n\n[Summit](/Archives/ConferenceIndex/#S)\n\nText.",
    "By **[Ada Example](/Articles/1/)**  \n22 December 2009Linux Summit\n\nText.",
)
DUMPS = tuple(
    f"# Two that did not make it [LWN.net]\n\n{head}\n\nMore *words*, [a link](/Articles/5/).\n\n{block}"
    for head, block in zip((*HEADS, *HEADS), BLOCKS, strict=False)
)

_TEXT = "Text with *marks* and a [link](/Articles/5/).\n\n    code\n"
HEADERS = (
    f"---\ntitle: 'A title: B'\ndate: 2009-12-22 10:00:00 +0100\nauthors: [Ada Example, \"Ben\"]\ntags:\n  - a b\n"
    f"  - c/d\ncategories: x y\nentries: [Kernel/Locks, [Kernel, I/O]]\ndraft: false\nslug: a-b\n"
    f"aliases: [/old/, /2009/a.html]\nlang: de\n---\n{_TEXT}",
    f"---\nlayout: post\ntitle: >-\n  Folded\n  title\nauthor: {{name: Ada, url: 'https://example.org/'}}\n"
    f"date: &d 2009-12-22\nupdated: *d\npermalink: /:year/:title/\nredirect_from:\n- /x/\ntags: a, b\n---\n\n{_TEXT}",
    f'+++\ntitle = "A title"\ndate = 2009-12-22T10:00:00Z\naliases = ["/old/"]\ndraft = false\n[taxonomies]\n'
    f'tags = ["a", "b"]\ncategories = ["x/y"]\n[extra]\nauthor = \'Ada\'\n+++\n{_TEXT}',
    f'{{"title": "A title", "date": "2009-12-22", "tags": ["a", {{"b": 1}}], "draft": true, "weight": 1e3}}\n\n{_TEXT}',
    f".. title: A title\n.. slug: a-title\n.. date: 2009-12-22 10:00:00 UTC\n.. tags: a, b\n.. category: x\n"
    f".. author: Ada Example\n\n{_TEXT}",
    f"<!--\n.. title: A title\n.. date: 2009-12-22\n.. tags: draft, b\n-->\n\n{_TEXT}",
    f"Title: A title\nDate: 2009-12-22 10:00\nModified: 2009-12-23\nCategory: x\nTags: a, b\nAuthors: Ada; Ben\n"
    f"Summary: Short\n    and more\nStatus: draft\n\n{_TEXT}",
)
"""A text with a header in each dialect."""

FOREIGN = (
    "{% highlight c linenos %}\nint a;\n{% endhighlight %}\n{{ site.url }}/a {% post_url 2009-12-22-a %}"
    '{% include video.html id="x" %}\n{% raw %}{{ x }}{% endraw %}{% comment %}x{% endcomment %}\n',
    '{{< figure src="/a.png" caption="A *b*" >}}\n{{% notice %}}\nText\n{{% /notice %}}\n[a]({{< ref "b.md#c" >}})\n'
    "{{< highlight go >}}\nx\n{{< /highlight >}}\n<!--more-->\n",
    '{{ youtube(id="x") }}\n{% quote(author="A") %}\nText\n{% end %}\n[a](@/posts/b.md#c)\n',
    "Text.\n{: .class #id key='v'}\n\n* a\n{:toc}\n\n{::options parse_block_html='true' /}\n{::comment}x{:/comment}\n"
    "{::nomarkdown}<b>{:/}\n[a]({filename}/b.md) [c]({static}/d.png) [e](|tag|f)\n~~~ c\nx\n~~~\n{: .language-c}\n",
    "[//]: # (x)\nText[^1] <span markdown='1'>*a*</span>\n\n[^1]: Note\n\n.. youtube:: x\n{{% raw %}}x{{% /raw %}}\n",
)

_STORY = '<p><a href="/Articles/{0}/">Full Story</a> (<a href="/Articles/{0}/#Comments">comments: 2</a>)\n'
EDITION = (
    '<p>Welcome.\n<p class="Cat1HL">Front page</p>\n<h2 class="SummaryHL"><a href="/Articles/2/">A feature</a></h2>\n'
    f"{NAG}{BYLINE}<p>Features are long.\n{_STORY.format(2)}"
    '<p class="Cat1HL">Kernel</p>\n<p class="Cat2HL">Brief items</p>\n<h2 class="SummaryHL">Quote of the week</h2>'
    "<blockquote>Words.</blockquote><p>-- Somebody\n<p><b>Page editor</b>: Ada Example\n"
)
_MARKED = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A title | A site</title>'
    '<link rel="canonical" href="https://example.org/a/"><meta property="og:title" content="A title">'
    '<meta property="article:published_time" content="2009-12-22T10:00:00Z"><meta name="author" content="Ada">'
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A title", "author": '
    '[{"@type": "Person", "name": "Ada"}], "datePublished": "2009-12-22", "keywords": "a, b"}</script></head>'
    '<body><nav>x</nav><article class="post"><h1>A title</h1><p class="byline">By Ada on <time datetime='
    '"2009-12-22">then</time></p><div class="body"><p>Text.<pre><code class="language-c">int a;\n</code></pre>'
    '<table><tr><td>1<td>2</table><img src="a.png" alt="b"></div><a rel="tag" href="/t/">c</a></article></body>'
)
_BLOG = (
    "<!-- saved from url=(0020)https://example.org/ -->\n<title>T</title><main itemscope "
    'itemtype="https://schema.org/BlogPosting"><h1 itemprop="headline">T</h1><span itemprop="author">A</span>'
    '<time itemprop="datePublished">2009-12-22</time><div itemprop="articleBody"><p>Text<ul><li>a<li>b</ul></div></main>'
)
PAGES = (
    *(layout(f"{BADGE}{BYLINE}{NAG}{WORDS}{INDEX}{TRAIL.format(id=7)}") for layout in (old, new)),
    *(layout(EDITION, "LWN.net Weekly Edition for March 26, 2015") for layout in (old, new)),
    *(_MARKED, _BLOG),
)
"""Saved pages: LWN's two layouts, its editions, pages of other sites."""

FEEDS = (
    '<?xml version="1.0"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content='
    '"http://purl.org/rss/1.0/modules/content/"><channel><title>F</title><link>https://example.org/</link>'
    "<item><title>A &amp; B</title><link>https://example.org/a</link><guid isPermaLink='false'>1</guid>"
    "<author>a@example.org (Ada)</author><category>c</category><pubDate>Tue, 22 Dec 2009 18:15:29 +0100</pubDate>"
    "<enclosure url='https://example.org/a.ogg' length='1'/><description>&lt;p&gt;Text</description>"
    "<content:encoded><![CDATA[<p>Long text</p>]]></content:encoded></item></channel></rss>",
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="https://lwn.net/Articles/7/"><title>[$] T</title>'
    "<link>https://lwn.net/Articles/7/rss</link><dc:date>2009-12-22T18:15:29+00:00</dc:date>"
    "<dc:creator>corbet</dc:creator><description>Text</description></item></rdf:RDF>",
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://example.org/"><title>F</title>'
    "<author><name>Ada</name><email>a@example.org</email></author><entry><title type='html'>A &lt;b&gt;</title>"
    "<link rel='alternate' href='a'/><id>tag:1</id><published>2009-12-22T18:15:29Z</published>"
    "<updated>2009-12-23T18:15:29Z</updated><category term='c' label='C'/><content type='xhtml'>"
    "<div xmlns='http://www.w3.org/1999/xhtml'><p>Text <br/></p></div></content></entry></feed>",
    '<CHANNEL HREF="https://example.org/"><TITLE>F</TITLE><ITEM HREF="https://example.org/a">'
    "<TITLE>A &amp; B</TITLE><ABSTRACT>Text</ABSTRACT></ITEM></CHANNEL>",
    '{"version": "https://jsonfeed.org/version/1.1", "title": "F", "authors": [{"name": "Ada"}], "items": [{"id": "1",'
    ' "url": "https://example.org/a", "title": "A", "content_html": "<p>Text</p>", "date_published": '
    '"2009-12-22T18:15:29+01:00", "tags": ["x"], "attachments": [{"url": "https://example.org/a.ogg"}]}]}',
)
SLOW_FEEDS = ("<rss><channel><item><title" + "\\" * 60_000,)
"""What feeds took a time for that grew with its square."""

TOPICS = (
    "# The desk's list.\n[\"Kernel/Memory management\"]\nnote = '''\nAbout *memory*.\n'''\naliases = [\n"
    '  "Kernel/Memory",  # as it was\n  ["Kernel", "Swap/Paging"],\n]\nhidden = ["Kernel/Memroy"]\n'
    'see_also = "Kernel/I/O"\nreciprocal = false\nparents = ["Security"]\nsort = " memory  "\n\n["Kernel/Empty"]\n',
    '[Kernel.Locks]\nnote = """A\\u0062 \\\n  c"""\n["Security/A"]\naliases = ["Security/B", {x = 1}]\nx.y = 2009-12-22\n'
    "[[Kernel.List]]\n'a b' = [1, 2.5, inf, true, 10:00:00]\n",
)
CONFIGURATIONS = (
    'content = ["content", "more"]\noutput = "site"\n[site]\ntitle = "T"\nurl = "https://example.org/news/"\n'
    'timezone = "Europe/Berlin"\nlanguage = "de"\n[indexes.Topics]\npath = "Topics"\nby_year = true\n'
    "[index]\nslash_names = ['I/O']\n[pages]\nper_page = 20\nauthors = true\n[feeds_out]\nformats = ['rss', 'json']\n"
    "items = 10\n[[feeds_out.query]]\nname = 'x'\nany = ['Kernel/A']\nsince = 2009-12-22\n",
    "[[sources]]\npath = 'blog'\npreset = 'jekyll'\nindex = {tags = 'Topics'}\ncategories = {a = 'Kernel/A'}\n"
    "fields = {title = ['headline']}\nurl = 'https://example.org/'\nmarkdown = 'commonmark'\n"
    "[sources.select]\ntitle = 'h1.x > a[href]'\nrequired = ['title']\n[[feeds]]\nurl = 'https://example.org/f'\n"
    "name = 'f'\nkeep = 'summary'\n[strip]\nquotes = ['a(b)+']\nlines = ['^x$']\n[markdown]\nextensions = ['tables']\n"
    "[bylines.nicks]\nx = 'X'\n[links]\nstyle = 'pretty'\n[theme]\nname = 'classic'\n[theme.options]\na = [1]\n",
)
DATES = (
    *(
        "2009-12-22",
        "December 22, 2009",
        "22 Dec 2009 18:15:29 +0100",
        "Tue, 22 Dec 2009 18:15:29 GMT",
        "2009",
    ),
    *(
        "2009-12-22T18:15:29.123Z",
        "22. Dezember 2009",
        "12/22/2009",
        "2009年12月22日 10:00",
        "20091222T1015",
        "2009-12",
    ),
    *("22 de dezembro de 2009 10h", "Dec. 22nd, 2009 at 6:15 p.m. EST", "2009-356", "1261505729"),
)
NAMES = (
    *(
        "Block layer",
        "Asynchronous I/O",
        "C++",
        "con.x",
        "..",
        ".NET",
        "Rybczyńska, Marta",
        "Rybczyn\u0301ska",
    ),
    *(
        "LPT¹.",
        "straße",
        "6.14",
        "page",
        "feed.rss",
        "https://lwn.net/Articles/7/#a",
        "/Articles/%35/",
        "a" * 300,
    ),
    *(
        "/2009/name.html",
        "../../../etc/passwd",
        "/old/%2e%2e/x/",
        "HTTPS://LWN.NET/SubscriberLink/5/0123/",
        "~a",
    ),
    *(
        "https://example.org/a%20b.PNG?x=1#y",
        "https://[::1]:80/x",
        "\u1112\u1161\u11ab",
        "\u212a",
        "aux~",
        "COM1/x",
    ),
)


def _words(told: str) -> tuple[str, ...]:
    """Return the words of a text that marks part."""
    return tuple(told.split("¶"))


HEADER_WORDS = _words(
    "title:¶date:¶tags:¶- ¶&a ¶*a¶!!¶? ¶: ¶|\n¶>-\n¶[[¶]]¶{}¶null¶~¶!!python/object:os.system ¶!!binar"
    "y ¶!!set ¶<<: ¶%YAML 1.1\n¶...\n¶2009-12-22¶0o17¶title = ¶[a]\n¶[[a]]\n¶\"\"\"¶'''¶\\u0000¶\\ud800¶inf¶n"
    "an¶1e400¶0x¶.. ¶<!--¶entries:¶authors:¶aliases:¶slug:¶permalink: /:year/:title/\n¶lang:¶id:¶expi"
    "res:"
)
BLOCK_WORDS = _words(
    "Index entries for this article¶[Kernel](/Kernel/Index)¶| ¶---\n¶Kernel¶\nto post comments¶Securit"
    "y\n¶<table>¶<tr><td>¶</table>¶#A-B¶/¶([Log in](/Login/) to post comments)¶\\|"
)
WORDS_OF_TAGS = _words(
    '{% raw %}¶{% endraw %}¶{% highlight c %}¶{% endhighlight %}¶{% include a.html x="y" %}¶{{< figu'
    "re src='a' >}}¶{{% x %}}¶{{< /x >}}¶{: .a #b}¶{::comment}¶{:/}¶|filename|¶{static}¶{% link a.md"
    ' %}¶{% post_url 2009-12-22-a %}¶{{< ref "a" >}}¶@/a.md¶{% end %}¶{#¶#}'
)
WORDS_OF_HTML = _words(
    "<article>¶</article>¶<table>¶<td>¶<pre>¶<p>¶<script>¶<svg>¶<template>¶<h2 class=SummaryHL>¶<div"
    ' class="ArticleText">¶<meta charset="utf-16">¶<meta charset="x-user-defined">¶<base href=\'//\'>¶'
    "<plaintext>¶<select>¶<math>¶<noscript>¶<a href=¶<!-- saved from url=(9)x -->¶</body>¶<title>"
)
WORDS_OF_XML = _words(
    "<item>¶</item>¶<entry>¶<channel>¶<title/>¶<image>¶<source>¶<content type='base64'>¶xml:base='ht"
    "tp://['¶<itunes:keywords>¶<media:content/>¶<georss:point>¶<psc:chapter/>¶<tags>¶<!DOCTYPE¶<!ENT"
    'ITY a \'b\'>¶&a;¶</category>¶<contributor>¶<textinput>¶<svg:svg>¶&#x110000;¶"items": [¶null¶"\\ud8'
    '00"¶{"a":¶1e999¶<guid>¶<pubDate>¶<enclosure url=\'a\'/>'
)
WORDS_OF_TOML = _words(
    "[[¶]]¶= ¶[a.b]\n¶'''¶\"\"\"¶\\U00110000¶inf¶1979-05-27¶{a = 1}¶true¶0x1¶[]¶note = ¶aliases = ¶parent"
    "s = ¶see_also = ¶path = ¶preset = ¶{99999999999999999999}¶(((((((((("
)
WORDS_OF_MARKS = _words(
    "**¶__¶[^1]¶[^1]: ¶[a]: b\n¶![a](b)¶\n    ¶\n> ¶\n* ¶\n1. ¶\n|a|b|\n|-|-|\n¶<div>¶\n```c\n¶\n~~~\n¶<br>¶&amp"
    ";¶*[A]: b\n¶\n: ¶\n---\n¶# ¶<http://a>¶$$¶\\¶</div>"
)
