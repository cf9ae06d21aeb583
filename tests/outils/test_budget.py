"""The audit of weights sees what is heavy, what comes from elsewhere, what a policy refuses."""

import pytest

from audit_budget import BUDGETS, PARTS, Visit, budget_of, over, prove_it_works, visit
from doses import cases
from serving import served

AXE = """window.axe = { run: async (page, { runOnly }) => ({ violations: runOnly ? []
  : [...document.images].filter((one) => !one.hasAttribute('alt'))
    .map((one) => ({ id: 'image-alt', impact: 'critical', help: 'Un texte',
      nodes: [{ target: [one.id] }] })) }) };"""
"""What the tool would find, in small."""
HEAD = "<!DOCTYPE html><html lang=fr><title>Essai</title><link rel=icon href='data:,'>"


@cases(
    ("place", "budget"),
    [
        ("/", "home"),
        ("/agenda/", "agenda"),
        ("/lieux/", "map"),
        ("/lieux/page/2/", "map"),
        ("/lieux/type/musee/", "map"),
        ("/lieux/la-coupole/", "lieux/*"),
        ("/dossiers/", "facets"),
        ("/articles/page/2/", "facets"),
        ("/articles/un-article/", "articles/*"),
        ("/projets/", "other"),
    ],
)
def test_each_address_has_its_budget(place, budget):
    assert budget_of(place) == budget
    assert len(BUDGETS[budget]) == len(PARTS)


def test_what_is_too_heavy_is_said():
    seen = Visit()
    seen.weights.update(html=9_001, requests=15)
    assert over(seen, BUDGETS["evenements/*"]) == ["html: 9.0 kB, over 9"]
    seen.weights.update(html=9_000, requests=16)
    assert over(seen, BUDGETS["evenements/*"]) == ["requests: 16, over 15"]


@pytest.mark.chromium
def test_what_a_visit_sees(arbre, browser):
    prove_it_works(browser)
    policy = "<meta http-equiv=Content-Security-Policy content=\"style-src 'self'\">"
    # What moves is what was painted: the first frame is drawn after the first of these calls.
    moved = (
        "<script>requestAnimationFrame(() => requestAnimationFrame(() => "
        "{d.style.height = '300px'}))</script>"
    )
    output = arbre(
        {
            "sain.html": f"{HEAD}<p>Texte <img src=/a.svg width=9 height=9 alt=>",
            "a.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
            "faux.html": f"{HEAD}{policy}<div id=d></div><p style='color:red'>x"
            f"<img id=a src=https://ailleurs.test/x><img alt='' src=/absente.png>{moved}"
            "<script>throw Error('panne')</script>",
            "courriel.html": f"{HEAD}<img alt='' src=https://ailleurs.test/une.png>",
        }
    )

    with served(output) as host:

        def seen(name):
            return visit(browser, output, host, output / name, (390, 844), AXE)

        sound = seen("sain.html")
        assert sound.texts == []
        assert sound.weights["requests"] == 2
        assert sound.weights["images"] > 0
        wrong = seen("faux.html").texts
        assert "request elsewhere: https://ailleurs.test/x" in wrong
        assert f"missing file: {host}/absente.png" in wrong
        assert "script error: panne" in wrong
        assert "light: image-alt (critical): Un texte [a]" in wrong
        assert any(text.startswith("policy: style-src") for text in wrong)
        assert any(text.startswith("layout shift") for text in wrong)
        assert seen("courriel.html").texts == []
        broken = "window.axe = { run: async () => { throw Error('panne') } };"
        (said,) = visit(browser, output, host, output / "sain.html", (390, 844), broken).texts
        assert said.startswith("not examined: ")
