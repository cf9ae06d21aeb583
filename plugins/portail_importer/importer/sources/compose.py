"""From an item of a source to a content, field by field, with keys and values that the model takes.

What the source says in other words or in its text alone (a price, an age, a state, a format) is
read out of them. The twin of ``js/contribuer-fiche.js``: where the form asks its user to check
something, this tells a ``Loss``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace

from portail.features.services.coordonnees.contacts import is_person
from portail.features.services.oublis.leftovers import is_invitation
from portail.geo.places import Commune
from portail.model.kinds import Kind
from portail.model.states import begun, safest, settled
from portail.site.coordinates import misplaced
from portail.text.hints import ages_of, booking_of, correspondances, expression, price_of
from portail.text.normalise import name_key, slugify
from portail.text.typography import capital
from portail_importer.importer.public import state_of

from ..kinds import MEETING, TEXT
from . import places, prose
from .addresses import below
from .fitting import Fitting
from .items import POINT, Loss, Picture, SourceItem
from .leftovers import (
    settled_excerpt,
    whole_of,
    with_clean_addresses,
    without_leftovers,
    without_meeting,
    without_secret,
)
from .moments import coming, day_in, whole_days
from .pictures import with_legend
from .rights import RESERVED, licence_in
from .writing import markdown_of

# Fields whose terms a source may give among its key words.
_TERMS = ("format", "type", "categorie", "publics", "themes")
_POSTPONED = "reporte"
_LINKS = re.compile(r"href=[\"'](https?://[^\"'<>]+)[^<>]*>([^<]*)", re.IGNORECASE)
# Programs write this age, or more, for no upper limit.
_NO_LIMIT = 99
# No text of the Web is older: programs write 1970 for a day that they do not know.
_FIRST_YEAR = 1990


class Record(NamedTuple):
    """One content as its file would say it: ``values`` has keys of the model, in order, and texts
    for all scalars. ``identifier`` is that of the source."""

    kind: Kind
    identifier: str
    values: Mapping[str, Any]
    body: str
    # What was cut or guessed, to be told; what somebody must check before it is published.
    losses: tuple[Loss, ...]
    doubts: tuple[Loss, ...]
    picture: Picture | None


def compose(item: SourceItem, portal: places.Portal) -> Record:
    """The record of ``item``: each value is valid, but what the source does not say is missing,
    even if it is required."""
    draft = _Draft(item, portal)
    fitting = Fitting(item.kind, portal)
    values = fitting.fitted(draft.values())
    item = draft.item
    found = [*item.losses, *draft.losses, *fitting.losses]
    told = "coordonnees" in values or any(loss.name == POINT for loss in found)
    if not told and all(item.point):  # for whoever completes the address
        found.append(Loss(POINT, " ; ".join(item.point)))
    losses = tuple(dict.fromkeys(map(without_secret, found)))
    doubts = (*item.doubts, *draft.doubts, *fitting.doubts)
    return Record(
        item.kind,
        item.identifier,
        values,
        body=draft.body,
        losses=losses,
        doubts=doubts,
        picture=draft.picture,
    )


class _Draft:
    # An item cleaned (``item``, ``plain``), then its values. ``values`` is called once: it also
    # sets ``resume``, ``body`` and ``picture``, and adds to ``losses``.
    def __init__(self, item: SourceItem, portal: places.Portal) -> None:
        self.losses: list[Loss] = []
        self.doubts: list[Loss] = []
        self.markup, plain = self._markup_and_plain(item)
        self.invitation = is_invitation(whole_of(item)) or is_invitation(plain)
        self.plain = self._cut(settled_excerpt(with_clean_addresses(plain)))
        if self.invitation:
            item = without_meeting(item)
        self.item = replace(
            item,
            titre=self._cut(prose.clear(item.titre)),
            resume=prose.line(self._cut(settled_excerpt(prose.clear_lines(item.resume)))),
            conditions=self._cut(item.conditions),
        )
        self.portal = portal
        self.fields: Mapping[str, Any] = portal.schema(item.kind)["properties"]
        if "etat" in self.fields:
            self._state()
        self.titre = self.item.titre
        self.picture = item.picture
        texts = (self.titre, self.item.resume, self.plain, self.item.conditions)
        self.all_text = "\n".join(filter(None, texts))
        self.resume = self.body = ""

    def values(self) -> dict[str, Any]:
        item = self.item
        values = self._title_and_summary() | self._dates() | self._terms() | self._place()
        if "tarif" in self.fields:
            values["tarif"] = item.tarif or self._price()
        if "age" in self.fields:
            values["age"] = _aged(item.age) or ages_of(self.all_text)
        if "inscription" in self.fields:
            values["inscription"] = self._booking()
        values |= self._people()
        values |= {"accessibilite": item.accessibilite, "jauge": item.jauge}
        values["etat"] = "" if item.etat == "programme" else item.etat
        if item.etat == _POSTPONED:  # the day that its source gives is the former one
            values["ancien_debut"] = values.get("debut", "")
        values |= self._origin()
        return {**item.extra, **prose.filled(values)}

    def _state(self) -> None:
        # Takes the state out of the title. Where title, key words and text disagree, the safest one
        # is kept (« annulé » rather than « complet »), and that is told.
        item = self.item
        states = self.portal.reading.vocabularies["etats"]
        words = (*(fact.value for fact in item.said if fact.sort == "tenue"), *item.mots)
        codes = (state_of(word) or "" for word in words)
        texts = (self.plain, item.resume, item.conditions)
        own = safest(item.etat, *codes, *(begun(it, states) for it in texts)) or item.etat
        titre, etat, contrary = settled(item.titre, own, states, placed=bool(item.adresse))
        if contrary:
            self._lose("titre", contrary, f"l’état retenu est « {etat} »")
        if "reporté" in titre and not etat:
            why = "écrivez « etat: reporte », ou sa nouvelle date"
            self.doubts.append(Loss("titre", titre, why))
        self.doubts += prose.doubtful(titre, "\n".join(texts), goes_on=etat in ("", "programme"))
        self.item = replace(item, titre=titre, etat=etat)

    def _markup_and_plain(self, item: SourceItem) -> tuple[str, str]:
        # The text as its source has it, and plain, without a line that is its own address.
        raw = item.html or item.texte or item.markdown
        if len(raw) > prose.LONG:
            self._lose("texte", "", "il est très long : seul son début est repris")
            raw = raw[: prose.LONG]
        plain = prose.text_of(raw) if item.html else prose.clean(raw).strip()
        lines = (line for line in plain.split("\n") if line.strip() != item.url or not item.url)
        return raw, "\n".join(lines).strip()

    def _cut(self, text: str) -> str:
        # Without what would open a meeting on line, or what a site adds to its texts.
        rest, losses = without_leftovers(text, invitation=self.invitation)
        self.losses += losses
        return rest

    def _title_and_summary(self) -> dict[str, Any]:
        resume = self.item.resume
        titre = prose.shortened("titre", self.titre, prose.TITLE, self.losses)
        self.resume = prose.shortened("résumé", resume, prose.SUMMARY, self.losses)
        self.resume = self.resume or prose.summary_of(self.plain)
        body = self._markdown()
        # A text that the summary says whole is not said twice, unless its kind requires one.
        is_said = self.resume == prose.line(self.plain)
        if not is_said or self.portal.schema(self.item.kind).get("x-texte"):
            self.body = body
        return {"titre": titre, "resume": self.resume}

    def _markdown(self) -> str:
        if self.item.texte and not self.item.html:
            return prose.from_plain(self.plain)
        markup = self.markup if self.item.html else prose.html_of(self.plain)
        text = markdown_of(markup, self.item.url)
        self.losses += text.losses
        self.picture = with_legend(self.picture, text.pictures)
        return self._cut(text.markdown)

    def _dates(self) -> dict[str, Any]:
        dates = dict(self.item.quand)
        if "debut" in dates and "rrule" not in dates and "note" in whole_days(dates):
            dates = {"seances": [dates]}
        sessions = [*map(whole_days, dates.get("seances", ()))]
        if len(sessions) == 1 and (note := sessions[0].pop("note", "")):
            self.body = f"{self.body}\n\n{capital(note)}.".strip()
        if sessions:
            dates["seances"] = sessions
        most = self.fields.get("seances", {}).get("maxItems", 0)
        if len(sessions) > most:
            dates["seances"] = coming(sessions, self.portal.day)[:most]
            self._lose("séances", str(len(sessions)), f"seules {most} sont reprises")
        if len(sessions) == 1 and not sessions[0].keys() - {"debut", "fin"}:
            return dict(sessions[0])
        return dates

    def _terms(self) -> dict[str, Any]:
        # Key words that are terms of a field go to that field, the others stay key words; a format
        # may also be plain in the title or the summary.
        item = self.item
        values = dict[str, Any]()
        cleared = (prose.clear(word).removeprefix("#") for word in item.mots)
        words = [*prose.once(cleared)]
        for name in (field for field in _TERMS if field in self.fields):
            terms = self.portal.terms(item.kind, name)
            codes = [*item.formats] if name == "format" else []
            codes += [terms[key] for word in words if (key := name_key(word)) in terms]
            words = [word for word in words if name_key(word) not in terms]
            if name == "format" and not codes:
                codes = [*_format_in_text(self.titre, self.resume, terms)]
            several = self.fields[name].get("type") == "array"
            values[name] = [*dict.fromkeys(codes)] if several else next(iter(codes), "")
        values["mots_cles"] = prose.short_words(words)
        return values

    def _place(self) -> dict[str, Any]:
        # An address abroad; else the lieu of the directory; else the address in its commune.
        item = self.item
        values = dict[str, Any]()
        if item.en_ligne:
            values["en_ligne"] = prose.link(item.en_ligne) or item.en_ligne
        if "adresse" in self.fields and (abroad := places.abroad_of(item, self.portal)):
            return {**values, **abroad}
        parts, maybe, left = places.address_in(item)
        self.losses += left
        pointed = places.town_at(places.point_of(item), self.portal)
        if not (pointed or maybe or {"nom", "rue", "commune"} & parts.keys()):
            return values
        address = places.situated(parts, maybe, self.portal)
        lieu = None
        if "lieu" in self.fields:
            lieu = places.lieu_of(address, self.portal)
        room = address.pop("salle", "")
        if lieu:
            street = address.get("rue", "")
            if not set(name_key(street).split()) <= set(lieu.rue.split()):
                self._lose("adresse", street, "la fiche du lieu dit où il est")
            room = prose.in_a_row(room, places.tail(address.get("nom", ""), lieu))
            return {**values, "lieu": lieu.slug, "salle": room}
        return {**values, **self._in_commune(address, room, pointed)}

    def _in_commune(self, address: dict[str, str], room: str, pointed: str) -> dict[str, Any]:
        # An address, or its commune alone where the kind has no address; the commune is the one
        # written, else the one that the coordinates are in (``pointed``).
        written = address.get("commune", "")
        postcode = address.get("code_postal", "")
        commune = places.commune_of(written, postcode, self.portal)
        commune = commune or places.commune_of(pointed, "", self.portal)
        if commune is None:
            text = prose.in_a_row(*address.values(), room)
            self._lose("adresse", text, "la commune n’est pas reconnue")
            return {}
        if postcode and self.portal.geography.is_elsewhere(postcode, commune[1].code):
            reason = f"ce n’est pas celui de {commune[1].nom} : vérifiez la commune"
            self._lose("code postal", address.pop("code_postal"), reason)
        if "adresse" in self.fields:
            called = address.get("nom", "")
            own = {"nom": "" if called == self.titre else called, "commune": commune[0]}
            placed = self._placed(commune[1])
            return {"adresse": {**address, **own}, "salle": room, "coordonnees": placed}
        if text := prose.in_a_row(address.get("nom"), room, address.get("rue")):
            self._lose("adresse", text, "seule la commune est reprise")
        return {"commune": commune[0]}

    def _placed(self, commune: Commune) -> dict[str, str]:
        # The coordinates that a source gives, if they are in their commune.
        point = places.point_of(self.item)
        try:
            lat, lon = (round(float(it), 5) for it in point)
        except ValueError:
            return {}
        if misplaced((lat, lon), commune):
            self._lose(POINT, " ; ".join(point), f"elle n’est pas à {commune.nom} : laissée")
            return {}
        return {"lat": f"{lat}", "lon": f"{lon}"}

    def _price(self) -> dict[str, str]:
        # The price that the text says; only its conditions where it says several.
        price = price_of(self.all_text)
        if price and not {"prix", "gratuit"} & price.keys():
            reason = "le prix n’est pas sûr\u00a0: seules ses conditions sont reprises"
            self._lose("tarif", price["conditions"], reason)
        return price

    def _booking(self) -> dict[str, str]:
        # Whether one has to book, and how: where nothing says how, by the link of the text that
        # speaks of booking, else by the page of the item.
        read = booking_of(self.all_text) | prose.filled(self.item.inscription)
        regime = read.pop("regime", "")
        ways = prose.filled({**read, "url": prose.link(read.get("url"))})
        if not regime and not ways:
            return {}
        if regime == "aucune":
            return {"regime": regime}
        if regime == "obligatoire" and not ways:
            linked = (url for url, words in _LINKS.findall(self.markup) if booking_of(words))
            urls = filter(None, map(prose.link, (*linked, self.item.url)))
            ways = prose.filled({"url": next(urls, "")})
        if regime == "obligatoire" and not ways:
            self._lose("inscription", "", "obligatoire, et rien ne dit comment : dites-le")
            return {}
        return {"regime": regime or "possible", **ways}

    def _people(self) -> dict[str, Any]:
        # Who organises it; a text, which has no field for that, is signed by them.
        names = places.organisers(self.item, self.portal)
        values: dict[str, Any] = {"auteurs": [*self._signed()]}
        if "organisateurs" in self.fields:
            values["organisateurs"] = names
        elif self.item.kind is TEXT:
            values["auteurs"] = values["auteurs"] or names
        return values

    def _signed(self) -> Iterator[str]:
        # Authors: structures, and people who have a page; nobody else agreed to be named.
        for name in places.names_of(prose.listed(self.item.extra.get("auteurs", ())), self.portal):
            if f"{Kind.AUTEUR.value}/{slugify(name)}" in self.portal.refs:
                yield slugify(name)
            elif is_person(name) and not below(self.item.url, self.portal.siteurl):
                self._lose("auteurs", name, "c’est une personne : elle n’a pas de fiche")
            else:
                yield name

    def _origin(self) -> dict[str, Any]:
        # When and where it was published first, under which identifier.
        item = self.item
        day = self.portal.day
        published = day_in(item.publie_le)
        if published and published.year < _FIRST_YEAR:
            published = None
        first = published or day
        needed = (
            item.kind is not MEETING and "publie_le" in self.portal.schema(item.kind)["required"]
        )
        values = dict[str, Any]()
        if published or not needed:  # a text must not look new because its day is unknown
            values["publie_le"] = first.isoformat()
        changed = day_in(item.modifie)
        if changed and first < changed <= day:
            values["modifie"] = changed.isoformat()
        if licence := licence_in(item.droits, self.portal.reading.vocabularies["licences"]):
            values["licence"] = licence
            if licence == RESERVED:
                self._lose("droits", prose.in_a_row(*item.droits), "ce texte est réservé")
        if item.langue and item.langue != "fr":
            values["langue"] = item.langue
        if item.identifier:
            values["ids_externes"] = {item.namespace: item.identifier}
        source = prose.link(item.url)
        former = below(source, self.portal.siteurl) if source else None
        if former and "?" not in source:
            values["anciennes_urls"] = [former]
        elif source and not former and "anciennes_urls" not in item.extra:
            rows = prose.listed(item.extra.get("references", ()))
            values["references"] = [{"titre": self.titre or source, "url": source}, *rows]
        return values

    def _lose(self, name: str, value: str, reason: str) -> None:
        self.losses.append(Loss(name, value, reason))


def _aged(age: Mapping[str, str]) -> dict[str, str]:
    # Ages without an upper limit that is none.
    most = age.get("max", "")
    unbound = most.isdecimal() and int(most) >= _NO_LIMIT
    return prose.filled({**age, "max": "" if unbound else most})


def _format_in_text(titre: str, resume: str, terms: Mapping[str, str]) -> Iterator[str]:
    # The format that the title begins with; else the only one named in it; else the one that the
    # summary begins with, after an article. ``terms`` maps names to codes.
    title = name_key(titre).split(" ")
    if begun := _begins(title, terms):
        yield begun
        return
    longest = max((key.count(" ") for key in terms), default=0) + 1
    inside: set[str] = set()
    for start in range(len(title)):
        for end in range(start + 1, min(len(title), start + longest) + 1):
            key = " ".join(title[start:end])
            if key in terms:
                inside.add(terms[key])
    if len(inside) == 1:
        yield from inside
        return
    words = name_key(resume).split(" ")
    articles = expression(correspondances().articles)
    while words and articles.search(words[0]):
        words.pop(0)
    if begun := _begins(words, terms):
        yield begun


def _begins(words: list[str], terms: Mapping[str, str]) -> str:
    # The code of the longest term that begins these words, ``""`` for none.
    heads = (" ".join(words[:count]) for count in range(min(len(words), 5), 0, -1))
    return next((terms[head] for head in heads if head in terms), "")
