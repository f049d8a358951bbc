"""The machine and the programs are named, and nothing of where they stand."""

from __future__ import annotations

import platform
from pathlib import Path

from benchmarks.builders import builders
from benchmarks.versions import hugo_release, machine, programs


def test_the_machine_has_its_cores_and_its_memory() -> None:
    assert machine().split(", ")[0].endswith(" cores")
    assert " GiB, " in machine()


def test_ourselves_are_named_with_python_and_the_libraries(tmp_path: Path) -> None:
    found, _ = builders(("lwnindex",), tmp_path)
    said = programs(found, tmp_path)
    assert said.startswith("lwnindex ")
    assert platform.python_version() in said
    assert "jinja2 3." in said
    assert str(tmp_path) not in said


def test_hugo_is_named_without_what_none_needs() -> None:
    assert hugo_release("hugo v0.1.2-abc+extended+withdeploy linux/amd64 Build=x") == "Hugo 0.1.2 extended"
    assert hugo_release("hugo v0.1.2-abc linux/amd64") == "Hugo 0.1.2"
    assert hugo_release("") == ""
