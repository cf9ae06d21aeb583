"""What every kind of content has in common."""

# Annotations are values here and in the modules of kinds: pydantic would compile those kept as text
# again for each class below theirs.
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Self, TypeAlias
from urllib.parse import quote

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from portail.text.dates import days_named, source_day

from .faults import Fault, fault, phrase, raised
from .fields import (
    AncienneUrl,
    Booleen,
    Detail,
    Doi,
    Entier,
    Falc,
    Jour,
    JourFiche,
    Ligne,
    Liste,
    NomOuRef,
    Phrase,
    Ref,
    Terme,
    TerritoireRef,
    Texte,
    Url,
)
from .kinds import ACTORS, Kind
from .rules import Order, Rule
from .scalars import champ

# How the note of a source that says when it was read begins.
_READ = ("lu", "vu", "relevé", "consulté")

# The instance itself, as an author.
REDACTION = "La rédaction"


def _checked_mapping(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, dict):
        name = info.field_name or "valeur"
        if value == "":
            raise fault("E206", cle=name)
        raise fault("E208", cle=name, remede=phrase("groupe", ligne=f"{name}: {{clé: valeur}}"))
    return value


# Stands for pydantic's set of the fields that were given: we never read it, and one set for each
# group would take a fifth of the memory of records.
UNTRACKED: set[str] = set()


class Groupe(BaseModel):
    """Base of a group of fields inside the front matter."""

    # An unchanged site validates nothing: the schema of a model is built when first needed.
    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )

    # Codes for the absence of a field that has a sentence of its own.
    absences: ClassVar[Mapping[str, str]] = MappingProxyType({})
    # Rules across its fields; those of the classes above hold too (``every_rule``).
    regles: ClassVar[tuple[Rule, ...]] = ()
    # Fields that are never shown for one content, only in totals over several.
    tus: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def every_rule(cls) -> Iterator[Rule]:
        for base in reversed(cls.__mro__):
            yield from base.__dict__.get("regles", ())

    def __getstate__(self) -> dict[Any, Any]:
        return {**super().__getstate__(), "__pydantic_fields_set__": UNTRACKED}

    @model_validator(mode="before")
    @classmethod
    def _mapping(cls, value: Any, info: ValidationInfo) -> Any:
        # The front matter must give a mapping (E206, E208).
        return _checked_mapping(value, info)

    @model_validator(mode="after")
    def _check_rules(self) -> Self:
        # A group says the first fault across its fields as its own.
        for rule in self.regles:
            for broken in rule.faults(self):
                raise raised(broken)
        return self


# Structures or people: slugs of the directory or plain names.
NomsOuLieux: TypeAlias = Annotated[tuple[Annotated[str, NomOuRef(*ACTORS)], ...], Liste(30)]

# Fields shown outside of their page, on any day: in lists, letters, feeds, search results.
SHOWN_ELSEWHERE = ("titre", "resume", "accroche")

# Code of a signature whose sheet is not there: the page says « Contributeur retiré ».
RETIRE = "A434"

# Who signed or read a text: whoever takes back one's sheet leaves the text where it is.
Signatures: TypeAlias = Annotated[
    tuple[Annotated[str, NomOuRef(*ACTORS, code=RETIRE)], ...], Liste(30)
]


class GrosPlan(Groupe):
    """A point of a picture, in hundredths of its width and of its height."""

    x: Annotated[int, Entier(0, 100)] = champ("X", "De la gauche.", "50", default=...)
    y: Annotated[int, Entier(0, 100)] = champ("Y", "Du haut.", "40", default=...)


class Image(Groupe):
    absences: ClassVar[Mapping[str, str]] = MappingProxyType({"alt": "E224", "credit": "E225"})

    fichier: Detail = champ("Fichier", "Nom du fichier joint.", "photo.jpg", default=...)
    alt: Phrase = champ(
        "Description",
        "Ce que l’image montre, pour qui ne la voit pas.",
        "Deux enfants devant un télescope",
        default=...,
    )
    credit: Ligne = champ("Crédit", "De qui est l’image.", "Musée Exemple", default=...)
    licence: Annotated[str, Terme("licences")] | None = champ(
        "Licence", "Licence de l’image.", "CC-BY-4.0"
    )
    legende: Phrase | None = champ("Légende", "Phrase affichée sous l’image.")
    gros_plan: GrosPlan | None = champ(
        "Gros plan",
        "Le point autour duquel une petite vignette montre l’image deux fois plus grande : une "
        "carte, un schéma dont les mots ne se liraient plus.",
        {"x": "50", "y": "40"},
    )


def doi_url(doi: str) -> str:
    """The address of a DOI (DOI Handbook, 3.8.1: what an address may not hold is encoded).

    >>> doi_url("10.1002/(SICI)1097<1::AID-X>3.0.CO;2-#?")
    'https://doi.org/10.1002/(SICI)1097%3C1::AID-X%3E3.0.CO;2-%23%3F'
    """
    return f"https://doi.org/{quote(doi, safe='/:;().,')}"


class ReferenceBiblio(Groupe):
    """A source: a title, and where to find it."""

    titre: Phrase = champ("Titre", "Titre de la source.", "Rapport d’activité 2027", default=...)
    url: Url | None = champ(
        "Adresse", "Adresse web de la source.", "https://example.org/rapport.pdf"
    )
    doi: Doi | None = champ("DOI", "Identifiant DOI.", "10.1000/182")
    note: Phrase | None = champ("Note", "Ce qu’on y trouve, la page.", "p. 12")

    @property
    def doi_url(self) -> str:
        if self.doi:
            return doi_url(self.doi)
        return ""


def pairs(value: Any, info: ValidationInfo) -> tuple[tuple[str, str], ...]:
    """The rows of a mapping of free names to texts (E202, E208)."""
    _checked_mapping(value, info)
    for key, identifier in value.items():
        if not isinstance(identifier, str):
            raise fault("E202", cle=key, exemple=f"{key}: …", champ=(key,))
    return tuple(sorted(value.items()))


class Entry(Groupe):
    """Fields common to all kinds; ``slug`` and ``source`` come from the path, not the file."""

    kind: ClassVar[Kind]
    obligatoires: ClassVar[tuple[str, ...]] = ("titre", "resume")
    texte_obligatoire: ClassVar[bool] = False
    # Fields of the classes above that its kind has not.
    closed: ClassVar[frozenset[str]] = frozenset()
    regles: ClassVar[tuple[Rule, ...]] = (Order("publie_le", "modifie"),)
    # The field of the day after which it is over; empty for what lasts.
    ends: ClassVar[str] = ""

    slug: str = Field(default="", exclude=True)
    source: PurePosixPath = Field(default=PurePosixPath(), exclude=True)

    titre: Ligne = champ(
        "Titre",
        "Ce que le lecteur voit d’abord ; *…* met en italique un nom d’espèce.",
        "Une nuit au Musée Exemple",
        default="",
    )
    resume: Phrase | None = champ(
        "Résumé", "Une ou deux phrases, en texte simple.", "Une sortie pour écouter les rapaces."
    )
    resume_falc: Falc | None = champ(
        "Texte facile à lire",
        "L’essentiel, ou tout, en facile à lire et à comprendre (FALC) : des phrases courtes.",
    )
    publie_le: JourFiche | None = champ("Publié le", "Jour d’entrée dans le portail.", "2027-09-20")
    modifie: JourFiche | None = champ(
        "Modifié le", "Jour de la dernière modification.", "2027-09-25"
    )
    auteurs: Signatures = champ(
        "Auteurs", "Structures de l’annuaire ou noms.", "musee-exemple", default=(REDACTION,)
    )
    d_apres: Annotated[str, NomOuRef(*ACTORS)] | None = champ(
        "D’après",
        "De qui est un texte pris ailleurs : il n’est signé que de là, et n’a pas de licence.",
        "musee-exemple",
    )
    themes: Annotated[tuple[Annotated[str, Terme("themes")], ...], Liste(3)] = champ(
        "Thèmes", "Trois au plus.", "astronomie-espace", default=()
    )
    mots_cles: Annotated[tuple[Annotated[str, Texte(60)], ...], Liste(20)] = champ(
        "Mots-clés", "Mots libres, au singulier.", "planétarium", default=()
    )
    communautes: Annotated[tuple[Annotated[str, Ref(Kind.COMMUNAUTE)], ...], Liste(10)] = champ(
        "Communautés", "Communautés concernées.", "animateurs-de-clubs", default=()
    )
    dossiers: Annotated[tuple[Annotated[str, Ref(Kind.DOSSIER)], ...], Liste(10)] = champ(
        "Dossiers", "Dossiers qui réunissent ce contenu.", "jouer-avec-la-lumiere", default=()
    )
    territoires: Annotated[tuple[TerritoireRef, ...], Liste(20)] = champ(
        "Territoires",
        "Seulement sans commune, ou pour un texte sur un territoire.",
        "$territoire",
        default=(),
    )
    image: Image | None = champ(
        "Image",
        "Une image, sa description et son crédit.",
        {"fichier": "photo.jpg", "alt": "…", "credit": "…"},
    )
    references: Annotated[tuple[ReferenceBiblio, ...], Liste(60)] = champ(
        "Sources",
        "D’où viennent les informations.",
        {"titre": "Rapport d’activité 2027"},
        default=(),
    )
    licence: Annotated[str, Terme("licences")] | None = champ(
        "Licence", "Licence du texte.", "CC-BY-SA-4.0", default="CC-BY-SA-4.0"
    )
    langue: Annotated[str, Terme("langues")] = champ("Langue", "Du texte.", "fr", default="fr")
    statut: Annotated[str, Terme("statuts")] = champ(
        "Statut",
        "publie ; brouillon, pour l’aperçu seul ; partage, pour qui a son lien.",
        "publie",
        default="publie",
    )
    exemple: Booleen | None = champ(
        "Exemple", "Si tout y est inventé : il montre ce que le portail sait faire.", "true"
    )
    a_ne_pas_manquer: Jour | None = champ(
        "À ne pas manquer", "Mis en avant par la rédaction jusqu’à ce jour.", "2027-10-11"
    )
    accroche: Annotated[str, Texte(80)] | None = champ(
        "Accroche",
        "Le titre de une, neuf mots au plus, qui dit autre chose que le titre.",
        "Le Musée Exemple rouvre vendredi",
    )
    ids_externes: Annotated[tuple[tuple[str, str], ...], BeforeValidator(pairs)] = champ(
        "Identifiants externes",
        "Identifiants ailleurs : openagenda, siret…",
        {"openagenda": "12345678"},
        default=(),
    )
    anciennes_urls: Annotated[tuple[AncienneUrl, ...], Liste(20)] = champ(
        "Anciennes adresses",
        "Chemins qui mènent désormais ici.",
        "/evenements/ancien-nom/",
        default=(),
    )

    @model_validator(mode="before")
    @classmethod
    def _of_others(cls, value: Any) -> Any:
        # No default is said as a fact about somebody else's work.
        others = isinstance(value, dict) and value.get("d_apres")
        if others:
            return {"auteurs": [], "licence": None, **value}
        return value

    @property
    def ref(self) -> str:
        return f"{self.kind.value}/{self.slug}"

    @property
    def brouillon(self) -> bool:
        """Whether lists show it in previews alone."""
        return self.statut != "publie"

    @property
    def en_cours(self) -> bool:
        """Whether it is a draft for its authors alone, of which something may still be missing."""
        return self.statut == "brouillon"

    @property
    def partage(self) -> bool:
        """Whether it is a draft with a page of its own, for those who have its address."""
        return self.statut == "partage"

    @property
    def indexable(self) -> bool:
        return not (self.brouillon or self.exemple)

    @property
    def sans_fichier(self) -> bool:
        """Whether no file writes it: it is derived from the tables of ``data/``."""
        return not self.source.name

    def paru(self, day: date) -> bool:
        return not self.brouillon and (self.publie_le is None or self.publie_le <= day)

    @property
    def jour(self) -> date | None:
        """The day by which lists order it: its last change, else its publication."""
        return self.modifie or self.publie_le

    @property
    def relu(self) -> tuple[str, date | None]:
        """The field that says when somebody looked at it with its sources, and that day."""
        if self.modifie:
            return "modifie", self.modifie
        return "publie_le", self.publie_le

    @property
    def source_recente(self) -> tuple[date, str]:
        """The newest day that its sources and figures are of, or were read, and which one is;
        ``date.min`` without any."""
        days = [(source_day(source.titre), source.titre) for source in self.references]
        for source in self.references:
            note = source.note or ""
            if note.startswith(_READ):
                days += [(day, source.titre) for day in days_named(note, date.min) if day.year > 2]
        years = ((figure.annee, figure.libelle) for figure in vars(self).get("chiffres") or ())
        days += [(date(year, 1, 1), name) for year, name in years if year]
        return max(days, default=(date.min, ""))

    @property
    def limite(self) -> date | None:
        last: date | None = getattr(self, self.ends) if self.ends else None
        return last

    def clos(self, day: date) -> bool:
        return self.limite is not None and self.limite < day

    @classmethod
    def rules(cls, values: Any) -> Iterator[Fault]:
        for rule in cls.every_rule():
            yield from rule.faults(values)

    @model_validator(mode="after")
    def _check_rules(self) -> Self:
        return self
