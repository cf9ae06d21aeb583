"""Addresses of a file on the forge that holds it: to read it, to change it, to say what is wrong.

Each make of forge has its own; the make is guessed from the host's name. On a forge of unknown
make, only the address that most of them answer to (``/blob/``) is given.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from .text.addresses import address_parts

_GITLAB = {"framagit.org", "forge.apps.education.fr", "forgemia.inra.fr", "src.koda.cnrs.fr"}
_READ = {"gitlab": "-/blob", "gitea": "src/branch"}
_EDIT = {"github": "edit", "gitlab": "-/edit", "gitea": "_edit"}
# By make: the page of a new issue, the names of its title and of its text.
_ISSUE = {
    "github": ("issues/new", "title", "body"),
    "gitlab": ("-/issues/new", "issue[title]", "issue[description]"),
    "gitea": ("issues/new", "title", "body"),
}


def make_of(depot: str) -> str:
    """The make of the forge of a repository, by its host: ``github``, ``gitlab``, ``gitea`` (which
    Forgejo is too), or empty.

    >>> make_of("https://codeberg.org/a/b"), make_of("https://forge.example.org/a/b")
    ('gitea', '')
    """
    host = address_parts(depot).hostname or ""
    if host == "github.com":
        return "github"
    if host in _GITLAB or "gitlab" in host:
        return "gitlab"
    if host == "codeberg.org" or "gitea" in host or "forgejo" in host:
        return "gitea"
    return ""


def _page(depot: str, folder: str | None, branche: str, path: str) -> str:
    if folder:
        return f"{depot.rstrip('/')}/{folder}/{quote(f'{branche}/{path}')}"
    return ""


def file_url(depot: str, branche: str, path: str) -> str:
    """Where the file ``path`` of a repository is read.

    >>> file_url("https://gitlab.com/a/b", "main", "content/été.md")
    'https://gitlab.com/a/b/-/blob/main/content/%C3%A9t%C3%A9.md'
    """
    return _page(depot, _READ.get(make_of(depot), "blob"), branche, path)


def edit_url(depot: str, branche: str, path: str) -> str:
    change = _page(depot, _EDIT.get(make_of(depot)), branche, path)
    return change or file_url(depot, branche, path)


def edit_pattern(depot: str, branche: str) -> str:
    """``edit_url`` with ``{chemin}`` to replace by a percent-encoded path; empty if the make is
    unknown.

    >>> edit_pattern("https://github.com/a/b", "main")
    'https://github.com/a/b/edit/main/{chemin}'
    """
    if make_of(depot):
        return edit_url(depot, branche, "") + "{chemin}"
    return ""


def new_url(depot: str, branche: str) -> str:
    """Where anyone may propose a new file in a fork that the forge makes, ``{chemin}`` and
    ``{contenu}`` to replace by percent-encoded values; empty if the forge takes no content so.

    >>> new_url("https://github.com/a/b", "main")
    'https://github.com/a/b/new/main?filename={chemin}&value={contenu}'
    """
    if make_of(depot) != "github":
        return ""
    return f"{depot.rstrip('/')}/new/{quote(branche)}?filename={{chemin}}&value={{contenu}}"


def issue_url(depot: str, title: str, body: str) -> str:
    if (make := make_of(depot)) not in _ISSUE:
        return ""
    page, *names = _ISSUE[make]
    asked = urlencode(dict(zip(names, (title, body), strict=True)))
    return f"{depot.rstrip('/')}/{page}?{asked}"
