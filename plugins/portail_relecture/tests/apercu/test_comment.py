"""The comment, however many files a proposal has."""

from pathlib import PurePosixPath

from doses import cases
from portail.config import SiteConfig
from portail_relecture.apercu.comment import LONGEST, MARKER, comment, verdict
from portail_relecture.apercu.faults import Fault
from portail_relecture.apercu.story import Asked, Fiche, Story
from remake import replace

PATH = PurePosixPath("content/events/robot.md")
FAULT = Fault("E213", PATH, 8, "La fin est avant le début.", "Vérifiez.", ("fin: 2021-10-06",))
FICHE = Fiche(
    rang=1, sorte="nouveau", path=PATH, titre="Robot", nom="événement", une=False, url="", ref="",
    quand="mercredi 6 octobre 2021", ou="Wizernes (62)", etat="", champs=(),
    erreurs=(), conseils=(), tues=0, lettre=None, fichiers=(), ancien=None,
)  # fmt: skip
ODD = replace(FAULT, code="A522", message="C’est passé.", ecrire=())
LOOKED = replace(FICHE, conseils=(ODD, replace(FAULT, code="C281"), replace(ODD, code="A513")))
CONFIG = SiteConfig(
    region="Hauts-de-France", depot="https://github.com/a/b", siteurl="https://portail.example.org"
)


def story(*fiches, **asked):
    """A proposal of these contents."""
    return Story(fiches, "27 septembre 2021", Asked(**asked), CONFIG, "/contribuer/")


def faulty(count, **others):
    """A content with ``count`` errors."""
    return replace(FICHE, erreurs=(FAULT,) * count, **others)


@cases(
    ("fiches", "said"),
    [
        ((), "Merci ! Aucun contenu ne change"),
        ((FICHE,), "Merci ! Tout se lit bien"),
        ((LOOKED,), "Merci ! Tout se lit bien, **2 points à regarder**"),
        ((FICHE, faulty(1)), "Merci ! Il reste **une correction** avant la relecture"),
        ((faulty(1), faulty(2)), "Merci ! Il reste **trois corrections** avant la relecture"),
        ((faulty(12),), "Merci ! Il reste **12 corrections** avant la relecture"),
    ],
)
def test_the_title_is_the_verdict(fiches, said):
    assert verdict(story(*fiches)) == said
    assert comment(story(*fiches), 0).startswith(f"{MARKER}\n### {said}\n")


def test_a_proposal_without_fault():
    assert comment(story(FICHE, execution="https://github.com/a/b/actions/1"), 48_000) == (
        f"""{MARKER}
### Merci ! Tout se lit bien

Votre proposition contient **1 contenu prêt**.

| Contenu | Changement | Quand, où | État |
|---|---|---|---|
| **Robot** | nouvel événement | mercredi 6 octobre 2021, Wizernes (62) | prêt |

#### Voir l’aperçu

[Télécharger l’aperçu](https://github.com/a/b/actions/1) (un fichier, 48 kB) : ouvrez-le d’un \
double clic. On y voit chaque page, sa ligne d’agenda et sa place dans la lettre.

**Et après ?** Une personne de la rédaction relit sous trois jours ouvrés. Une question : \
répondez ici, en français, comme vous parlez.

<sub>Message automatique, mis à jour à chaque modification · 27 septembre 2021 · \
[Comment ça marche](https://portail.example.org/contribuer/)</sub>
"""
    )


def test_what_is_to_be_looked_at_is_apart_from_advice():
    text = comment(story(LOOKED), None)
    looked, advice = text.split("#### À regarder, pour qui relit\n")[1].split("#### Un conseil")
    assert (looked.count("\n- "), "A522" in looked, "A513" in looked) == (2, True, True)
    assert "C281" in advice


def test_what_is_to_be_done_is_no_free_advice_and_advice_is_said_once():
    done = replace(FICHE, conseils=(replace(ODD, code="A523"), replace(ODD, code="A339")))
    many = [replace(FICHE, conseils=(replace(FAULT, code="C281"),)) for _ in range(29)]
    text = comment(story(done, *many), None)
    first, advice = text.split("#### À faire avant de publier\n")[1].split("#### Un conseil, libre")
    assert (first.count("\n- "), advice.count("\n- ")) == (2, 1)
    assert "La fin est avant le début. (29 fois) Vérifiez." in advice


def test_an_error_has_its_line_its_link_and_what_to_paste():
    text = comment(story(faulty(1)), None)
    assert (
        """**`content/events/robot.md`, ligne 8** : La fin est avant le début. <sub>E213</sub>

Vérifiez. Ouvrez [le fichier à cette ligne](https://github.com/a/b/edit/main/content/events/\
robot.md#L8), puis écrivez, par exemple :

```yaml
fin: 2021-10-06
```
"""
        in text
    )
    assert "Voir l’aperçu" not in text


@cases(
    "fiche",
    [
        faulty(3),
        faulty(40, titre="*" * 300, quand="|" * 300, champs=("`" * 300,) * 30),
        faulty(8),
        replace(faulty(1), erreurs=(replace(FAULT, ecrire=("`" * 90_000,), message="<" * 9_000),)),
        replace(FICHE, conseils=(replace(FAULT, code="C512", message="@" * 900),) * 40),
    ],
)
@cases("many", [1, 20, 2_000])
def test_however_many_files_a_comment_is_taken(fiche, many):
    """Cut between two contents, and said."""
    fiches = [replace(fiche, rang=rank) for rank in range(many)]
    text = comment(story(*fiches, execution="https://github.com/a/b/actions/1"), 1)
    assert len(text) <= LONGEST
    assert text.count("<details>") == text.count("</details>")
    assert text.endswith("</sub>\n")
    if many == 2_000:
        assert "autres contenus." in text
