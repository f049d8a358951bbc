"""What hosts of static sites take at most.

GitHub Pages: a published site of 1 GB (docs.github.com, "GitHub Pages limits"); a file of 100 MiB, which is
what a repository takes. Cloudflare Pages: 20,000 files of 25 MiB each (developers.cloudflare.com, "Pages
limits"). Netlify: 54,000 files in a folder (docs.netlify.com, "Site deploys overview"). GitLab Pages: 1 GB
and 200,000 entries (docs.gitlab.com, "GitLab.com settings"). A GB is taken for 1,000,000,000 bytes, the less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lwnindex import names
from lwnindex.checking.faults import Fault
from lwnindex.settings import CheckSettings

_MIB = 1 << 20
_GB = 1_000_000_000
_NAMED = 3


class Budget(NamedTuple):
    """Files, their bytes together, those of one, and files in a folder; 0 where there is no limit."""

    files: int = 0
    size: int = 0
    largest: int = 0
    folder: int = 0


HOSTS: dict[str, Budget] = {
    "github-pages": Budget(size=_GB, largest=100 * _MIB),
    "gitlab-pages": Budget(files=200_000, size=_GB),
    "cloudflare-pages": Budget(files=20_000, largest=25 * _MIB),
    "netlify": Budget(folder=54_000),
}


def budget_of(settings: CheckSettings) -> Budget:
    """Return what a site may take: what the configuration says over what its host does."""
    own = HOSTS.get(settings.host, Budget())
    return own._replace(
        files=settings.max_files or own.files,
        size=settings.max_bytes or own.size,
        largest=settings.max_file_bytes or own.largest,
    )


def faults(sizes: Mapping[str, int], budget: Budget, host: str) -> Iterator[Fault]:
    """Yield what of a site, given by the bytes of each of its files, is more than a host takes."""
    own = HOSTS.get(host, Budget())
    total = sum(sizes.values())
    if budget.files and len(sizes) > budget.files:
        message = f"the site has {len(sizes):,} files; {_allowed(budget.files, own.files, host)}."
        fix = "Switch off what you can do without: [pages] authors, weeks; [feeds_out] formats, archives."
        yield Fault("over-budget", "files", message, fix)
    if budget.size and total > budget.size:
        message = f"the site has {total:,} bytes; {_allowed(budget.size, own.size, host)}."
        yield Fault("over-budget", "bytes", message, f"The largest files: {', '.join(_largest(sizes))}.")
    for path, size in sorted(sizes.items()):
        if budget.largest and size > budget.largest:
            message = f"{path} has {size:,} bytes; {_allowed(budget.largest, own.largest, host)} in a file."
            yield Fault(
                "over-budget", path, message, "Make it smaller, or publish it elsewhere and link to it."
            )
    if budget.folder:
        yield from _full_folders(sizes, budget.folder, host)


def _allowed(limit: int, of_host: int, host: str) -> str:
    """Return how many may be, and who says so: the host, or the configuration."""
    return f"{host or 'the host'} takes {limit:,}" if limit == of_host else f"[check] allows {limit:,}"


def _full_folders(sizes: Mapping[str, int], most: int, host: str) -> Iterator[Fault]:
    for folder, count in sorted(Counter(map(names.folder_of, sizes)).items()):
        if count > most:
            message = f"the folder {folder}/ has {count:,} files; {_allowed(most, most, host)} in a folder."
            yield Fault("over-budget", folder, message, "Spread them over several folders.")


def _largest(sizes: Mapping[str, int]) -> list[str]:
    found = sorted(sizes, key=lambda path: (-sizes[path], path))[:_NAMED]
    return [f"{path} ({sizes[path]:,})" for path in found]
