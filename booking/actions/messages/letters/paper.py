"""What a letter is made of, and its two forms. Both are written from one Letter, so they can't disagree."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    words: str
    url: str

    @property
    def is_telephone(self) -> bool:
        return self.url.startswith("tel:")

    @property
    def as_text(self) -> str:
        return self.words if self.is_telephone else f"{self.words}: {self.url}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    title: str
    lines: tuple[str, ...]
    links: tuple[Link, ...] = ()

    @property
    def as_text(self) -> str:
        return "\n".join([self.title.upper(), *self.lines, *(link.as_text for link in self.links)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One fact large, one thing to do, and the rest as quiet sections."""

    subject: str
    preview: str  # what an inbox shows behind the subject
    opening: str
    lines: tuple[str, ...]
    action: Link
    rows: tuple[tuple[Section, ...], ...]  # one or two sections side by side
    day: str = ""
    time: str = ""
    headline: str = ""  # stands large where the moment of the visit is not the point
    is_over: bool = False  # the moment is struck through: nobody is expected then
    why: str = ""  # why it was sent, to somebody who did not book
    is_for_staff: bool = False

    @property
    def sections(self) -> Iterator[Section]:
        return (section for row in self.rows for section in row)

    @property
    def large(self) -> tuple[str, ...]:
        """The one fact, line by line."""
        return (self.headline,) if self.headline else (f"{self.day},", self.time)

    @property
    def footer(self) -> tuple[str, ...]:
        if self.is_for_staff:
            return (_("From the diary of %(clinic)s.") % {"clinic": settings.CLINIC_NAME},)
        return (
            self.why
            or _("You get this because you booked at %(clinic)s.") % {"clinic": settings.CLINIC_NAME},
            _("Answer this mail and a person at the desk reads it."),
        )

    def as_text(self) -> str:
        parts = [
            self.opening,
            " ".join(self.large),
            "\n".join(self.lines),
            self.action.as_text,
            *(section.as_text for section in self.sections),
            "\n".join(["-- ", settings.CLINIC_NAME, *self.footer]),
        ]
        return "\n\n".join(parts) + "\n"

    def as_html(self) -> str:
        return render_to_string(
            "messages/letter.html",
            {"letter": self, "clinic_name": settings.CLINIC_NAME, "language": settings.LANGUAGE_CODE},
        )
