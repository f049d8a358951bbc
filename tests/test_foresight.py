"""What old addresses need, so that none of them leads nowhere after topics were renamed."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from lwnindex import visits
from lwnindex.config import Found
from lwnindex.foresight import foreseen, missing
from lwnindex.model import Catalog, Entry
from lwnindex.options import Options
from lwnindex.problems import SiteError
from lwnindex.refiling.renaming import Renaming
from lwnindex.site import build
from lwnindex.thesaurus import written
from tests.makers import entry
from tests.sites import article, tree
from tests.test_refile import begun, done


def catalog(found: Found) -> Catalog:
    return visits.look(found, Options(), lambda seen: seen.catalog)


def leads(found: Found) -> dict[str, Entry]:
    """Return the topic of each address."""
    seen = catalog(found)
    known = {one.path: one.topic for one in (*reversed(seen.former), *seen.sees)}
    return known | {topic.path: one for one, topic in seen.topics.items()}


def standing(found: Found) -> dict[str, Entry]:
    """Return the topics by the addresses of their pages."""
    return {topic.path: one for one, topic in catalog(found).topics.items() if len(one) > 1}


def filed(root: Path, *topics: str) -> Found:
    """Return a site with an article of each topic."""
    return begun(
        root, {f"{at}.md": article(f"N{at}", "Text.", topic=f"Kernel/{one}") for at, one in enumerate(topics)}
    )


CHAINS = {
    "all goes from below a topic": (("A/x", "B"), [("move", "A/x", "B")], '["Kernel/A"]\n'),
    "all goes from two levels": (("A/x/y", "B"), [("move", "A/x/y", "B")], '["Kernel/A/x"]\n'),
    "something stays below it": (("A/x", "A/y", "B"), [("move", "A/x", "B")], ""),
    "a name by two aliases": (
        ("A/x", "B/y", "C"),
        [("rename", "A", "Z"), ("rename", "Z/x", "Z/w"), ("merge", "Z", "B"), ("merge", "B", "C")],
        "hidden =",
    ),
    "of a case, and into another": (
        ("K k", "K k/x", "B"),
        [("rename", "K k", "K K"), ("merge", "K K", "B")],
        '["Kernel/K k", "Kernel/K K"]\nfolder = "B"\n',
    ),
    "of a case, and below another": (
        ("K k", "K k/x", "B"),
        [("rename", "K k", "K K"), ("move", "K K", "B")],
        'folder = "K_k"\n',
    ),
    "of a case, elsewhere, and what is above, too": (
        ("A/K k", "B"),
        [("rename", "A/K k", "A/K K"), ("rename", "A/K K", "A/x"), ("merge", "A", "B")],
        'folder = "x"\n',
    ),
    "of two cases, one after the other": (
        ("kk", "Kk", "B"),
        [("merge", "Kk", "B"), ("merge", "kk", "B")],
        '["Kernel/kk", "Kernel/Kk"]\n',
    ),
    "of two cases, the plain one first": (
        ("kk", "Kk", "B"),
        [("merge", "kk", "B"), ("merge", "Kk", "B")],
        '["Kernel/kk", "Kernel/Kk"]\n',
    ),
    "of a case, above an older name": (
        ("Solid", "Solid/x"),
        [("move", "Solid/x", ""), ("rename", "Solid", "sOLID")],
        'addresses = ["/Kernel/Solid/x/"]\n',
    ),
    "of a case, above an older name, then merged": (
        ("Solid", "Solid/x", "B"),
        [("move", "Solid/x", ""), ("rename", "Solid", "sOLID"), ("merge", "x", "B")],
        '["Kernel/B"]\n',
    ),
    "of a case, then another": (
        ("Tree house", "Tree house/x"),
        [("rename", "Tree house", "Tree House"), ("rename", "Tree House", "Forest")],
        'aliases = ["Kernel/Tree house", "Kernel/Tree House"]\n',
    ),
    "of a case, then what is above, then another": (
        ("A/Tree house", "A/x"),
        [("rename", "A/Tree house", "A/Tree House"), ("rename", "A", "B"), ("rename", "B/Tree House", "B/y")],
        '"/Kernel/B/Tree_house/"',
    ),
    "what was below goes on with another": (
        ("A/x", "A/y", "B"),
        [("rename", "A", "C"), ("merge", "C/x", "B"), ("merge", "C", "B")],
        'hidden = ["Kernel/A/x"]\n',
    ),
}

TAKEN = {
    "what is above has it in another case": ("rename", "é", "É/x"),
    "another name has it in another case": ("rename", "B", "Q/OLD"),
}


@pytest.mark.parametrize("case", TAKEN)
def test_no_page_comes_to_stand_at_the_address_of_another(tmp_path: Path, case: str) -> None:
    found = filed(tmp_path, "é", "B", "Q/old", "Z")
    done(found, "rename", "Kernel/Q/old", "Kernel/Z/old")
    verb, old, new = TAKEN[case]
    before = tree(tmp_path / "content")
    with pytest.raises(SiteError, match="differ in case only"):
        done(found, verb, f"Kernel/{old}", f"Kernel/{new}")
    assert tree(tmp_path / "content") == before


def test_no_page_below_a_moved_topic_comes_to_stand_at_the_address_of_another(tmp_path: Path) -> None:
    found = filed(tmp_path, "A", "A/X", "B", "B/A/x", "Z")
    done(found, "rename", "Kernel/B/A/x", "Kernel/Z/x")
    with pytest.raises(SiteError, match='"Kernel/B/A/X" would stand at /Kernel/B/A/x/'):
        done(found, "merge", "Kernel/A", "Kernel/B/A")


ELSEWHERE = {
    "a topic's page": '["Kernel/A"]\naddresses = ["/Kernel/B/", "/kernel/b/"]\n',
    "another name's page": '["Kernel/A"]\naddresses = ["/kernel/z/"]\n["Kernel/B"]\naliases = ["Kernel/Z"]\n',
    "the same for two topics": '["Kernel/A"]\naddresses = "/old/"\n["Kernel/B"]\naddresses = ["/Old/"]\n',
    "the same twice for one": '["Kernel/A"]\naddresses = ["/x.html", "/X.html"]\n',
}
"""Addresses at which no page stands for its topic, since something else does."""


@pytest.mark.parametrize("case", ELSEWHERE)
def test_an_address_that_never_led_to_a_topic_is_in_no_ones_way(tmp_path: Path, case: str) -> None:
    found = filed(tmp_path, "A", "B", "C")
    topics = tmp_path / "content/topics.toml"
    topics.write_text(ELSEWHERE[case])
    done(found, "rename", "Kernel/C", "Kernel/D")
    assert topics.read_text() == ELSEWHERE[case] + '\n["Kernel/D"]\naliases = ["Kernel/C"]\n'


CLASHES = {
    "of two cases, one after the other": {"near-duplicate"},
    "of two cases, the plain one first": {"near-duplicate"},
}
"""What the builds after some chains tell, since there are names that differ in case alone."""


@pytest.mark.parametrize("chain", CHAINS)
def test_each_address_that_led_to_a_topic_does_after_each_step(tmp_path: Path, chain: str) -> None:
    topics, steps, wanted_text = CHAINS[chain]
    found = filed(tmp_path, *topics)
    wanted = standing(found)
    for verb, old, new in steps:
        renaming = Renaming(done(found, verb, f"Kernel/{old}", f"Kernel/{new}".rstrip("/")).pairs)
        wanted = {path: renaming.of(one) for path, one in wanted.items()} | standing(found)
        assert {path: leads(found).get(path) for path in wanted} == wanted
    text = (tmp_path / "content/topics.toml").read_text()
    assert wanted_text in text
    assert wanted_text or "hidden" not in text
    assert {one.code for one in build(found).problems} <= CLASHES.get(chain, set())


def test_what_is_foreseen_is_what_comes(tmp_path: Path) -> None:
    found = filed(tmp_path, "A/x", "B")
    renaming = Renaming(((entry("Kernel/A/x"), entry("Kernel/B/x")),))
    file = "content/topics.toml"
    texts = {file: '["Kernel/B/x"]\naliases = ["Kernel/A/x"]\n'}
    lost = visits.look(
        found, Options(), lambda seen: missing(seen.catalog, foreseen(seen, renaming, texts), renaming)
    )
    assert lost == {entry("Kernel/A"): ()}
    texts[file] += '\n["Kernel/A"]\n'
    ahead = visits.look(found, Options(), lambda seen: foreseen(seen, renaming, texts))
    done(found, "move", "Kernel/A/x", "Kernel/B")
    assert (tmp_path / file).read_text() == texts[file]
    after = catalog(found)
    assert (ahead.topics, ahead.sees, ahead.former) == (after.topics, after.sees, after.former)


ALIKE = ("A", "a", "Tree house", "Tree House", "tree house", "x", "X", "é", "É", "10")


def step(random: Random, topics: list[str]) -> tuple[str, str, str]:
    """Return something to be done to one of these topics, with names that are much alike."""
    old, name = random.choice(topics), random.choice(ALIKE)
    above = old.rpartition("/")[0]
    return random.choice(
        [
            ("rename", old, f"{above}/{name}"),
            ("rename", old, f"Kernel/{name}/{random.choice(ALIKE)}"),
            ("rename", old, f"{above}/{old.rpartition('/')[2].swapcase()}"),
            ("merge", old, random.choice(topics)),
            ("move", old, random.choice([*topics, "Kernel"])),
        ]
    )


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_done_to_names_that_are_alike_no_address_is_lost(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    found = filed(
        tmp_path, *sorted({"/".join(random.choices(ALIKE, k=random.randint(1, 3))) for _ in range(6)})
    )
    wanted, did = standing(found), 0
    while did < 8:
        verb, old, new = step(random, sorted(map(written, standing(found).values())))
        try:
            renaming = Renaming(done(found, verb, old, new).pairs)
        except SiteError:
            continue
        did += 1
        wanted = {path: renaming.of(one) for path, one in wanted.items()} | standing(found)
        known = leads(found)
        assert {path: known.get(path) for path in wanted} == wanted
    build(found)
    feeds = (path.replace("index.html", "feed.atom") for path in wanted)
    assert {*wanted, *feeds} <= {*tree(tmp_path / "site")}
