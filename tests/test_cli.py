"""The command line: results on stdout, talk on stderr, an exit code for each outcome, never a traceback."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import click
import msgspec
import pytest
from click.testing import CliRunner, Result

from lwnindex.cli import main
from lwnindex.problems import SiteError
from tests.programs import ROOT

ARTICLE = "---\ntitle: {title}\ndate: 2020-01-0{day}\nauthors: [Desk]\nentries: [Kernel/BPF]\n---\nText.\n"
TOML = '[site]\nurl = "https://example.org/"\n'
FIGURES = ("articles", "topics", "pages", "written", "kept", "removed", "errors", "warnings", "seconds")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a site with two sound articles, where the commands are typed."""
    put(tmp_path, "lwnindex.toml", TOML)
    for day in (1, 2):
        put(tmp_path, f"content/a{day}.md", ARTICLE.format(title=f"Number {day}", day=day))
    monkeypatch.chdir(tmp_path)
    for name in ("CONTENT", "STATIC", "OUTPUT", "STORE"):
        monkeypatch.delenv(f"LWNINDEX_{name}", raising=False)
    return tmp_path


def put(folder: Path, path: str, text: str) -> Path:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
    return place


def run(*words: str) -> Result:
    """Return what a command says, and its exit code."""
    return CliRunner().invoke(main, list(words))


def started(*words: str, folder: Path) -> subprocess.Popen[bytes]:
    """Return the program at work in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "lwnindex", *words],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


# Help and mistakes in the use --------------------------------------------------------------------


def test_without_arguments_it_says_what_it_can_do() -> None:
    said = run()

    assert said.exit_code in (0, 2), "the version of click decides"
    for verb in ("build", "config", "export"):
        assert verb in said.output


@pytest.mark.parametrize(
    "words",
    [(), ("build",), ("config",), ("export",), ("export", "json"), ("export", "zip"), ("export", "zim")],
)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_helps(words: tuple[str, ...], option: str) -> None:
    said = run(*words, option)

    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout.startswith("Usage: ")


@pytest.mark.parametrize("words", [(), ("new",), ("topics",), ("export",)])
def test_every_verb_is_told_whole_in_a_line(words: tuple[str, ...]) -> None:
    listed = run(*words, "--help").stdout.partition("Commands:")[2].strip("\n").splitlines()

    assert [line for line in listed if not re.fullmatch(r"  [a-z-]+ +[A-Z][^.]+\.", line)] == []


@pytest.mark.parametrize(
    "words",
    [
        ("--no-such-option",),
        ("no-such-command",),
        ("build", "--no-such-option"),
        ("build", "argument"),
        ("build", "--executor", "threads"),
        ("build", "--config", "none.toml"),
        ("build", "--config", "content"),
        ("build", "--content", "none"),
        ("build", "--content", "lwnindex.toml"),
        ("build", "--content", "content", "--content", "content"),
        ("build", "--output", "lwnindex.toml"),
        ("build", "--output", "content"),
        ("build", "--output", "content/site"),
        ("build", "--output", "."),
        ("export", "json", "--content", "none"),
        ("export", "csv"),
    ],
)
def test_a_mistake_in_the_use_ends_with_two_and_leaves_nothing_behind(
    root: Path, words: tuple[str, ...]
) -> None:
    before = sorted(root.rglob("*"))
    said = run(*words)

    assert (said.exit_code, said.stdout) == (2, "")
    assert "Traceback" not in said.stderr
    assert said.stderr.strip()
    assert sorted(root.rglob("*")) == before


def test_a_bad_configuration_ends_with_two_and_every_mistake(root: Path) -> None:
    put(root, "lwnindex.toml", 'outptu = "x"\n[site]\ntitel = "x"\nurl = "no"\n')
    for words in (("build",), ("config",), ("export", "json")):
        said = run(*words)

        assert (said.exit_code, said.stdout) == (2, "")
        assert len(said.stderr.splitlines()) == 3
        places = [line.partition("lwnindex.toml:")[2][:2] for line in said.stderr.splitlines()]
        assert places == ["1:", "3:", "4:"]
        assert 'Did you mean "site.title"?' in said.stderr


# Building ----------------------------------------------------------------------------------------


def test_a_sound_build_ends_with_zero_and_one_line(root: Path) -> None:
    said = run("build")

    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout.count("\n") == 1
    assert said.stdout.startswith("2 articles, 1 topic; pages: ")
    assert "0 errors, 0 warnings" in said.stdout
    assert (root / "site/Articles/a1/index.html").is_file()


def test_errors_end_with_one_and_the_rest_is_published(root: Path) -> None:
    put(root, "content/bad.md", "")
    said = run("build")

    assert said.exit_code == 1
    assert said.stderr.startswith("error: content/bad.md:1: empty: the file holds no text. ")
    assert "1 error, 0 warnings" in said.stdout
    assert (root / "site/Articles/a1/index.html").is_file()


def test_warnings_end_with_zero_and_strictly_with_one(root: Path) -> None:
    put(root, "content/photo.png", "")

    assert run("build").exit_code == 0
    said = run("build", "--strict")
    assert said.exit_code == 1
    assert said.stderr.startswith("warning: content/photo.png: not-read: ")


def test_strictly_a_sound_build_still_ends_with_zero(root: Path) -> None:
    assert run("build", "--strict").exit_code == 0


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{% if %}", "templates/home.html:1: "),
        ("x\n{{ now }}", "templates/home.html:2: "),
        ("x\n\n{{ page.no_such_thing }}", "templates/home.html"),
        ("{{ 1 // 0 }}", "templates/home.html"),
        ("{{ page.title + 1 }}", "templates/home.html"),
    ],
)
def test_a_broken_template_ends_with_three_and_its_file(root: Path, text: str, place: str) -> None:
    put(root, "templates/home.html", text)
    said = run("build")

    assert (said.exit_code, said.stdout) == (3, "")
    assert place in said.stderr
    assert "Traceback" not in said.stderr
    assert "fault of the program" not in said.stderr


def test_a_part_that_fails_is_named_itself_with_its_line(root: Path) -> None:
    put(root, "templates/home.html", '<!doctype html>\n{% include "parts/mine.html" %}')
    put(root, "templates/parts/mine.html", "\n\n{{ page.no_such_thing }}")

    assert "templates/parts/mine.html:3: " in run("build").stderr


def test_json_is_the_last_line(root: Path) -> None:
    put(root, "content/bad.md", "")
    put(root, "content/photo.png", "")
    figures = json.loads(run("build", "--json").stdout.splitlines()[-1])

    assert set(FIGURES) <= set(figures)
    assert [figures[name] for name in ("articles", "topics", "kept", "removed", "errors", "warnings")] == [
        2,
        1,
        0,
        0,
        1,
        1,
    ]
    assert figures["pages"] == figures["written"] > 10
    assert set(figures["stages"]) >= {"load", "write"}
    again = json.loads(run("build", "--json").stdout)
    assert (again["written"], again["kept"]) == (0, figures["pages"])


def test_quietly_errors_alone_are_told(root: Path) -> None:
    put(root, "content/bad.md", "")
    put(root, "content/photo.png", "")
    said = run("build", "-q")

    assert said.stdout == ""
    assert [line.split(":")[0] for line in said.stderr.splitlines()] == ["error"]


def test_verbosely_each_stage_s_seconds_are_told(root: Path) -> None:
    said = run("build", "-v")

    stages = ["load", "parse", "index", "search", "link", "write", "keep"]
    assert [line.split()[-1] for line in said.stderr.splitlines()][-len(stages) :] == stages
    assert said.stdout.count("\n") == 1


def test_what_was_dropped_is_told(root: Path) -> None:
    put(root, "content/draft.md", "---\ntitle: T\ndate: 2020-01-01\ndraft: true\n---\nText.\n")

    assert "1 draft left out" in run("build").stderr


def test_nothing_of_an_article_steers_the_terminal(root: Path) -> None:
    put(root, "content/a\x1b[31mred.md", "")
    title = '"\\e]0;owned\\a \\u202etitle \\u00a0x"'
    for name in ("b", "c"):
        put(
            root,
            f"content/{name}.md",
            ARTICLE.format(title=title, day=3).replace("---\n", "---\nslug: same\n", 1),
        )
    said = run("build")

    assert "address-clash" in said.stderr
    assert not {each for each in said.output if not each.isprintable()} - {"\n", "\u00a0"}


def test_the_day_of_a_build_can_be_told(root: Path) -> None:
    put(root, "content/late.md", ARTICLE.format(title="Late", day=3))

    early = run("build", "--now", "2020-01-02")
    assert early.stdout.startswith("2 articles")
    assert "article dated ahead left out" in early.stderr
    exported = run("export", "json", "--now", "2020-01-02").stdout_bytes
    assert [one["title"] for one in json.loads(exported)["articles"]] == ["Number 1", "Number 2"]
    assert run("build", "--now", "2020-01-03").stdout.startswith("3 articles")


@pytest.mark.parametrize("words", [("build",), ("export", "json"), ("export", "zip")])
def test_what_is_no_day_ends_with_two(root: Path, words: tuple[str, ...]) -> None:
    found = run(*words, "--now", "soon")

    assert found.exit_code == 2
    assert found.stderr == 'lwnindex: "soon" is no day. Name it as in --now 2009-12-22.\n'
    assert {each.name for each in root.iterdir()} <= {"lwnindex.toml", "content", ".lwnindex"}


def test_clean_and_no_stat_build_the_same(root: Path) -> None:
    run("build")
    for option in ("--clean", "--no-stat"):
        said = run("build", option, "--json")

        assert (said.exit_code, json.loads(said.stdout)["written"]) == (0, 0)


# Which site --------------------------------------------------------------------------------------


def test_the_configuration_is_found_upwards_from_here(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "content/2009").mkdir()
    monkeypatch.chdir(root / "content/2009")

    assert run("build").exit_code == 0
    assert (root / "site/index.html").is_file()
    assert (root / ".lwnindex").is_dir()


def test_the_configuration_is_found_upwards_from_the_content(
    root: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    put(elsewhere, "lwnindex.toml", "this is no TOML")
    monkeypatch.chdir(elsewhere)
    said = run("build", "--content", str(root / "content"), "--output", "out")

    assert said.exit_code == 0, said.output
    assert (elsewhere / "out/Articles/a1/index.html").is_file()
    assert (root / ".lwnindex").is_dir()
    assert not (root / "site").exists()


def test_a_named_configuration_wins(root: Path) -> None:
    other = put(root, "other/mine.toml", f'content = ["../content"]\noutput = "here"\n{TOML}')

    assert run("build", "--config", str(other)).exit_code == 0
    assert (root / "other/here/Articles/a1/index.html").is_file()


@pytest.mark.parametrize(
    "words", [("--output", "loop"), ("--output", "loop/x"), ("--store", "loop"), ("--content", "loop")]
)
def test_links_in_a_circle_are_told(root: Path, words: tuple[str, str]) -> None:
    (root / "loop").symlink_to("loop")
    said = run("build", *words)

    assert said.exit_code in (2, 3)
    assert "fault" not in said.stderr
    assert "loop" in said.stderr


def test_files_are_told_as_the_configuration_s_folder_has_them(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root, "content/bad.md", "")
    monkeypatch.chdir(root / "content")

    for words in (("build",), ("build", "--content", "."), ("build", "--content", str(root / "content"))):
        assert run(*words).stderr.startswith("error: content/bad.md:1: ")


@pytest.fixture
def bare(root: Path) -> Path:
    """The same folder without a configuration."""
    (root / "lwnindex.toml").unlink()
    return root


def test_without_a_configuration_the_store_stands_beside_the_output(bare: Path) -> None:
    said = run("build", "--content", "content", "--output", "deep/public")

    assert said.exit_code == 0, said.output
    assert "no-url" in said.stderr
    assert sorted(each.name for each in (bare / "deep").iterdir()) == [".lwnindex", "public"]
    assert not (bare / ".lwnindex").exists()


def test_without_a_configuration_and_options_everything_is_here(bare: Path) -> None:
    assert run("build").exit_code == 0
    assert {each.name for each in bare.iterdir()} == {"content", "site", ".lwnindex"}


def test_the_environment_says_where(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LWNINDEX_CONTENT", "content")
    monkeypatch.setenv("LWNINDEX_OUTPUT", "deep/public")
    assert run("build").exit_code == 0
    assert sorted(each.name for each in (bare / "deep").iterdir()) == [".lwnindex", "public"]

    monkeypatch.setenv("LWNINDEX_STORE", "kept")
    assert run("build", "--output", "deep/other").exit_code == 0
    assert (bare / "kept").is_dir()
    assert sorted(each.name for each in (bare / "deep").iterdir()) == [".lwnindex", "other", "public"]


def test_an_option_names_the_store(root: Path) -> None:
    assert run("build", "--store", "mine").exit_code == 0
    assert (root / "mine").is_dir()
    assert not (root / ".lwnindex").exists()


@pytest.mark.parametrize("harm", ["file", "folder"])
def test_a_store_that_cannot_be_made_ends_with_three(root: Path, harm: str) -> None:
    if harm == "file":
        put(root, ".lwnindex", "a file")
    else:
        (root / ".lwnindex/store-2.log").mkdir(parents=True)
    said = run("build")

    assert (said.exit_code, said.stdout) == (3, "")
    assert said.stderr.startswith("lwnindex: the store ")
    assert "--store DIR" in said.stderr


# The other commands ------------------------------------------------------------------------------


def test_the_configuration_is_shown_as_toml_that_says_the_same(root: Path) -> None:
    said = run("config")
    assert said.stdout.startswith(f"# from {root / 'lwnindex.toml'}\n")

    put(root, "again.toml", said.stdout)
    assert run("config", "--config", "again.toml").stdout.partition("\n")[2] == said.stdout.partition("\n")[2]


def test_without_one_the_defaults_are_shown(bare: Path) -> None:
    assert run("config").stdout.startswith('# no configuration file: all defaults\ncontent = ["content"]\n')


# Ends --------------------------------------------------------------------------------------------


def ended(error: BaseException, *words: str) -> Result:
    """Return what the program says where a command ends with an error."""

    def command() -> None:
        raise error

    program = type(main)(
        "program", commands={"fail": click.Command("fail", callback=command)}, params=main.params
    )
    return CliRunner().invoke(program, [*words, "fail"])


def test_a_fault_of_the_program_is_one_sentence_and_with_debug_a_traceback() -> None:
    said = ended(ZeroDivisionError("by\nzero"))

    assert said.exit_code == 3
    assert said.stderr.startswith("lwnindex: a fault of the program: ZeroDivisionError: by zero. ")
    assert len(said.stderr.splitlines()) == 1
    assert isinstance(ended(ZeroDivisionError(), "--debug").exception, ZeroDivisionError)


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (SiteError("it\x1b[31m is\nso"), 3, "lwnindex: it\N{REPLACEMENT CHARACTER}[31m is\nlwnindex: so\n"),
        (SiteError("so", exit_code=2), 2, "lwnindex: so\n"),
        (KeyboardInterrupt(), 130, "lwnindex: interrupted\n"),
        (BrokenPipeError(), 141, ""),
        (click.UsageError("so"), 2, "Error: so\n"),
        (
            OSError(errno.EIO, "Input/output error", "/a/site"),
            3,
            "lwnindex: the system failed: Input/output error (/a/site). See to that, and do it again.\n",
        ),
        (
            OSError(errno.EMFILE, "Too many open files"),
            3,
            "lwnindex: the system failed: Too many open files. See to that, and do it again.\n",
        ),
        (
            OSError(errno.ENAMETOOLONG, "File name too long", "/a/sss"),
            3,
            "lwnindex: the system failed: File name too long (/a/sss). See to that, and do it again.\n",
        ),
    ],
)
def test_each_end_has_its_code(error: BaseException, code: int, said: str) -> None:
    found = ended(error)

    assert (found.exit_code, found.stdout, found.stderr[-len(said) :]) == (code, "", said)


def test_with_debug_a_mistake_shows_where_it_was_found(root: Path) -> None:
    said = run("--debug", "build", "--content", "none")

    assert "does not exist" in str(said.exception)
    assert said.exception.__class__.__name__ == "SiteError"


def test_the_program_ends_with_its_codes_and_without_a_traceback(root: Path) -> None:
    put(root, "content/bad.md", "")
    ends = {}
    for words in (("build",), ("build", "--content", "none"), ("config",)):
        with started(*words, folder=root) as process:
            out, err = process.communicate()
        ends[words] = process.returncode
        assert b"Traceback" not in err
        assert (process.returncode == 2) == (out == b"")

    assert list(ends.values()) == [1, 2, 0]


def test_build_py_builds_this_repository_s_site(tmp_path: Path) -> None:
    places = ["--output", str(tmp_path / "site"), "--store", str(tmp_path / "store"), "--json"]
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *places], cwd=tmp_path, capture_output=True, check=False
    )

    figures = msgspec.json.decode(done.stdout)
    assert done.returncode == (1 if figures["errors"] else 0), done.stderr
    assert figures["articles"] >= 60
    assert (tmp_path / "site/index.html").is_file()


ENDLESS = (
    "{% for each in page.title * 10000000 %}{% for again in page.title * 10000000 %}{% endfor %}{% endfor %}"
)


def test_an_interrupted_build_ends_with_130_and_one_line(root: Path) -> None:
    put(root, "templates/home.html", ENDLESS)
    with started("build", folder=root) as process:
        late = monotonic() + 60
        # While modules are loaded, Python itself may end with the signal, though the interruption was heard.
        while not any(root.glob(".site.*")):
            assert process.poll() is None, process.communicate()
            assert monotonic() < late, "the build never began to write"
            sleep(0.02)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()

    assert (process.returncode, out, err) == (130, b"", b"lwnindex: interrupted\n")
    (root / "templates/home.html").unlink()
    assert run("build").exit_code == 0


@pytest.mark.parametrize("words", [("export", "json"), ("build", "--json"), ("config",)])
def test_a_reader_who_leaves_early_is_no_error(root: Path, words: tuple[str, ...]) -> None:
    with started(*words, folder=root) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""

    assert process.returncode == 141


def test_pages_have_their_names_where_python_knows_ascii_alone(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    header = "title: T\ndate: 2020-01-01\nentries: [Kernel/\u0131rq]"
    (tmp_path / "content/a.md").write_text(f"---\n{header}\n---\nWords.\n", "utf-8")
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "lwnindex", "build", "--quiet"],
        cwd=tmp_path,
        env={**os.environ, **plain},
        check=False,
        timeout=300,
    )
    assert done.returncode == 0
    assert (tmp_path / "site/Kernel/\u0131rq/index.html").exists()


def test_a_site_that_is_a_link_stays_one_whichever_way_it_is_named(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root, "lwnindex.toml", f'{TOML}[output]\nswitch = "symlink"\n')
    monkeypatch.setenv("LWNINDEX_OUTPUT", "site")
    for words in ((), ("--output", "site"), ("--output", str(root / "site"))):
        put(root, "content/a1.md", ARTICLE.format(title=f"Named by {words}", day=1))
        said = run("build", *words)

        assert (said.exit_code, (root / "site").is_symlink()) == (0, True)
        assert {each.name for each in root.iterdir() if "lwnindex-" in each.name} == {".site.lwnindex-trees"}
    assert 'switch = "symlink"' in run("config").stdout


def test_a_link_that_leads_elsewhere_is_refused_before_anything_is_written(root: Path) -> None:
    put(root, "lwnindex.toml", f'{TOML}[output]\nswitch = "symlink"\n')
    (root / "mine").mkdir()
    (root / "site").symlink_to("mine")
    before = sorted(root.rglob("*"))
    said = run("build")

    assert (said.exit_code, sorted(root.rglob("*"))) == (2, before)
    assert "is no tree of this site" in said.stderr
