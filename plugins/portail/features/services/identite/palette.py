"""The few colours that a team writes, and all those of the site that follow from them. Contrasts
are those of WCAG 2.2 (1.4.3 and 1.4.11)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass, field, fields
from functools import cache
from itertools import product
from typing import Annotated, NamedTuple, TypeAlias

from pydantic import AfterValidator

from portail.text.colours import channels, is_colour, mix, whole

from . import sheet

_STEPS = 100
WHITE = "#FFFFFF"
COAL = "#16191D"
# Least contrast of a text (WCAG 2.2, 1.4.3).
TEXT = 4.5
# Least contrast of what is no text but is needed: edges of controls, bars, the focus (1.4.11).
CONTROL = 3.0


@cache
def luminance(colour: str) -> float:
    """Relative luminance, from 0 to 1 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    levels = (part / 255 for part in channels(colour))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in levels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Ratio of two colours, from 1 to 21.

    >>> round(contrast("#A63A24", "#FFFFFF"), 2)
    6.46
    """
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def nearest_where(colour: str, fits: Callable[[str], bool]) -> str:
    """The colour nearest to ``colour``, of its hue, lighter or darker, that ``fits``; ``""`` for
    none."""
    if fits(colour):
        return colour
    hue, light, full = rgb_to_hls(*(part / 255 for part in channels(colour)))
    for step in range(1, _STEPS + 1):
        for level in (light - step / _STEPS, light + step / _STEPS):
            if -1 / _STEPS < level < 1 + 1 / _STEPS:
                parts = hls_to_rgb(hue, min(max(level, 0), 1), full)
                candidate = "#" + "".join(f"{round(255 * part):02X}" for part in parts)
                if fits(candidate):
                    return candidate
    return ""


def seen_on(colour: str, grounds: Iterable[str], ratio: float) -> str:
    """The colour nearest to ``colour`` that has ``ratio`` on each ground; itself for none.

    >>> seen_on("#F2B33D", ["#FFFFFF"], TEXT)
    '#A06C0B'
    """
    among = (*grounds,)
    nearest = nearest_where(colour, lambda shade: all(contrast(shade, on) >= ratio for on in among))
    return nearest or colour


# Hues of the themes: ``teinte`` of ``data/themes.yml``.
HUES = "guede houblon opale betterave brique iris chicoree acier ardoise lie".split()
GROUNDS = ("fond", "fond-2", "fond-3")
_STATES = ("succes", "alerte", "erreur", "info")
_BELOW_HUES = [f"{hue}-fond" for hue in HUES]
_BELOW_STATES = [f"{state}-fond" for state in _STATES]
# Ratio that a colour found for the dark scheme aims at, as those of the sheet have.
_READ_AFAR = 6.5

# A token and the one that it is seen on, wherever the theme puts one on the other: the ratio.
PAIRS: Mapping[tuple[str, str], float] = {
    **dict.fromkeys(product(("encre", "encre-2", "lien", "accent"), GROUNDS), TEXT),
    **dict.fromkeys(product(("bord",), GROUNDS), CONTROL),
    **dict.fromkeys(product(HUES, ("fond", "fond-2")), TEXT),
    **{(hue, f"{hue}-fond"): TEXT for hue in HUES},
    **dict.fromkeys(product(("encre", "encre-2"), _BELOW_HUES), TEXT),
    **{(state, f"{state}-fond"): TEXT for state in _STATES},
    **dict.fromkeys(product(("encre", "lien"), _BELOW_STATES), TEXT),
    ("fond", "encre"): TEXT,
    ("encre", "marque"): TEXT,
    ("sur-accent", "accent"): TEXT,
    ("sur-signal", "signal"): TEXT,
    ("sur-nuit", "nuit"): TEXT,
    ("sur-nuit-2", "nuit"): TEXT,
    ("signal", "nuit"): CONTROL,
    ("barre-nuit", "nuit"): CONTROL,
    ("barre-signal", "signal"): CONTROL,
}


def _colour(value: str) -> str:
    if value and not is_colour(value):
        raise ValueError(f"« {value} » n’est pas une couleur : écrivez-la comme « #0A5C7A ».")
    return value and whole(value)


# Colours by token, in one scheme.
Tokens: TypeAlias = Mapping[str, str]

Colour = Annotated[str, AfterValidator(_colour)]


@dataclass(frozen=True, slots=True)
class Shades:
    """Colours of one scheme; empty for what follows from the others, or stays as it is."""

    # The page.
    fond: Colour = ""
    # Texts.
    encre: Colour = ""
    # Links, the name and the mark of the portal.
    lien: Colour = ""
    # Main buttons, the dot of the mark, what is current.
    accent: Colour = ""
    # The week under the header, the letter, the footer.
    bandeau: Colour = ""
    # Today, the halo of the focus.
    signal: Colour = ""
    guede: Colour = ""
    houblon: Colour = ""
    opale: Colour = ""
    betterave: Colour = ""
    brique: Colour = ""
    iris: Colour = ""
    chicoree: Colour = ""
    acier: Colour = ""
    ardoise: Colour = ""
    lie: Colour = ""

    @property
    def tokens(self) -> Mapping[str, str]:
        pairs = ((field.name, getattr(self, field.name)) for field in fields(Shades))
        return {_TOKENS.get(name, name): value for name, value in pairs if value}


@dataclass(frozen=True, slots=True)
class Colours(Shades):
    """``PORTAIL_COULEURS``: colours of the light scheme, and those of the dark one that do not
    follow from them."""

    sombre: Shades = field(default_factory=Shades)


_TOKENS = {"bandeau": "nuit"}
_KEYS = {token: key for key, token in _TOKENS.items()}


def palettes(css: str, colours: Colours) -> tuple[Tokens, Tokens]:
    """The tokens of a sheet in each scheme, as ``colours`` has them."""
    light, dark = sheet.schemes(css)
    light = _derived(light, colours.tokens)
    written = dict(colours.sombre.tokens)
    base = _derived(dark, written)
    for name, value in colours.tokens.items():
        if name in ("lien", "accent", *HUES) and name not in written:
            on = [base[ground] for ground in (*GROUNDS, f"{name}-fond") if ground in base]
            written[name] = seen_on(value, on, _READ_AFAR)
        elif name == "signal" and name not in written:
            written[name] = value
    return light, _derived(dark, written)


def coloured(css: str, colours: Colours) -> str:
    """What, after a sheet of tokens, gives it the colours of a team; empty when there are none."""
    if colours == Colours():
        return ""
    pairs = zip(sheet.schemes(css), palettes(css, colours), strict=True)
    changed = (
        {name: value for name, value in after.items() if before.get(name) != value}
        for before, after in pairs
    )
    return sheet.overlay(css, *changed)


def hue_of(name: str) -> str:
    """The hue that a theme names, else that of no theme in particular.

    >>> hue_of("iris"), hue_of("fuchsia"), hue_of("")
    ('iris', 'ardoise', 'ardoise')
    """
    if name in HUES:
        return name
    return "ardoise"


def _derived(tokens: Tokens, written: Tokens) -> Tokens:
    t = {**tokens, **written}

    def best(on: str) -> str:
        return max((WHITE, COAL), key=lambda ink: contrast(ink, t[on]))

    if {"fond", "encre"} & written.keys():
        bright = luminance(t["fond"]) > 0.5
        t["fond-2"] = mix(t["fond"], t["encre"], 0.05)
        t["fond-3"] = WHITE if bright else mix(t["fond"], t["encre"], 0.09)
        grounds = [t[name] for name in GROUNDS]
        t["encre-2"] = seen_on(mix(t["encre"], t["fond"], 0.25), grounds, TEXT)
        t["bord"] = seen_on(mix(t["encre"], t["fond"], 0.45), grounds, CONTROL)
        t["trait"] = mix(t["fond"], t["encre"], 0.18)
    if "accent" in written:
        t["sur-accent"] = best("accent")
    if "nuit" in written:
        t["sur-nuit"] = best("nuit")
        t["sur-nuit-2"] = seen_on(mix(t["sur-nuit"], t["nuit"], 0.2), [t["nuit"]], TEXT)
        t["filet-nuit"] = mix(t["nuit"], t["sur-nuit"], 0.22)
    if {"nuit", "lien"} & written.keys():
        t["barre-nuit"] = seen_on(t["lien" if "lien" in written else "barre-nuit"], [t["nuit"]], 4)
    if "signal" in written:
        t["sur-signal"] = best("signal")
        t["marque"] = seen_on(mix(t["signal"], t["fond"], 0.6), [t["encre"]], TEXT)
    if {"signal", "accent"} & written.keys():
        t["barre-signal"] = seen_on(t["accent"], [t["signal"]], CONTROL)
    for hue in written.keys() & HUES:
        t[f"{hue}-fond"] = mix(t[hue], t["fond"], 0.86 if luminance(t["fond"]) > 0.5 else 0.78)
    return t


# The token of a team that another one follows from.
_ORIGINS = {
    **dict.fromkeys(("fond-2", "fond-3", "trait"), "fond"),
    **dict.fromkeys(("encre-2", "bord"), "encre"),
    "sur-accent": "accent",
    **dict.fromkeys(("sur-nuit", "sur-nuit-2", "barre-nuit"), "nuit"),
    **dict.fromkeys(("sur-signal", "marque", "barre-signal"), "signal"),
    **{f"{hue}-fond": hue for hue in HUES},
}


class Weak(NamedTuple):
    """A colour that is not seen: who writes it, in which scheme, its worst pair, the ratio needed,
    the nearest value that fits.
    """

    cle: str
    sombre: bool
    valeur: str
    pair: tuple[str, str]
    trouve: float
    voulu: float
    proche: str


def weak_of(css: str, colours: Colours) -> Iterator[Weak]:
    """Each colour of a team by which a pair of the theme cannot be seen. Those found for the dark
    scheme are as they must be: the written ones are judged."""
    sides = zip(sheet.schemes(css), (colours, colours.sombre), palettes(css, colours), strict=True)
    for rank, (base, shades, tokens) in enumerate(sides):
        written = shades.tokens

        def tried(name: str, value: str, base: Tokens = base, fixed: Tokens = written) -> Tokens:
            return _derived(base, {**fixed, name: value})

        for weak in _weak(tokens, written, bool(rank), tried):
            yield weak._replace(cle=_KEYS.get(weak.cle, weak.cle))


def weak_tokens(css: str) -> Iterator[Weak]:
    """Each token of a sheet by which a pair of the theme cannot be seen."""
    for rank, tokens in enumerate(sheet.schemes(css)):

        def tried(name: str, value: str, tokens: Tokens = tokens) -> Tokens:
            return {**tokens, name: value}

        yield from _weak(tokens, tokens, bool(rank), tried)


def _weak(
    tokens: Tokens, written: Tokens, dark: bool, tried: Callable[[str, str], Tokens]
) -> Iterator[Weak]:
    blamed = _blamed(tokens, written)
    # On another page, the other colours may be seen.
    for name in ("fond",) if "fond" in blamed else blamed:

        def fits(value: str, name: str = name) -> bool:
            return name not in _blamed(tried(name, value), written)

        pair = min(blamed[name], key=lambda candidate: _ratio(tokens, candidate) / PAIRS[candidate])
        near = nearest_where(written[name], fits)
        yield Weak(
            name,
            dark,
            written[name],
            pair=pair,
            trouve=_ratio(tokens, pair),
            voulu=PAIRS[pair],
            proche=near,
        )


def _blamed(tokens: Tokens, written: Tokens) -> Mapping[str, list[tuple[str, str]]]:
    # Pairs that are not seen, by the token of a team that they are due to: the one that is seen,
    # else the one that it is seen on.
    blamed: dict[str, list[tuple[str, str]]] = {}
    for pair, least in PAIRS.items():
        first, second = pair
        names = (first, _ORIGINS.get(first, first), second, _ORIGINS.get(second, second))
        name = next((name for name in names if name in written), None)
        if name and _ratio(tokens, pair) < least:
            blamed.setdefault(name, []).append(pair)
    return blamed


def _ratio(tokens: Mapping[str, str], pair: tuple[str, str]) -> float:
    values = [tokens.get(name, "") for name in pair]
    if all(map(is_colour, values)):
        return contrast(*values)
    return 21.0
