"""What each unit weighs, beside the most that it may."""

import pytest

import ceilings


@pytest.mark.parametrize(
    ("weight", "fault"),
    [
        (1_000, ""),
        (960, ""),
        (1_001, "carte: 1,001, over its ceiling of 1,000"),
        (890, "carte: 890, its ceiling of 1,000 has to follow (--write)"),
    ],
)
def test_a_unit_stays_under_its_ceiling_and_takes_it_along(weight, fault):
    assert ceilings.judged({"carte": weight}, {"carte": 1_000}) == ([fault] if fault else [])


def test_a_unit_without_a_ceiling_and_a_ceiling_without_a_unit_are_faults():
    assert ceilings.judged({"carte": 1}, {"plan": 1}) == [
        "carte: has no ceiling",
        "plan: no longer there",
    ]


def test_ceilings_are_lowered_never_raised():
    assert ceilings.lowered({"a": 5, "b": 20, "c": 7}, {"a": 9, "b": 10}) == {
        "a": 5,
        "b": 10,
        "c": 7,
    }


def test_what_is_weighed(tmp_path):
    files = {
        "plugins/portail/features/pages/carte/page.py": '"""Drawn."""\nB = f(2, 3)  # why\n',
        "plugins/portail/site/item.py": 'import re\nA = re.compile("a")\n',
        "tests/features/pages/carte/test_page.py": "A = 1\n",
        "outils/bench.py": "A = 1\n",
        "docs/technique/tests.md": "Aujourd’hui, deux mots.\n",
        "theme/static/js/a.js": "a()\nb()\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = ceilings.weights(tmp_path)
    assert found["plugins/portail/features/pages/carte, tokens"] == 5
    assert found["plugins/portail, tokens"] == 8
    assert found["all of plugins, tokens"] == 13
    assert found["all of plugins, regular expressions"] == 1
    assert found["tests/features/pages, tokens"] == found["outils, tokens"] == 3
    assert found["docs/technique, words"] == found["all of docs, words"] == 3
    assert found["scripts, lines"] == 2
