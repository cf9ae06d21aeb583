"""A forge that a job talks to with ``gh``: a bare repository; proposals, comments as files.

Put as ``gh`` on the path: what it is asked is done in the repository of ``$FORGE``, as GitHub does
it; filters are applied by jq itself.
"""

import base64
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

FORGE = Path(os.environ.get("FORGE", "."))
DEPOT = FORGE / "depot.git"
BOT = {"login": "github-actions[bot]", "type": "Bot"}


def git(*arguments, data=b"", **environ):
    """What git answers in the repository of the forge."""
    done = subprocess.run(
        ["git", *arguments], cwd=DEPOT, input=data, capture_output=True, check=True,
        env=os.environ | environ,
    )  # fmt: skip
    return done.stdout.decode().strip()


def kept(name):
    """A list of the forge."""
    file = FORGE / f"{name}.json"
    return json.loads(file.read_text("utf-8")) if file.exists() else []


def keep(name, rows):
    """Keep a list of the forge."""
    (FORGE / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")


def commits(branch):
    """The commits of a proposal."""
    rows = git("log", "--format=%H %an", f"main..{branch}").splitlines()
    return [{"sha": row[:40], "author": {"login": row[41:]}} for row in rows]


def new_tree(told):
    """A tree with one more file."""
    (entry,) = told["tree"]
    index = {"GIT_INDEX_FILE": str(FORGE / "index")}
    git("read-tree", told["base_tree"], **index)
    row = f"{entry['mode']},{entry['sha']},{entry['path']}"
    git("update-index", "--add", "--cacheinfo", row, **index)
    return git("write-tree", **index)


def new_commit(told):
    """A commit of the bot."""
    who = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), BOT["login"])
    who |= dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "bot@example.org")
    parents = [word for parent in told["parents"] for word in ("-p", parent)]
    return git("commit-tree", told["tree"], *parents, "-m", told["message"], **who)


def answer(method, path, told):
    """What the forge answers."""
    path = path.partition("?")[0].removeprefix("repos/o/r/")
    match method, path.split("/"):
        case "GET", ["issues", number]:
            return json.loads((FORGE / f"issue-{number}.json").read_text("utf-8"))
        case "GET", ["pulls"]:
            return [one for one in kept("pulls") if f"o:{one['branch']}" == told["head"]]
        case "GET", ["pulls", number, "commits"]:
            return commits(
                next(one for one in kept("pulls") if one["number"] == int(number))["branch"]
            )
        case "GET", ["pulls", _, "reviews"]:
            return kept("reviews")
        case "GET", ["issues", _, "comments"]:
            return kept("comments")
        case "GET", ["git", "ref", *ref]:
            return {"object": {"sha": git("rev-parse", f"refs/{'/'.join(ref)}")}}
        case "POST", ["git", "blobs"]:
            data = base64.b64decode(told["content"], validate=True)
            return {"sha": git("hash-object", "-w", "--stdin", data=data)}
        case "POST", ["git", "trees"]:
            return {"sha": new_tree(told)}
        case "POST", ["git", "commits"]:
            return {"sha": new_commit(told)}
        case "PATCH", ["git", *ref]:
            git("rev-parse", "--verify", "/".join(ref))
            return git("update-ref", "/".join(ref), told["sha"])
        case "POST", ["git", "refs"]:
            return git("update-ref", told["ref"], told["sha"])
        case "POST", ["pulls"]:
            if (FORGE / "sans-proposition").exists():
                raise SystemExit("GitHub Actions is not permitted to create pull requests.")
            one = {"number": 40 + len(kept("pulls")), "branch": told["head"], **told}
            keep("pulls", [*kept("pulls"), one])
            return one
        case "POST", ["issues", _, "comments"]:
            rows = kept("comments")
            keep("comments", [*rows, {"id": 90 + len(rows), "user": BOT, "body": told["body"]}])
        case "PATCH", ["issues", "comments", number]:
            rows = kept("comments")
            rows = [one | told if one["id"] == int(number) else one for one in rows]
            keep("comments", rows)
        case _:
            raise SystemExit(f"{method} {path}")
    return {}


def api(words):
    """``gh api``."""
    told = {}
    method = path = filter_ = ""
    while words:
        match words.pop(0):
            case "--method":
                method = words.pop(0)
            case "--jq":
                filter_ = words.pop(0)
            case "--paginate":
                pass
            case "--input":
                told |= json.loads(Path(words.pop(0)).read_text("utf-8"))
            case "-f" | "-F" as option:
                key, _, value = words.pop(0).partition("=")
                whole = option == "-F" and value.startswith("@")
                told[key] = Path(value[1:]).read_text("utf-8") if whole else value
            case path:
                pass
    text = json.dumps(answer(method or ("POST" if told else "GET"), path, told))
    if filter_:
        text = subprocess.run(
            ["jq", "-r", filter_], input=text, capture_output=True, text=True, check=True
        ).stdout
    sys.stdout.write(text)


if __name__ == "__main__":
    if sys.argv[1:3] == ["run", "download"]:
        shutil.copytree(FORGE / "piece", sys.argv[sys.argv.index("--dir") + 1])
    else:
        api(sys.argv[2:])
