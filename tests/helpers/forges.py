"""A small forge that speaks as GitHub, GitLab or Forgejo do, over a bare repository."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from forge_runs import git

APIS = {"github": "/repos/o/r", "gitlab": "/api/v4/projects/12", "gitea": "/api/v1/repos/o/r"}


class Forges:
    """Proposals of a repository; ``down`` says what the forge answers instead."""

    def __init__(self, depot, make):
        self.depot, self.make = depot, make
        self.pulls, self.calls = [], []
        self.down = 0
        self.said = "en panne"
        forge = self

        class Handler(BaseHTTPRequestHandler):
            def _do(self):
                size = int(self.headers.get("Content-Length") or 0)
                told = json.loads(self.rfile.read(size) or b"{}")
                forge.calls.append((self.command, self.path))
                code, answer = forge.down or 200, {"message": forge.said}
                if not forge.down:
                    code, answer = forge.answer(self.command, self.path, told)
                data = json.dumps(answer).encode()
                self.send_response(code)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = _do

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def api(self):
        return f"http://127.0.0.1:{self._server.server_address[1]}{APIS[self.make]}"

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def merge(self, number):
        """Accept a proposal, as a moderator does; its branch goes."""
        one = self.pull(number)
        here = self.depot.parent / f"fusion-{number}"
        git(self.depot.parent, "clone", "-q", str(self.depot), str(here))
        git(here, "merge", "-q", "--no-ff", "-m", "Accepté", f"origin/{one['branch']}")
        git(here, "push", "-q", "origin", "HEAD:main", f":{one['branch']}")
        one["state"] = "merged"

    def pull(self, number):
        return next(one for one in self.pulls if one["number"] == number)

    def say(self, number, text, *, editor=True, where="comments", **more):
        """A comment of an editor, or of a passer-by; a review."""
        comments = self.pull(number).setdefault(where, [])
        one = {"id": 900 + len(comments) + 10 * number, "body": text, "editor": editor}
        comments.append(one | more)

    def answer(self, method, path, told):
        """What the API answers, and its code."""
        url = urlsplit(path)
        rest = url.path.removeprefix(APIS[self.make])
        page = parse_qs(url.query).get("page", ["1"]) == ["1"]
        lab = self.make == "gitlab"
        pulls = "/merge_requests" if lab else "/pulls"
        if rest == pulls and method == "GET":
            return 200, [self._row(one) for one in reversed(self.pulls)] if page else []
        if rest == pulls:
            branch = told["source_branch" if lab else "head"]
            if any(one["branch"] == branch and one["state"] == "open" for one in self.pulls):
                return 409, {"message": "exists"}
            git(self.depot, "rev-parse", "--verify", f"refs/heads/{branch}")
            one = {"number": 40 + len(self.pulls), "branch": branch, "title": told["title"]}
            one |= {"body": told["description" if lab else "body"], "state": "open", "labels": []}
            one |= {"comments": [], "approved": False, "base": git(self.depot, "rev-parse", "main")}
            self.pulls.append(one)
            return 201, self._row(one)
        if found := re.fullmatch(r"/members/all/(\d+)", rest):
            return (200, {"access_level": 40}) if found[1] == "1" else (404, {})
        if found := re.fullmatch(r"/collaborators/(\w+)", rest):
            return (204, {}) if found[1] == "moderatrice" else (404, {})
        found = re.fullmatch(r"/(merge_requests|pulls|issues)/(\d+)/(\w+)", rest)
        one = self.pull(int(found[2]))
        if method == "POST" and found[3] in ("notes", "comments"):
            one["comments"].append({"id": 500 + len(one["comments"]), **told, "editor": False})
            return 201, {}
        return 200, self._part(one, found[3]) if page or found[3] == "approvals" else []

    def _part(self, one, what):
        if what in ("notes", "comments"):
            return [self._comment(comment) for comment in one["comments"]]
        if what == "approvals":
            return {"approved_by": [{}] if one["approved"] else []}
        if what == "reviews":
            state = {"state": "APPROVED" if one["approved"] else "COMMENTED"}
            return [self._comment(said) | state for said in one.get("reviews", ())] or [state]
        if git(self.depot, "branch", "--list", one["branch"]):
            one["head"] = git(self.depot, "rev-parse", one["branch"])
        between = f"{one['base']}..{one['head']}"
        if what == "commits":
            said = git(self.depot, "log", "--reverse", "--format=%B%x00", between).split("\0")
            said = [text.strip("\n") for text in said if text.strip()]
            return [{"message": it} if "lab" in self.make else {"commit": {"message": it}}
                    for it in said]  # fmt: skip
        names = git(self.depot, "diff", "--name-only", one["base"], one["head"]).split("\n")
        key = "new_path" if self.make == "gitlab" else "filename"
        return [{key: name, "status": "added"} for name in names if name]

    def _comment(self, one):
        editor = one["editor"]
        if self.make == "gitlab":
            return {**one, "system": False, "author": {"id": 1 if editor else 2}}
        who = {"login": "moderatrice" if editor else "passant"}
        return {**one, "user": who, "author_association": "MEMBER" if editor else "NONE"}

    def _row(self, one):
        number, state = one["number"], one["state"]
        url = f"https://forge.example.org/o/r/{number}"
        both = {"title": one["title"], "created_at": "2021-09-27T08:00:00Z"}
        if self.make == "gitlab":
            state = {"open": "opened"}.get(state, state)
            both |= {"iid": number, "web_url": url, "source_branch": one["branch"], "state": state}
            both |= {"source_project_id": 12, "target_project_id": 12}
            return both | {"labels": one["labels"]}
        repo = {"repo": {"id": 7}}
        both |= {"number": number, "html_url": url, "head": {"ref": one["branch"], **repo}}
        merged = "2021-09-28T08:00:00Z" if state == "merged" else None
        both |= {"base": repo, "state": "open" if state == "open" else "closed"}
        return both | {"merged_at": merged, "labels": [{"name": name} for name in one["labels"]]}
