"""Sections of the desk about contents: what ends, what is old, what lacks, what is there twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from portail.facts.when import day_of
from portail.facts.where import host_of
from portail.model.kinds import Kind
from portail.model.ressource import Ressource
from portail.outputs.pages.kit import Kit
from portail.outputs.pages.redaction.mail import mail_about
from portail.outputs.pages.redaction.rows import (
    MOST,
    doings,
    file_link,
    page_link,
    row,
    table,
)
from portail.outputs.pages.redaction.warnings import TWIN_EVENTS, items_by_path
from portail.outputs.pages.views.redaction import LigneRedaction, SectionRedaction, TableRedaction
from portail.outputs.pages.views.shared import Lien
from portail.site.desk.ending import DAYS, Ending, Unsaid, ending, unsaid
from portail.site.desk.lacks import WANTED, Lacking, label_of, lacking
from portail.site.desk.stale import Stale, stale
from portail.site.desk.twins import twins
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.numbers import nombre
from portail.text.typography import capital

__all__ = ["ends", "lacks", "stale_sheets", "twins_found"]

_ENDS = {
    "annonce": "Échéance de l’annonce",
    "financement": "Échéance du financement",
    "mise-en-avant": "Fin de « À ne pas manquer »",
}

_UNSAID = {"heure": "heure", "tarif": "tarif", "accessibilite": "accessibilité"}
_WRITE = (
    "« Écrire » ouvre un message prêt, à l’adresse publique de la structure : relisez-le, "
    "envoyez-le. Sur un « oui », écrivez le jour dans « verifie_le »."
)


def ends(site: Site, kit: Kit) -> SectionRedaction:
    """What ends within ``DAYS``, and coming events that do not say what one needs to come."""
    soon, lacking_events = ending(site), unsaid(site)
    rows = [
        row(page_link(one.item), capital(jour(one.jour)), _what(one, site),
            does=doings(one.item, site.config))
        for one in soon[:MOST]
    ]  # fmt: skip
    told = [
        row(page_link(one.item), capital(jour(one.jour)), _unsaid(one),
            does=doings(one.item, site.config))
        for one in lacking_events[:MOST]
    ]  # fmt: skip
    return SectionRedaction(
        "Echeances",
        "Ce qui se termine bientôt",
        len(soon) + len(lacking_events),
        f"D’ici {DAYS} jours : échéances, prêts à rendre, mises en avant, et les événements qui "
        "n’ont pas encore d’heure, de tarif ou d’accessibilité.",
        f"Rien ne se termine d’ici {DAYS} jours, et les événements proches disent l’essentiel.",
        (
            *table(("Contenu", "Jour", "Quoi"), rows, len(soon), "Se termine"),
            *table(("Événement", "Jour", "Ce qui manque"), told, len(lacking_events),
                   "Événements proches à compléter"),
        ),
    )  # fmt: skip


def _unsaid(one: Unsaid) -> str:
    return capital(", ".join(_UNSAID[name] for name in one.manques))


def _what(one: Ending, site: Site) -> str:
    entry = one.item.entry
    if one.quoi != "pret" or not isinstance(entry, Ressource):
        return _ENDS[one.quoi]
    who, _ = host_of(entry.itinerance[one.rang], site)
    return f"Fin du prêt : {who}" if who else "Fin du prêt"


def stale_sheets(site: Site, kit: Kit) -> SectionRedaction:
    """Sheets to check again, with the message to the structure."""
    found = stale(site)
    rows = [
        row(page_link(one.item), capital(one.item.entry.kind.info.nom), _since(one),
            does=(*_mail(one, site, kit), *doings(one.item, site.config)))
        for one in found[:MOST]
    ]  # fmt: skip
    notes = [_WRITE] if found else []
    if found and not site.config.siteurl:
        notes.append("L’adresse du site n’est pas connue (SITEURL) : le message ne la donne pas.")
    return SectionRedaction(
        "Verifier",
        "Fiches à revérifier",
        len(found),
        "Lieux jamais vérifiés, ou il y a plus d’un an ; ressources que personne n’a modifiées "
        "depuis un an.",
        "Toutes les fiches ont été vérifiées depuis moins d’un an.",
        table(("Fiche", "Genre", "Dernière vérification"), rows, len(found)),
        tuple(notes),
    )


def _since(one: Stale) -> str:
    if one.depuis is None:
        return "Jamais"
    day = day_of(one.depuis)
    return capital(day) if one.item.entry.kind is Kind.LIEU else f"Modifiée le {day}"


def _mail(one: Stale, site: Site, kit: Kit) -> Iterator[Lien]:
    address = mail_about(one, site, kit)
    if address:
        yield Lien("Écrire", address)


def lacks(site: Site) -> SectionRedaction:
    """Contents and the fields that readers miss there, kind by kind."""
    found = {kind: ones for kind in WANTED if (ones := lacking(site, kind))}
    tables = [*_most_wanted(found)]
    for kind, ones in found.items():
        rows = [
            row(page_link(one.item), _lacks(kind, one),
                does=doings(one.item, site.config))
            for one in ones[:MOST]
        ]  # fmt: skip
        columns = (capital(kind.info.nom), "Ce qui manque")
        tables += table(columns, rows, len(ones), kind.info.plusieurs)
    return SectionRedaction(
        "Manques",
        "Champs manquants",
        sum(map(len, found.values())),
        "Ce que les lecteurs cherchent et que la fiche ne dit pas ; ce qui est passé n’y est plus.",
        "Aucun contenu ne manque de ce que les lecteurs cherchent d’abord.",
        tuple(tables),
    )


def _lacks(kind: Kind, one: Lacking) -> str:
    return capital(", ".join(label_of(kind, lack) for lack in one.champs))


def _most_wanted(found: Mapping[Kind, tuple[Lacking, ...]]) -> tuple[TableRedaction, ...]:
    """Which fields lack most often, and why readers miss them."""
    rows = [
        row(Lien(capital(label_of(kind, lack))), kind.info.plusieurs, nombre(count),
            capital(lack.pourquoi), does=())
        for kind, ones in found.items()
        for lack, count in Counter(lack for one in ones for lack in one.champs).most_common()
    ]  # fmt: skip
    return table(("Champ", "Genre", "Combien", "Pourquoi"), rows, len(rows), "Champ par champ")


def twins_found(site: Site) -> SectionRedaction:
    """Contents that are likely there twice; events as the check found them."""
    found = twins(site)
    rows = [
        row(page_link(one.one), page_link(one.other), capital(", ".join(one.raisons)),
            does=(*doings(one.one, site.config), _file(one.other, site)))
        for one in found[:MOST]
    ]  # fmt: skip
    events = [*_twin_events(site)]
    return SectionRedaction(
        "Doublons",
        "Doublons probables",
        len(found) + len(events),
        "Des titres, des adresses ou des lieux si proches que deux personnes ont sans doute écrit "
        "la même fiche. Gardez la meilleure, retirez l’autre en la nommant.",
        "Aucun contenu ne paraît saisi deux fois.",
        (
            *table(("Contenu", "Ressemble à", "Pourquoi"), rows, len(found), "Fiches et textes"),
            *table(("Événement", "Pourquoi"), events[:MOST], len(events), "Événements"),
        ),
    )


def _file(item: Item, site: Site) -> Lien:
    return file_link(str(item.entry.source), site.config)


def _twin_events(site: Site) -> Iterator[LigneRedaction]:
    known = items_by_path(site)
    for one in site.report:
        item = known.get(one.position.path)
        if one.code == TWIN_EVENTS and item:
            yield row(page_link(item), one.message, does=doings(item, site.config))
