"""A GitHub that answers the visual editor: one repository, one branch, what is written recorded."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Route

__all__ = ["API", "Forge"]

API = "https://api.github.com/"
_DAY = "2021-09-27T08:00:00Z"
_OBJECT = re.compile(r'(\w+_\d+): object\(oid: "(\w+)"\)')
_HISTORY = re.compile(r"(\w+_\d+):\s*ref\(")
_FILE = re.compile(r'(file_\d+): file\(path: "([^"]+)"\)')


class Forge:
    """The repository ``exemple/portail`` with ``files``, and the fork of ``ada`` who logs in.

    ``ecrit`` tells whether she may write to it; ``jetons`` are the tokens that came, ``branches``
    those that were made, ``commits`` (branch → path → text), ``demandes`` the pull requests,
    ``inconnues`` what nobody answers.
    """

    def __init__(self, files: Mapping[str, str], *, ecrit: bool = True) -> None:
        self.blobs = {_sha(text): text for text in files.values()}
        self.files = {path: _sha(text) for path, text in files.items()}
        self.ecrit = ecrit
        self.jetons: set[str] = set()
        self.branches: list[str] = []
        self.commits: dict[str, dict[str, str]] = {}
        self.demandes: list[dict[str, Any]] = []
        self.inconnues: list[str] = []

    def answer(self, route: Route) -> None:
        """Answer one request of the editor."""
        request = route.request
        self.jetons.add(request.headers.get("authorization", ""))
        path = urlsplit(request.url).path.lstrip("/")
        data = json.loads(request.post_data or "{}") if request.post_data else {}
        known = self._graphql(data) if path == "graphql" else self._rest(request.method, path, data)
        if known is None:
            self.inconnues.append(f"{request.method} {path} {data.get('query', '')}")
            route.fulfill(status=404, json={"message": "Not Found"}, headers=_CORS)
        else:
            route.fulfill(json=known, headers=_CORS)

    def _rest(self, method: str, path: str, data: Mapping[str, Any]) -> Any:
        if path == "user":
            return {"id": 1, "login": "ada", "name": "Ada", "email": "ada@example.org",
                    "avatar_url": "https://avatars.example.net/1", "html_url": ""}  # fmt: skip
        if path == "repos/exemple/portail":
            return {"permissions": {"push": self.ecrit}, "private": False, "allow_forking": True,
                    "owner": {"type": "Organization"}}  # fmt: skip
        if path == "repos/ada/portail":
            return {"fork": True, "parent": {"full_name": "exemple/portail"}, "name": "portail",
                    "full_name": "ada/portail", "owner": {"login": "ada"}}  # fmt: skip
        if path.startswith("repos/exemple/portail/git/trees/"):
            return {"tree": [
                {"type": "blob", "path": name, "sha": sha, "size": len(self.blobs[sha].encode())}
                for name, sha in self.files.items()
            ]}  # fmt: skip
        if method == "POST" and path == "repos/exemple/portail/pulls":
            self.demandes.append(dict(data))
            return {"number": 7, "node_id": "PR7", "title": data["title"], "html_url": "",
                    "head": {"sha": "b" * 40}, "created_at": _DAY, "updated_at": _DAY}  # fmt: skip
        if path.startswith("repos/exemple/portail/issues/7"):
            return {"labels": []}
        return None

    def _graphql(self, data: Mapping[str, Any]) -> Any:
        query, variables = data["query"], data.get("variables", {})
        if "createCommitOnBranch" in query:
            return {"data": {"createCommitOnBranch": {"commit": self._commit(query, variables)}}}
        if "createRef" in query:
            self.branches.append(variables["input"]["name"])
            return {"data": {"createRef": {"ref": {"name": self.branches[-1]}}}}
        if "fork: repository" in query:
            base = {"ref": {"target": {"oid": "a" * 40}}}
            return {"data": {"fork": {"id": "R1"}, "base": base}}
        found: dict[str, Any] = {"defaultBranchRef": {"name": "main"}}
        for alias, sha in _OBJECT.findall(query):
            found[alias] = {"text": self.blobs[sha], "isTruncated": False}
        person = {"name": "Ada", "email": "", "user": {"id": 1, "login": "ada"}}
        past = {"nodes": [{"author": person, "committedDate": _DAY}]}
        for alias in _HISTORY.findall(query):
            found[alias] = {"target": {"history": past}}
        if "pullRequests" in query or "refs(" in query:
            found |= {"pullRequests": {"nodes": [], "totalCount": 0}, "refs": {"nodes": []}}
        head = {"oid": "a" * 40, "message": "Début", **past["nodes"][0]}
        found["ref"] = {"target": {"oid": "a" * 40, "history": {"nodes": [head]}}}
        return {"data": {"repository": found}}

    def _commit(self, query: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        given = variables["input"]
        where = given["branch"]
        written = self.commits.setdefault(
            f"{where['repositoryNameWithOwner']}:{where['branchName']}", {}
        )
        for one in given["fileChanges"]["additions"]:
            written[one["path"]] = base64.b64decode(one["contents"]).decode()
        files = {alias: {"oid": _sha(written[path])} for alias, path in _FILE.findall(query)}
        return {"oid": "b" * 40, "committedDate": _DAY, **files}


_CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}


def _sha(text: str) -> str:
    """What Git calls a blob."""
    data = text.encode()
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
