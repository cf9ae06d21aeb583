"""Rows of a spreadsheet whose cells share fields: what an event or a lieu comes to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias

from msgspec import Struct, field

from portail.features.services.coordonnees.contacts import is_person
from portail.model.faults import Fault, phrase
from portail.model.kinds import Kind, place_ref
from portail.model.states import SAFEST, safest, settled
from portail.model.vocabulary import Vocabulary
from portail.text.addresses import address_parts, is_address
from portail.text.excerpts import excerpt
from portail.text.hints import ages_of, booking_of, expressions, flat, price_of
from portail.text.normalise import fold, name_key
from portail.text.suggest import nearest
from portail_importer.importer.public import Fate, publication, said_in
from portail_importer.tableurs.columns import BODY, IDENTIFIER

from ..base import Base
from ..when import YEARLESS
from ..where import holds_postcode, where_of
from .addresses import clean_address
from .items import Loss
from .moments import COLUMNS, Unclear, when_of, whole
from .prose import (
    SUMMARY,
    TITLE,
    in_a_row,
    line,
    listed,
    shortened,
    summary_of,
    text_of,
    unescaped,
)
from .writing import markdown_of

# What a row says, by column, then by field: texts, lists of texts, lists of mappings.
Values: TypeAlias = dict[str, Any]

_CONDITIONS = 255
_WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# Addresses of mail and of the web, telephones.
_WAYS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\+?\d[\d .()-]{5,}", re.IGNORECASE)
_TAG = re.compile(r"<(?:p|br|div|span|[ou]l|strong|em|[abi]|h[1-6])\b[^<>]*>", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?")
_MOST = re.compile(r"(?:jusqu'a|maximum|max\.?)\s+(\d{1,2})\s*ans|moins de\s+(\d{1,2})\s*ans")
_PLAIN_AGE = re.compile(
    r"(\d{1,2})\s*(?:-|a|/|et)\s*(\d{1,2})(?:\s*ans)?|(\d{1,3})\s*ans?"
    r"|(?:des|a partir de|\+(?: de)?)?\s*(\d{1,2})\s*\+?"
)
_PRICED = re.compile(r"[\d.,\s€/;:()-]|euros?|eur|tarifs?|plein|normal|reduit|gratuit|entree|libre")
_ANYBODY = frozenset({"", "enfant", "enfants", "age", "ages", "public"})
# What people write in a column of yes and no.
TICKS = {"x": "oui", "✓": "oui", "✔": "oui", "ok": "oui", "vrai": "oui", "faux": "non"}


class Composed(Struct):
    """What a row comes to: values by field, faults and their columns."""

    values: Values
    base: Base
    faults: list[tuple[Fault, str]] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)

    def text(self, name: str) -> str:
        return str(self.values.get(name, ""))

    def take(self, name: str) -> str:
        value = self.values.pop(name, "")
        if isinstance(value, list):
            return " ; ".join(map(str, value))
        return str(value)

    def put(self, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            if value:
                self.values.setdefault(name, value)


def composed(kind: Kind, values: Mapping[str, Any], base: Base) -> Composed:
    row = Composed({**values}, base)
    for name, value in row.values.items():
        if name.startswith("accessibilite.") and isinstance(value, str):
            row.values[name] = TICKS.get(fold(value), value)
    for name in (BODY, "resume", "tarif.conditions"):
        if _TAG.search(text := row.text(name)):
            html = text if name == BODY else text_of(text)
            row.values[name] = markdown_of(html).markdown if name == BODY else line(html)
        elif text:
            row.values[name] = unescaped(text)
    if titre := row.text("titre"):
        row.values["titre"] = shortened("titre", titre, TITLE, row.losses)
    if kind.info.dated:
        parts = (_when, _where, _state, _price, _booking, _audience, _formats, _link, _unknown)
        for part in parts:
            part(row)
    else:
        _seat(row)
        _terms(row, "type", base.vocabularies["types-lieux"])
    # A description that is too long for a summary is the text; a text alone begins with it.
    resume = row.text("resume")
    body = row.text(BODY)
    if len(resume) > SUMMARY and not body:
        row.values[BODY] = body = resume
    if len(resume) > SUMMARY or not resume:
        row.values.pop("resume", None)
        row.put({"resume": summary_of(resume or body)})
    return row


def _when(row: Composed) -> None:
    cells = {name: text for name in COLUMNS if (text := row.take(name))}
    try:
        row.put(when_of(cells, row.base.portal.day))
    except Unclear as unclear:
        row.faults.append((unclear.fault, unclear.column))
        if unclear.fault.values.get("raison") == YEARLESS:
            row.losses.append(Loss("date", reason=YEARLESS, asked="annee"))


def _where(row: Composed) -> None:
    # A lieu of the directory, in the commune that the row says if it says one; else an address.
    base = row.base
    place = row.take("lieu")
    told = base.placed(place)
    place = told.get("lieu", place)
    row.put({name: it for name, it in told.items() if name != "lieu"})
    if place_ref(place) not in base.items and _tells_town(place, row):
        row.values["adresse_dite"] = place
        place = ""
    _address(row, street=bool(place))
    if place or any(name.startswith("adresse.") for name in row.values):
        row.put({"adresse.commune": base.town_of(in_a_row(place, row.text("adresse.nom")))})
    town = row.text("adresse.commune")
    item = base.items.get(place_ref(place))
    code = base.commune(town) if town else ""
    if item is not None and code in ("", getattr(item.entry, "code_commune", "")):
        inside = row.values.get("adresse.nom", "")
        for name in [key for key in row.values if key.startswith("adresse.")]:
            del row.values[name]
        row.values["lieu"] = place
        if inside and name_key(inside) != name_key(item.entry.titre):
            row.values["salle"] = in_a_row(row.take("salle"), inside)
        return
    name = item.entry.titre if item is not None else place
    inside = row.take("adresse.nom")
    row.put({"adresse.nom": name if name_key(inside) == name_key(name) else in_a_row(name, inside)})
    if place and not town:
        near = [base.lieux[key] for key in nearest(place, base.lieux, key=str, limit=2)]
        hint = phrase("proches", propose=", ".join(f"« {title} »" for title in near))
        remedy = f"{hint} Sinon, r" if near else "R"
        remedy += "emplissez aussi « Adresse : commune », ou « Ville »."
        row.faults.append((Fault("E148", (), {"valeur": place, "remede": remedy}), "lieu"))
        row.losses.append(Loss("lieu", place, "son lieu n’est pas connu", asked="lieux"))
        row.values.pop("adresse.nom")


def _tells_town(place: str, row: Composed) -> bool:
    # Whether a place that is not in the directory says its commune, and nothing else of the row.
    where = where_of(place)
    towns = filter(None, (where.parts.get("commune", ""), *where.maybe))
    elsewhere = ("adresse_dite", "code_insee", "adresse.commune", "adresse.code_postal")
    return not any(map(row.text, elsewhere)) and any(map(row.base.commune, towns))


def _state(row: Composed) -> None:
    # The state that a title says, out of it; of two, the safest, which is told. What is postponed
    # and has another day than it had is on again.
    placed = not row.values.keys().isdisjoint(("lieu", "adresse.nom", "adresse.commune"))
    states = row.base.vocabularies["etats"]
    own = _own_state(row, states)
    titre, etat, told = settled(row.take("titre"), own, states, placed=placed)
    if told:
        row.faults.append((Fault("C280", (), {"valeur": told, "etat": etat}), "titre"))
    now = row.text("debut")
    former = row.text("ancien_debut")
    if etat == "reporte" and now and former and not now.startswith(former):
        etat = "reprogramme"
    row.put({"titre": titre, "etat": etat})


def _own_state(row: Composed, states: Vocabulary) -> str:
    # What a row says of its event under « etat », or under « statut », which many tables write for
    # it; a word that keeps it from readers stays there.
    own = row.take("etat")
    term = states.find(row.text("statut"))
    if term is None or term.code not in SAFEST or not (own in states or not own):
        return own
    word = publication(said_in("tableur", {"statut": row.text("statut")}), row.base.portal.day)
    published = term.code == "deplace-en-ligne"  # « en ligne » says it is public
    if published or word.fate in (Fate.DRAFT, Fate.LEFT):
        return own
    del row.values["statut"]
    return safest(term.code, own)


def _said_address(row: Composed, text: str, *, street: bool) -> None:
    # An address in one cell: its commune is looked for among what may be one, the rest is kept.
    where = where_of(text)
    parts = where.parts
    pieces = [*where.maybe]
    town = name_key(row.text("adresse.commune"))
    communes = [
        piece for piece in pieces if (name_key(piece) == town if town else row.base.commune(piece))
    ]
    if communes:
        pieces.remove(communes[0])
        parts["commune"] = communes[0]
    for name in ("commune", "code_postal"):  # a column of its own says it otherwise
        own = row.text(f"adresse.{name}")
        if own and name in parts and name_key(own).lstrip("0") != name_key(parts[name]).lstrip("0"):
            pieces.append(parts.pop(name))
    parts["nom"] = in_a_row(parts.get("nom", ""), *pieces, *where.left)
    if street and "rue" not in parts:
        parts["rue"] = parts.pop("nom")
    room = in_a_row(row.take("salle"), parts.pop("salle", ""))
    row.put({f"adresse.{name}": part for name, part in parts.items()} | {"salle": room})


def _address(row: Composed, *, street: bool) -> None:
    # An address in one cell, a postcode without its first zero, a commune of that postcode.
    geography = row.base.portal.geography
    text = row.take("adresse_dite")
    if not text and holds_postcode(row.text("adresse.rue")):
        text = row.take("adresse.rue")  # all of an address, under the head of its street
    if text:
        _said_address(row, text, street=street)
    code = row.text("adresse.code_postal")
    if len(code) == 4 and code.isdecimal():
        row.values["adresse.code_postal"] = code = f"0{code}"
    insee = row.base.commune(row.take("code_insee"))
    if insee and not row.base.commune(row.text("adresse.commune")):
        row.values["adresse.commune"] = row.base.portal.geography.label(
            insee
        )  # several have its name
    town = row.text("adresse.commune")
    if town or row.base.commune(code):
        row.values["adresse.commune"] = row.base.town(town, code) if town else code
    own = ""
    if town and code:
        own = row.base.commune(row.text("adresse.commune"))
    if own and geography.is_elsewhere(code, own):
        remedy = f"{code} est le code postal d’une autre commune : corrigez l’un des deux."
        fault = Fault("E432", (), {"valeur": f"{town} ({code})", "remede": remedy})
        row.faults.append((fault, "adresse.code_postal"))


def _price(row: Composed) -> None:
    text = row.take("prix")
    ticked = fold(row.text("tarif.gratuit"))
    free = ticked in ("oui", "true", "vrai")
    if ticked in ("non", "false", "faux"):
        del row.values["tarif.gratuit"]  # a price says it
    elif free:
        row.values["tarif.gratuit"] = "true"
    if not text:
        return
    if _NUMBER.fullmatch(text):
        price = text.replace(",", ".")
        row.put({"tarif.prix": price} if float(price) else {"tarif.gratuit": "true"})
        return
    fields = {} if free else price_of(text)
    # « 3 - 8 € » says more than the one price that is read in it.
    taken = len({"prix", "reduit"} & fields.keys())
    if _PRICED.sub("", fold(text)) or 0 < taken < len(_NUMBER.findall(text)):
        fields.setdefault("conditions", excerpt(text, _CONDITIONS))
    for name in fields.keys() & {"prix", "reduit"}:
        fields[name] = fields[name].replace(",", ".")
    row.put({f"tarif.{name}": value for name, value in fields.items()})


def _booking(row: Composed) -> None:
    text = " ".join(filter(None, (row.take("reservation"), _without_person(row))))
    regimes = row.base.vocabularies["regimes"]
    first = re.split(r"[\s,.;:]+", text, maxsplit=1)[0]
    fields = booking_of(f"réservation {text}") if text else {}
    web = _WEB.search(text)
    if web:
        fields["url"] = _address_of_site(web[0].rstrip(".,;:)"))
    regime = regimes.find(text) or (None if "regime" in fields else regimes.find(first))
    if regime:
        fields["regime"] = regime.code
    elif fold(first) == "sans":
        fields["regime"] = "aucune"
    row.put({f"inscription.{name}": value for name, value in fields.items()})
    if "inscription.regime" in row.values:
        return
    names = [f"inscription.{name}" for name in ("url", "courriel", "telephone")]
    if ways := [name for name in names if name in row.values]:
        row.values["inscription.regime"] = "conseillee"
        row.faults.append((Fault("A148"), "reservation" if text else ways[0]))
    elif text:
        row.values["inscription.regime"] = text  # the model says what may be written


def _without_person(row: Composed) -> str:
    # How to book, as a row says it; the name of a person there is told, and not taken.
    text = row.take("reserver")
    name = _WAYS.sub(" ", text).strip(" -–:,;()")
    if not is_person(name) or name_key(name) in row.base.lieux:
        return text
    nature = phrase("prive_personne")
    row.faults.append((Fault("C331", (), {"valeur": name, "nature": nature}), "reserver"))
    return text.replace(name, "").strip()


def _audience(row: Composed) -> None:
    # Ages that the column of audiences says, audiences that those of ages say: « familles, dès 7
    # ans ».
    publics: list[str] = []
    vocabulary = row.base.vocabularies["publics"]
    pieces = list(
        chain.from_iterable(_slashed(text, vocabulary) for text in row.values.pop("publics", []))
    )
    for name in ("age.min", "age.max"):
        text = row.text(name)
        if text and not text.isdecimal() and (aged := _aged(text, vocabulary, name[4:])):
            del row.values[name]
            row.put({f"age.{key}": value for key, value in aged[0].items()})
            publics += aged[1]
    for piece in pieces:
        term = vocabulary.find(piece)
        ages, codes = ({}, [term.code]) if term else _aged(piece, vocabulary) or ({}, [piece])
        row.put({f"age.{name}": value for name, value in ages.items()})
        publics += codes
    row.put({"publics": [*dict.fromkeys(publics)]})


def _aged(
    text: str, vocabulary: Vocabulary, bound: str = ""
) -> tuple[dict[str, str], list[str]] | None:
    # Ages and audiences of a cell (of the ``bound`` of ages, if it is its column); ``None`` when a
    # word of it is neither.
    words = expressions("indices")
    ages = ages_of(text)
    rest = (words.ages if "max" in ages else words.des_ans).sub(" ", flat(text), count=1)
    if "max" not in ages and (most := _MOST.search(rest)):
        ages["max"] = most[1] or str(int(most[2]) - 1)
        rest = _MOST.sub(" ", rest, count=1)
    if bound and not ages and (plain := _PLAIN_AGE.fullmatch(rest.strip())):
        least, most_, alone, more = plain.groups()
        if least:
            ages = {"min": least, "max": most_}
        elif more:
            ages = {"min": more}
        else:
            ages = {bound: alone}
        rest = ""
    pieces = [part.strip(" .:-") for part in re.split(r"[,;/()+]|\b(?:et|ou)\b", rest)]
    terms = [vocabulary.find(piece) for piece in pieces if piece not in _ANYBODY]
    codes = [term.code for term in terms if term]
    if len(codes) == len(terms) and (ages or codes):
        return (ages, codes)
    return None


def _formats(row: Composed) -> None:
    formats = row.base.vocabularies["formats"]
    _terms(row, "format", formats)
    row.put({"format": [*{_begins(row.text("titre"), formats)} & formats.keys()]})


def _unknown(row: Composed) -> None:
    # Words that none of our lists has are asked once for their source.
    for name, listed_in in (("format", "formats"), ("publics", "publics"), ("themes", "themes")):
        terms = row.base.vocabularies[listed_in]
        words = listed(row.values.get(name))
        said = [row.base.told("valeurs", word) or word for word in words]
        row.losses += (
            Loss(name, text, "ce mot n’est pas de nos listes", asked="valeurs")
            for text in said
            if text not in terms
        )
        row.values.pop(name, None)
        row.put({name: [text for text in said if text in terms]})


def _terms(row: Composed, name: str, vocabulary: Vocabulary) -> None:
    # Terms that a cell begins with: « Atelier scientifique », « Musée municipal ».
    value = row.values.get(name)
    if isinstance(value, str):
        row.values[name] = _begins(value, vocabulary)
    elif isinstance(value, list):
        pieces = list(chain.from_iterable(_slashed(text, vocabulary) for text in value))
        row.values[name] = [*dict.fromkeys(_begins(piece, vocabulary) for piece in pieces)]


def _slashed(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    parts = [part.strip() for part in re.split(r"/|\bet\b|\+", text) if part.strip()]
    terms = [vocabulary.find(part) for part in parts]
    yield from (term.code for term in terms if term) if all(terms) and parts else [text]


def _begins(text: str, vocabulary: Vocabulary) -> str:
    words = re.findall(r"[^\s,:;.!?«»()-]+", text)[:4]
    heads = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    terms = filter(None, map(vocabulary.find, (text, *heads)))
    return next((term.code for term in terms), text)


def _link(row: Composed) -> None:
    address = row.take("lien")
    if address:
        url = clean_address(_address_of_site(address))
        title = address_parts(url).hostname or ""
        if not is_address(url):
            row.losses.append(Loss("lien", address, "ce lien ne se lit pas"))
            return
        row.put({"references": [{"titre": title.removeprefix("www."), "url": url}]})


def _address_of_site(text: str) -> str:
    if "://" in text:
        return text
    return f"https://{text}"


def _seat(row: Composed) -> None:
    if "commune" in row.values:
        row.values["adresse.commune"] = row.take("commune")
    _address(row, street=True)
    inside = in_a_row(row.take("adresse.nom"), row.take("salle"))
    if name_key(inside) == name_key(row.text("titre")):
        inside = ""
    row.put({"adresse.nom": inside})
    if not inside and "adresse.rue" not in row.values:  # a postcode says no more than its commune
        row.take("adresse.code_postal")
        row.put({"commune": row.take("adresse.commune")})
    if position := row.take("position"):
        lat, _, lon = position.partition("," if position.count(",") == 1 else ";")
        row.put({"coordonnees.lat": lat.strip(), "coordonnees.lon": lon.strip()})
    for name in ("coordonnees.lat", "coordonnees.lon"):
        if name in row.values:
            row.values[name] = str(row.values[name]).replace(",", ".")
    if site := row.text("site"):
        row.values["site"] = _address_of_site(site)


_SESSION = frozenset({"debut", "fin", "seances", "etat"})


def same_event(values: Mapping[str, Any]) -> tuple[str, ...]:
    where = ("lieu", "adresse.nom", "adresse.commune", "en_ligne")
    names = ("titre", *where, "references", IDENTIFIER)
    return tuple(name_key(str(values.get(name, ""))) for name in names)


def is_another_date(values: Mapping[str, Any]) -> bool:
    """Whether a row says a date alone, under the row of its event."""
    return bool(values) and values.keys() <= _SESSION


def together(rows: Sequence[Mapping[str, Any]]) -> tuple[Values, list[tuple[int, list[str]]]]:
    """One event of rows that are its sessions; by rank, the fields that a row says otherwise."""
    first: Values = {}
    unlike = []
    rooms = {row.get("salle", "") for row in rows if not is_another_date(row)}
    rows = [_noted(row) if len(rooms) > 1 else row for row in map(_priced, rows)]
    for rank, row in enumerate(rows):
        fields = {name: value for name, value in row.items() if name not in _SESSION}
        names = [
            name for name, value in fields.items() if _unlike(first.setdefault(name, value), value)
        ]
        title = str(row.get("titre", ""))
        if str(first.get("titre", "")).isupper() and title:
            first["titre"] = title  # « ATELIER FUSÉES » is told better by another row
        if names:
            unlike.append((rank, names))
    first |= {f"tarif.{name}": value for name, value in first.pop("tarif", {}).items()}
    dates = sessions_of(rows)
    return first | whole(dates), unlike


def _noted(row: Values) -> Values:
    room = row.get("salle")
    if not room or "horaires" in row:
        return row
    dates = [{**session, "note": room} for session in sessions_of([row])]
    rest = {name: value for name, value in row.items() if name not in ("salle", "debut", "fin")}
    return rest | {"seances": dates}


def _priced(row: Mapping[str, Any]) -> Values:
    price = {name[6:]: value for name, value in row.items() if name.startswith("tarif.")}
    rest = {name: value for name, value in row.items() if not name.startswith("tarif.")}
    return rest | ({"tarif": price} if price else {})


def _unlike(first: object, second: object) -> bool:
    texts = isinstance(first, str) and isinstance(second, str)
    if texts:
        return name_key(str(first)) != name_key(str(second))
    return first != second


def sessions_of(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The sessions of rows, in their order; a state is that of its sessions."""
    sessions: list[dict[str, str]] = []
    for row in rows:
        ends = {name: row[name] for name in ("debut", "fin") if name in row}
        own = row.get("seances") or ([ends] if ends else [])
        state = {"etat": row["etat"]} if row.get("etat") else {}
        told = ({**session, **state} for session in own)
        sessions += (it for it in told if it not in sessions)
    return sessions
