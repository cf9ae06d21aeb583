"""What a proposal says of an address that it takes away, and of letters that were sent."""

import locale
import shutil

import pytest

from portail_relecture.apercu.command import main
from projects import Project

pytestmark = pytest.mark.site

EVENT = (
    "---\ntitre: La nuit de la chouette\nresume: Une sortie.\npublie_le: 2021-09-01\n"
    "format: atelier\ndebut: 2021-10-09 20:00\nadresse: {commune: Lille}\n---\n\nÀ la nuit.\n"
)
OLD, NEW = "events/2021-10-09-nuit-de-la-chouette.md", "events/2021-10-09-chouettes.md"
LINE = "anciennes_urls: [/evenements/nuit-de-la-chouette/]"
FROZEN = "newsletters/2021-s38.envoi.html"


def told(root, after):
    """The exit code and the comment for a proposal that makes ``after`` of the contents."""
    project = Project(root)
    project.write({f"content/{OLD}": EVENT})
    shutil.copytree(project.content, root / "avant")
    for name, text in after.items():
        path = project.content / name
        path.parent.mkdir(exist_ok=True)
        path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    before = locale.setlocale(locale.LC_ALL)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setenv("PORTAIL_CACHE", str(root / ".cache"))
        code = main(["--avant", "avant", "--commentaire", "c.md"])
    locale.setlocale(locale.LC_ALL, before)
    return code, (root / "c.md").read_text(encoding="utf-8")


def test_a_renamed_content_is_given_the_line_that_keeps_its_address(tmp_path):
    code, comment = told(tmp_path / "un", {OLD: None, NEW: EVENT})
    assert code == 0 and "événement renommé" in comment
    assert "C519" in comment and f"`{LINE}`" in comment
    kept = EVENT.replace("\n---\n\n", f"\n{LINE}\n---\n\n")
    code, comment = told(tmp_path / "deux", {OLD: None, NEW: kept})
    assert code == 0 and "C519" not in comment


def test_a_content_that_is_taken_out_is_noted(tmp_path):
    code, comment = told(tmp_path / "un", {OLD: None})
    assert code == 0 and "C519" in comment
    assert "`- {ref: events/nuit-de-la-chouette, le: 2021-09-27}`" in comment
    register = "retraits:\n  - {ref: events/nuit-de-la-chouette, le: 2021-09-27}\n"
    code, comment = told(tmp_path / "deux", {OLD: None, "retraits.yml": register})
    assert code == 0 and "C519" not in comment


def test_a_letter_that_was_sent_is_no_content_to_propose(tmp_path):
    code, comment = told(tmp_path / "un", {FROZEN: "{}"})
    assert code == 1 and "E133" in comment and "est ajouté" in comment
