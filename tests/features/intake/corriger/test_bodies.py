"""Repairs of bodies: before → after."""

from doses import cases
from reparations import mended

HEAD = "---\ntitre: La nuit\nresume: Une sortie.\npublie_le: 2021-09-20\n---\n\n"

BODIES = [
    ("# A\n\n## B\n\n# C\n", "## A\n\n### B\n\n## C\n"),
    ("## A\n\n#### B\n\n##### C\n\n#### D\n\n## E\n", "## A\n\n### B\n\n#### C\n\n### D\n\n## E\n"),
    ("Titre\n=====\n\nTexte.\n", "Titre\n-----\n\nTexte.\n"),
    ("## A\n\n```\n# code\n```\n\n#### B #\n", "## A\n\n```\n# code\n```\n\n### B #\n"),
    ("> # A\n>\n> mot\n", "> ## A\n>\n> mot\n"),
    ("[le site](www.example.org/a) et <//example.org>\n",
     "[le site](https://www.example.org/a) et <//example.org>\n"),
    ("[nous](contact@example.org)\n", "[nous](mailto:contact@example.org)\n"),
    ("𝑽𝒆𝒏𝒆𝒛 à 19h, 𝑚𝑐²\n", "Venez à 19h, 𝑚𝑐²\n"),
]  # fmt: skip


@cases(("before", "after"), BODIES)
def test_a_body_is_mended(before, after):
    assert mended(f"{HEAD}{before}\n").data.decode() == f"{HEAD}{after}\n"
