"""The front matter of a faulty file, corrected to be pasted."""

import pytest

from plans import Tree
from portail.features.intake.apercu.faults import Header, corrected
from portail.source.loader import list_content
from reparations import reading

LIEU = "---\ntitre: L’Atelier\nresume: Un lieu.\ntype: musee\ncommune: Wizernes\n---\n\nUn lieu.\n"
HEAD = "titre: Robot\nresume: Un robot.\npublie_le: 2021-09-20\n"


def mended(arbre, text):
    """The header of the event ``text`` corrected, by what a preview tells of it."""
    content = arbre({"content/lieux/atelier.md": LIEU, "content/events/robot.md": text}) / "content"
    report = Tree(content.parent).run(preview=True, region="Hauts-de-France").report
    (file,) = (one for one in list_content(content).documents if one.slug == "robot")
    errors = [one for one in report if one.code[0] == "E" and one.position.path == file.path]
    assert errors
    return corrected(file.file.read_bytes(), file, reading(), errors)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "debut: 6/10/2021 15h\nlieu: ateleir\nformat: atelier\n",
            "debut: 2021-10-06 15:00\nlieu: atelier\nformat: atelier\n",
        ),
        (
            "lieu: atelier\nformat: atelier\ndebut: 2021-10-06\nage: 6-12 ans\n",
            "lieu: atelier\nformat: atelier\ndebut: 2021-10-06\nage: {min: 6, max: 12}\n",
        ),
        (
            "format: [ateleir, conference]\ndebut: 2021-10-06\nlieu: atelier\n",
            "format: [atelier, conference]\ndebut: 2021-10-06\nlieu: atelier\n",
        ),
        (
            "format: atelier\ndebut: 2021-10-06\nlieu: atelier\ntarif: {prix: 5, reduc: 3}\n",
            "format: atelier\ndebut: 2021-10-06\nlieu: atelier\ntarif: {prix: 5, reduit: 3}\n",
        ),
    ],
)
def test_what_can_be_is_corrected(arbre, written, expected):
    header = mended(arbre, f"---\n{HEAD}{written}---\n\nUn robot.\n")
    assert header == Header(f"---\n{HEAD}{expected}---", 0)


def test_what_is_missing_is_asked_not_made_up(arbre):
    written = "titre: Robot\npublie_le: 2021-09-20\ndebut: 6/10/2021\nlieu: atelier\n"
    header = mended(arbre, f"---\n{written}---\n\nUn robot.\n")
    assert header.reste == 2
    *_, resume, format_, fence = header.texte.split("\n")
    assert resume.startswith("# À corriger : Le champ « resume » manque. Ajoutez une ligne, par")
    assert format_.startswith("# À corriger : Le champ « format » manque.")
    assert fence == "---"
    assert "\nresume:" not in header.texte and "\nformat:" not in header.texte


def test_the_rest_is_announced_above_its_line(arbre):
    rows = "format: atelier\ndebut: 2021-10-06 15:00\nfin: 2021-10-06 14:00\nlieu: atelier\n"
    text = f"---\n{HEAD}{rows}---\n\nUn.\n"
    header = mended(arbre, text)
    assert header.reste == 1
    lines = header.texte.split("\n")
    assert lines[lines.index("fin: 2021-10-06 14:00") - 1].startswith("# À corriger : La fin (")


@pytest.mark.parametrize(
    "text", ["Pas d’en-tête.", "---\ntitre: [", "\ufffd" * 3, "---\n" * 60_000]
)
def test_what_is_no_front_matter_is_left(arbre, text):
    header = mended(arbre, text)
    assert header is None or header.texte.startswith("---")


BUSY = "".join(f"cle_{rank}: valeur\n" for rank in range(5_000))
SOUND = "format: atelier\ndebut: 2021-10-06\n---\n\n# Un titre\n\n<b>mot</b>\n"


@pytest.mark.parametrize("text", [f"{BUSY}---\n\nUn robot.\n", SOUND], ids=["busy", "sound"])
def test_a_sound_header_or_one_written_to_keep_us_busy_is_left(arbre, text):
    assert mended(arbre, f"---\n{HEAD}{text}") is None


def test_a_long_body_is_no_matter(arbre):
    header = mended(arbre, f"---\n{HEAD}debut: 6/10/2021\n---\n\n{'Un robot. ' * 20_000}\n")
    assert "debut: 2021-10-06\n" in header.texte


def test_bytes_that_are_no_text_are_left(arbre):
    root = arbre({"content/events/robot.md": b"---\ntitre: \xff\xfe\n---\n"})
    (file,) = list_content(root / "content").documents
    assert corrected(file.file.read_bytes(), file, reading(), ()) is None
