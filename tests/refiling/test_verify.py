"""What a renaming would lose in files of topics is noticed before anything is written."""

from __future__ import annotations

import pytest

from lwnindex.refiling import retopic
from lwnindex.refiling.exact import Inexact
from lwnindex.refiling.renaming import Renaming
from lwnindex.refiling.verify import verify
from tests.makers import entry

BEFORE = """["Kernel/A"]
aliases = ["Kernel/Older"]
see_also = ["Kernel/C"]
addresses = ["/a/"]
"""
AFTER = """["Kernel/B"]
aliases = ["Kernel/Older", "Kernel/A"]
hidden = ["Kernel/Deep/A"]
see_also = ["Kernel/C"]
addresses = ["/a/", "/b/"]
folder = "B"

["Kernel/E"]
"""
B = entry("Kernel/B")
NEEDS = retopic.Needs(
    folders={B: "B"},
    hidden={B: (entry("Kernel/Deep/A"),), entry("Kernel/E"): ()},
    addresses={B: ("/b/",)},
)


def verified(after: str) -> retopic.Files:
    files = retopic.read({"topics.toml": BEFORE}, ())
    return verify({"topics.toml": after}, files, Renaming(((entry("Kernel/A"), B),)), NEEDS)


def test_files_that_say_all_are_as_they_are_read() -> None:
    assert retopic.aliases(verified(AFTER)) == dict.fromkeys(
        (entry("Kernel/Older"), entry("Kernel/A"), entry("Kernel/Deep/A")), B
    )


@pytest.mark.parametrize(
    "lost",
    [
        '"Kernel/Older", ',
        ', "Kernel/A"',
        '"Kernel/Deep/A"',
        '"Kernel/C"',
        '"/a/", ',
        ', "/b/"',
        'folder = "B"\n',
        '["Kernel/E"]\n',
        '"Kernel/B"',
        '"]\nsee_also',
    ],
)
def test_nothing_may_be_missing(lost: str) -> None:
    assert AFTER.count(lost) == 1
    with pytest.raises(Inexact, match="cannot be rewritten"):
        verified(AFTER.replace(lost, ""))


@pytest.mark.parametrize("more", ['["Kernel/X"]\n', '["Kernel/E"]\n', "["])
def test_nothing_may_be_too_much(more: str) -> None:
    with pytest.raises(Inexact, match="cannot be rewritten"):
        verified(AFTER + more)
