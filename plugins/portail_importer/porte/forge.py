"""Proposals on GitHub, GitLab and Forgejo by their API; branches, by git."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from portail.diagnostics import PortailError
from portail.terminal.text import safe
from portail.text.addresses import address_parts
from portail_poste.api import Unreached, called

from .settings import Address

# What the branches of conversations begin with.
BRANCHES = "courrier/"
# Pages of the proposals that changed last, and rows of each.
_PAGES = 10
_ROWS = 50
_EDITORS = ("OWNER", "MEMBER", "COLLABORATOR")
_MAY_WRITE = 30  # of a member of GitLab: a developer


class ForgeError(PortailError, RuntimeError):
    """The forge does not do what it is asked; the text is a French sentence."""


class Proposal(Struct, frozen=True):
    """A pull request, or a merge request: ``ouverte``, ``acceptee`` or ``fermee``."""

    number: int
    branch: str
    # Whether a mail made it.
    is_ours: bool
    state: str
    title: str
    url: str
    labels: tuple[str, ...]
    # When it was opened, as the forge writes it.
    since: str


class Comment(Struct, frozen=True):
    """A comment, and what it is called; ``author`` is what the forge knows of who wrote it."""

    name: str
    text: str
    author: Mapping[str, Any]


class Words(Struct, frozen=True):
    """What a make of forge calls things."""

    # Proposals, their comments, their files; how rows are asked for, and the newest first.
    pulls: str = "/pulls"
    talks: str = "/issues/{}/comments"
    files: str = "/pulls/{}/files"
    rows: str = "per_page"
    newest: str = "sort=updated&direction=desc"
    # Of the body of a proposal.
    body: str = "body"
    header: str = "Authorization"
    bearer: str = "token {}"


_WORDS = {
    "github": Words(),
    "gitea": Words(rows="limit", newest="sort=recentupdate"),
    "gitlab": Words(
        pulls="/merge_requests",
        talks="/merge_requests/{}/notes",
        files="/merge_requests/{}/diffs",
        newest="order_by=updated_at&sort=desc",
        body="description",
        header="PRIVATE-TOKEN",
        bearer="{}",
    ),
}
# GitHub starts nothing for what the token of a job opens.
_ASLEEP = "« Approve workflows to run », plus bas, vérifie ces contenus et les montre."
# What a refusal says of a limit that is reached.
_LIMIT = ("rate limit", "abuse", "too many")
_STATES = {"open": "ouverte", "opened": "ouverte", "merged": "acceptee"}


class Forge:
    """The API of a repository. Each method raises ``ForgeError``."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._gitlab = address.make == "gitlab"
        self._words = _WORDS[address.make]

    @cached_property
    def proposals(self) -> dict[str, Proposal]:
        """The newest proposal of each branch of ours, among those that changed last."""
        ours = (proposal for proposal in self._every_proposal if proposal.is_ours)
        return {proposal.branch: proposal for proposal in sorted(ours, key=lambda it: it.number)}

    @property
    def others(self) -> list[Proposal]:
        """The proposals that are open and not ours."""
        every = self._every_proposal
        return [it for it in every if it.state == "ouverte" and not it.is_ours]

    @cached_property
    def _every_proposal(self) -> list[Proposal]:
        rows = self._every(f"{self._words.pulls}?state=all&{self._words.newest}")
        return [self._read(row) for row in rows]

    def propose(self, branch: str, base: str, *, title: str, text: str) -> Proposal:
        if self._address.make == "github":
            text = f"{text}\n\n{_ASLEEP}"
        asked = {"title": title, self._words.body: text}
        if self._gitlab:
            asked |= {"source_branch": branch, "target_branch": base}
        else:
            asked |= {"head": branch, "base": base}
        proposal = self._read(self._call("POST", self._words.pulls, asked))
        if proposal.branch != branch:
            raise ForgeError("La forge a ouvert une proposition sur une autre branche.")
        self.proposals[branch] = proposal
        return proposal

    def comments(self, number: int, *, reviews: bool = False) -> list[Comment]:
        """What is said on a proposal, but for what editors keep to themselves; the words of its
        ``reviews`` too, which come first."""
        said = (
            [] if self._gitlab or not reviews else [*self._reviews(number)]
        )  # GitLab has one list
        said = [Comment(f"r{row['id']}", row["body"], row) for row in said if row.get("body")]
        return said + [
            Comment(f"q{row['id']}", str(row["body"] or ""), row)
            for row in self._every(self._words.talks.format(number))
            if not any(row.get(name) for name in ("system", "internal", "confidential"))
        ]

    def comment(self, number: int, text: str) -> None:
        self._call("POST", self._words.talks.format(number), {"body": text})

    def is_editor(self, comment: Comment) -> bool:
        """Whether who wrote ``comment`` may write in the repository."""
        if self._address.make == "github":
            return comment.author.get("author_association") in _EDITORS
        if self._gitlab:
            member = self._call("GET", f"/members/all/{comment.author['author']['id']}", absent={})
            return int(member.get("access_level") or 0) >= _MAY_WRITE
        name = str(comment.author["user"]["login"])
        owner = address_parts(self._address.url).path.split("/")[-2]
        collaborator = self._call("GET", f"/collaborators/{quote(name, safe='')}", absent=None)
        return name == owner or collaborator is not None

    def messages(self, number: int) -> str:
        """What the commits of a proposal say, one after the other."""
        rows = self._every(f"{self._words.pulls}/{number}/commits")
        return "\n".join(str(row.get("commit", row)["message"]) for row in rows)

    def files(self, number: int) -> list[str]:
        """The paths that a proposal adds or changes."""
        rows = self._every(self._words.files.format(number))
        gone = ("removed", "deleted")
        return [
            str(row.get("new_path") or row.get("filename"))
            for row in rows
            if not row.get("deleted_file") and row.get("status") not in gone
        ]

    def is_approved(self, number: int) -> bool:
        if self._gitlab:
            return bool(self._call("GET", f"{self._words.pulls}/{number}/approvals")["approved_by"])
        return any(row["state"] == "APPROVED" for row in self._reviews(number))

    def _reviews(self, number: int) -> Iterator[Any]:
        return self._every(f"{self._words.pulls}/{number}/reviews")

    def _read(self, row: Mapping[str, Any]) -> Proposal:
        # One of our branches is of the repository: a fork may have a branch of the same name.
        if self._gitlab:
            branch = row["source_branch"]
            ours = row["source_project_id"] == row["target_project_id"]
            labels = row["labels"]
        else:
            head = row["head"]
            branch = head["ref"]
            ours = head["repo"] is not None and head["repo"]["id"] == row["base"]["repo"]["id"]
            labels = [label["name"] for label in row["labels"]]
        state = "merged" if row.get("merged_at") else row["state"]
        return Proposal(
            number=row.get("iid") or row["number"],
            branch=str(branch),
            is_ours=ours and str(branch).startswith(BRANCHES),
            state=_STATES.get(state, "fermee"),
            title=row["title"],
            url=str(row.get("web_url") or row["html_url"]),
            labels=tuple(labels),
            since=row["created_at"],
        )

    def _every(self, path: str) -> Iterator[Any]:
        path += "&" if "?" in path else "?"
        for page in range(1, _PAGES + 1):
            rows = self._call("GET", f"{path}{self._words.rows}={_ROWS}&page={page}")
            yield from rows
            if len(rows) < _ROWS:
                return

    def _call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, **absent: Any
    ) -> Any:
        # The content of an answer, ``absent`` where there is nothing.
        host = address_parts(self._address.url).hostname
        token = self._address.token.get_secret_value()
        headers = {"User-Agent": "portail"}
        if token:
            headers[self._words.header] = self._words.bearer.format(token)
        try:
            status, content = called(self._address.url, method, path, body=body, headers=headers)
        except Unreached as error:
            raise ForgeError(f"La forge {host}, {error}.") from None
        if status == 404 and absent:
            return absent["absent"]
        try:
            if status in (200, 201, 204):
                return json.loads(content or b"{}")
            said = json.loads(content)["message"]
        except (ValueError, KeyError, TypeError):
            said = "sa réponse n’est pas celle d’une forge, est-ce la bonne adresse ?"
        limited = any(words in str(said).lower() for words in _LIMIT)
        if status == 429 or (status == 403 and limited):
            said = "trop de demandes, la suite à la prochaine relève"
        elif status in (401, 403):
            said = "le jeton est refusé, ou n’a pas ce droit"
        raise ForgeError(f"La forge {host} : {safe(str(said))[:200]} ({status}).")
