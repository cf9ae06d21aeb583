"""Files of a search made by hand, as ``portail_recherche`` tells them: no code of the portal
takes part, so that the engine is tried against what is told of it."""

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

ORIGINE = date(2021, 1, 1)
AUJ = date(2021, 10, 1)
BLOCK = 8
"""Cards in a file."""
STARTS = {"titre": 0, "resume": 64, "noms": 192, "intertitres": 320, "texte": 512}
WORTH = {"titre": 20, "resume": 8, "noms": 10, "intertitres": 6, "texte": 3}
LITTLE = set("a au d de des du en et l la le les sur un une".split())
FACETTES = {
    "sorte": "articles evenements lieux dossiers".split(),
    "theme": "astronomie-espace mer".split(),
    "departement": "nord somme".split(),
    "epci": ["amiens-metropole"],
    "public": "famille scolaires".split(),
}

PHRASE = {
    "publics": [
        {"motif": "(?:pour (?:les )?)?enfants?", "dit": "pour les enfants", "pour": 0},
        {"motif": "gratuit", "dit": "gratuit", "pour": 2, "seulement": True},
        {"motif": "emprunter", "dit": "à emprunter", "pour": 3, "seulement": True},
        {"motif": "ouverte?s?", "dit": "à visiter", "pour": 4, "seulement": True},
        {"motif": "ados?", "dit": "pour les ados", "age": [12, 17]},
    ],
    "sorties": "sorties?",
    "formes": "musees?",
    "contrees": [
        {"motif": "pays des vagues", "dit": "au pays des vagues", "autour": "amiens", "km": 20}
    ],
    "pres": "pres|vers",
    "communs": "mer",
    "emprunteurs": "ecole",
    "devant": "les|pour",
    "sans": "que faire|sorties?",
    "fetes": [["lundi de paques", "le lundi 18 avril 2022", "2022-04-18"]],
    "vacances": [["toussaint", "vacances de la Toussaint", "2021-10-23", "2021-11-07"]],
    "departements": [
        ["59", "nord", "Nord", "dans le Nord"],
        ["80", "somme", "Somme", "dans la Somme"],
    ],
    "services": [["La lettre", "/lettre/", "Chaque semaine.", "newsletter, lettre, abonnement"]],
}
COMMUNES = [[5104, 238], [4989, 230]]
"""Latitudes and longitudes, in hundredths of degrees: Dunkerque, Amiens."""

MOTS = """
const PETITS = new Set('LITTLE'.split(' '));
export const plier = (texte) => texte.toLowerCase().normalize('NFD').replace(/\\p{M}/gu, '')
  .replace(/œ/g, 'oe');
export const racine = (mot) => plier(mot).replace(/s$/, '');
export function jetons(texte) {
  return [...texte.matchAll(/[\\p{L}\\p{N}]+/gu)].flatMap(({ 0: mot, index }, position) => (
    PETITS.has(plier(mot)) ? []
      : [{ racine: racine(mot), position, debut: index, fin: index + mot.length }]));
}
""".replace("LITTLE", " ".join(sorted(LITTLE)))
"""Words as simple as can be, in place of those of French: the engine is given them."""


@dataclass(frozen=True, slots=True)
class Contenu:
    """A content; ``jours`` are those of its beginning and of its end, or of publication; ``fois``
    the times of an event to come, ``dure`` whether it lasts; ``pour`` bits of whom it is for;
    ``commune`` its rank in ``COMMUNES`` from 1."""

    titre: str
    resume: str = ""
    noms: str = ""
    texte: str = ""
    sorte: str = "articles"
    themes: tuple = ()
    publics: tuple = ()
    territoire: tuple = (-1, -1)
    jours: tuple = ()
    fois: tuple = ()
    dure: bool = False
    age: tuple = ()
    pour: int = 0
    commune: int = 0
    heures: tuple = ()  # rules, as `OpeningHours.compact` writes them


def fold(word):
    parts = unicodedata.normalize("NFD", word.lower().replace("œ", "oe"))
    return "".join(one for one in parts if not unicodedata.combining(one))


def stems(text):
    """Stems that count, with their ranks."""
    words = [fold(one) for one in re.findall(r"[^\W_]+", text)]
    return [(word.removesuffix("s"), at) for at, word in enumerate(words) if word not in LITTLE]


def number(value):
    """One whole number, as the page says."""
    rest, last = divmod(value, 45)
    sign = 45 + last if rest else last
    code = sign + 35 + (sign + 35 >= 92)
    return chr(code) + (number(rest) if rest else "")


def text(values):
    return "".join(number(value) for value in values)


def _listing(found):
    """``found``: by number of content, its weight and its positions."""
    values = []
    former = -1
    for segment in sorted({one // 256 for one in found}):
        here = sorted(one % 256 for one in found if one // 256 == segment)
        values += [segment - former, len(here)]
        former, before = segment, -1
        for rank in here:
            weight, positions = found[segment * 256 + rank]
            values += [rank - before, min(weight, 44), len(positions)]
            values += [b - a for a, b in zip([0, *positions], positions, strict=False)]
            before = rank
    return text(values)


def _terms(contents):
    found = {}
    for at, content in contents.items():
        for field, start in STARTS.items():
            for stem, rank in stems(getattr(content, field, "")):
                weight, positions = found.setdefault(stem, {}).get(at, (0, []))
                found[stem][at] = weight + WORTH[field], [*positions, start + rank]
    order = sorted(found, key=lambda term: term.encode("utf-16-be"))
    return {term: _listing(found[term]) for term in order}


def _combinations(values):
    lists = sorted(set(values))
    return lists, text(lists.index(one) for one in values)


def _around(departement, epci):
    return tuple((one,) if one >= 0 else () for one in (departement, epci))


def _steps(values):
    """Steps from each value to the next, those downwards being odd."""
    for former, value in zip([0, *values], values, strict=False):
        yield 2 * (value - former) if value >= former else 2 * (former - value) - 1


def _times(contents):
    """Times of events: places from the former, twice how many and whether it lasts, then days from
    the former one, how many follow."""
    former = -1
    for place, one in enumerate(contents):
        if one.fois:
            yield from (place - former, 2 * len(one.fois) + one.dure)
            last = AUJ - timedelta(days=4000)
            for first, end in one.fois:
                yield from ((first - last).days, (end - first).days)
                last = first
            former = place


def _index(contents, segments):
    rank = {key: {code: at for at, code in enumerate(codes)} for key, codes in FACETTES.items()}
    columns = {"sorte": text(rank["sorte"][one.sorte] for one in contents)}
    times = text(_times(contents))
    open_places = [place for place, one in enumerate(contents) if one.heures]
    contents = sorted(contents, key=lambda one: rank["sorte"][one.sorte])
    themes = _combinations([tuple(rank["theme"][x] for x in one.themes) for one in contents])
    publics = _combinations([tuple(rank["public"][x] for x in one.publics) for one in contents])
    places = _combinations([_around(*one.territoire) for one in contents])
    days = [(one.jours[0] - ORIGINE).days if one.jours else 0 for one in contents]
    ends = [(one.jours[1] - one.jours[0]).days + 1 if one.jours[1:] else 0 for one in contents]
    ages = _combinations([one.age for one in contents])
    uses = _combinations([one.pour for one in contents])
    columns |= {"jour": text(_steps(days)), "fin": text(ends)}
    named = {"age": ages, "pour": uses, "theme": themes, "public": publics, "territoire": places}
    facets = [[key, key, [[one, one] for one in codes]] for key, codes in FACETTES.items()]
    index = {
        "version": 9, "francais": {},
        "jour": AUJ.isoformat(), "segments": segments, "sortes": FACETTES["sorte"],
        "phrase": PHRASE, "horaires": [text(_steps(open_places)), "marque"],
        "colonnes": columns, "dehors": "",
        "origine": ORIGINE.isoformat(),
        "synonymes": [["expo", "exposition"], ["ia", "intelligence artificielle"]],
    }  # fmt: skip
    return index, {
        "facettes": facets, "fois": times,
        "listes": {name: one for name, (one, _) in named.items()},
        "colonnes": {name: one for name, (_, one) in named.items()},
    }  # fmt: skip


def files(contents, *, per_file=7):
    """What is below ``/recherche/``, by path; contents by number."""
    from portail_recherche.words import front_coded

    contents = dict(sorted(contents.items()))
    numbers = sorted({one // 256 for one in contents})
    marks = {segment: f"marq{segment:02}" for segment in numbers}
    count = {segment: sum(one // 256 == segment for one in contents) for segment in numbers}
    made = {}
    terms = list(_terms(contents).items())
    bounds, names = [], []
    for start in range(0, len(terms), per_file):
        piece = terms[start : start + per_file]
        body = {"version": 2, "termes": [a for a, _ in piece], "listes": [b for _, b in piece]}
        names.append(hashlib.sha256(json.dumps(body).encode()).hexdigest()[:10])
        bounds.append(piece[0][0])
        made[f"termes/{names[-1]}.deflate"] = body
    every = list(contents.values())
    index, values = _index(every, [[one, count[one], marks[one]] for one in numbers])
    apart = {name: name for name in ("valeurs", "lieux")} | {"vocabulaire": "mots"}
    directory = {"bornes": bounds, "fichiers": names, **apart}
    ranks = text(one.commune for one in contents.values())
    made["termes/lieux.deflate"] = {"version": 6, "communes": COMMUNES, "colonne": ranks}
    made["termes/index.json"] = index | directory
    made["termes/valeurs.deflate"] = values
    said = {}
    for one in contents.values():
        for word in re.findall(r"[^\W_]+", f"{one.titre} {one.resume} {one.noms}"):
            said[word] = said.get(word, 0) + 1
    words = [word for word in said if word.isalpha()]
    counts = text(said[word] for word in words)
    made["termes/mots.deflate"] = {"version": 6, "mots": [front_coded(words), counts]}
    for block in sorted({number // BLOCK for number in contents}):
        cards = [
            {"url": f"/{number}/", "titre": one.titre, "resume": one.resume, "texte": one.texte}
            for number in range(block * BLOCK, (block + 1) * BLOCK)
            if (one := contents.get(number))
        ]
        mark = marks[block * BLOCK // 256]
        made[f"fiches/{block}.deflate"] = {"version": 2, "marque": mark, "fiches": cards}
    hours = [
        [f"/{number}/", one.titre, "Lens", [50, 3], 0, one.heures, [], "", "2999-01-01"]
        for number, one in contents.items()
        if one.heures
    ]
    made["/lieux/horaires.json"] = {"marque": "marque", "vacances": [], "lieux": hours}
    return {path: json.dumps(body, ensure_ascii=False) for path, body in made.items()}
