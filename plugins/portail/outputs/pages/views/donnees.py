"""Pages of open data: the files, their dictionary."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.shared import Lien

__all__ = [
    "ChampDonnees", "DictionnaireView", "DonneesView", "FichierDonnees", "JeuDonnees",
    "ListeValeurs", "SectionDictionnaire", "TableChamps",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class FichierDonnees:
    """A file: its format (« CSV »), its address, what it holds when that is not all of its set
    (``precision``), the address of its JSON Schema (empty: none)."""

    format: str
    url: str
    precision: str = ""
    schema: str = ""


@dataclass(frozen=True, slots=True)
class JeuDonnees:
    """The files that tell the same contents: title, anchor, sentence, how many records it has, the
    page of its fields (empty: none)."""

    titre: str
    ancre: str
    description: str
    nombre: str
    fichiers: tuple[FichierDonnees, ...]
    dictionnaire: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DonneesView(PageView):
    """What one may take and reuse. ``index`` is the address of the file that lists the others,
    ``licence`` the name and the address of the licence, ``attribution`` the sentence to copy,
    ``mentions`` the page that cites the data of others, ``changements`` the file of what is new,
    ``exemple`` a command, ``suites`` other ways to follow; what is empty is not told."""

    jeux: tuple[JeuDonnees, ...]
    index: str
    licence: Lien
    attribution: str
    dictionnaire: str
    mentions: str = ""
    changements: str = ""
    exemple: str = ""
    suites: tuple[Lien, ...] = ()


@dataclass(frozen=True, slots=True)
class ChampDonnees:
    """One field: its key, its name, what it says; ``valeur`` what its value is, in French words
    that end with ``lien``, to the anchor of a list of codes or of a table of fields, if any; an
    example as JSON writes it."""

    cle: str
    libelle: str
    description: str
    valeur: str
    lien: Lien | None = None
    exemple: str = ""
    obligatoire: bool = False


@dataclass(frozen=True, slots=True)
class TableChamps:
    """Fields of one group: its path in the record, ``""`` for the record itself."""

    chemin: str
    ancre: str
    champs: tuple[ChampDonnees, ...]


@dataclass(frozen=True, slots=True)
class SectionDictionnaire:
    """Tables under one title, and a sentence that says what they are."""

    titre: str
    ancre: str
    phrase: str
    tables: tuple[TableChamps, ...]


@dataclass(frozen=True, slots=True)
class ListeValeurs:
    """A controlled list: (code, French label) of each value."""

    nom: str
    ancre: str
    valeurs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DictionnaireView(PageView):
    """The fields of what all records have, or of one kind: ``jeu`` its files, ``sections`` its
    fields, ``listes`` the values of its codes, ``pages`` the other pages of the dictionary."""

    chapo: str
    sections: tuple[SectionDictionnaire, ...]
    listes: tuple[ListeValeurs, ...] = ()
    pages: tuple[Lien, ...] = ()
    jeu: JeuDonnees | None = None
