"""The directory: its facets, their pages, the map whose numbers are those of the list."""

import json
from math import hypot

from plans import entry
from portail.features.services.facettes.lists import plan_facettes
from portail.features.services.fondsdecarte.board import MOST
from portail.text.normalise import slugify

HOME = {"region": "Hauts-de-France"}
TOWNS = ("Amiens", "Lille", "Wizernes", "Beauvais", "Laon")
FEW = {
    f"lieux/l{rank}": entry(
        "lieux", titre=f"Lieu {rank}", type=("musee", "laboratoire")[rank % 2],
        themes=["numerique"] if rank % 3 else [],
        commune=TOWNS[rank % 5] if rank != 4 else None,
        territoires=["hauts-de-france"] if rank == 4 else [],
    )
    for rank in range(12)
} | {"territoires/hauts-de-france": entry("territoires", type="region", code="32")}  # fmt: skip
# Places of the first page, the one of elsewhere being before them.
FIRST = 47
MANY = {
    f"lieux/l{rank}": entry("lieux", titre=f"Lieu {rank:03}", commune=TOWNS[rank % 5])
    for rank in range(FIRST + MOST + 1)
}
ELSEWHERE = {"lieux/nantes": entry("lieux", titre="À Nantes", commune="44109")}


def shown(pages, url):
    return pages[url].view()


class TestMap:
    def test_each_place_has_its_point_while_one_can_aim_at_them(self, tree):
        view = shown(tree.pages(FEW, **HOME), "/lieux/")
        listed = [card for bloc in view.blocs for card in bloc.cartes]
        placed = [card for card in listed if card.ref != "lieux/l4"]
        assert [view.numeros[card.ref] for card in placed] == [*range(1, 12)]
        points = view.carte.points
        assert [(one.numero, one.lien.url) for one in points] == [
            (view.numeros[card.ref], card.url) for card in placed
        ]
        gaps = [hypot(a.x - b.x, a.y - b.y) for i, a in enumerate(points) for b in points[:i]]
        assert min(gaps) >= 2 * view.carte.cible
        # Whoever moves the map is told what a point is; nothing is written below it.
        assert view.carte.legende == ""

    def test_beyond_that_each_commune_has_one(self, tree):
        """Of what a page lists: the first has few enough to aim at."""
        pages = tree.pages(MANY | ELSEWHERE, **HOME)
        first = shown(pages, "/lieux/")
        assert {one.nombre for one in first.carte.points} == {1}
        view = shown(pages, "/lieux/page/2/")
        assert {(one.numero, one.nombre) for one in view.carte.points} == {
            (rank, (MOST + 1) // 5) for rank in range(1, 6)
        }
        assert "lieux/nantes" not in first.numeros, "out of the region"
        assert {view.numeros[f"lieux/l{rank}"] for rank in range(FIRST, FIRST + 60, 5)} == {1}
        assert view.carte.points[0].lien.url == "#Point-1"
        assert view.carte.points[0].lien.note == "12 lieux"

    def test_without_outlines_there_is_no_number(self, tree):
        view = shown(tree.pages(FEW, region=""), "/lieux/")
        assert (view.carte, view.numeros) == (None, {})


class TestOrder:
    def test_where_one_goes_comes_first_by_family_then_structures_by_letter(self, tree):
        kinds = {"a": "universite", "b": "zoo", "c": "musee", "d": "centre-nature", "e": "autre",
                 "f": "centre-de-sciences"}  # fmt: skip
        files = {
            f"lieux/{slug}": entry("lieux", titre=slug.upper(), type=kind, commune="Lille")
            for slug, kind in kinds.items()
        }
        view = shown(tree.pages(files, **HOME), "/lieux/")
        assert [(bloc.titre, [card.titre for card in bloc.cartes]) for bloc in view.blocs] == [
            ("Musées et centres de sciences", ["C", "F"]), ("Nature et animaux", ["B", "D"]),
            ("A", ["A"]), ("E", ["E"]),
        ]  # fmt: skip
        assert [bloc.ancre for bloc in view.blocs] == [
            "Famille-musees-et-centres-de-sciences", "Famille-nature-et-animaux", "Lettre-A",
            "Lettre-E",
        ]  # fmt: skip

    def test_the_index_is_that_of_structures(self, tree):
        files = {
            f"lieux/l{rank}": entry("lieux", titre=f"{letter} {rank}", type=kind, commune="Lille")
            for rank, (letter, kind) in enumerate([("M", "musee"), ("S", "autre")] * 30)
        }
        index = shown(tree.pages(files, **HOME), "/lieux/").index
        assert {one.texte for one in index if one.url} == {"S"}


class TestFacets:
    def test_pages_of_values_have_their_letters_and_map(self, tree):
        pages = tree.pages(FEW, **HOME)
        view = shown(pages, "/lieux/pour/visiter/")
        assert (view.titre, view.nombre) == ("Où aller", "6 lieux")
        assert len(view.carte.points) == 5, "l4 has no commune"
        assert [bloc.titre for bloc in view.blocs] == ["Musées et centres de sciences"]
        assert shown(pages, "/lieux/type/laboratoire/").titre == "Annuaire : laboratoires"
        assert shown(pages, "/lieux/departement/somme/").titre == "Annuaire de la Somme"

    def test_choices_that_are_ready_made(self, tree):
        facettes = shown(tree.pages(FEW, **HOME), "/lieux/").facettes
        assert [(one.url, one.note) for one in facettes.raccourcis] == [
            ("/lieux/pour/visiter/", "pour=visiter"), ("/lieux/pour/projet/", "pour=projet"),
        ]  # fmt: skip
        assert facettes.communes == "/communes.json"

    def test_data_follow_titles_and_communes(self, tree):
        site = tree.site(FEW, **HOME)
        (file,) = (one for one in plan_facettes(site) if one.url == "/lieux/facettes.json")
        data = json.loads("".join(file.produce()))
        values = [(cle, code) for cle, some in data["facettes"] for code, _ in some]
        urls = set()
        for title, slug, commune, *ranks in data["lignes"]:
            urls.add(f"{data['prefixe']}{slug or slugify(title)}/")
            held = {values[rank] for rank in ranks}
            assert not {cle for cle, _ in held} & {"departement", "epci"}, "those of the commune"
            assert commune >= 0 or title == "Lieu 4"
        assert urls == {item.url for item in site.of_kind(site.items["lieux/l0"].entry.kind)}
        kinds = [code for cle, code in values if cle == "type"]
        families = dict(zip(kinds, data["familles"], strict=True))
        assert families == {"musee": "Musées et centres de sciences", "laboratoire": ""}
        amiens = next(one for one in data["communes"] if one[0] == "Amiens")
        assert ("departement", "somme") in {values[rank] for rank in amiens[4]}
        assert data["carte"]["departements"] == ["02", "59", "60", "62", "80"]
