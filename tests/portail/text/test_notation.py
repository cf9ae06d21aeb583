"""Subscripts and exponents of titles, and what looks like notation."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from doses import cases
from portail.text.normalise import fold
from portail.text.notation import _LIKE, _SIGNS, FORMULA, likenesses, may_be_like
from portail.text.typography import inline_html, inline_parts, plain

CASES = [
    ("H~2~O", "H<sub>2</sub>O", "H₂O"),
    ("SO~4~^2-^", "SO<sub>4</sub><sup>2−</sup>", "SO₄²⁻"),
    ("10^-3^ m^2^", "10<sup>−3</sup> m<sup>2</sup>", "10⁻³ m²"),
    ("^14^C et ^14^~6~C", "<sup>14</sup>C et <sup>14</sup><sub>6</sub>C", "¹⁴C et ¹⁴₆C"),
    ("V~max~, *x~i~*", "V<sub>max</sub>, <em>x<sub>i</sub></em>", "Vmax, xᵢ"),
    ("Le XIX^e^ siècle, 1^er^", "Le XIX<sup>e</sup> siècle, 1<sup>er</sup>", "Le XIXe siècle, 1er"),
    ("x^ab^", "x<sup>ab</sup>", "x^ab"),
    ("~10 à ~20 kg, ^_^, a ^b^ c", "~10 à ~20\u00a0kg, ^_^, a ^b^ c", "~10 à ~20 kg, ^_^, a ^b^ c"),
    (r"H\~2\~O, 2\^3", "H~2~O, 2^3", "H~2~O, 2^3"),
    ("m^2^ : <b>", "m<sup>2</sup>\u00a0: &lt;b&gt;", "m² : <b>"),
]


@cases(("text", "shown", "alone"), CASES)
def test_a_title(text, shown, alone):
    assert inline_html(text) == shown
    assert plain(text) == alone


@cases(
    ("text", "heard"),
    [
        ("10^6^", "10 exposant 6"),
        ("SO~4~^2-^", "SO4 exposant 2−"),
        ("^14^C", "14C"),
        ("1^er^", "1er"),
        ("XIX^e^", "XIXe"),
    ],
)
def test_what_a_screen_reader_says(text, heard):
    assert re.sub("<[^>]*>", "", inline_html(text, heard=True)) == heard


@cases(("text", "typed"), [("H~2~O", "h2o"), ("CO~2~", "co2"), ("m^2^", "m2")])
def test_the_search_finds_what_is_typed_without_marks(text, typed):
    assert fold(plain(text)) == typed


@given(st.text("aH2~^*\\ -", max_size=40))
def test_the_channels_say_the_same(text):
    # Emphasis that begins inside a mark and ends outside is read otherwise by each, as is
    # what stands against a mark.
    assume(not re.search(r"[~^][^~^]*\*[^~^]*[~^]|[~^][*\\]|\*[~^]|\\{2}", text))
    shown = re.sub("<[^>]*>", "", inline_html(text)).replace("−", "-")
    assert fold(plain(text)).replace("^", "") == fold(shown).replace("^", "")
    assert fold("".join(inline_parts(text))) == fold(plain(text))


@cases(
    "text",
    ["5 $ et 10 $", "$5 et $10", "de 5$ à 10$", "$10, 5$", "$HOME$", "US$5", "$ x $", "$5 à 10$"],
)
def test_a_price_is_no_formula(text):
    assert FORMULA.search(text) is None


@cases(
    ("text", "found"),
    [
        ("du CO2 et du CO2", [("CO2", "CO~2~")]),
        ("d’H2O", [("H2O", "H~2~O")]),
        ("12 m2, 3 km2", [("m2", "m^2^"), ("km2", "km^2^")]),
        ("10^-3 et 10^6^", [("10^-3", "10^-3^")]),
        (r"\(a\), \[x=1\]", [(r"\(a\)", "$a$"), (r"\[x=1\]", "$x=1$")]),
        (r"\[sic\] \(voir la page\) \[^1\]", []),
        (r"\[vc_row a=1\]Un \[/vc_row\]\[et_pb_text /\]", []),
        (r"\[gallery ids=\"1,2\"\] \[contact-form-7 id=1\]", []),
        (r"\[a](lieux/phare) \| b [c \]", []),
        (r"\[1+\frac{a}{b}\]", [(r"\[1+\frac{a}{b}\]", r"$1+\frac{a}{b}$")]),
        (r"\[v_{max}\]", [(r"\[v_{max}\]", "$v_{max}$")]),
        ("le musée H2O, la N2, CO₂, CO~2~, A2, m2, salle CO2-3", []),
        ("~mots barrés~", [("~mots barrés~", "~~mots barrés~~")]),
    ],
)
def test_what_looks_like_notation(text, found):
    assert [one[1:] for one in likenesses(text)] == found


@cases("sort", [*_LIKE])
def test_a_likeness_is_found_wherever_its_expression_finds_it(sort):
    """A text is searched for a sign of each sort first, which must be there."""

    @given(st.from_regex(_LIKE[sort]))
    def signed(text):
        assert may_be_like(text)
        assert _SIGNS[sort].search(text)

    signed()
