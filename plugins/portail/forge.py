"""Addresses of a file on the forge that holds it: to read it, to change it, to say what is wrong.

Each make of forge has its own; the make is guessed from the host's name. On a forge of unknown
make, only the address that most of them answer to (``/blob/``) is given.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

_GITLAB = {"framagit.org", "forge.apps.education.fr", "forgemia.inra.fr", "src.koda.cnrs.fr"}
_GITEA = {"codeberg.org"}


def make_of(depot: str) -> str:
    """The make of the forge of a repository, by its host: ``github``, ``gitlab``, ``gitea`` (which
    Forgejo is too), or empty.

    >>> make_of("https://codeberg.org/a/b"), make_of("https://forge.example.org/a/b")
    ('gitea', '')
    """
    host = urlsplit(depot).hostname or ""
    if host == "github.com":
        return "github"
    if host in _GITLAB or "gitlab" in host:
        return "gitlab"
    return "gitea" if host in _GITEA or "gitea" in host or "forgejo" in host else ""


def file_url(depot: str, branche: str, path: str) -> str:
    """Where the file ``path`` of a repository is read.

    >>> file_url("https://gitlab.com/a/b", "main", "content/été.md")
    'https://gitlab.com/a/b/-/blob/main/content/%C3%A9t%C3%A9.md'
    """
    folder = {"gitlab": "-/blob", "gitea": "src/branch"}.get(make_of(depot), "blob")
    return f"{depot.rstrip('/')}/{folder}/{quote(f'{branche}/{path}')}"


def edit_url(depot: str, branche: str, path: str) -> str:
    """Where anyone may propose a change to it; where it is read, if the make is unknown.

    >>> edit_url("https://github.com/a/b/", "main", "x.md")
    'https://github.com/a/b/edit/main/x.md'
    """
    folder = {"github": "edit", "gitlab": "-/edit", "gitea": "_edit"}.get(make_of(depot), "")
    if not folder:
        return file_url(depot, branche, path)
    return f"{depot.rstrip('/')}/{folder}/{quote(f'{branche}/{path}')}"


def edit_pattern(depot: str, branche: str) -> str:
    """``edit_url`` with ``{chemin}`` to replace by a percent-encoded path; empty if the make is
    unknown.

    >>> edit_pattern("https://github.com/a/b", "main")
    'https://github.com/a/b/edit/main/{chemin}'
    """
    return edit_url(depot, branche, "") + "{chemin}" if make_of(depot) else ""


def new_url(depot: str, branche: str) -> str:
    """Where anyone may propose a new file, already filled, in a fork that the forge makes: an
    address with ``{chemin}`` and ``{contenu}`` to replace by their percent-encoded values; empty if
    the forge takes no content by address.

    >>> new_url("https://github.com/a/b", "main")
    'https://github.com/a/b/new/main?filename={chemin}&value={contenu}'
    """
    if make_of(depot) != "github":
        return ""
    return f"{depot.rstrip('/')}/new/{quote(branche)}?filename={{chemin}}&value={{contenu}}"


def upload_url(depot: str, branche: str, folder: str) -> str:
    """Where whoever may write drops several files in a folder at once, as one proposal; empty if
    the forge has no such page.

    >>> upload_url("https://github.com/a/b", "main", "content/events")
    'https://github.com/a/b/upload/main/content/events'
    """
    page = {"github": "upload", "gitea": "_upload"}.get(make_of(depot))
    return f"{depot.rstrip('/')}/{page}/{quote(f'{branche}/{folder}')}" if page else ""


def issue_pattern(depot: str) -> str:
    """``issue_url`` with ``{titre}`` and ``{corps}`` to replace by percent-encoded texts; empty if
    the make is unknown.

    >>> issue_pattern("https://github.com/a/b")
    'https://github.com/a/b/issues/new?title={titre}&body={corps}'
    """
    return issue_url(depot, "{titre}", "{corps}").replace("%7B", "{").replace("%7D", "}")


def issue_url(depot: str, title: str, body: str) -> str:
    """Where one tells of a mistake, form prefilled; empty if the make is unknown.

    >>> issue_url("https://gitlab.com/a/b", "Un mot", "Ici")
    'https://gitlab.com/a/b/-/issues/new?issue%5Btitle%5D=Un+mot&issue%5Bdescription%5D=Ici'
    """
    base = depot.rstrip("/")
    match make_of(depot):
        case "gitlab":
            asked = {"issue[title]": title, "issue[description]": body}
            return f"{base}/-/issues/new?{urlencode(asked)}"
        case "github" | "gitea":
            return f"{base}/issues/new?{urlencode({'title': title, 'body': body})}"
        case _:
            return ""
