"""Words and stems in a browser: those of Python, over whole vocabularies and odd texts."""

import csv
import json
import random

import pytest
from navigateur import ORIGIN

from doses import dose
from portail.resources import rows
from portail.text.analysis import stem, tokens
from portail.text.normalise import fold

pytestmark = pytest.mark.chromium

MODULE = "/theme/js/recherche-mots.js"
LETTERS = "aeiouyaeiousstnrlmcdpbfghjkqvxzé"
ENDS = (
    "aux eaux eux oux ance ence able isme iste ive if usion ution ation ateur trice euse ement "
    "ment issement amment emment ité ie ée iée ir ira issant issent iraient irait er era erait "
    "erez aient ions assent ier ière ion elle enne onne ette aise oise ois ais nne tte e es s"
).split()
SIGNS = (
    "aeé lsqu'’ʼ´″·.-–/()_0123 \u00a0\u202f\n œßİſςΣ\u0301\u00ad\u200d"
    '🌟👩‍🔬ЖёאبहिไกΩ東京①²½ﬁＡⅣﷺͺﱞﹾᲀ<>&"«»'
)


def made():
    """Words that look French, and rows of signs that look like nothing: the same at each run."""
    chance = random.Random(20)
    for _ in range(dose(800, 3000)):
        head = "".join(chance.choices(LETTERS, k=chance.randint(1, 7)))
        yield head + chance.choice(ENDS)
    for _ in range(dose(500, 2000)):
        yield "".join(chance.choices(SIGNS, k=chance.randint(1, 25)))


def texts(racine):
    """The pairs and strangers of the fixture, what the demonstration says, names of communes."""
    known = json.loads(
        (racine / "plugins/portail_recherche/tests/mots.json").read_text(encoding="utf-8")
    )
    pairs = [pair for family in known["pairs"].values() for pair in family] + known["etrangers"]
    pages = [path.read_text(encoding="utf-8") for path in sorted(racine.glob("content/**/*.md"))]
    runs = sorted({run for page in pages for run in page.split(" ")})
    with (racine / "data/communes.csv").open(encoding="utf-8", newline="") as file:
        names = [row["nom"] for row in csv.DictReader(file)][::50]
    return [
        *(text for pair in pairs for text in pair),
        *runs[:: dose(5, 1)],
        *names,
        *made(),
        "",
        "é" * 2000,
    ]


def told(text):
    """What Python says of a text; places count UTF-16 units."""
    units = [len(text[:at].encode("utf-16-le")) // 2 for at in range(len(text) + 1)]
    said = [[one.stem, one.position, units[one.start], units[one.end]] for one in tokens(text)]
    return [said, stem(text), fold(text)]


def test_a_browser_finds_the_same_words(opened, racine):
    every = texts(racine)
    assert len(every) > dose(3_000, 10_000)
    page = opened(1280)
    page.goto(f"{ORIGIN}/")
    found = page.evaluate(
        """async ([adresse, textes, francais]) => {
          const { apprendre, jetons, racine, plier } = await import(adresse);
          apprendre(francais);
          const dire = (un) => [un.racine, un.position, un.debut, un.fin];
          return textes.map((texte) => [jetons(texte).map(dire), racine(texte), plier(texte)]);
        }""",
        [MODULE, every, rows("francais")],
    )
    other = [(text, told(text), one) for text, one in zip(every, found, strict=True)]
    assert [one for one in other if one[1] != one[2]][:20] == []


def test_it_is_small(theme):
    """Rules and lists, no generated code; and nothing that a browser of 2022 cannot read."""
    source = (theme / "static" / MODULE.removeprefix("/theme/")).read_text(encoding="utf-8")
    assert "(?<!" not in source and "(?<=" not in source
