"""A served page hears of changes, and its policy admits that and nothing else."""

from __future__ import annotations

import pytest

from lwnindex.preview.policy import ANCESTORS, admitted, dressed

SCRIPT = "http://127.0.0.1:8000/:lwnindex/client.js?1"
TAG = f'<script src="{SCRIPT}" defer></script>'
ADMIT = {"connect-src": "http://127.0.0.1:8000/:lwnindex/events", "script-src": "S", "style-src": "C"}
OURS = "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; base-uri 'none'"


@pytest.mark.parametrize(
    ("policy", "wanted"),
    [
        (OURS, f"{OURS}; connect-src {ADMIT['connect-src']}"),
        ("default-src 'self'", "default-src 'self'"),
        ("img-src 'none'", "img-src 'none'"),
        ("", ""),
        (
            "default-src 'none'",
            f"default-src 'none'; connect-src {ADMIT['connect-src']}; script-src S; style-src C",
        ),
        (
            "connect-src https://x.example; script-src 'sha256-x'",
            f"connect-src https://x.example {ADMIT['connect-src']}; script-src 'sha256-x' S",
        ),
        ("script-src-elem 'none'; script-src 'self'", "script-src 'self'; script-src-elem S"),
        # The first of two directives of a name holds.
        ("connect-src *; connect-src 'none'", "connect-src *; connect-src 'none'"),
    ],
)
def test_a_policy_admits_what_is_needed_and_nothing_more(policy: str, wanted: str) -> None:
    assert admitted(policy, ADMIT) == wanted


def test_a_page_gets_the_script_behind_its_policy_and_the_policy_as_a_header() -> None:
    meta = '<meta http-equiv="Content-Security-Policy" content="{}">'
    page = f'<!doctype html><html><head><meta charset="utf-8">{meta.format(OURS)}<title>T</title>'

    found = dressed(page.encode(), SCRIPT, ADMIT)

    own = f"{OURS}; connect-src {ADMIT['connect-src']}"
    written = own.replace("'", "&#x27;")
    assert found.content.decode() == page.replace(meta.format(OURS), meta.format(written) + TAG)
    assert found.policy == f"{own}, {ANCESTORS}"


def test_two_policies_both_admit_it() -> None:
    one = "<meta http-equiv=content-security-policy content=\"default-src 'none'\">"

    found = dressed((one + one + "<p>x").encode(), SCRIPT, {"connect-src": "X"})

    assert found.content.count(b"connect-src X") == 2
    assert found.content.endswith(TAG.encode() + b"<p>x")
    assert (
        found.policy == f"default-src 'none'; connect-src X, default-src 'none'; connect-src X, {ANCESTORS}"
    )


@pytest.mark.parametrize(
    ("page", "before"),
    [
        ("<!doctype html><html lang=en><head><title>x", "<!doctype html><html lang=en><head>"),
        ("<!doctype html><html><body>", "<!doctype html><html>"),
        ("<!DOCTYPE html><title>x", "<!DOCTYPE html>"),
        ("<!-- <head> --><html><p>", "<!-- <head> --><html>"),
        ("<header>x", ""),
        ("", ""),
    ],
)
def test_a_page_without_a_policy_gets_the_script_where_one_can_stand(page: str, before: str) -> None:
    found = dressed(page.encode(), SCRIPT, ADMIT)

    assert found.content.decode() == before + TAG + page.removeprefix(before)
    assert found.policy == ANCESTORS


def test_a_policy_that_no_header_can_hold_stays_in_its_page() -> None:
    page = "<meta http-equiv='Content-Security-Policy' content='img-src \N{SNOWMAN}\r\nX: y'>"

    assert dressed(page.encode(), SCRIPT, {}).policy == ANCESTORS
