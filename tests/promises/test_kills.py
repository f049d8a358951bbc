"""Promises 1 and 2: a build killed at any moment leaves whole files, and the next one ends as a clean one."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lwnindex.lock import held
from lwnindex.problems import SiteError
from tests.lengths import trials
from tests.loaded import Ended, Loaded, Order, loaded
from tests.misbehaving import misbehaving, versioned
from tests.promises.walking import SEED, SIZE, Walk
from tests.sites import tree
from tests.states import (
    EDITS,
    PLAIN,
    STORE,
    Archive,
    Tree,
    differences,
    left_in_store,
    strays,
    toggled,
)

Figure = Callable[[str], None]


def test_a_build_killed_at_any_moment_leaves_whole_files_and_the_next_one_mends_all(
    memory: Path, program: Loaded, figure: Figure
) -> None:
    count = trials(12, 1000)
    walk = Walk(Archive(memory / "archive", program, SIZE), SEED)
    while walk.kills < count:
        walk.step()
    figure(
        f"{walk.kills} kills: 0 half files, {walk.kills} of {count} recovered ({walk.mixed} while renaming)"
    )


def test_a_build_that_was_stopped_holds_others_off_until_it_is_killed(memory: Path, program: Loaded) -> None:
    archive = Archive(memory / "archive", program, 20)
    archive.built()
    archive.become(toggled(PLAIN, EDITS))
    store = str(archive.store)

    staging = str(archive.root / ".site.lwnindex-part")

    with ThreadPoolExecutor(1) as one, loaded() as other:
        other.ran(Order(("config",), str(archive.root)))
        stopped = one.submit(archive.built, "--jobs=2", after=0.0, once=(staging,), stopped=2.0)
        while not is_held(archive.store):
            assert not stopped.done(), stopped.result()
        ended = other.ran(archive.order())

    assert stopped.result().is_killed
    assert (ended.code, ended.said) == (
        0,
        f"lwnindex: Another build is at work in {store}; waiting for it to end.\n",
    )
    assert differences(archive.found(), archive.clean(archive.state)) == set()


def is_held(folder: Path) -> bool:
    """Tell whether somebody works in a folder."""
    try:
        with held({"store": folder}, 0):
            return False
    except SiteError:
        return True


def test_builds_started_together_end_as_one(memory: Path, program: Loaded, figure: Figure) -> None:
    archive = Archive(memory / "archive", program, 20)
    chance, rounds = random.Random(SEED), trials(2, 100)
    for _ in range(rounds):
        archive.become(toggled(archive.state, chance.sample(EDITS, 3)))
        if chance.random() < 0.3:
            shutil.rmtree(archive.output, ignore_errors=True)
            shutil.rmtree(archive.store, ignore_errors=True)
        together = program.ran_together(archive.order("--jobs=2", together=8))
        assert {(one.code, told(one)) for one in together} == {(0, "")}
        assert differences(archive.found(), archive.clean(archive.state)) == set()
        assert left_in_store(archive.store) == STORE
    figure(f"8 builds at once, {rounds} of {rounds} times a clean site")


def told(ended: Ended) -> str:
    """Return what a build said but that it waits."""
    lines = ended.said.splitlines()
    return "\n".join(line for line in lines if not line.startswith("lwnindex: Another build is at work in "))


def test_an_import_killed_at_any_moment_leaves_whole_articles_and_the_next_one_ends_as_one_alone(
    memory: Path, program: Loaded, figure: Figure
) -> None:
    for number in range(60):
        put(memory / f"old/_posts/2009-12-22-n{number}.md", POST.format(number=number))
        put(memory / f"old/pictures/{number}.bin", f"{number}" * 1000)
    orders = {name: importing(memory, name) for name in ("alone", "killed")}
    whole = program.ran(orders["alone"])
    assert whole.code == 0, whole.said
    right = tree(memory / "alone/content")
    chance, kills, count = random.Random(SEED), 0, trials(4, 200)
    while kills < count:
        shutil.rmtree(memory / "killed", ignore_errors=True)
        (memory / "killed").mkdir()
        after = chance.uniform(0, whole.seconds)
        kills += program.ran(importing(memory, "killed")._replace(after=after)).is_killed
        assert strays(visible(memory / "killed/content"), right) == {}
        again = program.ran(orders["killed"])
        assert again.code == 0, again.said
        assert differences(tree(memory / "killed/content"), right) == set()
    figure(f"{kills} of {count} imports recovered, 0 half files")


POST = """---
title: Number {number}
categories: News
---
Some words, and ![a picture](/pictures/{number}.bin).
"""


def put(place: Path, text: str) -> None:
    """Write a file, with the folders that it needs."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)


def importing(folder: Path, name: str) -> Order:
    """Return the order to import an archive into a site that is called so."""
    (folder / name).mkdir(exist_ok=True)
    return Order(("import", str(folder / "old"), "--as", "jekyll"), str(folder / name))


ITEM = (
    "<item><guid>{number}</guid><link>https://news.example/{number}</link><title>About {number}</title>"
    "<pubDate>Tue, 22 Dec 2009 10:00:00 GMT</pubDate><description>Words.</description></item>"
)


def test_a_fetch_killed_at_any_moment_leaves_whole_articles_and_the_next_one_ends_as_one_alone(
    memory: Path, program: Loaded, figure: Figure
) -> None:
    items = "".join(ITEM.format(number=number) for number in range(60))
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>'
    feed = f"{head}<link>https://news.example/</link>{items}</channel></rss>".encode()
    chance, kills, count = random.Random(SEED), 0, trials(3, 200)
    with misbehaving({"/feed": versioned(feed, '"1"', "Tue, 22 Dec 2009 10:00:00 GMT")}) as server:
        url = f"{server.url}/feed"
        seconds = program.ran(fetching(memory / "alone", url)).seconds
        right = tree(memory / "alone/content")
        assert len(right) == 60
        while kills < count:
            order = fetching(memory / "killed", url)
            after = chance.uniform(0, seconds)
            kills += program.ran(order._replace(after=after)).is_killed
            assert strays(visible(memory / "killed/content"), right) == {}
            again = program.ran(order)
            assert again.code == 0, again.said
            assert differences(tree(memory / "killed/content"), right) == set()
    figure(f"{kills} of {count} fetches recovered, 0 half files")


def fetching(root: Path, url: str) -> Order:
    """Return the order to fetch a feed into a site of which nothing is there yet."""
    shutil.rmtree(root, ignore_errors=True)
    put(root / "lwnindex.toml", f'[site]\nurl = "https://example.org/"\n[[feeds]]\nurl = "{url}"\n')
    return Order(("fetch", "--allow-private", "127.0.0.1"), str(root))


def visible(content: Path) -> Tree:
    """Return the files of a content folder that a build may see."""
    files = tree(content) if content.exists() else {}
    return {path: text for path, text in files.items() if not any(p.startswith(".") for p in path.split("/"))}
