"""``/carte/``: what each page shows, how the list is numbered, when a point leads somewhere."""

from itertools import chain

from plans import entry
from portail.features.services.fondsdecarte.board import MOST
from portail.outputs.pages.views.shared import Lien
from tables import places

URL, NOW, PLACES = "/carte/", "/carte/en-ce-moment/", "/carte/lieux/"
NB = "\u00a0"


def event(commune="Wizernes", debut="2021-09-29 14:00", **fields):
    return entry("events", debut=debut, adresse={"commune": commune}, **fields)


FILES = {
    "events/sel": event(titre="Le *sel*", themes=["numerique"]),
    "events/ciel": event("Amiens", "2021-10-03", titre="Ciel"),
    "events/annule": event("Lens", etat="annule"),
    "events/ancien": event("Lens", "2021-09-20"),
    "events/loin": event("Amiens", "2021-11-03 10:00", titre="Plus tard",
                         a_ne_pas_manquer="2021-10-10"),
    "events/dehors": event("Bordeaux", "2021-09-30", titre="Dehors"),
    "events/expo": event("Laon", "2021-09-01", fin="2021-10-30", titre="L’expo"),
    "articles/a": entry("articles", titre="À lire", a_ne_pas_manquer="2021-09-28"),
    "lieux/musee": entry("lieux", titre="Musée", commune="Amiens"),
    "events/la": entry("events", debut="2021-10-06", lieu="musee", titre="Au musée"),
    "events/la-aussi": entry("events", debut="2021-12-06", lieu="musee", titre="Encore"),
}  # fmt: skip


def page(tree, url, files):
    return tree.view(url, files)


def communes(view):
    return [*chain.from_iterable(one.communes for one in view.departements)]


def told(one):
    return [(row.lien.texte, row.lien.note) for row in one.lignes]


def test_the_week_and_what_is_put_forward_by_departement(tree):
    view = page(tree, URL, FILES)
    assert [one.lien.texte for one in view.departements] == [
        "Pas-de-Calais", "Somme", "Ailleurs, en ligne ou partout",
    ]  # fmt: skip
    wizernes, amiens, elsewhere = communes(view)
    assert (wizernes.nom, wizernes.numero, amiens.nom, amiens.numero) == (
        "Wizernes", 1, "Amiens", 2,
    )  # fmt: skip
    assert told(wizernes) == [("Le *sel*", f"Mer. 29{NB}sept., 14{NB}h")]
    assert [row[0] for row in told(amiens)] == ["Plus tard", "Ciel"], "what is put forward first"
    assert {row[0] for row in told(elsewhere)} == {"À lire", "Dehors"}
    assert view.chapo.startswith("Ce que la rédaction met en avant")
    assert [lien.url for lien in view.choix] == [URL, NOW, PLACES]


def test_days_of_one_event_are_one_sentence(tree):
    days = [{"debut": "2021-09-29 14:00"}, {"debut": "2021-10-01 18:00"}]
    file = entry("events", titre="Le sel", adresse={"commune": "Wizernes"}, seances=days)
    (wizernes, *_) = communes(page(tree, URL, {"events/sel": file}))
    assert told(wizernes) == [
        ("Le sel", f"Mer. 29{NB}sept., 14{NB}h ; ven. 1er{NB}oct., 18{NB}h"),
    ]  # fmt: skip


def test_a_point_leads_to_its_content_or_to_its_commune_in_the_list(tree):
    view = page(tree, URL, FILES)
    assert view.a_carte
    one, two = view.carte.points
    assert (one.numero, one.lien) == (1, Lien("Le sel", "/evenements/sel/", "Wizernes"))
    assert (two.numero, two.lien) == (2, Lien("Amiens", "#commune-80021", "2 dans la liste"))
    assert communes(view)[1].ancre == "commune-80021"


def test_what_lasts_and_places_with_something_to_come(tree):
    lasting = page(tree, NOW, FILES)
    assert told(communes(lasting)[0]) == [("L’expo", f"Jusqu’au 30{NB}octobre 2021")]
    (amiens,) = communes(page(tree, PLACES, FILES))
    assert told(amiens) == [("Musée", f"Mercredi 6{NB}octobre : Au musée, et 1 autre")]


def test_a_tool_on_tour_is_where_it_is_shown(tree):
    stay = {"lieu": "musee", "du": "2021-09-20", "au": "2021-10-15"}
    tool = entry("ressources", titre="Nuit", type="exposition", pret={}, itinerance=[stay])
    files = {**FILES, "ressources/nuit": tool}
    (laon, amiens) = communes(page(tree, NOW, files))
    assert (laon.nom, amiens.nom) == ("Laon", "Amiens")
    assert [row.lien.url for row in amiens.lignes] == ["/ressources/nuit/"]
    (musee,) = told(communes(page(tree, PLACES, files))[0])
    assert musee == ("Musée", f"Jusqu’au 15{NB}octobre 2021 : Nuit, et 2 autres")


def test_beyond_what_can_be_aimed_at_points_lead_nowhere(tree):
    geography = places("Hauts-de-France")
    some = [one.code for one in geography.communes_of(geography.home) if one.lat][: MOST + 1]
    files = {f"events/e{code}": event(code) for code in some}
    full = page(tree, URL, files).carte
    assert [p.numero for p in full.points] == [*range(1, MOST + 2)]
    assert not any(point.lien.url for point in full.points)


def test_a_commune_tells_some_and_leads_to_the_others(tree):
    files = {f"events/e{rank}": event(debut=f"2021-09-30 1{rank}:00") for rank in range(10)}
    (one,) = communes(page(tree, URL, files))
    assert len(one.lignes) == 8 and one.reste == Lien("Et 2 autres", "/agenda/semaine/")


def test_without_a_week_the_first_page_says_so(tree):
    view = page(tree, URL, {"events/expo": FILES["events/expo"]})
    assert view.vide is not None and view.carte is None and not view.departements
    assert [lien.url for lien in view.choix] == [URL, NOW]


def test_the_map_of_the_home_page_is_there_only_if_this_one_is(tree):
    late = {"events/a": event(debut="2021-09-27 09:00")}
    home = tree.view("/", late)
    assert home.carte is not None
    assert communes(page(tree, URL, late))
