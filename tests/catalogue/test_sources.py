"""Statements lead to their sources."""

from django.utils.safestring import mark_safe

from catalogue.models import TreatmentSource
from catalogue.web.sources import link_sources, shown_sources

CHYS = TreatmentSource(citation="Chys M, De Meulemeester K. A review. Journal 2023;12:1205.", year=2023)
NICE = TreatmentSource(citation="NICE. Chronic pain. Guideline NG193.", year=2021)


def test_a_short_reference_becomes_a_link_to_its_source() -> None:
    linked = link_sources(mark_safe("<p>It helps (Chys 2023).</p>"), [CHYS])

    assert linked == '<p>It helps (<a href="#source-chys-2023">Chys 2023</a>).</p>'


def test_a_body_is_referred_to_by_its_name() -> None:
    assert "#source-nice-2021" in link_sources(mark_safe("(NICE 2021)"), [NICE])


def test_a_reference_to_nothing_listed_stays_text() -> None:
    assert link_sources(mark_safe("(Smith 1999)"), [CHYS]) == "(Smith 1999)"


def test_the_link_meets_the_source_it_names() -> None:
    anchor = shown_sources([CHYS])[0].anchor

    assert f'href="#{anchor}"' in link_sources(mark_safe("Chys 2023"), [CHYS])
