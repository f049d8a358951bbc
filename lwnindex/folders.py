"""Whether the folders of a site can be what they are named as, before anything is read or written."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from lwnindex import loading
from lwnindex.config import Found
from lwnindex.problems import SiteError
from lwnindex.settings import Config

_DEFAULT = Config().content
_NO_SITE = (
    "there is no site here: no lwnindex.toml in this folder or above it, and no folder content. "
    "`lwnindex new site DIR` begins one; --content DIR names a folder of articles."
)


def check_content(found: Found) -> list[Path]:
    """Return the content folders; refuse one that is missing, or that would be read twice."""
    if found.file is None and found.config.content == _DEFAULT and not (found.root / _DEFAULT[0]).exists():
        raise SiteError(_NO_SITE, exit_code=2)
    folders = [place.folder.resolve() for place in loading.places(found.config, found.root)]
    for one, other in combinations(folders, 2):
        if _overlap(one, other):
            raise SiteError(f"the content folders {one} and {other} lie in one another. Name one of them.", 2)
    return folders


def check_folders(found: Found) -> None:
    """Refuse content that cannot be read, and an output folder that holds what is read, or lies in it."""
    content = check_content(found)
    output = found.output.resolve()
    if output.exists() and not output.is_dir():
        raise SiteError(
            f"the output {output} is a file, not a folder. Name another: --output DIR.", exit_code=2
        )
    store, static = ((found.root / name).resolve() for name in (found.config.store, found.config.static))
    if output == store:
        raise SiteError(
            f"the output {output} is the store, too. Name another: --output DIR or --store DIR.", 2
        )
    if store.is_relative_to(static):
        raise SiteError(f"the store {store} would be published with {static}. Name another: --store DIR.", 2)
    own = [(found.root / name).resolve() for name in (found.config.static, "templates", "themes")]
    for folder in (*content, *own):
        if output.is_relative_to(folder) or (folder.is_relative_to(output) and folder.exists()):
            raise SiteError(
                f"the output {output} and {folder} lie in one another. Name another: --output DIR.", 2
            )


def _overlap(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)
