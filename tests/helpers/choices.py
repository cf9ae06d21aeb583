"""Small sites whose letters are chosen, and what sending one freezes."""

from datetime import timedelta

from lettres import with_weeks
from plans import Tree
from portail.agenda.weeks import Week
from portail.features.channels.lettre.issue import (
    Erratum,
    Figure,
    Frozen,
    Group,
    Issue,
    Line,
    Link,
    Masthead,
    Section,
)
from portail.features.channels.lettre.news import select
from portail.features.channels.lettre.settings import REGION, Edition

WEEK = Week(2021, 39)
REGIONAL = Edition(REGION, "Hauts-de-France")
SOMME = Edition("somme", "Somme", ("departement", "somme"))
AMIENS = Edition("amiens", "Amiens Métropole", ("epci", "ca-amiens-metropole"))
CIEL = Edition("ciel", "Astronomie et espace", ("theme", "astronomie-espace"))
FAMILLES = Edition("familles", "Familles", ("public", "familles"))
EDITIONS = (REGIONAL, SOMME, AMIENS, CIEL, FAMILLES)


def refs(picks):
    return [one.ref for one in picks]


def on(selection):
    """What is told of this week-end, by place."""
    return {spot.nom: refs(spot.picks) for spot in selection.week_end}


def picks_of(selection):
    """Every pick of a selection, in order."""
    on = tuple(pick for spot in selection.week_end for pick in spot.picks)
    rest = selection.annonces + selection.lieux + selection.outils + selection.relire
    first = selection.temps_forts + selection.une
    return first + on + selection.a_noter + selection.classes + rest


def reasons(selection):
    return {one.ref: one.reason for one in selection.laisses}


def frozen(*selections):
    """What sending these editions of a week freezes, without the words."""
    week, day = selections[0].week, selections[0].thursday
    nowhere = Masthead(nom="Exemple", region="Hauts-de-France", siteurl="https://exemple.org")
    return Frozen(
        semaine=week.slug,
        fige_le=day,
        enseigne=nowhere,
        editions={one.edition.code: _issue(one) for one in selections},
        etats={ref: how for one in selections for ref, how in one.etats},
    )


def _issue(selection):
    week, chosen = selection.week, selection.chiffre
    figure = f"{chosen}#0" if chosen else ""
    link = Link(texte="Source", url="/")
    return Issue(
        semaine=week.slug,
        edition=selection.edition.code,
        nom=selection.edition.nom,
        jour=selection.thursday,
        sujet="La lettre",
        apercu="",
        sections=tuple(_sections(selection)),
        errata=tuple(
            Erratum(ref=one.ref, titre=one.titre, mot="Changé", texte="")
            for one in selection.errata
        ),
        chiffre=Figure(ref=figure, valeur="1", libelle="", source=link) if figure else None,
    )


def _sections(selection):
    held = {
        "une": selection.temps_forts + selection.une,
        "week-end": tuple(pick for spot in selection.week_end for pick in spot.picks),
        "a-noter": selection.a_noter,
        "classes": selection.classes,
        "annonces": selection.annonces,
        "nouveautes": (*selection.lieux, *selection.outils),
        "relire": selection.relire,
    }
    for cle, picks in held.items():
        if picks:
            lines = tuple(Line(ref=one.ref, url="/", titre=f"Titre {one.ref}") for one in picks)
            yield Section(cle=cle, titre=cle, groupes=(Group(lignes=lines),))


class Letters:
    """The letters of a folder of contents, week after week."""

    def __init__(self, root):
        (root / "content").mkdir(exist_ok=True)
        self.tree = Tree(root)
        self.sent = {}

    def site(self, files=None, day=None):
        """The site on ``day`` (the Monday of ``WEEK``), with the letters that were sent."""
        site = self.tree.site(files, day=day or WEEK.first, region="Hauts-de-France")
        return with_weeks(site, dict(self.sent))

    def choose(
        self,
        files=None,
        week=WEEK,
        edition=REGIONAL,
        editorial=None,
    ):
        """The selection of ``week``, on its Monday."""
        return select(self.site(files, week.first), week, edition, editorial)

    def send(self, files=None, week=WEEK, *others):
        """Choose the letter of ``week``, and freeze it."""
        site = self.site(files, week.first)
        chosen = [select(site, week, one) for one in (REGIONAL, *others)]
        self.sent[week.slug] = frozen(*chosen)
        return chosen[0]


def days(count):
    """A day, counted from the Thursday of ``WEEK``."""
    return WEEK.thursday + timedelta(days=count)
