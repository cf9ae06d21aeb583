"""A number beside a link is that of what the link opens: on every page of the showcase, each
« N événements », « N lieux »… is followed, and what is there is counted."""

import re
from collections import Counter
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

import pytest
from lxml import html

pytestmark = [pytest.mark.site]

NOUNS = (
    "événements? rendez-vous lieux? articles? ressources? annonces? outils? dossiers? projets? "
    "communautés? territoires? auteurs? contenus? structures? acteurs? expositions? propositions?"
).split()
NUMBER = r"\d{1,3}(?:\u00a0\d{3})*"
SAID = re.compile(rf"(?<!\w)({NUMBER})[\s\u00a0](?:\w+ )?(?:{'|'.join(NOUNS)})\b", re.IGNORECASE)
FROZEN = re.compile(r"/newsletter/2022-s3[78]/")
"""Letters that were sent keep their words."""
OTHERS = re.compile("/(donnees|presse|chiffres|articles/[^/]+)/$")
"""Pages whose numbers are of a file, of what an edition declares, of a year, of a text."""


def of_class(name):
    return f"contains(concat(' ', @class, ' '), ' {name} ')"


def number(text):
    return int(text.replace("\u00a0", "").replace(" ", ""))


MANY = {
    "demonstration": ("agenda lieux territoires themes", 60),
    "vitrine": ("agenda catalogue classes territoires", 45),
}
"""Lists of each site whose pages say many numbers; each says more than that."""


class Told(NamedTuple):
    """A number, the words around it, the page that says it, the address that it leads to."""

    page: str
    words: str
    count: int
    target: str


class Reader:
    """The published pages, by address."""

    def __init__(self, output):
        self.output = output
        self._pages = {}

    @cached_property
    def addresses(self):
        files = self.output.rglob("index.html")
        found = (file.parent.relative_to(self.output).as_posix() for file in files)
        return sorted("/" if name == "." else f"/{name}/" for name in found)

    def page(self, address):
        if address not in self._pages:
            file = self.output / address.strip("/") / "index.html"
            known = html.fromstring(file.read_bytes()) if file.exists() else None
            self._pages[address] = known
        return self._pages[address]

    def numbers(self):
        """Every number that a link says of what it leads to."""
        for address in self.addresses:
            if FROZEN.match(address) or OTHERS.match(address):
                continue
            page = self.page(address)
            assert page is not None
            for link in page.xpath("//main//a[@href] | //footer//a[@href]"):
                words = " ".join(link.text_content().split())
                chip = link.xpath(f".//*[{of_class('q')}]")
                beside = link.xpath(f"ancestor::div[{of_class('chiffre')}]/dd")
                said = [*beside, *chip]
                text = said[0].text_content().strip() if said else ""
                if not said and (found := SAID.search(words)):
                    text = found[1]
                if re.fullmatch(NUMBER, text):
                    target = urljoin(address, link.get("href"))
                    yield Told(address, f"{words} {text}", number(text), target)

    def held(self, target, words):
        """How many contents an address opens: those of its pages, or below its heading, and events
        alone where the words name them; of the agenda of a territory, its own, those that are
        everywhere apart."""
        parts = urlsplit(target)
        page = self.page(parts.path)
        if page is None or parts.query:
            return None
        first = re.sub(r"page/\d+/$", "", parts.path)
        found = set()
        for rank in range(1, 1000):
            more = self.page(f"{first}page/{rank}/" if rank > 1 else first)
            if more is None:
                break
            found |= below(more, parts.fragment) if parts.fragment else shown(more)
        if parts.path == "/agenda/" and (lasting := self.page("/agenda/en-ce-moment/")) is not None:
            found |= shown(lasting)  # all that lasts has its page
        if re.match("/agenda/(departement|epci)/", parts.path):
            found = {row for row in found if not row.home}
        if "événement" in words.lower():
            found = {row for row in found if row.address.startswith("/evenements/")}
        return len(found)


OFF = "Annulé", "Reporté"
HOME = "Partout", "de chez vous"


class Row(NamedTuple):
    """A content that a page shows: a tool that is shown somewhere is told by where."""

    address: str
    place: str
    home: bool


def rows(page, inside="", *, held=False):
    """The contents whose titles stand in a part of a page; only those that are ``held``: neither
    cancelled nor postponed."""
    found = set()
    for title in page.xpath(f"{inside}//*[{of_class('carte-titre')}]//a"):
        (row, *_) = title.xpath("ancestor::article[1] | ancestor::li[1]") or [title]
        text = " ".join(row.text_content().split())
        link = urlsplit(title.get("href"))
        address = urlunsplit(
            ("", "", link.path, "", link.fragment)
        )  # some have no page of their own
        details = " · ".join(row.xpath(f"string(.//*[{of_class('meta')}])").split("·"))
        named = [piece.strip(" ◇\u00a0\n") for piece in re.split("[·,]", details)]
        where = [piece for piece in named if piece and not re.search(r"\d", piece)]
        place = ", ".join(where[:2]) if address.startswith("/ressources/") else ""
        if not (held and any(word in text for word in OFF)):
            found.add(Row(address, place, any(word in text for word in HOME)))
    return found


def shown(page):
    """The contents that a list shows."""
    return rows(page, "//*[@id='Resultats']") or rows(page, "//main")


def below(page, anchor):
    """Those that stand below a heading; of a day, those that take place."""
    headings = page.xpath(f"//*[@id='{anchor}']")
    if not headings:
        return set()
    (part, *_) = headings[0].xpath("ancestor-or-self::*[self::section or self::li][1]") or [
        headings[0].getparent()
    ]
    names = part.xpath(f".//*[{of_class('role')}]//li//a/@href")
    return rows(part, ".", held=part.tag == "li") or {
        Row(urlsplit(name).path, "", home=False) for name in names
    }


@pytest.mark.parametrize("name", ["vitrine", pytest.param("demonstration", marks=pytest.mark.long)])
def test_every_number_is_that_of_what_its_link_opens(name, built):
    reader = Reader(built(name))
    followed = Counter()
    wrong = []
    for told in reader.numbers():
        held = reader.held(told.target, told.words)
        followed[told.page.split("/")[1]] += held is not None
        if held not in (None, told.count):
            wrong.append(f"{told.page}: « {told.words} » → {told.target}: {held}")
    assert wrong == []
    assert followed["recherche"] > 15
    lists, most = MANY[name]
    assert min(followed[one] for one in lists.split()) > most
