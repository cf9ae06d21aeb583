"""Returns of the demonstration, from its files to the site: what is counted, what is never told."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from whole_sites import Built

pytestmark = [pytest.mark.site, pytest.mark.long, pytest.mark.xdist_group("demonstration")]

EDITION = "temps-forts/fete-de-la-science/2021"
READ = {".html", ".json", ".csv", ".xml", ".ics", ".md", ".jsonld", ".txt"}


@pytest.fixture(scope="module")
def site(built: Built) -> Path:
    return built("demonstration")


@pytest.fixture(scope="module")
def returns(racine: Path) -> dict[str, dict[str, Any]]:
    """Front matters of the events of the edition, by another reader of YAML."""
    texts = {path: path.read_text("utf-8") for path in (racine / "content/events").rglob("*.md")}
    heads = {path.stem: yaml.load(text.split("---\n")[1], yaml.BaseLoader)
             for path, text in texts.items()}  # fmt: skip
    asked = ("fete-de-la-science", "2021")
    return {name: one for name, one in heads.items()
            if (one.get("temps_fort"), one.get("edition")) == asked}  # fmt: skip


def table(site: Path, title: str, column: str) -> dict[str, int]:
    """A column of a table of the edition, by row; each says that it is invented."""
    with (site / EDITION / "chiffres.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [*csv.reader(file, delimiter=";")]
    assert "inventés" in rows[1][3]
    return {
        row[1]: int(row[3])
        for row in rows
        if (row[0], row[2]) == (f"{title} (exemple inventé)", column)
    }


def test_tables_are_those_of_the_files(site: Path, returns: dict[str, dict[str, Any]]) -> None:
    told = [one["retour"] for one in returns.values()
            if "retour" in one and "evenement_parent" not in one]  # fmt: skip
    assert len(told) > 5
    public = sum(int(one.get("tout_public", 0)) for one in told)
    where = "Par département"
    assert sum(table(site, where, "Tout public").values()) == public
    assert sum(table(site, where, "Retours").values()) == len(told)
    found = table(site, "Ce que pensent les organisateurs", "Réponses")
    assert sum(found.values()) == sum("satisfaction" in one for one in told)
    assert found["Peu satisfaits"] == sum(one.get("satisfaction") == "peu-satisfait"
                                          for one in told)  # fmt: skip
    page = (site / EDITION / "index.html").read_text("utf-8")
    assert "inventés" in page, "these returns are examples"


def test_what_was_hard_is_nowhere(site: Path, returns: dict[str, dict[str, Any]]) -> None:
    secrets = [one["retour"]["difficultes"].encode() for one in returns.values()
               if "difficultes" in one.get("retour", ())]  # fmt: skip
    assert len(secrets) > 1
    told = (path for path in site.rglob("*") if path.suffix in READ)
    wrong = [path for path in told if any(one in path.read_bytes() for one in secrets)]
    assert not wrong
    (name,) = (one for one in returns if one.endswith("des-nombres-dans-le-tissu"))
    page = (site / f"evenements/{name[11:]}/index.html").read_text("utf-8")
    assert "satisfait" not in page
