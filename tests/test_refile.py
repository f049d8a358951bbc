"""Topics renamed, merged and moved on whole sites."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lwnindex import config, site, visits
from lwnindex.config import Found
from lwnindex.model import Entry
from lwnindex.options import Options
from lwnindex.problems import SiteError
from lwnindex.refile import Report, refile
from lwnindex.refiling.orders import Order
from lwnindex.refiling.renaming import Renaming
from tests.makers import entry
from tests.programs import ROOT
from tests.sites import article, tree
from tests.test_real_sites import FOLDERS

TOML = '[site]\ntitle = "T"\nurl = "https://example.org/"\n'
ARTICLES = {
    "1.md": article("One", "Text.", topic="Kernel/Memory/Swap, Kernel/Memory"),
    "2.md": article("Two", "Text.", topic="Kernel/Paging, Kernel/Memory, Security/Tools"),
    "3.md": article("Three", "Text.", topic="Kernel/Block layer"),
}


@pytest.fixture
def found(tmp_path: Path) -> Found:
    return begun(tmp_path, ARTICLES)


def begun(root: Path, articles: dict[str, str], toml: str = TOML) -> Found:
    for path, text in articles.items():
        (root / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / path).write_text(text)
    (root / "lwnindex.toml").write_text(toml)
    return config.load(root / "lwnindex.toml", {}, {})


def done(found: Found, verb: str, *names: str, **how: bool) -> Report:
    return refile(found, Order(verb, names[:-1], names[-1], **how))  # type: ignore[arg-type]


def entries(found: Found) -> dict[str, tuple[Entry, ...]]:
    """Return the entries of all articles as their sources have them."""
    return visits.look(
        found,
        Options(),
        lambda seen: {each.card.file: each.card.entries for one in seen.parsed for each in one.articles},
    )


def test_a_topic_goes_with_all_below_it_and_its_old_name_is_an_alias(found: Found) -> None:
    report = done(found, "rename", "Kernel/Memory", "Kernel/Memory management")
    assert (report.entries, report.files, report.is_done) == (3, ("content/1.md", "content/2.md"), True)
    content = tree(found.root / "content")
    topics = content.pop("topics.toml").decode()
    assert topics == '["Kernel/Memory management"]\naliases = ["Kernel/Memory"]\n'
    assert {path: text.decode() for path, text in content.items()} == {
        path: text.replace("Kernel/Memory", "Kernel/Memory management") for path, text in ARTICLES.items()
    }


def test_merged_topics_are_one(found: Found) -> None:
    report = done(found, "merge", "Kernel/Paging", "Kernel/Memory/Swap", "Kernel/Memory")
    assert report.is_done
    assert entries(found)["content/1.md"] == (("Kernel", "Memory"),)
    assert entries(found)["content/2.md"] == (("Kernel", "Memory"), ("Security", "Tools"))
    assert (
        'aliases = ["Kernel/Paging", "Kernel/Memory/Swap"]'
        in (found.root / "content/topics.toml").read_text()
    )


def test_a_topic_moves_below_another_and_into_another_index(found: Found) -> None:
    done(found, "move", "Kernel/Paging", "Kernel/Memory")
    done(found, "move", "Kernel/Memory", "Security")
    assert entries(found)["content/2.md"] == (
        ("Security", "Memory", "Paging"),
        ("Security", "Memory"),
        ("Security", "Tools"),
    )


def test_a_dry_run_shows_a_diff_and_writes_nothing(found: Found) -> None:
    before = tree(found.root / "content")
    report = done(found, "rename", "Kernel/Block layer", "Kernel/Blocks", dry_run=True)
    assert tree(found.root / "content") == before
    assert "--- content/3.md\n+++ content/3.md\n" in report.diff
    assert "-entries: [Kernel/Block layer]\n+entries: [Kernel/Blocks]\n" in report.diff
    assert '--- /dev/null\n+++ content/topics.toml\n@@ -0,0 +1,2 @@\n+["Kernel/Blocks"]\n' in report.diff


def test_a_diff_names_a_file_on_one_line(found: Found) -> None:
    (found.root / 'content/a\n+b\x1b "\u202e".md').write_bytes((found.root / "content/3.md").read_bytes())
    report = done(found, "rename", "Kernel/Block layer", "Kernel/Blocks", dry_run=True)
    name = r'"content/a\012+b\033 \"\342\200\256\".md"'
    assert f"--- {name}\n+++ {name}\n@@" in report.diff


@pytest.mark.parametrize(
    ("verb", "names", "said"),
    [
        ("rename", ("Kernel/Memry", "Kernel/X"), 'no topic "Kernel/Memry". Did you mean "Kernel/Memory"?'),
        ("rename", ("Kernel/Memory", "Kernel/Memory"), "is what it is already"),
        ("rename", ("Kernel/Memory", "Kernel/Memory/Old"), "stands below"),
        ("rename", ("Kernel/Memory", "Kernel/Paging"), "lwnindex topics merge"),
        ("rename", ("Kernel/Memory", "Kernal/Paging"), 'Did you mean "Kernel"?'),
        ("rename", ("Kernel/Memory", "Kernel"), "is an index"),
        ("rename", ("Kernel", "Security"), "is an index"),
        ("rename", ("Kernel/Memory", "Kernel//x"), "empty level"),
        ("merge", ("Kernel/Memory", "Kernel/Pging"), 'Did you mean "Kernel/Paging"?'),
        ("merge", ("Kernel/Memory", "Kernel/Memory/Swap"), "stands below"),
        ("move", ("Kernel/Memory/Swap", "Kernel/Memory"), "is what it is already"),
        ("move", ("Kernel/Memory", "Weather"), "there is no index"),
        ("rename", ("Kernel/Memory", "Kernel/PAGING"), 'differ in case only. Write "Kernel/Paging"'),
        ("rename", ("Kernel/Memory", "Kernel/block layer/X"), 'case only. Write "Kernel/Block layer"'),
    ],
)  # fmt: skip
def test_names_that_do_not_fit_are_refused(
    found: Found, verb: str, names: tuple[str, ...], said: str
) -> None:
    before = tree(found.root / "content")
    with pytest.raises(SiteError) as raised:
        done(found, verb, *names)
    assert said in str(raised.value)
    assert raised.value.exit_code == 2
    assert tree(found.root / "content") == before


def test_another_name_of_a_topic_is_led_to_it(found: Found) -> None:
    done(found, "rename", "Kernel/Memory", "Kernel/MM")
    with pytest.raises(SiteError, match='is another name of "Kernel/MM/Swap"'):
        done(found, "rename", "Kernel/Memory/Swap", "Kernel/X")
    with pytest.raises(SiteError, match='is another name of "Kernel/MM"'):
        done(found, "rename", "Kernel/Paging", "Kernel/Memory")
    assert done(found, "rename", "Kernel/MM", "Kernel/Memory").is_done
    content = tree(found.root / "content")
    assert content.pop("topics.toml") == b'["Kernel/Memory"]\naliases = ["Kernel/MM"]\n'
    assert content == {path: text.encode() for path, text in ARTICLES.items()}


def test_what_goes_below_another_name_of_a_topic_goes_below_its_own(found: Found) -> None:
    done(found, "rename", "Kernel/Memory", "Kernel/MM")
    assert done(found, "move", "Kernel/Paging", "Kernel/Memory").pairs == (
        (("Kernel", "Paging"), ("Kernel", "MM", "Paging")),
    )
    done(found, "rename", "Kernel/Block layer", "Kernel/Memory/Blocks/Deep")
    filed = {one for each in entries(found).values() for one in each}
    assert {("Kernel", "MM", "Paging"), ("Kernel", "MM", "Blocks", "Deep")} <= filed
    with pytest.raises(SiteError, match="already"):
        done(found, "rename", "Security/Tools", "Kernel/Memory/Swap")


def test_a_name_may_be_written_in_another_case_but_not_as_another_name_has_it(found: Found) -> None:
    done(found, "rename", "Kernel/Paging", "Kernel/Pages")
    with pytest.raises(SiteError, match='Write "Kernel/Paging"'):
        done(found, "rename", "Kernel/Block layer", "Kernel/paging")
    assert done(found, "rename", "Kernel/Pages", "Kernel/PAGES").is_done
    assert done(found, "rename", "Kernel/PAGES", "Kernel/Pages").is_done


def test_a_name_of_what_goes_below_it_is_refused(found: Found) -> None:
    done(found, "move", "Kernel/Paging", "Kernel/Memory")
    with pytest.raises(SiteError, match=r'another name of "Kernel/Memory/Paging"\. Choose another'):
        done(found, "rename", "Kernel/Memory", "Kernel/Paging")


@pytest.mark.parametrize("name", ["Words", "page", "Index", "Tree/Swap"])
def test_a_name_that_the_site_has_for_pages_is_refused(found: Found, name: str) -> None:
    with pytest.raises(SiteError, match="has a page of its own"):
        done(found, "rename", "Kernel/Paging", f"Kernel/{name}")


CASES = {
    "renamed": (("Linux Lab", "Linux Lab/Sub"), ("rename", "Kernel/Linux Lab", "Kernel/LINUX LAB")),
    "merged": (
        ("Kprobes", "KProbes", "Kprobes/Old", "KProbes/New"),
        ("merge", "Kernel/Kprobes", "Kernel/KProbes"),
    ),
    "merged into the older": (("Kprobes", "KProbes"), ("merge", "Kernel/KProbes", "Kernel/Kprobes")),
    "of three": (("Kprobes", "KProbes", "kprobes"), ("merge", "Kernel/Kprobes", "Kernel/KProbes")),
    "gone from beside": (("Long", "lONG", "Other"), ("merge", "Kernel/Long", "Kernel/Other")),
    "grown older": (("Ancient", "Long", "lONG"), ("merge", "Kernel/Ancient", "Kernel/lONG")),
    "both into another": (("lONG", "Long", "Other"), ("merge", "Kernel/Long", "Kernel/lONG", "Kernel/Other")),
    "both into another, the older first": (
        ("lONG", "Long", "Other"),
        ("merge", "Kernel/lONG", "Kernel/Long", "Kernel/Other"),
    ),
    "of a subtree": (("A", "A/x", "B", "B/X"), ("merge", "Kernel/A", "Kernel/B")),
}


@pytest.mark.parametrize("case", CASES)
def test_addresses_that_differ_in_case_alone_lead_on(tmp_path: Path, case: str) -> None:
    topics, (verb, *names) = CASES[case]
    articles = {
        f"{day}.md": article(f"N{day}", "Text.", day=day, topic=f"Kernel/{one}")
        for day, one in enumerate(topics, 1)
    }
    found = begun(tmp_path, articles)
    before = visits.look(found, Options(), lambda seen: seen.catalog.topics)
    site.build(found)
    old = {path for path in tree(tmp_path / "site") if path.rpartition("/")[2].startswith("feed.")}
    report = done(found, verb, *names)
    site.build(found)
    catalog = visits.look(found, Options(), lambda seen: seen.catalog)
    leads = {one.path: one.topic for one in (*catalog.former, *catalog.sees)}
    leads |= {one.path: entry for entry, one in catalog.topics.items()}
    renaming = Renaming(report.pairs)
    wanted = {topic.path: renaming.of(entry) for entry, topic in before.items()}
    assert {path: leads.get(path) for path in wanted} == wanted
    assert old
    assert {*wanted, *old} <= {*tree(tmp_path / "site")}


def test_a_topic_below_gets_no_name_that_leads_elsewhere_from_then_on(tmp_path: Path) -> None:
    found = begun(tmp_path, {"1.md": article("One", "Text.", topic="Kernel/A/x/x, Kernel/A/x/y")})
    with pytest.raises(SiteError, match=r'"Kernel/A/x/x" would be called "Kernel/A/x".*Rename it first'):
        done(found, "merge", "Kernel/A/x", "Kernel/A")
    done(found, "rename", "Kernel/A/x/x", "Kernel/A/x/z")
    done(found, "merge", "Kernel/A/x", "Kernel/A")
    assert [*entries(found).values()] == [(entry("Kernel/A/z"), entry("Kernel/A/y"))]


OBSTACLES = {
    "link": ("content/4.md", "is a link"),
    "setting": ("lwnindex.toml:7", "`entries` of [[sources]]"),
}


@pytest.mark.parametrize("kind", OBSTACLES)
def test_what_stands_in_the_way_stops_all_unless_it_is_left_to_the_alias(tmp_path: Path, kind: str) -> None:
    table = '[[sources]]\npath = "content/posts"\npreset = "plain"\nentries = ["Kernel/Memory"]\n'
    articles = ARTICLES | (
        {"posts/p.md": "---\ntitle: P\ndate: 2020-01-01\n---\nText.\n"} if kind == "setting" else {}
    )
    found = begun(tmp_path, articles, TOML + (table if kind == "setting" else ""))
    if kind == "link":
        (tmp_path / "content/4.md").symlink_to("2.md")
    before = tree(tmp_path / "content")
    report = done(found, "rename", "Kernel/Memory", "Kernel/MM")
    (obstacle,) = report.obstacles
    place, why = OBSTACLES[kind]
    assert (f"{obstacle.file}:{obstacle.line}" if obstacle.line else obstacle.file) == place
    assert why in obstacle.why
    assert obstacle.fix == (
        "Put the file itself there, or leave it to the alias: --leave-to-alias."
        if kind == "link"
        else "Change it there, or leave it to the alias: --leave-to-alias."
    )
    assert not report.is_done
    assert tree(tmp_path / "content") == before
    assert done(found, "rename", "Kernel/Memory", "Kernel/MM", leave=True).is_done
    assert b"Kernel/MM" in (tmp_path / "content/2.md").read_bytes()
    assert b'aliases = ["Kernel/Memory"]' in (tmp_path / "content/topics.toml").read_bytes()


def test_a_file_that_may_only_be_read_is_replaced_as_by_any_editor_and_stays_so(tmp_path: Path) -> None:
    found = begun(tmp_path, ARTICLES, TOML)
    (tmp_path / "content/1.md").chmod(0o444)

    assert done(found, "rename", "Kernel/Memory", "Kernel/MM").is_done
    assert b"Kernel/MM" in (tmp_path / "content/1.md").read_bytes()
    assert (tmp_path / "content/1.md").stat().st_mode & 0o777 == 0o444


def test_queries_that_name_the_topic_are_told_with_their_lines(tmp_path: Path) -> None:
    toml = TOML + '[[feeds_out.query]]\nname = "q"\nany = [\n  "Kernel/Paging",\n  "Kernel/Memory/Swap",\n]\n'
    report = done(begun(tmp_path, ARTICLES, toml), "rename", "Kernel/Memory", "Kernel/MM")
    assert report.is_done
    assert [(one.file, one.line, one.why) for one in report.remarks] == [
        ("lwnindex.toml", 8, '"Kernel/Memory/Swap" is called "Kernel/MM/Swap" from then on.')
    ]


@pytest.mark.parametrize("moment", range(6))
def test_a_killed_rename_leaves_all_old_or_the_next_command_makes_all_new(
    tmp_path: Path, moment: int
) -> None:
    articles = {f"{number}.md": article(f"T{number}", "Text.", topic="Kernel/Old") for number in range(200)}
    found = begun(tmp_path, articles)
    visits.look(found, Options(), lambda _seen: None)
    command = [sys.executable, "-m", "lwnindex", "topics", "rename", "Kernel/Old", "Kernel/New"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    started = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, env=environment)
    part = tmp_path / ".lwnindex/rewriting"
    while started.poll() is None and len(list(part.glob("*"))) < (1, 40, 120, 200, 201, 202)[moment]:
        time.sleep(0.0005)
    started.kill()
    started.wait()
    held = set(entries(found).values())
    assert held in ({(("Kernel", "Old"),)}, {(("Kernel", "New"),)})
    assert (tmp_path / "content/topics.toml").exists() == (held == {(("Kernel", "New"),)})
    assert not part.exists()


# Real archives -----------------------------------------------------------------------------------


Known = dict[str, tuple[Entry, ...]]


def sample(known: Known, seed: int, count: int) -> list[tuple[str, Entry, Entry]]:
    """Return some (verb, old, new) of the topics of an archive."""
    chance = random.Random(seed)
    topics = sorted({entry for found in known.values() for entry in found})
    out: list[tuple[str, Entry, Entry]] = []
    while len(out) < count:
        old = chance.choice(topics)
        old = old[: chance.randint(2, len(old))]
        verb = ("rename", "merge", "move")[len(out) % 3]
        beside = [one for one in topics if one[0] == old[0] and one[: len(old)] != old]
        if verb == "merge" and beside:
            out.append((verb, old, chance.choice(beside)))
        elif verb == "rename":
            out.append((verb, old, (*old[:-1], f"Renamed {len(out)}")))
        elif old[0] not in ("Tags", "Categories"):
            out.append((verb, old, ("Security", f"Moved {len(out)}", old[-1])))
        elif verb == "move":
            out.append(("rename", old, (old[0], f"Moved {len(out)}")))
    return out


def after_only_entries_changed(found: Found, known: Known, verb: str, old: Entry, new: Entry) -> Known:
    """Do an order and return the entries of all articles, when no more than those it names changed."""
    content = found.root / "content"
    before = tree(content)
    target = new[:-1] if verb == "move" else new
    report = done(found, verb, "/".join(old), "/".join(target), leave=True)
    assert report.is_done
    after, renaming = tree(content), Renaming(report.pairs)
    after.pop("topics.toml", None)
    before.pop("topics.toml", None)
    stays = {one.file for one in report.obstacles}
    wanted = {file: one if file in stays else renaming.all_of(one) for file, one in known.items()}
    assert entries(found) == wanted
    changed = {path for path in before if before[path] != after[path]}
    assert set(before) == set(after)
    assert len(changed) == len(report.files)
    for path in changed:
        old_lines, new_lines = before[path].split(b"\n"), after[path].split(b"\n")
        differ = {*old_lines} ^ {*new_lines}
        assert len(old_lines) - len(new_lines) in range(5)
        assert len(differ) <= 12
    return wanted


def codes(report: site.Report) -> set[str]:
    """Return the codes of a site's problems, but what is said of a file of topics by who cannot read one."""
    return {
        one.code for one in report.problems if (one.code, one.file) != ("not-read", "content/topics.toml")
    }


def test_on_the_publication_s_articles_only_the_entries_named_change(shared: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(shared / "corpora/lwn-kernel-2009-2012", content, copy_function=shutil.copyfile)
    content.chmod(0o755)
    found = begun(tmp_path, {})
    before = site.build(found)
    known = entries(found)
    for verb, old, new in sample(known, 6, 6):
        known = after_only_entries_changed(found, known, verb, old, new)
    after = site.build(found)
    assert codes(after) <= codes(before)
    assert after.articles == before.articles


def test_on_archives_of_other_generators_only_the_entries_named_change(shared: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(shared / "corpora/archives", content, copy_function=shutil.copyfile)
    for folder in (content, *(one for one in content.rglob("*") if one.is_dir())):
        folder.chmod(0o755)
    tables = "".join(
        f'[[sources]]\npath = {json.dumps(f"content/{one.folder}")}\npreset = "{one.preset}"\n'
        for one in FOLDERS.values()
    )
    found = begun(tmp_path, {}, TOML + tables)
    before = codes(site.build(found))
    known = entries(found)
    for verb, old, new in sample(known, 7, 6):
        known = after_only_entries_changed(found, known, verb, old, new)
    assert codes(site.build(found)) <= before
