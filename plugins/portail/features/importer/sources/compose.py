"""From what a reader found to what a file says: only keys and values that the model takes.

The twin of ``js/contribuer-fiche.js``; what the form would have read again is a ``Loss``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from msgspec.structs import replace

from portail.features.importer.sources import places, prose
from portail.features.importer.sources.abroad import POINTS, abroad_of
from portail.features.importer.sources.fitting import Fitting
from portail.features.importer.sources.found import Found, Loss, Record
from portail.features.importer.sources.leftovers import (
    settled_excerpt,
    whole_of,
    with_clean_addresses,
    without_leftovers,
    without_meeting,
    without_secret,
)
from portail.features.importer.sources.markdown import markdown_of
from portail.model.kinds import Kind
from portail.text.excerpts import cut
from portail.text.hints import ages_of, booking_of, correspondances, expression, price_of
from portail.text.leftovers import is_invitation
from portail.text.normalise import name_key

TITLE = 140
SUMMARY = 300
WORD = 60
_TERMS = ("format", "type", "categorie", "publics", "themes")
"""Fields whose terms may be among key words."""
_IMAGE = "image"
_ONE_PICTURE = "une fiche n’a qu’une image"
_DATES = ("debut", "fin", "seances", "horaires", "rrule")


def compose(found: Found, known: places.Known) -> Record:
    """The file of ``found``: its values hold, but for what the source does not say."""
    made = _Made(found, known)
    fitting = Fitting(found.kind, known)
    values = fitting.fitted(made.values())
    found = made.found
    pointed = POINTS if "coordonnees" in values else ()  # the map shows it where its source says
    own = (loss for loss in found.losses if loss.name not in pointed)
    told = [*own, *made.losses, *fitting.losses]
    losses = tuple(dict.fromkeys(map(without_secret, told)))
    named = found.row, found.kind, found.namespace, found.identifier
    return Record(*named, values, made.body, losses, found.doubts, made.picture)


class _Made:
    def __init__(self, found: Found, known: places.Known) -> None:
        self.losses: list[Loss] = []
        self.markup, plain = self._texts(found)
        self.invitation = is_invitation(whole_of(found)) or is_invitation(plain)
        self.plain = self._cut(settled_excerpt(with_clean_addresses(plain)))
        found = without_meeting(found) if self.invitation else found
        self.found = replace(
            found,
            titre=self._cut(prose.clear(found.titre)),
            resume=prose.line(self._cut(settled_excerpt(prose.clear_lines(found.resume)))),
            conditions=self._cut(found.conditions),
        )
        self.known = known
        self.fields: Mapping[str, Any] = known.schema(found.kind)["properties"]
        self.titre = self.found.titre
        self.picture = found.picture
        said = (self.titre, self.found.resume, self.plain, self.found.conditions)
        self.told = "\n".join(filter(None, said))
        self.resume = self.body = ""

    def values(self) -> dict[str, Any]:
        """Keys of the model, not yet within its limits."""
        found = self.found
        values = self._texts_of_file() | self._dates() | self._terms() | self._place()
        if "tarif" in self.fields:
            values["tarif"] = found.tarif or price_of(self.told)
        if "age" in self.fields:
            values["age"] = _filled(found.age) or ages_of(self.told)
        if "inscription" in self.fields:
            values["inscription"] = self._booking()
        values |= self._people()
        values |= {"accessibilite": found.accessibilite, "jauge": found.jauge}
        values["etat"] = "" if found.etat == "programme" else found.etat
        values |= self._origin()
        return {**found.others, **{key: one for key, one in values.items() if one}}

    def _texts(self, found: Found) -> tuple[str, str]:
        """The text of the source, bounded, as it is written and without markup."""
        raw = found.html or found.texte or found.markdown
        if len(raw) > prose.LONG:
            self._lose("texte", "", "il est très long : seul son début est repris")
            raw = raw[: prose.LONG]
        return raw, prose.text_of(raw) if found.html else prose.clean(raw).strip()

    def _cut(self, text: str) -> str:
        """``text`` without what opens a meeting, nor what its site adds."""
        kept, losses = without_leftovers(text, invitation=self.invitation)
        self.losses += losses
        return kept

    def _texts_of_file(self) -> dict[str, Any]:
        resume = self.found.resume
        for name, text, most in (("titre", self.titre, TITLE), ("résumé", resume, SUMMARY)):
            if len(text) > most:
                reason = f"trop long : coupé à {most} signes"
                self._lose(name, cut(text, WORD), reason, kept=True)
        self.resume = cut(resume, SUMMARY) if resume else prose.summary_of(self.plain)
        whole = self.resume == prose.line(self.plain)
        body = self._markdown()
        if not whole or self.known.schema(self.found.kind).get("x-texte"):
            self.body = body
        return {"titre": cut(self.titre, TITLE), "resume": self.resume}

    def _markdown(self) -> str:
        if self.found.texte and not self.found.html:
            return prose.from_plain(self.plain)
        markup = self.markup if self.found.html else prose.html_of(self.plain)
        text = markdown_of(markup, self.found.url)
        self.losses += text.losses
        self.picture = self.picture or next(iter(text.pictures), None)
        if not any(one.name == _IMAGE for one in self.found.losses):
            others = (one for one in text.pictures if one.source != self._shown())
            self.losses += [Loss(_IMAGE, one.source, _ONE_PICTURE) for one in others]
        return self._cut(text.markdown)

    def _shown(self) -> str:
        return self.picture.source if self.picture else ""

    def _dates(self) -> dict[str, Any]:
        """When: of too many sessions, those to come, else the first ones."""
        dates = dict(self.found.quand)
        sessions = [*dates.get("seances", ())]
        most = self.fields.get("seances", {}).get("maxItems", 0)
        if len(sessions) > most:
            day = self.known.day.isoformat()
            coming = [one for one in sessions if one.get("fin", one.get("debut", "")) >= day]
            dates["seances"] = (coming or sessions)[:most]
            self._lose("séances", str(len(sessions)), f"seules {most} sont reprises")
        if len(sessions) == 1 and not sessions[0].keys() - {"debut", "fin"}:
            return dict(sessions[0])
        return dates

    def _terms(self) -> dict[str, Any]:
        """Key words that are terms of a vocabulary go there; a text may say its format plainly."""
        found = self.found
        values = dict[str, Any]()
        told = (prose.clear(one).removeprefix("#") for one in found.mots)
        words = [*dict.fromkeys(filter(None, told))]
        for name in (one for one in _TERMS if one in self.fields):
            terms = self.known.terms(found.kind, name)
            codes = [*found.formats] if name == "format" else []
            codes += [terms[key] for one in words if (key := name_key(one)) in terms]
            words = [one for one in words if name_key(one) not in terms]
            if name == "format" and not codes:
                codes = [*_format_in_text(self.titre, self.resume, terms)]
            several = self.fields[name].get("type") == "array"
            values[name] = [*dict.fromkeys(codes)] if several else next(iter(codes), "")
        values["mots_cles"] = [one for one in words if len(one) <= WORD]
        for one in words:
            if len(one) > WORD:
                self._lose("mots-clés", cut(one, WORD), f"plus de {WORD} signes")
        return values

    def _place(self) -> dict[str, Any]:
        """The lieu of the directory, else an address in a commune, else the commune alone."""
        found = self.found
        values = dict[str, Any]()
        if found.en_ligne:
            values["en_ligne"] = prose.link(found.en_ligne) or found.en_ligne
        if "adresse" in self.fields and (abroad := abroad_of(found, self.known)):
            return {**values, **abroad}
        parts, maybe, left = places.address_in(found)
        self.losses += left
        if not {"nom", "rue", "commune"} & parts.keys():
            return values
        address = places.situated(parts, maybe, self.known)
        lieu = places.lieu_of(address, self.known) if "lieu" in self.fields else None
        room = address.pop("salle", "")
        if lieu:
            rooms = (room, places.tail(address.get("nom", ""), lieu))
            return {**values, "lieu": lieu.slug, "salle": ", ".join(filter(None, rooms))}
        written = address.get("commune", "")
        postcode = address.get("code_postal", "")
        commune = places.commune_of(written, postcode, self.known)
        if commune is None:
            said = ", ".join(filter(None, (*address.values(), room)))
            self._lose("adresse", said, "la commune n’est pas reconnue")
            return values
        if "adresse" in self.fields:
            called = address.get("nom", "")
            own = {"nom": "" if called == self.titre else called, "commune": commune[0]}
            return {**values, "adresse": {**address, **own}, "salle": room}
        if said := ", ".join(filter(None, (address.get("nom"), room, address.get("rue")))):
            self._lose("adresse", said, "seule la commune est reprise")
        return {**values, "commune": commune[0]}

    def _booking(self) -> dict[str, str]:
        """Whether and how to book; a page that tells it stands for an address that is not told."""
        told = booking_of(self.told)
        own = _filled(self.found.inscription)
        read = {**told, **own}
        ways = {name: read.get(name, "") for name in ("url", "courriel", "telephone")}
        ways = _filled({**ways, "url": prose.link(ways["url"])})
        regime = read.get("regime", "")
        if not regime and not ways:
            return {}
        if not regime:
            reason = "la source ne dit pas si elle est obligatoire : conseillée"
            self._lose("inscription", "", reason, kept=True)
        if regime == "aucune":
            return {"regime": regime}
        if regime == "obligatoire" and not ways:
            ways = _filled({"url": prose.link(self.found.url)})
        return {"regime": regime or "conseillee", **ways}

    def _people(self) -> dict[str, Any]:
        """Who organises it, or who says it where no field is for those who organise."""
        names, losses = places.organisers(self.found, self.known)
        self.losses += losses
        signed = self.found.others.get("auteurs", ())
        values: dict[str, Any] = {"auteurs": [*places.names_of(_listed(signed), self.known)]}
        if "organisateurs" in self.fields:
            values["organisateurs"] = names
        elif self.found.kind is Kind.ARTICLE:
            host = urlsplit(self.found.url).hostname or ""
            values["auteurs"] = values["auteurs"] or names or _listed(host.removeprefix("www."))
        return values

    def _origin(self) -> dict[str, Any]:
        """Where it comes from, and since when it is told."""
        found = self.found
        day = self.known.day
        told = _day(found.publie_le)
        first = told if told and told <= day else day
        if found.publie_le and first != told:
            reason = "ce n’est pas un jour passé : celui de l’import"
            self._lose("publié le", found.publie_le, reason)
        values: dict[str, Any] = {"publie_le": first.isoformat()}
        changed = _day(found.modifie)
        if changed and first < changed <= day:
            values["modifie"] = changed.isoformat()
        if found.langue and found.langue != "fr":
            values["langue"] = found.langue
        if found.identifier:
            values["ids_externes"] = {found.namespace: found.identifier}
        source = prose.link(found.url)
        if source and (former := self._former(source)):
            values["anciennes_urls"] = [former]
        elif source:
            rows = _listed(found.others.get("references", ()))
            values["references"] = [*rows, {"titre": self.titre or source, "url": source}]
        return values

    def _former(self, source: str) -> str:
        """The path of a page of this portal's own address; "" for one that is elsewhere."""
        parts = urlsplit(source)
        own = urlsplit(self.known.siteurl)
        inside = parts.path.startswith(f"{own.path}/") and not parts.query
        if parts.netloc != own.netloc or not inside:
            return ""
        return parts.path.removeprefix(own.path)

    def _lose(self, name: str, value: str, reason: str, *, kept: bool = False) -> None:
        self.losses.append(Loss(name, value, reason, kept))


def _format_in_text(titre: str, resume: str, terms: Mapping[str, str]) -> Iterator[str]:
    """The format that a title begins with, that it alone names, or that a summary begins with."""
    title = name_key(titre).split(" ")
    if begun := _begins(title, terms):
        yield begun
        return
    longest = max((key.count(" ") for key in terms), default=0) + 1
    inside = {
        terms[key]
        for start in range(len(title))
        for end in range(start + 1, min(len(title), start + longest) + 1)
        if (key := " ".join(title[start:end])) in terms
    }
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
    heads = (" ".join(words[:count]) for count in range(min(len(words), 5), 0, -1))
    return next((terms[one] for one in heads if one in terms), "")


def _filled(values: Mapping[str, str]) -> dict[str, str]:
    return {key: one for key, one in values.items() if one}


def _listed(value: Any) -> list[Any]:
    return [*value] if isinstance(value, list | tuple) else [value] if value else []


def _day(text: str) -> date | None:
    with suppress(ValueError):
        if found := re.match(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(found[0])
    return None
