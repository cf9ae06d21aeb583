"""Generate a large, openly artificial corpus in the proportions of a real portal.

Used by `outils/bench.py`: the same items are written for Portail, for stock Pelican and for
Hugo, so that the three build the same pages from the same words. The same count and seed
give the same files. Nothing generated here goes into ``content/``.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

DAY = date(2021, 9, 27)
"""The day of the build; every item is published before it."""

MIX = {"events": 66, "articles": 25, "annonces": 7, "ressources": 2}
"""Share of each kind, in per cent; places come on top, one for fifty items."""

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
COMMUNES = tuple(
    "Amiens Arras Beauvais Calais Cambrai Carvin Douai Laon Lille Maubeuge Roubaix "
    "Saint-Quentin Soissons Tergnier Wizernes".split()
)
FORMATS = ("atelier", "conference", "exposition", "visite", "projection", "rencontre-debat")
LIEUX = ("musee", "mediatheque", "association", "planetarium", "laboratoire", "centre-social")

NOUNS = """abeille aimant algue argile atome balance baleine boussole brume calcul canal carte
cellule champ charbon ciel climat comète coquille coton courant craie cristal dune eau échelle
éclipse énergie engrenage étoile falaise fleur forêt fossile galaxie germe givre graine horloge
insecte jardin laine lentille lichen lumière lune machine marais marée mémoire mesure métier
microscope moulin mousse nuage observation oiseau ombre onde orage os pendule phare photographie
pierre planète plante pollen prisme radio récit réseau rivière roche sable savon sel semence
silence sol son source spectre température terre tissu tourbe vapeur vent verre vitesse
voix""".split()
ADJECTIVES = """ancien calme clair discret fragile froid humide immense léger lent lointain marin
minuscule mobile nocturne ordinaire patient précis proche rapide rare régulier sonore tiède
vaste vivant visible""".split()
VERBS = """accompagne annonce change contient croise déplace dessine éclaire entoure explique
imite mesure montre nourrit observe porte précède prolonge protège raconte rejoint remplace
révèle suit surprend transforme traverse""".split()


@dataclass(frozen=True)
class Item:
    """One entry: its folder, its slug, the fields of its header and its Markdown body.

    In the body, internal links are written ``folder/slug``, as Portail reads them.
    """

    folder: str
    slug: str
    fields: dict[str, object]
    body: str

    @property
    def url(self) -> str:
        """Path of its page, without the leading slash."""
        return f"{SEGMENTS.get(self.folder, self.folder)}/{self.slug}/"


class Generator:
    """Draws items one after the other from one seed."""

    def __init__(self, count: int, seed: int = 1) -> None:
        self.random = random.Random(seed)  # noqa: S311 (nothing secret is drawn)
        self.count = count
        self.lieux = [f"lieu-exemple-{number}" for number in range(max(1, count // 50))]

    def items(self) -> Iterator[Item]:
        """Places first, then `count` items in the proportions of `MIX`."""
        for slug in self.lieux:
            yield self.lieu(slug)
        for number in range(self.count):
            folder = self.random.choices([*MIX], weights=[*MIX.values()])[0]
            slug = f"{self.random.choice(NOUNS)}-{number}".translate(UNACCENTED)
            yield getattr(self, folder)(slug)

    def lieu(self, slug: str) -> Item:
        """A place with a commune."""
        fields = self.common(slug) | {
            "type": self.random.choice(LIEUX),
            "commune": self.random.choice(COMMUNES),
        }
        del fields["publie_le"], fields["mots_cles"]
        return Item("lieux", slug, fields, self.body())

    def events(self, slug: str) -> Item:
        """An event of one séance, at a place or in a commune."""
        day = DAY + timedelta(days=self.random.randrange(-150, 200))
        hour = self.random.randrange(9, 20)
        where: dict[str, object] = {"lieu": self.random.choice(self.lieux)}
        if self.random.random() < 0.4:
            where = {"adresse": {"commune": self.random.choice(COMMUNES)}}
        fields = self.common(slug) | {
            "debut": f"{day} {hour:02}:00",
            "fin": f"{day} {hour + 2:02}:00",
            "format": [self.random.choice(FORMATS)],
            "publics": ["familles"],
        }
        return Item("events", slug, fields | where, self.body())

    def articles(self, slug: str) -> Item:
        """An article."""
        return Item("articles", slug, self.common(slug) | {"genre": "actualite"}, self.body())

    def annonces(self, slug: str) -> Item:
        """A job offer that ends within a year."""
        fields = self.common(slug)
        published = date.fromisoformat(str(fields["publie_le"]))
        end = published + timedelta(days=self.random.randrange(20, 300))
        return Item(
            "annonces", slug, fields | {"categorie": "emploi", "echeance": end}, self.body()
        )

    def ressources(self, slug: str) -> Item:
        """An exhibition owned by a place."""
        fields = self.common(slug) | {
            "type": "exposition",
            "proprietaire": self.random.choice(self.lieux),
        }
        return Item("ressources", slug, fields, self.body())

    def common(self, slug: str) -> dict[str, object]:
        """Fields that every kind has."""
        published = DAY - timedelta(days=self.random.randrange(1, 900))
        return {
            "titre": f"{self.phrase().capitalize()} ({slug})",
            "resume": self.sentence()[:290],
            "publie_le": published,
            "themes": self.random.sample(THEMES, self.random.randrange(1, 3)),
            "mots_cles": self.random.sample(NOUNS, 3),
        }

    def phrase(self) -> str:
        """A noun and an adjective."""
        return f"{self.random.choice(NOUNS)} {self.random.choice(ADJECTIVES)}"

    def sentence(self) -> str:
        """From 8 to 20 words."""
        parts = [f"{self.phrase()} {self.random.choice(VERBS)} {self.phrase()}"]
        parts += [f"et {self.phrase()}" for _ in range(self.random.randrange(1, 5))]
        return " ".join(parts).capitalize() + "."

    def paragraph(self) -> str:
        """From 3 to 6 sentences, with some emphasis and a link now and then."""
        sentences = [self.sentence() for _ in range(self.random.randrange(3, 7))]
        if self.random.random() < 0.5:
            sentences[0] = f"**{self.phrase().capitalize()}** : {sentences[0]}"
        if self.random.random() < 0.3:
            sentences.append(f"Voir [{self.phrase()}](lieux/{self.random.choice(self.lieux)}).")
        return " ".join(sentences)

    def body(self) -> str:
        """From 300 to 800 words: paragraphs, headings, lists, a quotation or a table."""
        wanted = self.random.randrange(300, 800)
        blocks = [self.paragraph()]
        while sum(len(block.split()) for block in blocks) < wanted:
            draw = self.random.random()
            if draw < 0.15:
                blocks.append(f"## {self.phrase().capitalize()}")
            elif draw < 0.25:
                blocks.append("\n".join(f"- {self.sentence()}" for _ in range(4)))
            elif draw < 0.30:
                blocks.append(f"> {self.sentence()}")
            elif draw < 0.33:
                rows = "\n".join(f"| {self.phrase()} | {number} |" for number in range(3))
                blocks.append(f"| objet | nombre |\n|---|---|\n{rows}")
            blocks.append(self.paragraph())
        return "\n\n".join(blocks) + "\n"


UNACCENTED = str.maketrans("àâéèêëîïôöûüç", "aaeeeeiioouuc")


def scalar(value: object) -> str:
    """A value as YAML that any reader understands: JSON, except for dates."""
    return str(value) if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def write(folder: Path, items: list[Item]) -> None:
    """Write the items as Portail reads them, below ``folder/content``."""
    for item in items:
        path = folder / "content" / item.folder / f"{item.slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        header = "".join(f"{key}: {plain(value)}\n" for key, value in item.fields.items())
        path.write_text(f"---\n{header}---\n\n{item.body}", encoding="utf-8")


def plain(value: object) -> str:
    """A header value as a contributor writes it: unquoted where it can be."""
    text = str(value)
    return text if isinstance(value, str) and text[:4].isdigit() else scalar(value)
