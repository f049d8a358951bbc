"""Whatever a file holds, its reader ends within a second, without a crash, and with text that can be shown.

Seeds of every kind are changed at random, and texts are made by grammars. What fails is printed in a form in
which it can be made a test of its reader. In a soak, real files are seeds, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzzing import failing, mutants, sure_failure
from tests.lengths import is_long, trials
from tests.programs import ROOT
from tests.promises import seeds
from tests.promises.grammars import GRAMMARS
from tests.promises.namings import RENAMED, kept_bytes
from tests.promises.targets import TARGETS, Target

SHORT = 40
MADE = 20
MANY = 300
"""How many files of a corpus are seeds: more of them are not more kinds."""

Tell = Callable[[str], None]
by_name = pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name.replace(" ", "-"))


def of_the_corpora(target: Target) -> Iterator[bytes]:
    """Yield real files for a target, where they are at hand and there is the time for them."""
    folders = [ROOT.parent / "shared/corpora" / name for name in target.corpus] if is_long() else []
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    yield from (
        path.read_bytes()[: target.largest] for path in Random(7).sample(files, min(MANY, len(files)))
    )


@by_name
def test_no_changed_text_breaks_or_holds_up_its_reader(target: Target, figure: Tell) -> None:
    own = (*target.seeds, *of_the_corpora(target))
    for one in own[:1]:
        target.run(one)  # What a reader loads when it is first used is no part of its time.
    random = Random(f"{target.name} {trials(0, 1)}")
    changed = mutants(own, target.tokens, trials(SHORT, target.long), random, target.largest)
    count, told = failing(target.run, (one for some in (own, changed) for one in some))
    assert not told, told
    figure(f"{count} texts of {target.name}, {len(own)} of them as they were, none failed")


@by_name
def test_no_text_of_a_grammar_breaks_or_holds_up_its_reader(target: Target, figure: Tell) -> None:
    target.run(target.seeds[0])
    tried = 0

    @settings(max_examples=trials(MADE, target.long), suppress_health_check=[*HealthCheck], deadline=None)
    @given(GRAMMARS[target.name])
    def one(content: bytes) -> None:
        nonlocal tried
        tried += 1
        found = sure_failure(target.run, content)
        assert not found, f"{found.why}\nof {content!r}"

    one()
    figure(f"{tried} texts made for {target.name}, none failed")


def test_an_entry_that_is_renamed_and_back_leaves_every_byte_as_it_was(figure: Tell) -> None:
    """Of headers and blocks as they are usually written; quotes around a value may be others than before."""
    plain = [one.encode() for one in (*seeds.BLOCKS, *seeds.HEADERS) if "\\_" not in one]
    kept = [kept_bytes(content, *one) for content in plain for one in RENAMED]
    assert sum(kept) >= len(plain)
    figure(f"{sum(kept)} entries renamed and back")
