"""What is begun builds, and is written over nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from lwnindex import config, site, starting
from lwnindex.options import Options
from lwnindex.problems import SiteError
from lwnindex.starting import Asked, Begun, Saying

SERIAL = Options("serial")


def found(root: Path) -> config.Found:
    return config.load(root / "lwnindex.toml", {}, {})


def article(root: Path, title: str, *entries: str, **more: object) -> Begun:
    asked = Asked(title, entries)._replace(**more)  # type: ignore[arg-type]
    return starting.article(found(root), asked, SERIAL)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site that was just begun."""
    starting.site(tmp_path / "news", 'The "news"')
    return tmp_path / "news"


def test_a_new_site_builds_and_nothing_is_to_be_said_of_it(root: Path) -> None:
    report = site.build(found(root), SERIAL)

    assert (report.articles, report.problems) == (1, ())
    assert (root / "site/about/index.html").exists()


def test_on_a_new_site_a_slip_in_the_id_of_an_article_leads_to_no_other_publication(root: Path) -> None:
    begun = article(root, "Ceph", "Kernel/Filesystems")
    with begun.place.open("a") as file:
        file.write("See [it](/Articles/cehp/).\n")

    assert [one.code for one in site.build(found(root), SERIAL).problems] == ["dead-link"]


def test_a_site_begins_in_no_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x")
    for folder in (tmp_path, tmp_path / "mine"):
        with pytest.raises(SiteError, match="is not empty"):
            starting.site(folder, "T")
    assert [place.name for place in tmp_path.iterdir()] == ["mine"]


def test_a_new_article_builds(root: Path) -> None:
    done = article(
        root, "Ä: title", "handbook/writing", date="2020-01-02", authors=("N N",), lang="de", draft=True
    )
    report = site.build(found(root), SERIAL)

    assert done.place == root / "content/2020/a-title.md"
    assert done.remarks == ("handbook/writing is read as Handbook/Writing.",)
    assert done.place.read_text("utf-8").splitlines() == [
        *("---", "title: 'Ä: title'", "date: 2020-01-02", "authors:", "- N N", "lang: de", "draft: true"),
        *("entries:", "- Handbook/Writing", "---"),
        "",
    ]
    assert (report.problems, report.counts["draft"]) == ((), 1)


def test_articles_of_one_title_have_names_of_their_own(root: Path) -> None:
    places = [article(root, "The first article", date=f"20{year}-01-01").place for year in (19, 19, 20)]

    names = ["2019/the-first-article-2.md", "2019/the-first-article-3.md", "2020/the-first-article-4.md"]
    assert [place.relative_to(root / "content").as_posix() for place in places] == names
    assert site.build(found(root), SERIAL).problems == ()


def test_an_entry_that_may_be_a_slip_is_asked_about(root: Path) -> None:
    with pytest.raises(SiteError, match='Did you mean "Handbook/Writing"'):
        article(root, "T", "Handbook/Writting")
    done = article(root, "T", "Handbook/Writting", new_topics=True)

    assert done.remarks == ("Handbook/Writting is a new topic.",)
    with pytest.raises(SiteError, match="is no entry"):
        article(root, "T", "Handbook/")


def test_a_topic_is_added_and_all_else_stays(root: Path) -> None:
    place = root / "content/topics.toml"
    place.write_bytes(b"# mine\r\n['Handbook/Filing/Entries']\r\nnote =  'x'  # so")
    saying = Saying("Handbook/Writing", 'On "writing"', ("Handbook/Pens",), ("Handbook/Filing/Entries",))
    done = starting.topic(found(root), saying, SERIAL)

    assert place.read_bytes() == (
        b"# mine\r\n['Handbook/Filing/Entries']\r\nnote =  'x'  # so\r\n\r\n"
        b'["Handbook/Writing"]\r\nnote = "On \\"writing\\""\r\n'
        b'aliases = ["Handbook/Pens"]\r\nsee_also = ["Handbook/Filing/Entries"]\r\n'
    )
    assert (done.place, done.remarks) == (place, ())
    assert site.build(found(root), SERIAL).problems == ()


def test_a_topic_that_is_described_or_another_name_is_told_of(root: Path) -> None:
    starting.topic(found(root), Saying("Handbook/Writing", aliases=("Handbook/Pens",)), SERIAL)
    before = (root / "content/topics.toml").read_bytes()
    for entry in ("Handbook/Writing", "Handbook/Pens", "handbook/writing"):
        with pytest.raises(SiteError, match=r"is described in content/topics\.toml:\d+ already"):
            starting.topic(found(root), Saying(entry), SERIAL)
    with pytest.raises(SiteError, match="is no topic"):
        starting.topic(found(root), Saying("Handbook"), SERIAL)
    assert (root / "content/topics.toml").read_bytes() == before


def test_a_file_of_topics_that_is_broken_stays_broken(root: Path) -> None:
    (root / "content/topics.toml").write_text("[broken")
    with pytest.raises(SiteError, match="Mend it first"):
        starting.topic(found(root), Saying("Handbook/Writing"), SERIAL)
    assert (root / "content/topics.toml").read_text() == "[broken"


def test_a_topic_without_articles_may_be_a_slip(root: Path) -> None:
    done = starting.topic(found(root), Saying("Handbook/Writting"), SERIAL)

    assert done.remarks == (
        'no article is filed under Handbook/Writting yet. Did you mean "Handbook/Writing"?',
    )


def test_a_new_theme_is_used_as_it_is(root: Path) -> None:
    starting.theme(root, "evening")
    config_file = root / "lwnindex.toml"
    config_file.write_text(config_file.read_text().replace('name = "default"', 'name = "evening"'))
    report = site.build(found(root), SERIAL)

    assert report.problems == ()
    about = (root / "site/about/index.html").read_text()
    assert 'href="../assets/evening.css"' in about
    assert "evening-colophon" in about


@pytest.mark.parametrize("name", ["default", "classic", "evening", "../x", "Two words", ""])
def test_a_theme_takes_no_name_that_is_taken_or_is_none(root: Path, name: str) -> None:
    (root / "themes/evening").mkdir(parents=True)
    with pytest.raises(SiteError):
        starting.theme(root, name)


def test_the_editor_is_found_as_git_finds_it(tmp_path: Path) -> None:
    place = tmp_path / "a file.md"
    place.write_text("")
    visual = {"VISUAL": "sh -c 'echo visual >>\"$1\"' x", "EDITOR": "sh -c 'echo editor >>\"$1\"' x"}
    starting.edit(place, {**visual, "TERM": "xterm"})
    starting.edit(place, {**visual, "TERM": "dumb"})

    assert place.read_text() == "visual\neditor\n"
    with pytest.raises(SiteError, match="no editor is known"):
        starting.edit(place, {"TERM": "dumb"})
    with pytest.raises(SiteError, match="ended with 1"):
        starting.edit(place, {"EDITOR": "false"})


def test_a_link_that_leads_nowhere_is_not_written_through(root: Path) -> None:
    (root / "content/2020").mkdir()
    (root / "content/2020/t.md").symlink_to(root / "elsewhere")
    done = article(root, "T", date="2020-01-01")

    assert done.place.name == "t-2.md"
    assert not (root / "elsewhere").exists()
