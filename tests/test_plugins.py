"""Plug-ins add what they say, are loaded from what stands there now, and told with their line if broken."""

from __future__ import annotations

import os
import sys
from importlib import invalidate_caches
from pathlib import Path

import pytest

from lwnindex import handover, plugins
from lwnindex.check import check
from lwnindex.engine.limits import Bounds, Limits
from lwnindex.explaining import explain
from lwnindex.model import Problem
from lwnindex.options import Options
from lwnindex.plugins import loaded
from lwnindex.problems import SiteError
from lwnindex.refile import refile
from lwnindex.refiling.orders import Order
from lwnindex.registry import NONE
from tests.plugged import READER, found, with_plugin
from tests.plugged import plugins as plugins_of
from tests.sites import Site, article

SERIAL = Options(executor="serial")
FORKED = Options(executor="processes", jobs=2)
BRIEF = Bounds(Limits(0.2), Limits(0.2))
FILTER = """
from markupsafe import Markup

def loud(text):
    return text.upper() + "<!>"

def bold(text):
    return Markup("<b>{}</b>").format(text)

def extend(registry):
    registry.add_filter("loud", loud)
    registry.add_filter("bold", bold)
"""


def crashes(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(one.file, one.message) for one in problems if one.code == "crash"]


# What they add -----------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [SERIAL, FORKED])
def test_what_a_reader_gives_is_an_article_that_others_can_cite(tmp_path: Path, how: Options) -> None:
    site = with_plugin(tmp_path)
    report = site.built(options=how)

    assert (report.articles, report.problems) == (2, ())
    assert "Articles/one/index.html" in (tmp_path / "site/Articles/two/index.html").read_text("utf-8")
    site.assert_clean(report, how)


def test_a_reader_goes_before_ours_and_reads_a_plain_page_too(tmp_path: Path) -> None:
    site = with_plugin(tmp_path, READER.replace('".note"', 'lambda path: "notes" in path'))
    site.put("content/notes.md", "Of notes\nText.")
    site.put("content/pages/notes.txt", "Page\nText.")
    site.built()

    assert b"Of notes" in (tmp_path / "site/Articles/notes/index.html").read_bytes()
    assert (tmp_path / "site/notes/index.html").is_file()


HOSTILE = READER.replace("text=text", "markup='html', text=text")


def test_what_a_reader_gives_is_cleaned_as_any_body_is(tmp_path: Path) -> None:
    site = with_plugin(tmp_path, HOSTILE)
    site.put(
        "content/two.note", "<script>t</script>\n<p onclick=x>a<script>b</script><a href='javascript:1'>c</a>"
    )
    site.put("themes/tiny/templates/article.html", PLAIN)
    site.built()

    page = (tmp_path / "site/Articles/two/index.html").read_text("utf-8")
    assert "<script" not in page.lower()
    assert "onclick" not in page
    assert "javascript:" not in page


PLAIN = '<meta name="generator" content="lwnindex"><title>{{ page.title }}</title>{{ page.body }}'


def test_a_filter_s_text_is_escaped_and_its_markup_is_not(tmp_path: Path) -> None:
    site = with_plugin(tmp_path, FILTER)
    site.put("themes/tiny/templates/article.html", PLAIN + "{{ 'a<' | loud }} {{ 'b<' | bold }}")
    site.built()

    assert "A&lt;&lt;!&gt; <b>b&lt;</b>" in (tmp_path / "site/Articles/one/index.html").read_text("utf-8")


def test_a_filter_that_fails_is_told_with_its_template(tmp_path: Path) -> None:
    site = with_plugin(tmp_path, FILTER)
    place = site.put("themes/tiny/templates/article.html", PLAIN + "\n{{ 3 | loud }}")
    with pytest.raises(SiteError) as caught:
        site.built()

    assert f"{place}:2: " in str(caught.value)
    assert "(own.py:5)" in str(caught.value)


def test_a_filter_cannot_take_the_name_of_another(tmp_path: Path) -> None:
    site = with_plugin(tmp_path, FILTER.replace('"loud"', '"upper"'))
    with pytest.raises(SiteError) as caught:
        site.built()

    assert 'the filter "upper" of a plug-in has the name of one that there is.' in str(caught.value)
    assert caught.value.exit_code == 2


EXPORTER = """
def titles(archive):
    return "".join(f"{one.title}: {archive.text(one)}\\n" for one in archive.articles).encode()

def fails(archive):
    return 1 / 0

def extend(registry):
    registry.add_exporter("titles", titles)
    registry.add_exporter("fails", fails)
    registry.add_exporter("odd", lambda archive: "text")
"""


def test_an_exporter_writes_what_it_makes_of_the_archive(tmp_path: Path) -> None:
    own = found(with_plugin(tmp_path, EXPORTER))
    handed = handover.plugin_file(own, "titles", "", SERIAL)

    assert handed.content == b"One: Words, and a note.\n"


def test_an_exporter_replaces_its_own_file_and_no_other(tmp_path: Path) -> None:
    site = with_plugin(tmp_path, EXPORTER)
    file = tmp_path / "titles.txt"
    handover.plugin_file(found(site), "titles", str(file), SERIAL)
    site.put("content/one.md", article("Another", "Words."))
    handover.plugin_file(found(site), "titles", str(file), SERIAL)
    assert file.read_text() == "Another: Words.\n"

    file.write_text("edited")
    with pytest.raises(SiteError, match="is left alone"):
        handover.plugin_file(found(site), "titles", str(file), SERIAL)
    assert file.read_text() == "edited"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("fails", 'own.py:6: the exporter "fails" of a plug-in fails: ZeroDivisionError: division by zero.'),
        ("odd", 'the exporter "odd" returned str. Return bytes.'),
        ("title", 'there is no exporter "title". Did you mean "titles"?'),
    ],
)
def test_an_exporter_that_cannot_is_told(tmp_path: Path, name: str, said: str) -> None:
    own = found(with_plugin(tmp_path, EXPORTER))
    with pytest.raises(SiteError) as caught:
        handover.plugin_file(own, name, "", SERIAL)
    assert said in str(caught.value)


# A reader that fails -----------------------------------------------------------------------------


@pytest.mark.parametrize("how", [SERIAL, FORKED])
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("raise KeyError('x')", "KeyError: 'x' (own.py:5)"),
        ("import sys; sys.exit(3)", "SystemExit: 3 (own.py:5)"),
        ("return 3", "NoManuscriptError: a reader returned int; return Manuscript, or several"),
    ],
)
def test_a_reader_that_fails_is_named_and_its_article_is_plain_text(
    tmp_path: Path, how: Options, fault: str, said: str
) -> None:
    site = with_plugin(tmp_path, READER.replace("title, _", f"{fault}\n    title, _"))
    site.put("content/two.note", "Two\nSee <b>one</b>.")
    site.put("themes/tiny/templates/article.html", PLAIN)
    report = site.built(options=how)

    file, message = crashes(report.problems)[0]
    assert (file, report.articles) == ("content/two.note", 2)
    assert message == f"the plug-in's reader .note by own.read failed on this file: {said}."
    assert "See &lt;b&gt;one" in (tmp_path / "site/Articles/two/index.html").read_text("utf-8")

    site.put("own.py", READER)
    site.assert_clean(site.built(options=how), how)


LOOP = "\n    while True: pass\n"


@pytest.mark.parametrize("executor", ["serial", "processes"])
def test_a_reader_that_does_not_end_is_named_with_its_article(tmp_path: Path, executor: str) -> None:
    site = with_plugin(tmp_path, READER.replace("title, _", "while True: pass\n    title, _"))
    report = site.built(options=Options(executor=executor, jobs=2, bounds=BRIEF))

    (one,) = [each for each in report.problems if each.code == "too-costly"]
    assert (one.file, report.articles) == ("content/two.note", 2)
    assert "own.read of a plug-in took more than 0.2 seconds of CPU on this file (own.py:5)." in one.message
    assert one.fix.startswith("Mend the plug-in; ")


@pytest.mark.parametrize("executor", ["serial", "processes"])
def test_a_filter_that_does_not_end_is_named_with_its_page(tmp_path: Path, executor: str) -> None:
    text = f'def spin(text):{LOOP}\ndef extend(registry):\n    registry.add_filter("spin", spin)\n'
    site = with_plugin(tmp_path, text)
    site.put("themes/tiny/templates/404.html", "{{ page.title | spin }}")
    with pytest.raises(SiteError) as caught:
        site.built(options=Options(executor=executor, jobs=2, bounds=BRIEF))

    assert str(caught.value) == (
        "own.py:2: the filter own.spin of a plug-in took more than 0.2 seconds of CPU on 404.html. "
        "Look for a loop without an end."
    )


def test_a_check_that_does_not_end_is_named_and_costs_no_other(tmp_path: Path) -> None:
    added = 'registry.add_check("spin", spin, seconds=0.1)'
    site = with_plugin(tmp_path, f"def spin(archive):{LOOP}\ndef extend(registry):\n    {added}\n")
    told = [each.problem for each in check(found(site), SERIAL).findings]
    one = next(each for each in told if each.code == "crash")

    assert (one.file, one.line) == ("own.py", 2)
    said = 'the check "spin" of a plug-in, own.spin, took more than 0.1 seconds of CPU.'
    assert one.message == said


def test_an_exporter_that_does_not_end_is_named(tmp_path: Path) -> None:
    added = 'registry.add_exporter("spin", spin, seconds=0.1)'
    site = with_plugin(tmp_path, f"def spin(archive):{LOOP}\ndef extend(registry):\n    {added}\n")
    said = r'^own.py:2: the exporter "spin" of a plug-in, own.spin, took more than 0.1 seconds of CPU\. Look'
    with pytest.raises(SiteError, match=said):
        handover.plugin_file(found(site), "spin", "", SERIAL)


def test_a_plug_in_that_never_says_whether_it_reads_a_file_is_named(tmp_path: Path) -> None:
    added = "registry.add_reader(takes, print)"
    site = with_plugin(tmp_path, f"def takes(path):{LOOP}\ndef extend(registry):\n    {added}\n")
    bounds = Bounds(Limits(0.02), Limits(0.02))
    with pytest.raises(
        SiteError, match=r"^own.py:2: own.takes of a plug-in, which tells of files if it reads"
    ):
        site.built(options=Options(executor="serial", bounds=bounds))


@pytest.mark.parametrize("text", [f"if True:{LOOP}", f"def extend(registry):{LOOP}"])
def test_a_plug_in_that_is_never_loaded_is_told(tmp_path: Path, text: str) -> None:
    site = with_plugin(tmp_path, text)
    said = (
        r'^own.py:2: the plug-in "own:extend": it took more than 0.1 seconds of CPU while it was loaded\. M'
    )
    with pytest.raises(SiteError, match=said) as caught:
        loaded(found(site), Limits(0.1))
    assert caught.value.exit_code == 2


def test_a_reader_that_fails_is_named_by_explain(tmp_path: Path) -> None:
    site = with_plugin(tmp_path, READER.replace("title, _", "raise KeyError('x')\n    title, _"))
    with pytest.raises(
        SiteError, match=r"own.py:5: the reader of a plug-in fails on content/two.note: KeyError"
    ):
        explain(lambda: found(site), "content/two.note", SERIAL)

    site.put("own.py", READER)
    assert explain(lambda: found(site), "two", SERIAL)[0] == (
        "content/two.note: what a plug-in reads (.note by own.read)"
    )


def test_what_a_plug_in_reads_is_left_as_it_is_when_topics_are_renamed(tmp_path: Path) -> None:
    site = with_plugin(tmp_path)
    order = Order("rename", ("Kernel/BPF",), "Kernel/eBPF")
    report = refile(found(site), order, SERIAL)

    assert [(one.file, one.why) for one in report.obstacles] == [
        ("content/two.note", '"Kernel/BPF" stays: a plug-in reads this file, and cannot write it.')
    ]
    assert not report.is_done
    assert (tmp_path / "content/two.note").read_text() == "Two\nSee *one*."
    assert "Kernel/BPF" in (tmp_path / "content/one.md").read_text()


# Part of the key ---------------------------------------------------------------------------------


def test_a_build_after_an_edit_of_a_plug_in_is_a_clean_one(tmp_path: Path) -> None:
    site = with_plugin(
        tmp_path, "from helper import word\n" + READER.replace("text=text", "text=text + word")
    )
    site.put("helper.py", "word = ' First.'")
    site.built()
    assert site.built().written == ()

    site.put("helper.py", "word = ' Later.'")
    report = site.built()
    site.assert_clean(report)
    assert "Articles/two/index.html" in report.written

    site.change("own.py", "title=title", "title=title + '!'")
    site.assert_clean(site.built())
    site.put(
        "lwnindex.toml", (tmp_path / "lwnindex.toml").read_text().replace('plugins = ["own:extend"]', "")
    )
    report = site.built()
    site.assert_clean(report)
    assert report.articles == 1


def test_what_is_no_code_of_a_plug_in_is_not_in_its_key(tmp_path: Path) -> None:
    first = plugins_of(tmp_path, READER).digest
    (tmp_path / "other.py").write_text("")

    assert plugins_of(tmp_path, READER).digest == first
    assert plugins_of(tmp_path, READER + "\n").digest != first


def test_all_files_of_a_package_are_in_its_key(tmp_path: Path) -> None:
    site = with_plugin(tmp_path, names='"pack.inner:extend"')
    site.put("pack/__init__.py", "")
    site.put("pack/inner.py", READER)
    site.put("pack/words.txt", "one")
    first = plugins.loaded(found(site)).digest
    site.put("pack/words.txt", "two")

    assert plugins.loaded(found(site)).digest != first


def test_a_function_s_own_import_of_its_package_works_when_it_runs(tmp_path: Path) -> None:
    site = with_plugin(tmp_path, names='"pack:extend"')
    late = READER.replace("    title, _", "    from pack.late import end\n    title, _").replace(
        "=text)", "=text + end)"
    )
    site.put("pack/__init__.py", late)
    site.put("pack/late.py", "end = ' Late.'")
    report = site.built()

    assert report.problems == ()
    site.put("pack/late.py", "end = ' Later.'")
    site.assert_clean(site.built())


def test_the_version_of_a_library_that_a_plug_in_names_is_in_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "def extend(registry):\n    registry.add_library('some-library')\n"
    place = tmp_path / "installed"
    found_digests = []
    monkeypatch.syspath_prepend(str(place))
    for version in ("1", "2"):
        folder = place / f"some_library-{version}.dist-info"
        folder.mkdir(parents=True)
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: some-library\nVersion: {version}\n")
        invalidate_caches()
        found_digests.append(plugins_of(tmp_path / "site", text).digest)
        (folder / "METADATA").unlink()
        folder.rmdir()

    assert len(set(found_digests)) == 2


# Where they come from ----------------------------------------------------------------------------


def test_without_plug_ins_nothing_is_loaded(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.put("own.py", "raise SystemExit")

    assert plugins.loaded(found(site)) is NONE


def test_a_module_beside_the_configuration_hides_none_that_is_installed(tmp_path: Path) -> None:
    site = with_plugin(tmp_path, "import calendar, click, helper\n" + READER)
    for name in ("calendar", "click"):
        site.put(f"{name}.py", "raise SystemExit('the wrong one')")
    site.put("helper.py", "")
    before = list(sys.path), list(sys.meta_path)

    assert plugins.loaded(found(site)).readers
    assert (list(sys.path), list(sys.meta_path)) == before
    assert not list(tmp_path.rglob("__pycache__"))


def test_a_plug_in_with_the_name_of_an_installed_module_is_told(tmp_path: Path) -> None:
    site = with_plugin(tmp_path, names='"calendar:extend"')
    site.put("calendar.py", READER)
    with pytest.raises(
        SiteError, match=r"calendar.py has the name of a module that is installed \(.*lib.*\)"
    ):
        plugins.loaded(found(site))


def test_a_module_that_the_process_has_is_loaded_anew_where_it_stands_beside_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = with_plugin(tmp_path, "from helper import word\n" + READER.replace('".note"', "word"))
    site.put("helper.py", "word = '.old'")
    monkeypatch.syspath_prepend(str(tmp_path))
    import helper  # type: ignore[import-not-found]

    assert [one.name for one in plugins.loaded(found(site)).readers] == [".old by own.read"]
    first = plugins.loaded(found(site)).digest
    site.put("helper.py", "word = '.new'")

    again = plugins.loaded(found(site))
    assert [one.name for one in again.readers] == [".new by own.read"]
    assert again.digest != first
    assert helper.word == ".old"


def test_an_installed_plug_in_goes_by_the_name_of_its_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "installed"
    folder = place / "notes-1.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: notes\nVersion: 1\n")
    (folder / "entry_points.txt").write_text("[lwnindex.plugins]\nnotes = notes_plugin:extend\n")
    (place / "notes_plugin.py").write_text(READER)
    monkeypatch.syspath_prepend(str(place))
    monkeypatch.delitem(sys.modules, "notes_plugin", raising=False)
    site = with_plugin(tmp_path / "site", names='"notes"')
    own = plugins.loaded(found(site))

    assert [one.name for one in own.readers] == [".note by notes_plugin.read"]
    assert own.places == {str(place / "notes_plugin.py")}
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: notes\nVersion: 2\n")
    invalidate_caches()
    assert plugins.loaded(found(site)).digest != own.digest

    site.put("lwnindex.toml", 'plugins = ["nots"]')
    with pytest.raises(SiteError, match=r'no plug-in "nots" is installed. There are: .*notes'):
        plugins.loaded(found(site))


# What is broken ----------------------------------------------------------------------------------

BROKEN = [
    (
        "import none_such\n" + READER,
        "own.py:1: ",
        "loaded: ModuleNotFoundError: No module named 'none_such'.",
    ),
    ("x = 1\ndef broken(:\n", "own.py:2: ", "loaded: SyntaxError: "),
    ("import sys\n\nsys.exit(5)\n", "own.py:3: ", "loaded: SystemExit: 5."),
    ("def extent(registry):\n    pass\n", "", 'own.py has no function "extend". Did you mean "own:extent"?'),
    ("extend = 3\n", "", 'own.py has no function "extend". Write it, or name another.'),
    (
        "def extend(registry):\n    registry.add_filter('a b', str)\n",
        "own.py:2: ",
        "used: 'a b' is no name of a filter.",
    ),
    (
        "def extend(registry):\n    registry.add_filter(str)\n",
        "own.py:2: ",
        'used: write registry.add_filter("name", function). Mend it',
    ),
    (
        "def extend(registry):\n    registry.filter('a', str)\n",
        "own.py:2: ",
        'used: a registry has no "filter". Write registry.add_filter("name", function). Mend it',
    ),
    (
        "def extend():\n    pass\n",
        "",
        "used: TypeError: extend() takes 0 positional arguments but 1 was given.",
    ),
    (
        "def extend(registry):\n    for _ in range(2):\n        registry.add_check('a', str)\n",
        "own.py:3: ",
        'used: the name "a" is used for another check (builtins.str).',
    ),
]


@pytest.mark.parametrize(("text", "place", "said"), BROKEN)
def test_a_broken_plug_in_is_told_with_its_line(tmp_path: Path, text: str, place: str, said: str) -> None:
    with pytest.raises(SiteError) as caught:
        plugins_of(tmp_path, text)

    assert caught.value.exit_code == 2
    assert str(caught.value).startswith(place)
    assert 'the plug-in "own:extend": ' in str(caught.value)
    assert said in str(caught.value)


def test_a_module_that_there_is_not_is_told_with_where_it_would_be(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as caught:
        plugins_of(tmp_path, "", '"none.such:extend"')

    assert 'there is no module "none.such", neither beside it nor installed' in str(caught.value)
    assert f"Put none/such.py into {os.path.realpath(tmp_path)}" in str(caught.value)


def test_a_reader_that_cannot_say_what_it_reads_is_told(tmp_path: Path) -> None:
    site = with_plugin(tmp_path, READER.replace('".note"', "lambda path: 1 / 0"))
    with pytest.raises(SiteError) as caught:
        site.built()

    assert str(caught.value).startswith('own.py:9: the plug-in cannot say if it reads "')
    assert caught.value.exit_code == 2
