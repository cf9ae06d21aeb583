"""The measures of the code: none gets worse, and each is what it says."""

from functools import cache

import structure
from portail.features import FEATURES
from without import owner

LIMITS = {
    "circles of imports": 0,
    "duplicates of six lines": 0,
    "`# fmt: skip`": 6,
    "lines of scripts over 120 signs": 0,
    "French texts in outputs": 0,
}
"""What each measure must not pass; lowered when it gets better, until it is what it must be."""


@cache
def known():
    """Our modules, read once."""
    return structure.modules()


def test_no_measure_gets_worse():
    found = {one.name: one.found for one in structure.measures(known())}
    assert found.keys() == LIMITS.keys()
    assert {name: found[name] for name, limit in LIMITS.items() if found[name] > limit} == {}


def test_a_feature_imports_what_it_needs_and_nobody_imports_it():
    modules = known()
    needs = {feature.name: feature.needs for feature in FEATURES}
    wrong = []
    imported = set()
    for module in modules.values():
        here = owner(module.name)
        allowed = {here, *needs[here]} if here else set()
        if module.name == "portail.features" or (not here and module.name.startswith("portail_")):
            continue  # the table; packages that carry a feature out (connections)
        owners = {target: owner(target) for target in module.targets(modules)}
        imported |= {(here, needed) for needed in owners.values()}
        wrong += [
            f"{module.name} -> {target}"
            for target, needed in owners.items()
            if needed and needed not in allowed
        ]
    assert wrong == []
    assert {(feature.name, need) for feature in FEATURES for need in feature.needs} <= imported


def project(root, **files):
    """Modules of a project of a few files."""
    for name, text in files.items():
        path = root / "plugins" / "p" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return structure.modules(root)


def test_lines_of_code_are_neither_words_nor_imports(tmp_path):
    text = '"""A module."""\n\nimport re\n\n# Why.\nX = re.compile(\n    "a",\n)\n"""A rule."""\n'
    (module,) = project(tmp_path, a=text).values()
    assert module.code == {6, 7, 8}


def test_a_circle_for_types_alone_or_that_a_text_closes_is_one(tmp_path):
    typed = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from p.b import B\n"
    called = 'from importlib import import_module\nimport_module("p.b").run()\n'
    for text, count in ((typed, 1), (called, 1), ("A = 1\n", 0)):
        assert structure.circles(project(tmp_path, a=text, b="from p.a import A\n")) == count


def test_the_same_six_lines_are_told_once(tmp_path):
    lines = [f"value_{i} = compute({i})\n" for i in range(9)]
    whole, short = "".join(lines), "".join(lines[:5])
    assert structure.duplicates(project(tmp_path / "whole", a=whole, b=whole)) == 1
    assert structure.duplicates(project(tmp_path / "short", a=whole, b=short)) == 0


def test_a_text_of_the_site_is_no_code(tmp_path):
    text = (
        '"""Où l’on va, dit-on."""\nA = "Cet événement est passé"\nB = "a-b_c"\nC = "text/html"\n'
    )
    (module,) = project(tmp_path, a=text).values()
    assert [*structure.wordings(module)] == ["Cet événement est passé"]
