"""The form judges a text as ``portail check`` does: same codes, same sentences."""

from collections import Counter
from pathlib import PurePosixPath

import pytest

from checkout import ROOT
from doses import rows_of
from portail.body.render import render_body
from portail_contribuer.contribuer.body_rules import form_rules

pytestmark = pytest.mark.chromium
JUDGE = """async ([table, textes]) => {
  const charger = (nom) => import(`/theme/js/${nom}.js`);
  const noms = ['rendu', 'adresses', 'proches', 'controle'];
  const lus = await Promise.all(noms.map((nom) => charger(`contribuer-${nom}`)));
  const outils = Object.fromEntries(noms.map((nom, rang) => [nom, lus[rang]]));
  outils.markdown = await charger('tiers/MARKDOWN');
  const { juger } = await charger('contribuer-corps');
  return textes.map((texte) => juger(texte, table, outils, 'a').fautes
    .map(({ code, message, remede }) => [code, message, remede]));
}"""

ADDRESSES = (
    "www.musee.fr", "musee.fr/a", "//musee.fr", "/\\musee.fr", "https://musee.fr", "http://",
    "https://musee.fr:0/", "https://musee.fr:99999/", "https://a b.fr", "https://-a.fr",
    "HTTPS://Musee.FR/é", "ftp://musee.fr", "javascript:alert(1)", "java&#9;script:x", "data:x,y",
    "javascript&colon;x", "mailto:a@b.fr", "mailto:a@b", "mailto:a@b.fr,c@d.fr", "a@b.fr",
    "mailto:a%40b.fr", "tel:+33320000000", "tel:abc", "?a=b", "a:b/c", "lieux/la-coupole",
    "../articles/un.md", "fichier.pdf", "#", "#nulle-part", "#un", "", "https://[::1]/",
    "https://u:p@musee.fr/", "https://musee.fr/?a=é&b='c'", "\\\\serveur\\x", "musée.museum",
    "https://musée.fr/", "https://musee.fr/a\u200bb", "https://1.2.3.4.5/", "www.musee.fr.md",
    "https://portail.fr@musee.fr/a?b=c@d", "https://@musee.fr", "https://musee.fr/@camille",
    "https:/musee.fr", "https:musee.fr", "https://musee", "a.b.c", "x" * 2001,
)  # fmt: skip
TAGS = rows_of("portail_contribuer/tests/contribuer/corps.yml")
TEXTS = (
    "# Un\n\n## Deux\n\n#### Quatre\n\n##\n\n### [](a)", "Un\n==\n\nDeux\n--", "### Trois",
    "> # Un\n\n- ## Deux\n\n- #### Trois", "## Un\n\n[a](#un) [b](#deux) [c](#Un) [d](#%55n)",
    "## Un\n\n## Un\n\n[a](#un-2) [b](#un-3) [c](#notes)", "## Note 1\n\n[a](#section-note-1)",
    "a[^1]", "a[^1]\n\n[^1]: b", "a\n\n[^1]: b", "a[^1](b)", "a[^ 1] [^b c]",
    "[a](mon fichier.pdf)", "![a](ma photo.jpg)", "![](a.jpg)", "![ ](a.jpg)", "![a](a.svg)",
    "![a](https://b.fr/c.jpg)", "![a](www.b.fr/c.jpg)", "![a](a@b.fr)", "![a](mailto:a@b.fr)",
    "![a](#b)", "![a](dossier/B.JPEG)", "![a](.jpg)", "![a](javascript:x)", "[![](a.jpg)](b/c)",
    "[![d](a.jpg)](www.b.fr)", "[](https://a.fr)", "[ ](https://a.fr)", "[**](https://a.fr)",
    "[ici](https://a.fr)", "[« Ici »](https://a.fr)", "[en savoir plus…](https://a.fr)",
    "[le *site*](https://a.fr)", "[`ici`](https://a.fr)", "[Le programme](https://a.fr)",
    "[a][b]\n\n[b]: www.c.fr", "[b]\n\n[b]: <javascript:x> 'y'", "[b][]\n\n[B]: //c.fr", "[a][b]",
    "www.a.fr et https://b.fr. et c@d.fr", "```\n<b> [a](www.b.fr)\n```", "    <b>\n", "`[a](x:y)`",
    "> [!NOTE] [a](www.b.fr)\n> <b>c</b>", "!!! note\n    [a](www.b.fr)", "| a |\n|---|\n| <b> |",
    "- [a](www.b.fr)\n\n  # c", "a\n: [b](www.c.fr)", "*[AB]: c\n\nAB <i>d</i>", "*a <b>c* d</b>",
    "a" + "!" * 201, "a" + "-" * 201, "b" * 20_001, "é" * 10_001, ("c" * 999 + "\n") * 201,
    "[" * 21 + "a" + "]" * 21, "[0, 1[ " * 30, "[0, 1[ " * 201, "> " * 21 + "a", "> " * 19 + "a",
    "\\[a](www.b.fr)", "[a\\]](www.b.fr)", "[a](<www.b.fr> 'c')", "[a](www.b.fr \"c\")",
    "[a](\nwww.b.fr)", "a  \n[b](www.c.fr)", "[a](www.b.fr)\r\n\r\n<b>c</b>\r\n", "[x]: www.a.fr",
    "Voir <https://u:p@musee.fr/>.",
    "<<<<<<< a\nb\n=======\nc\n>>>>>>> d", "a\n||||||| b", " <<<<<<< a", "||||||| a |",
    "Contact : a@b.fr, 03 20 00 00 00.", "1. a\n2. [b](www.c.fr)\n   - <b>d</b>", "~~<b>~~ **<i>**",
)  # fmt: skip


def _told(text):
    found = render_body(text, PurePosixPath("content/articles/a.md")).diagnostics
    # Notation of science and marks of other tools are judged by check alone.
    alone = ("E332", "C333", "C337")
    return Counter((it.code, it.message, it.hint) for it in found if it.code not in alone)


def _bodies():
    """The text of every file of the sites, good and faulty."""
    found = []
    for folder in ("content", "tests/sites"):
        for path in sorted((ROOT / folder).rglob("*.md")):
            text = path.read_bytes().decode("utf-8", "replace")
            found.append(text.split("\n---\n", 1)[-1])
    return found


def _differing(page, texts):
    library = next(
        (ROOT / "plugins/portail_contribuer/theme/static/js/tiers").glob("markdown-it-*.js")
    )
    said = page.evaluate(JUDGE.replace("MARKDOWN", library.stem), [form_rules(), texts])
    pairs = (
        (text, _told(text), Counter(map(tuple, faults)))
        for text, faults in zip(texts, said, strict=True)
    )
    return [
        (text[:80], dict(python - form), dict(form - python))
        for text, python, form in pairs
        if python != form
    ]


def test_hostile_texts_are_judged_alike(page):
    links = [f"[Un]({one})" for one in ADDRESSES] + [f"[Un](<{one}>)" for one in ADDRESSES]
    texts = [*links, *(f"![Un]({one})" for one in ADDRESSES), *TAGS, *TEXTS]
    assert sum(bool(_told(one)) for one in texts) > 100
    assert _differing(page, texts) == []


def test_texts_of_the_sites_are_judged_alike(page):
    # Gaps to fill in (A153) are of the pages of a new portal, which no form proposes.
    texts = [one for one in _bodies() if "À COMPLÉTER" not in one]
    assert len(texts) > 400
    assert _differing(page, texts) == []
