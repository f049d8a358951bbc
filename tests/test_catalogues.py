"""Our catalogues hold every text of the interface, and what they say is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from lwnindex.languages import catalogues, faults_of, words
from lwnindex.words import PLACEHOLDER
from tests import wordlist
from tests.programs import ROOT

every_language = pytest.mark.parametrize("language", wordlist.catalogues())
RUN = "run `make words`"


def listed(place: Path) -> dict[tuple[str, ...], list[str]]:
    """Return the texts of a catalogue and the files of each."""
    found = wordlist.read(place)
    return {parts(one.id): [file for file, _ in one.locations] for one in found if one.id}


def parts(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (str(text),)


def test_there_are_a_second_language_and_one_from_right_to_left() -> None:
    assert set(wordlist.catalogues()) >= {"de", "he"}


def test_the_texts_are_found_in_templates_and_in_modules() -> None:
    texts = wordlist.texts()

    assert texts["Contents",] == [
        "themes/default/templates/article.html",
        "themes/default/templates/plain.html",
    ]
    assert "lwnindex/views/archive.py" in texts["Undated",]
    assert ("{n} article", "{n} articles") in texts


def test_the_template_is_up_to_date() -> None:
    assert listed(wordlist.POT) == wordlist.texts(), RUN


@every_language
def test_a_catalogue_has_every_text_and_no_other(language: str) -> None:
    assert listed(wordlist.catalogues()[language]) == wordlist.texts(), RUN


@every_language
def test_every_text_is_translated(language: str) -> None:
    found = [one for one in wordlist.read(wordlist.catalogues()[language]) if one.id]

    assert [one.id for one in found if one.fuzzy or not all(parts(one.string))] == []
    assert [one.id for one in found if parts(one.id)[0] == parts(one.string)[0]] in ([], ["Original"])


@every_language
def test_a_translation_has_the_placeholders_of_its_source(language: str) -> None:
    catalogue = wordlist.read(wordlist.catalogues()[language])
    forms = words(language, catalogues(language, ROOT)).forms

    assert [fault for one in catalogue if one.id for fault in faults_of(one, forms)] == []
    assert any(PLACEHOLDER.search(text) for one in catalogue for text in parts(one.string))


@every_language
def test_a_translation_begins_and_ends_as_its_source(language: str) -> None:
    for one in wordlist.read(wordlist.catalogues()[language]):
        if one.id:
            ends = [parts(each)[0].endswith(".") for each in (one.id, one.string)]
            assert ends[0] == ends[1], one.id
            assert all(text == text.strip() for text in parts(one.string)), one.id


@every_language
def test_writing_a_catalogue_again_changes_nothing(language: str, tmp_path: Path) -> None:
    place = wordlist.catalogues()[language]
    before = place.read_bytes()
    again = tmp_path / "again.po"
    wordlist.write(wordlist.read(place), again)

    assert again.read_bytes() == before, RUN
