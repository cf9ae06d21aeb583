"""Addresses of a file on each make of forge."""

from doses import cases
from portail.forge import edit_url, file_url, issue_url

PATH = "content/articles/un & deux.md"


@cases(
    ("depot", "read", "edit", "issue"),
    [
        ("https://github.com/a/b", "blob/", "edit/", "issues/new?title=T&body=B+%26+C"),
        ("https://gitlab.com/a/b", "-/blob/", "-/edit/",
         "-/issues/new?issue%5Btitle%5D=T&issue%5Bdescription%5D=B+%26+C"),
        ("https://gitlab.exemple.org/a/b/", "-/blob/", "-/edit/",
         "-/issues/new?issue%5Btitle%5D=T&issue%5Bdescription%5D=B+%26+C"),
        ("https://framagit.org/a/b", "-/blob/", "-/edit/",
         "-/issues/new?issue%5Btitle%5D=T&issue%5Bdescription%5D=B+%26+C"),
        ("https://codeberg.org/a/b", "src/branch/", "_edit/", "issues/new?title=T&body=B+%26+C"),
        ("https://forge.exemple.org/a/b", "blob/", "blob/", ""),
        ("https://github.com.exemple.org/a/b", "blob/", "blob/", ""),
    ],
)  # fmt: skip
def test_each_make(depot, read, edit, issue):
    base, name = depot.rstrip("/"), "main/content/articles/un%20%26%20deux.md"
    assert file_url(depot, "main", PATH) == f"{base}/{read}{name}"
    assert edit_url(depot, "main", PATH) == f"{base}/{edit}{name}"
    assert issue_url(depot, "T", "B & C") == (issue and f"{base}/{issue}")
