"""Whatever a source holds, what is composed is accepted, but for what the source does not say."""

from html import unescape
from pathlib import PurePosixPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doses import dose
from fiches import codes, known
from portail.body.render import render_body
from portail.model.kinds import Kind
from portail_importer.importer.sources.compose import compose
from portail_importer.importer.sources.items import SourceItem

UNSAID = {"E201", "E215", "E217", "E224", "E225", "E233", "E253", "E254", "E272"}
"""Codes of what is missing."""
SIGNS = st.sampled_from(
    ["", " ", "<b>x", "</", "<!--", "=?utf-8?B?DQo=?=", "a\u0301" + "\u0301" * 9, "\u3164",
     "\u200b",
     "\x07", "é" * 400, "\ud7ff", "😀", "x\ny", "2021-10-09", "2021-02-31", "2021-10-09 14:00",
     "2021-10-09 25:00", "-5", "12", "1e400", "nan", "10001", "true", "oui", "https://a.test/x",
     "http://", "javascript:alert(1)", "//a.test", "https://mus\u0435e.test", "a@b.test", "a@b",
     "03 21 00 00 00", "0321", "Lille", "Nulle part", "59000", "la-coupole", "lieux/la-coupole",
     "nulle-part", "2021", "atelier", "mercredi", "obligatoire", "annule", "fr", "CC-BY-4.0",
     "null", "~", "- x", "# x", "{a: b}", "*x*", "Tu-Fr 10:00-12:00", "1 h 30", "10.1000/182"]
)  # fmt: skip
SCALARS = SIGNS | st.text(max_size=8) | st.integers(-5, 5000) | st.none()
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
PARTS = ("nom", "rue", "commune", "code_postal")
KINDS = (Kind.EVENT, Kind.ARTICLE, Kind.LIEU, Kind.ANNONCE, Kind.RESSOURCE)


@st.composite
def founds(draw, kind):
    """A thing found whose other fields are those of its kind, filled at random."""
    schema = known().schema(kind)
    names = draw(st.lists(st.sampled_from([*schema["properties"], "bidule"]), max_size=6))
    others = {name: _filled(draw, schema["properties"].get(name, {})) for name in names}
    texts = st.text(max_size=40) | SIGNS
    group = st.dictionaries(st.sampled_from(["min", "max", "prix", "gratuit", "url", "courriel",
                                             "regime", "moteur"]), SIGNS, max_size=3)  # fmt: skip
    moments = dict.fromkeys(("debut", "fin", "etat"), SIGNS)
    sessions = st.lists(st.fixed_dictionaries({}, optional=moments), max_size=4)
    quand = st.fixed_dictionaries({}, optional={**moments, "seances": sessions})
    words = st.lists(SIGNS, max_size=4).map(tuple)
    return SourceItem(
        row=1,
        kind=kind,
        namespace=draw(st.sampled_from(["page", "flux"])),
        identifier=draw(SIGNS),
        titre=draw(texts),
        resume=draw(texts),
        quand=draw(quand),
        adresse=draw(texts | st.dictionaries(st.sampled_from(PARTS), SIGNS)),
        extra=others,
        **{draw(st.sampled_from(["html", "texte", "markdown"])): draw(texts)},
        **{name: draw(group) for name in ("tarif", "inscription", "age", "accessibilite")},
        **{name: draw(words) for name in ("formats", "mots", "organisateurs", "connus")},
        **{name: draw(SIGNS) for name in ("en_ligne", "etat", "jauge", "langue", "publie_le",
                                          "modifie", "url", "conditions")},
    )  # fmt: skip


def _filled(draw, schema):
    """A value of about the shape that a schema asks for."""
    if draw(st.integers(0, 5)) == 0:
        return draw(VALUES)
    if schema.get("type") == "array":
        return [_filled(draw, schema["items"]) for _ in range(draw(st.integers(0, 3)))]
    if "properties" in schema:
        names = draw(st.lists(st.sampled_from([*schema["properties"]]), max_size=5))
        return {name: _filled(draw, schema["properties"][name]) for name in names}
    if "enum" in schema and draw(st.booleans()):
        return draw(st.sampled_from(schema["enum"]))
    return draw(SCALARS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.value)
@settings(max_examples=dose(8, 80), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_it_is_accepted(kind, data):
    found = data.draw(founds(kind))
    made = compose(found, known())
    assert codes(made) <= UNSAID
    assert [*made.values] == [
        name for name in known().schema(kind)["properties"] if name in made.values
    ]
    assert all(loss.reason for loss in made.losses)


MARKS = st.sampled_from(
    ["[a](b)", "![i](j.jpg)", "![i](https://a.test/j.jpg)", "[a]: /x", "[a][b]", "[^1]", "[^1]: n",
     "# T", "#### T", "* a", "- a", "1. a", "> q", "```", "`x`", "<b>", "<!--", "&lt;b&gt;", "\\",
     "<https://a.test>", "|a|b|", "|---|---|", "===", "    code", "\t", "\r", "\n", "\n\n", " ",
     "**gras**", "::: a", "[l](lieux/rien.md)", "[l](javascript:alert(1))", "\u202e", "é"]
)  # fmt: skip
BODIES = st.lists(MARKS | st.text(max_size=4), max_size=16).map("".join)


@settings(max_examples=dose(15, 100))
@given(form=st.sampled_from(["html", "texte", "markdown"]), text=BODIES)
def test_its_text_is_accepted(form, text):
    given_ = {form: text, "resume": "Une sortie.", "kind": Kind.ARTICLE}
    made = compose(SourceItem(row=1, titre="Une sortie", **given_), known())
    found = render_body(made.body, PurePosixPath("content/a.md")).diagnostics
    assert [one.code for one in found if one.code[0] == "E"] == []


def test_marks_of_a_plain_text_are_signs():
    text = "Un [mot](ailleurs), un autre[^1] et <b>gras</b>, C:\\temp."
    made = compose(SourceItem(row=1, titre="a", resume="b", texte=text), known())
    body = render_body(made.body, PurePosixPath("content/a.md")).html.html
    assert unescape(body) == f"<p>{text}</p>"
