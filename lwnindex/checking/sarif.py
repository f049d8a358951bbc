"""Findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020), for programs that show code with remarks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from lwnindex.checking.findings import Finding
from lwnindex.digest import digest
from lwnindex.problems import CODES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "SITE"
_MEANING = "The folder of the repository that the site is in, or else that of its configuration."
_LINES = re.compile(r"(?<=:)\d+\b| \(lines [^)]*\)")
"""Numbers of lines in a sentence, which move when text above them grows."""


def sarif(found: Sequence[Finding], version: str, helps: Mapping[str, str]) -> bytes:
    """Return a log of one run; `helps` are texts on codes. Files are told as they are named there."""
    codes = sorted({one.problem.code for one in found})
    numbers = {code: number for number, code in enumerate(codes)}
    errors = {one.problem.code for one in found if one.problem.severity == "error"}
    told: Counter[str] = Counter()
    driver = {
        "name": "lwnindex",
        "semanticVersion": version,
        "rules": [_rule(code, helps.get(code, ""), errors) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": _MEANING}}},
        "results": [_result(one, numbers, told) for one in found],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(log), indent=1) + b"\n"


def _rule(code: str, help_text: str, errors: Container[str]) -> dict[str, Any]:
    meaning = CODES.get(code, "A check of a plug-in says so.")
    return {
        "id": code,
        "shortDescription": {"text": meaning},
        "fullDescription": {"text": meaning},
        "help": {"text": help_text or meaning},
        "defaultConfiguration": {"level": "error" if code in errors else "warning"},
    }


def _result(one: Finding, numbers: Mapping[str, int], told: Counter[str]) -> dict[str, Any]:
    found = one.problem
    where = {"artifactLocation": _place(found.file)}
    region = {"region": {"startLine": found.line}} if found.line else {}
    return {
        "ruleId": found.code,
        "ruleIndex": numbers[found.code],
        "level": found.severity,
        "message": {"text": f"{found.message} {found.fix}".strip()},
        "locations": [{"physicalLocation": where | region}],
        "partialFingerprints": {"cause/v1": _fingerprint(one, told)},
        "properties": {"page": one.page, "pages": one.pages},
    }


def _place(file: str) -> dict[str, str]:
    """Return where a file is: as seen from the site's folder, or wholly where it is not in there."""
    if file.startswith("/"):
        return {"uri": f"file://{quote(file)}"}
    return {"uri": quote(file, safe="/"), "uriBaseId": _ROOT}


def _fingerprint(one: Finding, told: Counter[str]) -> str:
    """Return what a finding is known by when lines have moved: what it says in which file, for which time."""
    said = _LINES.sub("", one.problem.message)
    cause = digest((one.problem.code, one.problem.file, said))[:32]
    told[cause] += 1
    return f"{cause}:{told[cause]}"
