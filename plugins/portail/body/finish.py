"""Last pass over the tree: headings, links, pictures, figures, French typography."""

from __future__ import annotations

from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.util import AtomicString
from msgspec import Struct, field

from portail.late import expression
from portail.resources import rows
from portail.text.normalise import slugify
from portail.text.notation import FORMULA, likenesses, may_be_like
from portail.text.spaces import seen
from portail.text.suggest import nearest
from portail.text.typography import fragment, typeset
from portail.text.visible import GAP, shows

from .addresses import Address, Nature, image_address, link_address
from .charts import draw_charts
from .document import Document, ImageRef, Link, LinkPosition, Place, plain
from .notes import place_notes
from .players import place_player
from .tags import PASTED, Advice, advice, is_pasted, is_vague, worth_telling

# Ids of headings: what a link may point to inside a page.

# Ids already used by the page around a body, or by its notes.
RESERVED_IDS = frozenset({"contenu", "menu", "notes", "pied", "ruban", "sommaire"})

_OURS = expression(r"(?:note|appel|encadre)-\d+(?:-\d+)?")


def anchor_of(text: str) -> str:
    """The id that a heading of that text asks for; ``section`` when it holds no Latin letter.

    Given a fragment as GitHub writes it (``accès-et-tarifs``), the id of the same heading here.

    >>> anchor_of("Accès & tarifs"), anchor_of("accès--tarifs")
    ('acces-tarifs', 'acces-tarifs')
    """
    return slugify(text) or "section"


class Anchors:
    """The ids given so far in one body, each once."""

    __slots__ = ("_ranks", "_taken")

    def __init__(self) -> None:
        self._taken: set[str] = set(RESERVED_IDS)
        self._ranks: dict[str, int] = {}

    def give(self, text: str) -> str:
        """A new id for a heading of that text; from the second on, it ends with a rank."""
        wanted = anchor_of(text)
        if _OURS.fullmatch(wanted):
            wanted = f"section-{wanted}"
        anchor = wanted
        rank = self._ranks.get(wanted, 1)
        while anchor in self._taken:
            rank += 1
            anchor = f"{wanted}-{rank}"
        self._ranks[wanted] = rank
        self._taken.add(anchor)
        return anchor


LINK_SCHEME = "portail"
# Schemes of addresses that ``resolve`` replaces; an author's own are refused (E315).
IMAGE_SCHEME = "portail-image"

NEAREST = "Le plus proche : #{}"
# What to write instead of an anchor that leads nowhere.
COPY_IT = "Copiez l’intertitre, en minuscules, avec des tirets à la place des espaces."

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Parts of a line where a likeness of notation means nothing: code, formulas, addresses.
_NO_PROSE = expression(
    rf"(`+)(?!`).*?(?<!`)\1(?!`)|{FORMULA.pattern}|\]\([^)\s]*\)|<[^>\s]*>|https?://\S+|www\.\S+"
    r"|^ *\[[^\]]*\]: .*|!\[[^\]]*\]"
)
_BLOCKS = frozenset(
    "p h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote aside section div figure figcaption table "
    "caption thead tbody tr th td hr br".split()
)


class BodyLinks(Struct):
    """Internal links and pictures of one body with their places, in the order of the page."""

    links: list[Link] = field(default_factory=list)
    images: list[ImageRef] = field(default_factory=list)


def finish(root: Element, document: Document) -> BodyLinks:
    """Give the tree its final form, in place; returns its internal links and pictures."""
    return _Finisher(document).run(root)


class _Finisher:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.collected = BodyLinks()
        self._level = 1
        self._anchors = Anchors()
        self._ids: set[str] = set()
        self._fragments: list[tuple[Element, str, LinkPosition]] = []

    def run(self, root: Element) -> BodyLinks:
        document = self.document
        place_notes(root, document)
        if document.abbreviations:
            titles = {name: typeset(text) for name, text in document.abbreviations.items()}
            AbbrTreeprocessor(None, titles).run(root)
        for element in list(root.iter()):
            tag = element.tag
            if tag == "a":
                self._link(element)
            elif tag == "img":
                self._image(element)
            elif tag == "p" and len(element):
                _figure(element)
            elif tag in _HEADINGS:
                self._heading(element, _HEADINGS[tag])
        for element in root:
            if element.tag == "p":
                place_player(element, LINK_SCHEME)
        draw_charts(root)
        self._check_fragments()
        _report_tags(document)
        for row, line in enumerate(document.lines):
            if (at := line.find(GAP)) >= 0:
                document.report("A153", Place(document.first_line + row, at + 1), len(GAP))
        _report_likenesses(document)
        _typeset(root, "")
        _say_exponents(root)
        return self.collected

    def _heading(self, heading: Element, level: int) -> None:
        if heading.get("id"):
            return
        document = self.document
        place = document.headings[heading]
        length = len(document.rest(place))
        text = plain(_words(heading)).strip()
        if not shows(text):
            document.report("E319", place, length)
        if level == 1:
            document.report("E313", place, length)
            heading.tag = "h2"
        elif level > self._level + 1:
            document.report("E314", place, length, avant=self._level, apres=level)
        self._level = max(level, 2)
        if text:
            anchor = self._anchors.give(text)
            self._ids.add(anchor)
            heading.set("id", anchor)

    def _link(self, link: Element) -> None:
        document = self.document
        spot = document.spots.get(link)
        if spot is None:
            return
        for inner in list(link.iter("a"))[1:]:
            _neutralise(inner)
        text = plain("".join(link.itertext())).strip()
        if not shows(text) and not any(image.get("alt") for image in link.iter("img")):
            document.report("E320", *spot.begin())
        elif is_vague(text):
            document.report("A322", *spot.begin(), valeur=text)
        address = link_address(plain(link.get("href", "")))
        if address.nature is Nature.REFUSED or address == (Nature.ANCHOR, "", "", ""):
            self._refuse(link, address, spot)
        elif address.nature is Nature.ANCHOR:
            self._fragments.append((link, address.value, spot))
        elif address.nature is Nature.INTERNAL:
            link.set("href", f"{LINK_SCHEME}:{quote(address.value)}")
            where, length = spot.address()
            self.collected.links.append(Link(address.value, *where, length))
        else:
            link.set("href", address.value)

    def _image(self, image: Element) -> None:
        document = self.document
        spot = document.spots[image]
        source = image.attrib.pop("href", "")
        alt = image.attrib.pop("alt")
        title = image.get("title")
        if not shows(alt):
            document.report("E318", *spot.begin())
        address = image_address(plain(source))
        where, length = spot.address()
        if address.nature is Nature.INTERNAL or address.code == "E324":
            self.collected.images.append(ImageRef(address.value, alt, *where, length))
        if address.nature is Nature.REFUSED:
            self._refuse(image, address, spot)
            image.text = AtomicString(alt)
            return
        image.attrib.clear()
        image.set("src", f"{IMAGE_SCHEME}:{quote(address.value)}")
        image.set("alt", alt)
        image.set("loading", "lazy")
        image.set("decoding", "async")
        if title:
            image.set("title", typeset(title))

    def _refuse(self, element: Element, address: Address, spot: LinkPosition) -> None:
        code = address.code or "E323"
        value = "#" if address.nature is Nature.ANCHOR else address.value
        expected = address.expected
        self.document.report(code, *spot.address(), valeur=value, attendu=expected)
        _neutralise(element)

    def _check_fragments(self) -> None:
        document = self.document
        notes = {"notes"} if document.notes else set()
        for link, written, spot in self._fragments:
            anchor = anchor_of(written)
            if anchor in self._ids or anchor in notes:
                link.set("href", f"#{anchor}")
                continue
            path = document.path
            near = nearest(anchor, sorted(self._ids), 1)
            remedy = NEAREST.format(near[0]) if near else COPY_IT
            page = path.stem
            if page == "index":
                page = path.parent.name
            values = {"cible": page, "ancre": written, "remede": remedy}
            document.report("E402", *spot.address(), **values)
            _neutralise(link)


def _words(element: Element) -> str:
    if element.tag == "math":
        return element.get("alttext", "")
    pieces = [element.text or ""]
    for inner in element:
        pieces += [_words(inner), inner.tail or ""]
    return "".join(pieces)


def _neutralise(element: Element) -> None:
    title = element.get("title")
    element.tag = "span"
    element.attrib.clear()
    if title:
        element.set("title", title)


def _report_tags(document: Document) -> None:
    # Report raw HTML, in the order of the source: once for all that was pasted from a word
    # processor.
    document.tags.sort()
    pasted = [index for index, (_, tag) in enumerate(document.tags) if is_pasted(tag)]
    for index in pasted[:1] or worth_telling(document.tags):
        place, tag = document.tags[index]
        advised = Advice(rows("balises")[PASTED]) if pasted else advice(tag, document.after(place))
        length = len(tag.partition("\n")[0])
        document.report(
            "E311", place, length, paste=advised.paste, balise=tag, remede=advised.remedy
        )


def _report_likenesses(document: Document) -> None:
    spellings = set()
    for row, line in enumerate(document.lines if may_be_like(document.text) else ()):
        if row in document.code or not may_be_like(line):
            continue
        for likeness in likenesses(_NO_PROSE.sub(lambda match: " " * len(match[0]), line)):
            if likeness.written not in spellings:
                spellings.add(likeness.written)
                place = Place(document.first_line + row, likeness.start + 1)
                values = {"valeur": likeness.written, "attendu": likeness.instead}
                document.report(
                    "C333", place, len(likeness.written), paste=likeness.instead, **values
                )


def _say_exponents(root: Element) -> None:
    for element in root.iter("sup"):
        if words := element.attrib.pop("@said", ""):
            span = Element("span", {"class": "visually-hidden"})
            span.text = AtomicString(words)
            span.tail = element.text
            element.text = None
            element.insert(0, span)


def _figure(paragraph: Element) -> None:
    if (paragraph.text or "").strip() or paragraph.get("class"):
        return
    for child in paragraph:
        if not _is_picture(child) or (child.tail or "").strip():
            return
    paragraph.text = None
    if len(paragraph) == 1:
        paragraph.tag = "figure"
        _caption(paragraph)
        return
    pictures = list(paragraph)
    paragraph.tag = "div"
    paragraph.set("class", "figures")
    for picture in pictures:
        paragraph.remove(picture)
        figure = SubElement(paragraph, "figure")
        figure.append(picture)
        _caption(figure)


def _is_picture(element: Element) -> bool:
    if element.tag == "a":
        alone = len(element) == 1 and not (element.text or "").strip()
        return alone and element[0].tag == "img" and not (element[0].tail or "").strip()
    return element.tag == "img"


def _caption(figure: Element) -> None:
    figure[0].tail = None
    for image in figure.iter("img"):
        legend = image.attrib.pop("title", "")
        if legend.strip():
            SubElement(figure, "figcaption").text = plain(legend)


def _typeset(element: Element, before: str) -> str:
    # Apply French signs below ``element``; ``before`` is the character on its left.
    # Gives the last character, which the next piece of text has on its left.
    text = element.text
    if text:
        if not isinstance(text, AtomicString):
            element.text = text = seen(fragment(text, before))
        before = text[-1]
    for child in element:
        tag = child.tag
        if tag == "pre":
            before = ""
        elif tag == "math" or tag == "code":
            before = "x"
        elif tag in _BLOCKS:
            _typeset(child, "")
            before = ""
        else:
            before = _typeset(child, before)
        tail = child.tail
        if tail:
            if not isinstance(tail, AtomicString):
                child.tail = tail = seen(fragment(tail, before))
            before = tail[-1]
    return before
