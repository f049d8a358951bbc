"""Catalogues are found by the site's language, read, checked, and laid over each other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lwnindex.languages import Catalogue, catalogues, words
from lwnindex.problems import SiteError
from lwnindex.words import ENGLISH, Words
from tests.programs import ROOT

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n{}"\n\n'
TWO = HEADER.format("Plural-Forms: nplurals=2; plural=(n != 1);\\n")


def po(*pairs: tuple[str, str], header: str = TWO) -> str:
    return header + "\n".join(f'msgid "{source}"\nmsgstr "{text}"\n' for source, text in pairs)


def plurals(one: str, many: str, *texts: str) -> str:
    forms = (f'msgstr[{place}] "{text}"' for place, text in enumerate(texts))
    return "\n".join((f'msgid "{one}"', f'msgid_plural "{many}"', *forms, ""))


def site(root: Path, **files: str) -> Path:
    """Return the folder of a site with these catalogues of its own."""
    (root / "locale").mkdir()
    for name, text in files.items():
        (root / "locale" / f"{name.replace('_', '-')}.po").write_text(text, "utf-8", "surrogateescape")
    return root


def spoken(language: str, root: Path) -> Words:
    return words(language, catalogues(language, root))


def found(language: str, root: Path) -> list[str]:
    return [one.language for one in catalogues(language, root)]


def test_english_needs_no_catalogue(tmp_path: Path) -> None:
    assert catalogues("en", tmp_path) == catalogues("en-GB", tmp_path) == ()
    assert spoken("en", tmp_path) is ENGLISH


def test_a_language_that_has_none_is_english(tmp_path: Path) -> None:
    assert spoken("fr", tmp_path) is ENGLISH


def test_the_whole_tag_is_looked_for_before_the_language_alone(tmp_path: Path) -> None:
    root = site(tmp_path, pt=po(("Contents", "a")), pt_BR=po(("Contents", "b")))

    assert found("pt-BR", root) == ["pt-BR"]
    assert found("pt-PT", root) == found("pt", root) == ["pt"]
    assert spoken("pt-BR", root).text("Contents") == "b"
    assert spoken("pt-AO", root).text("Contents") == "a"


def test_what_a_site_says_wins_message_by_message() -> None:
    ours = Catalogue("a.po", "xx", po(("Contents", "a"), ("Letters", "b")).encode())
    own = Catalogue("b.po", "xx", po(("Contents", "c"), ("New", "d"), ("Letters", "")).encode())
    said = words("xx", (ours, own))

    assert [said.text(each) for each in ("Contents", "Letters", "New")] == ["c", "b", "d"]


def test_english_words_can_be_replaced_and_english_dates_stay(tmp_path: Path) -> None:
    said = spoken("en-GB", site(tmp_path, en=po(("Contents", "On this page"))))

    assert said.text("Contents") == "On this page"
    assert said.longdate("2009-12-22") == "December 22, 2009"


def test_a_language_of_a_sites_own_has_its_dates_numbers_and_plurals(tmp_path: Path) -> None:
    plural = plurals("{n} article", "{n} articles", "{n} artykuł", "{n} artykuły", "{n} artykułów")
    rule = (
        "Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
    )
    header = HEADER.format(rule + "\\n")
    said = spoken("pl", site(tmp_path, pl=header + plural))

    assert said.texts_of("{n} article", "{n} articles")[said.form(5)] == "{n} artykułów"
    assert said.longdate("2009-12-22") == "22 grudnia 2009"
    assert said.monthyear("2009-12") == "grudzień 2009"
    assert said.thousands(12345) == "12\xa0345"


@pytest.mark.parametrize(
    ("language", "long", "short", "day", "month"),
    [
        ("fr", "9 février 2010", "9 févr.", "9 février", "février 2010"),
        ("ja", "2010年2月9日", "2月9日", "2月9日", "2010年2月"),
        ("th", "9 กุมภาพันธ์ ค.ศ. 2010", "9 ก.พ.", "9 กุมภาพันธ์", "กุมภาพันธ์ 2010"),
        ("tlh", "February 9, 2010", "Feb 9", "February 9", "February 2010"),
    ],
)
def test_dates_are_those_of_the_language(language: str, long: str, short: str, day: str, month: str) -> None:
    said = words(language, [Catalogue("x.po", language, po(("Contents", "x")).encode())])

    assert said.longdate("2010-02-09") == long
    assert said.shortdate("2010-02-09") == short
    assert said.monthday("2010-02-09") == day
    assert said.monthyear("2010-02") == month


def test_every_language_of_cldr_has_dates_and_numbers() -> None:
    from babel.localedata import locale_identifiers

    plain = [each for each in locale_identifiers() if "_" not in each and each != "root"]
    for language in plain:
        said = words(language, [Catalogue("x.po", language, po().encode())])
        assert "{" not in said.longdate("2010-02-09"), language
        assert said.thousands(1234567).replace(said.group, "") == "1234567", language


def test_what_is_fuzzy_or_empty_is_english() -> None:
    text = po(("Contents", "")) + '\n#, fuzzy\nmsgid "Letters"\nmsgstr "x"\n'

    assert words("xx", [Catalogue("x.po", "xx", text.encode())]).texts == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (po(("By {names}", "Von")), '"Von" does not have the placeholders of "By {names}": {names}.'),
        (po(("Contents", "{a}")), '"{a}" does not have the placeholders of "Contents": none.'),
        (
            TWO + plurals("{n} day", "{n} days", "{n} a", "{n} b", "{n} c"),
            "the words cannot be read",
        ),
        ("\nmsgid Contents\n", "xx.po:2: the words cannot be read: a line is msgid or "),
        ('msgid "Contents"\nmsgstr "Inhalt\n', "xx.po:2: the words cannot be read: a line is msgid or "),
        ('msgid "Contents"\nfoo "Inhalt"\n', "xx.po:2: the words cannot be read: a line is msgid or "),
        (
            '# \xe9\nmsgid "\udcff"\nmsgstr "x"\n',
            "xx.po:2: the words cannot be read: it is not in UTF-8 here. ",
        ),
        (
            HEADER.format("Plural-Forms: nplurals=2; plural=n +;\\n"),
            "the words cannot be read: its forms of plurals: unexpected end of plural form. Mend it.",
        ),
    ],
)
def test_a_catalogue_that_is_not_sound_is_told_with_its_file(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SiteError) as caught:
        spoken("xx", site(tmp_path, xx=text))

    assert str(caught.value).startswith(f"{tmp_path / 'locale/xx.po'}:")
    assert told in str(caught.value)


def test_a_form_may_do_without_its_number() -> None:
    text = TWO + 'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "one"\nmsgstr[1] "{n} b"\n'

    assert words("xx", [Catalogue("x.po", "xx", text.encode())]).texts_of("{n} day", "{n} days")[0] == "one"


def test_a_catalogue_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "locale/xx.po").mkdir(parents=True)

    with pytest.raises(SiteError, match=r"locale/xx\.po: the words cannot be read"):
        catalogues("xx", tmp_path)


def test_english_never_loads_babel() -> None:
    code = (
        "import sys; from pathlib import Path; from lwnindex import cli, site, pipeline, languages;"
        "from lwnindex.formats import html;"
        "html.environment({'a': '{{ _(\"b\") }}'}).get_template('a').render();"
        "languages.words('en', languages.catalogues('en', Path('.')));"
        "sys.exit('babel' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)

    assert done.returncode == 0


def test_a_sites_own_words_have_the_forms_that_ours_have() -> None:
    one = HEADER.format("Plural-Forms: nplurals=1; plural=0;\\n") + plurals("{n} day", "{n} days", "{n} a")
    found = [Catalogue("a.po", "xx", TWO.encode()), Catalogue("b.po", "xx", one.encode())]

    with pytest.raises(SiteError, match=r'b\.po:4: "\{n\} day" has 1 forms for numbers, and the language 2'):
        words("xx", found)
