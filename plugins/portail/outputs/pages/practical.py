"""The practical box of each kind: rows of a label and its values, as one asks for them."""

from __future__ import annotations

from collections.abc import Iterator

from portail.facts.base import Fact, texts
from portail.facts.channels import box_of
from portail.facts.where import town
from portail.model.lieu import Lieu
from portail.model.ressource import Ressource
from portail.model.temps_fort import TempsFort
from portail.model.territoire import Territoire
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import Kit, faits, kit_of
from portail.outputs.pages.lieux import lieu_rows
from portail.outputs.pages.ressources import ressource_rows
from portail.outputs.pages.temps_fort import temps_fort_rows
from portail.outputs.pages.views.shared import Fait
from portail.site.site import Site
from portail.text.typography import capital


def practical_facts(inputs: EntryInputs, site: Site) -> tuple[Fait, ...]:
    """Rows of the practical box of a content."""
    match inputs.item.entry:
        case Lieu():
            return faits(lieu_rows(inputs, site))
        case Ressource():
            return faits(ressource_rows(inputs, site))
        case TempsFort():
            return faits(temps_fort_rows(inputs))
        case Territoire() as entry:
            return faits(_territoire(entry, kit_of(site)))
    return faits(box_of(site, inputs.item.ref))


def _territoire(entry: Territoire, kit: Kit) -> Iterator[Fact]:
    wide = entry.type in ("region", "departement")
    yield Fact("Code INSEE" if wide else "Numéro SIREN", texts(entry.code))
    seat = kit.geography.by_code(entry.siege) if entry.siege else None
    yield Fact("Siège", texts(town(seat)))
    yield from (Fact(capital(one.libelle), texts(one.valeur or "oui")) for one in entry.services)
