"""Sections of the desk about contents: what ends, what is old, what lacks, what is there twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from portail.facts.price import host_of
from portail.facts.when import day_of
from portail.geo.places import short_name
from portail.model.kinds import Kind
from portail.model.ressource import Ressource
from portail.outputs.base import TemplatePage, drawn
from portail.outputs.grounds import has_coverage
from portail.outputs.guides import has_guides
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.kit import Kit, kit_of
from portail.outputs.pages.redaction.rows import (
    MOST,
    TWIN_EVENTS,
    LigneRedaction,
    RedactionView,
    SectionRedaction,
    TableRedaction,
    dead_links,
    doings,
    file_link,
    items_by_path,
    mail_about,
    page_link,
    row,
    table,
    warnings_told,
)
from portail.outputs.pages.views.shared import Lien
from portail.resources import docs_dir
from portail.site.coverage import CLASSES, COVERAGE_DAYS, REACH, Cover, coverage
from portail.site.desk import (
    DAYS,
    WANTED,
    Ending,
    Lacking,
    Stale,
    Unsaid,
    ending,
    label_of,
    lacking,
    stale,
    unsaid,
)
from portail.site.item import Item
from portail.site.site import Site
from portail.site.twins import twins
from portail.site.urls import COVERAGE, DESK, HOME
from portail.text.dates import jour
from portail.text.typography import capital, nombre

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


# Section of the desk about where nothing happens yet, in short: its page says it all.


def white_zones(site: Site) -> Iterator[SectionRedaction]:
    """EPCI without a rendez-vous soon or a place near, when the site says where nothing happens."""
    if not has_coverage(site):
        return
    found = sorted(
        (one for one in coverage(site) if one.classe != "couvert"),
        key=lambda one: CLASSES.index(one.classe),
    )
    rows = [
        row(Lien(capital(short_name(one.epci)), site.territory_url(one.epci.siren)),
            capital(", ".join(_missing_here(one))),
            tuple(page_link(near.item, f"à {near.km}\u00a0km") for near in one.acteurs),
            does=(Lien("Carte et outils", f"{COVERAGE}#Classe-{one.classe}"),))
        for one in found[:MOST]
    ]  # fmt: skip
    yield SectionRedaction(
        "Couverture",
        "Où il ne se passe encore rien",
        len(found),
        "Les intercommunalités dont le portail ne dit rien, ou presque, et qui pourrait y venir.",
        "Chaque intercommunalité a un rendez-vous annoncé et un lieu proche.",
        table(("Intercommunalité", "Ce qui manque", "Qui pourrait venir"), rows, len(found)),
    )


def _missing_here(one: Cover) -> Iterator[str]:
    if one.sans_evenement:
        yield f"aucun rendez-vous dans les {COVERAGE_DAYS} jours"
    if one.sans_lieu:
        yield f"aucun lieu à moins de {REACH:g} km"


# ``/redaction/``: the editors' desk, in previews alone.


def plan_desk(site: Site) -> Iterator[TemplatePage]:
    """The page; for previews alone."""
    yield drawn(site, DESK, "redaction.html", _show, has_guides(docs_dir()))


def _show(site: Site, guides: bool) -> RedactionView:
    """The desk; ``guides`` tells whether what messages say is part of the site."""
    return RedactionView(
        cadre=frame_of(site),
        titre="Bureau de la rédaction",
        description="Ce qui demande un regard : cette page n’existe que dans les aperçus.",
        url=DESK,
        fil=(Lien("Accueil", HOME),),
        noindex=True,
        sections=(
            ends(site, kit_of(site)),
            stale_sheets(site, kit_of(site)),
            lacks(site),
            twins_found(site),
            *white_zones(site),
            dead_links(site),
            warnings_told(site, guides),
        ),
    )
