"""Whatever ``portail check`` accepts, a build publishes: hostile words in every field of text."""

import re
import shutil
from functools import cache
from itertools import count

import pytest
import yaml
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from doses import dose, rows_of
from plans import result_of
from portail.config import SiteConfig
from portail.day import Day, build_day
from portail.features.services.schemas.kind_schema import kind_schema
from portail.model.kinds import Kind
from portail.source.yaml_text import written
from portail.terminal.readable import one_line
from portail.text.visible import misplaced, visible_text
from projects import Project
from tables import lists

pytestmark = pytest.mark.site

ADDRESS = "https://exemple.org"
HOSTILE = rows_of("portail_pelican/accepted.yml")


SIGNS = st.sampled_from(
    [*HOSTILE, *"<>&;=?!/\"'\\:#*_-[]{}|%$`~^", "x", "é", " ", "on", "href", "style"]
)

_NAMES = {"fichier", "rrule", "code", "siren"}
"""Fields whose text has a form of its own."""


@cache
def schema(kind):
    return kind_schema(kind, lists())


def replaced(value, one, give):
    """``value``, of the schema ``one``, with what ``give`` makes of each plain text."""
    if isinstance(value, dict):
        known = one.get("properties", {})
        return {
            key: replaced(inner, known[key], give) if key in known and key not in _NAMES else inner
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [replaced(inner, one.get("items", one), give) for inner in value]
    plain = one.get("x-code") == "E205"
    name = "x-references" in one and one.get("maxLength") and not re.fullmatch("[a-z0-9-]+", value)
    return give(value, one["maxLength"]) if plain or name else value


def rewritten(text, kind, give):
    """A document with its plain texts replaced, and code at its end."""
    _, front, body = text.split("---\n", 2)
    fields = replaced(yaml.load(front, yaml.BaseLoader), schema(kind), give)
    rows = (f"{key}: {written(one)}\n" for key, one in fields.items())
    code = give("", 60).replace("`", "")
    return f"---\n{''.join(rows)}---\n{body}\n\n`` {code} ``\n\n    {code}\n"


def refused(root):
    """The errors that ``portail check`` tells."""
    config = SiteConfig(nom="Essai", region="Hauts-de-France", siteurl=ADDRESS)
    day = Day(build_day("2021-09-27", {}, None, None).date, pinned=True)
    report = result_of(root / "content", config, day).report
    return [one_line(item) for item in report if item.code[0] == "E"]


@pytest.mark.long
def test_the_showcase_full_of_hostile_words(racine, tmp_path):
    root = tmp_path
    shutil.copytree(racine / "tests/sites/vitrine/content", root / "content")
    project = Project(root, 'PORTAIL_REGION = "Hauts-de-France"\n')
    ranks = count()
    seen = [words for words in HOSTILE if not [*misplaced(words)]]  # what hides is refused

    def give(text, most):
        rank = next(ranks)
        return f"{seen[rank % len(seen)]} {rank} {text}"[:most].strip()

    done = 0
    for kind in Kind:
        for path in sorted((project.content / kind.value).rglob("*.md")):
            path.write_text(rewritten(path.read_text("utf-8"), kind, give), "utf-8")
            done += 1
    assert done > 90 and next(ranks) > 300
    assert refused(root) == []
    assert project.build(SITEURL=ADDRESS).published
    project.judge(SITEURL=ADDRESS)


SITE = {
    "content/lieux/musee.md": "titre: {0}\nresume: {1}\ntype: musee\n"
    "adresse: {{nom: {2}, rue: {3}, commune: Amiens}}\n"
    "tarifs: [{{libelle: {17}, prix: 3}}]\nmots_cles: [{4}]\n",
    "content/articles/hiboux.md": "titre: {5}\nresume: {6}\nauteurs: [{7}]\nmots_cles: [{8}, {9}]\n"
    "references: [{{titre: {10}, note: {11}}}]\n",
    "content/events/nuit.md": "titre: {12}\nresume: {13}\nformat: atelier\n"
    "debut: 2021-10-02 14:00\nlieu: musee\norganisateurs: [{14}]\nmots_cles: [{15}]\n"
    "tarif: {{prix: 5, conditions: {16}}}\n",
    "content/annonces/recrute.md": "titre: {18}\nresume: {19}\ncategorie: emploi\n"
    "organisme: {20}\necheance: 2021-11-02\nmots_cles: [{21}]\n",
    "content/dossiers/nuits.md": "titre: {22}\nresume: {23}\nmots_cles: [{24}]\n"
    "elements: [articles/hiboux, events/nuit]\n",
}
COUNT = 25


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return Project(tmp_path_factory.mktemp("petit"), 'PORTAIL_REGION = "Hauts-de-France"\n')


def texts():
    one = st.lists(SIGNS, max_size=6).map(lambda signs: f"A {''.join(signs)}"[:55].strip())
    return st.lists(one, min_size=COUNT, max_size=COUNT)


def fill(project, words):
    project.write(
        {
            name: "---\n"
            + fields.format(
                *(written(f"{word} {rank}", flow=True) for rank, word in enumerate(words))
            )
            + "publie_le: 2021-09-20\n---\n\nTexte.\n"
            for name, fields in SITE.items()
        }
    )


def without_tags(word):
    """A word without what the model refuses in plain text (E102, E246)."""
    bare = re.sub("</?[a-zA-Z][^<>]*>|<!--", "", visible_text(word))
    return bare if bare == word else without_tags(bare)


# Not made smaller: each example is a build.
@settings(max_examples=dose(1, 6), phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(texts())
@example([("A <!ENTITY x>", "A <x onclick=1")[rank % 2] for rank in range(COUNT)])
@example([("A <x onclick=1", "A <!ENTITY x>")[rank % 2] for rank in range(COUNT)])
def test_what_check_accepts_is_published(small, words):
    fill(small, [without_tags(word) for word in words])
    assert refused(small.root) == []
    small.build(SITEURL=ADDRESS)
    small.judge(SITEURL=ADDRESS)
