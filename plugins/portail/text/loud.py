"""What a poster shouts, in a title or a summary: capitals, « !! », « venez nombreux »."""

from __future__ import annotations

from collections.abc import Iterator

from portail.late import expression

_CAPITALS = "[A-ZÀ-ÖØ-ÞŒ]{2,}"
LOUD = (
    rf"(?:{_CAPITALS}[ \u00a0’'-]){{2,}}{_CAPITALS}|![ \u00a0]?!+"
    "|[Vv]enez (?:très )?nombreu(?:x|ses)|[Nn]e (?:manquez|ratez) (?:surtout )?pas"
    "|[Nn][’']hésitez (?:surtout )?pas|[ÀA] ne (?:surtout )?pas (?:manquer|rater)"
)
"""In the expressions of Python and of a browser: three words in capitals (one or two may be
names of structures), marks that are said twice, calls that say nothing."""
_LOUD = expression(LOUD)


def loud(text: str) -> Iterator[str]:
    """What shouts in ``text``.

    >>> [*loud("LA NUIT DES CHAUVES-SOURIS!!!"), *loud("Venez nombreux."), *loud("CNRS et INRAE !")]
    ['LA NUIT DES CHAUVES-SOURIS', '!!!', 'Venez nombreux']
    """
    return (match[0] for match in _LOUD.finditer(text))
