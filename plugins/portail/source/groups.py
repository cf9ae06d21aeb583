"""A group of fields written as one text (« age: 6-12 ans »), proposed in its right form.

Only what is certain is proposed: a remedy is pasted, and must not publish a wrong value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, product
from types import MappingProxyType

from portail.late import expression
from portail.text.dates import suggested_date
from portail.text.hints import Price, expressions, flat, is_free, prices_of
from portail.text.normalise import decimal_of, fold, is_number, numbers_in, words_in

from .document import in_flow

_LONG = 250
_FREE = frozenset(
    {"gratuit", "gratuite", "gratuits", "libre", "oui", "entree libre", "entree gratuite"}
    | {"acces libre", "acces gratuit", "c'est gratuit", "entree libre et gratuite"}
)
_CURRENCIES = ("€", "euros", "euro", "eur")
# Words of a price that its field says.
_NAMES = frozenset("tarif tarifs prix plein pleins normal normaux reduit reduits et ou".split())
_NAMED = expression(
    r"[ (:]*(?:(?:au|en) )?(?:(?:tarif|prix) )?(?:plein|normal|reduit)(?: tarif)?\b"
)
_PARTED = expression(r"\)?(?:[ ]*[,;.:|(](?![0-9])|[ ]+-(?=[ ]))[ ]*")
_MARKS = " ,;:.!/()|-+&"
_BOTH_AGES = {*map("".join, product(("", "de ", "entre "), ("# - #", "# / #", "# a #", "# et #")))}
_LEAST_AGES = {
    *map(
        "".join,
        product(("#", "a partir de #", "des #", "plus de #"), ("", " +", " et +", " et plus")),
    )
}
_MOST_AGES = {"jusqu'a #"}
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif")
_STREETS = frozenset(
    "rue place avenue boulevard bd chemin allee allees quai cours impasse route square esplanade "
    "parvis sentier passage".split()
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
    if parts:
        return f"{{{parts}}}"
    return ""


def _price(text: str) -> dict[str, str]:
    folded = _folded(text)
    if folded in _FREE:
        return {"gratuit": "true"}
    amount = folded.removesuffix("ttc").rstrip()
    amount = amount.removesuffix(next(filter(amount.endswith, _CURRENCIES), "")).rstrip()
    if decimal_of(amount) is not None and amount[0] != "-":
        return {"prix": amount}
    prices = [*prices_of(text)]
    if not prices:
        # A word alone, « payant », is neither a price nor a condition.
        if " " in folded:
            return {"conditions": text}
        return {}
    amounts = _amounts(text, prices)
    conditions = _rest(text, prices) if amounts else text
    # « 100 € de caution, gratuit »: what is free and what is not is for a person to tell.
    if conditions == text and is_free(text):
        amounts = {}
    if conditions:
        return {**amounts, "conditions": conditions}
    return amounts


def _amounts(text: str, prices: Sequence[Price]) -> dict[str, str]:
    # The full price and the reduced one: the only price that is not said to be reduced, above all
    # others, and the only other one. Nothing when ``text`` does not tell them apart.
    source = flat(text)
    ends = [0, *(price.end for price in prices)]
    for price, before in zip(prices, ends, strict=False):
        if _goes_on(source[before : price.start]) or source[price.end :][:1].isdigit():
            return {}
    full, *other_prices = sorted(prices, key=lambda price: price.reduced)
    least = min(price.amount for price in prices)
    if full.reduced or least <= 0:
        return {}
    if any(not price.reduced or price.amount >= full.amount for price in other_prices):
        return {}
    reduced = {}
    if len(other_prices) == 1:
        reduced = {"reduit": other_prices[0].written}
    return {"prix": full.written, **reduced}


def _goes_on(before: str) -> bool:
    """Whether the price that follows is the end of a number or of a range: « 10 500 € », « 5 à
    10 € »."""
    words = before.split()
    if words and words[-1] in ("a", "ou", "et"):
        words.pop()
    return "".join(words).rstrip(".,-/")[-1:].isdigit()


def _rest(text: str, prices: Sequence[Price]) -> str:
    source = flat(text)
    bounds = [0, *chain.from_iterable((price.start, price.end) for price in prices)]
    before = (source[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=False))
    if len(prices) > 2 or any(not _NAMES.issuperset(words_in(part)) for part in before):
        return text
    last = prices[-1]
    named = _NAMED.match(source, last.end)
    at = named.end() if named else last.end
    if not source[at:].strip(_MARKS):
        return ""
    parted = _PARTED.match(source, at)
    remainder = text[parted.end() if parted else at :].strip(" ,;:.")
    if remainder.endswith(")") and remainder.count(")") > remainder.count("("):
        remainder = remainder[:-1]
    beside = (
        last.reduced and "," not in remainder and ";" not in remainder and not is_free(remainder)
    )
    alone = (
        (parted or beside)
        and not remainder[:1].isdigit()
        and "(" not in remainder
        and ")" not in remainder
    )
    if alone and (last.reduced or len(prices) == 1):
        return remainder
    return text


def _ages(text: str) -> dict[str, str]:
    folded = _folded(text).replace("#", "?")  # which stands for a number below
    numbers = numbers_in(folded)
    for number in numbers:
        folded = folded.replace(number, " # ", 1)
    words = folded.replace("-", " - ").replace("/", " / ").split()
    phrase = " ".join(word for word in words if word != "ans")
    if phrase in _BOTH_AGES and int(numbers[0]) <= int(numbers[1]):
        return {"min": numbers[0], "max": numbers[1]}
    if phrase in _MOST_AGES:
        return {"max": numbers[0]}
    if phrase in _LEAST_AGES:
        return {"min": numbers[0]}
    return {}


_NO_BOOKING = frozenset("sans pas non aucune inutile".split())
_ADVISED = frozenset("conseille conseillee recommande recommandee souhaite souhaitee".split())


def _booking(text: str) -> dict[str, str]:
    # Whether one must book; ways to, without a word on that, say it is possible.
    folded = _folded(text)
    known = expressions("indices")
    matches = ((key, getattr(known, key).search(text)) for key in ("url", "courriel", "telephone"))
    ways = {key: match[0] for key, match in matches if match}
    for word in text.replace(",", " ").replace(";", " ").split():
        if word.startswith("www."):
            ways = {"url": f"https://{word.rstrip('.)')}", **ways}
    words = {*words_in(folded)}
    if not words.isdisjoint(_NO_BOOKING):
        if ways:
            return {}
        return {"regime": "aucune"}
    if not words.isdisjoint(("obligatoire", "obligatoires")):
        return {"regime": "obligatoire", **ways}
    if ways or not words.isdisjoint(_ADVISED):
        return {"regime": "conseillee", **ways}
    return {}


def _address(text: str) -> dict[str, str]:
    # A commune alone, or a street before the last comma; more has too many meanings.
    *before, last = (part.strip() for part in text.split(","))
    code, _, town = last.partition(" ")
    if len(code) != 5 or not is_number(code):
        code = ""
        town = last
    town = town.strip()
    is_town = town[:1].isalpha() and ";" not in town and not numbers_in(town)
    streets = [part for part in before if _is_street(_folded(part))]
    names = [part for part in before if part not in streets]
    if not is_town or len(streets) > 1 or len(names) > 1 or not all(before):
        return {}
    fields = {"nom": "".join(names), "rue": "".join(streets)}
    fields |= {"code_postal": code, "commune": town}
    return {key: value for key, value in fields.items() if value}


def _is_street(folded: str) -> bool:
    return bool(numbers_in(folded)) or not _STREETS.isdisjoint(words_in(folded))


def _session(text: str) -> dict[str, str]:
    moment = suggested_date(text)
    if moment:
        return {"debut": moment}
    return {}


def _picture(text: str) -> dict[str, str]:
    named = text.lower().endswith(_PICTURES) and " " not in text and "/" not in text
    if named:
        return {"fichier": text, "alt": "…", "credit": "…"}
    return {}


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
