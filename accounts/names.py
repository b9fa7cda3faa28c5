"""Names as people type them in a hurry."""

import unicodedata


def plain(name: str) -> str:
    """Small letters without accents, one space between words: what two spellings of one name share."""
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter)
    )
    return " ".join(bare.casefold().split())
