"""Notes are texts, and the other names of topics stand with them."""

from __future__ import annotations

from lwnindex.formats.thesaurus import body_text, notes, other_names
from tests.thesauri import CEPH, blob, library, see


def test_a_note_is_plain_text_a_paragraph_a_line() -> None:
    assert notes(library().catalog, blob) == {CEPH: "A distributed filesystem.\nSee there."}


def test_where_there_is_no_body_there_is_no_text() -> None:
    assert body_text("", blob) == ""


def test_each_topic_has_its_other_names_in_their_order() -> None:
    assert other_names(library().catalog) == {
        CEPH: (see("Kernel/Ceph FS", CEPH), see("Kernel/Filesystems/RADOS", CEPH, printed=False))
    }
