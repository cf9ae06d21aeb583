"""What an instance adds to its portal in Python: outputs, facts, facets and rules.

Who writes one imports all that is needed from ``portail.greffons``, which says what is promised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from traceback import extract_tb
from typing import Any, NamedTuple

from msgspec import Struct, field

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, PlanError
from portail.model.faults import FieldPath
from portail.site.facets import OUI, Facet, Pair, Value
from portail.site.item import Item
from portail.source.store import Loaded

CANAUX = ("page", "carte", "lettre", "flux", "agenda")
"""Where a fact may show: the practical box of the page, the card, the line of the letter, the head
in a feed, the description in a calendar."""


class Fait(Struct, frozen=True):
    """A fact of the contents of a kind (the folder ``events``), last in its ``canaux``.

    ``enonce`` is given a content (``Item``) and the ``Site``, and gives a ``Fact``; one without
    values shows nowhere.
    """

    enonce: Callable[[Any, Any], Any]  # neither Site nor Draft: they hold these, or import them
    genre: str = "events"
    canaux: tuple[str, ...] = CANAUX


class Facette(Struct, frozen=True):
    """A facet of the agenda: its key in addresses, its title, the labels of its values by code, in
    the order in which they are shown; without labels it is a switch, whose one code is ``oui``.

    ``lit`` gives the codes of an event, which receives its ``Item`` and all contents by reference.
    ``page`` is the title and the description of the page of a value, where ``{nom}`` is its label,
    ``{bas}`` the same inside a sentence, ``{en_region}`` « en Normandie ».
    """

    cle: str
    titre: str
    lit: Callable[[Item, Mapping[str, Item]], Iterable[str]]
    valeurs: Mapping[str, str] = field(default_factory=dict)
    page: tuple[str, str] = (
        "Agenda\u00a0: {bas}",
        "Les rendez-vous des sciences à venir{en_region}\u00a0: {bas}.",
    )

    @property
    def facet(self) -> Facet:
        """As lists and filters know it."""
        known = self.valeurs or {OUI: self.titre}
        values = tuple(Value(code, label) for code, label in known.items())
        return Facet(self.cle, self.titre, not self.valeurs, valeurs=values)


class Faute(NamedTuple):
    """What a rule finds: a content as ``brouillon.entries()`` gives it, the path of the field
    (``("reservation", "url")``), what fills the sentences of the rule."""

    contenu: Loaded
    champ: FieldPath = ("titre",)
    valeurs: Mapping[str, object] = {}


class Regle(Struct, frozen=True):
    """A rule: its code (E, A or C for the severity, then X and two figures), its title, the message
    and the remedy, which ``valeurs`` of a ``Faute`` fill, and ``cherche``, which is given the
    contents before they are a site (``Draft``) and yields every ``Faute``.

    ``page`` is what ``portail check --expliquer`` shows, in Markdown.
    """

    code: str
    titre: str
    message: str
    remede: str
    cherche: Callable[[Any], Iterable[Faute]]
    page: str = ""


class Greffon(Struct, frozen=True):
    """What one module adds; ``nom`` is unique in an instance. A ``sorties`` is a function of the
    ``Site`` that gives artifacts: the plan of an output."""

    nom: str
    sorties: tuple[Callable[[Any], Iterable[Any]], ...] = ()
    faits: tuple[Fait, ...] = ()
    facettes: tuple[Facette, ...] = ()
    regles: tuple[Regle, ...] = ()


class Greffons(Struct, frozen=True):
    """Those of an instance, in the order of its settings; ``modules`` are their files by name,
    ``dossiers`` the folders and files of their code, ``empreinte`` a digest of all that these
    hold."""

    tous: tuple[Greffon, ...] = ()
    modules: Mapping[str, Path] = field(default_factory=dict)
    dossiers: tuple[Path, ...] = ()
    empreinte: str = ""

    def faits(self, canal: str, genre: str) -> Iterator[tuple[str, Callable[[Any, Any], Any]]]:
        """The facts of a kind that a channel shows, each with the name of its greffon."""
        for one in self.tous:
            for fait in one.faits:
                if fait.genre == genre and canal in fait.canaux:
                    yield one.nom, fait.enonce

    def facettes(self) -> tuple[Facet, ...]:
        """The facets that the agenda has more."""
        return tuple(facette.facet for one in self.tous for facette in one.facettes)

    def facette(self, cle: str) -> Facette | None:
        """The facet of a key."""
        every = (facette for one in self.tous for facette in one.facettes)
        return next((one for one in every if one.cle == cle), None)

    def pairs(self, item: Item, items: Mapping[str, Item]) -> Iterator[Pair]:
        """The values that an event has of them. Raises ``PlanError`` for a code that is in no list
        of labels."""
        for one in self.tous:
            for facette in one.facettes:
                codes = dict.fromkeys(facette.lit(item, items))
                known = facette.valeurs or (OUI,)
                for code in codes:
                    if code not in known:
                        raise PlanError(
                            f"Le greffon « {one.nom} » donne à {item.ref} la valeur « {code} », "
                            f"que sa facette « {facette.cle} » ne connaît pas."
                        )
                    yield facette.cle, code

    def check(self, draft: Any) -> Iterator[Diagnostic]:
        """What their rules find."""
        for one in self.tous:
            for regle in one.regles:
                for fault in regle.cherche(draft):
                    if not isinstance(fault, Faute):
                        raise PlanError(
                            f"Le greffon « {one.nom} », règle {regle.code} : « {str(fault)[:60]} » "
                            "n’est pas une « Faute »."
                        )
                    place = draft.place(fault.contenu, fault.champ)
                    words: dict[str, Any] = dict(fault.valeurs)
                    yield diagnostic(regle.code, place, **words)


AUCUN = Greffons()
"""What an instance has when it names none."""

_loaded = AUCUN


def keep(some: Greffons) -> Greffons:
    """Remember the greffons of this process, for ``blamed``."""
    global _loaded
    _loaded = some
    return some


def loaded() -> Greffons:
    """The greffons of this process."""
    return _loaded


def blamed(error: BaseException) -> str:
    """The sentence for an error that comes from the code of a greffon, with its place; ``""`` for
    any other."""
    inside = [
        (Path(frame.filename), frame.lineno)
        for frame in extract_tb(error.__traceback__)
        if any(Path(frame.filename).is_relative_to(one) for one in _loaded.dossiers)
    ]
    if not inside:
        return ""
    names = {file: nom for nom, file in _loaded.modules.items()}
    nom = next((names[file] for file, _ in reversed(inside) if file in names), "")
    who = f"Le greffon « {nom} »" if nom else "Un greffon"
    (file, line), text = inside[-1], f"{type(error).__name__} : {error}".rstrip(" :")
    return f"{who} a échoué ({file.name}, ligne {line}) : {text}"
