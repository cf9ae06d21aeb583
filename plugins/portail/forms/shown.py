"""A form as it is drawn: every field with its words, from the schema of its kind."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct


class Choix(Struct, frozen=True):
    """A value that one may choose: its code, its name, what is said beside it."""

    code: str
    libelle: str
    note: str = ""


class Champ(Struct, frozen=True):
    """A control: what it asks, and how.

    ``chemin`` is the path of its value in the row or the file that holds it, or its name when it
    is ``hors``, outside the file. ``requis`` are the words beside its
    label; ``choix`` the values to choose from, ``defaut`` the one that is chosen; ``limite`` the
    most characters that a text holds, ``au_plus`` the most values of a list; ``exemple`` a value
    as one writes it; ``dossiers`` the folders that a reference names, ``avec_dossier`` when
    its value says which (``lieux/la-coupole``); ``type`` that of its
    ``<input>``; ``tableau`` the rows of the table of accessibility;
    ``nomme`` its name in ids, where its path is another's. ``si`` is when it is asked, ``cache``
    when it is not as long as nothing is said.
    """

    chemin: str
    saisie: str
    libelle: str
    hors: bool = False
    aide: str = ""
    requis: str = ""
    si: str = ""
    choix: tuple[Choix, ...] = ()
    defaut: str = ""
    limite: int = 0
    au_plus: int = 0
    exemple: str = ""
    dossiers: tuple[str, ...] = ()
    avec_dossier: bool = False
    type: str = "text"
    largeur: str = ""
    titre_tu: bool = False
    remplissage: str = ""
    tableau: tuple[Choix, ...] = ()
    nomme: str = ""
    cache: bool = False

    sorte = "champ"

    @property
    def cle(self) -> str:
        """Its path as ids write it: ``tarif-prix``."""
        return self.nomme or self.chemin.replace(".", "-")

    @property
    def groupe(self) -> bool:
        """Whether several controls answer together: a legend names them, not a label."""
        return self.saisie in ("cases", "moment", "seance") or self.radios

    @property
    def radios(self) -> bool:
        """Whether one value is chosen among few: they are all shown."""
        return self.saisie == "option" and len(self.choix) <= 5

    @property
    def compte(self) -> bool:
        """Whether one is told how long a text already is."""
        return self.saisie == "texte-long" or self.chemin == "titre"


class Lignes(Struct, frozen=True):
    """Rows of fields; ``un`` and ``ajouter`` are their words, ``premiere`` when there is one from
    the start, ``plus`` the fields of a row that are folded."""

    chemin: str
    un: str
    ajouter: str
    contenu: tuple[Champ, ...]
    titre: str = ""
    aide: str = ""
    plus: tuple[Champ, ...] = ()
    premiere: bool = False
    si: str = ""
    cache: bool = False

    sorte = "lignes"

    @property
    def cle(self) -> str:
        """Its path as ids write it."""
        return self.chemin.replace(".", "-")


class Pli(Struct, frozen=True):
    """What is folded under a title."""

    cle: str
    titre: str
    contenu: tuple[Champ | Lignes, ...]
    si: str = ""
    cache: bool = False

    sorte = "pli"


Contenu: TypeAlias = Champ | Lignes | Pli


class Partie(Struct, frozen=True):
    """A numbered part: its key in anchors, its title, its name in the plan; ``attend`` is what it
    needs, groups of names (``lieu|adresse``) of which one answer is enough; ``pour`` is the mode in
    which it is asked alone, if it is never asked otherwise."""

    cle: str
    titre: str
    court: str
    contenu: tuple[Contenu, ...]
    attend: tuple[str, ...] = ()
    pour: str = ""
