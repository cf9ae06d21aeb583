"""What whoever reads a proposal has to look at (A522): likely slips and doubts, which no rule can
refuse. They judge what the proposal changes, and nothing else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import PurePosixPath
from urllib.parse import parse_qs

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.files import bytes_in
from portail.model.event import Event
from portail.model.faults import private_contacts
from portail.model.kinds import Kind
from portail.site.draft import position_of
from portail.site.item import Item
from portail.site.lookalikes import twins
from portail.site.rules.references import near, title_words
from portail.site.site import Site
from portail.text.addresses import address_parts
from portail.text.dates import jour
from portail.text.normalise import slugify

from .agreement import Remark, Text, disagreements
from .faults import Change

REMARK = "A522"
TO_DO = "A523"
_TWIN = "A513"
# Codes of what is to be done before anything is published, then of what is for the reader of a
# proposal to decide; other advice is for its author.
DONE_FIRST = frozenset({TO_DO, "A338", "A339"})
LOOKED = frozenset({REMARK, _TWIN})


def remarks(changes: Iterable[Change], before: Site, after: Site) -> Iterator[Diagnostic]:
    """What to look at in each text that a proposal writes, but for what was so already."""
    former = Contents(before)
    now = Contents(after)
    changes = [*changes]
    yield from _twins(changes, now)
    for change in changes:
        item = now.by_path.get(change.path)
        if item is None or not change.document or change.sorte in ("retire", "touche"):
            continue
        was = None
        if change.avant:
            was = former.by_path.get(change.avant.path)
        data = bytes_in(change.document.file) or b""
        old = bytes_in(change.avant.file) or b"" if change.avant else b""
        known = {_key(remark) for remark in former.remarks(was, old)} if was else set()
        for remark in now.remarks(item, data):
            if _key(remark) not in known:
                place = position_of(change.path, data, tuple(remark.champ.split(".")))
                if remark.ligne:
                    place = Position(change.path, remark.ligne)
                code = TO_DO if remark.faire else REMARK
                yield diagnostic(code, place, raison=remark.raison, remede=remark.remede)
        if was and isinstance(was.entry, Event):
            yield from _hosts(change.path, old, data)


def _twins(changes: Sequence[Change], now: Contents) -> Iterator[Diagnostic]:
    # Twins that the check tells on the file which the proposal does not change.
    paths = {change.path for change in changes}
    for fault in now.site.report:
        content = now.by_path.get(fault.position.path)
        if fault.code == _TWIN and content and fault.position.path not in paths:
            for path in sorted(paths):
                if f"({path})" in fault.message:
                    raison = f"« {content.name} » lui ressemble ({content.entry.source})"
                    remedy = "Si c’est le même rendez-vous, corrigez la fiche qui existe."
                    yield diagnostic(REMARK, Position(path), raison=raison, remede=remedy)


def _key(remark: Remark) -> str:
    return re.sub(r"ligne [0-9]+", "", remark.raison)


_HOST = re.compile(rb"https?://([^/?#\s\"'<>)]+)")


def _hosts(path: PurePosixPath, old: bytes, data: bytes) -> Iterator[Diagnostic]:
    # Sites that a change of a published event brings.
    before = {*_HOST.findall(old)}
    for match in _HOST.finditer(data):
        if match[1] not in before:
            before.add(match[1])
            raison = f"Cet événement déjà publié mène maintenant à {match[1].decode()}"
            place = Position(path, data.count(b"\n", 0, match.start()) + 1)
            remedy = "Ouvrez cette adresse : est-ce bien l’organisateur ?"
            yield diagnostic(REMARK, place, raison=raison, remede=remedy)


class Contents:
    """The contents of one side, by their file, and their likely doubles."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.by_path = {item.entry.source: item for item in site.items.values()}
        self._doubles: Mapping[str, list[Item]] | None = None

    def remarks(self, item: Item, data: bytes, day: date | None = None) -> Iterator[Remark]:
        """All that there is to look at in one, whose file has ``data``, on ``day``, else that of
        the site."""
        yield from disagreements(Text(item, self.site, data))
        if isinstance(item.entry, Event):
            yield from _place(item, item.entry, self.site)
        yield from _past(item, day or self.site.day.date)
        yield from self._known(item)
        yield from _picture(item)
        yield from _contacts(item)
        yield from _links(item, self.site)

    def _known(self, item: Item) -> Iterator[Remark]:
        if self._doubles is None:
            self._doubles = defaultdict(list)
            for first, second in twins(self.site):
                self._doubles[first.ref].append(second)
                self._doubles[second.ref].append(first)
        for double in self._doubles.get(item.ref, ()):
            yield Remark(
                "titre",
                f"« {double.name} » est déjà dans le portail ({double.entry.source})",
                "Si c’est la même chose, corrigez la fiche qui existe.",
            )


def _place(item: Item, event: Event, site: Site) -> Iterator[Remark]:
    address = event.adresse
    if event.lieu or not address or not address.nom or not item.commune:
        return
    words = title_words(address.nom)
    for place in site.of_kind(Kind.LIEU):
        same_town = place.commune and place.commune.code == item.commune.code
        if same_town and near(words, title_words(place.name)):
            raison = f"« {place.name} » est dans l’annuaire"
            yield Remark("adresse", raison, f"Écrivez à sa place : lieu: {place.entry.slug}")


def _past(item: Item, today: date) -> Iterator[Remark]:
    # What is over on the day when it is proposed; an event that tells how it was may be.
    entry = item.entry
    last = item.last_day
    if not (isinstance(entry, Event) or entry.ends) or last is None or last >= today:
        return
    if not isinstance(entry, Event) or not entry.retour or not entry.retour.dit:
        raison = f"C’est passé depuis le {jour(last)}"
        yield Remark("titre", raison, "Vérifiez l’année.")


# Words of a credit that names where a picture was found, and not of whom it is.
_BANKS = frozenset(
    "adobestock alamy depositphotos dreamstime facebook fotolia freepik gettyimages google "
    "instagram internet istock istockphoto pinterest shutterstock tiktok web".split()
)


def _picture(item: Item) -> Iterator[Remark]:
    image = item.entry.image
    if image is None:
        return
    if not _BANKS.isdisjoint(slugify(image.credit).split("-")):
        raison = f"« {image.credit} » dit où l’image a été trouvée, non de qui elle est"
        yield Remark("image", raison, "Demandez l’accord de son auteur, ou une autre image.")
    if image.licence is None:
        remedy = "Demandez à son auteur qui peut la reprendre, et écrivez « licence »."
        yield Remark("image", "L’image n’a pas de licence", remedy)


_CONTACTS = ("inscription", "contact")


def _contacts(item: Item) -> Iterator[Remark]:
    # The telephone or the mailbox of a person, where there is no other way.
    fields = vars(item.entry)
    for name in _CONTACTS:
        group = fields.get(name)
        if group is None or group.url:
            continue
        contacts = [text for text in (group.courriel, group.telephone) if text]
        if contacts and all(any(private_contacts(text)) for text in contacts):
            raison = f"On ne joint que « {contacts[0]} », qui paraît d’une personne"
            yield Remark(name, raison, "Vérifiez qu’elle est d’accord pour être publiée.")


_PAID = frozenset("aff affid affiliate ref".split())
_GAMES = frozenset("casino casinos cialis forex poker pronostics viagra".split())


def _links(item: Item, site: Site) -> Iterator[Remark]:
    # An address that pays whoever brings visitors, or is of games of chance, on a site that no
    # other content cites.
    entry = item.entry
    words = {*slugify(f"{entry.titre} {entry.resume}").split("-")}
    for url in item.facts.external:
        parts = address_parts(url)
        host = parts.hostname or ""
        odd = _PAID & parse_qs(parts.query).keys() or _GAMES & {*slugify(url).split("-"), *words}
        if odd and not any(
            host in address
            for address in chain.from_iterable(
                other.facts.external for other in site.items.values() if other.ref != item.ref
            )
        ):
            raison = f"Le lien vers {host} ressemble à une publicité"
            yield Remark("titre", raison, "Ouvrez-le, et retirez-le s’il n’apprend rien.")
            return
