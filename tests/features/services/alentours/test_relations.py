"""What to read after a content: nearest first, stable, cheap however large the site is."""

import pytest

from plans import entry
from portail.features.services.alentours.relations import Relations, relations_of


def near(site, slug="a", count=3, known=()):
    """Slugs near the article ``slug``."""
    found = relations_of(site).near(site.items[f"articles/{slug}"], count, known)
    return [ref.partition("/")[2] for ref in found]


def article(day, **fields):
    return entry("articles", publie_le=f"2021-09-{day:02}", **fields)


def test_dossier_then_themes_then_territory_then_words_then_day(tree):
    space = {"themes": ["astronomie-espace", "numerique"]}
    site = tree.site({
        "dossiers/d": entry("dossiers", elements=["articles/a", "articles/dossier"]),
        "articles/a": article(10, **space, commune="Wizernes", mots_cles=["Lune", "orbite"]),
        "articles/dossier": article(1),
        "articles/deux-themes": article(2, **space),
        "articles/theme-et-lieu": article(3, themes=["numerique"], commune="Saint-Omer"),
        "articles/sujet": article(4, themes=["numerique"]),
        "articles/lieu": article(5, commune="Wizernes"),
        "articles/mot": article(6, mots_cles=["lune"]),
        "articles/jour": article(9),
    })  # fmt: skip
    assert near(site, count=9, known=("dossiers/d",)) == [
        "dossier", "deux-themes", "theme-et-lieu", "sujet", "lieu", "mot", "jour",
    ]  # fmt: skip


def test_among_equals_the_nearest_day_then_the_slug(tree):
    days = {"hier": 9, "demain": 11, "avant-hier": 8, "loin": 1}
    site = tree.site(
        {f"articles/{slug}": article(day) for slug, day in days.items()} | {
            "articles/a": article(10), "ressources/du-jour": entry("ressources",
                                                                   publie_le="2021-09-10"),
        }
    )  # fmt: skip
    assert near(site, count=4) == ["demain", "hier", "avant-hier", "du-jour"]


def test_neither_what_the_page_lists_nor_what_its_text_links_to(tree):
    site = tree.site({
        "articles/a": entry("articles", "Voir [b](b#fin) et [le club](lieux/club).",
                            publie_le="2021-09-10"),
        "articles/b": entry("articles", "## Fin\n\nTexte."),
        "articles/c": article(8),
        "articles/d": article(9),
        "lieux/club": entry("lieux"),
    })  # fmt: skip
    assert near(site) == ["d", "c"]
    assert near(site, known=("articles/d",)) == ["c"]


def test_nothing_that_will_be_over(tree):
    site = tree.site({
        "articles/a": article(10),
        "events/demain": entry("events", debut="2021-09-28"),
        "annonces/stage": entry("annonces"),
        "ressources/bourse": entry("ressources", type="financement", echeance="2021-12-01"),
        "ressources/livre": entry("ressources"),
        "dossiers/d": entry("dossiers", elements=["lieux/musee"]),
        "lieux/musee": entry("lieux"),
    })  # fmt: skip
    assert sorted(near(site, count=9)) == ["d", "livre"]
    assert relations_of(site).near(site.items["events/demain"], 3) == ()


def many(count):
    """Articles of one theme in one town, a few a day."""
    return {
        f"articles/n{rank:04}": entry(
            "articles", publie_le=f"20{10 + rank % 11:02}-0{1 + rank % 9}-{1 + rank % 28:02}",
            themes=["numerique", "vivant-sante"][: 1 + rank % 2], commune="Lille",
            mots_cles=["robot", f"mot {rank % 7}"],
        )
        for rank in range(count)
    }  # fmt: skip


@pytest.mark.site
def test_the_work_does_not_grow_with_the_groups(tree, monkeypatch):
    looked = []
    real = Relations._distance

    def counted(self, ref, other):
        looked.append(other)
        return real(self, ref, other)

    monkeypatch.setattr(Relations, "_distance", counted)
    most = []
    for count in (60, 240):
        site = tree.site(many(count))
        relations = relations_of(site)
        looked.clear()
        for item in site.items.values():
            relations.near(item, 3)
        most.append(len(looked) / count)
    assert most[1] <= 8
    assert most[1] <= most[0] * 1.2
