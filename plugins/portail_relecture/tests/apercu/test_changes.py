"""Which contents differ between two folders."""

from pathlib import PurePosixPath

import pytest

from doses import rows_of
from portail.source.loader import list_content
from portail_relecture.apercu.faults import compare, differing


def told(changes):
    """« nouveau articles/a.md » for each change, its pictures after it."""
    found = []
    for one in changes:
        inside = one.path.relative_to("content")
        files = "".join(f" +{path.name}" for path in one.fichiers)
        found.append(f"{one.sorte} {inside}{files}")
    return found


def compared(arbre, avant, apres, owners=None):
    """What differs between two folders of contents."""
    root = arbre({
        "avant/content/.gitkeep": "", "apres/content/.gitkeep": "",
        **{f"avant/content/{name}": data for name, data in avant.items()},
        **{f"apres/content/{name}": data for name, data in apres.items()},
    })  # fmt: skip
    shown = {
        PurePosixPath("content", name): [PurePosixPath("content", one) for one in names]
        for name, names in (owners or {}).items()
    }
    listings = (list_content(root / side / "content") for side in ("avant", "apres"))
    return told(compare(differing(*listings), shown))


@pytest.mark.parametrize(
    ("avant", "apres", "expected"), rows_of("portail_relecture/tests/apercu/changes.yml")
)
def test_texts(arbre, avant, apres, expected):
    assert compared(arbre, avant, apres) == sorted(expected, key=lambda one: one.split(" ")[1])


def test_a_picture_is_a_change_of_what_shows_it(arbre):
    texts = {"articles/a.md": "A", "articles/b.md": "B", "articles/c/index.md": "C"}
    avant = {**texts, "medias/x.png": b"1", "articles/c/y.png": b"1", "medias/z.pdf": b"1"}
    apres = {**texts, "medias/x.png": b"2", "articles/c/y.png": b"2", "medias/z.pdf": b"2"}
    owners = {"medias/x.png": ("articles/a.md", "articles/b.md")}
    assert compared(arbre, avant, apres, owners) == [
        "modifie articles/a.md +x.png",
        "modifie articles/b.md +x.png",
        "modifie articles/c/index.md +y.png",
        "modifie medias/z.pdf",
    ]


def test_a_picture_comes_with_the_new_text_that_names_it_and_other_files_count(arbre):
    """Even when that text is faulty, and shows nothing yet."""
    apres = {"articles/a.md": "image: x.png", "articles/x.png": b"1", "retraits.yml": "[]"}
    assert compared(arbre, {}, apres) == ["nouveau articles/a.md +x.png", "nouveau retraits.yml"]
