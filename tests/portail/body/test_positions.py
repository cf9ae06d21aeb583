"""Exact places: faults planted anywhere are found at their line and column, and nowhere else."""

import random
from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from doses import cases, rows_of
from portail.body.document import cleaned, plain, protected
from portail.body.render import render_body

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


class Text:
    """A body being written line by line, with what was planted and where."""

    def __init__(self, chance, first_line):
        self.chance, self.draw, self.first_line = chance, chance.random, first_line
        self.lines = []
        self.planted = []
        self.definitions = []
        self.notes = 0
        self.count = 0

    def fault(self):
        """A piece of text; what must be found in it: a code (or ``lien``, ``image``) and the width
        of its span, and at which offset."""
        self.count += 1
        name = f"lieux/nom-{self.chance.randint(1, 3)}"
        pieces = [
            ("<b>", [("E311", 3, 0)]),
            ("<br/>", [("E311", 5, 0)]),
            ("<!-- x -->", [("E312", 4, 0)]),
            (f"[eau]({name})", [("lien", len(name), 6)]),
            (f"[*eau* `(`](<{name}> 'T')", [("lien", len(name), 13)]),
            (rf"[a \] b]({name}\_z)", [("lien", len(name) + 3, 9)]),
            ("[eau](javascript:x)", [("E315", 12, 6)]),
            ("[eau](&#106;avascript:x)", [("E315", 17, 6)]),
            ("[eau](//x.org)", [("E316", 7, 6)]),
            ("[ici](https://x.org)", [("A322", 5, 0)]),
            ("[](https://x.org)", [("E320", 2, 0)]),
            ("[eau](#rien)", [("E402", 5, 6)]),
            (f"![lune]({name}.jpg)", [("image", len(name) + 4, 8)]),
            ("![](a.jpg)", [("E318", 3, 0), ("image", 5, 4)]),
            ("![a](http://x.org/b.jpg)", [("E317", 18, 5)]),
            ("![a](b.svg)", [("E324", 5, 5), ("image", 5, 5)]),
            ("[^absente]", [("E321", 10, 0)]),
            ("{: .x}", [("A327", 6, 0)]),
            (f"[![a](b.png)]({name})", [("image", 5, 6), ("lien", len(name), 14)]),
        ]
        return self.chance.choice([None, *pieces]) or self.by_reference()

    def by_reference(self):
        """A link whose address stands at the end of the text, used two times."""
        label = f"ref {self.count}"
        self.definitions.append(f"[{label}]: lieux/r{self.count}")
        return f"[eau][{label}] [{label.upper()}]", []

    def inline(self, prefix, cell=False):
        """A line of text after `prefix`, with what it plants noted."""
        text = prefix
        for _ in range(self.chance.randint(1, 5)):
            if text != prefix:
                text += " "
            kind = self.chance.random()
            if kind < 0.3:
                piece, planted = self.fault()
                line = self.first_line + len(self.lines)
                self.planted += [
                    (what, line, len(text) + offset + 1, width) for what, width, offset in planted
                ]
                text += piece
            elif kind < 0.55:
                text += self.chance.choice(DECOYS)
            else:
                text += self.chance.choice(WORDS)
            if cell and self.draw() < 0.2:
                text += r" \|"
        return text

    def add(self, line):
        self.lines.append(line)

    def write(self, prefix):
        self.add(self.inline(prefix))

    def block(self):
        """One block, of any sort."""
        self.chance.choice(
            [self.paragraph, self.paragraph, self.listing, self.quote, self.table, self.code,
             self.note, self.box, self.definition]
        )()  # fmt: skip
        self.add("")

    def paragraph(self, prefix=""):
        for _ in range(self.chance.randint(1, 3)):
            self.write(prefix + self.chance.choice(["", "", " "]) + "mot ")

    def listing(self, prefix=""):
        for number in range(self.chance.randint(1, 3)):
            marker = self.chance.choice(["- ", "- ", "-   ", "- [ ] "])
            self.write(prefix + marker + "mot ")
            if self.draw() < 0.4:
                self.write(prefix + "  suite ")
            if number and self.draw() < 0.4:
                self.write(prefix + "  1. mot ")
                self.write(prefix + "\t - mot ")

    def quote(self):
        self.paragraph("> ")
        if self.draw() < 0.5:
            self.write("suite paresseuse ")
        elif self.draw() < 0.5:
            self.add(">")
            self.listing("> ")
            self.write(">> mot ")

    def box(self):
        self.add("> [!NOTE]")
        self.paragraph("> ")

    def table(self):
        self.add("| A | B |")
        self.add("|---|:-:|")
        for _ in range(self.chance.randint(1, 3)):
            row = self.inline("|  mot ", cell=True)
            self.add(self.inline(row + " | mot ", cell=True) + " |")

    def code(self):
        fence = self.chance.choice(["```", "~~~~"])
        self.add(fence)
        self.add("<b> [x](javascript:y) ![](a.svg) [eau](lieux/nom-1) [^absente]")
        self.add(fence)
        self.add("")
        self.add("    <b> ![](a.jpg) [x](lieux/y)")

    def note(self):
        self.notes += 1
        self.add(f"mot[^n{self.notes}]")
        self.add("")
        self.write(f"[^n{self.notes}]: mot ")
        if self.draw() < 0.5:
            self.add("")
            self.write("    mot ")

    def definition(self):
        self.write("mot ")
        self.write(":  mot ")

    def finish(self):
        for definition in self.definitions:
            place = (self.first_line + len(self.lines), definition.index("lieux") + 1)
            width = len(definition) - definition.index("lieux")
            self.planted += [("lien", *place, width)] * 2
            self.add(definition)
        return "\n".join(self.lines) + "\n"


def found(body):
    """Everything that `body` places, as it was planted."""
    return sorted(
        (what, x.line, x.column, x.length)
        for what, x in [
            *(("lien", link) for link in body.facts.links),
            *(("image", image) for image in body.facts.images),
            *((told.code, told.position) for told in body.diagnostics),
        ]
    )


@given(st.integers(0, 2**32), st.integers(1, 30))
def test_faults_planted_anywhere_are_found_exactly_there(seed, first_line):
    text = Text(random.Random(seed), first_line)
    for _ in range(text.chance.randint(1, 6)):
        text.block()
    source = text.finish()
    assert found(render_body(source, PATH, first_line)) == sorted(text.planted), source


def one(text, first_line=1):
    return found(render_body(text, PATH, first_line))


@cases(("text", "expected"), rows_of("portail/body/positions.yml"))
def test_place(text, expected):
    assert one(text) == sorted(map(tuple, expected))


def test_places_are_in_the_file():
    assert one("a\n\n<b>", first_line=12) == [("E311", 14, 1, 3)]


def test_characters_of_ours_in_a_text_are_neutral():
    text = "a\U00100000 \U000f0041 \x02amp\x03 \x02klzzwxh:0000\x03 [b](lieux/c)"
    assert cleaned(text) == "a\ufffd \ufffd \ufffdamp\ufffd \ufffdklzzwxh:0000\ufffd [b](lieux/c)"
    body = render_body(text, PATH)
    assert found(body) == [("lien", 1, text.index("lieux") + 1, 7)]
    assert body.html.text == "a\ufffd \ufffd \ufffdamp\ufffd \ufffdklzzwxh:0000\ufffd b"


@given(st.text(alphabet=st.characters(max_codepoint=0xEFFFF), max_size=30))
def test_protection_comes_off(text):
    assert plain(protected(text)) == text
