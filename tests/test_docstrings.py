"""Every module says what it is for, which no linter asks."""

import ast

from checkout import ROOT


def test_every_module_says_what_it_is_for():
    """An empty file has nothing to say."""
    files = (path for name in ("plugins", "outils") for path in (ROOT / name).rglob("*.py"))
    trees = ((path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(files))
    silent = [str(path) for path, tree in trees if tree.body and not ast.get_docstring(tree)]
    assert not silent, "\n" + "\n".join(silent)
