"""No command tells a secret: not when it succeeds, fails or crashes, not in what it writes."""

import pytest

from courrier import WEEK
from lettres import NUMERO, envoi
from projects import Project, data_of

frozen_text = pytest.importorskip("portail_lettre.sent").frozen_text

pytestmark = pytest.mark.site

MARK = "SERIN7Q"
ENVIRONMENT = {
    "PORTAIL_ENVOI_SERVEUR": "localhost:9",
    "PORTAIL_ENVOI_UTILISATEUR": "lettre",
    "PORTAIL_ENVOI_MOT_DE_PASSE": f"{MARK}-mot-de-passe",
    "PORTAIL_ENVOI_LISTMONK": "https://localhost:9",
    "PORTAIL_ENVOI_LISTMONK_JETON": f"lettre:{MARK}-jeton",
    "GITHUB_TOKEN": f"ghp_{MARK}",
    "GITLAB_TOKEN": f"glpat-{MARK}",
    "HTTPS_PROXY": f"http://usager:{MARK}@localhost:9",
    "SMTP_PASSWORD": MARK,
    "AWS_SECRET_ACCESS_KEY": MARK,
}
HEAD = "---\ntitre: Essai\nresume: Un essai.\npublie_le: 2021-09-20\n"
CRASH = """\
from portail.greffons import Feature, Output


def sortie(site):
    mot_de_passe = __import__("os").environ["PORTAIL_ENVOI_MOT_DE_PASSE"]
    raise RuntimeError("panne")
    yield mot_de_passe


feature = Feature("panne", "Panne", outputs=(Output("panne", sortie),))
"""


@pytest.fixture
def portal(tmp_path):
    project = Project(tmp_path / "p", 'SITEURL = "https://portail.example.org"\n')
    project.write({"content/articles/essai.md": f"{HEAD}---\n\nUne phrase.\n"})
    project.write({f"content/newsletters/{WEEK}.envoi.html": frozen_text(envoi(NUMERO))})
    (tmp_path / "abonnes.csv").write_text(f"{MARK.lower()}@exemple.org\n", "utf-8")
    return project


def run(portal, *arguments, **more):
    home = portal.root.parent
    around = {"HOME": str(home), "PORTAIL_JOURNAL": str(home / "journaux")}
    return portal.portail(*arguments, **ENVIRONMENT, **around, **more)


def told(portal, done):
    """Where a canary sings: what was said, and every file, the list of subscribers aside."""
    found = [name for name, text in (("out", done.out), ("err", done.err)) if _sings(text)]
    for path in portal.root.rglob("*"):
        sings = path.is_file() and _sings(data_of(path).decode("latin-1"))
        found += [str(path.relative_to(portal.root))] * (sings and "__pycache__" not in path.parts)
    return found


def _sings(text):
    return MARK.lower() in text.lower()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("build",), 0),
        (("check", "--format", "json"), None),
        (("check", "--format", "github"), None),
        (("newsletter", "envoyer", WEEK, "--vers", "abonnes", "--abonnes", "../abonnes.csv",
          "--simuler", "--premier-envoi"), None),
        (("newsletter", "envoyer", WEEK, "--vers", "listmonk", "--deja-construit"), None),
        (("newsletter", "envoyer", WEEK, "--vers", "abonnes", "--abonnes", "../abonnes.csv",
          "--premier-envoi"), None),
        (("liens", "--site-url", "https://portail.example.org"), None),
        (("importer", f"https://usager:{MARK}@localhost:9/agenda.ics"), 2),
        (("importer", f"https://localhost:9/private-{MARK}/agenda.ics"), 2),
        (("importer", f"https://agenda.invalid/agenda.ics?cle={MARK}"), 2),
        (("effacer", "Camille Exemple", "--appliquer"), 1),  # no site proves it yet
    ],
)  # fmt: skip
def test_commands_tell_no_secret(arguments, code, portal):
    done = run(portal, *arguments)
    assert told(portal, done) == []
    assert code is None or done.code == code
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "settings",
    [
        f'PORTAIL_ENVOI_MOT_DE_PASSE = "{MARK}"\n',
        f'PORTAIL_LETTRE = {{"mot_de_passe": "{MARK}"}}\n',
        f'MOT_DE_PASSE = "{MARK}"\n1 / 0\n',
        f'MOT_DE_PASSE = "{MARK}\n',
    ],
)
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_secret_in_the_settings_is_not_told(settings, command, portal):
    """Nor kept anywhere but where it was written."""
    file = portal.root / "pelicanconf.py"
    file.write_text(file.read_text("utf-8") + settings, "utf-8")
    assert set(told(portal, run(portal, command))) <= {"pelicanconf.py"}


def test_a_crash_tells_no_secret(portal):
    portal.write({"greffons/panne.py": CRASH})
    file = portal.root / "pelicanconf.py"
    file.write_text(file.read_text("utf-8") + 'PORTAIL_GREFFONS = ["greffons.panne"]\n', "utf-8")
    done = run(portal, "build")
    assert done.code
    assert told(portal, done) == []
    assert "panne" in done.out + done.err


def test_a_crash_of_ours_tells_no_secret(portal):
    """A template that is wrong: Pelican shows its exceptions with Rich, which could show locals."""
    portal.write({"theme/templates/article.html": "{{ ceci.n_existe.pas }}"})
    done = portal.pelican("content", "--fatal", "errors", "--debug", **ENVIRONMENT)
    assert done.code
    assert len(done.out) < 1_000_000, "what is said can be read"
    assert told(portal, done) == []
