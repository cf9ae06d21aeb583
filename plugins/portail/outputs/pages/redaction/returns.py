"""Section of the desk about returns: events that wait for one, what was hard in those that came."""

from __future__ import annotations

from collections.abc import Iterator

from portail.agenda.occurrences import span
from portail.figures.returns import edition_of, lacking_returns, last_over
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.outputs.pages.cycle import return_form
from portail.outputs.pages.kit import mailto
from portail.outputs.pages.redaction.rows import (
    MOST,
    WORDS,
    LigneRedaction,
    SectionRedaction,
    line,
    outside_address,
    row,
    section,
    structure_mail,
)
from portail.outputs.pages.views.shared import Lien
from portail.site.editions import YearOf
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import periode
from portail.text.typography import capital, plain


def returns_told(site: Site) -> SectionRedaction:
    """Of the last edition over of each yearly rendezvous: who has still to tell, to whom one
    writes; then what was hard, in alphabetical order, without the name of the event."""
    waiting: list[LigneRedaction] = []
    hard: list[LigneRedaction] = []
    for highlight in site.of_kind(Kind.TEMPS_FORT):
        year = last_over(site, highlight.ref)
        if year:
            name = f"{plain(highlight.entry.titre)} {year.annee}"
            waiting += [
                _row(one, name, site) for one in lacking_returns(site, highlight.ref, year.annee)
            ]
            told = sorted(set(_hard(highlight.ref, year, site)))
            hard += [line(Lien(text), name) for text in told]
    tables = ((waiting[:MOST], len(waiting)), (hard[:MOST], len(hard)))
    return section("Retours", *tables, total=len(waiting))


def _hard(ref: str, year: YearOf, site: Site) -> Iterator[str]:
    _, _, found = edition_of(site, ref, year.annee)
    for told in found.told:
        yield from (one.difficultes for one in told.returns if one.difficultes)


def _row(item: Item, name: str, site: Site) -> LigneRedaction:
    address = _mail(item, name, site)
    write = (Lien("Écrire", address),) if address else ()
    form = Lien("Retour", return_form(item))
    days = capital(periode(*span(item.occurrences)))
    return row(item, site.config, name, days, more=(*write, form))


def _mail(item: Item, name: str, site: Site) -> str:
    """The message that asks for it, to the first organiser that has a public address, else to the
    place; empty without any."""
    event, config = item.of(Event), site.config
    named = (*event.organisateurs, *([event.lieu] if event.lieu else []))
    found = (site.find(one, Kind.LIEU) for one in named)
    owners = (one.entry for one in found if one and isinstance(one.entry, Lieu))
    address = next(filter(None, map(structure_mail, owners)), "")
    if not address:
        return ""
    title = plain(event.titre)
    asked = WORDS["retour_bonjour"].format(titre=title, edition=name, nom=config.nom_complet)
    lines = ["Bonjour,", "", asked, *outside_address(return_form(item), config)]
    lines += [WORDS["retour_suite"], "", "Merci, et à bientôt,", f"La rédaction du {config.nom}"]
    return mailto(address, WORDS["retour_sujet"].format(titre=title), "\n".join(lines))
