"""Sample pages of every kind, with what is hard for a page: long titles, other scripts, empty lists."""

from __future__ import annotations

from typing import Any

import msgspec

from lwnindex import themefiles, themeoptions
from lwnindex.articleviews import (
    ArchivesView,
    ArticleView,
    AuthorsView,
    AuthorView,
    HomeView,
    PeriodView,
    PlainView,
    QueriesView,
    QueryView,
    WeekView,
)
from lwnindex.indexviews import IndexView, TopicView, TreeView, WordsView, YearsView
from lwnindex.model import FeedFormat, Heading
from lwnindex.searchviews import SearchView
from lwnindex.settings import Config
from lwnindex.viewmodel import NotFoundView, SiteView
from lwnindex.viewparts import (
    Bar,
    Crumb,
    FeedLink,
    Group,
    IndexLetter,
    IndexTopic,
    IndexYear,
    Line,
    Link,
    Pager,
    Person,
    Placement,
    TopicLine,
    Translation,
    TreeLine,
    View,
    WordLetter,
    WordLine,
)
from tests.programs import ROOT

FORMATS: tuple[FeedFormat, ...] = ("rss", "atom", "json")
LONG = "On the long history of a very small flag, and how three maintainers came to disagree about it " * 2


def feeds(folder: str, title: str) -> tuple[FeedLink, ...]:
    """Return the three feeds of a folder."""
    return tuple(
        FeedLink(format=kind, title=f"{title}, {kind}", path=f"{folder}feed.{kind}") for kind in FORMATS
    )


OPTIONS = themefiles.theme_files(Config(), ROOT).options
SITE = SiteView(
    title="The index",
    url="https://news.example.org/archive",
    description="News, filed by topic",
    source="https://lwn.net",
    indexes=(Crumb(name="Kernel", path="Kernel/Index/index.html"),),
    nav=(Crumb(name="About", path="about/index.html"),),
    search=True,
    stylesheets=("assets/site.css",),
    feeds=feeds("", "The index"),
    theme=themeoptions.shown({name: one.default for name, one in OPTIONS.items()}),
)
DESK = Person(name="Kernel desk", path="Authors/Kernel_desk/index.html")
GUEST = Person(name="山田 花子")


def line(one: str, **changes: Any) -> Line:
    """Return an article's line; `one` is its id."""
    plain = Line(
        id=one,
        title=f"Article {one}",
        path=f"Articles/{one}/index.html",
        date="2009-12-22",
        authors=(DESK,),
        teaser="What it says in short.",
    )
    return msgspec.structs.replace(plain, **changes)


LINES = (
    line("1", title=LONG),
    line("2", title="カーネルの歴史", lang="ja", authors=(GUEST, DESK)),
    line("3", title="تاريخ نواة لينكس", lang="ar", date="2009-12-01T08:30:00+00:00"),
    line("4", date=None, authors=(), teaser=""),
)
TOPICS = (
    TopicLine(
        name="Ceph",
        entry=("Kernel", "Filesystems", "Ceph"),
        path="Kernel/Filesystems/Ceph/index.html",
        own=1234,
        count=1234,
        shared=2,
        years=(0, 3, 1),
    ),
    TopicLine(
        name="C++",
        entry=("Development", "C++"),
        path="Development/C/index.html",
        own=1,
        count=1,
        years=(0, 0, 0),
    ),
)
INDEXES = (
    TopicLine(name="Kernel index", entry=("Kernel",), path="Kernel/Index/index.html", own=1, count=2000),
)
YEARS = tuple(
    Bar(name=str(year), count=year % 5, path=f"Archives/{year}/index.html") for year in range(1998, 2025)
)
MONTHS = (
    Bar(name="February", count=1, path="Archives/2009/02/index.html", month=2, short="Feb"),
    Bar(name="December", count=9, path="Archives/2009/12/index.html", month=12, short="Dec"),
)
TWELVE = tuple(
    Bar(name=f"Month {n}", count=n * n * 8, path=f"Archives/2009/{n:02}/index.html", month=n, short=f"M{n}")
    for n in range(1, 13)
)
GROUPS = (
    Group(name="2009", id="year:2009", lines=LINES[:3], path="Archives/2009/index.html"),
    Group(name="Undated", id="year:undated", lines=LINES[3:]),
)
PAGER = Pager(
    number=0,
    last=2,
    older="Kernel/Filesystems/page/2/index.html",
    pages=(
        Crumb(name="2", path="Kernel/Filesystems/page/2/index.html"),
        Crumb(name="1", path="Kernel/Filesystems/page/1/index.html"),
    ),
)
OLDEST = Pager(number=1, last=0, newer="Kernel/Filesystems/page/2/index.html")
INDEX_TOPICS = (
    IndexTopic(
        name="Filesystems",
        depth=0,
        anchor="Filesystems",
        path="Kernel/Filesystems/index.html",
        lines=LINES[:2],
        more=2,
        own=4,
        count=5,
    ),
    IndexTopic(
        name="Ceph",
        depth=1,
        anchor="Filesystems-Ceph",
        path="Kernel/Filesystems/Ceph/index.html",
        lines=LINES[2:],
        more=0,
        own=2,
        count=2,
    ),
    IndexTopic(
        name="Futexes",
        depth=0,
        anchor="Futexes",
        path="Kernel/Futexes/index.html",
        lines=(),
        more=0,
        own=0,
        count=0,
    ),
)
LETTER = IndexLetter(letter="F", id="letter:F", topics=INDEX_TOPICS)
BAR = (
    Crumb(name="A", path="Kernel/Index/index.html#letter:A"),
    Crumb(name="F", path="Kernel/Index/index.html#letter:F"),
)
CRUMBS = (
    Crumb(name="Kernel", path="Kernel/Index/index.html"),
    Crumb(name="Filesystems", path="Kernel/Filesystems/index.html"),
)
HOME = HomeView(
    path="index.html",
    root="",
    title="The index",
    description="News, filed by topic",
    newest=LINES,
    indexes=INDEXES,
    alive=TOPICS,
    years=YEARS,
    week=(*LINES, line("5")),
    edition=Crumb(name="The week of December 17, 2009", path="Archives/2009/W51/index.html"),
    articles=2000,
    topics=300,
)
ARTICLE = ArticleView(
    path="Articles/1/index.html",
    root="../../",
    title=LINES[0].title,
    description="What it says in short.",
    crumbs=(Crumb(name="Archives", path="Archives/index.html"),),
    line=LINES[0],
    body="the digest of a body",
    contents=(
        Heading(level=2, id="text-first", text="First"),
        Heading(level=3, id="text-second", text="Second"),
        Heading(level=2, id="text-third", text="Third"),
    ),
    updated="2010-01-02",
    words=1234,
    badges=(
        ("LPC", Link(href="https://example.org/lpc")),
        ("KS", Link(href="Articles/9/index.html#x", local=True)),
    ),
    placements=(
        Placement(
            crumbs=(*CRUMBS, Crumb(name="Ceph", path="Kernel/Filesystems/Ceph/index.html")),
            anchor="Kernel/Index/index.html#Filesystems-Ceph",
            older=LINES[3],
            newer=LINES[1],
        ),
        Placement(crumbs=CRUMBS, anchor="Kernel/Index/index.html#Filesystems"),
    ),
    cited_by=LINES[1:2],
    cites=LINES[2:3],
    related=LINES[3:],
    original="https://lwn.net/Articles/1/",
)
FOREIGN = msgspec.structs.replace(
    ARTICLE,
    path="Articles/3/index.html",
    title=LINES[2].title,
    lang="ar",
    line=LINES[2],
    updated=None,
    translations=(
        Translation(lang="en", name="English", path="Articles/1/index.html"),
        Translation(lang="ar", name="العربية", path="Articles/3/index.html"),
    ),
)
PLAIN = PlainView(
    path="about/index.html",
    root="../",
    title="About",
    body="the digest of a body",
    contents=ARTICLE.contents,
    feeds=SITE.feeds,
)
INDEX = IndexView(
    path="Kernel/Index/index.html",
    root="../../",
    title="Kernel index",
    feeds=feeds("Kernel/Index/", "Kernel index"),
    index="Kernel",
    letters=(LETTER,),
    bar=BAR,
    topics=3,
    articles=4,
)
ORDERS = (
    Crumb(name="From A to Z", path="Kernel/Index/index.html"),
    Crumb(name="By words", path="Kernel/Words/index.html"),
)


def branch(name: str, depth: int, own: int, count: int, **more: Any) -> TreeLine:
    """Return a topic of the tree."""
    return TreeLine(name=name, depth=depth, path=f"Kernel/{name}/index.html", own=own, count=count, **more)


TREE = TreeView(
    path="Kernel/Tree/index.html",
    root="../../",
    title="Kernel index as a tree",
    description="All topics of the Kernel index as a tree.",
    crumbs=CRUMBS[:1],
    feeds=feeds("Kernel/Index/", "Kernel index"),
    index="Kernel",
    lines=(
        branch("Filesystems", 0, 2, 1240),
        branch("Ceph", 1, 0, 4),
        branch("Snapshots", 2, 4, 4),
        branch("تاريخ نواة لينكس", 1, 1, 1),
        branch("Storage / " + "x" * 90, 0, 1, 3),
        branch("Ceph", 1, 0, 4, again=True),
    ),
    others=ORDERS,
    topics=5,
    articles=1240,
)
WORD_LINES = (
    WordLine(
        before="Memory management / Huge ", word="pages", after="", path="Kernel/Huge/index.html", count=10
    ),
    WordLine(before="get_user_", word="pages", after="()", path="Kernel/pages/index.html", count=1234),
    WordLine(
        before="",
        word="Pages",
        after=", " + LONG.strip(),
        path="Kernel/Huge/index.html",
        see=Crumb(name="Memory management / Huge pages", path="Kernel/Huge/index.html"),
    ),
    WordLine(before="", word="پیج", after=" / x", path="Kernel/x/index.html", count=1),
)
WORDS = WordsView(
    path="Kernel/Words/index.html",
    root="../../",
    title="Kernel index by words",
    description="All topics of the Kernel index under every word of their names.",
    crumbs=CRUMBS[:1],
    feeds=feeds("Kernel/Index/", "Kernel index"),
    index="Kernel",
    letters=(
        WordLetter(letter="P", id="letter:P", lines=WORD_LINES),
        WordLetter(letter="Z", id="letter:Z", lines=(), path="Kernel/Words/letter/Z/index.html"),
    ),
    bar=(
        Crumb(name="P", path="Kernel/Words/index.html#letter:P"),
        Crumb(name="Z", path="Kernel/Words/letter/Z/index.html#letter:Z"),
    ),
    others=ORDERS[:1],
    topics=4,
)
YEAR_TOPICS = tuple(
    msgspec.structs.replace(one, anchor=f"2009-{one.anchor}", depth=0) for one in INDEX_TOPICS
)
BY_YEARS = YearsView(
    path="Kernel/ByYear/index.html",
    root="../../",
    title="Kernel index by years",
    description="The Kernel index by years, the newest first.",
    crumbs=CRUMBS[:1],
    feeds=feeds("Kernel/Index/", "Kernel index"),
    index="Kernel",
    years=(
        IndexYear(name="2009", id="year:2009", topics=YEAR_TOPICS[:2]),
        IndexYear(name="Undated", id="year:undated", topics=YEAR_TOPICS[2:]),
    ),
    bar=(
        Crumb(name="2009", path="Kernel/ByYear/index.html#year:2009"),
        Crumb(name="Undated", path="Kernel/ByYear/index.html#year:undated"),
    ),
    others=ORDERS,
    topics=3,
    articles=4,
)
TOPIC = TopicView(
    path="Kernel/Filesystems/index.html",
    root="../../",
    title="Filesystems",
    crumbs=CRUMBS[:1],
    feeds=feeds("Kernel/Filesystems/", "Filesystems"),
    entry=("Kernel", "Filesystems"),
    anchor="Kernel/Index/index.html#Filesystems",
    own=4,
    count=5,
    first="2009-12-01",
    last="2009-12-22",
    children=TOPICS[:1],
    years=GROUPS,
    activity=YEARS,
    together=TOPICS,
    pager=PAGER,
)
OLD_TOPIC = msgspec.structs.replace(
    TOPIC,
    path="Kernel/Filesystems/page/1/index.html",
    root="../../../../",
    crumbs=CRUMBS,
    activity=(),
    children=(),
    together=(),
    pager=OLDEST,
)
NOTED = msgspec.structs.replace(
    TOPIC,
    path="Kernel/Virtual_filesystem/index.html",
    body="digest",
    description="What they are.",
    aliases=(("Kernel", "VFS"), ("Security", "Files")),
    oldest=LINES[1],
    newest=LINES[0],
    see_also=TOPICS[1:2],
    places=(
        (
            Crumb(name="Security", path="Security/Index/index.html"),
            Crumb(name="Disks", path="Security/Disks/index.html"),
        ),
    ),
    named=(
        TopicLine(
            name="Filesystems",
            entry=("Security", "Filesystems"),
            path="Security/Filesystems/index.html",
            own=1,
            count=1,
        ),
    ),
    children=(
        TOPICS[0],
        TopicLine(name="Disks", entry=("Storage", "Disks"), path="Storage/Disks/index.html", own=1, count=1),
        TopicLine(
            name="Block layer",
            entry=("Kernel", "Block layer"),
            path="Kernel/Block_layer/index.html",
            own=2,
            count=2,
        ),
    ),
)
AUTHOR = AuthorView(
    path="Authors/Kernel_desk/index.html",
    root="../../",
    title="Kernel desk",
    crumbs=(Crumb(name="Authors", path="Authors/index.html"),),
    feeds=feeds("Authors/Kernel_desk/", "Kernel desk"),
    name="Kernel desk",
    count=4,
    first="2009-12-22",
    last="2009-12-22",
    years=GROUPS,
    activity=YEARS[:3],
    topics=TOPICS,
)
AUTHORS = AuthorsView(
    path="Authors/index.html",
    root="../",
    title="Authors",
    authors=(
        Bar(name="Kernel desk", count=4, path=DESK.path),
        Bar(name="قسم النواة", count=1, path="Authors/x/index.html"),
    ),
)
ARCHIVES = ArchivesView(
    path="Archives/index.html",
    root="../",
    title="Archives",
    years=((YEARS[11], TWELVE), (YEARS[10], MONTHS[:1])),
    busiest=Bar(name="December 2009", count=1234, path="Archives/2009/12/index.html"),
    indexes=INDEXES,
    undated=LINES[3:],
    authors=2,
)
YEAR = PeriodView(
    path="Archives/2009/index.html",
    root="../../",
    title="2009",
    crumbs=(Crumb(name="Archives", path="Archives/index.html"),),
    groups=(Group(name="December 2009", id="month:2009-12", lines=LINES[:3]),),
    months=MONTHS,
    count=3,
    older=Crumb(name="2008", path="Archives/2008/index.html"),
    newer=Crumb(name="2010", path="Archives/2010/index.html"),
)
MONTH = msgspec.structs.replace(
    YEAR,
    path="Archives/2009/12/index.html",
    root="../../../",
    title="December 2009",
    groups=(Group(name="December 22", id="day:2009-12-22", lines=LINES[:2]),),
    months=(),
    weeks=(
        Crumb(name="Dec 24", path="Archives/2009/W52/index.html"),
        Crumb(name="Dec 17", path="Archives/2009/W51/index.html"),
    ),
)
QUERY = QueryView(
    path="Queries/Slow_files/index.html",
    root="../../",
    title="Slow files",
    description="Articles that the query Slow files finds.",
    crumbs=(Crumb(name="Saved queries", path="Queries/index.html"),),
    feeds=feeds("Queries/Slow_files/", "Slow files"),
    name="Slow files",
    count=4,
    first="1998-01-22",
    last="2009-12-22",
    every=(Crumb(name="Kernel / Filesystems", path="Kernel/Filesystems/index.html"),),
    either=(
        Crumb(name="Kernel", path="Kernel/Index/index.html"),
        Crumb(name="No / Such / " + "x" * 60, path=""),
    ),
    neither=(Crumb(name="Kernel / Sound", path="Kernel/Sound/index.html"),),
    authors=(DESK, GUEST),
    since="1998-01-01",
    years=AUTHOR.years,
)
QUERIES = QueriesView(
    path="Queries/index.html",
    root="../",
    title="Saved queries",
    description="What can be followed beside topics and authors.",
    queries=(
        Bar(name="Slow files", count=4, path=QUERY.path),
        Bar(name="قسم النواة " * 9, count=0, path="Q"),
    ),
)
WEEK = WeekView(
    path="Archives/2009/W51/index.html",
    root="../../../",
    title="The week of December 17, 2009",
    description="What was published in the week of December 17, 2009.",
    crumbs=(Crumb(name="Archives", path="Archives/index.html"), Crumb(name="2009", path=YEARS[11].path)),
    first="2009-12-17",
    lead=LINES[1],
    sections=(
        Group(name="Kernel", id="section:0", lines=(LINES[0], LINES[2]), path="Kernel/Index/index.html"),
        Group(name="Other news", id="section:1", lines=LINES[3:]),
    ),
    count=4,
    older=Crumb(name="Nov 26, 2009", path="Archives/2009/W48/index.html"),
    newer=Crumb(name="Dec 24, 2009", path="Archives/2009/W52/index.html"),
)
OLD_WEEK = msgspec.structs.replace(
    WEEK,
    path="Archives/2009/W51/page/1/index.html",
    root="../../../../../",
    lead=None,
    pager=msgspec.structs.replace(OLDEST, newer="Archives/2009/W51/page/2/index.html"),
)
SEARCH = SearchView(path="search/index.html", root="../", title="Search")
MISSING = NotFoundView(path="404.html", root="/archive/", title="Page not found")

VIEWS: tuple[View, ...] = (
    *(HOME, ARTICLE, FOREIGN, PLAIN, INDEX, TREE, WORDS, BY_YEARS, TOPIC, NOTED, OLD_TOPIC),
    *(AUTHOR, AUTHORS, QUERY, QUERIES, ARCHIVES, YEAR, MONTH, WEEK, OLD_WEEK, SEARCH, MISSING),
)
EMPTY: tuple[View, ...] = (
    HomeView(path="index.html", root="", title="The index"),
    ArticleView(path="Articles/1/index.html", root="../../", title="x", line=line("1"), body=""),
    PlainView(path="about/index.html", root="../", title="About", body=""),
    IndexView(
        path="Kernel/Index/index.html", root="../../", title="Kernel index", index="Kernel", letters=()
    ),
    TopicView(
        path="Kernel/x/index.html",
        root="../../",
        title="x",
        entry=("Kernel", "x"),
        anchor="Kernel/Index/index.html#x",
        own=0,
        count=0,
        first=None,
        last=None,
    ),
    AuthorView(
        path="Authors/x/index.html", root="../../", title="x", name="x", count=0, first=None, last=None
    ),
    AuthorsView(path="Authors/index.html", root="../", title="Authors"),
    ArchivesView(path="Archives/index.html", root="../", title="Archives"),
    PeriodView(path="Archives/2009/index.html", root="../../", title="2009"),
    SEARCH,
    WeekView(
        path="Archives/2009/W51/index.html",
        root="../../../",
        title="The week of December 17, 2009",
        first="2009-12-17",
    ),
    NotFoundView(path="404.html", root="/", title="Page not found"),
    TreeView(path="Kernel/Tree/index.html", root="../../", title="Kernel index", index="Kernel", lines=()),
    WordsView(
        path="Kernel/Words/index.html", root="../../", title="Kernel index", index="Kernel", letters=()
    ),
    YearsView(path="Kernel/ByYear/index.html", root="../../", title="Kernel index", index="Kernel", years=()),
    QueryView(
        path="Queries/x/index.html", root="../../", title="x", name="x", count=0, first=None, last=None
    ),
    QueriesView(path="Queries/index.html", root="../", title="Saved queries"),
)
