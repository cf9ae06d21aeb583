"""Signs of all planes, compatibility letters first, wherever a content has a text: it is published,
or refused by its name; what a run left is read by the next."""

import random
import unicodedata

from doses import dose
from plans import Tree, entry
from portail.cli.contents import MemoryStore
from portail.outputs.base import TextFile
from portail.outputs.base import Tree as Folder

SHOWN = dose("recherche/", "")
LETTERS = [
    sign
    for sign in map(chr, (*range(0xA1, 0x10000), *range(0x10000, 0x110000, 97)))
    if unicodedata.category(sign)[0] != "C"
]
OPENED = [sign for sign in LETTERS if " " in unicodedata.normalize("NFKD", sign)]


def drawn(chance):
    """A word with a rare sign inside; one in two opens on a blank."""
    return f"mu{chance.choice(chance.choice((OPENED, LETTERS)))}sée"


def documents(chance):
    """Contents of each kind, each with rare signs in what it names and says."""

    def word():
        return drawn(chance)

    for rank in range(dose(6, 200)):
        said = {"titre": f"Le {word()} {rank}", "resume": f"Un {word()}.", "mots_cles": [word()]}
        text = f"## {word()}\n\nUn {word()} *{word()}*."
        place = {"nom": word(), "rue": f"{rank} rue {word()}", "commune": "Amiens"}
        yield f"articles/a{rank}", entry("articles", text, auteurs=[word()], **said)
        yield f"lieux/l{rank}", entry("lieux", text, **said)
        yield f"ressources/r{rank}", entry("ressources", text, proprietaire=word(), **said)
        said["organisateurs"] = [word()]
        yield f"events/e{rank}", entry("events", text, adresse=place, **said)


def test_each_is_published_or_refused_by_its_name(tmp_path):
    store = MemoryStore()
    for seed in range(2):  # what the first left is read by the second
        files = dict(documents(random.Random(seed)))
        result = Tree(tmp_path, store).run(files)
        refused = {one.position.path for one in result.report if one.severity.value == "E"}
        for path in refused:
            (tmp_path / path).unlink()
            del files[str(path.relative_to("content").with_suffix(""))]
        result = Tree(tmp_path, store).run()
        assert not result.report.has_errors
        assert result.site.items.keys() >= files.keys() and len(files) > 4 * len(refused)
        for artifact in result.plan:
            if isinstance(artifact, Folder) or (
                isinstance(artifact, TextFile) and artifact.path.startswith(SHOWN)
            ):
                assert [*artifact.produce()], artifact.path
