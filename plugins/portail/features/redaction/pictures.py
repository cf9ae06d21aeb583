"""« Donnez une image de votre lieu »: the places without a picture, each with the mail that asks it
for one, and for its licence in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portail.facts.base import sort, text_of
from portail.facts.price import town
from portail.features.redaction import rows as desk
from portail.features.redaction.coverage import DESK
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.outputs.base import TemplatePage, drawn
from portail.outputs.empreintes import shown_picture
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.messages import mailto
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.showings import is_visited
from portail.site.site import Site
from portail.text.typography import capital, nombre, plain, signed

PICTURES = f"{DESK}images/"
"""Site path of the page."""
_WORDS = desk.WORDS["images"]


def plan_pictures(site: Site) -> Iterator[TemplatePage]:
    """The page; for previews alone."""
    yield drawn(site, PICTURES, "redaction.html", _show)


def pictures_wanted(site: Site) -> desk.SectionRedaction:
    """The way to that page, on the desk."""
    found = [one for some in _without(site) for one in some]
    count = f"{nombre(len(found))} {'lieux' if len(found) > 1 else 'lieu'} sans image"
    rows = [desk.line(Lien(_WORDS["ouvrir"], PICTURES), count)] if found else []
    return desk.section("Images", (rows, lambda one: one), total=len(found))


@per_site
def _without(site: Site) -> tuple[Sequence[Item], Sequence[Item]]:
    """Places without a picture: those that one visits, then the other structures."""
    lacking = [
        one
        for one in site.of_kind(Kind.LIEU)
        if not shown_picture(one, site) and not one.entry.exemple
    ]
    lists = site.vocabularies
    visited = [one for one in lacking if is_visited(one.of(Lieu), lists)]
    return visited, [one for one in lacking if one not in visited]


def _show(site: Site) -> desk.RedactionView:
    parts = zip(_WORDS["tables"], _without(site), strict=True)
    tables = tuple(
        desk.TableRedaction(
            name,
            ("Lieu", "Genre", "Commune"),
            tuple(_row(one, site) for one in some),
            total=len(some),
            montrees=len(some),
        )
        for name, some in parts
        if some
    )
    told = desk.section("Images", ((), lambda one: one), notes=_WORDS["notes"])
    count = sum(one.total for one in tables)
    section = desk.SectionRedaction(
        told.ancre, _WORDS["titre"], count, _WORDS["phrase"], told.vide, tables, told.notes
    )
    told_of = {key: _WORDS[key] for key in ("titre", "description")}
    return desk.RedactionView(**page_of(site, told_of, PICTURES), noindex=True, sections=(section,))


def _row(item: Item, site: Site) -> desk.LigneRedaction:
    kind = capital(text_of(sort(item, site).values))
    return desk.row(item, site, kind, town(item.commune), more=(_asked(item, site),))


def _asked(item: Item, site: Site) -> Lien:
    """The mail to a place; without a public address, whom to send it to is left to be found."""
    config = site.config
    address = desk.structure_mail(item.of(Lieu))
    title = signed(plain(item.entry.titre))
    form = desk.form_of(item.entry, site)
    lines = (
        *("Bonjour,", ""),
        _WORDS["bonjour"].format(nom=config.nom_complet, titre=title),
        *desk.outside_address(item.url, config),
        *(_WORDS["demande"], "", _WORDS["licence"], "", _WORDS["formulaire"]),
        *desk.outside_address(form, config),
        *(desk.WORDS["merci"], desk.WORDS["signature"].format(nom=config.nom)),
    )
    subject = _WORDS["sujet"].format(titre=title)
    return Lien(
        "Écrire", mailto(address, subject, "\n".join(lines)), "" if address else _WORDS["sans"]
    )
