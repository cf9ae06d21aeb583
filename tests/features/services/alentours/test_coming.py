"""What is on next, near an event or an announcement; the article to read about an event."""

from datetime import date

import pytest

from plans import entry
from portail.features.services.alentours.relations import next_of, reading


def after(tree, ref, files=None, count=3):
    """Sort of group and slug of each that follows ``ref``."""
    return [(one.lien, one.ref.partition("/")[2]) for one in next_of(tree.site(files), ref, count)]


def event(day, **fields):
    return entry("events", debut=f"2021-10-{day}", **fields)


def test_nearest_group_first_soonest_first(tree):
    files = {
        "lieux/musee": entry("lieux", commune="Amiens"),
        "events/a": event("05", lieu="musee", themes=["numerique"], mots_cles=["Robot"]),
        "events/ici": event("20", lieu="musee"),
        "events/ici-avant": event("02", lieu="musee"),
        "events/ville": event("06", adresse={"commune": "Amiens"}),
        "events/theme": event("05", themes=["numerique"], adresse={"commune": "Lille"}),
        "events/sujet": event("07", mots_cles=["robot"], adresse={"commune": "Lille"}),
        "events/loin": event("05", adresse={"commune": "Laon"}),
    }
    assert after(tree, "events/a", files, 9) == [
        ("lieu", "ici"), ("lieu", "ici-avant"), ("sujet", "sujet"), ("territoire", "ville"),
    ], "a theme alone brings strangers together"  # fmt: skip
    assert after(tree, "events/a", files, 1) == [("lieu", "ici")]


def test_neither_what_is_over_nor_what_will_not_take_place(tree):
    files = {
        "events/passe": entry("events", debut="2021-09-20"),
        "events/annule": event("05", etat="annule"),
        "events/reporte": event("05", etat="reporte", ancien_debut="2021-10-05"),
        "events/complet": event("05", etat="complet"),
    }
    assert after(tree, "events/passe", files) == [("territoire", "complet")]


def test_what_a_village_contains_is_proposed_inside_it_only(tree):
    child = {"evenement_parent": "village"}
    files = {
        "events/village": event("02"),
        "events/robots": event("02", **child),
        "events/chimie": event("03", **child),
        "events/autre": event("04"),
    }
    assert after(tree, "events/robots", files) == [
        ("parent", "chimie"), ("territoire", "village"), ("territoire", "autre"),
    ]  # fmt: skip
    assert after(tree, "events/autre", files) == [("territoire", "village")]


def test_an_event_is_proposed_by_a_few_only(tree):
    files = {f"events/e{day:02}": event(f"{day:02}") for day in range(1, 31)}
    files["events/vieux"] = entry("events", debut="2021-08-01")
    site = tree.site(files, day=date(2021, 10, 30))
    proposing = [ref for ref in site.items if next_of(site, ref, 3)]
    assert proposing == [f"events/e{day:02}" for day in range(22, 30)]


def test_announcements_of_the_same_sort_first(tree):
    files = {
        "annonces/a": entry("annonces"),
        "annonces/stage": entry("annonces", echeance="2021-11-01"),
        "annonces/emploi": entry("annonces", categorie="emploi"),
        "annonces/finie": entry("annonces", publie_le="2021-01-01", echeance="2021-09-01"),
        "articles/b": entry("articles"),
    }
    expected = [("categorie", "stage"), ("tout", "emploi")]
    assert after(tree, "annonces/a", files) == expected
    assert after(tree, "annonces/finie", files) == [
        ("categorie", "stage"), ("categorie", "a"), ("tout", "emploi"),
    ]  # fmt: skip
    assert after(tree, "articles/b", files) == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"b": "Rien."}, ""),
        ({"b": "Rien.", "cite": "Rien."}, "articles/cite"),
        ({"b": "Voir [la sortie](events/a)."}, "articles/b"),
        ({"b": "Voir [le musée](lieux/musee)."}, "articles/b"),
        (dict.fromkeys("bc", "Voir [la sortie](events/a)."), "articles/b"),  # not the newest
    ],
)
def test_the_article_to_read(tree, texts, expected):
    body = "Lire [ceci](articles/cite)." if "cite" in texts else "Une phrase."
    files = {
        "lieux/musee": entry("lieux"),
        "events/a": entry("events", body, lieu="musee"),
        **{
            f"articles/{name}": entry("articles", text, publie_le=f"2021-05-0{rank}")
            for rank, (name, text) in enumerate(texts.items(), 1)
        },
    }
    assert reading(tree.site(files), "events/a") == expected


def test_an_article_about_the_place(tree):
    files = {
        "lieux/musee": entry("lieux"),
        "events/a": entry("events", lieu="musee"),
        "articles/b": entry("articles", lieu="musee"),
    }
    assert reading(tree.site(files), "events/a") == "articles/b"
