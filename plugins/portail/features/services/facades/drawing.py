"""A façade as SVG: its bodies side by side on the ground, layer by layer.

Shapes are those of ``data/facades.yml``, in units of the drawing: a bay takes 17, a floor 25; the
ground is at 0, what stands is negative. A layer is a path, whose class gives its colours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import product

from msgspec.structs import replace

from portail.model.vocabulary import Term
from portail.outputs.pages.views.shared import Facade

from .notation import Body

_BAY = 17
_FLOOR = 25
# Beside the bays of a wall; above its windows; from the ground to the sill of the first.
_SIDE = 4
_ABOVE = 6
_SILL = 8
# Where the flank of a wall begins, in the shade.
_FLANK = 0.64
# What stands before what, from the back.
_RANKS = {
    name: rank
    for rank, name in enumerate(
        """fer tronc feuille coque serre mur ombre joint toit voute rive chaume calotte cotes
        fronton tympan pierres marches arete faite chassis glace reflets vitre reflet barres rayons
        soleil ailes mats greement brins aiguilles pas porte vantaux rampe main un deux
        tete signe""".split()
    )
}
_FIRST = len(_RANKS)
# A door from the middle of its sill, what leads to it, who is there; a dormer from its roof.
_DOOR = {"pas": "m-7 0v-21h14v21z", "porte": "m-5.5 0v-19.5h11v19.5z", "vantaux": "m0 0v-19"}
_STEPS = {"pierres": "m-9 0h18v1.6h-18zm-3 1.6h24v1.6h-24z"}
# On the side that has more room, people on the other.
_RAMPS = (
    {"rampe": "m-34 3l26-5h15v5z", "main": "m-31-7l24-5m-24 13v-8m12 6v-9m12 7v-9"},
    {"rampe": "m34 3l-26-5h-15v5z", "main": "m31-7l-24-5m24 13v-8m-12 6v-9m-12 7v-9"},
)
_PEOPLE = {
    "un": "m-3 3l.6-9q.2-3 2.4-3t2.4 3l.6 9z",
    "deux": "m6 3l.4-5q.2-2.2 1.8-2.2t1.8 2.2l.4 5z",
    "tete": "m-2.3-11.4a2.3 2.3 0 104.6 0a2.3 2.3 0 10-4.6 0zm8.7 5.4a1.8 1.8 0 103.6 0"
    "a1.8 1.8 0 10-3.6 0z",
}
# The wall of a sign, its windows and its door.
_WALL_WIDTH = 84
_WALL = {
    "signe": "m0 0v-28h84v28zm37 0v-19h10v19",
    "vitre": "m8-8v-12h20v12zm48 0v-12h20v12z",
}
_DORMER = {"chassis": "m-5-2v-10l5-5l5 5v10z", "vitre": "m-2.5-2v-8.5h5v8.5z"}

# A point of a shape: what stands before it, its place as shares of the width and in units.
_Point = tuple[str, float, float, float, float]
_Spots = Sequence[tuple[float, float]]


@lru_cache(maxsize=512)
def _points(shape: str) -> tuple[_Point, ...]:
    # « M -3 0 L 50%-4 38%-2 Z »: units, after a share of the width, which goes up for a height.
    points = []
    before = ""
    words = iter(shape.split())
    for word in words:
        if word.isalpha():
            before += word
        else:
            share, _, more = word.rpartition("%")
            up, _, rest = next(words).rpartition("%")
            across = float(share or 0) / 100, float(more or 0)
            points.append((before or " ", *across, -float(up or 0) / 100, float(rest or 0)))
            before = ""
    return (*points, (before, 0, 0, 0, 0))


class _Pen:
    """Gathers the outlines of each layer; ``tall`` is how high they stand."""

    def __init__(self, words: Mapping[str, Term], cover: str) -> None:
        self.words = words
        self.cover = cover
        # By rank and class.
        self.layers: dict[tuple[int, str], list[str]] = defaultdict(list)
        self.tall = 0.0

    def shapes(self, term: Term, at: tuple[float, float], *, width: float, body: Body) -> None:
        """What a term draws, stretched over a width, from its left end."""
        left, base = at
        wall = f" {body.matiere or term.extra.get('matiere', '')}"
        own = {"mur": wall, "joint": wall, "toit": f" {body.couverture or self.cover}"}
        for name, shape in term.extra.get("traces", {}).items():
            *points, (last, *_) = _points(shape)
            outline = [
                f"{before}{left + k * width + x:.4g} {base + up * width + y:.4g}"
                for before, k, x, up, y in points
            ]
            self.layer(name, own.get(name, "")).extend((*outline, last))
        high, share, _ = str(term.extra.get("hauteur", 0)).partition("%")
        self.tall = max(self.tall, float(high) * (width / 100 if share else 1) - base)

    def layer(self, name: str, own: str = "") -> list[str]:
        return self.layers[_RANKS.get(name, _FIRST), name + own]

    def repeat(self, shapes: Mapping[str, str | None], spots: _Spots, own: str = "") -> None:
        """The same outlines from several spots."""
        starts = [f"M{x:.4g} {y:.4g}" for x, y in spots]
        for name, shape in shapes.items():
            if shape and starts:
                self.layer(name, own).append(shape.join([*starts, ""]))

    def facade(self, width: float) -> Facade:
        """All that was gathered, from the back to the front."""
        paths = (
            f'<path class="{name}" d="{"".join(outlines)}"/>'
            for (_, name), outlines in sorted(self.layers.items())
        )
        return Facade("".join(paths), width, self.tall)

    def walls(self, body: Body, left: float, *, door: int) -> None:
        """A body of so many bays and floors, without a window where its door is."""
        matter = self.words[body.matiere].extra
        roof = self.words[body.toit]
        windows = self.words[body.fenetres].extra
        wide = width_of(body, self.words)
        tall = body.niveaux * _FLOOR + _ABOVE
        self.layer("mur", f" {body.matiere}").append(f"M{left:g} 0v-{tall}h{wide:g}v{tall}z")
        self.layer("ombre").append(
            f"M{left + wide * _FLANK:.4g} 0v-{tall}h{wide * (1 - _FLANK):.4g}v{tall}z"
        )
        middles = [left + _SIDE + (bay + 0.5) * _BAY for bay in range(body.travees)]
        sills = [-_SILL - floor * _FLOOR for floor in range(body.niveaux)]
        cells = [(x, y) for y, x in product(sills, middles)]
        holes = [cell for rank, cell in enumerate(cells) if rank != door]
        shown = cells if matter.get("partout") else cells[::3]
        self.repeat({"joint": matter.get("joint")}, shown, f" {body.matiere}")
        if matter.get("bandes"):
            beds = [(left, sill - 19) for sill in sills]
            self.repeat({"pierres": f"h{wide:g}v1.6h-{wide:g}z"}, beds)
        self.repeat(
            {name: windows.get(name) for name in ("chassis", "glace", "vitre", "barres")}, holes
        )
        self.repeat({"reflet": windows.get("reflet")}, cells[1::3])
        self.repeat({"reflets": windows.get("reflets")}, cells[: body.travees])
        teeth = round(wide / int(roof.extra.get("pas", wide))) or 1
        for tooth in range(teeth):
            self.shapes(roof, (left + tooth * wide / teeth, -tall), width=wide / teeth, body=body)
        if roof.extra.get("lucarnes") and body.travees > 2:
            self.repeat(_DORMER, [(x, -tall) for x in middles[1 - body.travees % 2 :: 2]])


def drawn(bodies: Sequence[Body], words: Mapping[str, Term], *, cover: str, ramp: bool) -> Facade:
    """Bodies from left to right under roofs of ``cover``, where they say no other."""
    pen = _Pen(words, cover)
    widths = [width_of(body, words) for body in bodies]
    spot = sum(widths) / 2
    left = 0.0
    entrance = _entrance(bodies, widths)
    for rank, (body, width) in enumerate(zip(bodies, widths, strict=True)):
        if body.corps:
            pen.shapes(words[body.corps], (left, 0), width=width, body=body)
        else:
            door = body.travees // 2 if rank == entrance else -1
            pen.walls(body, left, door=door)
            if door >= 0:
                spot = left + _SIDE + (door + 0.5) * _BAY
                pen.repeat({**_DOOR, **({} if ramp else _STEPS)}, [(spot, 0)])
        left += width
    late = spot > left / 2
    if ramp:
        pen.repeat(_RAMPS[not late], [(spot, 0)])
    people = spot - 20 if late != ramp else spot + 14
    pen.repeat(_PEOPLE, [(min(max(people, 4), left - 9), 0)])
    return pen.facade(left)


def sign(term: Term, *, ramp: bool) -> Facade:
    """What is known of a place by its type alone: a sign above the same low wall for all."""
    pen = _Pen({}, "")
    pen.repeat(_WALL, [(0, 0)])
    pen.shapes(term, (0, 0), width=_WALL_WIDTH, body=Body())
    if ramp:
        pen.repeat(_RAMPS[1], [(_WALL_WIDTH / 2, 0)])
    return replace(pen.facade(_WALL_WIDTH), signe=True)


def _entrance(bodies: Sequence[Body], widths: Sequence[float]) -> int:
    # The body whose walls have a door: the one nearest to the middle, rather one with windows.
    middle = sum(widths) / 2
    built = [rank for rank, body in enumerate(bodies) if not body.corps]
    seen = [rank for rank in built if bodies[rank].fenetres != "aveugle"]
    aside = [abs(sum(widths[:rank]) + width / 2 - middle) for rank, width in enumerate(widths)]
    return min(seen or built, key=aside.__getitem__, default=-1)


def width_of(body: Body, words: Mapping[str, Term]) -> float:
    if not body.corps:
        return body.travees * _BAY + 2 * _SIDE
    shape = words[body.corps].extra
    return float(shape.get("unites") or (body.travees or int(shape["largeur"])) * _BAY)
