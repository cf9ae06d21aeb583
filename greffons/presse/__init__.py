"""The page for journalists: whom to call, figures that are true, with their source, pictures to
publish."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from portail import greffons as portail
from portail.greffons import Fait, Item, Kind, Lien, PageView, Site, answer, picture_of

URL, TABLE = "/presse/", "/presse/chiffres.csv"
LEAD = "Qui appeler, des chiffres à citer, des images à publier"
FIGURES, PICTURES = 5, 6
# Licences of the pictures that anyone may publish with their credit.
FREE = ("CC-BY-SA-4.0", "CC-BY-4.0", "CC0-1.0")
# Words by which one looks for it.
WORDS = (
    *("presse", "journaliste", "journalistes", "média", "médias", "contact presse"),
    *("dossier de presse", "communiqué de presse", "service de presse", "attaché de presse"),
)


class Figure(NamedTuple):
    """A figure of a content; its year, its source when they are known."""

    sujet: str
    chiffre: str
    valeur: str
    annee: str
    source: str
    page: str


class Parole(NamedTuple):
    """Whom to call (``note``: their structure), on what; where to reach the structure, never the
    person."""

    lien: Lien
    sujets: tuple[str, ...]
    telephone: str = ""
    courriel: str = ""


class PresseView(PageView, frozen=True, kw_only=True):
    """``chiffres`` are a few figures, ``fichier`` all; ``images``, each with what it heads."""

    chapo: str
    chiffres: tuple[Fait, ...]
    fichier: str
    paroles: tuple[Parole, ...]
    images: tuple[tuple[Any, Lien], ...]


@answer
def figures(site: Site) -> list[Figure]:
    """Those of temps forts, the last edition first, then of places; nothing invented."""
    told: list[tuple[int, Item, Any]] = []
    for item in site.of_kind(Kind.TEMPS_FORT):
        for edition in vars(item.entry)["editions"]:
            told += ((-edition.annee, item, one) for one in edition.chiffres)
    told.sort(key=lambda row: (row[0], row[1].ref))
    for item in site.of_kind(Kind.LIEU):
        told += ((0, item, one) for one in vars(item.entry)["chiffres"])
    return [
        Figure(
            item.name,
            one.libelle,
            one.valeur,
            str(one.annee or -year or ""),
            one.source or "",
            item.url,
        )
        for year, item, one in told
        if not item.entry.exemple
    ]


@answer
def called(site: Site) -> list[tuple[str, bool]]:
    """Whom to call, and whether they said to answer journalists: heads of networks, then persons,
    but for a structure for which somebody does; what is invented is last."""
    found = []
    spoken = set()
    for item in (*site.of_kind(Kind.AUTEUR), *site.of_kind(Kind.LIEU)):
        fields = vars(item.entry)
        answers = bool(fields["presse"])
        reached = fields.get("telephone") or fields.get("courriel")
        heads = "reseau" in fields.get("roles", ()) and reached and not item.entry.exemple
        if answers or heads:
            found.append((bool(item.entry.exemple), not heads, item.ref, answers))
            if structure := site.lieu(fields.get("affiliation")):
                spoken.add(structure.ref)
    found.sort(key=lambda row: row[:2])
    return [(ref, answers) for _, _, ref, answers in found if ref not in spoken]


def about(site: Site) -> Iterator[Lien]:
    """The link to the page, where there is something to tell."""
    if figures(site) or any(answers for _, answers in called(site)):
        yield Lien("Presse", URL)


def asked(site: Site) -> Iterator[tuple[str, str, str, str]]:
    """The page, and the words by which one looks for it."""
    yield (
        "Presse",
        URL,
        "Pour les journalistes : qui appeler, des chiffres et leurs sources, des images à publier.",
        ", ".join(WORDS),
    )


def plan(site: Site) -> Iterator[portail.Artifact]:
    if [*about(site)]:
        yield portail.drawn(site, URL, "presse.html", show, sitemap=portail.SitemapHint())
        if figures(site):
            yield portail.text_file(site, TABLE, write)


def show(site: Site) -> PresseView:
    rows = figures(site)
    return PresseView(
        **portail.page(site, URL, "Presse", f"{LEAD} : les sciences{site.config.en_region}."),
        chapo=f"{LEAD}.",
        chiffres=tuple(map(fact, rows[:FIGURES])),
        fichier=TABLE if rows else "",
        paroles=tuple(voice(site.items[ref], site) for ref, _ in called(site)),
        images=tuple(islice(pictures(site), PICTURES)),
    )


def fact(row: Figure) -> Fait:
    year = f" ({row.annee})" if row.annee else ""
    return Fait(f"{row.chiffre}{year}", (Lien(row.valeur, row.page, row.sujet),))


def write(site: Site) -> Iterator[str]:
    rows = (row._replace(page=site.config.absolute(row.page)) for row in figures(site))
    yield from portail.written(Figure._fields, rows)


def voice(item: Item, site: Site) -> Parole:
    affiliation = vars(item.entry).get("affiliation") or ""
    structure = site.lieu(affiliation)
    contact = (structure or item).entry
    codes = dict.fromkeys((*item.entry.themes, *contact.themes))
    labels = (site.vocabularies.label("themes", code) for code in codes)
    topics = tuple(label[:1].upper() + label[1:] for label in labels)
    who = Lien(item.name, item.url, structure.name if structure else affiliation)
    if contact.kind is not Kind.LIEU:
        return Parole(who, topics)
    fields = vars(contact)
    return Parole(who, topics, fields["telephone"] or "", fields["courriel"] or "")


def pictures(site: Site) -> Iterator[tuple[Any, Lien]]:
    for item in (*site.of_kind(Kind.ARTICLE), *site.of_kind(Kind.DOSSIER)):
        image = item.entry.image
        picture = picture_of(item, site)
        if image and picture and image.licence in FREE and not item.entry.exemple:
            yield picture, Lien(item.name, item.url)


feature = portail.Feature(
    "presse",
    "Page pour les journalistes",
    asks=("presse",),
    outputs=(portail.Output("presse", plan),),
    slots={portail.ABOUT: about, portail.ASKED_FOR: asked},
    pages=frozenset({URL}),
)
