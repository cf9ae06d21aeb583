"""The file that the form writes is read back by Python to the same values, whatever was typed."""

import json
import random
from pathlib import PurePosixPath

import pytest
import yaml
from navigateur import ORIGIN

from plans import TODAY
from portail.features.intake.nouveau.names import free_name
from portail.model.kinds import Kind
from portail.source.document import decode, parse_front_matter, split
from portail.text.normalise import slugify
from portail.text.visible import visible_text

pytestmark = pytest.mark.chromium

MODULE = "/theme/js/contribuer-fichier.js"
COMMUN = "/theme/js/commun.js"
PATH = PurePosixPath("content/events/x.md")
HOSTILE = (
    "yes", "No", "oui", "on", "OFF", "y", "null", "~", "true", "false", "2021-10-09", "01000",
    "2021-10-09 14:00", "14:00", "1_000", "0x1F", "0o17", "1e3", ".5", "5,50", "5.50", "-3",
    "+33 6",
    "1:30:00", ".inf", ".NaN", "<<", "=", "-", "- un", "--- ", "---", "...", "?", "? quoi", ":",
    ": a",
    "a: b", "a :b", "http://x.org/a:b#c", "a #b", "#b", "*gras*", "**", "&amp;", "!important", "%",
    "@nous", "`code`", "|", ">", "> cité", "[lien](x)", "{a: b}", "a, b", "a]", "}", "'apostrophe",
    '"guillemets"', "l’été", "« Dit-il »", "«\u00a0insécable\u00a0»", "10\u202f000\u00a0€",
    " devant", "derrière ", "\tonglet", "deux\nlignes", "trois\n\nlignes\n", "\r\nretour", "\\n",
    "\\", "\\\\\"", "fin:", "fin :", "a:\u00a0b", "🎉", "👩‍🔬 labo", "É́", "中文", "عربي",
    "x\u00adx",
    "Ça va ? Oui : « non »", "-- ", "{{ x }}", "{% x %}", "<b>gras</b>", "\u00a0",
    "a" * 300,
    "mot " * 60, "0", "00", "12", "0.5", "1.", "2021", "[", "]", "''", '""', "# titre", "a\u0085b",
)  # fmt: skip
SIGNS = "abé'\"’:#-?!&*|>%@`,[]{}\\ \n\t\u00a0«»0123456789.yn~<=🎉"
KEYS = ("titre", "resume", "debut", "rue", "a", "on", "y", "ids")


def text(chance):
    """A hostile text; never only blanks, which says nothing."""
    found = chance.choice(HOSTILE)
    if chance.random() < 0.4:
        found = "".join(chance.choices(SIGNS, k=chance.randint(1, 30)))
    elif chance.random() < 0.3:
        found = found + " " + chance.choice(HOSTILE)
    return found if found.strip("\ufeff\u200b \t\r\n\u00a0\u0085") else "x"


def group(chance, depth):
    names = [*chance.sample(KEYS, chance.randint(1, 4))]
    if chance.random() < 0.2:
        names.append(text(chance))
    found = {name: value(chance, depth) for name in names}
    stripped = [name.strip() for name in found]
    plain = len({*stripped}) == len(stripped) and "<<" not in stripped
    return found if plain and not any("\n" in one or "\r" in one for one in found) else {"a": "b"}


def value(chance, depth):
    draw = chance.random()
    if depth >= 3 or draw < 0.5:
        return text(chance)
    if draw < 0.7:
        return [text(chance) for _ in range(chance.randint(1, 6))]
    if draw < 0.85:
        return group(chance, depth + 1)
    return [group(chance, depth + 2) for _ in range(chance.randint(1, 3))]


def fronts():
    """Front matters: each hostile text alone, in a list and in a row; then hundreds by chance."""
    for one in HOSTILE:
        if one.strip("\u00a0 \u200b\n"):
            rows = [{"debut": one, "note": one}, {"debut": one * 3}]
            yield {"titre": one, "mots_cles": [one, "b"], "seances": rows, "age": {"min": one}}
    chance = random.Random(9)
    for _ in range(400):
        yield group(chance, 0)


def normal(found):
    """What is kept of a value: line ends of everyone, no control, nothing that does not show, keys
    without blanks around."""
    if isinstance(found, dict):
        return {normal(name).strip(): normal(one) for name, one in found.items()}
    if isinstance(found, list):
        return [normal(one) for one in found]
    return visible_text(
        str(found).replace("\r\n", "\n").replace("\r", "\n").replace("\u0085", "\n")
    )


def read(written):
    """What Python reads of a file: front matter and body, no diagnostic."""
    parts = split(decode(written.encode(), PATH, "événement"), PATH)
    root, found = parse_front_matter(parts.front, PATH, parts.front_line)
    assert not found, (found, written)
    return root.plain(), parts.body


@pytest.fixture(scope="module")
def call(kept):
    """Calls a function of the module for each row of arguments."""
    kept.goto(f"{ORIGIN}/")

    def run(name, rows, module=MODULE):
        return kept.evaluate(
            "async ([adresse, nom, rangs]) => { const module = await import(adresse);"
            " return JSON.parse(rangs).map((rang) => module[nom](...rang)); }",
            [module, name, json.dumps(rows)],
        )

    return run


def test_python_reads_what_the_browser_writes(call):
    every = list(fronts())
    assert len(every) > 450
    for front, written in zip(
        every, call("ecrire", [[one, "Corps."] for one in every]), strict=True
    ):
        found, body = read(written)
        assert found == normal(front), written
        assert body == "\nCorps.\n"
        assert written.endswith("Corps.\n")


def test_other_readers_of_yaml_read_text_where_it_matters(call):
    """PyYAML follows YAML 1.1, where « no » is false, 01000 is 512 and 14:00 is 840."""
    words = [one for one in HOSTILE if one.strip() and "\r" not in one and one != "a\u0085b"]
    (written,) = call("ecrire", [[{f"c{rank}": one for rank, one in enumerate(words)}]])
    again = yaml.safe_load(written.removeprefix("---\n").removesuffix("---\n"))
    typed = {visible_text(one): again[f"c{rank}"] for rank, one in enumerate(words)}
    assert {one for one, other in typed.items() if not isinstance(other, str)} == {
        "true", "false", "2021-10-09", "5.50", "-3", "0", "12", "0.5", "2021",
    }  # fmt: skip
    assert all(one == other for one, other in typed.items() if isinstance(other, str))


def test_a_file_looks_as_one_writes_it(call):
    front = {
        "titre": "Atelier en famille : fabriquer un spectroscope",
        "resume": "Avec une boîte.",
        "publie_le": "2021-09-27",
        "format": ["atelier"],
        "seances": [
            {"debut": "2021-10-03 15:00", "fin": "2021-10-03 17:00"},
            {"debut": "2021-10-10 15:00", "fin": "2021-10-10 17:00", "note": "n" * 80},
        ],
        "age": {"min": 8, "max": ""},
        "tarif": {"prix": "5,50"},
        "adresse": {"code_postal": "01000", "commune": "Senlis (60)"},
        "image": {"fichier": "boite.jpg", "alt": "Une boîte " * 8, "credit": "Médiathèque"},
        "organisateurs": ["mediatheque-de-saint-exemple"],
        "partenaires": [],
        "contact": {"url": "  "},
    }
    (written,) = call("ecrire", [[front, "\n  \n\nBonjour.\r\n\r\nFin.  \n\n\n"]])
    assert written == (
        "---\n"
        'titre: "Atelier en famille : fabriquer un spectroscope"\n'
        "resume: Avec une boîte.\n"
        "publie_le: 2021-09-27\n"
        "format: [atelier]\n"
        "seances:\n"
        "  - {debut: 2021-10-03 15:00, fin: 2021-10-03 17:00}\n"
        "  - debut: 2021-10-10 15:00\n"
        "    fin: 2021-10-10 17:00\n"
        f"    note: {'n' * 80}\n"
        "age: {min: 8}\n"
        'tarif: {prix: "5,50"}\n'
        'adresse: {code_postal: "01000", commune: Senlis (60)}\n'
        "image:\n"
        "  fichier: boite.jpg\n"
        f'  alt: "{"Une boîte " * 8}"\n'
        "  credit: Médiathèque\n"
        "organisateurs: [mediatheque-de-saint-exemple]\n"
        "---\n\nBonjour.\n\nFin.\n"
    )


def test_what_no_file_may_hold_is_left_out(call):
    bad = (
        "a\x00b\x1b\u202ec\u2066\ufeffd\u2028e\x7f\x9f\xad\u200b\u2063\u3164\ufffc\uf0b7\U00100000"
    )
    (written,) = call("ecrire", [[{"titre": bad, "vide": "\x00"}, f"Corps {bad}"]])
    found, body = read(written)
    assert found == {"titre": "abcd\ne"}
    assert body == "\nCorps abcd\ne\n"
    assert call("ecrire", [[{}, ""], [{"a": None}, None]]) == ["---\n---\n"] * 2


def test_names_are_those_of_python(call):
    chance = random.Random(4)
    signs = "abcéèœŒæÆøßẞſłÞðıİKﬁ①²Å’'-–_ .:0129\u00a0\u00adЖ東🎉\u0301"
    titles = [
        "L’œuvre d’Émile Borel : 1re séance", "STRASSE Straße", "Œuf", "", "東京", "ﬁn ﬀ",
        "mot-" * 30, "a" * 90, "a" * 80 + " b", "a" * 79 + " bc", *HOSTILE,
        *("".join(chance.choices(signs, k=chance.randint(1, 120))) for _ in range(2000)),
    ]  # fmt: skip
    found = call("slug", [[one] for one in titles], COMMUN)
    other = [(one, slugify(one), got) for one, got in zip(titles, found, strict=True)]
    assert [one for one in other if one[1] != one[2]][:10] == []


def test_a_name_is_free(call):
    taken = []
    for title in ("Nuit", "", "Aux", "a" * 90, "2021-10-09 Nuit", "COM1") * 11:
        (name,) = call("nommer", [[title, taken]])
        known = {f"events/{one}" for one in taken}
        assert name == free_name(Kind.EVENT, title, TODAY, known)
        taken.append(name.removeprefix("2021-10-09-"))
