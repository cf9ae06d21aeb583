"""French typography, inline markup, numbers, names of regions: applied when a text is shown.

Rules of the *Lexique des règles typographiques en usage à l'Imprimerie nationale*, with U+00A0
everywhere a space must not break (the fonts of the site have no U+202F).
"""

from __future__ import annotations

import html
import re

from portail.late import expression

from .notation import plain_notation, replaced, shown, spoken
from .spaces import NBSP, bound, seen

_TRIGGERS = expression(r"['.:;!?«»\u202f0-9]")
# Tokens that are not prose: addresses of the web and of mail.
_ADDRESS = expression(r"(\S*(?:://|\bwww\.|@)\S*)")
_ELLIPSIS = expression(r"(?<!\.)\.{3}(?!\.)")
_APOSTROPHE = expression(r"'(?<=[^\W\d_]')(?=[\w«“\"(\[*])")
# An elision cut by markup: « l'*eau* » ends a piece of text after its apostrophe.
_ELISION_AT_END = expression(
    r"(?<!\w)(?:[cdjlmnst]|(?:jus|lors|puis|quoi|pres|quel)?qu|entr|aujourd)'\Z", re.IGNORECASE
)
_AFTER = r"(?=[\s»”\"')\]…*,.]|\Z)"
# A sign glued to a word. What follows decides: « 14:30 » and « 3:2 » have no space after.
_GLUED_MARKS = expression(rf"[!?](?<=[\w)\]»”%€$£°’…*~^][!?])[!?]*{_AFTER}")
_GLUED_COLONS = expression(rf"[:;](?<=[\w)\]»”%€$£°’…*~^][:;]){_AFTER}")
_SEVERAL_SPACES = expression(r"[ \t\u00a0\u202f]+(?=[:;!?])")
# « 38 258 », not « 03 21 98 »: groups of three after one group of one to three.
_THOUSANDS = expression(r"\d(?<!\d\d)(?<!\d[ \u00a0]\d)\d{0,2}(?: \d{3})+(?![\d]| \d)")
# Operators and drawn faces, not punctuation: « a != b », « :-) », « ;) ».
_NOT_PUNCTUATION = expression(r"\u00a0(?=!=|::|[:;]-?[()])")


def typeset(text: str) -> str:
    r"""``text`` with French typographic signs; applied twice, it changes nothing.

    Addresses, hours (14:30) and ratios are left alone.

    >>> typeset("L'eau: « vive »... Vraiment?")
    'L’eau\xa0: «\xa0vive\xa0»… Vraiment\xa0?'
    >>> typeset("38 258 visiteurs, 40 %")
    '38\xa0258\xa0visiteurs, 40\xa0%'
    """
    return fragment(text, "")


def fragment(text: str, before: str) -> str:
    """Like ``typeset`` for a piece cut by markup.

    ``before`` is the last character of the piece on its left, already treated (empty: none).
    """
    if not _TRIGGERS.search(text):
        return text
    context = ""
    if before and text[0] in " :;!?»'\u202f":
        context = before
    if "://" in text or "www." in text or "@" in text:
        pieces = _ADDRESS.split(context + text)
        pieces[::2] = [_prose(piece) for piece in pieces[::2]]
        return "".join(pieces)[len(context) :]
    return _prose(context + text)[len(context) :]


def _prose(text: str) -> str:
    if "'" in text:
        text = _APOSTROPHE.sub("’", text)
        text = _ELISION_AT_END.sub(lambda match: f"{match[0][:-1]}’", text)
    if "..." in text:
        text = _ELLIPSIS.sub("…", text)
    if "«" in text:
        first, *pieces = text.split("«")
        text = "«\u00a0".join([first, *map(str.lstrip, pieces)])
    if "»" in text:
        text = _closed(text)
    text = _THOUSANDS.sub(lambda number: number[0].replace(" ", NBSP), text)
    return bound(_high_punctuation(text))


def _closed(text: str) -> str:
    """No-break spaces before ``»``."""
    first, *pieces = text.split("»")
    last = pieces.pop()
    if bare := first.rstrip():
        first = f"{bare}\u00a0"
    return "»".join([first, *(f"{piece.rstrip()}\u00a0" for piece in pieces), last])


def _high_punctuation(text: str) -> str:
    for sign in ":;!?":
        if sign in text:
            text = text.replace(f" {sign}", f"\u00a0{sign}")
    if " \u00a0" in text or "\u00a0\u00a0" in text or "\u202f" in text:
        text = _SEVERAL_SPACES.sub(NBSP, text)
    if ":" in text or ";" in text:
        text = _GLUED_COLONS.sub(lambda sign: NBSP + sign[0], text)
    if "!" in text or "?" in text:
        text = _GLUED_MARKS.sub(lambda sign: NBSP + sign[0], text)
    if NBSP in text:
        text = _NOT_PUNCTUATION.sub(" ", text)
    return text


def this(noun: str, article: str) -> str:
    """The noun with its demonstrative.

    >>> this("bourse", "une"), this("événement", "un"), this("club", "un")
    ('cette bourse', 'cet événement', 'ce club')
    """
    if article == "une":
        return f"cette {noun}"
    if noun[0] in "aeéèiou":
        return f"cet {noun}"
    return f"ce {noun}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """``text`` without the capital of its beginning, to stand inside a sentence."""
    return text[:1].lower() + text[1:]


def inside(label: str) -> str:
    """``label`` as it stands inside a sentence; an acronym stays as it is."""
    if label[1:2].isupper():
        return label
    return small(label)


# Text that is already HTML.


class SafeHtml(str):
    """HTML that needs no further escaping: made by us from escaped text, never from input.

    Template engines recognise it by ``__html__``. Any operation of ``str`` on it (``+``, slices,
    ``format``) gives a plain ``str``, which will be escaped again: safety is never inherited.
    """

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)

    def __repr__(self) -> str:
        return f"SafeHtml({str.__repr__(self)})"


def escape(text: str) -> SafeHtml:
    """``text`` with ``& < > " '`` escaped, fit for an element or a quoted attribute.

    >>> escape('<a title="x">')
    SafeHtml('&lt;a title=&quot;x&quot;&gt;')
    """
    return SafeHtml(html.escape(text, quote=True))


# Titles and summaries: plain text where ``*…*`` is italics, ``~…~`` a subscript, ``^…^`` an
# exponent (``notation``) and ``\*`` an asterisk.

# An opening asterisk touches the word it precedes and does not end another (« 2*3*4 »); a pair
# holds no other asterisk, so that each is looked at once.
_ITALICS = expression(r"(?<![\w*\\])\*(?![\s*])((?:\\\*|[^*\\]|\\(?!\*))+?)(?<!\s)\*(?![\w*])")


def plain(text: str) -> str:
    r"""``text`` without marks, its subscripts and exponents in Unicode: for feeds, calendars,
    ``<title>``, sorting.

    >>> plain(r"Le retour d’*Astacus astacus* (2\*3), CO~2~ en m^3^")
    'Le retour d’Astacus astacus (2*3), CO₂ en m³'
    """
    if "*" in text:
        text = _ITALICS.sub(r"\1", text).replace(r"\*", "*")
    if "~" in text or "^" in text:
        return plain_notation(text)
    return text


def inline_html(text: str, *, heard: bool = False) -> SafeHtml:
    """``text`` as HTML: typography applied, everything escaped, italics as ``<em>``, subscripts and
    exponents. ``heard`` adds to these the words of a screen reader, which a style sheet hides.

    >>> inline_html("*Bufo* & <b>, m^2^")
    SafeHtml('<em>Bufo</em> &amp; &lt;b&gt;, m<sup>2</sup>')
    """
    escaped = escape(typeset(text))
    if "*" in escaped:
        escaped = SafeHtml(_ITALICS.sub(r"<em>\1</em>", escaped).replace(r"\*", "*"))
    return SafeHtml(raised_ordinals(replaced(escaped, _heard if heard else _shown)))


# It begins with a figure, which a reader of expressions looks for at once.
_ROMAN = expression(r"([IVX](?<!\w[IVX])(?:[IVX]+|(?=er?[ \u00a0](?:si|mill|Rép))))(er?)\b")
_NOT_TEXT = expression(r"(<code>[^<]*</code>|<[^<>]*>)")


def raised_ordinals(shown: str) -> str:
    """HTML whose ordinals in Roman figures end above the line.

    >>> raised_ordinals("au XXIe siècle, la Ve République, Xe, <i title='XIXe'>")
    "au XXI<sup>e</sup> siècle, la V<sup>e</sup> République, Xe, <i title='XIXe'>"
    """
    if not _ROMAN.search(shown):
        return shown
    parts = _NOT_TEXT.split(shown)
    parts[::2] = [_ROMAN.sub(r"\1<sup>\2</sup>", text) for text in parts[::2]]
    return "".join(parts)


def _shown(sort: str, content: str, _: str) -> str:
    return f"<{sort}>{shown(content)}</{sort}>"


def _heard(sort: str, content: str, before: str) -> str:
    words = spoken(content, before) if sort == "sup" else ""
    hidden = ""
    if words:
        hidden = f'<span class="visually-hidden">{words}</span>'
    return f"<{sort}>{hidden}{shown(content)}</{sort}>"


def inline_parts(text: str) -> list[str]:
    r"""What a page shows of ``text``, for a script: roman and italics by turns, the first one
    roman; subscripts and exponents in Unicode.

    >>> inline_parts(r"Le retour d’*Astacus astacus* (2\*3)"), inline_parts("*Bufo*, va-t-il ?")
    (['Le retour d’', 'Astacus astacus', ' (2*3)'], ['', 'Bufo', ', va‑t‑il\xa0?'])
    """
    parts = _ITALICS.split(seen(plain_notation(typeset(text))))
    return [part.replace(r"\*", "*") for part in parts]


# What everybody is told of a content that is openly fictional, before its title.

# Opens the title of an example wherever it is named.
EXEMPLE = "Exemple · "
# Follows the name of an example that signs a content: « Par Camille Martin (exemple) ».
EXAMPLE_NAME = " (exemple)"


def unmarked(title: str) -> str:
    """``title`` as its file writes it, to compare, sort or edit it.

    >>> unmarked("Exemple · La Fabrique"), unmarked("La Fabrique")
    ('La Fabrique', 'La Fabrique')
    """
    return title.removeprefix(EXEMPLE)


def signed(title: str) -> str:
    """The name of who signs, an example said after it.

    >>> signed("Exemple · Camille Martin"), signed("Université de Lille")
    ('Camille Martin (exemple)', 'Université de Lille')
    """
    name = unmarked(title)
    if name == title:
        return name
    return f"{name}{EXAMPLE_NAME}"


def after(title: str) -> str:
    """What parts ``title`` from what its line goes on with: a comma, but after « ? ».

    >>> after("La pluie (fine)"), after("Combien pèse un nuage ?")
    (', ', ' · ')
    """
    if title[-1:].isalnum() or title[-1:] in "»)*":
        return ", "
    return " · "


def subject_of(text: str) -> str:
    """``text`` as the subject of a mail, which does not say what is an example: its text does.

    >>> subject_of("Réservation : Exemple · La pluie"), subject_of("« La pluie (exemple) » ?")
    ('Réservation : La pluie', '« La pluie » ?')
    """
    return text.replace(EXEMPLE, "").replace(EXAMPLE_NAME, "")


_NAMED = expression(rf"(?<!\A){EXEMPLE}(.+?)(?=,| ·|[;.)]|\Z)|\A{EXEMPLE}(.+?)(?= ·|\Z)")


def named(sentence: str) -> str:
    """``sentence`` with « (exemple) » after the names of the examples that it holds.

    >>> named("14 h · Exemple · La Cale sèche, Dunkerque"), named("Exemple · La pluie, à 8 h")
    ('14 h · La Cale sèche (exemple), Dunkerque', 'La pluie, à 8 h (exemple)')
    """
    if sentence.rfind(EXEMPLE) <= 0:
        return signed(sentence)
    if EXEMPLE in sentence:
        return _NAMED.sub(_signed, sentence)
    return sentence


def _signed(match: re.Match[str]) -> str:
    return f"{match[1] or match[2]}{EXAMPLE_NAME}"


# Numbers as French writes them: « 1 250 », « 12 000 », « 5,50 € ».

_WORDS = ("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


def nombre(value: float) -> str:
    r"""A quantity with a decimal comma and no-break spaces between thousands; no year nor
    identifier.

    >>> nombre(12000), nombre(2199), nombre(1.5)
    ('12\xa0000', '2\xa0199', '1,5')
    """
    whole = int(value)
    text = f"{whole:,}".replace(",", NBSP)
    decimals = f"{abs(value - whole):.2f}"[2:].rstrip("0")
    if decimals:
        return f"{text},{decimals}"
    return text


def distance(km: float) -> str:
    """A distance as one says it.

    >>> distance(0.43), distance(1.24), distance(12.3)
    ('450\\xa0m', '1,2\\xa0km', '12\\xa0km')
    """
    if km < 0.975:
        return f"{max(50, 50 * round(20 * km))}\u00a0m"
    text = nombre(round(km) if km >= 10 else round(km, 1))
    return f"{text}\u00a0km"


def in_letters(value: int) -> str:
    """A count inside a sentence: in words from one to ten, else in figures.

    >>> in_letters(1), in_letters(10), in_letters(11)
    ('un', 'dix', '11')
    """
    if 1 <= value <= len(_WORDS):
        return _WORDS[value - 1]
    return nombre(value)


def euros(value: float) -> str:
    """A price: two decimals unless it is whole.

    >>> euros(5.5), euros(5)
    ('5,50\\xa0€', '5\\xa0€')
    """
    if value == int(value):
        return f"{nombre(int(value))}\u00a0€"
    whole, cents = f"{value:.2f}".split(".")
    return f"{nombre(int(whole))},{cents}\u00a0€"


def poids(octets: int) -> str:
    """The weight of a file, in decimal units, with two digits that count.

    >>> poids(340_000), poids(1_234_567), poids(12)
    ('340\\xa0ko', '1,2\\xa0Mo', '1\\xa0ko')
    """
    value = max(octets, 1000) / 1000
    unit = "ko"
    if value >= 999.5:
        value = value / 1000
        unit = "Mo"
    return f"{nombre(round(value, 1) if value < 10 else round(value))}\u00a0{unit}"


# The name of a region inside a sentence.

_EXCEPTIONS = {
    "dans le": ("Grand Est",),
    "dans les": ("Pays de la Loire", "Terres australes et antarctiques françaises"),
    "à": (
        "La Réunion",
        "Mayotte",
        "Saint-Barthélemy",
        "Saint-Martin",
        "Saint-Pierre-et-Miquelon",
        "Wallis et Futuna",
    ),
    "à l’": ("Île de Clipperton",),
}
# The preposition before a region; « en » before all others (« en Hauts-de-France »).
_PREPOSITIONS: dict[str, str] = {}
for _preposition, _regions in _EXCEPTIONS.items():
    _PREPOSITIONS |= dict.fromkeys(_regions, _preposition)


def in_region(name: str) -> str:
    """A region of ``data/regions.csv`` after « en », « dans » or « à »; ``""`` for no region.

    >>> [in_region(name) for name in ("Normandie", "La Réunion", "Grand Est", "Pays de la Loire")]
    ['en Normandie', 'à La Réunion', 'dans le Grand Est', 'dans les Pays de la Loire']
    """
    preposition = _PREPOSITIONS.get(name, "en")
    if name:
        if preposition.endswith("’"):
            return f"{preposition}{name}"
        return f"{preposition} {name}"
    return ""


def then_in_region(name: str, context: str = "") -> str:
    """The same inside a sentence, with the blank before it: nothing at all for no region, nor after
    words that say it.

    >>> f"Les sciences{then_in_region('Normandie')}.", f"Les sciences{then_in_region('')}."
    ('Les sciences en Normandie.', 'Les sciences.')
    >>> then_in_region("La Réunion", "Sciences à la Réunion")
    ''
    """
    if name and name.casefold() not in context.casefold():
        return f" {in_region(name)}"
    return ""
