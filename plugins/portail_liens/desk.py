"""The addresses that somebody has to mend, where they are written, on the editors’ desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from portail.outputs.pages.slots import DeskSection, DeskTable
from portail.outputs.pages.views.shared import Lien
from portail.resources import rows_of
from portail.site.site import Site
from portail.text.dates import jour

from .outside import Written, outside_of
from .records import Etat, Releve
from .sentences import STATES, link_fault, remedy_of, replacement

_WORDS = rows_of(__package__, "mots")
_ORDER = (Etat.MORTE, Etat.PRIVEE, Etat.A_REVOIR, Etat.DEPLACEE, Etat.A_OUVRIR)


def desk_section(site: Site) -> Iterator[DeskSection]:
    """Addresses to mend that contents still write, gravest first; how to make the file when there
    is none."""
    known: Mapping[str, Releve] | None = site.part("liens")
    records = known or {}
    outside = outside_of(site)
    broken = [
        link
        for link in chain.from_iterable(outside.values())
        if link.url in records and records[link.url].etat in _ORDER
    ]
    broken.sort(key=lambda link: (_ORDER.index(records[link.url].etat), link.ref, link.url))
    to_open = [link for link in broken if records[link.url].etat is Etat.A_OUVRIR]
    wanted = broken[: len(broken) - len(to_open)]

    def table(name: str, links: Iterable[Written]) -> DeskTable:
        rows = ((site.items[one.ref], tuple(_cells(one, records[one.url]))) for one in links)
        return DeskTable(tuple(_WORDS["colonnes"]), tuple(rows), _WORDS[name])

    never = len(outside.keys() - records.keys())
    note = f"{_WORDS['adresses'].format(nombre=never)} {_WORDS['comment']}"
    unknown = f"{_WORDS['jamais_verifiees']} {_WORDS['comment']}"
    yield DeskSection(
        "Liens",
        _WORDS["titre"],
        _WORDS["phrase"],
        tables=(table("reprendre", wanted), table("ouvrir", to_open)),
        empty=unknown if known is None else _WORDS["vide"],
        notes=(note,) if never and known is not None else (),
    )


def _cells(link: Written, record: Releve) -> Iterator[tuple[Lien, ...]]:
    checked = _WORDS["verifiee"].format(jour=jour(record.jour, semaine=False))
    yield (Lien(link.texte, link.texte),)
    yield (Lien(f"{STATES[record.etat]}. {link_fault(record)}", note=checked),)
    remedy = Lien(remedy_of(link.texte, record))
    instead = replacement(link.texte, record)
    dead = record.etat is Etat.MORTE
    yield (remedy, Lien(_WORDS["copies"] if dead else instead, instead)) if instead else (remedy,)
