"""Section of the desk about addresses of other sites, as ``portail liens`` left them."""

from __future__ import annotations

from collections.abc import Iterator

from portail.model.liens import Etat
from portail.outputs.pages.redaction.rows import MOST, doings, page_link, row, table
from portail.outputs.pages.views.redaction import SectionRedaction, TableRedaction
from portail.outputs.pages.views.shared import Lien
from portail.site.desk.dead import Broken, broken, unknown
from portail.site.link_words import STATES, remedy_of, replacement, trouble_of
from portail.site.site import Site
from portail.text.dates import jour

__all__ = ["dead_links"]

_COLUMNS = ("Contenu", "Adresse", "Constat", "Que faire")
_HOW = "Lancez « portail liens » : la commande demande une à une les adresses citées, sans presser \
les sites, et cette page les montre au prochain aperçu."


def dead_links(site: Site) -> SectionRedaction:
    """Addresses to mend, gravest first; how to make the file when there is none."""
    found = broken(site)
    wanted = [one for one in found if one.releve.etat is not Etat.A_OUVRIR]
    others = [one for one in found if one.releve.etat is Etat.A_OUVRIR]
    never = unknown(site)
    if site.liens is None:
        empty = f"Les adresses des autres sites n’ont pas encore été vérifiées. {_HOW}"
    else:
        empty = "Toutes les adresses vérifiées répondent."
    notes = [f"Adresses jamais vérifiées : {never}. {_HOW}"] if never and site.liens else []
    return SectionRedaction(
        "Liens",
        "Liens morts",
        len(wanted),
        "Une adresse qui ne répond pas un jour est à revoir ; elle est morte au second jour.",
        empty,
        (*_table(wanted, "À reprendre", site), *_table(others, "À ouvrir soi-même", site)),
        tuple(notes),
    )


def _table(found: list[Broken], nom: str, site: Site) -> tuple[TableRedaction, ...]:
    rows = [
        row(page_link(one.item), Lien(one.lien.texte, one.lien.texte), _state(one),
            tuple(_remedy(one)), does=doings(one.item, site.config))
        for one in found[:MOST]
    ]  # fmt: skip
    return table(_COLUMNS, rows, len(found), nom)


def _state(one: Broken) -> tuple[Lien, ...]:
    """What was found, and the day of the check."""
    record = one.releve
    told = f"{STATES[record.etat]}. {trouble_of(record)}"
    return (Lien(told, note=f"vérifiée le {jour(record.jour, semaine=False)}"),)


def _remedy(one: Broken) -> Iterator[Lien]:
    yield Lien(remedy_of(one.lien.texte, one.releve))
    instead = replacement(one.lien.texte, one.releve)
    if instead:
        dead = one.releve.etat is Etat.MORTE
        yield Lien("Copies sur archive.org" if dead else instead, instead)
