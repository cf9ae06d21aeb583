"""Figures of an edition: those of an independent reading of its files, and nothing untold."""

from datetime import date

from doses import rows_of
from plans import contents, entry
from portail.features.kinds.tempsforts.years import bilan_of_edition
from portail.features.kinds.tempsforts.years import steps as steps_of
from portail.features.services.bilans.returns import lacking_returns
from portail.features.services.bilans.table import Bilan
from portail.outputs import base

URL = "/temps-forts/fete/2021/"
DAY = date(2021, 11, 2)
SECRET = "Le traiteur a oublié les verres"


def event(**fields):
    base = {"debut": "2021-10-02 10:00", "adresse": {"commune": "Amiens"}, "temps_fort": "fete",
            "edition": "2021"}  # fmt: skip
    return entry("events", **base | fields)


def fete(**edition):
    days = {"du": "2021-10-01", "au": "2021-10-11"} | edition
    return {"temps-forts/fete": entry("temps-forts", titre="Fête", editions={"2021": days})}


def bilan(tree, files, day=DAY):
    return bilan_of_edition(tree.site(files, day=day), "temps-forts/fete", 2021)


def rows(told, code):
    table = told.table(code)
    return {row.label: row.values for row in table.lignes} if table else {}


# Files whose sums are done by hand.
EVENTS = contents(rows_of("features/kinds/tempsforts/bilan.yml")["contenus"])


def test_figures_add_what_each_event_told_once(tree):
    found = bilan(tree, fete() | EVENTS)
    assert {one.label: one.value for one in found.cles} == {
        "Événements": 5, "Porteurs de projets": 3, "Communes": 4,
        "Visiteurs": 105, "Visiteurs tout public": 67, "Visiteurs scolaires": 38,
    }  # fmt: skip
    assert "5 retours sur 6" in " ".join(found.phrases)
    assert rows(found, "departements") == {
        "Oise": (2, 3, 0, 27), "Somme": (2, 2, 67, 11), "Pas-de-Calais": (1, 0, None, None),
    }  # fmt: skip
    assert [(label, row[0]) for label, row in rows(found, "satisfaction").items()] == [
        ("Satisfaits", 4), ("Peu satisfaits", 1),
    ]  # fmt: skip
    assert rows(found, "envergures")["Villages des sciences"][0] == 2


# What is not told.


def some(count, **more):
    told = {"tout_public": "10", "primaire": "3", "satisfaction": "satisfait"} | more
    return fete() | {f"events/e{rank}": event(retour=told) for rank in range(count)}


def test_no_share_of_fewer_than_five_answers(tree):
    few = bilan(tree, some(4))
    assert rows(few, "satisfaction") == {}
    assert rows(few, "niveaux") == {"École primaire": (12, None)}
    assert {row[-1] for row in rows(few, "envergures").values()} == {None}
    assert rows(few, "formats") == {"Atelier": (4, None)}
    assert "difficulté" not in " ".join(few.phrases)
    enough = bilan(tree, some(5, difficultes=SECRET))
    assert rows(enough, "satisfaction") == {"Satisfaits": (5, 100)}
    assert rows(enough, "niveaux") == {"École primaire": (15, 100)}
    assert "5 de ces retours disent une difficulté" in " ".join(enough.phrases)


def test_an_edition_of_which_nobody_told_counts_nothing(tree):
    announced = [{"libelle": "Participants", "valeur": "35 196"}]
    files = fete(chiffres=announced) | {"events/e": event()}
    told = bilan(tree, files)
    assert (told.cles, told.tables, told.methode) == ((), (), ())
    view = tree.view(URL, files, day=DAY)
    assert [one.libelle for one in view.chiffres] == ["Participants"]
    assert view.fichier is None


def test_nothing_before_the_end(tree):
    files = some(5)
    site = tree.site(files, day=date(2021, 10, 11))
    assert bilan_of_edition(site, "temps-forts/fete", 2021).tables == ()
    assert lacking_returns(site, "temps-forts/fete", 2021) == ()
    assert bilan(tree, files, date(2021, 10, 12)).tables != ()


def test_a_year_without_events_has_nothing(tree):
    assert bilan(tree, fete()) == Bilan("Fête 2021 en chiffres", 2021)


def test_invented_returns_say_so_and_never_mix(tree):
    made = {
        f"events/x{rank}": event(exemple="true", retour={"tout_public": "7"}) for rank in (0, 1)
    }
    told = bilan(tree, fete() | made | {"events/e": event()})
    assert rows(told, "departements") == {"Somme": (2, 2, 14, None)}
    assert all("exemple inventé" in one.titre for one in told.tables)
    assert "inventés" in told.phrases[0]
    told = bilan(tree, {"events/e": event(retour={"tout_public": "3"})})
    assert rows(told, "departements") == {"Somme": (1, 1, 3, None)}
    assert not any("inventé" in one.titre for one in told.tables)


# On the site.


def test_what_an_organiser_thought_is_nowhere_on_the_site(tree):
    files = some(3, difficultes=SECRET, satisfaction="peu-satisfait")
    result = tree.run(files, day=DAY)
    pages = tree.pages(files, day=DAY)
    shown = {url for url, page in pages.items() if SECRET in repr(page.view())}
    assert shown <= {f"/evenements/e{rank}/" for rank in range(3)}, "the entry, whole; not drawn"
    for artifact in result.plan.artifacts:
        if isinstance(artifact, base.TextFile | base.Tree):
            made = artifact.produce()
            text = "".join(one if isinstance(one, str) else one[1].decode() for one in made)
            assert SECRET not in text, artifact.path
            assert '"satisfaction":"' not in text, artifact.path


def test_the_page_of_an_edition_asks_for_what_is_missing(tree):
    told, off = event(titre="A", retour={"tout_public": "3"}), event(titre="C", etat="annule")
    files = fete() | {"events/a": told, "events/b": event(titre="B"), "events/c": off}
    view = tree.view(URL, files, day=DAY)
    assert [(one.texte, one.url) for one in view.attendus] == [
        ("B", "/contribuer/evenement/?retour=b")
    ]
    assert [one.lien.note for one in view.etapes] == ["3 événements", "1 retour sur 2"]
    assert view.fichier.url == f"{URL}chiffres.csv"
    asked = {name: tree.view(f"/evenements/{name}/", day=DAY).lecture.retour for name in "abc"}
    assert asked == {"a": "", "b": "/contribuer/evenement/?retour=b", "c": ""}
    early = tree.view("/evenements/b/", day=date(2021, 10, 2))
    assert early.lecture.retour == ""


def test_the_steps_of_an_edition(tree):
    call = entry("annonces", titre="Un appel", publie_le="2021-03-01", echeance="2021-06-10",
                 categorie="appel-a-projets", temps_fort="fete", edition="2021")  # fmt: skip
    files = fete() | {"annonces/appel": call, "events/a": event()}
    for day, states in {
        date(2021, 5, 1): ["present", "futur", "futur"],
        date(2021, 9, 1): ["passe", "futur", "futur"],
        date(2021, 10, 4): ["passe", "present", "futur"],
        DAY: ["passe", "passe", "present"],
    }.items():
        found = steps_of(tree.site(files, day=day), "temps-forts/fete", 2021)
        steps = tuple(found)
        assert [one.etat for one in steps] == states, day
        assert steps[0].lien.url == "/annonces/appel/"
    assert steps == tree.view(URL, files, day=DAY).etapes
    early = tree.view("/contribuer/", files, day=date(2021, 5, 1)).appels
    assert [(name, len(some)) for name, some in early] == [("Fête 2021", 3)]
    assert tree.view("/contribuer/", files, day=DAY).appels == ()
    assert [one.quand.replace("\u00a0", " ") for one in steps][:2] == [
        "Jusqu’au 10 juin 2021", "Du 1er au 11 octobre 2021",
    ]  # fmt: skip


def test_the_desk_writes_to_who_has_not_told(tree):
    files = fete() | {
        "lieux/musee": entry("lieux", titre="Musée", courriel="contact@musee.example"),
        "events/a": event(titre="A", organisateurs=["musee"]),
        "events/b": event(titre="B", retour={"tout_public": "3", "difficultes": SECRET}),
    }
    view = tree.view("/redaction/", files, day=DAY, preview=True)
    (section,) = (one for one in view.sections if one.ancre == "Retours")
    waiting, hard = section.tables
    assert (section.nombre, [one.nom.texte for one in waiting.lignes]) == (1, ["A"])
    actions = {one.texte: one.url for one in waiting.lignes[0].actions}
    assert actions["Écrire"].startswith("mailto:contact@musee.example?")
    assert actions["Dire comment c’était"] == "/contribuer/evenement/?retour=a"
    assert [(one.nom.texte, one.nom.url) for one in hard.lignes] == [(SECRET, "")]
