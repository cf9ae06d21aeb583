"""Lists of an instance over those of the package."""

import pytest

from doses import rows_of
from portail.diagnostics import DataError
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir, over


def read(folder, **lists):
    """The lists of the package, under those of ``folder``, by name (``_`` for ``-``)."""
    own = folder / "data"
    own.mkdir(exist_ok=True)
    for name, text in lists.items():
        (own / f"{name.replace('_', '-')}.yml").write_text(text, encoding="utf-8")
    return Vocabularies.load(over(data_dir(), own))


def test_terms_are_added_replaced_and_retired(tmp_path):
    ours = Vocabularies.load(data_dir())["formats"]
    first, second, *others = ours
    text = f"""
valeurs:
  - {{code: veillee, label: Veillée, pluriel: Veillées, alias: [soirée contes]}}
  - {{code: {first}, label: Autrement dit}}
retire: [{second}]
"""
    read_ = read(tmp_path, formats=text)
    formats = read_["formats"]
    assert list(formats) == [first, *others, "veillee"]  # its place is kept, a new one comes last
    assert (formats[first].label, formats[first].extra) == ("Autrement dit", {})
    assert formats.find("Soirée contes") is formats["veillee"]
    assert all(formats[code] == ours[code] for code in others)
    package = Vocabularies.load(data_dir())
    assert {name: dict(one) for name, one in read_.items() if name != "formats"} == {
        name: dict(one) for name, one in package.items() if name != "formats"
    }


def test_an_instance_without_tables_has_ours(tmp_path):
    lists = Vocabularies.load(over(data_dir(), tmp_path / "data"))
    assert {name: dict(one) for name, one in lists.items()} == {
        name: dict(one) for name, one in Vocabularies.load(data_dir()).items()
    }


def test_a_word_of_what_is_retired_is_free(tmp_path):
    text = "retire: [atelier]\nvaleurs:\n  - {code: labo, label: Atelier}\n"
    assert read(tmp_path, formats=text)["formats"].find("atelier").code == "labo"


@pytest.mark.parametrize(("name", "text", "message"), rows_of("portail/model/terms.yml"))
def test_a_mistake_is_told_with_its_line(name, text, message, tmp_path):
    with pytest.raises(DataError) as caught:
        read(tmp_path, **{name: text})
    assert str(caught.value).startswith(message)
