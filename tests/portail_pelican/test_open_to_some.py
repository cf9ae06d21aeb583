"""Events that are not for everyone yet: reserved to some, without a day, followed by a link that is
sent later; and those led in other languages."""

import json

import pytest

from open_data import records
from projects import Project

pytestmark = pytest.mark.site

HEAD = """\
---
titre: {title}
resume: On y voit les machines et ceux qui les font tourner.
publie_le: 2021-09-20
themes: [mathematiques-physique-chimie]
format: [visite]
{more}
---
On entre par la cour.
"""
PLACE = "adresse: {commune: Lille}"
BOOKING = "inscription: {regime: obligatoire, courriel: contact@example.org}"
FESTIVAL = """\
---
titre: Fête de la science
resume: Chaque automne, on rencontre ceux qui cherchent.
periode: octobre
editions:
  2021: {du: 2021-10-01, au: 2021-10-11}
---
Un texte.
"""
FILES = {
    "ouvert": ("Visite de l’atelier", f"debut: 2021-10-02 14:00\nlangues_parlees: [en]\n{PLACE}"),
    "classe": (
        "La quatrième au laboratoire",
        f"debut: 2021-10-02\nreserve_a: la classe de 4e\na_ne_pas_manquer: 2021-10-02\n{PLACE}",
    ),
    "equipe": (
        "Les bénévoles au rucher",
        f"debut: 2021-09-04 10:00\nreserve_a: les bénévoles\n{PLACE}",
    ),
    "bal": ("Le bal des atomes", f"temps_fort: fete-de-la-science\nedition: 2021\n{PLACE}"),
    "direct": (
        "La science à distance",
        "debut: 2021-10-05 18:00\nen_ligne: lien-apres-inscription\n" + BOOKING,
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("some"), "PORTAIL_SEUIL_LISTES = 1\n")
    files = {
        f"content/events/{name}.md": HEAD.format(title=title, more=more)
        for name, (title, more) in FILES.items()
    }
    project.write({**files, "content/temps-forts/fete-de-la-science.md": FESTIVAL})
    project.does("build", SITEURL="https://portail.example.org")
    return project.output


def holders(site, title):
    """Pages, feeds and calendars that name an event."""
    found = [path for kind in ("html", "xml", "ics") for path in site.rglob(f"*.{kind}")]
    return {
        path.relative_to(site).as_posix()
        for path in found
        if title in text(site, path.relative_to(site).as_posix())
    }


def text(site, name):
    """A file, its lines unfolded."""
    return (site / name).read_bytes().decode().replace("\r\n ", "").replace("\u00a0", " ")


def test_what_is_reserved_is_where_it_is_asked_for(site):
    found = holders(site, FILES["classe"][0])
    assert found == {
        "agenda/reserve/index.html",
        "evenements/classe/evenement.ics",
        "evenements/classe/index.html",
        "plan-du-site/index.html",
    }
    page = text(site, "evenements/classe/index.html")
    box = page[page.index('id="Infos"') :]
    assert box.index("<dt>Réservé à</dt>") < box.index("<dt>Quand</dt>")
    assert "<dd>La classe de 4e</dd>" in box
    assert "Réservé à : la classe de 4e" in text(site, "evenements/classe/evenement.ics")
    assert 'href="/agenda/reserve/"' in text(site, "agenda/index.html")
    assert ">Réservé<" in text(site, "agenda/reserve/index.html")
    # Scripts know it, and show it when asked.
    data = json.loads(text(site, "agenda/facettes.json"))
    pairs = [(cle, value[0]) for cle, values in data["facettes"] for value in values]
    rank = pairs.index(("reserve", "oui"))
    reserved = [row[1] for row in data["lignes"] if rank in row[5]]
    assert reserved == [FILES["classe"][0]]
    # What was, is in archives.
    past = holders(site, FILES["equipe"][0])
    assert {"agenda/2021/09/index.html", "agenda/2021/index.html"} & past
    assert not any(name.endswith((".xml", "agenda.ics")) for name in past)
    assert "index.html" not in past and "agenda/reserve/index.html" not in past


def test_a_day_still_to_be_set_is_announced_by_its_edition_alone(site):
    found = holders(site, FILES["bal"][0])
    assert found == {
        "evenements/bal/index.html",
        "plan-du-site/index.html",
        "temps-forts/fete-de-la-science/index.html",
    }
    edition = text(site, "temps-forts/fete-de-la-science/index.html")
    assert "Date à préciser" in edition
    page = text(site, "evenements/bal/index.html")
    assert "Date à préciser" in page and '"startDate"' not in page
    assert not (site / "evenements/bal/evenement.ics").exists()
    row = next(one for one in text(site, "api/v1/evenements.csv").splitlines() if "bal" in one)
    assert "2021-10" not in row


def test_a_link_that_is_sent_later_is_said_and_never_followed(site):
    page = text(site, "evenements/direct/index.html")
    assert "<dt>En ligne</dt>" in page and "Lien envoyé après inscription" in page
    assert "OnlineEventAttendanceMode" in page and '{"@type":"VirtualLocation"}' in page
    assert "lien-apres-inscription" not in page.partition("<main")[2].partition("</main>")[0]
    calendar = text(site, "evenements/direct/evenement.ics")
    assert "LOCATION:En ligne\r\n" in calendar and "CONFERENCE" not in calendar
    assert "En ligne\\, lien envoyé après inscription" in calendar
    assert "lien envoyé après inscription" in text(site, "agenda/flux.xml")
    listed = text(site, "agenda/en-ligne/index.html")
    assert FILES["direct"][0] in listed and "En ligne, lien envoyé après inscription" in listed


def test_languages_are_a_fact(site):
    for name in (
        "evenements/ouvert/index.html",
        "agenda/flux.xml",
        "evenements/ouvert/evenement.ics",
    ):
        assert "Langues parlées" in text(site, name), name
    found = records(lambda url: text(site, url[1:]), "evenements.json")
    told = {one["titre"]: (one.get("reserve_a"), one.get("langues_parlees")) for one in found}
    assert told[FILES["ouvert"][0]] == (None, ["en"])
    assert told[FILES["classe"][0]] == ("la classe de 4e", None)
