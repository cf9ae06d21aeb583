"""Groups of fields that several kinds share, and the record of checked links."""

from typing import Annotated, Any, ClassVar

from .entry import Groupe
from .faults import fault
from .fields import (
    Booleen,
    CodePostal,
    Courriel,
    Detail,
    Entier,
    Euros,
    Ligne,
    Liste,
    MomentField,
    Pays,
    Phrase,
    Telephone,
    Terme,
    Texte,
    Url,
    Ville,
)
from .rules import Both, Bounds, Rule
from .scalars import Typed, champ, read_text


def _degres(low: float, high: float) -> Typed:
    def read(value: Any, info: Any) -> float:
        text = read_text(value, info)
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            number = float("nan")
        if not low <= number <= high:
            cle = "latitude" if info.field_name == "lat" else "longitude"
            raise fault("E223", valeur=text, cle=cle)
        return number

    return Typed(read, {"type": "number", "minimum": low, "maximum": high, "x-code": "E223"})


class Coordonnees(Groupe):
    """WGS 84 coordinates in decimal degrees."""

    lat: Annotated[float, _degres(-90, 90)] = champ("Latitude", "En degrés.", "$lat", default=...)
    lon: Annotated[float, _degres(-180, 180)] = champ(
        "Longitude", "En degrés.", "$lon", default=...
    )


class Adresse(Groupe):
    """A postal address; its commune places it, coordinates in another country."""

    nom: Ligne | None = champ("Nom", "Nom de l’endroit.", "Salle des fêtes")
    rue: Detail | None = champ("Rue", "Numéro et rue.", "2 place de la Mairie")
    pays: Pays = champ("Pays", "S’il n’est pas en France.", "Belgique")
    code_postal: CodePostal | None = champ("Code postal", "Cinq chiffres.", "$code_postal")
    commune: Ville = champ("Commune", "Nom de la commune.", "$commune", default=...)


class Contact(Groupe):
    """How to reach someone about this content."""

    url: Url | None = champ("Adresse web", "Page de contact.", "https://example.org/contact")
    courriel: Courriel | None = champ("Courriel", "Adresse d’une structure.", "contact@example.org")
    telephone: Telephone | None = champ("Téléphone", "Numéro d’une structure.", "01 99 00 12 34")


# Years of the oldest public.
OLDEST = 120


class Age(Groupe):
    """Ages in years, both bounds included."""

    regles: ClassVar[tuple[Rule, ...]] = (Bounds("age"),)

    min: Annotated[int, Entier(0, OLDEST)] | None = champ("Dès", "Âge minimal.", "8")
    max: Annotated[int, Entier(0, OLDEST)] | None = champ("Jusqu’à", "Âge maximal.", "12")

    @property
    def bornes(self) -> tuple[int, int] | None:
        """The youngest and the oldest, in years, both included; ``None`` when neither is said."""
        if self.min is None and self.max is None:
            return None
        return self.min or 0, OLDEST if self.max is None else self.max


class Chiffre(Groupe):
    """A key figure with its year and source."""

    libelle: Ligne = champ("Libellé", "Ce qui est compté.", "visiteurs", default=...)
    valeur: Annotated[str, Texte(60)] = champ(
        "Valeur", "Le nombre, avec son unité.", "12 000", default=...
    )
    annee: Annotated[int, Entier(1800, 2100)] | None = champ("Année", "Année du chiffre.", "2027")
    source: Phrase | None = champ("Source", "D’où vient le chiffre.", "Rapport 2027")


class ChiffreCourt(Chiffre):
    """A key figure that is set large over a drawing: a short value, few words."""

    libelle: Annotated[str, Texte(36)] = champ(
        "Libellé", "Ce qui est compté, en quatre mots au plus.", "communes", default=...
    )
    valeur: Annotated[str, Texte(7)] = champ(
        "Valeur", "Le nombre, en sept signes au plus.", "66", default=...
    )


_Valeur = Annotated[str, Terme("valeurs-accessibilite")]


class Accessibilite(Groupe):
    """What is accessible to whom; what is not said is unknown, never « non »."""

    auditif: _Valeur = champ(
        "Handicap auditif", "oui, partiel, non ou inconnu.", "oui", default="inconnu"
    )
    visuel: _Valeur = champ(
        "Handicap visuel", "oui, partiel, non ou inconnu.", "oui", default="inconnu"
    )
    moteur: _Valeur = champ(
        "Handicap moteur", "oui, partiel, non ou inconnu.", "oui", default="inconnu"
    )
    mental: _Valeur = champ(
        "Handicap mental", "oui, partiel, non ou inconnu.", "oui", default="inconnu"
    )
    psychique: _Valeur = champ(
        "Handicap psychique", "oui, partiel, non ou inconnu.", "oui", default="inconnu"
    )
    equipements: Annotated[
        tuple[Annotated[str, Terme("equipements-accessibilite")], ...], Liste(20)
    ] = champ("Équipements", "Boucle magnétique, LSF…", "bim", default=())
    labels: Annotated[tuple[Annotated[str, Terme("labels-accessibilite")], ...], Liste(5)] = champ(
        "Labels", "Labels obtenus.", "tourisme-et-handicap", default=()
    )
    precisions: Phrase | None = champ("Précisions", "Ce qu’il faut savoir.")

    @property
    def niveaux(self) -> dict[str, str]:
        """Level of access for each handicap: ``oui``, ``partiel``, ``non`` or ``inconnu``."""
        return {name: getattr(self, name) for name in HANDICAPS}

    @property
    def ouverts(self) -> tuple[str, ...]:
        """Handicaps with which one may come, at least in part."""
        return tuple(name for name, level in self.niveaux.items() if level in ("oui", "partiel"))


# Families of handicaps, in the order of the model.
HANDICAPS = tuple(
    name for name, field in Accessibilite.model_fields.items() if field.default == "inconnu"
)


class Tarif(Groupe):
    """What it costs; an absent ``tarif`` is « non précisé »."""

    regles: ClassVar[tuple[Rule, ...]] = (Both("gratuit", ("prix", "reduit"), "E234"),)

    gratuit: Booleen | None = champ("Gratuit", "true si tout est gratuit.", "true")
    prix: Euros | None = champ("Prix", "En euros.", "5,50")
    reduit: Euros | None = champ("Tarif réduit", "En euros.", "3")
    conditions: Annotated[str, Texte(255)] | None = champ("Conditions", "Les cas particuliers.")

    @property
    def nul(self) -> bool:
        """Whether nothing is to pay: it is said, or the price is 0."""
        return bool(self.gratuit or self.prix == 0)


class EtapeProjet(Groupe):
    """One step of a project."""

    titre: Ligne = champ("Titre", "Ce qui se fait.", "Ateliers", default=...)
    date: MomentField | None = champ("Date", "Quand.", "2027-11-01")
    fait: Booleen | None = champ("Fait", "Si c’est fini.", "true")


Etapes = Annotated[tuple[EtapeProjet, ...], Liste(60)]
