"""The copy of a signed consent: what was read, what was signed, by whom and before whom."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import typst

from booking.papers.blocks import blocks_of

TEMPLATE = Path(__file__).with_name("consent.typ")
ACCESSIBLE: Literal["ua-1"] = "ua-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentPaper:
    """Every value is a sentence or a name, ready to print; `text` is Markdown."""

    language: str
    clinic: str
    title: str
    version: str
    patient: str
    text: str
    statement: str
    signatures: Mapping[str, str]
    """What stands on the left of a line, and on its right."""
    withdrawn: str = ""


def consent_pdf(paper: ConsentPaper) -> bytes:
    """Tagged for screen readers, by PDF/UA-1 where the fonts can draw every letter.

    That standard refuses a paper with a letter that no font has. A name is printed as well as it can be, and
    the paper is still tagged; a patient is not left without a copy because of how they are called.
    """
    facts = asdict(paper) | {
        "text": blocks_of(paper.text),
        "statement": blocks_of(paper.statement),
        "signatures": list(paper.signatures.items()),
    }
    inputs = {"facts": json.dumps(facts, ensure_ascii=False)}
    try:
        return typst.compile(TEMPLATE, sys_inputs=inputs, pdf_standards=ACCESSIBLE)
    except typst.TypstError:
        return typst.compile(TEMPLATE, sys_inputs=inputs)
