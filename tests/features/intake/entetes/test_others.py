"""Headers of Jekyll and Hugo in the contents: told once, with the command that imports them."""

import pytest

from plans import Tree, said

JEKYLL = """\
---
layout: post
title: Une dune qui marche
date: 2015-05-29 10:00:00 +0200
categories: [terre, eau]
excerpt: Un extrait
permalink: /eau/:title/
published: true
---
Un texte {% include photo.html %} [de plus](articles/rien).
"""
HUGO = """\
---
title: Une dune qui marche
date: 2015-05-29T10:00:00+02:00
draft: false
weight: 3
slug: dune
---
Un texte.
"""
TOML = '+++\ntitle = "Une dune qui marche"\ndraft = false\n+++\nUn texte.\n'


def told(tmp_path, text):
    """What is said of an article."""
    return said(Tree(tmp_path).run({"articles/dune.md": text.encode()}).report)


@pytest.mark.parametrize(
    ("text", "tool", "built"),
    [(JEKYLL, "Jekyll", "_site"), (HUGO, "Hugo", "public"), (TOML, "Hugo", "public")],
)
def test_the_whole_site_is_to_be_imported(tmp_path, text, tool, built):
    (line,) = told(tmp_path, text)
    assert line == (
        f"articles/dune.md:1:1 E105 L’en-tête ne peut pas être lu : c’est celui de {tool}. → "
        f"Construisez ce site, puis importez-le : portail importer {built}"
    )


@pytest.mark.parametrize(
    "text",
    [
        JEKYLL.replace("title:", "titre:"),
        "---\ntitle: Une dune\ndate: 2015-05-29\nlayout: post\n---\nUn texte.\n",
    ],
)
def test_a_header_that_is_nearly_ours_is_mended_key_by_key(tmp_path, text):
    found = told(tmp_path, text)
    assert any(" E204 La clé « layout » n’existe pas." in one for one in found)
    assert not any("Jekyll" in one and "E105" in one for one in found)
