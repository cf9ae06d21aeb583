"""Invented contents: each says so wherever it is named, and one setting takes them all away."""

import csv
import io
import json
import re

import pytest
from lxml import html

from open_data import records
from portail.files import DEFLATED
from projects import Project, data_of, text_in
from serving import served
from tabs import shared

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("exemples")]

SITE = "https://portail.example.org"
HEAD = "---\ntitre: {}\nresume: Une phrase.\npublie_le: 2021-09-20\n{}---\n\nUn texte à lire.\n"
YES = "exemple: true\n"
PLACE = "type: musee\ncommune: {}\n"
EVENT = "format: [atelier]\nthemes: [astronomie-espace]\ndebut: 2021-10-0{} 14:00\nlieu: {}\n"
OF_YEAR = "temps_fort: quinzaine\nedition: 2021\n"
FEATURED = f"organisateurs: [fabrique]\na_ne_pas_manquer: 2021-10-11\n{OF_YEAR}"
POST = "categorie: stage\necheance: 2021-10-20\norganisme: fabrique\n"
YEARS = (
    "editions: {2021: {du: 2021-10-01, au: 2021-10-11, chiffres: [{libelle: jeux, valeur: 12}]}}\n"
)
INVENTED = {
    "lieux/fabrique": ("La Fabrique des embruns", PLACE.format("Calais")),
    "auteurs/camille": ("Camille Martin", ""),
    "articles/sel": ("Le sel inventé", "auteurs: [camille]\nlieu: fabrique\n"),
    "events/nuit": ("La nuit de *Bufo bufo*", EVENT.format(2, "fabrique") + FEATURED),
    "annonces/stage": ("Un stage inventé", POST),
    "temps-forts/fete": ("La fête inventée", YEARS),
}
TRUE = {
    "lieux/musee": ("Musée vrai", PLACE.format("Lille")),
    "events/jour": ("Le jour vrai", EVENT.format(3, "musee") + OF_YEAR),
    "temps-forts/quinzaine": ("La quinzaine vraie", YEARS),
    "articles/vrai": ("Le texte vrai", ""),
}
NAMES = [re.escape(title.replace("*", "")) for title, _ in INVENTED.values()]
OWN = ("contribuer/fichiers/", "api/v1/", "agenda/facettes.json")
"""Files that say a title as it is written (those of structures too), beside the field that says
what it is, or texts apart from the rows that tell them."""
MARK = '<span class="ex" role="img" aria-label="exemple inventé">◇</span>'
MARK_AFTER = f"\u00a0{MARK}"
BAND = '<aside class="demo"'


def project(root, settings="", **more):
    """A portal of true and invented contents, with their neighbours in ``more``."""
    found = Project(root, f"PORTAIL_SEUIL_LISTES = 1\n{settings}")
    for contents, mark in ((INVENTED, YES), (TRUE, "")):
        for ref, (title, fields) in contents.items():
            found.write({f"content/{ref}.md": HEAD.format(f'"{title}"', fields + mark)})
    found.write(more)
    return found


def built(found):
    found.does("build", SITEURL=SITE)
    return found.output


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, with a letter that was sent."""
    found = project(tmp_path_factory.mktemp("exemples"), settings='PORTAIL_LANGUES = ["en"]\n')
    found.does("newsletter", "figer", "2021-s39", "--exemples", SITEURL=SITE)
    return built(found)


def texts(site):
    """Files of a site that are read as texts; the folds of calendars undone."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.suffix in {".html", ".xml", ".json", ".ics", ".txt", ".md", ".csv", DEFLATED}:
            yield name, text_in(path).replace("\n ", "")


def test_no_file_names_one_without_saying_so(site):
    named = re.compile("|".join(NAMES))
    found = {
        name
        for name, text in texts(site)
        for told in [text.replace("<em>", "").replace("</em>", "")]
        for one in named.finditer(told)
        if not told.startswith(" (exemple)", one.end())
        and not marked(told[: one.start()], told[one.end() :])
    }
    assert found
    left = {name for name in found if not name.startswith(OWN)}
    assert {name for name in left if not name.endswith("/tout.json")} == set()


def marked(before, after):
    """Whether a name is said to be an example's: by the word before it, or in the row of its file;
    in a page, by the mark of the line of a list that it is part of, or by the band of its own."""
    if not before.startswith("<!"):
        row = before[max(before.rfind("\n"), 0) :]
        thing = before[max(before.rfind(opening) for opening in ("<li>", "&lt;li&gt;")) :]
        return "Exemple" in row or "(exemple)" in row or "(exemple)" in thing
    if (
        before.endswith(("Exemple · ", "Exemple\xa0: "))
        or "Cette page est inventée" in before + after
    ):
        return True
    line = before[max(before.rfind(opening) for opening in ("<li", "<article", "<tr", "<dd")) :]
    rest = re.split(r"</li|</article|</tr|</dd|<li|<article", after, maxsplit=1)[0]
    if after.startswith(MARK_AFTER):
        return True
    whole = line + rest
    return "◇" in whole or "(exemple)" in whole or "Ce que montre cette page" in before


def test_bands_and_marks_say_it(site):
    """A list has one band, and marks after names; the page of an example says it in its band."""
    for page in ("index.html", "agenda/index.html", "lieux/index.html"):
        text = (site / page).read_text(encoding="utf-8")
        assert text.count(BAND) == 1
        assert text.index(BAND) < text.index("<main")
        assert MARK in text
        (root,) = html.fromstring(text).xpath("//body")
        for title in root.xpath("//h1|//h2|//h3//a|//nav[@class='fil']"):
            assert "xemple" not in title.text_content()
    for page in ("lieux/fabrique", "evenements/nuit", "auteurs/camille"):
        root = html.parse(site / page / "index.html").getroot()
        (band,) = root.xpath("//aside[@class='demo']")
        assert "Cette page est inventée" in band.text_content()
        for title in root.xpath("//h1|//nav[@class='fil']"):
            assert not {"◇", "Exemple"} & {*title.text_content().split()}
        (titled,) = root.xpath("//head/title")
        assert "(exemple)" in titled.text_content()
    # A list of examples alone has its band only.
    text = (site / "annonces/index.html").read_text(encoding="utf-8")
    assert "Ce que montre cette page est inventé" in text
    assert MARK not in text
    # A poster tells what its mark is.
    text = (site / "agenda/affiche/2021-10/index.html").read_text(encoding="utf-8")
    assert BAND not in text
    assert "◇\u00a0: exemple inventé" in text.replace("◇ :", "◇\u00a0:")
    assert text.count("◇") >= 2
    # Another language says it in its own words.
    text = (site / "en/index.html").read_text(encoding="utf-8")
    assert '<span class="ex" role="img" lang="en" aria-label="invented example">' in text
    assert MARK not in text


FOLD = """() => {
  const words = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode());) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const { top, bottom, width } = range.getBoundingClientRect();
    if (node.parentElement.closest('script')) continue;
    const seen = width > 2 && bottom > 0 && top < innerHeight;
    if (seen && /exemple\\b|Démonstration/i.test(node.data)) words.push(node.data);
  }
  return words;
}"""
"""What the first screen of a page says of examples."""
KINDS = ["", "agenda", "lieux", "articles", "annonces", "evenements/nuit", "lieux/fabrique",
         "articles/sel", "auteurs/camille", "temps-forts/quinzaine", "agenda/2021-s39",
         "agenda/2021/10", "temps-forts"]  # fmt: skip


@pytest.mark.chromium
def test_the_first_screen_of_a_phone_says_it_once_at_most(site, browser):
    with served(site, SITE) as host, shared(browser, host) as tab, tab.visited() as page:
        page.set_viewport_size({"width": 390, "height": 844})
        for kind in KINDS:
            answer = page.goto(f"/{kind}/" if kind else "/")
            assert answer and answer.ok, kind
            told = page.evaluate(FOLD)
            assert len(told) <= 1, (kind, told)
            assert kind != "evenements/nuit" or told == ["Démonstration."]


def test_what_is_true_bears_nothing(site):
    for page in ("lieux/musee", "evenements/jour", "articles/vrai"):
        (title,) = html.parse(site / page / "index.html").getroot().iter("h1")
        assert "Exemple" not in title.text_content()
        text = (site / page / "index.html").read_text(encoding="utf-8")
        assert 'content="noindex"' not in text
        assert "Cette page est inventée" not in text


def test_letters_say_it_once_a_line(site):
    folder = site / "newsletter" / "2021-s39"
    told = html.parse(folder / "courriel.html").getroot().text_content()
    plain = (folder / "courriel.txt").read_text(encoding="utf-8").replace("\xa0", " ")
    for text, name in (
        (told, "La nuit de Bufo bufo (exemple)"),
        (plain, "La nuit de Bufo bufo (exemple)"),
    ):
        assert name in text
        assert "Le jour vrai (exemple)" not in text and "Exemple · Le jour vrai" not in text
        line = text[text.index(name) + len(name) :]
        assert "exemple" not in line.lower()[:40]


def test_open_data_has_a_column_and_a_property(site):
    api = site / "api" / "v1"
    text = (api / "lieux.csv").read_text(encoding="utf-8-sig")
    rows = {
        row["titre"]: row["exemple"] for row in csv.DictReader(io.StringIO(text), delimiter=";")
    }
    assert rows == {"La Fabrique des embruns": "oui", "Musée vrai": ""}
    found = records(lambda url: (site / url[1:]).read_text("utf-8"), "evenements.json")
    assert {one["titre"]: one.get("exemple") for one in found} == {
        "La nuit de *Bufo bufo*": True, "Le jour vrai": None,
    }  # fmt: skip
    points = json.loads((api / "lieux.geojson").read_bytes())["features"]
    assert [one["properties"].get("exemple") for one in points] == [True, None]


def test_engines_are_kept_away(site):
    maps = "".join(one.read_text(encoding="utf-8") for one in site.glob("sitemap*.xml"))
    for page in ("lieux/fabrique", "auteurs/camille", "articles/sel", "evenements/nuit",
                 "annonces/stage", "temps-forts/fete", "temps-forts/fete/2021"):  # fmt: skip
        text = (site / page / "index.html").read_text(encoding="utf-8")
        assert '<meta name="robots" content="noindex">' in text, page
        assert f"{SITE}/{page}/<" not in maps
    edition = html.parse(site / "temps-forts" / "quinzaine" / "index.html").getroot()
    (told,) = edition.xpath('//script[@type="application/ld+json"]/text()')
    assert "Le jour vrai" in told and "Bufo bufo" not in told
    assert f"{SITE}/evenements/jour/<" in maps


def test_order_is_that_of_titles(site):
    page = html.parse(site / "lieux" / "index.html").getroot()
    names = [link.text_content() for link in page.find_class("carte-titre")]
    assert [name.split()[0] for name in names] == ["La", "Musée"], names


def test_the_form_has_the_title_that_the_file_says(site):
    (file,) = (site / "contribuer" / "fichiers" / "events").glob("*.deflate")
    front = json.loads(data_of(file))["nuit"]["entete"]
    assert (front["titre"], front["exemple"]) == ("La nuit de *Bufo bufo*", "true")


def test_no_page_counts_examples(site):
    for page in ("quinzaine", "quinzaine/2021/grand-public"):
        text = (site / "temps-forts" / page / "index.html").read_text(encoding="utf-8")
        assert "2 événements" in text.replace("\xa0", " "), page
    counted = re.compile(r"\d\s(?:contenus? donnés? en )?exemples?\b")
    assert [name for name, text in texts(site)
            if name.endswith(".html") and counted.search(text)] == []  # fmt: skip


def test_a_letter_goes_out_without_them(tmp_path):
    """Neither what it tells nor the word of the editors is made up, and a place is none."""
    word = "---\ntitre: La lettre inventée\nexemple: true\n---\n\nBonjour.\n"
    found = project(tmp_path, **{"content/newsletters/2021-s39.md": word})
    found.does("newsletter", "figer", "2021-s39", SITEURL=SITE)
    frozen = (found.content / "newsletters" / "2021-s39.envoi.html").read_text("utf-8")
    assert [name for name in (*NAMES, "inventée", "Bonjour") if re.search(name, frozen)] == []


@pytest.mark.long
def test_a_letter_whose_word_is_invented_goes_with_it(tmp_path):
    word = "---\ntitre: La lettre inventée\nexemple: true\n---\n\nBonjour.\n"
    found = project(tmp_path, **{"content/newsletters/2021-s38.md": word})
    found.does("newsletter", "figer", "2021-s38", "--exemples", SITEURL=SITE)
    page = built(found) / "newsletter" / "2021-s38" / "index.html"
    assert 'content="noindex"' in page.read_text(encoding="utf-8")
    settings = found.root / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8") + "PORTAIL_EXEMPLES = False\n", "utf-8")
    built(found)
    assert not page.exists()


def test_a_setting_takes_them_all_away(tmp_path):
    """The site is that of the true files alone."""
    whole = built(project(tmp_path / "tout", "PORTAIL_EXEMPLES = False\n"))
    named = re.compile("|".join(NAMES))
    assert [name for name, text in texts(whole)
            if named.search(text) and not name.startswith("contribuer/")] == []  # fmt: skip
    assert (whole / "evenements" / "jour" / "index.html").exists()
    assert not (whole / "evenements" / "nuit").exists()
    alone = project(tmp_path / "seul", "PORTAIL_EXEMPLES = False\n")
    for ref in INVENTED:
        (alone.content / f"{ref}.md").unlink()
    assert dict(texts(whole)) == dict(texts(built(alone)))


def test_who_names_one_is_told_as_if_it_were_absent(tmp_path):
    text = HEAD.format("Le jour qui nomme", EVENT.format(4, "fabrique"))
    named = {"content/events/nomme.md": text}
    project(tmp_path / "avec", **named).does("check")
    done = project(tmp_path / "sans", "PORTAIL_EXEMPLES = False\n", **named).portail("check")
    assert done.code == 1
    assert re.search(r"content/events/nomme\.md:\d+:\d+ E4\d\d", done.out)
