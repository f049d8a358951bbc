"""Words, sentences and code are made up the same way each time."""

from __future__ import annotations

from collections import Counter
from random import Random

from benchmarks.words import COMMON, FENCES, VOCABULARY, Writer, vocabulary

WORDS = vocabulary(1)


def writer(seed: int = 1) -> Writer:
    """Return a writer of the first vocabulary."""
    return Writer(WORDS, Random(seed))


def test_a_vocabulary_has_its_size_and_no_word_twice() -> None:
    assert len(WORDS) == len(set(WORDS)) == VOCABULARY
    assert vocabulary(1) == WORDS
    assert vocabulary(2) != WORDS


def test_prose_has_as_many_words_as_asked_for_in_sentences() -> None:
    found = writer().prose(200)
    assert len(found) == 200
    assert found[0][0].isupper()
    assert found[-1][-1] in ".?:"


def test_frequent_words_are_frequent() -> None:
    counts = Counter(writer().words(20_000))
    assert counts[COMMON[0]] > counts[COMMON[20]] > counts[WORDS[-1]]


def test_code_is_a_fence_with_its_lines() -> None:
    found = [writer(seed).code(5) for seed in range(20)]
    assert {len(lines) for lines in found} == {7}
    assert {lines[0] for lines in found} == {f"```{name}" for name in FENCES}
    assert {lines[-1] for lines in found} == {"```"}
