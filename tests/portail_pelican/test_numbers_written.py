"""Every quantity of a page has no-break spaces between its thousands, whatever door it came by.

Four digits in a row are no quantity, and stay as they are, when their markup or what stands beside
them says so: the content of ``code``, ``pre``, ``kbd``, ``time``, ``script`` and ``style``; a year
(1500 to 2150); a postal or INSEE code (before the name of a commune or of a département, after
the words « code » or « INSEE »); an identifier (ORCID, ISO, RFC, ZNIEFF, NGC, DOI, an inventory, a
« libre réponse »); the pages of a printed work; an address of the web; a word that a guide gives as
it is typed in a field.
"""

import re
from itertools import chain

import pytest
from lxml import etree, html

from plans import entry
from projects import Project

pytestmark = [pytest.mark.site]

AS_IT_IS = {"script", "style", "code", "pre", "kbd", "time", "template", "textarea"}
"""Elements of what is typed, executed or dated."""
TYPED = ("contribuer/", "redaction/champs")
"""Pages that give words to type: bounds of a field, a postal code for example."""
DIGITS = re.compile(r"(?<![\w.,/:-])\d{4,}(?!\w|-\d)")
YEARS = range(1500, 2151)
BEFORE = re.compile(
    r"(?:ISO|RFC|ZNIEFF|NGC|DOI|SIREN|SIRET|INSEE|code|inventaire|réponse|\bn°|\bpp?\.)[\s\u00a0]*$"
    r"|\d-$|rang \d+ s’écrit $",
)
"""What stands before an identifier, a page of a work, a number written in base two."""
POSTAL = re.compile(r"\d{4,5}[\s\u00a0]+(?:[A-ZÉÈÎ]|L[ea’]s?\b)")


def bare(text):
    """The quantities of a text that have no space, with what is around them."""
    for found in DIGITS.finditer(text):
        start, end = found.span()
        if len(found[0]) == 4 and int(found[0]) in YEARS:
            continue
        if BEFORE.search(text[:start]) or POSTAL.match(text, start):
            continue
        yield text[max(0, start - 30) : end + 30]


def seen(body):
    """The pieces of text that a reader sees or hears; ``body`` keeps these alone."""
    etree.strip_elements(body, etree.Comment, *AS_IT_IS, with_tail=False)
    return chain(body.itertext(), body.xpath(".//@aria-label"))


def unspaced(output):
    found = []
    pages = sorted(output.rglob("*.html"))
    assert pages
    for path in pages:
        name = path.relative_to(output).as_posix()
        if name.startswith(TYPED):
            continue
        body = html.fromstring(path.read_bytes()).find("body")
        texts = seen(body) if body is not None else ()
        found += [f"{name}: {' '.join(one.split())}" for text in texts for one in bare(text)]
    return found


def test_every_page(each_site):
    assert unspaced(each_site) == []


ROOMS = [{"type": "auditorium", "places": 4210, "places_pmr": 1310}]
GROUPS = {"comment": "par courriel", "min": 1201, "max": 3402}
HALL = {"nom": "Grande halle", "places": 7654, "surface_m2": 8765}
LOAN = {"panneaux": 1000, "caisses": 1000, "poids_kg": 4321, "surface_m2": 5432,
        "assurance_eur": 6543}  # fmt: skip
HELD = {"tout_public": 4567, "scolaires": 3456, "primaire": 3456}


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A small portal whose every quantity is above a thousand, and is no year."""
    project = Project(tmp_path_factory.mktemp("grands-nombres"), "PORTAIL_CHIFFRES = True\n")
    place = entry("lieux", commune="Amiens", equipements=ROOMS, groupes=GROUPS, espaces=[HALL])
    past = entry("events", debut="2021-09-11 14:00", jauge=9321, lieu="halle", retour=HELD)
    steps = [{"lieu": "halle", "du": "2012-01-01", "au": "2019-12-31"},
             {"commune": "Lille", "du": "2020-01-01", "au": "2021-08-31"}]  # fmt: skip
    tool = entry("ressources", type="exposition", proprietaire="halle", pret=LOAN, itinerance=steps)
    files = {"lieux/halle": place, "events/passe": past, "ressources/outil": tool}
    project.write({f"content/{name}.md": text for name, text in files.items()})
    done = project.pelican()
    assert (done.code, done.err) == (0, ""), done.err
    return project.output


def test_small_portal_of_large_numbers(large):
    assert unspaced(large) == []
    everything = "".join(path.read_text("utf-8") for path in large.rglob("*.html"))
    for number in (
        "4\u00a0210",
        "1\u00a0310",
        "3\u00a0402",
        "8\u00a0765",
        "9\u00a0321",
        "6\u00a0543",
    ):
        assert number in everything
