"""A small repository of Git, as forges make them: a trunk, proposals, merges, shallow clones."""

import subprocess

_WHO = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main")


def git(folder, *arguments, day="2021-09-01"):
    """What a command of Git says in ``folder``; what it commits is of ``day``, at noon unless it
    says the hour (``2021-09-01T15:00``)."""
    moment = f"{day}:00Z" if "T" in day else f"{day}T12:00:00Z"
    dates = {f"GIT_{who}_DATE": moment for who in ("AUTHOR", "COMMITTER")}
    done = subprocess.run(
        ["env", *(f"{name}={value}" for name, value in dates.items()), "git", *_WHO, *arguments],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def commit(folder, day="2021-09-01"):
    """Commit all that is in ``folder``, a repository from then on."""
    if not (folder / ".git").exists():
        git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Un changement", day=day)


def proposal(folder, name, files, day):
    """A branch ``name`` of the trunk with these files; ``None`` removes one."""
    git(folder, "checkout", "-qb", name, "main")
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink() if text is None else file.write_text(text, encoding="utf-8")
    commit(folder, day)
    git(folder, "checkout", "-q", "main")


def merge(folder, name):
    """Merge a branch into the trunk, as the button of a forge does."""
    git(folder, "merge", "-q", "--no-ff", "-m", f"Merge {name}", name)
