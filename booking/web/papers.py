"""A signed consent as a PDF, for the patient and for the treating physio."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from booking.models import Consent
from booking.papers.consent import ConsentPaper, consent_pdf
from booking.words import say_day, say_time
from catalogue.texts import fill_in

FILE_NAME = "signed.pdf"
"""It lies among other downloads, where anybody may look: it names nobody and no treatment."""


def answer_with(consent: Consent) -> HttpResponse:
    response = HttpResponse(consent_pdf(paper_of(consent)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{FILE_NAME}"'
    response["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    return response


def paper_of(consent: Consent) -> ConsentPaper:
    text, signed_at = consent.text, consent.signed_at
    assert signed_at is not None, "only what was signed has a paper"
    assert consent.practitioner is not None, "it is signed before a physio"
    words = {"day": say_day(signed_at, with_year=True), "time": say_time(signed_at)}
    signatures = {
        _("Patient"): consent.patient.name,
        _("Signed by"): consent.signed_name,
        _("Signing for the patient as"): consent.signed_for,
        _("Signed on"): _("%(day)s, %(time)s") % words,
        _("Before"): consent.practitioner.name,
        _("What we talked about"): consent.remarks,
        _("Text signed off by"): text.signed_off_by,
    }
    return ConsentPaper(
        language=settings.LANGUAGE_CODE.split("-")[0],
        clinic=settings.CLINIC_NAME,
        title=text.title,
        version=_("version %(number)d") % {"number": text.version},
        patient=consent.patient.name,
        text=fill_in(text.text),
        statement=text.statement,
        signatures={name: value for name, value in signatures.items() if value},
        withdrawn=_withdrawn(consent),
    )


def _withdrawn(consent: Consent) -> str:
    if consent.withdrawn_at is None:
        return ""
    words = {
        "day": say_day(consent.withdrawn_at, with_year=True),
        "time": say_time(consent.withdrawn_at),
    }
    return _("Withdrawn on %(day)s, %(time)s.") % words
