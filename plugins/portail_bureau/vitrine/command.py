"""``portail vitrine Normandie``: a night of a portal that nobody keeps yet, of public sources.

In the folder of the showcase, ``depots/normandie`` is its repository, kept from night to night
with the answers of its sources: what ``init`` writes is the branch « modele », what was harvested
the branch « main ». ``sites/normandie`` is its site of tonight. ``--assembler`` lays those that
came, or the last of the others (``gardes/``), below ``regions/`` of a site. Exit codes: 0; 1, a
source or a region is missing tonight, which is told; 2, one has no site, usage.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import yaml

from portail.cli.arguments import Parser, day
from portail.cli.contents import literal_settings
from portail.clock import portal_zone
from portail.config import is_siteurl
from portail.diagnostics import ConfigError
from portail.resources import model_dir
from portail.terminal.readable import say
from portail.text.normalise import name_key, slugify

from .settings import NAME, Showcase, read_showcase

# The day of the identifiers of every portal (RFC 4151): it never changes.
_SINCE = "2026-12-01"
_HARVEST = ["moissonner"]
_WHO = ["-c", "user.name=La vitrine", "-c", "user.email=vitrine@noreply.example.org"]
_SOURCE = re.compile(r"^  moisson: (\S+)$", re.MULTILINE)
_REMOVED = re.compile(r"ref: ([^,\s]+), le: (\S+)\}")
# Pages that speak for a team.
_OF_A_TEAM = ("a-propos", "accessibilite", "charte")


def main(argv: list[str]) -> int:
    parser = Parser("vitrine", f"Fait la nuit des portails que nomme {NAME}, et les assemble.")
    parser.add("region", "RÉGION", "celles-ci (toutes)", nargs="*")
    parser.add("--dossier", "DOSSIER", "ce qui se garde d’une nuit à l’autre", default="vitrine")
    parser.add("--adresse", "URL", "adresse publique de la vitrine", default="")
    parser.add("--depot", "URL", "adresse de son dépôt, sur sa forge", default="")
    parser.add("--assembler", "SITE", "met les portails dans ce site, sous regions/")
    parser.flag("--liste", "écrit les noms des régions, en JSON")
    parser.add("--date", "AAAA-MM-JJ", "jour où se placer", type=day)
    options = parser.parse_args(argv)
    showcase = read_showcase(literal_settings(Path()).get(NAME))
    if showcase is None:
        raise ConfigError(f"{NAME} ne nomme aucune région, dans pelicanconf.py.")
    if options.liste:
        say(msgspec.json.encode(showcase.regions).decode() + "\n", sys.stdout)
        return 0
    if options.assembler:
        return _assembled(showcase, options)
    options.adresse = showcase.adresse or options.adresse
    if not is_siteurl(options.adresse):
        raise ConfigError("--adresse attend l’adresse publique, http(s), sans barre finale.")
    codes = [_night(region, showcase, options) for region in options.region or showcase.regions]
    return max(codes, default=0)


def _night(region: str, showcase: Showcase, options: Namespace) -> int:
    folder, slug = Path(options.dossier).resolve(), slugify(region)
    depot, site = folder / "depots" / slug, folder / "sites" / slug
    address = f"{options.adresse}/regions/{slug}"
    today = options.date or datetime.now(portal_zone()).date()
    pinned = ["--date", f"{today}"] if options.date else []
    public = ["--site-url", address, *pinned]
    try:
        _renew(depot, region, options.depot)
        _overlay(depot, region=region, adresse=address, ecrire=_mail(showcase, options.depot))
        (folder / "dits").mkdir(exist_ok=True)
        report = ["--rapport", f"{folder}/dits/{slug}.md"]
        code = _portail(depot, *_HARVEST, *public, *report, most=1)
        for line in _departed(depot, [*map(name_key, showcase.partis)], today):
            say(f"{region} : {line}\n", sys.stdout)
        _commit(depot, f"La nuit du {today}", ".", ":!content/pages", ":!pelicanconf.py")
        _portail(depot, "build", "-q", *public)
        fresh = site.with_name(f".{slug}")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(depot / "output", fresh)
        _portail(depot, "exporter", "--tout", "--vers", f"{fresh}")
        _portail(depot, "check", "--site", f"{fresh}", "-q", *pinned, environ={"SITEURL": address})
        shutil.rmtree(site, ignore_errors=True)
        fresh.rename(site)
    except (ConfigError, OSError) as error:
        say(f"{region} : pas de site cette nuit, le dernier reste. {error}\n", sys.stderr)
        return 2
    return code


def _portail(folder: Path, *words: str, most: int = 0, environ: Mapping[str, str] = {}) -> int:
    # The exit code of a command of ours. Raises ``ConfigError`` above ``most``.
    command = [sys.executable, "-m", "portail", *words]
    return _ran(folder, command, f"portail {words[0]}", most=most, environ=environ)


def _git(folder: Path, *words: str) -> None:
    _ran(folder, ["git", *_WHO, *words], f"git {words[0]}")


def _ran(
    folder: Path, command: list[str], name: str, most: int = 0, environ: Mapping[str, str] = {}
) -> int:
    done = subprocess.run(command, cwd=folder, env={**os.environ, **environ}, check=False)
    if done.returncode not in range(most + 1):
        raise ConfigError(f"« {name} » s’est arrêté (code {done.returncode}).")
    return done.returncode


def _commit(folder: Path, message: str, *paths: str) -> None:
    _git(folder, "add", "-A", "--", *paths)
    if _ran(folder, ["git", "diff", "--cached", "--quiet"], "git diff", most=1):
        _git(folder, "commit", "-q", "-m", message)


def _renew(depot: Path, region: str, forge: str) -> None:
    # The repository as last night left it, and what ``init`` writes today.
    there = (depot / "pelicanconf.py").exists()
    with TemporaryDirectory() as folder:
        fresh = Path(folder, "modele")
        if there:
            _git(depot, "clone", "-q", "--no-checkout", "-b", "modele", ".", f"{fresh}")
        else:
            shutil.rmtree(depot, ignore_errors=True)
            depot.mkdir(parents=True)
            _git(depot, "init", "-q", "-b", "main")
            _git(depot, "init", "-q", "-b", "modele", f"{fresh}")
        source = ["--source", f"git+{forge}"] if forge else []
        _portail(depot, "init", f"{fresh}", "--region", region, "--date", _SINCE, *source)
        _commit(fresh, "Ce qu’écrit « portail init »", ".")
        _git(fresh, "push", "-q", f"{depot}", "modele")
    if there:
        _git(depot, "reset", "-q", "--hard")
        _git(depot, "clean", "-fdq")
    _git(depot, "merge", "-q", "-X", "theirs", "-m", "Ce qu’écrit « portail init »", "modele")


def _mail(showcase: Showcase, forge: str) -> str:
    if showcase.courriel:
        return f"[{showcase.courriel}](mailto:{showcase.courriel})"
    return f"[un ticket]({forge}/issues)" if forge else f"qui tient {NAME}"


def _overlay(depot: Path, **words: str) -> None:
    # What a portal that nobody keeps says of itself, which is not in its repository.
    for name in _OF_A_TEAM:
        (depot / f"content/pages/{name}.md").unlink()
    model = model_dir() / "vitrine"
    for path in model.rglob("*.md"):
        text = path.read_text("utf-8")
        for word, meant in words.items():
            text = text.replace(f"@{word}@", meant)
        (depot / path.relative_to(model)).write_text(text, "utf-8")
    with (depot / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write("PORTAIL_TENU = False\n")


def _departed(depot: Path, gone: list[str], today: date) -> Iterator[str]:
    # Take away what names who left, or is of a source that is read no more; a line for each.
    content, rows = depot / "content", {}
    listed = yaml.load((depot / "sources.yml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
    sources = (listed or {}).get("sources", ())
    awake = {slugify(it["nom"]) for it in sources if it.get("dort") != "true"}
    register = content / "retraits.yml"
    if register.exists():
        rows = dict(_REMOVED.findall(register.read_text("utf-8")))
    there: dict[str, Path] = {}
    for path in content.glob("*/*/*.md"):
        there[f"{path.relative_to(content).parts[0]}/{path.stem}"] = path
    texts = {ref: path.read_text("utf-8") for ref, path in there.items()}
    while leaving := [*_leaving(texts, awake, gone)]:
        for ref in leaving:
            there[ref].unlink()
            del texts[ref]
            rows[ref] = f"{today}"
            gone += [name_key(ref.partition("/")[2])] * ref.startswith("lieux/")
            yield f"{ref} est retiré."
    lines = [f"  - {{ref: {ref}, le: {on}}}\n" for ref, on in rows.items() if ref not in texts]
    if lines:
        register.write_text("".join(["retraits:\n", *lines]), "utf-8")


def _leaving(texts: Mapping[str, str], awake: set[str], gone: Iterable[str]) -> Iterator[str]:
    for ref, text in texts.items():
        source = _SOURCE.search(text)
        words = f" {name_key(text)} "
        if source and (source[1] not in awake or any(f" {name} " in words for name in gone)):
            yield ref


def _assembled(showcase: Showcase, options: Namespace) -> int:
    # Lay the last site of each region below ``regions/``, and say which have none of tonight.
    came, kept = Path(options.dossier, "sites"), Path(options.dossier, "gardes")
    slugs = {slugify(region): region for region in showcase.regions}
    kept.mkdir(parents=True, exist_ok=True)
    for path in kept.iterdir():
        if path.name not in slugs:
            shutil.rmtree(path)
    missing = 0
    for slug, region in slugs.items():
        if (came / slug / "index.html").exists():
            shutil.rmtree(kept / slug, ignore_errors=True)
            shutil.move(came / slug, kept / slug)
        else:
            missing = 1
            what = "celui d’avant reste" if (kept / slug).exists() else "elle n’en a encore aucun"
            say(f"{region} : pas de site cette nuit, {what}.\n", sys.stderr)
        if (kept / slug).exists():
            shutil.copytree(kept / slug, Path(options.assembler, "regions", slug))
    return missing
