"""Kinds that an instance describes: what the tutorial says, typed; three kinds as a stranger would
write them, in every channel; what changes in ``genres/`` changes the site."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from checkout import ROOT
from open_data import records
from pictures import picture
from plans import entry
from portail.model.genres import Champ
from portail.source.genres import wrong_field
from projects import Project, text_in

PAGE = ROOT / "docs/technique/extending.md"
DAY = ("--date", "2027-09-27")
SITE = ("build", "--site-url", "https://p.example", *DAY)
SETTINGS = 'PORTAIL_COURRIEL = "redaction@exemple.org"\n'
LABOS = """\
nom: laboratoire à visiter
pluriel: laboratoires à visiter
article: un
champs:
  dates: {type: dates}
  lieu: {obligatoire: true}
  age: {}
  inscription: {}
  accessibilite: {}
  equipe: {type: texte, titre: Équipe, dans: [recherche]}
"""
PARTICIPATIVES = """\
nom: projet participatif
pluriel: projets participatifs
article: un
menu: 6
champs:
  periode: {type: periode, titre: Quand, obligatoire: true, dans: [carte, flux, lettre]}
  themes: {obligatoire: true}
  organisateurs: {type: structures, titre: Mené par}
  image: {obligatoire: true}
"""
CLUBS = """\
nom: club
pluriel: clubs
article: un
champs:
  dates: {type: dates}
  adresse: {}
  tarif: {titre: Cotisation}
  membres: {type: nombre, titre: Membres, dans: [carte, lettre]}
"""
BOURSES = """\
nom: bourse
pluriel: bourses
article: une
champs:
  montant: {type: nombre, unite: €, titre: Montant, dans: [carte, flux, lettre]}
  places: {type: nombre, titre: Bourses par an, dans: [carte]}
  tarif: {titre: Frais de dossier}
  echeance: {type: jour, titre: Avant le, termine: true}
"""
VISIT = entry(
    "events",
    titre="Une chambre sourde",
    resume="On y écoute le silence.",
    debut="2027-10-02 14:00",
    fin="2027-10-02 16:00",
    lieu="musee",
    age={"min": 10},
    equipe="Équipe acoustique",
    format=None,
)


def steps(section):
    """What the tutorial asks for: a file and its text, or lines to type."""
    for before, language, text in re.findall(r"([^\n]*)\n+```(\w+)\n(.*?)```", section, re.DOTALL):
        named = re.findall(r"`([^`]+)`", before)
        yield (named[0], text) if language == "yaml" else ("", text)


@pytest.fixture(scope="module")
def typed(tmp_path_factory):
    """The portal of who has done what the tutorial says, before its rule."""
    project = Project(tmp_path_factory.mktemp("stages"), SETTINGS)
    section = PAGE.read_text("utf-8").partition("## A kind in a folder")[2]
    for name, text in steps(section.partition("Page, list, archives")[0]):
        if name:
            project.write({name: text})
            continue
        for line in text.splitlines():
            words = re.findall(r'"[^"]*"|\S+', line)[1:]
            project.does(*(word.strip('"') for word in words), *DAY * (words[0] != "importer"))
    return project


def text_of(project, pattern):
    return "\n".join(text_in(path) for path in sorted(project.output.glob(pattern)))


@pytest.mark.site
def test_the_tutorial_shows_its_content_everywhere(typed):
    shown = (
        "stages/modeliser-les-pollens/index.html", "stages/index.html", "stages/flux.xml",
        "api/v1/stages.csv", "recherche/fiches/*.deflate",
    )  # fmt: skip
    for one in shown:
        assert "Modéliser les pollens" in text_of(typed, one), one
    page = text_of(typed, "stages/modeliser-les-pollens/index.html")
    for words in ("Laboratoire des pollens", "Amiens", "décembre 2027", "6 mois", "Master"):
        assert words in page.replace("\u00a0", " "), words
    assert '"expires":"2027-12-15"' in page.replace(" ", "")
    assert ">Stages<" in text_of(typed, "index.html"), "the menu"
    assert "/stages/modeliser-les-pollens/" in text_of(typed, "sitemap-stages.xml")
    form = text_of(typed, "contribuer/offre-de-stage/index.html")
    for name in ("organisme", "echeance", "niveau", "contact-courriel", "image-fichier"):
        assert f'name="{name}"' in form, name
    assert (typed.output / "contribuer/modeles/stages.xlsx").is_file()
    found = records(lambda url: text_of(typed, url[1:]), "stages.json")
    assert [one["echeance"] for one in found] == ["2027-12-15"]


@pytest.mark.site
def test_a_model_holds_its_rule(typed, tmp_path):
    shutil.copytree(typed.root, tmp_path / "p", ignore=shutil.ignore_patterns("output", ".cache"))
    project = Project.at(tmp_path / "p")
    (rule,) = re.findall(r"```python\n(from portail.greffons import Entry.*?)```",
                         PAGE.read_text("utf-8"), re.DOTALL)  # fmt: skip
    project.write({"genres/stages/modele.py": rule})
    assert project.portail("check", *DAY).code == 0
    file = project.content / "stages/modeliser-les-pollens.md"
    file.write_text(file.read_text("utf-8").replace("2027-12-15", "2029-12-15"), "utf-8")
    done = project.portail("check", *DAY)
    assert done.code == 1 and "E235" in done.out


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """One with a kind that takes place on days and another with a picture."""
    project = Project(tmp_path_factory.mktemp("genres"), SETTINGS)
    project.write(
        {
            "genres/labos/genre.yml": LABOS,
            "genres/participatives/genre.yml": PARTICIPATIVES,
            "content/lieux/musee.md": entry(
                "lieux", titre="Le musée", type="musee", commune="Lille"
            ),
            "content/labos/chambre.md": VISIT,
            "genres/clubs/genre.yml": CLUBS,
            "genres/bourses/genre.yml": BOURSES,
            "content/clubs/ciel.md": entry(
                "events",
                titre="Le ciel ensemble",
                debut=None,
                format=None,
                publie_le="2027-09-24",
                adresse={"commune": "Lens"},
                tarif={"prix": 20},
                membres=34,
            ),
            "content/bourses/these.md": entry(
                "articles",
                titre="Une thèse",
                publie_le="2027-09-24",
                montant=1900,
                places=3,
                echeance="2027-12-15",
                tarif={"prix": 10},
            ),
            "content/participatives/nids.md": entry(
                "articles",
                titre="Compter les nids",
                publie_le="2027-09-24",
                periode="2027-04-01..2027-09-30",
                organisateurs=["Association des nids"],
                image={"fichier": "nid.jpg", "alt": "Un nid sous un toit", "credit": "A. Durand"},
                themes=["vivant-sante"],
            ),
        }
    )
    (project.content / "participatives/nid.jpg").write_bytes(picture("JPEG"))
    project.does(*SITE)
    return project


@pytest.mark.site
def test_what_takes_place_on_days_is_in_the_agenda(portal):
    for shown in ("agenda/index.html", "agenda/agenda.ics", "labos/index.html", "labos/flux.xml",
                  "labos/chambre/agenda.ics", "lieux/musee/index.html", "api/v1/labos.json",
                  "recherche/fiches/*.deflate", "index.html"):  # fmt: skip
        assert "Une chambre sourde" in text_of(portal, shown), shown
    page = text_of(portal, "labos/chambre/index.html").replace("\u00a0", " ")
    assert '"startDate"' in page and "Équipe acoustique" in page and "Dès 10 ans" in page
    done = portal.portail("new", "laboratoire", "à", "visiter", "--titre", "Un laser")
    text = (portal.content / "labos/un-laser.md").read_text("utf-8")
    (portal.content / "labos/un-laser.md").unlink()
    assert done.code == 0 and "lieu: À COMPLÉTER" in text and "format" not in text


def told(project, pattern):
    """The words of some pages, between two blanks."""
    main = re.sub(r"(?s)^.*?<main|</main.*$", "", text_of(project, pattern))
    return " ".join(re.sub(r"<[^>]*>", " ", main).replace("\u00a0", " ").split())


@pytest.mark.site
def test_each_has_its_own_noun_titles_and_units(portal):
    club, grant, visit = (told(portal, f"{name}/*/index.html") for name in
                          ("clubs", "bourses", "labos"))  # fmt: skip
    assert "Cotisation 20 €" in club and "Tarif" not in club and "événement" not in club
    assert "Montant 1 900 €" in grant and "Frais de dossier 10 €" in grant
    assert "Ce laboratoire à visiter est passé" in visit
    cards = {name: told(portal, f"{name}/index.html") for name in ("clubs", "bourses")}
    assert "Club Date à préciser · Lens · Membres : 34" in cards["clubs"]
    assert "1 900 € · Bourses par an : 3" in cards["bourses"]
    assert "rendez-vous" not in f"{cards}".lower()
    assert "1\u00a0900\u00a0€" in text_of(portal, "bourses/flux.xml")
    assert "événement" not in told(portal, "agenda/index.html").partition("Liste")[0]
    letter = text_of(portal, "newsletter/*/courriel.txt").replace("\u00a0", " ")
    assert "1 900 €" in letter
    for name, title in (("club", "Cotisation"), ("bourse", "Frais de dossier")):
        form = told(portal, f"contribuer/{name}/index.html")
        assert f"{title} : prix" in form and "true si" not in form


@pytest.mark.site
def test_a_field_that_it_does_not_open_is_refused(portal):
    portal.write({"content/labos/faux.md": VISIT.replace("age:", "jauge: 12\nage:")})
    done = portal.portail("check", *DAY)
    (portal.content / "labos/faux.md").unlink()
    assert done.code == 1 and "E204" in done.out and "jauge" in done.out


@pytest.mark.site
def test_its_picture_and_its_period_are_shown(portal):
    page = text_of(portal, "participatives/nids/index.html").replace("\u00a0", " ")
    for title in ("Compter les nids", "Une chambre sourde"):
        assert title in text_of(portal, "newsletter/*/courriel.txt"), title
    assert "Du 1er avril au 30 septembre 2027" in page and "Un nid sous un toit" in page
    assert "avril" in text_of(portal, "participatives/index.html")


@pytest.mark.site
def test_a_spreadsheet_becomes_its_files(portal):
    portal.write({"labos.csv": "Titre,Résumé,Date,Heure de début,Lieu,Équipe\n"
                  "Un laser,On le voit.,09/10/2027,14 h,Le musée,Lumière\n"})  # fmt: skip
    done = portal.portail("importer", "labos.csv", "--type", "labos", *DAY)
    assert done.code == 0, done.out + done.err
    (file,) = portal.content.glob("labos/labos/*.md")
    text = file.read_text("utf-8")
    shutil.rmtree(file.parent)
    assert "equipe: Lumière" in text and "debut: 2027-10-09 14:00" in text


@pytest.mark.site
def test_a_change_of_a_kind_is_a_change_of_the_site(portal, tmp_path):
    """The next build, and what answers at once, see it; a build from nothing says the same."""
    assert portal.portail("check", *DAY).code == 0
    said = LABOS.replace("titre: Équipe", "titre: Avec qui")
    portal.write({"genres/labos/genre.yml": said.replace("age: {}", "age: {obligatoire: true}")})
    portal.write({"content/labos/faux.md": VISIT.replace("age: {min: 10}\n", "")})
    done = portal.portail("check", *DAY)
    assert done.code == 1 and "E201" in done.out
    (portal.content / "labos/faux.md").unlink()
    portal.does(*SITE)
    assert "Avec qui" in text_of(portal, "labos/chambre/index.html")
    portal.does(*SITE, "--output", f"{tmp_path}/site", PORTAIL_CACHE=f"{tmp_path}/cache")
    names = {path.relative_to(portal.output) for path in portal.output.rglob("*.html")}
    for name in names:
        assert (tmp_path / "site" / name).read_bytes() == (portal.output / name).read_bytes(), name


@pytest.mark.site
def test_documents_say_its_fields(portal):
    portal.does("docs", "--dossier", "lus")
    assert "**Équipe.**" in (portal.root / "lus/champs/labos.md").read_text("utf-8").replace(
        "Avec qui", "Équipe"
    )
    page = (portal.root / "lus/champs/genres.md").read_text("utf-8")
    names = re.findall(r"`(\w+)`", page.partition("**Réservés**")[2])
    assert {"jour", "mode"} <= {*names}
    for name in names:
        assert [*wrong_field(name, Champ(type="texte"), dated=False)], name
    schema = json.loads((portal.root / "lus/champs/schemas/labos.schema.json").read_text("utf-8"))
    assert "jauge" not in schema["properties"] and "seances" in schema["properties"]


@pytest.mark.site
def test_its_template_is_used(portal):
    own = (
        '{% extends "event.html" %}\n{% block corps %}<p>Notre page.</p>{{ super() }}{% endblock %}'
    )
    portal.write({"genres/labos/page.html": own})
    portal.does(*SITE)
    assert "Notre page." in text_of(portal, "labos/chambre/index.html")


@pytest.mark.site
def test_a_kind_that_is_renamed_leads_on_or_is_told(portal):
    """By its folder, then by its address; what names it, and who follows it, go on."""
    feed = text_of(portal, "labos/flux.xml")
    identity = re.search(r">([^<]*labos/chambre[^<]*)</(?:id|guid)>", feed)[1]
    linked = entry("articles", "Voir [la chambre](labos/chambre).", titre="À voir")
    for place in ("genres", "content"):
        (portal.root / place / "labos").rename(portal.root / place / "ateliers")
    file = portal.root / "genres/ateliers/genre.yml"
    said = f"{file.read_text('utf-8')}adresse: chantiers\n"
    for wrong, code in (("articles", "E543"), ("participatives", "E543"), ("Les labos", "E542")):
        file.write_text(f"{said}anciennes_adresses: [{wrong}]\n", "utf-8")
        assert code in portal.portail("check", *DAY).out
    file.write_text(said, "utf-8")
    told = portal.does(*SITE).out
    assert "2 adresses publiées ne répondent plus : /labos/chambre/, /labos/ →" in told
    file.write_text(f"{said}anciennes_adresses: [labos, ateliers]\n", "utf-8")
    portal.write({"content/articles/a.md": linked})
    assert "ne répond" not in portal.does(*SITE).out
    assert "url=/chantiers/chambre/" in text_of(portal, "labos/chambre/index.html")
    assert "url=/chantiers/" in text_of(portal, "ateliers/index.html")
    assert "/labos/flux.xml /chantiers/flux.xml 301" in text_of(portal, "_redirects")
    assert 'href="/chantiers/chambre/"' in text_of(portal, "articles/a/index.html")
    assert identity in text_of(portal, "chantiers/flux.xml")
