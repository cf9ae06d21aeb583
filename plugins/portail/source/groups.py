"""A group of fields written as one text (« age: 6-12 ans »), proposed in its right form.

Only what is certain is proposed: a remedy is pasted, and must not publish a wrong value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from portail.source.document import in_flow
from portail.text.dates import suggested_date
from portail.text.hints import Price, flat, is_free, prices_of
from portail.text.normalise import fold

_LONG = 250
_FREE = frozenset(
    {"gratuit", "gratuite", "gratuits", "libre", "oui", "entree libre", "entree gratuite"}
    | {"acces libre", "acces gratuit", "c'est gratuit", "entree libre et gratuite"}
)
_ONE_PRICE = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:€|euros?|eur)?(?:\s*ttc)?")
_NAMES = re.compile(r"\b(?:tarifs?|prix|pleins?|normal|normaux|reduits?|et|ou)\b")
"""Words of a price that its field says."""
_FULL = re.compile(r"[ (:]*(?:(?:tarif|prix) )?(?:plein|normal)(?: tarif)?\b")
_REDUCED = re.compile(r"[ (:]*(?:(?:au|en) )?(?:(?:tarif|prix) )?reduit(?: tarif)?\b")
_PARTED = re.compile(r"\)?(?:[ ]*[,;.:|(](?![0-9])|[ ]+-(?=[ ]))[ ]*")
_NUMBER = re.compile(r"[0-9][ .,]*(?:\b(?:a|ou|et)\b|[-/])?[ ]*\Z")
"""What stands before a price that is the end of a number or of a range: « 10 500 € », « 5 à
10 € »."""
_MARKS = " ,;:.!/()|-+&"
_AGES = re.compile(r"(?:de |entre )?(\d{1,3})\s*(?:ans)?\s*(?:-|a|et|/)\s*(\d{1,3})(?:\s*ans)?")
_FROM_AGE = re.compile(
    r"(?:a partir de |des |plus de )?(\d{1,3})\s*(?:ans)?(?:\s*(?:et \+|et plus|\+))?"
)
_TO_AGE = re.compile(r"jusqu'a (\d{1,3})(?:\s*ans)?")
_WEB = re.compile(r"(?:https?://|www\.)[^\s,;]+[^\s,;.)]")
_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?:\+33\s?|0)[1-9](?:[ .-]?\d{2}){4}(?!\d)")
_TOWN = re.compile(r"(?:(\d{5})\s+)?([^\W\d][^\d,;]*)")
_FILE = re.compile(r"[^\s:/\\]+\.(?:jpe?g|png|webp|gif)", re.IGNORECASE)
_STREET = re.compile(
    r"\d|\b(?:rue|place|avenue|boulevard|bd|chemin|allees?|quai|cours|impasse|route|square|esplanade"
    r"|parvis|sentier|passage|lieu-dit)\b"
)


def as_group(name: str, text: str) -> str:
    """The group ``name`` as its text says it, in one line of YAML; empty when that is not sure.

    >>> as_group("tarif", "5,50 €"), as_group("tarif", "gratuit pour les – de 12 ans")
    ('{prix: "5,50"}', '{conditions: gratuit pour les – de 12 ans}')
    >>> as_group("age", "6-12 ans"), as_group("adresse", "12 rue des Arts, 76000 Rouen")
    ('{min: 6, max: 12}', '{rue: 12 rue des Arts, code_postal: 76000, commune: Rouen}')
    """
    words = " ".join(text.split())
    if name not in _READERS or not words or len(words) > _LONG:
        return ""
    parts = ", ".join(f"{key}: {in_flow(value)}" for key, value in _READERS[name](words).items())
    return f"{{{parts}}}" if parts else ""


def _price(text: str) -> dict[str, str]:
    folded = _folded(text)
    if folded in _FREE:
        return {"gratuit": "true"}
    if match := _ONE_PRICE.fullmatch(folded):
        return {"prix": match[1]}
    prices = [*prices_of(text)]
    if not prices:
        # A word alone, « payant », is neither a price nor a condition.
        return {"conditions": text} if " " in folded else {}
    amounts = _amounts(text, prices)
    rest = _rest(text, prices) if amounts else text
    # « 100 € de caution, gratuit »: what is free and what is not is for a person to tell.
    if rest == text and is_free(text):
        amounts = {}
    return {**amounts, **({"conditions": rest} if rest else {})}


def _amounts(text: str, prices: Sequence[Price]) -> dict[str, str]:
    """The full price and the reduced one: the only price that is not said to be reduced, above all
    others, and the only other one. Nothing when ``text`` does not tell them apart."""
    source = flat(text)
    ends = [0, *(price.end for price in prices)]
    for price, before in zip(prices, ends, strict=False):
        if _NUMBER.search(source, before, price.start) or source[price.end :][:1].isdigit():
            return {}
    full, *rest = sorted(prices, key=lambda price: price.reduced)
    least = min(price.amount for price in prices)
    if full.reduced or least <= 0:
        return {}
    if any(not price.reduced or price.amount >= full.amount for price in rest):
        return {}
    reduced = {"reduit": rest[0].written} if len(rest) == 1 else {}
    return {"prix": full.written, **reduced}


def _rest(text: str, prices: Sequence[Price]) -> str:
    """What ``text`` says after its prices and their names; all of it where that would not be read
    alone, or would be of another price."""
    source = flat(text)
    bounds = [0, *(edge for price in prices for edge in (price.start, price.end))]
    before = (source[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=False))
    if len(prices) > 2 or any(_NAMES.sub("", part).strip(_MARKS) for part in before):
        return text
    last = prices[-1]
    reduced = _REDUCED.match(source, last.end) if last.reduced else None
    named = reduced or _FULL.match(source, last.end)
    at = named.end() if named else last.end
    if not source[at:].strip(_MARKS):
        return ""
    parted = _PARTED.match(source, at)
    rest = text[parted.end() if parted else at :].strip(" ,;:.")
    if rest.endswith(")") and rest.count(")") > rest.count("("):
        rest = rest[:-1]
    beside = last.reduced and not re.search(r"[,;]", rest) and not is_free(rest)
    alone = (parted or beside) and not re.search(r"^\d|[()]", rest)
    return rest if alone and (last.reduced or len(prices) == 1) else text


def _ages(text: str) -> dict[str, str]:
    folded = _folded(text)
    if both := _AGES.fullmatch(folded):
        return {"min": both[1], "max": both[2]} if int(both[1]) <= int(both[2]) else {}
    if most := _TO_AGE.fullmatch(folded):
        return {"max": most[1]}
    least = _FROM_AGE.fullmatch(folded)
    return {"min": least[1]} if least else {}


def _booking(text: str) -> dict[str, str]:
    """Whether one must book; ways to, without a word on that, say it is possible."""
    folded = _folded(text)
    web = _WEB.search(text)
    mail = _MAIL.search(text)
    phone = _PHONE.search(text)
    matches = (("url", web), ("courriel", mail), ("telephone", phone))
    ways = {key: match[0] for key, match in matches if match}
    if web and "://" not in web[0]:
        ways["url"] = f"https://{web[0]}"
    if re.search(r"\b(?:sans|pas d[e']|non|aucune|inutile)\b", folded):
        return {} if ways else {"regime": "aucune"}
    if re.search(r"\bobligatoire", folded):
        return {"regime": "obligatoire", **ways}
    if ways or re.search(r"\b(?:conseillee?|recommandee?|souhaitee?)\b", folded):
        return {"regime": "conseillee", **ways}
    return {}


def _address(text: str) -> dict[str, str]:
    """A commune alone, or a street before the last comma; more has too many meanings."""
    *before, last = (part.strip() for part in text.split(","))
    town = _TOWN.fullmatch(last)
    streets = [part for part in before if _STREET.search(_folded(part))]
    names = [part for part in before if part not in streets]
    if town is None or len(streets) > 1 or len(names) > 1 or not all(before):
        return {}
    fields = {"nom": "".join(names), "rue": "".join(streets)}
    fields |= {"code_postal": town[1] or "", "commune": town[2].strip()}
    return {key: value for key, value in fields.items() if value}


def _session(text: str) -> dict[str, str]:
    moment = suggested_date(text)
    return {"debut": moment} if moment else {}


def _picture(text: str) -> dict[str, str]:
    return {"fichier": text, "alt": "…", "credit": "…"} if _FILE.fullmatch(text) else {}


def _folded(text: str) -> str:
    return fold(text).replace("’", "'").replace("–", "-").strip(" .!")


_READERS: Mapping[str, Callable[[str], dict[str, str]]] = MappingProxyType(
    {
        "tarif": _price,
        "age": _ages,
        "inscription": _booking,
        "adresse": _address,
        "seances": _session,
        "image": _picture,
    }
)
