"""What the form reads: schemas, landmarks, and files that read again as they were."""

import json
import re
import shutil
from datetime import timedelta

import pytest

from checkout import ROOT
from plans import TODAY, Tree, entry, key_of, write
from portail.agenda import cuts
from portail.model.kinds import KINDS, Kind
from portail.outputs.base import TextFile
from portail_contribuer.contribuer.files import plan_contribuer

HOME = {"region": "Hauts-de-France"}
SIX = ("events", "articles", "annonces", "ressources", "lieux", "dossiers")


def files_of(site):
    """Key and text of each file, by address."""
    files = (one for one in plan_contribuer(site) if isinstance(one, TextFile))
    return {one.url: (key_of(one), "".join(one.produce())) for one in files}


def documents(site):
    return {url: json.loads(text) for url, (_, text) in files_of(site).items()}


def rows(site, folder):
    data = documents(site)[f"/contribuer/reperes/{folder}.json"]
    assert data["version"] == 1
    return data["lignes"]


def sources(site):
    """What the form reads again, by reference."""
    found = {}
    for url, document in documents(site).items():
        if "/fichiers/" in url:
            folder = url.split("/")[3]
            found |= {f"{folder}/{slug}": one for slug, one in document.items()}
    return found


@pytest.fixture(scope="module")
def vitrine(tmp_path_factory):
    found = Tree(tmp_path_factory.mktemp("vitrine"))
    source = ROOT / "tests/sites/vitrine"
    shutil.copytree(source / "content", found.root / "content")
    return found


def test_a_site_without_content_has_its_six_schemas(tree):
    found = documents(tree.site({"pages/charte": entry("pages")}, **HOME))
    for folder in SIX:
        name = KINDS[Kind(folder)].nom.replace("é", "e")
        schema = found[f"/contribuer/{name}/schema.json"]
        assert schema["$schema"].startswith("https://json-schema.org/")
        assert schema["type"] == "object"
    assert found["/contribuer/reperes/lieux.json"] == {"version": 1, "lignes": []}
    assert not any("/fichiers/" in url for url in found)


def test_each_folder_that_a_form_names_has_its_landmarks(vitrine):
    found = {url: text for url, (_, text) in files_of(vitrine.site(**HOME)).items()}
    schemas = "".join(text for url, text in found.items() if url.endswith("/schema.json"))
    lists = re.findall(r'"x-references": ?(\[.*?\])', schemas)
    folders = {folder for one in lists for folder in json.loads(one)}
    assert {"lieux", "events", "dossiers", "auteurs", "temps-forts"} <= folders
    assert {f"/contribuer/reperes/{one}.json" for one in folders} <= found.keys()


def test_rows_tell_homonyms_apart(tree):
    files = {
        "lieux/musee": entry("lieux", titre="Le musée d'ici", commune="Amiens"),
        "lieux/autre": entry("lieux", titre="Élan", type="association", commune=None,
                             territoires=["somme"]),
        "temps-forts/fete": entry("temps-forts", titre="Fête", periode="octobre"),
        "territoires/somme": entry("territoires", titre="Somme"),
        "auteurs/ada": entry("auteurs", titre="Ada Exemple"),
    }  # fmt: skip
    site = tree.site(files, **HOME)
    assert rows(site, "lieux") == [
        ["autre", "Élan", "association"],
        ["musee", "Le musée d’ici", "musée, Amiens (80)"],
    ]
    assert rows(site, "temps-forts") == [["fete", "Fête", "octobre"]]
    assert ["somme", "Somme", "département"] in rows(site, "territoires")
    assert ["oise", "Oise", "département"] in rows(site, "territoires"), "no file tells it"
    assert rows(site, "auteurs") == [["ada", "Ada Exemple", ""]]


def test_events_of_the_last_eighteen_months_and_to_come(tree):
    old = TODAY - timedelta(days=549)
    edge = TODAY - timedelta(days=548)
    files = {
        "lieux/musee": entry("lieux", titre="Musée", commune="Amiens"),
        "events/vieux": entry("events", debut=str(old)),
        "events/limite": entry("events", titre="Limite", debut=str(edge)),
        "events/deux": entry(
            "events", titre="Deux", lieu="musee",
            seances=[{"debut": "2021-10-10 15:00"}, {"debut": "2021-10-03 15:00"}],
        ),
    }  # fmt: skip
    site = tree.site(files, **HOME)
    found = rows(site, "events")
    assert [row[0] for row in found] == ["deux", "limite"]
    assert found[0] == [
        "deux", "Deux", "du 3 au 10\xa0octobre 2021, Musée, Amiens", "2021-10-03", "2021-10-10",
        "80021", "musee",
    ]  # fmt: skip
    assert found[1][3:] == [str(edge), str(edge), "62902", ""]
    next_day = tree.site(day=TODAY + timedelta(days=1), **HOME)
    assert [row[0] for row in rows(next_day, "events")] == ["deux"]


def test_many_events_are_cut_by_days(tree, monkeypatch):
    """What runs from one file into the next is in both."""
    monkeypatch.setattr(cuts, "ENOUGH", 1)
    monkeypatch.setattr(cuts, "MANY", 1)
    days = {
        "un": ("2021-10-02", None),
        "deux": ("2021-10-12", "2021-11-04"),
        "trois": ("2021-11-30", None),
    }

    files = {
        f"events/{slug}": entry("events", debut=first, fin=last)
        for slug, (first, last) in days.items()
    }
    found = documents(tree.site(files, **HOME)).items()
    found = {url: one for url, one in found if "/reperes/events" in url}
    assert {url[27:-5]: [row[0] for row in one["lignes"]] for url, one in found.items()} == {
        "": [], "2021-10-01": ["un"], "2021-10-11": ["deux"], "2021-11-01": ["deux", "trois"],
    }  # fmt: skip


def test_neither_drafts_nor_what_is_to_come_nor_who_left(tree):
    files = {
        "events/brouillon": entry("events", statut="brouillon"),
        "articles/demain": entry("articles", publie_le="2021-09-28"),
        "pages/apropos": entry("pages"),
        "auteurs/ada": entry("auteurs", titre="Ada Exemple"),
        "articles/vrai": entry("articles", auteurs=["ada", "parti-un-jour", "Club Exemple"]),
    }
    for preview in (False, True):
        result = tree.run(files, preview=preview, **HOME)
        texts = {url: text for url, (_, text) in files_of(result.site).items()}
        held = [url for url in texts if "/fichiers/" in url]
        assert held == ["/contribuer/fichiers/articles/0.deflate"]
        whole = "".join(text for url, text in texts.items() if "/schema.json" not in url)
        assert "brouillon" not in whole
        assert "demain" not in whole
        assert "parti-un-jour" not in whole
        said = json.loads(texts[held[0]])["vrai"]["entete"]["auteurs"]
        assert said == ["ada", "Contributeur retiré", "Club Exemple"]


def test_a_file_says_every_value_as_text(tree):
    text = entry(
        "events", "\n\n    code au début\n\nFin.\n\n", jauge="40",
        tarif={"prix": "5,5", "conditions": "Sur place : espèces"},
        groupes={"pass_culture": "oui"}, adresse={"commune": "Senlis (60)"},
    )  # fmt: skip
    site = tree.site({"events/2021-10-09-nuit": text.replace("\n", "\r\n")}, **HOME)
    found = sources(site)["events/nuit"]
    assert found["chemin"] == "content/events/2021-10-09-nuit.md"
    assert found["corps"] == "    code au début\n\nFin."
    assert found["entete"]["tarif"] == {"prix": "5,50", "conditions": "Sur place : espèces"}
    assert found["entete"]["jauge"] == "40"
    assert found["entete"]["groupes"] == {"pass_culture": "true"}
    assert found["entete"]["adresse"] == {"commune": "Senlis (60)"}
    assert found["entete"]["debut"] == "2021-10-09 14:00"


def test_what_a_file_says_reads_again_as_it_was(vitrine, tmp_path):
    site = vitrine.site(**HOME)
    found = sources(site)
    assert len(found) == sum(len(site.of_kind(Kind(folder))) for folder in SIX)
    before = {item.ref: item for item in site.items.values()}
    shutil.copytree(vitrine.root / "content", tmp_path / "content")
    for one in found.values():
        lines = "".join(
            f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
            for key, value in one["entete"].items()
        )
        write(
            tmp_path, {one["chemin"].removeprefix("content/"): f"---\n{lines}---\n{one['corps']}"}
        )
    after = Tree(tmp_path).site(**HOME).items
    for ref, item in before.items():
        if "Contributeur retiré" not in repr(after[ref].entry):
            assert told(item) == told(after[ref])
        assert item.facts.digest == after[ref].facts.digest


def told(item):
    values = dict(item.entry)
    values["auteurs"] = [name for name in values["auteurs"] if "retir" not in name.lower()]
    return values


def test_a_few_contents_share_a_file(tree):
    files = {f"articles/n{rank}": entry("articles", titre=f"N {rank}") for rank in range(129)}
    found = documents(tree.site(files, **HOME))
    groups = [len(one) for url, one in found.items() if "/fichiers/" in url]
    assert (len(groups), sum(groups)) == (8, 129)
    assert max(groups) < 32


def test_nothing_of_it_is_in_the_sitemap(vitrine):
    result = vitrine.run(siteurl="https://exemple.org", **HOME)
    maps = [one for one in result.plan if str(one.path).startswith("sitemap")]
    whole = "".join("".join(one.produce()) for one in maps)
    assert "/articles/" in whole
    assert ".json" not in whole


def test_hours_come_back_in_french(tree):
    written = {
        "osm": "Tu-Su 10:00-18:00; PH off",
        "mots": "Mardi à dimanche 10 h-18 h, fermé les jours fériés",
    }
    files = {
        f"lieux/{name}": entry("lieux", horaires_ouverture=hours) for name, hours in written.items()
    }
    site = tree.site(files, **HOME)
    for name in written:
        assert (
            getattr(site.items[f"lieux/{name}"].entry, "horaires_ouverture", "") == written["osm"]
        )
        found = sources(site)[f"lieux/{name}"]
        assert found["entete"]["horaires_ouverture"] == (
            "Du mardi au dimanche : de 10 h à 18 h ; Jours fériés : fermé"
        )
        week = {day: ["10:00", "18:00"] for day in ("Tu", "We", "Th", "Fr", "Sa", "Su")}
        assert found["horaires"] == {"jours": week | {"PH": []}, "note": ""}


@pytest.mark.parametrize(
    ("settings", "sent"),
    [
        ({"courriel": "a@exemple.org"}, "mailto:a@exemple.org?subject=Contenus%20%C3%A0%20publier"),
        (
            {"depot": "https://github.com/a/b"},
            "https://github.com/a/b/issues/new?title=Contenus+%C3%A0+publier&body=",
        ),
        ({"depot": "https://forge.example.org/a/b"}, ""),
    ],
)
def test_a_form_says_where_a_file_is_sent_as_it_is(tree, settings, sent):
    files = {"lieux/a": entry("lieux")}
    assert tree.view("/contribuer/evenement/", files, **settings).envoi == sent
