"""What a command costs is told truly, as far as a test can know it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from benchmarks.processes import Failed, cost, memory_of, proportional, size, stamps, written

ROLLUP = "5570-7ffd ---p 00000000 00:00 0  [rollup]\nRss:   9000 kB\nPss:   1500 kB\nPss_Anon:   900 kB\n"
HUNGRY = "import sys; held = bytearray(200 << 20); print(flush=True); sys.stdin.read()"
TWO = f"""
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {HUNGRY!r}], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdout.readline()
held = bytearray(200 << 20)
time.sleep(0.5)
child.communicate()
"""

needs_proc = pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").is_file(), reason="memory is told by /proc, which this system has not"
)


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


@needs_proc
def test_the_memory_of_all_processes_counts(tmp_path: Path) -> None:
    spent = cost(python(TWO), tmp_path, tmp_path / "log", {})
    assert 400 <= spent.memory < 600


@needs_proc
def test_the_memory_of_who_measures_does_not_count(tmp_path: Path) -> None:
    held = bytearray(300 << 20)
    spent = cost(python("import time; time.sleep(0.5)"), tmp_path, tmp_path / "log", {})
    assert 0 < spent.memory < 200
    assert len(held) > spent.memory


def test_the_time_of_children_counts(tmp_path: Path) -> None:
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    spent = cost(
        python(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"),
        tmp_path,
        tmp_path / "log",
        {},
    )
    assert spent.cpu >= 0.3
    assert spent.wall >= 0.3


def test_a_command_runs_in_its_folder_with_its_environment(tmp_path: Path) -> None:
    said = "import os; print(os.getcwd(), os.environ['WORD'])"
    cost(python(said), tmp_path, tmp_path / "log", {"WORD": "kalo"})
    assert (tmp_path / "log").read_text("utf-8").split() == [str(tmp_path.resolve()), "kalo"]


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"(?s)ended with 3: .*no kalo"):
        cost(
            python("import sys; print('no kalo'); sys.exit(3)"),
            tmp_path,
            tmp_path / "log",
            {},
        )


def test_a_command_ends_when_its_measurement_is_broken_off(tmp_path: Path) -> None:
    waiting = "import os, pathlib, signal, sys, time; pathlib.Path('pid').write_text(str(os.getpid()));"
    interrupt = f"os.kill({os.getpid()}, signal.SIGINT); time.sleep(600)"
    with pytest.raises(KeyboardInterrupt):
        cost(python(f"{waiting} {interrupt}"), tmp_path, tmp_path / "log", {})
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_the_proportional_size_is_read() -> None:
    assert proportional(ROLLUP) == 1500 * 1024
    assert proportional("Rss: 12 kB\n") == proportional("") == 0


@needs_proc
def test_a_session_that_is_not_there_holds_nothing() -> None:
    assert memory_of(-2) == 0
    assert memory_of(os.getsid(0)) > 0


def test_what_was_written_is_what_is_new_or_changed(tmp_path: Path) -> None:
    for name in ("same", "changed", "replaced", "gone"):
        (tmp_path / name).write_text(name)
    before = stamps(tmp_path)
    (tmp_path / "changed").write_text("now longer")
    (tmp_path / "other").write_text("replaced")
    (tmp_path / "other").replace(tmp_path / "replaced")
    (tmp_path / "gone").unlink()
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "file").write_text("new")
    after = stamps(tmp_path)
    assert written(before, after) == 3
    assert len(after) == 4
    assert size(after) == len("same" + "now longer" + "replaced" + "new")


def test_a_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    assert stamps(tmp_path / "none") == {}
