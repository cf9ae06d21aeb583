"""From fragments to CHANGELOG.md: what is told, where, once."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

import journal

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path):
    """A project with two fragments."""
    (tmp_path / "changelog.d").mkdir()
    (tmp_path / "changelog.d" / "README.md").write_text("Fragments.\n", encoding="utf-8")
    write(tmp_path, "carte.correction", "La carte\nse lit. [Guide](../docs/a.md)\n")
    write(tmp_path, "agenda.ajout", "Un agenda.\n")
    for name in ("pyproject.toml", "uv.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def write(root, name, text):
    (root / "changelog.d" / f"{name}.md").write_text(text, encoding="utf-8")


def versions(root):
    """What the project says of its version, by another reader."""
    lock = tomllib.loads((root / "uv.lock").read_text(encoding="utf-8"))["package"]
    own = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {own["version"], *(one["version"] for one in lock if one["name"] == "portail")}


def test_a_version_tells_each_fragment_once_under_its_heading(project):
    assert journal.main(["--pour", "0.1.0", "--date", "2026-11-22"], project) == 0
    text = (project / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.endswith(
        "## [0.1.0] - 2026-11-22\n\n### Ajouté\n\n- Un agenda.\n\n"
        "### Corrigé\n\n- La carte se lit. [Guide](docs/a.md)\n"
    )
    assert versions(project) == {"0.1.0"}
    assert [path.name for path in (project / "changelog.d").iterdir()] == ["README.md"]
    assert journal.main([], project) == 1


def test_the_newest_version_comes_first_and_the_others_stay(project):
    journal.main(["--pour", "0.1.0"], project)
    before = (project / "CHANGELOG.md").read_text(encoding="utf-8")
    write(project, "lettre.securite", "Une lettre.\n")
    assert journal.main(["--pour", "0.1.0"], project) == 1
    assert journal.main(["--pour", "0.1.1"], project) == 0
    after = (project / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^## \[(.*)\]", after) == ["0.1.1", "0.1.0"]
    assert after.endswith(before[before.index("## [0.1.0]") :])
    assert versions(project) == {"0.1.1"}
    write(project, "page.retrait", "Une page.\n")
    assert journal.main(["--pour", "0.1.2"], project) == 1


def test_a_preview_writes_nothing(project, capsys):
    assert journal.main([], project) == 0
    assert "- Un agenda.\n" in capsys.readouterr().out
    assert not (project / "CHANGELOG.md").exists()


def test_a_fragment_of_no_type_is_refused(project):
    write(project, "carte.bug", "Rien.\n")
    with pytest.raises(SystemExit, match=r"carte\.bug\.md"):
        journal.main([], project)


def test_the_journal_of_the_project_says_its_version():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert versions(ROOT) == {journal.VERSION.findall(text)[0]}
    journal.fragments(ROOT / "changelog.d")
