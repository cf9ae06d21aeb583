"""Addresses of a file on each make of forge."""

from doses import cases, rows_of
from portail.forge import edit_url, file_url, issue_url

PATH = "content/articles/un & deux.md"


@cases(("depot", "read", "edit", "issue"), rows_of("portail/forge.yml"))
def test_each_make(depot, read, edit, issue):
    base, name = depot.rstrip("/"), "main/content/articles/un%20%26%20deux.md"
    assert file_url(depot, "main", PATH) == f"{base}/{read}{name}"
    assert edit_url(depot, "main", PATH) == f"{base}/{edit}{name}"
    assert issue_url(depot, "T", "B & C") == (issue and f"{base}/{issue}")
