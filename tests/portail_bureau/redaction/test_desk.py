"""What editors have to look at, on small trees."""

from datetime import date
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from plans import TODAY, entry
from portail.features import FEATURES
from portail.features.pages.liens.records import Constat, followed, liens_text
from portail.model.kinds import Kind, ranked
from portail.model.registry import MODELS
from portail.site.kind_tables import WANTED
from portail.site.rules.references import near
from portail.site.twins import near_pairs, twins
from portail_bureau.redaction.page import (
    dead_links,
    ends,
    label_of,
    lacks,
    stale_sheets,
)


def preview(tree, files):
    return tree.site(files, preview=True)


def cells(section, *names):
    """The rows of the tables of those names: the slug of each, its cells."""
    return [
        (row.nom.url.split("/")[-2], *(cell[0].texte for cell in row.cellules))
        for table in section.tables
        if table.nom in names
        for row in table.lignes
    ]


def test_never_checked_first_then_the_oldest(tree):
    site = preview(tree, {
        "lieux/jamais": entry("lieux"),
        "lieux/vieux": entry("lieux", verifie_le="2020-01-01"),
        "lieux/juste": entry("lieux", verifie_le="2020-09-26"),
        "lieux/recent": entry("lieux", verifie_le="2020-09-27"),
        "lieux/brouillon": entry("lieux", statut="brouillon"),
        "ressources/livre": entry("ressources", publie_le="2019-05-01"),
        "ressources/reprise": entry("ressources", publie_le="2019-05-01", modifie="2021-01-01"),
    })  # fmt: skip
    assert cells(stale_sheets(site), "") == [
        ("jamais", "Lieu", "Jamais"),
        ("livre", "Ressource", "Modifiée le 1er\u00a0mai 2019"),
        ("vieux", "Lieu", "1er\u00a0janvier 2020"),
    ]


def test_wanted_fields_exist_and_are_named():
    kinds = ranked(lambda info: info.wanted)
    assert len(kinds) == 6
    for kind in kinds:
        for wanted in WANTED.of(FEATURES, kind) or ():
            assert set(wanted.champs) <= MODELS[kind].model_fields.keys()
            assert wanted.pourquoi and label_of(kind, wanted)
    ways_to_reach = (WANTED.of(FEATURES, Kind.LIEU) or ())[1]
    assert label_of(Kind.LIEU, ways_to_reach) == "courriel, téléphone ou site"


def test_what_lacks_depends_on_what_it_is(tree):
    site = preview(tree, {
        "lieux/musee": entry("lieux", site="https://a.example/", publics=["familles"],
                             accessibilite={"moteur": "inconnu"}, roles=["acteur-relais"],
                             tarifs=[{"libelle": "premier dimanche du mois", "prix": 0}]),
        "lieux/labo": entry("lieux", type="laboratoire"),
        "lieux/tout": entry("lieux", type="laboratoire", telephone="03 21 00 00 00",
                            publics=["familles"], offre=["pret"]),
        "events/passe": entry("events", debut="2021-09-10 14:00"),
        "events/ligne": entry("events", en_ligne="https://a.example/", tarif={"gratuit": "true"},
                              publics=["familles"]),
    })  # fmt: skip

    assert cells(lacks(site), "Lieux") == [
        ("musee", "Adresse, horaires d’ouverture, tarifs, accessibilité, accès"),
        ("labo", "Courriel, téléphone ou site, publics, rôles ou offre"),
    ]
    assert cells(lacks(site), "Événements") == [("ligne", "Inscription, organisateurs ou lieu")]


def test_what_ends_within_two_weeks(tree):
    loans = [
        {"lieu": "musee", "du": "2021-09-01", "au": "2021-10-01"},
        {"emprunteur": "Collège", "commune": "Amiens", "du": "2021-10-02", "au": "2021-11-01"},
    ]
    site = preview(tree, {
        "lieux/musee": entry("lieux", a_ne_pas_manquer="2021-09-27"),
        "annonces/proche": entry("annonces", echeance="2021-10-10"),
        "annonces/loin": entry("annonces", echeance="2021-10-11"),
        "annonces/passee": entry("annonces", echeance="2021-09-26"),
        "ressources/expo": entry("ressources", type="exposition", itinerance=loans),
        "ressources/aide": entry("ressources", type="financement", echeance="2021-10-02"),
    })  # fmt: skip
    assert cells(ends(site), "Se termine") == [
        ("musee", "Lundi 27\u00a0septembre 2021", "Fin de « À ne pas manquer »"),
        ("expo", "Vendredi 1er\u00a0octobre 2021", "Fin du prêt : Titre lieux"),
        ("aide", "Samedi 2\u00a0octobre 2021", "Échéance du financement"),
        ("proche", "Dimanche 10\u00a0octobre 2021", "Échéance de l’annonce"),
    ]


def test_near_events_that_do_not_say_enough(tree):
    free = {"tarif": {"gratuit": "true"}, "accessibilite": {"moteur": "non"}}
    site = preview(tree, {
        "events/dit": entry("events", debut="2021-10-01 14:00", **free),
        "events/sans-heure": entry("events", debut="2021-10-02", **free),
        "events/long": entry("events", debut="2021-10-03", fin="2021-10-05", **free),
        "events/rien": entry("events", debut="2021-10-01 14:00"),
        "events/annule": entry("events", debut="2021-10-01 14:00", etat="annule"),
        "events/loin": entry("events", debut="2021-10-11 14:00"),
        "events/ligne": entry("events", debut="2021-10-04 14:00", en_ligne="https://a.example/"),
    })  # fmt: skip
    assert cells(ends(site), "Événements proches à compléter") == [
        ("rien", "Vendredi 1er\u00a0octobre 2021", "Tarif, accessibilité"),
        ("sans-heure", "Samedi 2\u00a0octobre 2021", "Heure"),
        ("ligne", "Lundi 4\u00a0octobre 2021", "Tarif"),
    ]


def test_days_still_to_be_set_by_edition(tree):
    site = preview(tree, {
        "temps-forts/fete": entry("temps-forts"),
        "events/apres": entry("events", debut=None, temps_fort="fete", edition="2022"),
        "events/bientot": entry("events", debut=None, temps_fort="fete", edition="2021"),
        "events/jamais": entry("events", debut=None, temps_fort="fete", edition="2020"),
        "events/date": entry("events", temps_fort="fete", edition="2021"),
    })  # fmt: skip
    found = cells(ends(site), "Dates à préciser")
    assert [slug for slug, _ in found] == ["bientot", "apres"]


WORDS = st.frozensets(st.sampled_from("atelier fusee eau musee visite jardin 1 2 nuit".split()))


@given(st.dictionaries(st.integers(0, 30), WORDS, max_size=14))
def test_no_near_title_escapes(titles):
    found = {frozenset(pair) for pair in near_pairs(titles)}
    assert found == {
        frozenset(pair)
        for pair in combinations(titles, 2)
        if near(titles[pair[0]], titles[pair[1]])
    }


def test_ten_thousand_contents_of_one_name_are_not_compared(monkeypatch):
    calls = []

    def counting(one, other):
        calls.append(1)
        return near(one, other)

    monkeypatch.setattr("portail.site.twins.near", counting)
    crowd = {n: frozenset({"mediatheque", "municipale"}) for n in range(10_000)}
    assert [*near_pairs(crowd)] == []
    mixed = {
        n: frozenset({"visite", "musee", f"nom{n // 2}", f"lieu{n // 3}"}) for n in range(10_000)
    }
    assert [*near_pairs(mixed)] != []
    assert len(calls) < 200_000


def test_near_titles_in_one_commune_are_doubles(tree):
    site = preview(tree, {
        "lieux/a1": entry("lieux", titre="Muséum d’histoire naturelle"),
        "lieux/a2": entry("lieux", titre="Le muséum d’histoire naturelle"),
        "lieux/a3": entry("lieux", titre="Muséum d’histoire naturelle", commune="Lille"),
        "lieux/b": entry("lieux", titre="Médiathèque d’Amiens"),
        "articles/a": entry("articles", titre="Une pluie d’étoiles filantes"),
        "articles/b": entry("articles", titre="La pluie d’étoiles filantes"),
        "articles/c": entry("articles", titre="La pluie d’étoiles filantes", langue="en"),
        "annonces/p": entry("annonces", titre="Stage de médiation", echeance="2021-09-25"),
        "annonces/q": entry("annonces", titre="Stage de médiation"),
    })  # fmt: skip
    assert [(one.ref, other.ref) for one, other in twins(site)] == [
        ("lieux/a1", "lieux/a2"), ("articles/a", "articles/b"),
    ]  # fmt: skip


def test_addresses_as_the_last_check_left_them(tree):
    day = date(2021, 9, 20)
    dead = followed(followed(None, day, Constat.MUET), TODAY, Constat.MUET)
    records = {
        "https://mort.example/": dead,
        "https://bon.example/": followed(None, day, Constat.BON),
        "https://va.example/": followed(None, day, Constat.DEPLACE, vers="https://ici.example/"),
        "https://oublie.example/": dead,
    }
    files = {
        "lieux/a": entry("lieux", site="https://va.example/"),
        "articles/b": entry("articles", "<https://mort.example/>, <https://neuf.example/>."),
        "articles/c": entry("articles", "<https://mort.example/>, <https://bon.example/>."),
    }
    site = preview(tree, files)
    assert (site.part("liens"), dead_links(site).tables) == (None, ())
    file = tree.root / ".cache" / "liens.json"
    file.parent.mkdir()
    file.write_text(liens_text(records), "utf-8")
    assert tree.site(files).part("liens") is None, "published sites do not read it"
    site = preview(tree, files)
    section = dead_links(site)
    found = cells(section, "À reprendre")
    assert [(slug, state.partition(".")[0]) for slug, _, state, _ in found] == [
        ("b", "Lien mort"), ("c", "Lien mort"), ("a", "Déplacée"),
    ]  # fmt: skip
    assert section.notes[0].startswith("Adresses jamais vérifiées : 1.")
