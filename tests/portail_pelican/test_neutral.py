"""A new portal is of its own region: nothing that it publishes, sends or says names another's."""

import csv
import io
import re
import zipfile
from datetime import date

import pypdf
import pytest

from doses import dose
from portail.cli.explanations import page_of
from portail.codes import all_codes
from portail.geo.territories import Geography
from portail.model.kinds import Kind
from portail.resources import data_dir
from projects import Project, data_of

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("neutre")]

TODAY = date(2026, 11, 23)
REGIONS = {"Normandie": "76", "La Réunion": "974"}
"""Each with the département of the town of its examples."""
SITE = "https://portail.example.org"

OTHERS = re.compile(
    r"(?i:hauts[- ]de[- ]france|ombelliscience|\blille\b|lillois|\bamiens\b|amiénois|picardie"
    r"|pas[- ]de[- ]calais|la[- ]coupole|wizernes|dunkerque|valenciennes)"
    r"|\$(?:commune|code_postal|territoire|siren|lat|lon)\b"  # an example without its place
    # « somme » is a word too, and four figures may be part of a number or of a digest.
    r"|\bSomme\b|\bla-somme\b|(?<![\da-f.])2021(?:(?![\da-f])|(?=[01]\d[0-3]\d))"
)
"""Words of the demonstration: its region, towns and structures, and the year of its events."""

COUNTRY = "contribuer/communes/"
"""What the form completes the name of a commune with: those of the whole country."""
MILLESIME = next(csv.reader(data_dir().joinpath("decoupage.csv").read_text().splitlines()[1:]))[0]
SOURCE = re.compile(rf"(?:INSEE et DGCL|IGN), {MILLESIME}\b")
"""What a territory says of its communes and of its area: of which year the tables of the country
and the outlines are."""
EVERY_REGION = re.compile(r"(?<=\|)auvergne-rhone-alpes\|[^)]+\|mayotte(?=\))")
"""What an address may name beside its commune: all regions of the country, in one expression."""


@pytest.fixture(
    scope="module", params=[pytest.param("Normandie", marks=pytest.mark.long), "La Réunion"]
)
def portal(request, tmp_path_factory):
    """A new portal of a region, as ``portail init`` writes it; its letter is written, it is
    published."""
    pytest.importorskip("portail_init")
    found = Project(tmp_path_factory.mktemp("neutre"))
    day = TODAY.isoformat()
    done = found.portail("init", "portail", "--exemples", "--region", request.param, "--date", day)
    assert done.code == 0 and named(done.out + done.err) == [], done.out + done.err
    found.root /= "portail"
    for command in (("newsletter", "figer", "--exemples"), ("build",)):
        done = found.does(*command, "--date", day, SITEURL=SITE)
    return found


@pytest.fixture
def town(portal):
    """The commune of the examples, which is in the region."""
    settings = (portal.root / "pelicanconf.py").read_text("utf-8")
    region = next(one for one in REGIONS if one in settings)
    place = Geography.load(data_dir(), region).place
    assert place.departement == REGIONS[region]
    return place.commune


def said(path):
    """What a file says, by what reads it: a spreadsheet is an archive, a PDF has pages."""
    data = data_of(path)
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name).decode() for name in archive.namelist())
    elif path.suffix == ".pdf":
        yield from (page.extract_text() for page in pypdf.PdfReader(path).pages)
    elif path.suffix == ".ics":
        yield data.decode().replace("\r\n ", "")
    else:
        yield data.decode("utf-8", errors="ignore")


def named(text):
    """The words of the demonstration in a text, each with what is around it; a list of all regions,
    by which an address is read, is no word of one."""
    text = EVERY_REGION.sub("", SOURCE.sub("", text))
    return [text[max(0, one.start() - 40) : one.end() + 40] for one in OTHERS.finditer(text)]


def test_no_file_of_a_new_portal_names_the_demonstration(portal):
    found = {}
    suffixes = set()
    for path in sorted(portal.root.rglob("*")):
        name = path.relative_to(portal.root).as_posix()
        if path.is_file() and not name.startswith((f"output/{COUNTRY}", ".cache/")):
            suffixes.add(path.suffix)
            found[name] = [*named(name), *(one for text in said(path) for one in named(text))]
    assert {name: words for name, words in found.items() if words} == {}
    assert {".html", ".json", ".csv", ".ics", ".xml", ".xlsx", ".js", ".txt"} <= suffixes


def test_forms_are_at_home(portal, town):
    for name in ("evenement/schema.json", "lieu/index.html", "lieu/schema.json"):
        assert town in (portal.output / "contribuer" / name).read_text("utf-8"), name
    sheet = portal.output / "contribuer/modeles/evenements.xlsx"
    assert any(town in text for text in said(sheet))


def test_no_command_names_the_demonstration(portal):
    day = TODAY.isoformat()
    kinds = [*Kind][:: dose(3, 1)]
    for number, kind in enumerate(kinds):
        folder = portal.root / "nouveau"
        folder.mkdir(exist_ok=True)
        call = ["new", kind.value, "--titre", f"Essai {number}", "--date", day]
        portal.does(*call, "--content", str(folder))
    said_of = {path.name: path.read_text("utf-8") for path in folder.rglob("*.md")}
    assert len(said_of) == len(kinds)
    commands = "build check chiffres docs exporter importer liens moissonner new newsletter"
    for command in commands.split()[:: dose(3, 1)]:
        said_of[command] = portal.portail(command, "--help").out
        assert said_of[command]
    for name in ("--brouillon", ""):
        told = portal.portail("newsletter", *filter(None, [name]), "--date", day, SITEURL=SITE)
        said_of[f"newsletter {name}"] = told.out + told.err
    found = {name: named(text) for name, text in said_of.items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_what_explains_a_code_names_no_region():
    found = {}
    for code in all_codes():
        found[code] = named(page_of(code))
    assert {code: words for code, words in found.items() if words} == {}


def test_a_faulty_file_is_told_with_examples_of_the_region(portal, town):
    folder = portal.root / "fautif"
    head = "titre: Un\nresume: Deux\nformat: [atelier]\ndebut: 2026-12-05\nadresse: 3 rue Ici"
    portal.write({"fautif/events/un.md": f"---\n{head}\n---\n\nTexte.\n"})
    done = portal.portail("check", "--content", str(folder), "--date", TODAY.isoformat())
    told = done.out + done.err
    assert f"commune: {town}" in told and "E208" in told
    assert named(told) == []
