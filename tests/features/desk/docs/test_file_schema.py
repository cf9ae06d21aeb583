"""The published schema is true: it accepts what ``portail check`` does, and refuses what a schema
can say."""

import re
from functools import cache
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from checkout import ROOT
from doses import dose, rows_of
from portail.features.desk.docs.file_schema import UNSAID, file_schema
from portail.features.desk.docs.spellings import spelled, words
from portail.features.services.schemas.examples import example_page
from portail.features.services.schemas.examples import written as yaml
from portail.features.services.schemas.fields import example_of, fields_of, group_of
from portail.model.aliases import ALIASES
from portail.model.kinds import BY_FOLDER, Kind
from portail.model.registry import MODELS
from portail.source.document import Parts, parse_front_matter, split
from portail.source.validation import validate
from portail.text.place import PLACE, filled
from tables import lists, reading
from yaml_core import typed

SITES = (ROOT / "content", ROOT / "tests/sites/vitrine/content")
A_FILE = PurePosixPath("content/x.md")


@cache
def judge(kind):
    return Draft202012Validator(file_schema(kind, lists()))


def codes(front, kind):
    """Codes of the errors that ``portail check`` finds in the fields of a file."""
    root, found = parse_front_matter(front, A_FILE, 1)
    if root is None:
        return {"YAML"}
    faults = validate(root, kind, "x", A_FILE, reading("Hauts-de-France"))[1]
    return {one.code for one in (*found, *faults) if one.code[0] == "E"}


def refused(front, kind):
    """What the schema refuses in it."""
    errors = judge(kind).iter_errors(typed(front))
    return [f"{'.'.join(map(str, one.absolute_path))}: {one.message[:200]}" for one in errors]


def agree(front, kind, path=""):
    """Both accept ``front``, or both refuse it, but for what no schema says."""
    found = codes(front, kind)
    if "YAML" in found:
        return
    said = refused(front, kind)
    if not found:
        # A gap of a draft is an advice, which an editor underlines.
        assert said == [] or "À COMPLÉTER" in front, (path, front)
    elif not found & UNSAID:
        assert said, (path, found, front)


def files():
    """Every content of the demonstration, of the showcase, of the sites that are wrong."""
    wrong = sorted((ROOT / "tests/sites/invalides").glob("*/content"))
    for folder, kind in BY_FOLDER.items():
        for site in (*SITES, *wrong):
            for path in sorted((site / folder).rglob("*.md")):
                yield (
                    str(path.relative_to(ROOT)),
                    kind,
                    path.read_bytes().decode("utf-8", "replace"),
                )


def front_of(text):
    """The front matter of a file, empty where it has none."""
    parts = split(text.replace("\r\n", "\n"), A_FILE)
    return parts.front if isinstance(parts, Parts) else ""


def test_every_content_is_judged_alike():
    judged = 0
    for path, kind, text in [*files()][:: dose(4, 1)]:
        front = front_of(text)
        if front and "YAML" not in codes(front, kind):
            judged += 1
            agree(front, kind, path)
    assert judged > dose(175, 700)


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_the_example_of_each_kind_is_accepted(kind):
    front = front_of(example_page(kind))
    assert codes(front, kind) == set()
    assert refused(front, kind) == []


LIEU = "titre: T\nresume: R\ntype: musee\ncommune: Lens (62)\n"
EVENT = (
    "titre: T\nresume: R\npublie_le: 2027-09-20\nformat: atelier\ndebut: 2027-10-09\n"
    "adresse: {commune: Lens (62)}\n"
)
LINES = rows_of("features/desk/docs/lignes.yml")


def front_with(line):
    """An event of which the field of ``line`` is so."""
    key = line.partition(":")[0]
    kept = [other for other in EVENT.splitlines() if not other.startswith(f"{key}:")]
    return "\n".join([*kept, line, ""])


@pytest.mark.parametrize(
    "line",
    [*LINES["acceptees"].splitlines(), f"titre: {'é' * 140}", f"titre: a{' ' * 300}b"],
)
def test_what_is_accepted_is_accepted(line):
    front = front_with(line)
    if "lien-apres-inscription" in line:
        front += "inscription: {regime: obligatoire, telephone: 01 99 00 12 34}\n"
    if "Bruxelles" in line:
        front += "coordonnees: {lat: 50.8, lon: 4.3}\n"
    assert codes(front, Kind.EVENT) == set()
    assert refused(front, Kind.EVENT) == []


@pytest.mark.parametrize("line", [*LINES["refusees"].splitlines(), f"titre: {'é' * 141}"])
def test_what_is_refused_is_refused(line):
    front = front_with(line)
    if line == "seances: []":
        front = front.replace("debut: 2027-10-09\n", "")
    assert codes(front, Kind.EVENT)
    assert refused(front, Kind.EVENT)


NO_DAY = EVENT.replace("debut: 2027-10-09\n", "")


@pytest.mark.parametrize(
    ("kind", "front", "ok"),
    [
        (Kind.LIEU, LIEU.replace("titre", "Title"), True),
        (Kind.LIEU, LIEU.replace("titre: T", "titre: T\ntitle: T"), False),
        (Kind.LIEU, LIEU.replace("resume", "SUMMARY"), True),
        (Kind.LIEU, LIEU.replace("titre", "Titre"), False),
        (Kind.LIEU, LIEU + "tags: a, b; c\nmodified: 2027-10-09T10:00:00\n", True),
        (Kind.LIEU, LIEU + "date: hier\n", False),
        (Kind.EVENT, NO_DAY + "timings: [{begin: 2027-10-09, end: 2027-10-10}]\n", True),
        (Kind.EVENT, NO_DAY + "timings: [{end: 2027-10-10}]\n", False),
    ],
)
def test_keys_of_other_tools(kind, front, ok):
    assert (codes(front, kind) == set()) is ok
    assert (refused(front, kind) == []) is ok


# Random values, near those that are right.

LETTERS = st.characters(max_codepoint=0x17F, exclude_categories=["Cc", "Cs"])


def leaves(model, path=()):
    """Every field of a kind that is no group, by the keys that lead to it; its example."""
    for name, info in fields_of(model):
        group = group_of(info)
        if group is None or name == "editions":
            yield (*path, name), example_of(name, info)
        elif len(path) < 2:
            yield from leaves(group, (*path, name))


@cache
def spots(kind):
    return tuple(leaves(MODELS[kind]))


def texts_near(shown):
    """Values near an example, as people and programs write them."""
    plain = shown[0] if isinstance(shown, list) and shown else shown
    base = plain if isinstance(plain, str) else "un texte"
    typos = st.tuples(st.integers(0, max(len(base) - 1, 0)), LETTERS).map(
        lambda one: base[: one[0]] + one[1] + base[one[0] + 1 :]
    )
    forms = st.sampled_from(
        [base, base.upper(), base.title(), f"{base} ", f"{base} €", base.replace("-", " ")]
    )
    digits = st.from_regex(r"[-+]?[0-9 ]{1,13}([.,][0-9]{0,7})?( ?€)?", fullmatch=True)
    odd = st.sampled_from(["", *"true Oui non 0 -0 1e3 ~ 2027 62300 12:30 France 0x1F".split()])
    one = typos | forms | digits | odd | st.text(LETTERS, max_size=20)
    return one | st.lists(one, max_size=4)


@cache
def complete(kind):
    """What a file of ``kind`` must say."""
    asked = {
        name: example_of(name, info)
        for name, info in fields_of(MODELS[kind])
        if name in MODELS[kind].obligatoires
    }
    return {**filled(dict(kind.info.minimum), PLACE.words), **asked}


@st.composite
def fronts(draw):
    """A front matter whose fields are right, but for some that may be anything."""
    kind = draw(st.sampled_from(list(Kind)))
    fields = dict(complete(kind))
    for path, shown in draw(st.lists(st.sampled_from(spots(kind)), min_size=1, max_size=3)):
        value = draw(texts_near(shown))
        top, *inner = path
        for key in reversed(inner):
            value = {key: value}
        if isinstance(fields.get(top), dict) and isinstance(value, dict):
            value = {**fields[top], **value}
        fields[top] = value
    quoted = draw(st.booleans())
    lines = [f"{key}: {raw(value, quoted)}" for key, value in fields.items()]
    return kind, "\n".join(lines) + "\n"


def raw(value, quoted):
    """``value`` as YAML: between quotes where they are needed, or everywhere."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {raw(one, quoted)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(raw(one, quoted) for one in value) + "]"
    text = str(value)
    plain = re.fullmatch(r"[\w+~.-][\w :+./€-]*[\w./€]|[\w~]", text) and ": " not in text
    return text if plain and not quoted else yaml(text) if text[:1] == '"' else json_text(text)


def json_text(text):
    """A double-quoted scalar."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@given(fronts())
def test_random_values_are_judged_alike(told):
    kind, front = told
    agree(front, kind)


@given(
    st.sampled_from([(name, term) for name in sorted(lists()) for term in lists()[name].values()]),
    st.data(),
)
def test_every_name_of_a_term_is_known(told, data):
    name, term = told
    text = data.draw(st.sampled_from(sorted(term.names)))
    form = data.draw(st.sampled_from([str, str.upper, str.lower, str.title]))(text)
    form = form.replace("'", data.draw(st.sampled_from("'’´")))
    assert lists()[name].find(form) is None or re.search(words(term.names), form)
    assert re.fullmatch(spelled(text), text)


def test_aliases_are_of_the_schema():
    known = {
        key for kind in Kind for key in file_schema(kind, lists()).get("patternProperties", {})
    }
    assert len(known) == len(ALIASES)
