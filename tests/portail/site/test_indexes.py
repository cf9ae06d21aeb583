"""Which contents answer to which key, in the order in which lists show them."""

import pytest

from doses import rows_of
from plans import entry
from portail.model.kinds import Kind


def slugs(refs):
    return [ref.partition("/")[2] for ref in refs]


def order(tree, kind, **fields):
    """Slugs in the order of the list of a kind, from the fields of each (``_`` for ``-``)."""
    files = {
        f"{kind.value}/{slug.replace('_', '-')}": entry(kind.value, **given)
        for slug, given in fields.items()
    }
    return slugs(tree.site(files).indexes.by_kind[kind])


# ── Order ─────────────────────────────────────────────────────────────────────────────


def test_order_of_events_by_next_date_then_what_is_over_latest_first(tree):
    assert order(
        tree,
        Kind.EVENT,
        passe_ancien={"debut": "2020-05-01"},
        passe_recent={"debut": "2021-09-26 20:00"},
        dans_un_mois={"debut": "2021-10-27 09:00"},
        exposition={"debut": "2021-06-01", "fin": "2021-12-31"},
        ce_soir={"debut": "2021-09-27 20:00"},
        ce_matin={"debut": "2021-09-27 09:00"},
        recurrent={"seances": [{"debut": "2021-09-01"}, {"debut": "2021-10-01"}]},
        annule={"debut": "2021-09-28", "etat": "annule"},
        annonce={"debut": "2021-09-28"},
    ) == [
        "exposition", "ce-matin", "ce-soir", "annonce", "annule", "recurrent", "dans-un-mois",
        "passe-recent", "passe-ancien",
    ]  # fmt: skip


def test_order_of_events_by_the_instant_not_the_hour_on_the_clock(tree):
    found = order(
        tree,
        Kind.EVENT,
        fin_de_nuit={"debut": "2021-10-31 03:00"},
        heure_double={"debut": "2021-10-31 02:30"},
    )
    assert found == ["heure-double", "fin-de-nuit"]


def test_order_of_annonces_by_end_then_those_that_are_over(tree):
    assert order(
        tree,
        Kind.ANNONCE,
        hier={"echeance": "2021-09-26"},
        avant_hier={"publie_le": "2021-09-01", "echeance": "2021-09-25"},
        bientot={"echeance": "2021-10-01"},
        aujourd_hui={"echeance": "2021-09-27"},
        tard={"echeance": "2022-01-01"},
    ) == ["aujourd-hui", "bientot", "tard", "hier", "avant-hier"]


@pytest.mark.parametrize(
    "kind", [Kind.ARTICLE, Kind.RESSOURCE, Kind.DOSSIER, Kind.PROJET], ids=lambda one: one.value
)
def test_other_kinds_have_the_newest_first(tree, kind):
    extra = {"regle": {"theme": "numerique"}} if kind is Kind.DOSSIER else {}
    days = {"vieux": "2019-01-07", "neuf": "2021-09-27", "egal_b": "2020-02-02"}
    fields = {slug: {"publie_le": day, **extra} for slug, day in days.items()}
    fields["egal_a"] = fields["egal_b"]
    assert order(tree, kind, **fields) == ["neuf", "egal-a", "egal-b", "vieux"]


@pytest.mark.parametrize(
    "kind",
    [Kind.LIEU, Kind.TEMPS_FORT, Kind.AUTEUR, Kind.COMMUNAUTE, Kind.PAGE, Kind.TERRITOIRE],
    ids=lambda one: one.value,
)
def test_what_has_no_day_is_in_the_french_alphabet(tree, kind):
    titles = {
        "a1": "Zoo", "a2": "Écomusée", "a3": "eau", "a4": "*Bufo* et compagnie", "a5": "Œuvre",
        "a6": "La Coupole", "a7": "L’Abeille", "a8": "Étape 10", "a9": "Étape 9",
    }  # fmt: skip
    every = order(tree, kind, **{slug: {"titre": title} for slug, title in titles.items()})
    found = [slug for slug in every if slug in titles]
    assert [titles[slug] for slug in found] == [
        "*Bufo* et compagnie", "eau", "Écomusée", "Étape 9", "Étape 10", "L’Abeille",
        "La Coupole", "Œuvre", "Zoo",
    ]  # fmt: skip


def test_letters_have_the_latest_first(tree):
    fields = {"2020_s53": {}, "2021_s39": {}, "2021_s38": {}}
    assert order(tree, Kind.NEWSLETTER, **fields) == ["2021-s39", "2021-s38", "2020-s53"]


def test_what_is_not_published_is_nowhere(tree):
    files = {
        "articles/a": entry("articles", themes=["numerique"], statut="brouillon"),
        "articles/b": entry("articles", themes=["numerique"], publie_le="2022-01-01"),
    }
    indexes = tree.site(files).indexes
    assert not indexes.by_kind and not indexes.by_theme


# ── What a dossier gathers ────────────────────────────────────────────────────────────


FILES = {
    "articles/un": entry("articles", themes=["numerique"], publie_le="2021-01-01"),
    "articles/deux": entry("articles", themes=["numerique"], publie_le="2021-02-01"),
    "articles/trois": entry("articles", dossiers=["tout"], publie_le="2021-03-01"),
    "events/quatre": entry("events", dossiers=["tout"], themes=["numerique"]),
    "pages/cinq": entry("pages", themes=["numerique"]),
}


def gathered(tree, **fields):
    dossier = entry("dossiers", **fields)
    site = tree.site({**FILES, "dossiers/tout": dossier})
    return list(site.indexes.gathered["dossiers/tout"])


def test_a_dossier_gathers_elements_in_their_order_then_what_names_it(tree):
    elements = ["events/quatre", {"ref": "articles/un", "note": "À lire d’abord."}]
    assert gathered(tree, elements=elements) == [
        "events/quatre", "articles/un", "articles/trois",
    ]  # fmt: skip


def test_then_what_its_rule_finds_without_doubles_nor_itself(tree):
    rule = {"theme": "numerique"}
    found = gathered(tree, elements=["articles/un"], regle=rule, themes=["numerique"])
    assert found == ["articles/un", "articles/trois", "events/quatre", "articles/deux"]


def test_every_criterion_of_a_rule_counts(tree):
    tree.run(
        {
            "articles/mot": entry(
                "articles", themes=["numerique"], mots_cles=["Vaccins"], commune="Amiens"
            ),
            "articles/mot-ailleurs": entry("articles", mots_cles=["vaccins"], commune="Lille"),
        }
    )
    regle = {"theme": "numerique", "mot_cle": "VACCINS", "territoire": "departement-80"}
    assert gathered(tree, regle=regle)[2:] == ["articles/mot"]
    assert gathered(tree, regle={"mot_cle": "vaccins"})[2:] == [
        "articles/mot", "articles/mot-ailleurs",
    ]  # fmt: skip


def test_what_is_gathered_knows_its_dossiers(tree):
    gathered(tree, elements=["articles/un"], regle={"theme": "numerique"})
    gatherers = tree.site().indexes.gatherers
    assert gatherers == dict.fromkeys(
        ("articles/un", "articles/trois", "events/quatre", "articles/deux"), ("dossiers/tout",)
    )


def test_a_community_gathers_what_names_it_and_its_rule(tree):
    site = tree.site(
        {
            **FILES,
            "dossiers/tout": entry("dossiers", elements=["articles/un"]),
            "articles/six": entry("articles", communautes=["club"]),
            "communautes/club": entry("communautes", regle={"theme": "numerique"}),
        }
    )
    assert site.indexes.gathered["communautes/club"] == (
        "articles/six", "articles/deux", "articles/un", "events/quatre",
    )  # fmt: skip


# ── What names a content ──────────────────────────────────────────────────────────────


def test_what_names_a_content(tree):
    site = tree.site(
        {
            "lieux/musee": entry("lieux"),
            "lieux/club": entry("lieux", membre_de=["musee"]),
            "auteurs/camille": entry("auteurs", affiliation="musee"),
            "events/nuit": entry("events", lieu="musee", organisateurs=["musee", "club"]),
            "ressources/malle": entry(
                "ressources",
                proprietaire="club",
                itinerance=[{"lieu": "musee", "du": "2021-10-01", "au": "2021-10-02"}],
            ),
            "articles/a": entry("articles", auteurs=["camille", "Dominique"]),
        }
    )
    targets = site.indexes.by_target
    assert targets["lieux/musee"] == (
        "events/nuit", "ressources/malle", "lieux/club", "auteurs/camille",
    )  # fmt: skip
    assert targets["lieux/club"] == ("events/nuit", "ressources/malle")
    assert targets["auteurs/camille"] == ("articles/a",)
    assert site.items["events/nuit"].targets == ("lieux/musee", "lieux/club")


# ── Territories ───────────────────────────────────────────────────────────────────────


PAGES = {
    "territoires/amiens": entry("territoires", titre="Amiens", type="ca", code="248000531"),
    "territoires/somme": entry("territoires", titre="Somme", type="departement", code="80"),
    "territoires/region": entry("territoires", titre="Hauts", type="region", code="32"),
    "territoires/gers": entry("territoires", titre="Gers", type="departement", code="32"),
}


def held(tree, folder, **fields):
    site = tree.site({**PAGES, f"{folder}/essai": entry(folder, **fields)})
    for code, _ in site.items[f"{folder}/essai"].territoires:
        assert f"{folder}/essai" in site.indexes.by_territoire[code]
    return [code for code, _ in site.items[f"{folder}/essai"].territoires]


AMIENS = ["248000531", "80", "R32"]


@pytest.mark.parametrize(("folder", "fields"), rows_of("portail/site/indexes.yml"))
def test_territories_from_the_commune_up_to_the_region(tree, folder, fields):
    assert held(tree, folder, **fields) == AMIENS


@pytest.mark.parametrize(
    ("folder", "key"),
    [("events", "lieu"), ("articles", "lieu"), ("annonces", "lieu"),
     ("ressources", "proprietaire")],
)  # fmt: skip
def test_territories_from_the_lieu(tree, folder, key):
    tree.run({"lieux/musee": entry("lieux", commune="Amiens")})
    assert held(tree, folder, **{key: "musee"}) == AMIENS


def test_territories_from_the_territory_of_a_lieu_without_commune(tree):
    tree.run({"lieux/club": entry("lieux", commune=None, territoires=["somme"])})
    assert held(tree, "events", lieu="club") == ["80", "R32"]


def test_territories_of_both_a_commune_and_typed_territories(tree):
    found = held(tree, "articles", commune="Amiens", territoires=["departement-62"])
    assert found == [*AMIENS, "62"]


def test_the_region_32_is_not_the_departement_32(tree):
    assert held(tree, "articles", territoires=["gers"]) == ["32", "R76"]
    assert held(tree, "articles", territoires=["region"]) == ["R32"]


def test_a_territory_is_held_by_those_above(tree):
    site = tree.site(PAGES)
    assert [code for code, _ in site.items["territoires/amiens"].territoires] == ["80", "R32"]
    held = site.indexes.by_territoire["R32"]
    assert [ref for ref in held if not site.items[ref].entry.sans_fichier] == [
        "territoires/amiens", "territoires/somme",
    ]  # fmt: skip


def test_no_territory_without_commune(tree):
    assert held(tree, "annonces") == []
    assert held(tree, "events", en_ligne="https://example.org/") == []


def test_themes_hold_every_kind_in_the_order_of_kinds(tree):
    both = ["numerique", "vivant-sante"]
    site = tree.site(
        {
            "lieux/a": entry("lieux", themes=["numerique"]),
            "articles/b": entry("articles", themes=both),
            "events/c": entry("events", themes=["numerique"]),
        }
    )
    assert site.indexes.by_theme["numerique"] == ("articles/b", "events/c", "lieux/a")
    assert site.indexes.by_theme["vivant-sante"] == ("articles/b",)
