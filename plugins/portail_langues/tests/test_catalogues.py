"""Catalogues: ours are whole, what is wrong in one is told with its line, and stays in French."""

import sys
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from plans import entry, said
from portail.diagnostics import ConfigError
from portail.features import configured, used
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir
from portail_langues import catalogues

OURS = Path(catalogues.__file__).parent / "locale"
FILES = {"events/essai": entry("events", etat="complet")}
HEAD = (
    'msgid ""\nmsgstr ""\n"Language: nl_BE\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)


def put(tree, code, text):
    path = tree.root / "locale" / code / "LC_MESSAGES/portail.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def told(tree, code="nl", files=FILES):
    found = tree.run(files, langues=(code,))
    return [one for one in said(found.report) if "A169" in one], found


@pytest.mark.parametrize("code", ["en", "nl"])
def test_ours_have_every_label_and_no_other(code):
    with (OURS / code / "LC_MESSAGES/portail.po").open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    lists = Vocabularies.load(data_dir())
    wanted = dict(catalogues.wanted(lists, Locale.parse(code)))
    found = {catalogues.entry_of(one) for one in catalogue if one.id}
    assert found == wanted.keys()
    assert not [one.id for one in catalogue if one.fuzzy and one.id]
    assert not [one.id for one in catalogue if not all(one.string) and one.id]
    assert str(catalogue.locale) == {"en": "en_GB", "nl": "nl_BE"}[code]


@pytest.mark.parametrize("code", ["en", "nl"])
def test_nothing_is_wrong_with_ours(tree, code):
    assert told(tree, code)[0] == []


def test_the_dutch_one_says_that_nobody_signed_it():
    head = (OURS / "nl/LC_MESSAGES/portail.po").read_text("utf-8").partition("msgid")[0]
    assert "No native reader has signed this catalogue yet." in head


def test_an_entry_that_is_not_there_is_told_by_its_name_and_stays_french(tree, monkeypatch):
    whole = (OURS / "nl/LC_MESSAGES/portail.po").read_text("utf-8")
    entry = 'msgctxt "etats"\nmsgid "complet"\nmsgstr "volzet"\n'
    assert entry in whole
    monkeypatch.setattr(catalogues, "_OURS", tree.root / "ailleurs")
    put(tree, "nl", whole.replace(entry, ""))
    (one,), found = told(tree)
    assert one.startswith("locale/nl/LC_MESSAGES/portail.po:1:1 A169")
    assert "1 libellé à traduire : « complet » (etats)" in one
    page = next(page for page in found.plan if page.path == "nl/2021-10/index.html")
    (line,) = page.view().groupes[0].lignes
    assert line.rangs[0].startswith('<strong><span lang="fr">complet</span></strong>')


OWN = {
    "fuzzy": ('#, fuzzy\nmsgctxt "etats"\nmsgid "complet"\nmsgstr "vol"\n', 7, "à relire"),
    "html": ('msgctxt "etats"\nmsgid "complet"\nmsgstr "<b>vol</b>"\n', 6, "contient du HTML"),
    "braces": (
        'msgctxt "phrases"\nmsgid "dès {min} ans"\nmsgstr "vanaf {mini} jaar"\n',
        6, "n’a pas les mêmes mots entre accolades ({min})",
    ),
    "a brace": (
        'msgctxt "phrases"\nmsgid "dès {min} ans"\nmsgstr "vanaf {min jaar"\n', 6, "({min})",
    ),
    "format": (
        'msgctxt "phrases"\nmsgid "dès {min} ans"\nmsgstr "vanaf {min.real} jaar"\n', 6, "({min})",
    ),
    "quote": ('msgctxt "etats"\nmsgid "complet"\nmsgstr "vol\n', 7, "ligne abîmée"),
    "keyword": ('msgctxt "etats"\nmsgid "complet"\nmsgtr "vol"\n', 7, "ligne abîmée"),
    "plural": (
        'msgctxt "phrases"\nmsgid "et {nombre} autre date, le {jour}"\nmsgstr "nog"\n',
        6, "singulier",
    ),
    "merge": ('<<<<<<< HEAD\nmsgctxt "etats"\nmsgid "complet"\nmsgstr "vol"\n', 5, "ligne abîmée"),
    "rule of the plural": (
        'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=n/0;\\n"\n', 3, "règle",
    ),
    **{
        f"rule {rule}": (
            f'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural={rule};\\n"\n', 3, rule,
        )
        for rule in ("n/(n-3)", "n-9", "n%3")
    },
    "bytes": (b"\xff\xfe", 1, "ne se lit pas en UTF-8"),
    "other": ("titre: Nuit\n", 1, "ligne abîmée"),
    "rule": ('msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=x; plural=y;\\n"\n', 1, "catalogue"),
}  # fmt: skip


@pytest.mark.parametrize("case", OWN)
def test_what_is_wrong_in_a_file_of_the_portal_is_told_with_its_line(tree, case):
    text, line, reason = OWN[case]
    put(
        tree,
        "nl",
        text
        if isinstance(text, bytes) or case == "other" or case.startswith("rule")
        else HEAD + text,
    )
    faults, found = told(tree)
    assert [one for one in faults if f"portail.po:{line}:1 A169" in one and reason in one], faults
    assert found.plan is not None, "advice: the site is published"


def test_a_list_of_the_portal_is_translated_beside_it(tree):
    data = tree.root / "data"
    data.mkdir()
    (data / "formats.yml").write_text("valeurs:\n  - {code: bal, label: bal des sciences}\n")
    lists = Vocabularies.load(data_dir(), data)
    wanted = dict(catalogues.wanted(lists, Locale.parse("nl")))
    assert ("formats", "bal des sciences") in wanted
    put(tree, "nl", HEAD + 'msgctxt "formats"\nmsgid "bal des sciences"\nmsgstr "wetenschapsbal"\n')
    faults = []
    found = catalogues._catalogue("nl", tree.root, lists, faults)
    assert found.textes["formats", "bal des sciences"] == ("wetenschapsbal",)
    assert faults == []


def test_a_language_of_the_portal_is_one_file(tree):
    text = 'msgctxt "etats"\nmsgid "complet"\nmsgstr "ausverkauft"\n'
    put(tree, "de", HEAD.replace("nl_BE", "de") + text)
    (one,), found = told(tree, "de")
    assert "libellés à traduire" in one
    page = next(page for page in found.plan if page.path == "de/2021-10/index.html")
    (line,) = page.view().groupes[0].lignes
    assert line.rangs[0].startswith("<strong>ausverkauft</strong>")
    assert "Sa., 9. Okt., 14:00" in line.rangs[0].replace("\u00a0", " ")


@pytest.mark.parametrize("code", ["xx", "fr", "EN", "en-GB", "../en", "", "english"])
def test_a_language_that_babel_does_not_know_is_refused(code):
    with pytest.raises(ConfigError, match=f"PORTAIL_LANGUES : « {code} » n’est pas une autre"):
        configured({"PORTAIL_LANGUES": [code]})


def test_a_text_is_no_list_of_languages():
    with pytest.raises(ConfigError, match=r'une liste de textes, par exemple \["en", "nl"\]'):
        configured({"PORTAIL_LANGUES": "en"})


def test_without_babel_the_setting_says_how_to_have_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "babel", None)
    with pytest.raises(ConfigError, match="PORTAIL_LANGUES demande Babel : tapez « pip install"):
        configured({"PORTAIL_LANGUES": ["en"]})
    none = configured({"PORTAIL_LANGUES": []})
    assert "langues" not in [feature.name for feature in used(none)]
