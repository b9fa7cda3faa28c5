"""What a letter calls somebody."""

import unicodedata

LONGEST = 40
BETWEEN_LETTERS = frozenset("'’-‐\u200c\u200d")


def name_to_greet(name: str) -> str:
    """The first of the names, or nothing where it is not one.

    A name is typed by whoever books, for whatever address they please. A web address or an advertisement in
    that place would go out under the clinic's name, so only letters reach the letter.
    """
    first = next(iter(name.split()), "")
    return first if len(first) <= LONGEST and all(map(_belongs_to_a_name, first)) else ""


def one_line(words: str) -> str:
    """Fit to stand in a header: no line breaks, no control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _belongs_to_a_name(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM" or character in BETWEEN_LETTERS
