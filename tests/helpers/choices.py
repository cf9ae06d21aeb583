"""Small sites whose letters are chosen, and what sending one freezes."""

import pytest

from lettres import with_weeks
from plans import Tree
from portail.agenda.weeks import Week

_issue = pytest.importorskip("portail_lettre.issue")
Frozen = _issue.Frozen
Masthead = _issue.Masthead
_settings = pytest.importorskip("portail_lettre.settings")
REGION = _settings.REGION
Edition = _settings.Edition
select = pytest.importorskip("portail_lettre.table").select
letter_told = pytest.importorskip("portail_lettre.wording").letter_told

WEEK = Week(2021, 39)
REGIONAL = Edition(REGION, "Hauts-de-France")
SOMME = Edition("somme", "Somme", ("departement", "somme"))
AMIENS = Edition("amiens", "Amiens Métropole", ("epci", "ca-amiens-metropole"))
CIEL = Edition("ciel", "Astronomie et espace", ("theme", "astronomie-espace"))
FAMILLES = Edition("familles", "Familles", ("public", "familles"))
EDITIONS = (REGIONAL, SOMME, AMIENS, CIEL, FAMILLES)


def refs(selection, section=None):
    """What a letter tells, in order, or a section of it."""
    return [one.ref for one in selection.things if section in (None, one.section)]


def reasons(selection):
    return {one.ref: one.reason for one in selection.laisses}


def frozen(site, *selections):
    """What sending these editions of a week freezes."""
    week = selections[0].week
    nowhere = Masthead(nom="Exemple", region="Hauts-de-France", siteurl="https://exemple.org")
    return Frozen(
        semaine=week.slug,
        fige_le=week.thursday,
        enseigne=nowhere,
        editions={one.edition.code: letter_told(one, site) for one in selections},
        etats={ref: how for one in selections for ref, how in one.etats},
    )


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

    def choose(self, files=None, week=WEEK, edition=REGIONAL, editorial=None):
        """The selection of ``week``, on its Monday."""
        return select(self.site(files, week.first), week, edition, editorial)

    def send(self, files=None, week=WEEK, *others):
        """Choose the letter of ``week``, and freeze it."""
        site = self.site(files, week.first)
        chosen = [select(site, week, one) for one in (REGIONAL, *others)]
        self.sent[week.slug] = frozen(site, *chosen)
        return chosen[0]
