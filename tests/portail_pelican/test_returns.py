"""Returns of the demonstration, from its files to the site: what is counted, what is never told."""

import pytest
import yaml

pytestmark = [pytest.mark.site, pytest.mark.long, pytest.mark.xdist_group("demonstration")]

READ = {".html", ".json", ".csv", ".xml", ".ics", ".md", ".jsonld", ".txt"}


@pytest.fixture(scope="module")
def site(built):
    return built("demonstration")


@pytest.fixture(scope="module")
def returns(racine):
    """Front matters of the events of the edition, by another reader of YAML."""
    texts = {path: path.read_text("utf-8") for path in (racine / "content/events").rglob("*.md")}
    heads = {path.stem: yaml.load(text.split("---\n")[1], yaml.BaseLoader)
             for path, text in texts.items()}  # fmt: skip
    asked = ("fete-de-la-science", "2021")
    return {name: one for name, one in heads.items()
            if (one.get("temps_fort"), one.get("edition")) == asked}  # fmt: skip


def test_what_was_hard_is_nowhere(site, returns):
    secrets = [one["retour"]["difficultes"].encode() for one in returns.values()
               if "difficultes" in one.get("retour", ())]  # fmt: skip
    assert len(secrets) > 1
    told = (path for path in site.rglob("*") if path.suffix in READ)
    wrong = [path for path in told if any(one in path.read_bytes() for one in secrets)]
    assert not wrong
    (name,) = (one for one in returns if one.endswith("des-nombres-dans-le-tissu"))
    page = (site / f"evenements/{name[11:]}/index.html").read_text("utf-8")
    assert "satisfait" not in page
