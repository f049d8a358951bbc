"""SARIF is what its schema requires, and knows a finding again when lines have moved."""

from __future__ import annotations

import json
from typing import Any

from lwnindex.checking.findings import Finding
from lwnindex.checking.sarif import sarif
from lwnindex.problems import problem

FOUND = [
    Finding(problem("dead-link", "content/a b.md", 3, "M.", "F."), "a/index.html", 1),
    Finding(problem("dead-link", "content/a b.md", 9, "M.", "F."), "a/index.html", 1),
    Finding(problem("no-url", "lwnindex.toml", 0, "N.", "F.")),
]


def run(found: list[Finding]) -> dict[str, Any]:
    log = json.loads(sarif(found, "0.1.0", {"dead-link": "Help."}))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (one,) = log["runs"]
    assert isinstance(one, dict)
    return one


def test_a_log_has_what_the_schema_requires() -> None:
    """Sections 3.14, 3.19, 3.27, 3.28, 3.29 and 3.49 of the standard name what has to be there."""
    one = run(FOUND)
    driver = one["tool"]["driver"]
    assert driver["name"] == "lwnindex"
    for rule in driver["rules"]:
        assert rule["id"]
        assert all(rule[name]["text"] for name in ("shortDescription", "fullDescription", "help"))
        assert rule["defaultConfiguration"]["level"] in ("error", "warning")
    for result in one["results"]:
        assert result["message"]["text"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        (place,) = result["locations"]
        artifact = place["physicalLocation"]["artifactLocation"]
        assert artifact["uriBaseId"] in one["originalUriBaseIds"]
        assert "://" not in artifact["uri"]
        assert " " not in artifact["uri"]


ALLOWED = {
    "run": {"tool", "columnKind", "originalUriBaseIds", "results"},
    "driver": {"name", "semanticVersion", "rules"},
    "rule": {"id", "shortDescription", "fullDescription", "help", "defaultConfiguration"},
    "result": {
        *("ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints", "properties"),
    },
}
"""Names of properties that the schema knows, which allows no others."""


def test_a_log_has_no_property_that_the_schema_does_not_know() -> None:
    one = run(FOUND)

    assert one.keys() <= ALLOWED["run"]
    assert one["tool"]["driver"].keys() <= ALLOWED["driver"]
    assert all(rule.keys() <= ALLOWED["rule"] for rule in one["tool"]["driver"]["rules"])
    assert all(result.keys() <= ALLOWED["result"] for result in one["results"])
    assert all(
        isinstance(value, str) for each in one["results"] for value in each["partialFingerprints"].values()
    )


def test_places_are_relative_and_lines_begin_with_one() -> None:
    places = [result["locations"][0]["physicalLocation"] for result in run(FOUND)["results"]]

    assert places[0]["artifactLocation"]["uri"] == "content/a%20b.md"
    assert [place.get("region") for place in places] == [{"startLine": 3}, {"startLine": 9}, None]


def test_a_file_elsewhere_is_told_wholly() -> None:
    (one,) = run([Finding(problem("no-lang", "/usr/share/a b.html", 1, "M.", "F."))])["results"]

    artifact = one["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "file:///usr/share/a%20b.html"}


def test_help_texts_stand_with_their_rules() -> None:
    assert run(FOUND)["tool"]["driver"]["rules"][0]["help"]["text"] == "Help."


def test_fingerprints_survive_that_lines_move_and_are_each_others() -> None:
    moved = [
        one._replace(problem=problem("dead-link", "content/a b.md", line, "M.", "F."))
        for one, line in zip(FOUND[:2], (13, 19), strict=True)
    ]

    before, after = (
        [result["partialFingerprints"] for result in run(found)["results"]] for found in (FOUND[:2], moved)
    )
    assert before == after
    assert before[0] != before[1]


def test_lines_in_a_sentence_do_not_count() -> None:
    texts = ("2 fences (lines 3, 9) as in a.md:3.", "2 fences (lines 13, 19) as in a.md:13.")
    found = [run([Finding(problem("no-alt", "a.md", 1, text, "F."))])["results"] for text in texts]

    assert found[0][0]["partialFingerprints"] == found[1][0]["partialFingerprints"]


def test_no_finding_is_a_log_without_results() -> None:
    assert run([])["results"] == []
