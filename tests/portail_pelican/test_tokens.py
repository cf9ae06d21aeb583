"""The palette read from the style sheet."""

import pytest

from portail.diagnostics import PlanError
from portail_pelican.assets import TOKENS, Jeton, Tokens

SHEET = """
/* :root { --encre: comment } */
:root { --encre: #111111; --bleu: #0000AA; --fond-bleu: #DDDDFF; --pile: a, b; --seul: #F0F }
@media screen and (prefers-color-scheme: dark) {
  :root:not([data-theme="clair"]) { --encre: #EEEEEE; }
}
@media screen {
  :root[data-theme="sombre"] { --encre: #EEEEEE; --bleu: #AAAAFF; --fond-bleu: #000022 }
}
@media print { :root { --encre: #000000; } }
:root { --t: var(--encre); --t-fond: var(--seul); --rond: var(--rond) }
.t-bleu, .t-mer { --t: var( --bleu ); --t-fond: var(--fond-bleu); }
.t-gris { --t: var(--absent); color: red }
"""


@pytest.fixture
def tokens(tmp_path):
    """The tokens of ``SHEET``."""
    path = tmp_path / "static" / TOKENS
    path.parent.mkdir(parents=True)
    path.write_text(SHEET, encoding="utf-8")
    return Tokens(tmp_path)


def test_a_token_has_its_light_and_dark_values(tokens):
    assert tokens.jeton("encre") == Jeton("#111111", "#EEEEEE")
    assert tokens.jeton("seul") == Jeton("#F0F", "#F0F")
    assert tokens.jeton("pile").clair == "a, b"


def test_two_colours_are_mixed_when_both_are_computed(tokens):
    assert tokens.melange("#111111", "#F0F", 0.5) == "#880888"
    assert tokens.melange("#111111", "oklch(60% 0 0)", 0.5) == "#111111"


@pytest.mark.parametrize("theme", ["bleu", "mer"])
def test_a_theme_has_its_own_colours(tokens, theme):
    couleurs = tokens.couleurs(theme)
    assert couleurs.t == Jeton("#0000AA", "#AAAAFF")
    assert couleurs.fond == Jeton("#DDDDFF", "#000022")


def test_no_theme_is_the_colours_of_the_root(tokens):
    assert tokens.couleurs().t == Jeton("#111111", "#EEEEEE")
    assert tokens.couleurs("").fond == Jeton("#F0F", "#F0F")


@pytest.mark.parametrize(
    ("theme", "told"), [("rouge", r"\.t-rouge"), ("gris", "--absent")], ids=["class", "variable"]
)
def test_a_theme_that_is_not_declared_is_told(tokens, theme, told):
    with pytest.raises(PlanError, match=told):
        tokens.couleurs(theme)


@pytest.mark.parametrize("name", ["inconnu", "rond"])
def test_a_token_that_is_not_declared_is_told(tokens, name):
    with pytest.raises(PlanError, match=f"--{name}"):
        tokens.jeton(name)


def test_a_theme_without_tokens_is_told(tmp_path):
    with pytest.raises(PlanError, match=r"tokens\.css"):
        Tokens(tmp_path).jeton("encre")
