"""French-looking prose about nothing, drawn from a seed: agreement and typography, no meaning.

What costs a site generator is in it: accents, apostrophes, « guillemets », French punctuation,
headings, lists, tables, quotations, notes, links.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import cache

MASCULINE = """aimant atome calcul canal champ ciel climat coquillage coton courant cristal éclair
engrenage fossile germe givre insecte jardin marais métier microscope moulin nuage oiseau orage os
pendule phare pollen prisme récit réseau sable savon sel silence sol son spectre télescope tissu
tourbillon vapeur vent verre""".split()
FEMININE = """abeille algue argile balance baleine boussole brume carte cellule comète couleur
craie dune eau échelle éclipse énergie étoile falaise fleur forêt galaxie graine horloge laine
lentille lumière lune machine marée mémoire mesure mousse observation onde ombre photographie
pierre planète plante radio rivière roche semence source température terre tourbe vitesse
voix""".split()
ADJECTIVES = tuple(
    pair.split("/")
    for pair in """ancien/ancienne calme/calme clair/claire discret/discrète fragile/fragile
froid/froide humide/humide immense/immense léger/légère lent/lente lointain/lointaine
marin/marine minuscule/minuscule mobile/mobile ordinaire/ordinaire patient/patiente
précis/précise proche/proche rapide/rapide rare/rare régulier/régulière sonore/sonore tiède/tiède
vaste/vaste vivant/vivante visible/visible""".split()
)
VERBS = """accompagne annonce change contient croise déplace dessine éclaire entoure explique
imite mesure montre nourrit observe porte précède prolonge protège raconte rejoint remplace
révèle suit surprend transforme traverse""".split()
STARTS = (
    "Chaque automne, ",
    "D’abord, ",
    "Dans la région, ",
    "Depuis deux siècles, ",
    "Le soir, ",
    "Peu à peu, ",
    "À l’atelier, ",
    "",
    "",
    "",
    "",
)
VOWELS = "aeiouyéèêhàâîôû"
SYLLABLES = "ba ce chi do fa gre lu ma né pi ra so ta ti vo zé bra clo dri fré".split()
INVENTED, RARE = 30_000, 0.3
"""How many invented nouns there are; the share of nouns that are invented."""

Link = Callable[[random.Random], str]
"""Draws a reference to another content: ``lieux/x``."""


@cache
def vocabulary() -> tuple[str, ...]:
    """Nouns that do not exist, the same ones every time."""
    chance = random.Random(1)  # noqa: S311 (nothing secret is drawn)
    words: dict[str, None] = {}
    while len(words) < INVENTED:
        words["".join(chance.choices(SYLLABLES, k=chance.randrange(2, 5)))] = None
    return tuple(words)


class Prose:
    """Writes with one source of chance; ``link`` draws what the links of bodies name."""

    def __init__(self, chance: random.Random, link: Link) -> None:
        self.chance = chance
        self.link = link

    def noun(self, *, feminine: bool | None = None) -> str:
        """One noun, without article."""
        if self.chance.random() < RARE:
            return self.invented()
        if feminine is None:
            feminine = self.chance.random() < 0.5
        return self.chance.choice(FEMININE if feminine else MASCULINE)

    def invented(self) -> str:
        """An invented noun, as frequent as the inverse of its rank (Zipf’s law): the more is
        written, the more words there are."""
        return vocabulary()[int(INVENTED ** self.chance.random()) - 1]

    def phrase(self, *, definite: bool | None = None) -> str:
        """An article, a noun and an adjective that agree: ``la dune lointaine``."""
        feminine = self.chance.random() < 0.5
        noun = self.noun(feminine=feminine)
        adjective = self.chance.choice(ADJECTIVES)[feminine]
        if definite is None:
            definite = self.chance.random() < 0.6
        if not definite:
            return f"{('un', 'une')[feminine]} {noun} {adjective}"
        article = "l’" if noun[0] in VOWELS else ("le ", "la ")[feminine]
        return f"{article}{noun} {adjective}"

    def title(self) -> str:
        """Words for a title or a heading."""
        first, second = self.phrase(definite=True), self.phrase(definite=False)
        draw = self.chance.random()
        if draw < 0.4:
            return capital(first)
        if draw < 0.7:
            return f"{capital(first)} : {self.chance.choice(VERBS)}-t-elle {second} ?"
        return f"{capital(first)} et {second}"

    def sentence(self) -> str:
        """From 10 to 30 words."""
        start = self.chance.choice(STARTS)
        text = f"{start}{self.phrase()} {self.chance.choice(VERBS)} {self.phrase()}"
        for _ in range(self.chance.randrange(1, 4)):
            text += self.chance.choice((" et ", ", puis ", " comme ", " avec ")) + self.phrase()
        draw = self.chance.random()
        if draw < 0.08:
            text += f" : « {self.phrase()} »"
        elif draw < 0.14:
            text += f" ; {self.chance.randrange(2, 100)} % de {self.noun()} de plus qu’en 1998"
        return capital(text) + (" !" if draw > 0.98 else ".")

    def paragraph(self) -> str:
        """From 3 to 6 sentences, with some emphasis and a link now and then."""
        parts = [self.sentence() for _ in range(self.chance.randrange(3, 7))]
        draw = self.chance.random()
        if draw < 0.3:
            parts[0] = f"**{capital(self.phrase())}** : {parts[0]}"
        elif draw < 0.45:
            parts[0] += f" *{capital(self.phrase())}*, dit-on."
        if self.chance.random() < 0.3:
            parts.append(f"Voir [{self.phrase(definite=True)}]({self.link(self.chance)}).")
        elif self.chance.random() < 0.1:
            parts.append(f"Lire aussi [ce récit](https://example.org/{self.chance.random():.6f}).")
        return " ".join(parts)

    def items(self) -> str:
        """A list, with or without numbers."""
        mark = self.chance.choice(("-", "-", "-", "1."))
        return "\n".join(f"{mark} {self.sentence()}" for _ in range(self.chance.randrange(3, 6)))

    def table(self) -> str:
        """Three columns, a few rows."""
        rows = "\n".join(
            f"| {self.phrase()} | {self.chance.randrange(1000)} | {self.noun()} |"
            for _ in range(self.chance.randrange(3, 7))
        )
        return f"| Objet | Nombre | Matière |\n|---|---:|---|\n{rows}"

    def note(self, number: int) -> str:
        """A paragraph that calls a note, and the note."""
        text = f"{self.sentence().rstrip(' .!')}[^{number}]. {self.sentence()}"
        return f"{text}\n\n[^{number}]: {self.sentence()}"

    def body(self, low: int, high: int) -> str:
        """A body of `low` to about `high` words: headings, lists, quotations, tables, notes."""
        # The last block goes past what is wanted.
        wanted = self.chance.randrange(low, max(low, high - 80) + 1)
        blocks, count, notes = [self.sentence()], 0, 0
        count = words(blocks)
        while count < wanted:
            draw = self.chance.random()
            if count > 60 and draw < 0.15:
                blocks.append(f"## {self.title()}")
            elif draw < 0.25:
                blocks.append(self.items())
            elif draw < 0.30:
                blocks.append(f"> {self.sentence()}")
            elif draw < 0.33:
                blocks.append(self.table())
            elif draw < 0.38:
                notes += 1
                blocks.append(self.note(notes))
            blocks.append(self.paragraph() if wanted - count > 80 else self.sentence())
            count = words(blocks)
        return "\n\n".join(blocks) + "\n"


def words(blocks: Sequence[str]) -> int:
    """Words of blocks: what has a letter between two spaces."""
    return sum(any(map(str.isalpha, word)) for block in blocks for word in block.split())


def capital(text: str) -> str:
    """The text with its first letter in upper case, the others untouched."""
    return text[:1].upper() + text[1:]
