"""A small synthetic site, as a plan: pages, a listing, a feed, derived files, a tree, a copy."""

import html
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from portail.files import digest_of
from portail.outputs.base import (
    CopiedFile,
    Derived,
    Plan,
    Shown,
    TemplatePage,
    TextFile,
    Tree,
)
from portail_publication.build import Means
from portail_publication.publish import Manner, Publication


def publish(plan, means, salt, *, output, cache, **manner):
    """The outcome of a run that publishes ``plan`` into ``output``."""
    with Publication(output, cache, Manner(**manner)) as publication:
        return publication.publish(plan, means, salt)


@dataclass
class Fiche:
    """What one page shows."""

    titre: str
    texte: str = ""
    liens: tuple[str, ...] = ()


@dataclass
class Essai:
    """The site ``fiches`` (slug → page), published under ``root``."""

    root: Path
    fiches: dict[str, Fiche] = field(default_factory=dict)
    images: dict[str, bytes] = field(default_factory=dict)
    fichiers: dict[str, bytes] = field(default_factory=dict)
    salt: str = "sel"
    output: str = "output"
    calls: list[str] = field(default_factory=list)

    @property
    def out(self):
        """The published folder."""
        return self.root / self.output

    def fill(self, count, marker=""):
        """``count`` pages whose titles carry ``marker``; each links to the next."""
        for number in range(count):
            following = f"/lieux/p{(number + 1) % count}/#fin"
            self.fiches[f"p{number}"] = Fiche(
                f"Page {number} {marker}", "texte " * 20, (following,)
            )
        return self

    def artifacts(self):
        """Every artifact of the site."""
        titles = [f"{slug} {one.titre}" for slug, one in self.fiches.items()]
        for slug, one in self.fiches.items():
            yield TemplatePage(
                f"lieux/{slug}/index.html",
                f"/lieux/{slug}/",
                "lieu.html",
                Shown("essai", slug, (digest_of(one.titre, one.texte, list(one.liens)),)),
                lambda one=one: one,
                source=PurePosixPath(f"content/lieux/{slug}.md"),
            )
        shown = Shown("essai", "index", (digest_of(titles),))
        yield TemplatePage("index.html", "/", "index.html", shown, self._index)
        yield TextFile("flux.xml", "/flux.xml", (digest_of(titles),), lambda: self._feed(titles))
        index, feed = "index.html", "flux.xml"
        yield Derived("poids.txt", "/poids.txt", (index, feed), _weights)
        yield Derived("resume.txt", "/resume.txt", ("poids.txt",), _upper)
        images = [f"{name}{data!r}" for name, data in sorted(self.images.items())]
        yield Tree("images", (digest_of(images),), self._draw)
        for name, data in self.fichiers.items():
            origin = self.root / "origines" / digest_of(name)
            origin.parent.mkdir(parents=True, exist_ok=True)
            origin.write_bytes(data)
            yield CopiedFile(name, f"/{name}", (digest_of(data),), origin)

    def _index(self):
        links = tuple(f"/lieux/{slug}/" for slug in self.fiches)
        return Fiche("Accueil", f"{len(self.fiches)} fiches", links)

    def _feed(self, titles):
        self.calls.append("flux.xml")
        yield "<feed>\n"
        for title in titles:
            yield f"<entry>{html.escape(title)}</entry>\n"
        yield "</feed>\n"

    def _draw(self):
        self.calls.append("images")
        return self.images.items()

    def render(self, page):
        """The bytes of a page."""
        self.calls.append(str(page.path))
        view = page.view()
        links = "".join(f'<a href="{html.escape(one)}">suite</a>\n' for one in view.liens)
        return (
            f"<!doctype html><title>{html.escape(view.titre)}</title>\n"
            "<!-- /theme/css/portail.css?v= -->\n"
            f'<h1>{html.escape(view.titre)}</h1>{view.texte}\n{links}<p id="fin">Fin</p>\n'
        ).encode()

    def publish(self, *, render=None, **options):
        """Publish the site as it is now."""
        self.calls.clear()
        means = {name: options.pop(name) for name in [*options] if name in Means._fields}
        return publish(
            Plan(self.artifacts()),
            Means(render or self.render, **means),
            self.salt,
            output=self.out,
            cache=self.root / "cache",
            **options,
        )

    def clean(self):
        """The files of a build of the same site from nothing."""
        other = Essai(self.root / "propre", self.fiches, self.images, self.fichiers, self.salt)
        other.publish(clean=True)
        return files(other.out)


def published(root, *artifacts, salt="s", **options):
    """Publish these artifacts, and nothing else, as ``root/o``."""
    means = {name: options.pop(name) for name in [*options] if name in Means._fields}
    where = {"output": root / "o", "cache": root / "c"}
    return publish(Plan(artifacts), Means(lambda page: b"", **means), salt, **where, **options)


def plain(path, content="x"):
    """A file of one text."""
    return TextFile(path, f"/{path}", ("k",), lambda: iter((content,)))


def _weights(sources):
    return " ".join(str(len(one)) for one in sources).encode()


def _upper(sources):
    return b"RESUME " + sources[0]


def files(root):
    """Every file under ``root``, and every empty folder (as ``…/``)."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[f"{name}/"] = b""
    return found
