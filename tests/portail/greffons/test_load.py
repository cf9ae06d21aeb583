"""How greffons are found, what is refused of them, and what their authors may import."""

import re
import sys
from pathlib import Path

import pytest

import portail.greffons
from checkout import ROOT
from doses import cases, rows_of
from portail.codes import ADDED
from portail.config import site_config
from portail.diagnostics import ConfigError
from portail.features import FEATURES
from portail.greffons import load

HEAD = "from portail.greffons import *\n\n\n"
MADE = "feature = Feature('essai', 'E')\n"
EMPTY = "def f(*a):\n    return ()\n\n\n"
RULE = EMPTY + "feature = Feature('essai', 'E', rules=(RuleSpec({}, 'T', 'M', 'R', f),))\n"


@pytest.fixture(autouse=True)
def unloaded():
    """What a test loads is forgotten by the next, what others loaded by this one."""
    load((), Path())
    path = [*sys.path]
    yield
    load((), Path())
    sys.path[:] = path


def write(root, **modules):
    """Modules of the folder ``greffons`` of an instance."""
    folder = root / "greffons"
    folder.mkdir(exist_ok=True)
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(HEAD + text, encoding="utf-8")


@pytest.mark.parametrize(("text", "said"), rows_of("portail/greffons/load.yml"))
def test_a_greffon_that_is_wrong_is_refused_in_a_sentence(text, said, tmp_path):
    write(tmp_path, essai=text)
    path = [*sys.path]
    with pytest.raises(ConfigError, match=re.escape(said)) as caught:
        load(("greffons.essai",), tmp_path)
    assert sys.path == path
    write(tmp_path, essai=MADE)
    assert load(("greffons.essai",), tmp_path).features  # nothing is left of it
    assert "essai" in str(caught.value).lower() and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "name", ["greffons.esai", "../essai", "essai.", "", "greffons.essai.x", "envoi"]
)
def test_a_greffon_that_is_not_there_is_said_with_the_nearest(name, tmp_path):
    write(tmp_path, essai=MADE)
    with pytest.raises(ConfigError, match="PORTAIL_GREFFONS") as caught:
        load((name,), tmp_path)
    assert f"« {name} »" in str(caught.value)
    if name == "greffons.esai":
        assert "« greffons.essai »" in str(caught.value)


def test_names_and_codes_are_those_of_one_greffon(tmp_path):
    write(tmp_path, essai=MADE, autre=MADE)
    with pytest.raises(ConfigError, match="deux greffons ont le même nom, « essai »"):
        load(("greffons.essai", "greffons.autre"), tmp_path)
    with pytest.raises(ConfigError, match="deux greffons ont le même nom, « essai »"):
        load(("greffons.essai", "greffons.essai"), tmp_path)
    rule = RULE.format("'AX07'")
    write(tmp_path, essai=rule, autre=rule.replace("'essai'", "'autre'"))
    with pytest.raises(ConfigError, match="le code AX07 est déjà pris"):
        load(("greffons.essai", "greffons.autre"), tmp_path)


def test_a_changed_file_is_read_again_and_another_instance_has_its_own(tmp_path):
    one, two = tmp_path / "une", tmp_path / "deux"
    for root in (one, two):
        root.mkdir()
        text = "from greffons.aide import X\n\nfeature = Feature(X, 'E')\n"
        write(root, aide=f"X = '{root.name}'\n", essai=text)
    names = ("greffons.essai",)
    first = load(names, one)
    assert [it.name for it in first.features] == ["une"]
    assert load(names, one) is first
    assert [it.name for it in load(names, two).features] == ["deux"]
    assert [it.name for it in load(names, one).features] == ["une"]
    write(one, aide="X = 'trois'\n")
    again = load(names, one)
    assert [it.name for it in again.features] == ["trois"]
    assert again.digest != first.digest
    assert not [*one.rglob("__pycache__")]
    assert sys.path.count(str(one)) == 1 and str(two) not in sys.path


def test_codes_go_with_their_greffon(tmp_path):
    write(tmp_path, essai=RULE.format("'AX07'"))
    load(("greffons.essai",), tmp_path)
    assert set(ADDED) == {"AX07"}
    load((), tmp_path)
    assert not ADDED


@cases("value", ["greffons.essai", [3], {"a": "b"}])
def test_the_setting_is_a_list_of_texts(value):
    with pytest.raises(ConfigError, match="PORTAIL_GREFFONS attend une liste"):
        site_config({"PORTAIL_GREFFONS": value})


def test_what_examples_import_is_promised():
    promised = {
        name
        for line in Path(str(portail.greffons.__file__)).read_text("utf-8").splitlines()
        for name in re.findall(r"import (\w+) as \1$", line)
    } | {"page", *(name for feature in FEATURES for name in feature.promises)}
    used = set()
    for file in (ROOT / "docs/technique/exemples/greffons").glob("*.py"):
        text = file.read_text("utf-8")
        found = re.search(r"from portail\.greffons import \(?([\w, \n]+)", text)
        assert found and text.count("from portail") == 1, file
        used |= set(re.findall(r"\w+", found[1].partition("\n\n")[0]))
    assert used <= promised, used - promised
