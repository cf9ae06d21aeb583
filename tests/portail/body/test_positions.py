"""Exact places: faults planted anywhere are found at their line and column, and nowhere else."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail.body.document import cleaned, plain, protected
from portail.body.render import RenderedBody, render_body

PATH = PurePosixPath("content/articles/essai.md")
WORDS = "eau lune été l’œuvre ciel marée 14:30 « étoile » n° CO₂ 🌍 forêt".split(" ")
# What looks like a fault and is none: in code, escaped, or only signs.
DECOYS = [
    "`<b>`",
    "`[x](javascript:y)`",
    "``![](a ` b)``",
    r"\<b>",
    r"\[x](lieux/rien)",
    r"!\[a](lieux/x)",
    "a < b",
    "[0, 1]",
    "]0, 1]",
    "{x}",
    "**gras**",
    "*a `](b) c`*",
    "&lt;b&gt;",
    r"\\",
    "<https://example.org/>",
    "https://example.org/a_(b)",
]


@dataclass
class Planted:
    """What must be found: a code (or ``lien``, ``image``) and the width of its span."""

    kind: str
    width: int


class Text:
    """A body being written line by line, with what was planted and where."""

    def __init__(self, chance: random.Random, first_line: int) -> None:
        self.chance, self.first_line = chance, first_line
        self.lines: list[str] = []
        self.planted: list[tuple[str, int, int, int]] = []
        self.definitions: list[str] = []
        self.notes = 0
        self.count = 0

    def fault(self) -> tuple[str, list[tuple[Planted, int]]]:
        """A piece of text, and what is planted at which offset in it."""
        self.count += 1
        name = f"lieux/nom-{self.chance.randint(1, 3)}"
        return self.chance.choice(
            [
                lambda: ("<b>", [(Planted("E311", 3), 0)]),
                lambda: ("<br/>", [(Planted("E311", 5), 0)]),
                lambda: ("<!-- x -->", [(Planted("E312", 4), 0)]),
                lambda: (f"[eau]({name})", [(Planted("lien", len(name)), 6)]),
                lambda: (f"[*eau* `(`](<{name}> 'T')", [(Planted("lien", len(name)), 13)]),
                lambda: (rf"[a \] b]({name}\_z)", [(Planted("lien", len(name) + 3), 9)]),
                lambda: ("[eau](javascript:x)", [(Planted("E315", 12), 6)]),
                lambda: ("[eau](&#106;avascript:x)", [(Planted("E315", 17), 6)]),
                lambda: ("[eau](//x.org)", [(Planted("E316", 7), 6)]),
                lambda: ("[ici](https://x.org)", [(Planted("A322", 5), 0)]),
                lambda: ("[](https://x.org)", [(Planted("E320", 2), 0)]),
                lambda: ("[eau](#rien)", [(Planted("E402", 5), 6)]),
                lambda: (f"![lune]({name}.jpg)", [(Planted("image", len(name) + 4), 8)]),
                lambda: ("![](a.jpg)", [(Planted("E318", 3), 0), (Planted("image", 5), 4)]),
                lambda: ("![a](http://x.org/b.jpg)", [(Planted("E317", 18), 5)]),
                lambda: ("![a](b.svg)", [(Planted("E324", 5), 5), (Planted("image", 5), 5)]),
                lambda: ("[^absente]", [(Planted("E321", 10), 0)]),
                lambda: ("{: .x}", [(Planted("A327", 6), 0)]),
                lambda: (f"[![a](b.png)]({name})", [(Planted("image", 5), 6),
                                                    (Planted("lien", len(name)), 14)]),
                self.by_reference,
            ]
        )()  # fmt: skip

    def by_reference(self) -> tuple[str, list[tuple[Planted, int]]]:
        """A link whose address stands at the end of the text, used two times."""
        label = f"ref {self.count}"
        self.definitions.append(f"[{label}]: lieux/r{self.count}")
        return f"[eau][{label}] [{label.upper()}]", []

    def inline(self, prefix: str, cell: bool = False) -> str:
        """A line of text after `prefix`, with what it plants noted."""
        text = prefix
        for _ in range(self.chance.randint(1, 5)):
            if text != prefix:
                text += " "
            kind = self.chance.random()
            if kind < 0.3:
                piece, planted = self.fault()
                for what, offset in planted:
                    self.planted.append(
                        (what.kind, self.first_line + len(self.lines), len(text) + offset + 1,
                         what.width)
                    )  # fmt: skip
                text += piece
            elif kind < 0.55:
                text += self.chance.choice(DECOYS)
            else:
                text += self.chance.choice(WORDS)
            if cell and self.chance.random() < 0.2:
                text += r" \|"
        return text

    def add(self, line: str) -> None:
        self.lines.append(line)

    def block(self) -> None:
        """One block, of any sort."""
        self.chance.choice(
            [self.paragraph, self.paragraph, self.listing, self.quote, self.table, self.code,
             self.note, self.box, self.definition]
        )()  # fmt: skip
        self.add("")

    def paragraph(self, prefix: str = "") -> None:
        for _ in range(self.chance.randint(1, 3)):
            self.add(self.inline(prefix + self.chance.choice(["", "", " "]) + "mot "))

    def listing(self, prefix: str = "") -> None:
        for number in range(self.chance.randint(1, 3)):
            marker = self.chance.choice(["- ", "- ", "-   ", "- [ ] "])
            self.add(self.inline(prefix + marker + "mot "))
            if self.chance.random() < 0.4:
                self.add(self.inline(prefix + "  suite "))
            if number and self.chance.random() < 0.4:
                self.add(self.inline(prefix + "  1. mot "))
                self.add(self.inline(prefix + "\t - mot "))

    def quote(self) -> None:
        self.paragraph("> ")
        if self.chance.random() < 0.5:
            self.add(self.inline("suite paresseuse "))
        elif self.chance.random() < 0.5:
            self.add(">")
            self.listing("> ")
            self.add(self.inline(">> mot "))

    def box(self) -> None:
        self.add("> [!NOTE]")
        self.paragraph("> ")

    def table(self) -> None:
        self.add("| A | B |")
        self.add("|---|:-:|")
        for _ in range(self.chance.randint(1, 3)):
            row = self.inline("|  mot ", cell=True)
            self.add(self.inline(row + " | mot ", cell=True) + " |")

    def code(self) -> None:
        fence = self.chance.choice(["```", "~~~~"])
        self.add(fence)
        self.add("<b> [x](javascript:y) ![](a.svg) [eau](lieux/nom-1) [^absente]")
        self.add(fence)
        self.add("")
        self.add("    <b> ![](a.jpg) [x](lieux/y)")

    def note(self) -> None:
        self.notes += 1
        self.add(f"mot[^n{self.notes}]")
        self.add("")
        self.add(self.inline(f"[^n{self.notes}]: mot "))
        if self.chance.random() < 0.5:
            self.add("")
            self.add(self.inline("    mot "))

    def definition(self) -> None:
        self.add(self.inline("mot "))
        self.add(self.inline(":  mot "))

    def finish(self) -> str:
        for definition in self.definitions:
            place = (self.first_line + len(self.lines), definition.index("lieux") + 1)
            width = len(definition) - definition.index("lieux")
            self.planted += [("lien", *place, width)] * 2
            self.add(definition)
        return "\n".join(self.lines) + "\n"


def found(body: RenderedBody) -> list[tuple[str, int, int, int]]:
    """Everything that `body` places, as it was planted."""
    return sorted(
        [
            *(("lien", x.line, x.column, x.length) for x in body.facts.links),
            *(("image", x.line, x.column, x.length) for x in body.facts.images),
            *(
                (x.code, x.position.line, x.position.column, x.position.length)
                for x in body.diagnostics
            ),
        ]
    )


@given(st.integers(0, 2**32), st.integers(1, 30))
def test_faults_planted_anywhere_are_found_exactly_there(seed: int, first_line: int) -> None:
    text = Text(random.Random(seed), first_line)
    for _ in range(text.chance.randint(1, 6)):
        text.block()
    source = text.finish()
    assert found(render_body(source, PATH, first_line)) == sorted(text.planted), source


def one(text: str, first_line: int = 1) -> list[tuple[str, int, int, int]]:
    return found(render_body(text, PATH, first_line))


@cases(
    ("text", "expected"),
    [
        ("a [b](lieux/c) [b](lieux/c)", [("lien", 1, 7, 7), ("lien", 1, 20, 7)]),
        ("- a\n- [b](lieux/c)\n\n> - [b](lieux/c)", [("lien", 2, 7, 7), ("lien", 4, 9, 7)]),
        ("[a][x] [a][x]\n\n\n[x]: lieux/c 'T'", [("lien", 4, 6, 7), ("lien", 4, 6, 7)]),
        ("[a]: <lieux/c d.pdf>\n\n[a]", [("lien", 1, 7, 13)]),
        ("| A |\n|---|\n| `x \\| y` \\| [b](lieux/c) |", [("lien", 3, 19, 7)]),
        ("x[^1]\n\n[^1]: a\n    [b](lieux/c)", [("lien", 4, 9, 7)]),
        ("a [b\nc](lieux/d) [e](lieux/f)", [("lien", 2, 4, 7), ("lien", 2, 17, 7)]),
        ("a [b](\nlieux/c)", [("lien", 2, 1, 7)]),
        ("## T\n\n### U [b](lieux/c)\n\n##### V", [("E314", 5, 1, 7), ("lien", 3, 11, 7)]),
        ("  # T", [("E313", 1, 3, 3)]),
        ("T\n===", [("E313", 1, 1, 1)]),
        ("> ##", [("E319", 1, 3, 2)]),
        ("a [\n](lieux/b)", [("E320", 1, 3, 1), ("lien", 2, 3, 7)]),
        ("\t- a <b>", []),
        ("-\ta <b>", [("E311", 1, 5, 3)]),
        ("🌍é <b>", [("E311", 1, 4, 3)]),
        ("a <a\nhref='x'> b", [("E311", 1, 3, 2)]),
        (">\u00a0\n<b>", [("E311", 2, 1, 3)]),  # a line that is lost from the paragraph
        ("- \u00a0\n  \u3000\n  a <b>", [("E311", 3, 5, 3)]),
        ("<javascript:x>", [("E315", 1, 2, 12)]),
        ("a\nb À COMPLÉTER : c", [("A153", 2, 3, 11)]),
        ("a[^1] b\n\n[^1]: c\n[^2]: d", [("A328", 4, 1, 4)]),
    ],
)
def test_place(text: str, expected: list[tuple[str, int, int, int]]) -> None:
    assert one(text) == sorted(expected)


def test_places_are_in_the_file() -> None:
    assert one("a\n\n<b>", first_line=12) == [("E311", 14, 1, 3)]


def test_characters_of_ours_in_a_text_are_neutral() -> None:
    text = "a\U00100000 \U000f0041 \x02amp\x03 \x02klzzwxh:0000\x03 [b](lieux/c)"
    assert cleaned(text) == "a\ufffd \ufffd \ufffdamp\ufffd \ufffdklzzwxh:0000\ufffd [b](lieux/c)"
    body = render_body(text, PATH)
    assert found(body) == [("lien", 1, text.index("lieux") + 1, 7)]
    assert body.html.text == "a\ufffd \ufffd \ufffdamp\ufffd \ufffdklzzwxh:0000\ufffd b"


@given(st.text(alphabet=st.characters(max_codepoint=0xEFFFF), max_size=30))
def test_protection_comes_off(text: str) -> None:
    assert plain(protected(text)) == text
