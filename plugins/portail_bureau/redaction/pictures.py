"""« Donnez une image de votre lieu »: the places without a picture, each with the mail that asks it
for one, and for its licence in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from portail.facts.base import sort, text_of
from portail.facts.place import town
from portail.features.kinds.lieux.model import Lieu
from portail.outputs.base import TemplatePage, drawn
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.views.shared import Lien, PageView, page_view
from portail.outputs.pictures import shown_picture
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.showings import is_visited
from portail.site.site import Site
from portail.text.typography import capital, nombre

from . import rows as desk

# Site path of the page.
DESK = "/redaction/"
PICTURES = f"{DESK}images/"
_WORDS = desk.WORDS["images"]


def plan_pictures(site: Site) -> Iterator[TemplatePage]:
    yield drawn(site, PICTURES, "redaction.html", _show)


def pictures_wanted(site: Site) -> desk.SectionRedaction:
    places = list(chain.from_iterable(_without(site)))
    count = f"{nombre(len(places))} {'lieux' if len(places) > 1 else 'lieu'} sans image"
    rows = []
    if places:
        rows = [desk.plain_row(Lien(_WORDS["ouvrir"], PICTURES), count)]
    return desk.section("Images", (rows, lambda line: line), total=len(places))


@per_site
def _without(site: Site) -> tuple[Sequence[Item], Sequence[Item]]:
    lacking = [
        place for place in site.places if not shown_picture(place, site) and not place.entry.exemple
    ]
    lists = site.vocabularies
    visited = [place for place in lacking if is_visited(place.of(Lieu), lists)]
    return visited, [place for place in lacking if place not in visited]


def _show(site: Site) -> PageView:
    parts = zip(_WORDS["tables"], _without(site), strict=True)
    tables = tuple(
        desk.TableRedaction(
            name,
            ("Lieu", "Genre", "Commune"),
            tuple(_row(place, site) for place in pictures),
            total=len(pictures),
            montrees=len(pictures),
        )
        for name, pictures in parts
        if pictures
    )
    section = desk.SectionRedaction(
        "Images",
        _WORDS["titre"],
        sum(table.total for table in tables),
        phrase=_WORDS["phrase"],
        vide=desk.WORDS["sections"]["Images"]["vide"],
        tables=tables,
        notes=tuple(_WORDS["notes"]),
    )
    words = {key: _WORDS[key] for key in ("titre", "description")}
    return page_view(**page_of(site, words, PICTURES), noindex=True, sections=(section,))


def _row(item: Item, site: Site) -> desk.LigneRedaction:
    kind = capital(text_of(sort(item, site).values))
    return desk.content_row(item, site, kind, town(item.commune), more=(_request(item, site),))


def _request(item: Item, site: Site) -> Lien:
    # The mail to a place; without a public address, whom to send it to is left to be found.
    address = desk.structure_mail(item.of(Lieu))
    form = desk.form_of(item.entry, site)
    lines = (
        *desk.opening(item, site, _WORDS["bonjour"]),
        *(_WORDS["demande"], "", _WORDS["licence"], "", _WORDS["formulaire"]),
        *desk.outside_address(form, site.config),
    )
    message = desk.letter(site, address, _WORDS["sujet"], item, lines)
    return Lien("Écrire", message, "" if address else _WORDS["sans"])
