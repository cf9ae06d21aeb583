"""What gathers others: a rule, references of any kind, the editions of a year after another."""

from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import ValidationInfo

from .entry import Entry, Groupe
from .faults import fault
from .fields import Annee, Jour, Ligne, Liste, Reference, Terme, TerritoireRef, Texte
from .kinds import where
from .parts import Chiffre
from .rules import OneOf, Order, Rule
from .scalars import champ, read_text

_ELEMENTS = where(lambda info: info.is_subject)


class Regle(Groupe):
    """Gathers every content of a theme, a keyword and/or a territory."""

    regles: ClassVar[tuple[Rule, ...]] = (
        OneOf(("theme", "mot_cle", "territoire"), "E206", {"cle": "regle"}),
    )

    theme: Annotated[str, Terme("themes")] | None = champ("Thème", "Un thème.", "numerique")
    mot_cle: Annotated[str, Texte(60)] | None = champ("Mot-clé", "Un mot-clé.", "vaccin")
    territoire: TerritoireRef | None = champ("Territoire", "Un territoire.", "$territoire")


# There is another rule, of the days of what comes back every year.
ReglePour = Regle


def _read_ref(value: Any, info: ValidationInfo) -> str:
    if not isinstance(value, str):
        raise fault("E202", cle="ref", exemple="articles/un-article")
    return read_text(value, info).removesuffix(".md")


RefLibre = Reference(_read_ref, {"type": "string", "x-code": "E401"}, _ELEMENTS, code="E401")


# Yearly highlights: ``content/temps-forts/``.


class Edition(Groupe):
    regles: ClassVar[tuple[Rule, ...]] = (Order("du", "au"),)

    annee: Annee = champ("Année", "De l’édition.", "2027", default=...)
    du: Jour | None = champ("Du", "Premier jour.", "2027-10-01")
    au: Jour | None = champ("Au", "Dernier jour.", "2027-10-11")
    theme: Ligne | None = champ("Thème", "De l’année.", "L’émotion de la découverte")
    chiffres: Annotated[tuple[Chiffre, ...], Liste(40)] = champ(
        "Chiffres", "Bilan de l’édition.", {"libelle": "animations", "valeur": "300"}, default=()
    )


class YearlyEntry(Entry):
    """A content of a kind that comes back every year (``yearly`` of ``kind.yml``)."""

    if TYPE_CHECKING:
        periode: str | None
        regle: str | None
        mois: tuple[int, ...]
        editions: tuple[Edition, ...]
        organisateur: tuple[str, ...]
        participer: str | None
        site: str | None
