"""The signed paper, read back."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from booking.papers.consent import ConsentPaper, consent_pdf


def paper(**fields: Any) -> PdfReader:
    name = fields.pop("name", "Elena Marsh")
    defaults = {
        "language": "en",
        "clinic": "Oakmont",
        "title": "Before dry needling",
        "version": "version 1",
        "patient": name,
        "text": "## What is done\n\nA **thin** needle.\n\n- one\n- two",
        "statement": "I agree.",
        "signatures": {"Signed by": name, "What we talked about": "The neck."},
    }
    return PdfReader(io.BytesIO(consent_pdf(ConsentPaper(**defaults | fields))))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_says_what_was_read_and_signed() -> None:
    said = words(paper())
    for part in ("What is done", "A thin needle.", "one", "two", "I agree.", "Elena Marsh", "The neck."):
        assert part in said


@pytest.mark.parametrize(
    "name",
    [
        '#panic("x")',
        "\\ $x^2$ *b* _i_ `c`",
        '"quotes" and \\"',
        "[#strong[a]]",
        "@ref <label> // no",
        "O’Brien & Søn",
    ],
)
def test_a_name_is_printed_and_never_read_as_markup(name: str) -> None:
    assert " ".join(name.split()) in words(paper(name=name))


def test_markup_in_the_remarks_is_printed_too() -> None:
    remarks = '#read("/etc/passwd") #import "x"'
    assert remarks in words(paper(signatures={"What we talked about": remarks}))


@pytest.mark.parametrize("name", ["Ελένη Анна", "فاطمة", "王小明", "देवी", "אנה", "🦴"])
def test_a_name_in_any_script_has_its_paper(name: str) -> None:
    assert paper(name=name).metadata.title == f"Before dry needling, {name}"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["Elena Marsh", "王小明"])
def test_it_is_tagged_for_screen_readers_in_its_language(name: str) -> None:
    root = paper(name=name).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"] == "en"  # type: ignore[index]


def test_what_was_withdrawn_says_so() -> None:
    assert "Withdrawn on Monday." in words(paper(withdrawn="Withdrawn on Monday."))
