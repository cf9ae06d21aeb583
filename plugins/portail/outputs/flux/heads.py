"""How a feed presents itself, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portail.agenda.occurrences import local
from portail.model.kinds import Kind
from portail.outputs.flux.issues import HOUR, sent_issues
from portail.outputs.flux.told import legal
from portail.outputs.identity import uri
from portail.site.feeds import Address, Feed
from portail.site.site import Site
from portail.site.urls import FEED_SHEET, FEEDS
from portail.text.typography import typographie

__all__ = ["Head", "head_of", "last_change"]

_ICON, _SMALL, _BANNER = (
    "/theme/icons/icone-512.png", "/theme/icons/icone-192.png", "/theme/partage/portail.png",
)  # fmt: skip
_RIGHTS = "Chaque texte a sa licence, dite avec lui."


@dataclass(frozen=True, slots=True)
class Head:
    """A feed itself: whole addresses, plain texts; ``modifie`` is when the last of its contents
    changed, so that an old one that is edited is noticed. ``feuille`` is its style sheet, from the
    root of its host, ``aide`` the page that explains feeds."""

    id: str
    titre: str
    description: str
    page: str
    url: str
    type: str
    portail: str
    droits: str
    icone: str
    petite: str
    bandeau: str
    feuille: str
    aide: str
    modifie: datetime


def head_of(feed: Feed, address: Address, site: Site) -> Head:
    """How ``feed`` presents itself at ``address``."""
    config, name = site.config, typographie(feed.nom)
    place = f"{config.nom} {config.en_region}"
    return Head(
        id=uri(config, address.url),
        titre=legal(place if feed.groupe == "tout" else f"{name} · {config.nom}"),
        description=legal(typographie(_description(feed, place))),
        page=config.absolute(feed.page),
        url=config.absolute(address.url),
        type=address.type,
        portail=legal(place),
        droits=_RIGHTS,
        icone=config.absolute(_ICON),
        petite=config.absolute(_SMALL),
        bandeau=config.absolute(_BANNER),
        feuille=config.base + FEED_SHEET,
        aide=f"{config.absolute(FEEDS)}#Comment",
        modifie=local(last_change(feed, site), HOUR if feed.groupe == "lettre" else None),
    )


def last_change(feed: Feed, site: Site) -> date:
    """The day when the last of its contents changed; of all events, when none is to come."""
    if feed.groupe == "lettre":
        return max(sent_issues(site)[ref].jour for ref in feed.refs)
    entries = [site.items[ref].entry for ref in feed.refs or site.indexes.by_kind[Kind.EVENT]]
    return max(one for entry in entries for one in (entry.publie_le, entry.modifie) if one)


def _description(feed: Feed, place: str) -> str:
    match feed.groupe:
        case "tout":
            return f"Tout ce qui paraît sur {place}."
        case "a-venir":
            return (
                f"Les prochains événements annoncés sur {place}, du plus proche au plus lointain."
            )
        case "lettre":
            return f"{feed.nom}, chaque semaine et en entier, de {place}."
        case "rubrique":
            return f"{feed.nom} : les dernières parutions sur {place}."
        case _:
            return f"{feed.nom} : ce qui paraît sur {place}."
