"""The examples of docstrings are run: what they show is what happens."""

import doctest
import importlib

import pytest

from checkout import ROOT

PLUGINS = ROOT / "plugins"
MODULES = sorted(
    path.relative_to(PLUGINS).with_suffix("").as_posix().replace("/", ".")
    for path in PLUGINS.rglob("*.py")
    if "tests" not in path.parts[len(PLUGINS.parts) :] and ">>> " in path.read_text("utf-8")
)
assert len(MODULES) > 10


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted
    assert not result.failed
