"""What the texts of the demonstration clinic say, and how."""

import re
from dataclasses import asdict
from typing import Any

import pytest

from config.demo.clinic import content

EMERGENCY_WORDS = {"{emergency_number}", "{emergency_place}", "{urgent_advice_number}"}
TREATMENTS = [pytest.param(treatment, id=treatment.slug) for treatment in content.treatments()]
CONDITIONS = [pytest.param(condition, id=condition.slug) for condition in content.conditions()]
FILES = [
    pytest.param(path.read_text(encoding="utf-8"), id=str(path.relative_to(content.FOLDER)))
    for path in sorted(content.FOLDER.rglob("*.toml"))
]


def words(row: Any) -> str:
    """Everything a page says, on one line, without Markdown's marks and in small letters."""
    texts = [value for value in asdict(row).values() if isinstance(value, str)]
    without_links = re.sub(r"\[([^]]*)\]\(/[^)]*\)", r"\1", " ".join(texts))
    return re.sub(r"[\s*]+", " ", without_links).lower()


def dry_needling() -> content.Treatment:
    return next(treatment for treatment in content.treatments() if treatment.slug == "dry-needling")


@pytest.mark.parametrize("text", FILES)
def test_nothing_is_exclaimed(text: str) -> None:
    assert "!" not in text


@pytest.mark.parametrize("text", FILES)
def test_no_word_is_spelt_the_american_way(text: str) -> None:
    american = (
        r"\b(color|center|program\b(?!me)|gray|favorite|behavior|analyze|edema|orthopedic|mobiliz\w+ed)\b"
    )
    assert re.findall(american, text, re.IGNORECASE) == []


@pytest.mark.parametrize("text", FILES)
def test_no_cure_is_promised(text: str) -> None:
    promises = r"\b(cures|guarantee\w*|miracle|proven to|risk-free|painless|100\s?%)"
    assert re.findall(promises, text, re.IGNORECASE) == []


@pytest.mark.parametrize("text", FILES)
def test_emergency_services_are_named_only_by_their_setting(text: str) -> None:
    assert re.findall(r"\b(999|111|112|911|A&E|emergency department)\b", text) == []
    assert set(re.findall(r"\{[^}]*\}", text)) <= EMERGENCY_WORDS


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_a_treatment_says_when_to_get_help_afterwards(treatment: content.Treatment) -> None:
    assert all(word in treatment.what_to_expect_after for word in EMERGENCY_WORDS)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_says_when_not_to_wait_for_physiotherapy(condition: content.Condition) -> None:
    urgent = {"{emergency_number}", "{emergency_place}"}
    assert any(word in condition.see_someone_first for word in urgent)
    assert "{urgent_advice_number}" in condition.see_someone_first


@pytest.mark.parametrize("slug", ["neck-pain", "low-back-pain", "fibromyalgia", "after-an-operation"])
def test_where_a_nerve_or_the_spine_is_in_danger_the_page_says_so(slug: str) -> None:
    condition = next(condition for condition in content.conditions() if condition.slug == slug)
    assert re.search(r"numb", condition.see_someone_first)


@pytest.mark.parametrize("row", [*TREATMENTS, *CONDITIONS])
def test_a_summary_is_one_sentence(row: Any) -> None:
    assert row.summary.endswith(".")
    assert len(re.findall(r"[.?]( |$)", row.summary)) == 1


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_every_source_has_authors_a_title_its_year_and_an_address(treatment: content.Treatment) -> None:
    for source in treatment.sources:
        _authors, title, *where = re.split(r"[.?] ", source.citation)
        assert len(title.split()) >= 4, source.citation
        assert any(str(source.year) in part for part in where), source.citation
        assert source.url.startswith("https://"), source.citation


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_every_source_named_in_a_text_is_listed_and_every_one_listed_is_named(
    treatment: content.Treatment,
) -> None:
    everything = " ".join(value for value in asdict(treatment).values() if isinstance(value, str))
    named = set(re.findall(r"\(([A-Z][\w-]+) (\d{4})\)", everything))
    listed = {(re.split(r"[ .]", source.citation)[0], str(source.year)) for source in treatment.sources}
    assert named == listed


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_no_percentage_is_given_without_its_source(treatment: content.Treatment) -> None:
    for text in (value for value in asdict(treatment).values() if isinstance(value, str)):
        for line in text.splitlines():
            assert "%" not in line or re.search(r"\([A-Z][\w-]+ \d{4}\)", line), line


@pytest.mark.parametrize(
    "fact",
    [
        # what it is
        "thin, sterile needle",
        "trigger point",
        "tight, knotted place",
        "hurts when pressed, stiffens the muscle and can send pain somewhere else",
        "physiotherapists with extra training",
        "stretching, foam rolling and massage don’t reach",
        # what it is not
        "dry needling is not acupuncture",
        "modern anatomy and neurophysiology",
        "pathways through which energy",
        # six ways it is used for
        "releasing a tight muscle",
        "less pain and inflammation",
        "more range of motion",
        "faster healing after an injury",
        "waking muscles dulled by chronic pain",
        "neck pain, tension headache, a stiff shoulder or low back pain",
        # how it feels, and after
        "small pinch",
        "twitch response",
        "tolerable",
        "sign that the trigger point was met",
        "looser and more mobile",
        "some feel tired",
        "like after a workout",
        "some hours to a day or two",
        # whom it suits, and beside what
        "muscle pain that isn’t improving",
        "sports or overuse injury",
        "tension headache or jaw pain",
        "chronic pain such as fibromyalgia",
        "poor posture or repetitive strain",
        "beside manual therapy and rehabilitation exercise",
        "talk to your physiotherapist, who will assess you first",
        # never
        "cannot consent, or does not want to",
        "needle phobia",
        "abnormal reaction",
        "lymphoedema",
        "anticoagulants",
        "clotting disorder",
        "infection at the site",
        # weighed up
        "bleed easily",
        "weakened immunity",
        "vascular disease",
        "lymph nodes removed",
        "diabetes",
        "pregnant",
        "epilepsy",
        "metal allergy",
        "heart condition",
        "surgery recently",
        # what has gone wrong elsewhere
        "7,629 treatments",
        "19.18%",
        "20,464 sessions",
        "36.7%",
        "1 in 1,024",
        # when to get help
        "breathlessness, chest pain",
        "numbness between the legs, or trouble passing urine",
    ],
)
def test_the_dry_needling_page_says(fact: str) -> None:
    assert fact in words(dry_needling())


def test_the_dry_needling_page_never_calls_the_evidence_good() -> None:
    assert dry_needling().evidence_level in {"limited", "mixed", "moderate"}


def test_what_must_not_be_needled_stands_apart_from_what_is_weighed_up() -> None:
    never, weighed_up = dry_needling().who_should_not.split("**Tell us first")
    assert "anticoagulants" in never
    assert "anticoagulants" not in weighed_up
    assert "pregnant" in weighed_up
    assert "pregnant" not in never


def test_where_a_guideline_advises_against_needling_it_is_not_suggested() -> None:
    osteoarthritis = next(row for row in content.conditions() if row.slug == "hip-knee-foot-pain")
    assert "osteoarthritis" in osteoarthritis.what_helps
    assert "dry-needling" not in osteoarthritis.treatments
