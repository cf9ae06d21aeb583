"""Generate a large, openly artificial corpus in the proportions of a real portal.

Used by the tests of whole sites and by `outils/bench.py`: the same items are written for
Portail, for stock Pelican and for Hugo, so that the three build the same pages from the same
words. The same count and seed give the same files. Places, communes, territories, pictures and
words grow with the count, as they do in a portal. Nothing generated goes into ``content/``.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from corpus_pictures import picture
from portail.geo.places import Departement, Epci
from portail.geo.territories import Geography
from portail.resources import data_dir
from prose import FEMININE, MASCULINE, Prose

DAY = date(2021, 9, 27)
"""The day of the build; every item is published before it."""

MIX = {"events": 66, "articles": 25, "annonces": 7, "ressources": 2}
"""Share of each kind, in per cent; the other contents (`many`) come on top."""

FIXED = {
    "lieux": 40,
    "temps-forts": 4,
    "dossiers": 6,
    "communautes": 2,
    "projets": 3,
    "auteurs": 5,
    "territoires": 5,
}
"""How many contents of the other kinds at least."""

FOR_EACH = {
    "lieux": 25,
    "temps-forts": 1_000,
    "dossiers": 160,
    "communautes": 1_200,
    "projets": 500,
    "auteurs": 100,
    "territoires": 200,
}
"""One more content of a kind for so many items, once past what `FIXED` says."""

REGION = "Hauts-de-France"
COMMUNES_FOR_EACH = 8
"""Items for one more commune that contents name."""

PICTURED = 0.02
"""Share of events and articles that have a picture."""

SEGMENTS = {"events": "evenements"}
"""Folders whose URL has another name."""

THEMES = (
    "astronomie-espace",
    "terre-environnement",
    "vivant-sante",
    "agriculture-alimentation",
    "mathematiques-physique-chimie",
    "numerique",
    "industrie-technologie",
    "histoire-patrimoine",
    "histoire-des-sciences",
    "sciences-societe",
)
FORMATS = tuple("atelier conference exposition visite projection rencontre-debat jeu".split())
LIEUX = tuple("musee mediatheque association planetarium laboratoire centre-social".split())
PUBLICS = tuple("tout-public familles primaire college lycee adultes enseignants".split())
GENRES = tuple("actualite vulgarisation temoignage entretien portrait selection".split())
CATEGORIES = tuple("emploi stage benevolat appel-a-projets concours offre-de-materiel".split())
TYPES = tuple("exposition malle-pedagogique jeu livre podcast document".split())
UNACCENTED = str.maketrans("àâéèêëîïôöûüç’", "aaeeeeiioouuc-")


@dataclass(frozen=True)
class Item:
    """One entry: its folder, its slug, the fields of its header and its Markdown body.

    In the body, internal links are written ``folder/slug``, as Portail reads them. An item with a
    picture has a folder of its own.
    """

    folder: str
    slug: str
    fields: dict[str, object]
    body: str

    @property
    def url(self) -> str:
        """Path of its page, without the leading slash."""
        return f"{SEGMENTS.get(self.folder, self.folder)}/{self.slug}/"

    @property
    def path(self) -> str:
        """Path of its file, as Portail reads it: ``content/events/x.md``."""
        return f"content/{self.folder}/{self.slug}{'/index' * bool(self.picture)}.md"

    @property
    def picture(self) -> str:
        """Name of the file of its picture; empty when it has none."""
        image = self.fields.get("image")
        return str(image["fichier"]) if isinstance(image, dict) else ""


def many(count: int) -> dict[str, int]:
    """How many contents of the other kinds come with ``count`` items."""
    return {folder: max(least, count // FOR_EACH[folder]) for folder, least in FIXED.items()}


@cache
def geography() -> Geography:
    """The communes and territories of the region."""
    return Geography.load(data_dir(), REGION)


def territories() -> dict[str, tuple[str, str]]:
    """Slug → type and code of the territories of the region that may have a page, départements
    first."""
    places = geography()
    codes = {}
    for territory in places.home_territoires:
        if isinstance(territory, Departement):
            codes[places.slug(territory)] = ("departement", territory.code)
        elif isinstance(territory, Epci):
            codes[places.slug(territory)] = (territory.type, territory.siren)
    return codes


def communes(chance: random.Random, count: int) -> list[str]:
    """Communes that the contents of a portal of ``count`` items name, as one writes them."""
    places = geography()
    assert places.home is not None
    every = [commune for commune in places.communes_of(places.home) if commune.lat is not None]
    drawn = chance.sample(every, min(len(every), max(20, count // COMMUNES_FOR_EACH)))
    return [f"{commune.nom} ({commune.departement})" for commune in drawn]


class Generator:
    """Draws items one after the other from one seed; ``words`` bounds the length of bodies."""

    def __init__(self, count: int, seed: int = 1, words: tuple[int, int] = (300, 800)) -> None:
        self.random = random.Random(seed)  # noqa: S311 (nothing secret is drawn)
        self.prose = Prose(self.random, self.reference)
        self.words = words
        self.fixed = {
            folder: [f"{folder.rstrip('sx')}-exemple-{rank}" for rank in range(1, number + 1)]
            for folder, number in many(count).items()
        }
        if "territoires" in self.fixed:
            self.fixed["territoires"] = [*territories()][: len(self.fixed["territoires"])]
        self.communes = communes(self.random, count)
        kinds = self.random.choices([*MIX], weights=[*MIX.values()], k=count)
        self.drawn = [(kind, self.slug(number)) for number, kind in enumerate(kinds, start=1)]

    def items(self) -> Iterator[Item]:
        """What the others name first, then ``count`` items in the proportions of `MIX`."""
        for folder, slugs in self.fixed.items():
            for slug in slugs:
                yield self.item(folder, slug)
        for folder, slug in self.drawn:
            yield self.item(folder, slug)

    def item(self, folder: str, slug: str) -> Item:
        """One item of a folder."""
        fields = self.common(slug)
        fields |= getattr(self, folder.replace("-", "_"))(fields)
        if folder not in (*MIX, "dossiers"):
            del fields["publie_le"]
        if folder in ("events", "articles") and self.random.random() < PICTURED:
            fields["image"] = self.image(slug)
        return Item(folder, slug, fields, self.prose.body(*self.words))

    def slug(self, number: int) -> str:
        """A noun and a number, unaccented."""
        noun = self.random.choice((*MASCULINE, *FEMININE))
        return f"{noun}-{number}".translate(UNACCENTED)

    def reference(self, chance: random.Random) -> str:
        """A content that exists: a place as often as another item."""
        if chance.random() < 0.5 or not self.drawn:
            return f"lieux/{chance.choice(self.fixed['lieux'])}"
        return "/".join(chance.choice(self.drawn))

    def lieu(self) -> str:
        """The slug of a place."""
        return self.random.choice(self.fixed["lieux"])

    def common(self, slug: str) -> dict[str, object]:
        """Fields that every kind has."""
        return {
            "titre": f"{self.prose.title()[:120]} ({slug})"[:140],
            "resume": self.prose.sentence()[:290],
            "publie_le": DAY - timedelta(days=self.random.randrange(1, 900)),
            "themes": self.random.sample(THEMES, self.random.randrange(1, 3)),
            "mots_cles": [self.random.choice((*MASCULINE, *FEMININE)), self.prose.invented()],
        }

    def image(self, slug: str) -> dict[str, object]:
        """A photograph three times in four, else a figure."""
        extension = "png" if self.random.random() < 0.25 else "jpg"
        alt = f"Des disques de couleur, {self.prose.phrase()}"
        return {"fichier": f"{slug}.{extension}", "alt": alt, "credit": capital_name(self.prose)}

    def events(self, common: dict[str, object]) -> dict[str, object]:
        """When, where, for whom; some belong to a highlight, a few have a state."""
        fields: dict[str, object] = {
            **self.when(),
            **self.where(),
            "format": [self.random.choice(FORMATS)],
            "publics": self.random.sample(PUBLICS, 2),
        }
        if self.random.random() < 0.5:
            fields["tarif"] = {"gratuit": True}
        if self.random.random() < 0.3:
            fields["organisateurs"] = [self.lieu(), capital_name(self.prose)]
        if self.random.random() < 0.1:
            fields |= {"temps_fort": self.random.choice(self.fixed["temps-forts"]), "edition": 2021}
        draw = self.random.random()
        if draw < 0.05:
            fields["etat"] = "annule" if draw < 0.025 else "complet"
        elif draw < 0.06:
            fields |= {"etat": "reprogramme", "ancien_debut": DAY - timedelta(days=3)}
        return fields

    def when(self) -> dict[str, object]:
        """Every way to say it, the plain one most often."""
        day = DAY + timedelta(days=self.random.randrange(-150, 200))
        hour = self.random.randrange(9, 20)
        start, end = f"{day} {hour:02}:00", f"{day} {hour + 2:02}:30"
        draw = self.random.random()
        if draw < 0.60:
            return {"debut": start, "fin": end}
        if draw < 0.72:
            return {"debut": day, **({"fin": day + timedelta(days=9)} if draw < 0.66 else {})}
        if draw < 0.86:
            days = [day + timedelta(days=7 * week) for week in range(self.random.randrange(2, 9))]
            return {"seances": [{"debut": f"{day} 14:00", "fin": f"{day} 15:30"} for day in days]}
        if draw < 0.95:
            return {
                "horaires": {
                    "du": day,
                    "au": day + timedelta(days=60),
                    "tous_les": ["mercredi", "samedi"],
                    "de": "14:00",
                    "a": "18:00",
                    "sauf": [f"{day + timedelta(days=14)}..{day + timedelta(days=20)}"],
                }
            }
        return {"rrule": "FREQ=WEEKLY;INTERVAL=2;COUNT=6", "debut": start, "fin": end}

    def where(self) -> dict[str, object]:
        """A place of the directory, an address, or on line."""
        draw = self.random.random()
        if draw < 0.6:
            return {"lieu": self.lieu()}
        if draw < 0.9:
            return {"adresse": {"nom": "Salle d’exemple", "commune": self.commune()}}
        return {"en_ligne": "https://exemple.org/direct"}

    def commune(self) -> str:
        """A commune that contents name."""
        return self.random.choice(self.communes)

    def articles(self, common: dict[str, object]) -> dict[str, object]:
        """Some are signed."""
        fields: dict[str, object] = {"genre": self.random.choice(GENRES)}
        if self.random.random() < 0.4:
            fields["auteurs"] = [self.random.choice(self.fixed["auteurs"])]
        return fields

    def annonces(self, common: dict[str, object]) -> dict[str, object]:
        """Ends within a year."""
        published = date.fromisoformat(str(common["publie_le"]))
        return {
            "categorie": self.random.choice(CATEGORIES),
            "echeance": published + timedelta(days=self.random.randrange(20, 300)),
            "lieu": self.lieu(),
            "contact": {"courriel": "contact@exemple.org"},
        }

    def ressources(self, common: dict[str, object]) -> dict[str, object]:
        """Owned by a place; half of them can be borrowed."""
        fields: dict[str, object] = {"type": self.random.choice(TYPES), "proprietaire": self.lieu()}
        if self.random.random() < 0.5:
            fields["pret"] = {"panneaux": 12, "montage": "2 h à deux"}
            fields["itinerance"] = [
                {
                    "lieu": self.lieu(),
                    "du": DAY + timedelta(days=30 * rank),
                    "au": DAY + timedelta(days=30 * rank + 14),
                }
                for rank in range(-2, 3)
            ]
        return fields

    def lieux(self, common: dict[str, object]) -> dict[str, object]:
        """In a commune."""
        return {"type": self.random.choice(LIEUX), "commune": self.commune()}

    def temps_forts(self, common: dict[str, object]) -> dict[str, object]:
        """Every October."""
        return {"periode": "octobre", "mois": [10], "organisateur": [self.lieu()]}

    def dossiers(self, common: dict[str, object]) -> dict[str, object]:
        """A few contents, in order."""
        drawn = (self.reference(self.random) for _ in range(12))
        return {"elements": [*dict.fromkeys(drawn)]}

    def communautes(self, common: dict[str, object]) -> dict[str, object]:
        """Of places."""
        return {"membres": self.random.sample(self.fixed["lieux"], 8)}

    def projets(self, common: dict[str, object]) -> dict[str, object]:
        """Led by two places."""
        return {"avancement": "en-cours", "porteurs": self.random.sample(self.fixed["lieux"], 2)}

    def territoires(self, common: dict[str, object]) -> dict[str, object]:
        """A département, then intercommunalités."""
        slug = str(common["titre"]).rpartition("(")[2].rstrip(")")
        kind, code = territories()[slug]
        return {"type": kind, "code": code}

    def auteurs(self, common: dict[str, object]) -> dict[str, object]:
        """Of a place."""
        return {"titre": capital_name(self.prose), "affiliation": self.lieu()}


def capital_name(prose: Prose) -> str:
    """A name that nobody has."""
    return f"{prose.noun().capitalize()} Exemple-{prose.noun().capitalize()}"


def scalar(value: object) -> str:
    """A value as YAML that any reader understands: JSON, where dates are plain."""
    if isinstance(value, list):
        return f"[{', '.join(map(scalar, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {scalar(part)}' for key, part in value.items())}}}"
    if isinstance(value, str) and value[:4].isdigit() and ".." not in value:
        return value  # a date and its hour, as contributors write them
    return str(value) if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def text_of(item: Item) -> str:
    """The whole file of an item, as Portail reads it."""
    header = "".join(f"{key}: {scalar(value)}\n" for key, value in item.fields.items())
    return f"---\n{header}---\n\n{item.body}"


def write(folder: Path, items: list[Item]) -> None:
    """Write the items as Portail reads them, below ``folder/content``."""
    for item in items:
        path = folder / item.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(item), encoding="utf-8")
        if item.picture:
            path.with_name(item.picture).write_bytes(picture(item.picture))


def corpus(
    folder: Path, count: int, seed: int = 1, words: tuple[int, int] = (300, 800)
) -> list[Item]:
    """Write ``count`` items and what they name below ``folder/content``; return them."""
    items = [*Generator(count, seed, words).items()]
    write(folder, items)
    return items
