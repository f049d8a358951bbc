"""An archive that can be in many states, with the clean site of each, and what must hold of a site of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.edits import overwritten
from tests.loaded import Ended, Loaded, Order
from tests.sites import PAGE, TOML, Site, article, tree

EDITS = ("body", "title", "added", "deleted", "topic", "template", "name")
"""What may be other in a state; the last two change every page."""

THEIRS = {"CNAME": b"news.example", ".git/HEAD": b"ref", "Articles/notes.txt": b"of somebody"}
"""Files of others in an output, also in a folder of ours."""

Tree = Mapping[str, bytes]
State = frozenset[str]
PLAIN: State = frozenset()
SYMLINK = '[output]\nswitch = "symlink"\n'
"""The lines of a configuration by which a site is a link to a whole tree."""


TREES = ".site.lwnindex-trees"
"""The folder beside such a link that holds the trees."""


def contents(state: State, size: int, more: str = "") -> dict[str, str]:
    """Return the files of a state by their paths, with `size` articles and more lines of configuration."""
    files = {f"content/a{number}.md": _article(number, state, size) for number in range(size)}
    if "added" in state:
        files["content/added.md"] = article("Added", "See [the first](/Articles/a0/).", topic="Added/One")
    if "deleted" in state:
        del files[f"content/a{size // 2}.md"]
    name = "Another" if "name" in state else "T"
    page = PAGE.replace("<p>", "<p>Changed: ") if "template" in state else PAGE
    toml = TOML.replace('title = "T"', f'title = "{name}"')
    return {**files, "lwnindex.toml": toml + more, "themes/tiny/templates/all.html": page}


def _article(number: int, state: State, size: int) -> str:
    topic = f"Kernel/Part {number % 10}"
    if "topic" in state and topic == "Kernel/Part 3":
        topic = "Kernel/Renamed"
    title = f"Other {number}" if "title" in state and number == 2 else f"Number {number}"
    body = "Other words." if "body" in state and number == 1 else "First words."
    link = f"[the next](/Articles/a{(number + 1) % size}/)"
    return article(title, f"{body} See {link}.\n\nMore.", day=number % 28 + 1, topic=topic)


class Archive:
    """An archive in a folder, the output `site` and the store `store` in it or elsewhere."""

    def __init__(self, root: Path, program: Loaded, size: int, more: str = "") -> None:
        self.root, self.program = root, program
        self.output, self.store = root / "site", root / "store"
        self._size, self._more = size, more
        self._clean: dict[State, Tree] = {}
        root.mkdir(parents=True, exist_ok=True)
        Site(root)
        self.state: State = PLAIN
        self.become(PLAIN)

    def become(self, state: State) -> None:
        """Have the files of a state."""
        _put(self.root, contents(state, self._size, self._more))
        self.state = state

    def order(self, *more: str, **befalls: object) -> Order:
        """Return the order to build it, with more options; `befalls` are other fields of the order."""
        folders = ["--store", str(self.store)]
        if self.output != self.root / "site":
            folders += ["--output", str(self.output)]
        order = Order(("build", "--quiet", *folders, *more), str(self.root))
        return order._replace(**befalls)  # type: ignore[arg-type]

    def built(self, *more: str, **befalls: object) -> Ended:
        """Build it, and return how that ended."""
        return self.program.ran(self.order(*more, **befalls))

    def clean(self, state: State) -> Tree:
        """Return the site of a state as a clean build in another folder writes it."""
        if state not in self._clean:
            self._clean[state] = self._cleanly(state)
        return self._clean[state]

    def _cleanly(self, state: State) -> Tree:
        root = self.root.with_name(f"{self.root.name}-clean")
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        Site(root)
        _put(root, contents(state, self._size))
        ended = self.program.ran(Order(("build", "--quiet", "--executor=serial"), str(root)))
        assert (ended.code, ended.said) == (0, "")
        return tree(root / "site")

    def found(self) -> Tree:
        """Return the files that stand in the site."""
        return tree(self.output) if self.output.exists() else {}

    def remove(self) -> None:
        """Remove the site, also one that is a link to a tree, and the store."""
        if self.output.is_symlink():
            self.output.unlink()
        for place in (self.output, self.store, self.output.with_name(TREES)):
            shutil.rmtree(place, ignore_errors=True)

    def put_theirs(self) -> None:
        """Put files of others into the output."""
        for path, content in THEIRS.items():
            (self.output / path).parent.mkdir(parents=True, exist_ok=True)
            (self.output / path).write_bytes(content)


def _put(root: Path, files: Mapping[str, str]) -> None:
    """Have these files in a root, and no other articles, each touched only where it changes."""
    wanted = {root / path: text.encode() for path, text in files.items()}
    for place in (root / "content").glob("*"):
        if place not in wanted:
            place.unlink()
    for place, content in wanted.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.exists() or place.read_bytes() != content:
            overwritten(place, content)


def strays(found: Tree, *wholes: Tree) -> dict[str, int]:
    """Return the files, with their sizes, that are whole in none of some trees."""
    return {
        path: len(content)
        for path, content in found.items()
        if not any(one.get(path) == content for one in wholes)
    }


def differences(found: Tree, right: Tree) -> set[str]:
    """Return the paths at which two trees differ."""
    return {path for path in found.keys() | right.keys() if found.get(path) != right.get(path)}


def names(folder: Path) -> set[str]:
    """Return the names in a folder."""
    return {each.name for each in folder.iterdir()}


def left_in_store(store: Path) -> list[str]:
    """Return the names of what a store's folder holds, random parts of them left out."""
    return sorted(name.split("-")[0] + Path(name).suffix for name in names(store))


STORE = ["store.log", "store.pack"]
"""What `left_in_store` says of a store in which nothing was left behind."""


def toggled(state: State, edits: Iterable[str]) -> State:
    """Return a state in which some edits are done that were not, and those undone that were."""
    return state ^ frozenset(edits)
