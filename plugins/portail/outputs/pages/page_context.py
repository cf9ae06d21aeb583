"""What pages share: settings, periods of the agenda, links to feeds, how to subscribe."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from portail.agenda.programme import RendezVous
from portail.agenda.weeks import Month, Week
from portail.config import REGION, Edition, SiteConfig
from portail.facts.base import Fact, Value, unlinked
from portail.facts.when import STATES
from portail.geo.territories import Geography
from portail.model.articles import Auteur
from portail.model.collections import TempsFort
from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.parts import Chiffre
from portail.model.registry import SIGNING, references_of
from portail.model.vocabulary import Vocabularies
from portail.outputs.headers import form_origins
from portail.outputs.pages.maps.atlas import Atlas
from portail.outputs.pages.views.services import Abonnement
from portail.outputs.pages.views.shared import Etiquette, Fait, FluxLie, Lien
from portail.resources import rows
from portail.site import urls
from portail.site.feeds import Address
from portail.site.item import Item
from portail.site.memo import answer, per_site
from portail.site.narrowed import offers
from portail.site.network import has_network
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.typography import signed, typographie, unmarked

_WORDS_A_MINUTE = 220
PARTS: Mapping[str, Any] = rows("parties")
"""Parts of pages: their titles, and what each holds."""
WORDS: Mapping[str, Mapping[str, str]] = rows("mots")
"""Sentences of pages, by what they tell of."""


class PageContext(Struct, frozen=True):
    """Settings, controlled lists, geography and its maps: in every page's fingerprint."""

    config: SiteConfig
    vocabularies: Vocabularies
    geography: Geography
    atlas: Atlas

    def label(self, liste: str, code: str | None) -> str:
        """French label of a code, or the code itself when the list lacks it."""
        return self.vocabularies.label(liste, code)


@per_site
def context_of(site: Site) -> PageContext:
    """The context of a site."""
    return PageContext(site.config, site.vocabularies, site.geography, Atlas(site.geography))


def contribution(site: Site, kind: Kind | None = None, text: str = "") -> tuple[Lien, ...]:
    """The link to where contents, or those of a kind that the portal has, are proposed."""
    if kind and kind.value in site.config.sans:
        return ()
    what = kind.info.un if kind else "un contenu"
    return (Lien(text or f"Proposer {what}", urls.form_of(kind) if kind else urls.CONTRIBUTE),)


def state_labels(etat: str) -> tuple[Etiquette, ...]:
    """The label of an event's or a séance's state; none when it goes as planned."""
    return (Etiquette(STATES[etat], etat, True),) if etat in STATES else ()


def resolved_values(entry: Entry, key: str, links: Mapping[str, Lien]) -> tuple[Value, ...]:
    """The same, as values of a fact."""
    return tuple(Value(one.texte, one.url) for one in resolve_names(entry, key, links))


def faits(facts: Iterable[Fact]) -> tuple[Fait, ...]:
    """Rows of a box or of a table, without those that have no value."""
    known = (one for one in facts if one.values)
    return tuple(Fait(one.label, tuple(Lien(*value) for value in one.values)) for one in known)


def day_labels(one: RendezVous, day: date) -> tuple[Etiquette, ...]:
    """The label of what is on one day: its state, its new date where it was first announced."""
    if not one.reporte_au:
        return state_labels(one.etat)
    new = jour(one.reporte_au, semaine=False, annee=one.reporte_au.year != day.year)
    return (Etiquette(f"Reporté au {new}", "reporte", True),)


def resolve_names(entry: Entry, key: str, links: Mapping[str, Lien]) -> tuple[Lien, ...]:
    """Links to what a reference field of ``entry`` names; a plain name stays text."""
    mentions = (one for one in references_of(entry, key) if len(one.loc) <= 2)
    found = ((one, one.named(links)) for one in mentions)
    shown = (links[ref] if ref else Lien(unlinked(one)) for one, ref in found)
    return tuple(signatures(shown)) if key in SIGNING else tuple(shown)


def signatures(links: Iterable[Lien]) -> Iterator[Lien]:
    """Links to who signs, whose examples say it after their names; so does, in the note, the
    structure of an author who is none."""
    for one in links:
        name = signed(one.texte)
        note = signed(one.note) if name == one.texte else unmarked(one.note)
        yield replace(one, texte=name, note=note)


@answer
def proposed_poster(site: Site, url: str) -> str:
    """See ``Posters.proposed``."""
    return site.posters.proposed(url)


def minutes_of(words: int) -> int:
    """Minutes that reading so many words takes, one at least."""
    return max(1, round(words / _WORDS_A_MINUTE))


def reading_time(item: Item) -> str:
    """« 4 min »: how long reading a content takes."""
    return f"{minutes_of(item.facts.words)}\u00a0min"


class Periods(Struct, frozen=True):
    """Weeks and months with a page, in order: when something has a date, and the present ones."""

    today: date
    weeks: tuple[Week, ...]
    months: tuple[Month, ...]

    def presentations(self, first: date, last: date) -> tuple[Lien, ...]:
        """The list, the week and the month of these days; the present ones if they hold today."""
        if first <= self.today <= last:
            return _ways(Week.of(self.today), Month.of(self.today))
        week = self.weeks[bisect_left(self.weeks, Week.of(first))]
        # A week belongs to the month of its Thursday, as to its year (ISO 8601), if it can.
        middle = first + (last - first) // 2
        month = next(m for m in map(Month.of, (middle, first, last)) if m in self.months)
        return _ways(week, month)


@answer
def periods_of(site: Site) -> Periods:
    """The periods of a site."""
    programme = site.indexes.programme
    today = site.day.date
    weeks = sorted({*programme.weeks, Week.of(today)})
    return Periods(today, tuple(weeks), tuple(sorted({*programme.months, Month.of(today)})))


def past_years(site: Site) -> tuple[Lien, ...]:
    """Years with a page, the present one first, then those before it."""
    today = site.day.date
    years = {month.year for month in periods_of(site).months if month.year <= today.year}
    return tuple(Lien(str(year), urls.year_of(year)) for year in sorted(years, reverse=True))


def presentations(site: Site) -> tuple[Lien, ...]:
    """The ways to show the agenda: its list, the present week, the present month."""
    today = site.day.date
    return _ways(Week.of(today), Month.of(today))


def _ways(week: Week, month: Month) -> tuple[Lien, ...]:
    listing = Lien("Liste", urls.listing_of(Kind.EVENT))
    return (listing, Lien("Semaine", urls.week_of(week)), Lien("Mois", urls.month_of(month)))


FORMAT_NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON"}
"""What each format of ``FORMATS`` is called."""


def linked_feeds(site: Site, page: str, above: str = "") -> tuple[FluxLie, ...]:
    """The feeds of a page (site path), every form of them; without any, the first form of the first
    one of the list ``above``, else of the whole portal."""
    own = site.ways(page).feeds
    if own:
        return tuple(_link(nom, one, own=True) for nom, some in own for one in some)
    feeds = (site.ways(above).feeds if above else ()) or site.ways(urls.HOME).feeds
    return tuple(_link(nom, some[0], own=False) for nom, some in feeds[:1])


def kept_informed(feeds: tuple[FluxLie, ...], *, calendar: bool) -> tuple[Lien, ...]:
    """Where there is nothing: a link to the foot of the page, which says how to be told."""
    ways = ["flux"] * any(one.propre for one in feeds) + ["calendrier"] * calendar
    text = WORDS["courriel"]["prevenu"].format(moyens=", ".join(ways))
    return (Lien(text, "#Suivre"),) if ways else ()


def _link(nom: str, address: Address, *, own: bool) -> FluxLie:
    name = f"{typographie(nom)}, flux {FORMAT_NAMES[address.format]}"
    return FluxLie(name, address.url, address.type, own)


LETTER = Kind.NEWSLETTER.info.rubrique
"""What the letter is called: « La lettre du jeudi »."""

_FIELDS = {"listmonk": "l", "sympa": "list"}
"""Field of the form that names the list, by service."""
_FIXED = {"listmonk": (("nonce", ""),), "sympa": (("action", "subrequest"),)}
"""What else each service expects: Listmonk a field that only robots fill
(https://listmonk.app, « Forms »), Sympa its action (https://www.sympa.community, « wwsympa »)."""


def subscription(site: Site, code: str = REGION) -> Abonnement | None:
    """How one subscribes from the pages of an edition; ``None`` when the site says no way."""
    letter = site.config.lettre
    if Kind.NEWSLETTER.value in site.config.sans:
        return None
    offered = tuple((one.liste, _name(one, site)) for one in letter.editions if one.liste)
    if letter.formulaire:
        edition = letter.edition(code)
        field = _FIELDS[letter.service]
        chosen = edition.liste if edition and edition.liste else offered[0][0]
        return Abonnement(letter.formulaire, field, offered, chosen, _FIXED[letter.service])
    address = site.config.courriel or letter.expediteur
    if not address:
        return None
    ordered = sorted(letter.editions, key=lambda one: one.code != code)
    mails = (_message(address, "Abonnement à", one, site) for one in ordered)
    return Abonnement(courriels=tuple(mails))


def origins_of(abonnement: Abonnement | None) -> tuple[str, ...]:
    """The origin that its form posts to, for the policy of the page that shows it."""
    return form_origins(abonnement.action) if abonnement else ()


def ways_to_leave(site: Site) -> Iterator[Lien]:
    """Where one leaves each edition: a page of Sympa, else a message ready to send."""
    letter = site.config.lettre
    address = site.config.courriel or letter.expediteur
    for one in letter.editions:
        if letter.service == "sympa" and one.liste:
            place = f"{letter.inscription.rstrip('/')}/signoff/{quote(one.liste, safe='')}"
            yield Lien(_name(one, site), place)
        elif letter.service != "sympa" and address:
            yield _message(address, WORDS["courriel"]["quitter"], one, site)


def _message(address: str, verb: str, edition: Edition, site: Site) -> Lien:
    name = _name(edition, site)
    return Lien(name, mailto(address, f"{verb} la lettre : {name}"))


def mailto(to: str, subject: str, body: str = "") -> str:
    """A mailto: address (RFC 6068): lines end with CR LF, everything is escaped."""
    lines = quote(body.replace("\n", "\r\n"), safe="")
    more = f"&body={lines}" if body else ""
    return f"mailto:{quote(to, safe='@')}?subject={quote(subject, safe='')}{more}"


def forwarded(site: Site, url: str, subject: str, to: str, text: str) -> tuple[Lien, ...]:
    """A message to the editors, who hand it on ``to`` whom it is for; needs their address."""
    if not site.config.courriel:
        return ()
    words = WORDS["courriel"]
    page = site.config.absolute(url)
    body = words["suivre"].format(qui=to, texte=text, page=page)
    address = mailto(site.config.courriel, subject, body)
    return (Lien(words["par_la_redaction"], address, words["transmet"]),)


def _name(edition: Edition, site: Site) -> str:
    return edition.nom or site.config.ensemble


class DatedFigure(NamedTuple):
    """A figure of a content, its year when it is known."""

    item: Item
    figure: Chiffre
    annee: int | None


@answer
def class_links(site: Site) -> tuple[Lien, ...]:
    """The link to what a class may book, when there is something."""
    return (Lien(rows("pages")["classes"]["titre"], urls.CLASSES),) if offers(site) else ()


def network_links(site: Site) -> tuple[Lien, ...]:
    """The link to the agenda of several portals, when there is a neighbour."""
    return (Lien(rows("pages")["reseau"]["nom_court"], urls.NETWORK),) if has_network(site) else ()


def trade_links(site: Site) -> tuple[Lien, ...]:
    """The link to what is for those who make the network, if there is something."""
    title = rows("pages")["vie-du-reseau"]["titre"]
    return (Lien(title, urls.TRADE),) if site.trade() else ()


@answer
def has_press(site: Site) -> bool:
    """Whether there is a figure to quote or someone to call."""
    return any(True for _ in figures(site)) or any(True for _ in voices(site))


def figures(site: Site) -> Iterator[DatedFigure]:
    """Figures that are true: those of temps forts, the last edition first, then of places."""
    editions = (
        (edition.annee, item, figure)
        for item in site.of_kind(Kind.TEMPS_FORT)
        for edition in item.of(TempsFort).editions
        for figure in edition.chiffres
        if not item.entry.exemple
    )
    for year, item, figure in sorted(editions, key=lambda one: (-one[0], one[1].ref)):
        yield DatedFigure(item, figure, figure.annee or year)
    for item in site.of_kind(Kind.LIEU):
        if not item.entry.exemple:
            yield from (DatedFigure(item, one, one.annee) for one in item.of(Lieu).chiffres)


def voices(site: Site) -> Iterator[Item]:
    """Authors, then places, that accept to answer journalists."""
    for kind in (Kind.AUTEUR, Kind.LIEU):
        for item in site.of_kind(kind):
            if isinstance(item.entry, Auteur | Lieu) and item.entry.presse:
                yield item
