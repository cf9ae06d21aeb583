"""The map of the week: what the agenda counts, by commune and by département."""

from datetime import date

from plans import entry
from portail.features.services.fondsdecarte.drawing import DEPARTEMENTS
from portail.outputs.pages.views.shared import Lien


def event(commune="Wizernes", debut="2021-09-29 14:00", **fields):
    return entry("events", debut=debut, adresse={"commune": commune}, **fields)


def carte(tree, files, **options):
    return tree.view("/", files, **options).carte


def test_one_point_for_each_commune_with_its_event_or_their_number(tree):
    files = {
        "events/a": event(titre="Le *sel*", themes=["numerique"]),
        "events/b": event("Amiens", themes=["numerique"]),
        "events/c": event("Amiens", "2021-10-03", themes=["vivant-sante"]),
    }
    found = carte(tree, files)
    assert found.fond == DEPARTEMENTS
    one, two = found.points
    assert [(point.theme, point.numero) for point in (one, two)] == [("numerique", 0), ("", 2)]
    assert not one.lien.url, "the list beside leads there"
    assert found.legende == "3 rendez-vous du 27\u00a0septembre au 3\u00a0octobre, dans 2 communes."
    assert {label.lignes[0] for label in found.etiquettes} == {
        "Aisne", "Nord", "Oise", "Pas-de-Calais", "Somme",
    }  # fmt: skip


def test_only_what_takes_place_on_some_day_of_the_week(tree):
    files = {
        "events/ici": event(),
        "events/annule": event("Lens", etat="annule"),
        "events/expo": event("Lens", "2021-09-01", fin="2021-10-30"),
        "events/avant": event("Lens", "2021-09-26"),
        "events/apres": event("Lens", "2021-10-04"),
    }
    found = carte(tree, files)
    assert len(found.points) == 1
    assert carte(tree, files, day=date(2021, 11, 8)) is None


def test_each_departement_says_how_many_and_where_to_read_more(tree):
    files = {
        "territoires/pas-de-calais": entry("territoires", type="departement", code="62"),
        "events/a": event(), "events/b": event("Arras"), "events/c": event("Bordeaux"),
        "events/d": entry("events", debut="2021-09-30", en_ligne="https://exemple.org/"),
    }  # fmt: skip
    found = carte(tree, files)
    assert found.liste == (
        Lien("Aisne", "", "aucun"), Lien("Nord", "", "aucun"), Lien("Oise", "", "aucun"),
        Lien("Pas-de-Calais", "/territoires/pas-de-calais/", "2 rendez-vous"),
        Lien("Somme", "", "aucun"), Lien("Ailleurs", "", "1 rendez-vous"),
        Lien("En ligne", "", "1 rendez-vous"),
    )  # fmt: skip
    assert len(found.points) == 2, "what is elsewhere is counted, not drawn"


def test_near_communes_do_not_hide_one_another(tree):
    names = ("Lille", "Lambersart", "La Madeleine", "Loos", "Roubaix")
    found = carte(tree, {f"events/e{n}": event(name) for n, name in enumerate(names)})
    for rank, one in enumerate(found.points):
        assert all((one.x - o.x) ** 2 + (one.y - o.y) ** 2 >= 50**2 for o in found.points[:rank])
    assert all(one.pied for one in found.points)


def test_without_outlines_the_list_remains(tree):
    found = carte(tree, {"events/a": event("97801")}, region="Saint-Martin")
    assert (found.fond, found.points, found.etiquettes) == ("", (), ())
    assert [one.note for one in found.liste] == ["1 rendez-vous"]
