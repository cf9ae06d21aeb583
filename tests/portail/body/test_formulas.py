"""Formulas of TeX as MathML: what teachers write is drawn, the rest says why it is not."""

from pathlib import PurePosixPath
from xml.etree.ElementTree import tostring

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from doses import cases
from portail.body.inline import ELEMENTS, MATHML, MATHML_VALUES, Misread, formula
from portail.body.render import render_body
from portail.text.notation import FORMULA_SIGNS

PATH = PurePosixPath("content/articles/essai.md")

DRAWN = r"""
E = mc^2
\frac{a}{b} = \dfrac{1}{2}
\sqrt{2h/g} \sqrt[3]{x}
x_1, x_2, \dots, x_n
\int_0^1 x\,dx
\sum_{i=1}^{n} i = \frac{n(n+1)}{2}
\lim_{x \to 0} \frac{\sin x}{x} = 1
h = d \times \tan \alpha + y
\vec{F} = m\vec{a}
\mathbb{R}, \mathcal{L}, \mathbf{v}, \mathrm{d}x
\alpha \beta \gamma \Delta \Omega \varepsilon \lambda \mu \pi
a \leq b \neq c \approx d \equiv e \pm f
\begin{pmatrix} a & b \\ c & d \end{pmatrix}
\begin{cases} x & \text{si } x > 0 \\ -x & \text{sinon} \end{cases}
\begin{aligned} a &= b \\ c &= d \end{aligned}
\left( \frac{a}{b} \right)^2
\overline{AB} \hat{\theta} \dot{x} \tilde{y}
{}^{14}_{6}\mathrm{C}
\mathrm{H_2O} \rightarrow \mathrm{H^+} + \mathrm{OH^-}
A \cup B \cap C \subset D \in E \forall x \exists y
\ln 2 \approx 0{,}693
\binom{n}{k} \quad n!
12\,\text{m} \cdot \text{s}^{-1}
\underbrace{a + b}_{2}
90^\circ
x' + y''
\nabla \cdot \vec{E} = \frac{\rho}{\varepsilon_0}
\infty \partial \hbar \ell
"""


@cases("tex", DRAWN.strip().split("\n"))
def test_what_is_written_at_school_is_drawn_and_nothing_of_it_is_removed(tex):
    for text in (f"Soit ${tex}$.", f"$$\n{tex}\n$$"):
        body = render_body(text, PATH)
        assert body.diagnostics == ()
        assert "<math" in body.html.html
        assert tex in body.html.text


@cases(
    ("tex", "reason"),
    [
        (r"\racine{2}", "« \\racine » n’y est pas connu"),
        (r"\begin{foo}a\end{foo}", "« foo » n’y est pas connu"),
        (r"\frac{1", "une accolade, une parenthèse ou un argument y manque"),
        (r"x^", "une accolade, une parenthèse ou un argument y manque"),
        (r"x_1_2", "une faute s’y trouve vers le signe 4"),
        (r"\color{red}{x}", "elle n’a ni couleur ni mise en forme"),
        (r"\hspace{99em}", "une de ses longueurs est démesurée"),
        (r"\boxed{x}", "une de ses commandes ne se dessine pas dans tous les navigateurs"),
        (r"\href{https://x.org}{y}", "« \\href » n’y est pas connu"),
        ("{" * 61 + "}" * 61, "elle a trop d’accolades"),
        ("x" * (FORMULA_SIGNS + 1), "elle a plus de 1000 signes"),
        (r"\newcommand{\a}{\a\a}\a", "une faute s’y trouve vers le signe 1"),
    ],
)
def test_what_is_not_drawn_says_why(tex, reason):
    with pytest.raises(Misread) as raised:
        formula(tex)
    assert raised.value.reason == reason


PIECES = st.sampled_from(
    r"""\frac { } ^ _ x 2 \sqrt [ ] \left( \right) \begin{matrix} \end{matrix} & \\ \text{ < > " '
    \hspace{9em} \color{red} \newcommand{\a}{\a} \a \mathrm \sum é \u0000 % # ~ \rule \phantom \dot
    \cancel \, \boxed \hat \overline \tag{1} \label{a} \begin{align} \end{align} \sin""".split()
)


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=40))
@example("\\\u0000")
def test_whatever_is_written_is_drawn_within_the_list_or_refused(tex):
    try:
        math = formula(tex, block=True)
    except Misread:
        return
    for element in math.iter():
        assert element.tag in ELEMENTS
        allowed = MATHML.get(element.tag, set()) | MATHML_VALUES.get(element.tag, {}).keys()
        assert not element.attrib.keys() - allowed
    assert b"<script" not in tostring(math)


@given(st.text("$ax2^_\\{} ~\n5é`", max_size=60))
def test_whatever_holds_dollars_is_read(text):
    body = render_body(text, PATH)
    assert "E325" not in {one.code for one in body.diagnostics}
