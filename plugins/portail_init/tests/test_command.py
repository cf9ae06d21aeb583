"""``portail init``: a repository that builds at once, in any region, whole or not at all."""

import json
import re
import subprocess
from datetime import date, datetime
from hashlib import sha256
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import yaml

from doses import cases
from plans import box, pages_of, result_of
from portail import cli
from portail.cli.contents import literal_settings
from portail.day import Day
from portail.diagnostics import ConfigError
from portail.features import configured
from portail.features.pages.accueil.page import plan_home
from portail.model.kinds import Kind
from portail.resources import data_dir, model_dir, over
from portail.settings import RECORD
from portail_init.command import web_address
from portail_init.skeleton import requirement
from site_settings import setting_names

DAY = "2027-03-01"
MEANT = {"C521", "A153"}
"""The advices of a new portal: its examples, its pages to fill in."""
SAMPLE = ("Grand Est", "La Réunion", "")


def init(folder, *argv, region="Normandie"):
    return cli.main(["init", str(folder), "--region", region, "--date", DAY, *argv])


def texts(folder):
    """Every file of a repository, by its path, but git's own."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }


def published(folder, day=DAY, **options):
    """What the portal of a folder gives on a day, by its settings and its lists."""
    settings = literal_settings(folder).items()
    ours = {name: value for name, value in settings if name.startswith("PORTAIL_")}
    today = Day(date.fromisoformat(day), pinned=True)
    data = over(data_dir(), folder / "data")
    config = configured(ours, contenu="content")
    return result_of(folder / "content", config, today, data=data, **options)


@pytest.fixture
def folder(tmp_path):
    """Where a portal may be made."""
    return tmp_path / "portail"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal that tests read, and leave as it is."""
    folder = tmp_path_factory.mktemp("init") / "portail"
    assert init(folder, "--nom", "Les curieux du bocage") == 0
    return folder


def regions():
    """INSEE's code of every region, by its official name; and none."""
    rows = (data_dir() / "regions.csv").read_text("utf-8").splitlines()[1:]
    return {name: code for code, name, *_ in (row.split(",") for row in rows)} | {"": ""}


@pytest.mark.parametrize(
    "region",
    [pytest.param(one, marks=() if one in SAMPLE else pytest.mark.long) for one in regions()],
)
def test_a_portal_of_any_region_has_no_mistake(region, folder):
    assert init(folder, "--exemples", region=region or "aucune") == 0
    assert literal_settings(folder)["PORTAIL_REGION"] == region
    result = published(folder, plans=False)
    assert {item.code for item in result.report} == MEANT
    # Its pages, and the yearly rendezvous; one has no day by rule in Corse and overseas,
    # whose codes are not between those of Île-de-France and of Provence-Alpes-Côte d'Azur.
    assert result.read == len(Kind) + 5 + 11
    festival = (folder / "content/temps-forts/fete-de-la-science.md").read_text("utf-8")
    assert ("regle: " in festival) == (not region or "11" <= regions()[region] <= "93")
    assert {path.parent.name for path in (folder / "content").rglob("*.md")} == {
        kind.value for kind in Kind
    }


@pytest.mark.parametrize("region", SAMPLE)
@pytest.mark.parametrize("day", ["2027-06-21", "2027-12-15", "2028-11-29"])
def test_the_home_of_a_new_portal_tells_what_is_true_on_any_day(region, day, folder):
    assert init(folder, region=region or "aucune") == 0
    (home,) = plan_home(published(folder, day, plans=False).site)
    view = home.view()
    assert (view.soir is not None) == bool(region)
    (yearly,) = view.appels
    assert len(yearly.cartes) == 6
    days = {card.titre: card.details[0] for card in yearly.cartes}
    fixed = "Journée internationale des mathématiques"
    assert "(attendu)" not in days.get(fixed, "")
    assert "Fête des curieux" not in {card.titre for card in yearly.cartes}


def test_the_first_content_of_each_kind_has_its_folder(portal):
    there = {path.name for path in (portal / "content").iterdir()}
    assert there >= {kind.value for kind in Kind}


def test_a_portal_begins_with_the_places_of_open_lists(tmp_path, capfd, folder):
    museums, stops = tmp_path / "musees.csv", tmp_path / "stops.txt"
    museums.write_text(
        "Identifiant;Nom_officiel;Adresse;Code_postal;Ville;Latitude;Longitude\n"
        "M1;musée du volcan;2 rue du Pic;97400;Saint-Denis;-20.8868;55.4525\n",
        "utf-8",
    )
    stops.write_text("stop_id,stop_name,stop_lat,stop_lon\n1,Jardin,-20.8885,55.4500\n", "utf-8")
    lists = ("--lieux", str(museums), "--lieux", str(stops))
    assert init(folder, *lists, region="La Réunion") == 0
    assert "musee-du-volcan.md, nouveau" in capfd.readouterr().out
    view = pages_of(published(folder).plan)["/lieux/musee-du-volcan/"].view()
    assert box(view)["Arrêt le plus proche"] == ["Jardin, à 300\u00a0m à vol d’oiseau"]


def test_an_import_that_was_killed_is_no_success(tmp_path, monkeypatch, folder):
    (tmp_path / "liste.csv").write_text("", "utf-8")
    killed = SimpleNamespace(returncode=-9)
    monkeypatch.setattr("portail_init.command.subprocess.run", lambda *_, **__: killed)
    assert init(folder, "--lieux", str(tmp_path / "liste.csv")) == 128 + 9


def test_a_list_that_is_not_there_is_told_before_anything_is_written(tmp_path, capsys, folder):
    assert init(folder, "--lieux", str(tmp_path / "rien.csv")) == 2
    assert "rien.csv » n’est ni un fichier, ni" in capsys.readouterr().err
    there = {"page.html": "<p>a", "page.csv": "<html>a;b", "a.ics": "BEGIN:VCALENDAR"}
    for name, text in there.items():
        (tmp_path / name).write_text(text, "utf-8")
        assert init(folder, "--lieux", str(tmp_path / name)) == 2
        assert f"{name} » n’est pas une liste" in capsys.readouterr().err
    assert not folder.exists()


def test_every_setting_is_told_by_a_line_above_and_may_be_uncommented(portal, tmp_path):
    text = (portal / "pelicanconf.py").read_text("utf-8")
    named = re.findall(r"^(?:# )?(?:SITENAME = )?(PORTAIL_[A-Z_]+) = ", text, re.MULTILINE)
    assert sorted(named) == sorted(setting_names())
    for before, line in pairwise(text.splitlines()):
        if re.match(r"(# )?(SITENAME = )?PORTAIL_[A-Z_]+ = ", line):
            assert before.startswith("# ") or "_" in before, line
    whole = re.sub(r"^# (?=[A-Z_]+ = |    |\})", "", text, flags=re.MULTILINE)
    (tmp_path / "pelicanconf.py").write_text(whole, "utf-8")
    settings = literal_settings(tmp_path)
    assert settings.keys() >= {*setting_names()}
    configured({name: settings[name] for name in setting_names()})


MAPPINGS = "LOGO MENU PORTEUR CONTRIBUER LETTRE FOND_DE_CARTE".split()


@pytest.mark.parametrize("name", [f"PORTAIL_{word}" for word in MAPPINGS])
def test_every_key_of_a_setting_is_told_where_it_is_set_and_by_its_error(name, portal):
    text = (portal / "pelicanconf.py").read_text("utf-8")
    told = next(part for part in text.split("\n\n") if re.search(rf"^(# )?{name} = ", part, re.M))
    wrong = {"inconnue": "x"}
    with pytest.raises(ConfigError, match=r"« inconnue » n’existe pas\..* Ses clés : ") as caught:
        configured({name: wrong})
    keys = str(caught.value).partition("Ses clés : ")[2].rstrip(".").split(", ")
    assert [key for key in keys if not re.search(rf"\b{key}\b", told)] == []


def test_the_name_and_the_region_are_said_once_to_be_changed_once(portal):
    files = texts(portal)
    assert [path for path, text in files.items() if "curieux du bocage" in text] == [
        "pelicanconf.py"
    ]
    assert files["pelicanconf.py"].count("Normandie") == 1
    named = {path for path in files if "Normandie" in files[path]}
    assert named == {"pelicanconf.py", "sources.yml"}


def test_no_word_of_the_skeleton_is_left_and_the_record_says_the_version(portal):
    for path, text in texts(portal).items():
        assert not re.search(r"@[a-z_]+@", text.replace("|@uri'", "")), path
    known = json.loads((portal / RECORD).read_text("utf-8"))
    assert known == {"depuis": version("portail")}


def test_the_same_answers_give_the_same_bytes(portal, folder):
    init(folder, "--nom", "Les curieux du bocage")
    assert texts(folder) == texts(portal)


def test_without_a_day_it_is_that_of_the_clock(tmp_path):
    assert cli.main(["init", str(tmp_path / "p"), "--region", "Normandie"]) == 0


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path, capsys):
    (tmp_path / "notes.txt").write_text("à moi", "utf-8")
    assert init(tmp_path) == 2
    assert "notes.txt" in capsys.readouterr().err
    assert texts(tmp_path) == {"notes.txt": "à moi"}


def test_nothing_is_written_by_halves(tmp_path, monkeypatch, folder):
    (folder / ".git").mkdir(parents=True)
    true_rename, done = Path.rename, []

    def rename(self, target):
        done.append(target)
        if len(done) == 5:
            raise OSError(28, "plus de place")
        return true_rename(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    assert init(folder) == 2
    assert texts(tmp_path) == {}
    assert [path.name for path in tmp_path.iterdir()] == ["portail"]


def test_an_empty_clone_says_its_forge(folder):
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    remote = ["git", "remote", "add", "origin", "git@codeberg.org:sciences/portail.git"]
    subprocess.run(remote, cwd=folder, check=True)
    assert init(folder) == 0
    written = texts(folder)
    assert literal_settings(folder)["PORTAIL_DEPOT"] == "https://codeberg.org/sciences/portail"
    assert ".forgejo/workflows/publication.yml" in written
    assert not [path for path in written if path.startswith((".github/workflows", ".gitlab"))]


@cases(
    ("remote", "address"),
    [
        ("https://moi:secret@github.com/a/b.git", "https://github.com/a/b"),
        ("ssh://git@gitlab.example.org:2222/a/b/c", "https://gitlab.example.org/a/b/c"),
        ("../depot", ""),
        ("file:///srv/a.git", ""),
    ],
)
def test_a_remote_leaves_neither_name_nor_password(remote, address):
    assert web_address(remote) == address


def test_a_region_that_is_none_writes_nothing(tmp_path, capsys):
    assert init(tmp_path / "portail", region="Normandi") == 2
    assert "Normandie" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["<b>Sciences</b>", "a\nb\x07", "", "x" * 81, 'le "labo"', "a\\"])
def test_a_name_is_one_plain_line(name, folder):
    assert init(folder, "--nom", name) == 2
    assert not folder.exists()


def test_the_generator_is_never_asked_of_an_index_that_nobody_named(portal):
    def lines(text):
        return [line for line in text.splitlines() if not line.startswith("#")]

    assert lines(requirement("", "1.2.0")) == []
    assert lines(requirement(WHEEL, "1.2.0")) == [f"portail @ {WHEEL}"]
    done = subprocess.run(["sh", "installer.sh"], cwd=portal, capture_output=True, text=True)
    assert done.returncode == 2 and "requirements.txt" in done.stderr
    assert not (portal / ".venv").exists()


def test_a_wheel_may_be_kept_in_the_repository(tmp_path, folder):
    wheel = tmp_path / "portail-1.2.0-py3-none-any.whl"
    wheel.write_bytes(b"PK")
    assert init(folder, "--source", str(wheel)) == 0
    kept = folder / "paquets" / wheel.name
    assert kept.read_bytes() == b"PK"
    line = f"./paquets/{wheel.name} --hash=sha256:{sha256(b'PK').hexdigest()}\n"
    assert (folder / "requirements.txt").read_text().endswith(f"\n{line}")
    for source in (str(tmp_path / "absent.whl"), f"{WHEEL}#sha256=0a"):
        assert init(tmp_path / "autre", "--source", source) == 2


WHEEL = "https://forge.example.org/portail-1.2.0-py3-none-any.whl"
DIGEST = "0a" * 32


@pytest.mark.parametrize(
    ("digest", "line"),
    [("#sha256=", ""), (f"#sha256={DIGEST}", f" --hash=sha256:{DIGEST}"), ("", "")],
)
def test_a_published_wheel_is_named_with_its_digest(digest, line, tmp_path):
    assert init(tmp_path, "--source", WHEEL + digest) == 0
    text = (tmp_path / "requirements.txt").read_text("utf-8")
    assert text.endswith(f"\nportail @ {WHEEL}{line}\n")


@pytest.mark.parametrize("digest", [DIGEST, "pas une empreinte", None])
def test_what_pip_remembers_of_the_wheel_is_asked_of_machines(digest, tmp_path, monkeypatch):
    about = {"url": WHEEL, "archive_info": {"hashes": {"sha256": digest}} if digest else {}}
    told = SimpleNamespace(read_text=lambda _: json.dumps(about))
    monkeypatch.setattr("portail_init.command.distribution", lambda _: told)
    assert init(tmp_path) == 0
    text = (tmp_path / "requirements.txt").read_text("utf-8")
    line = f" --hash=sha256:{digest}" if digest == DIGEST else ""
    assert text.endswith(f"\nportail @ {WHEEL}{line}\n")


def test_the_environment_that_runs_the_command_may_be_in_the_folder(folder, capsys):
    (folder / ".venv").mkdir(parents=True)
    (folder / ".venv/pyvenv.cfg").write_text("", "utf-8")
    assert init(folder) == 0
    assert (folder / ".venv/pyvenv.cfg").exists()
    assert ".venv/bin/portail serve" in capsys.readouterr().out


def test_the_libraries_of_the_skeleton_are_those_of_the_lock(racine):
    def pinned(path):
        rows = path.read_text("utf-8").replace("\\\n", " ").splitlines()
        return {tuple(row.split()) for row in rows if row and not row.startswith("#")}

    ours = pinned(racine / "requirements.txt") | pinned(racine / "requirements-build.txt")
    assert all(len(row) > 1 for row in ours)
    # The demonstration alone is told in other languages, and paints its evening.
    extras = {row for row in ours if row[0].startswith(("babel==", "resvg-py=="))}
    assert pinned(model_dir() / "commun/bibliotheques.txt") == ours - extras


@pytest.mark.parametrize(
    ("region", "clock"),
    [
        ("Normandie", "Europe/Paris"),
        ("La Réunion", "Indian/Reunion"),
        ("Guadeloupe", "America/Guadeloupe"),
        ("Nouvelle-Calédonie", "Pacific/Noumea"),
    ],
)
def test_what_is_programmed_follows_the_clock_of_the_region(region, clock, folder):
    init(folder, "--forge", "github", region=region)
    assert literal_settings(folder).get("TIMEZONE", clock) == clock
    flow = yaml.safe_load((folder / ".github/workflows/lettre.yml").read_text("utf-8"))
    assert clock in flow["jobs"]["figer"]["steps"][2]["run"]
    hours = set()
    for month in (1, 7):
        for line in flow[True]["schedule"]:
            minute, hour, _, _, day = line["cron"].split()
            # A Sunday, then the day of the week that cron counts from there.
            utc = datetime(2027, month, 3 if month == 1 else 4, int(hour), int(minute))
            utc = utc.replace(day=utc.day + int(day), tzinfo=ZoneInfo("UTC"))
            there = utc.astimezone(ZoneInfo(clock))
            if there.hour == 8 and there.isoweekday() == 4:
                hours.add(month)
    assert hours == {1, 7}, "8:00 on Thursday, in winter and in summer"


def commented(file):
    """JSON with lines of comment, as VS Code reads it."""
    lines = file.read_text("utf-8").splitlines()
    return json.loads("\n".join(line for line in lines if not line.lstrip().startswith("//")))


def test_an_editor_underlines_what_the_check_says(portal):
    check, alone, _ = commented(portal / ".vscode/tasks.json")["tasks"]
    assert alone["command"] == f'{check["command"]} "${{file}}"'
    assert alone["problemMatcher"] == check["problemMatcher"]
    assert check["options"]["env"]["TERM"] == "dumb", "one line for each mistake"
    patterns = {one["severity"]: one["pattern"] for one in check["problemMatcher"]}
    told = {
        "error": "content/events/a b.md:10:9 E203 « x » n’est pas… → Écrivez « y ».",
        "warning": "content/pages/a.md:1:1 AX01 Il reste un texte. → Complétez-le.",
        "info": "content/lieux/a.md:3:12 C205 « title » est compris.",
    }
    for severity, line in told.items():
        seen = [name for name, one in patterns.items() if re.search(one["regexp"], line)]
        assert seen == [severity]
        found = re.fullmatch(patterns[severity]["regexp"], line)
        assert found[1].startswith("content/") and found[2].isdigit()
    settings = commented(portal / ".vscode/settings.json")
    schemas = settings["yaml.schemas"]
    assert len(schemas) == len(Kind) + 1
    assert schemas["./docs/champs/schemas/sources.schema.json"] == "sources.yml"
    assert schemas["./docs/champs/schemas/events.schema.json"] == "content/events/**/*.md"
    assert settings["triggerTaskOnSave.tasks"] == {alone["label"]: ["content/*/**/*.md"]}
