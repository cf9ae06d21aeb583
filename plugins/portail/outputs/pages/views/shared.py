"""What several views hold: links, pictures, leaves, labels, facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

__all__ = [
    "Etiquette", "Fait", "Feuille", "Lien", "Message", "NavGroup", "Pagination", "Picture",
    "Variante", "Vide", "by_digest",
]  # fmt: skip


class _Digested(Protocol):
    @property
    def digest(self) -> str: ...


T = TypeVar("T", bound=_Digested)


def by_digest(kind: type[T]) -> type[T]:
    """Have what knows the digest of all that it holds written by it: views that hold hundreds of
    them are compared by what they are written as."""
    whole = kind.__repr__

    def written(self: T) -> str:
        return f"{kind.__name__}({self.digest})" if self.digest else whole(self)

    kind.__repr__ = written  # type: ignore[method-assign, assignment]
    return kind


@dataclass(frozen=True, slots=True)
class Lien:
    """A link, or plain text when ``url`` is empty; ``note`` is said beside it.

    ``signe`` names the icon that precedes it; ``manque`` marks what nobody has told yet. ``fin``
    is the last day when it holds, for what does not always.
    """

    texte: str
    url: str = ""
    note: str = ""
    signe: str = ""
    fin: date | None = None


@dataclass(frozen=True, slots=True)
class NavGroup:
    """A titled list of links of the footer."""

    titre: str
    liens: tuple[Lien, ...]


@dataclass(frozen=True, slots=True)
class Variante:
    """One file of a picture: its width in pixels, its media type (``image/avif``)."""

    url: str
    largeur: int
    type: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its real size in pixels; ``licence`` is a short name (« CC BY 4.0 »).

    ``variantes`` are its files in every format and width, narrowest first within a type, best
    type first; ``url`` is the widest that any browser shows. ``animation`` is the address of what
    moves, of which the picture is the first frame.
    """

    url: str
    alt: str
    largeur: int
    hauteur: int
    credit: str = ""
    legende: str = ""
    licence: str = ""
    variantes: tuple[Variante, ...] = ()
    animation: str = ""


@dataclass(frozen=True, slots=True)
class Feuille:
    """The leaf of a tear-off calendar: a day, the state that marks it (``""`` or a code), and the
    last of its days (``fin``) when it has several; ``avant`` takes the place of its week day."""

    jour: date
    etat: str = ""
    fin: date | None = None
    avant: str = ""


@dataclass(frozen=True, slots=True)
class Etiquette:
    """A label: its text, and ``code`` for its look (``annule``, ``complet``, ``gratuit``…).

    ``forte`` labels prevent or change something; the others inform. ``fin`` is the last day when
    it holds, for what does not always.
    """

    texte: str
    code: str
    forte: bool = False
    fin: date | None = None


@dataclass(frozen=True, slots=True)
class Fait:
    """One row of a practical box: a label and its values."""

    libelle: str
    valeurs: tuple[Lien, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """What changes everything, said before the rest: ``ton`` is ``info``, ``alerte`` or
    ``erreur``; ``ancien`` is struck through, ``nouveau`` replaces it, ``liens`` are ways out,
    ``suites`` what is on instead, which ``invite`` announces."""

    titre: str
    texte: str = ""
    ancien: str = ""
    nouveau: str = ""
    liens: tuple[Lien, ...] = ()
    ton: str = "info"
    invite: str = ""
    suites: tuple[Lien, ...] = ()


@dataclass(frozen=True, slots=True)
class Pagination:
    """Pages of a list: ``numero`` from 1 to ``total``; ``pages`` the address of each, by number."""

    numero: int
    total: int
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vide:
    """What stands where there is nothing: a sentence that names what was asked, the nearest thing
    that exists (``proche``, said before its link if it has one), ways out; ``fin`` is the last day
    when it is said."""

    phrase: str
    indication: str = ""
    issues: tuple[Lien, ...] = ()
    proche: Lien | None = None
    fin: date | None = None
