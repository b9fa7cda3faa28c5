"""Names as people type them in a hurry, and what no name can hold."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NOT_TO_BE_SEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Categories of Unicode: control, format, not a character, private, half a character, line and paragraph."""
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters, marks and dots to Unicode, and nothing to the eye."""
JOINED_SCRIPTS = frozenset(
    {
        "ADLAM", "ARABIC", "BENGALI", "DEVANAGARI", "GUJARATI", "GURMUKHI", "HANIFI", "KANNADA", "KHMER",
        "MALAYALAM", "MANDAIC", "MONGOLIAN", "MYANMAR", "NKO", "ORIYA", "SINHALA", "SYRIAC", "TAMIL",
        "TELUGU", "TIBETAN",
    }
)  # fmt: skip
"""Whose letters a joiner joins or keeps apart, by the first word of a letter's name in Unicode."""
SHAPES = {
    "\u200c": JOINED_SCRIPTS,
    "\u200d": JOINED_SCRIPTS,
    **dict.fromkeys("\u180b\u180c\u180d\u180f", frozenset({"MONGOLIAN"})),
    **{chr(code): frozenset({"CJK"}) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))},
}
"""Signs that have no shape of their own, and change that of the letter before them in these scripts."""


def plain(name: str) -> str:
    """Small letters without accents, one space between words: what two spellings of one name share."""
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter)
    )
    return " ".join(bare.casefold().split())


def tidy(name: str) -> str:
    """One space between words and none around them."""
    return " ".join(name.split())


def require_name(name: str) -> None:
    """Raises ValidationError for what nobody could read, or would read otherwise than it is stored."""
    if any(_hides(sign, before) for before, sign in zip(" " + name, name, strict=False)):
        raise ValidationError(
            _("Something that cannot be seen stands in this name, as happens in copying. Type it by hand."),
            code="unseen",
        )
    if not any(sign.isalpha() for sign in name):
        raise ValidationError(_("Write the name as it stands on letters to you."), code="no_letter")


def _hides(sign: str, before: str) -> bool:
    if scripts := SHAPES.get(sign):
        return _script(before) not in scripts
    return sign in BLANK or unicodedata.category(sign) in NOT_TO_BE_SEEN


def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]
