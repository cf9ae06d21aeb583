"""``portail voisins`` asks servers of this machine: whole, slow, broken, gone, hostile."""

import json
import time
from contextlib import suppress
from datetime import date
from hashlib import md5
from tomllib import loads

import pytest

from liars import Liar, to
from portail.cli import main
from portail.features.pages.voisins.command import GROUP
from portail.features.pages.voisins.copies import read_copy
from portail_liens import neighbours
from portail_liens.neighbours import NAME, ask
from voisins import api_files, event, feature

DAY = date(2022, 9, 26)


class Portal:
    """A neighbour on this machine: its open data are ``files``, served with validators."""

    def __init__(self, name="127.0.0.1"):
        self.liar = Liar()
        self.url = f"http://{name}:{self.liar.server.server_port}/"
        self.api = f"{self.url}api/v1/"
        self.give({"2022-10": [event(url=f"{self.url}evenements/nuit/")]})

    def give(self, events, lieux=None):
        """Publish."""
        known = [feature(url=f"{self.url}lieux/musee/")] if lieux is None else lieux
        self.liar.routes = {
            f"/api/v1/{name}": self._served(data) for name, data in api_files(events, known).items()
        }

    def _served(self, data):
        etag = f'"{md5(data, usedforsecurity=False).hexdigest()}"'

        def answer(on):
            same = on.headers["If-None-Match"] == etag
            return (304, {"ETag": etag}, b"") if same else (200, {"ETag": etag}, data)

        return answer

    @property
    def asked(self):
        """Names of files asked since the last look, below its open data."""
        found = [path.removeprefix("/api/v1/") for _, path, _ in self.liar.asked]
        self.liar.asked.clear()
        return [name for name in found if name != "/robots.txt"]


@pytest.fixture
def portal():
    one = Portal()
    yield one
    with suppress(OSError):
        one.liar.close()


@pytest.fixture
def run(
    portal,
    tmp_path,
    monkeypatch,
    capsys,
):
    """The command in a folder whose one neighbour is ``portal``, or others."""
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("portail.cli.asking.entry_points", lambda **_: [Entry])

    def call(*more, apis=None):
        rows = [{"nom": nom, "api": api} for nom, api in (apis or {"Écho": portal.api}).items()]
        settings = f"PORTAIL_REGION = 'Hauts-de-France'\nPORTAIL_VOISINS = {rows!r}\n"
        (tmp_path / "pelicanconf.py").write_text(settings, encoding="utf-8")
        site = ("--site-url", "https://portail.example", "--date", f"{DAY}", "--delai", "0")
        code = main(["voisins", *site, "--reseaux-prives", *more])
        return code, capsys.readouterr().out.replace("\u00a0", " ")

    return call


class Entry:
    """The entry point, as the package declares it."""

    @staticmethod
    def load():
        return ask


def copy_of(tmp_path, slug="echo"):
    return tmp_path / ".cache/voisins" / f"{slug}.json"


def test_a_neighbour_is_asked_for_what_it_announces_and_kept(run, portal, tmp_path):
    periods = {
        "2019": [event("vieux")], "2021-01--2021-06": [event("lointain")],
        "2021-10": [], "2022-10": [event(url=f"{portal.url}evenements/nuit/")], "2029": [],
    }  # fmt: skip
    portal.give(periods)
    code, told = run()
    assert code == 0
    assert "1 événement à venir, 1 lieu" in told and "26 septembre 2022" in told
    assert portal.asked == [
        "index.json", "evenements.json", "evenements/2022-10.json",
        "evenements/2021-10.json", "lieux.geojson",
    ]  # fmt: skip
    copy = read_copy(copy_of(tmp_path), portal.api)
    assert copy.jour == DAY
    assert [row["titre"] for row in copy.events] == ["La nuit d’*Athene noctua*"]
    assert "Un texte" not in copy_of(tmp_path).read_text("utf-8")


def test_who_asks_says_so(run, portal):
    run()
    assert {agent for *_, agent in portal.liar.asked} == {f"{NAME}/1 (+https://portail.example/)"}
    portal.liar.routes["/robots.txt"] = (200, {}, f"User-agent: {NAME}\nDisallow: /".encode())
    assert "robots.txt" in run()[1]


def test_what_has_not_changed_is_not_sent_again(run, portal, tmp_path):
    run()
    before = copy_of(tmp_path).read_bytes()
    assert len(portal.asked) == 4
    code, told = run()
    assert (code, "0 ko reçus" in told) == (0, True)
    assert portal.asked == ["index.json", "evenements.json", "lieux.geojson"]
    assert copy_of(tmp_path).read_bytes() == before
    told = run("--date", "2022-09-27")[1]
    assert "Copie du 27 septembre 2022" in told


def test_a_period_that_changed_is_asked_alone(run, portal, tmp_path):
    one = event(url=f"{portal.url}a/")
    portal.give({"2022-10": [one], "2022-11": [event("b", url=f"{portal.url}b/")]})
    run()
    assert portal.asked
    portal.give({"2022-10": [event(url=f"{portal.url}a/", etat="annule")],
                 "2022-11": [event("b", url=f"{portal.url}b/")]})  # fmt: skip
    run()
    assert [name for name in portal.asked if "2022" in name] == ["evenements/2022-10.json"]
    copy = read_copy(copy_of(tmp_path), portal.api)
    assert [row["etat"] for row in copy.events] == ["annule", "programme"]


def drip(on):
    on.send_response(200)
    on.end_headers()
    with suppress(OSError):
        for _ in range(1000):
            on.wfile.write(b" ")
            on.wfile.flush()
            time.sleep(0.1)
        AWAITED.append(on.path)


AWAITED = []
"""What was waited for to its last sign, of answers of a hundred seconds."""

BROKEN = {
    "slow": drip,
    "error": (500, {}, b""),
    "html": (200, {"Content-Type": "text/html"}, b"<!doctype html><p>En maintenance"),
    "cut": (200, {}, api_files({"2022-10": [event()]}, [])["index.json"][:-9]),
    "short": (200, {"Content-Length": "9999", "Connection": "close"}, b"{"),
    "latin": (200, {}, '{"version": "1", "é": 2, "fichiers": []}'.encode("latin-1")),
    "utf16": (200, {}, '{"version": "1", "fichiers": []}'.encode("utf-16")),
    "version": (200, {}, b'{"version": "2", "fichiers": []}'),
    "list": (200, {}, b"[1]"),
    "rows": (200, {}, b'{"version": "1", "fichiers": [{"nom": {}}, 3]}'),
    "nan": (200, {}, b'{"version": "1", "fichiers": NaN}'),
    "deep": (200, {}, b"[" * 200_000),
    "file": to("file:///etc/passwd"),
    "loop": to("/api/v1/index.json"),
    "large": (200, {}, b" " * 10_000_001),
}
SAMPLE = ("error", "cut")
"""One that is slow is in ``test_slow_broken_and_gone_neighbours_leave_the_others``."""


@pytest.mark.parametrize(
    "harm",
    [pytest.param(one, marks=() if one in SAMPLE else pytest.mark.long) for one in BROKEN],
)
def test_the_last_good_copy_stays(run, portal, tmp_path, harm):
    good = portal.liar.routes["/api/v1/index.json"]
    portal.liar.routes["/api/v1/index.json"] = BROKEN[harm]
    code, told = run("--attente", "1")
    assert code == 1 and not copy_of(tmp_path).exists()
    assert "Pas de nouvelles. " in told and "Rien n’en sera montré" in told
    portal.liar.routes["/api/v1/index.json"] = good
    assert run()[0] == 0
    before = copy_of(tmp_path).read_bytes()
    portal.liar.routes["/api/v1/index.json"] = BROKEN[harm]
    code, told = run("--attente", "1", "--date", "2022-09-29")
    assert code == 0 and copy_of(tmp_path).read_bytes() == before
    assert "Pas de nouvelles. " in told and "Copie du 26 septembre 2022" in told


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param(
            "evenements.json",
            b'{"parties": [{"periode": "2022-10"}]}',
            marks=pytest.mark.long,
        ),
        ("evenements.json", b'{"parties": [{"periode": "2022", "fichiers": [{"nom": 3}]}]}'),
        pytest.param("evenements/2022-10.json", b'{"donnees": {}}x', marks=pytest.mark.long),
        ("evenements/2022-10.json", b'{"donnees": 3}'),
        ("lieux.geojson", b"{}"),
        ("mène ailleurs", b""),
    ],
)
def test_what_does_not_hold_leaves_the_copy(run, portal, tmp_path, name, data):
    """One file that is faulty, or nothing that stays of the neighbour: the last case."""
    assert run()[0] == 0
    before = copy_of(tmp_path).read_bytes()
    home = portal.url if data else "https://ailleurs.example/"
    portal.give({"2022-10": [event("autre", url=f"{home}x/")]}, [])
    if data:
        portal.liar.routes[f"/api/v1/{name}"] = (200, {}, data)
    code, told = run()
    assert code == 0 and name in told
    assert copy_of(tmp_path).read_bytes() == before


def test_what_is_left_of_a_neighbour_is_said(run, portal):
    portal.give({"2022-10": [event(url=f"{portal.url}a/"), event("b"), event("c", url="/c/")]})
    code, told = run()
    assert code == 0
    assert "2 événements à venir" in told and "1 contenu écarté" in told


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        nested(600),
        "\ud800",
        float("1e308"),
        *(
            pytest.param(one, marks=pytest.mark.long)
            for one in ("x" * 1_000_000, {"a": nested(400)}, 10**4000)
        ),
    ],
)
def test_values_that_would_harm_the_copy_are_left(run, portal, tmp_path, value):
    url = f"{portal.url}evenements/"
    rows = [event("a", url=f"{url}a/", titre=value), event("b", url=f"{url}b/", tarif=value),
            event("c", url=f"{url}c/", calcule__position={"latitude": value, "longitude": value}),
            event("d", url=f"{url}d/")]  # fmt: skip
    portal.give({"2022-10": rows})
    # JSON may write numbers that are none to us.
    told = api_files({"2022-10": rows}, [])["evenements/2022-10.json"].replace(b"1e+308", b"1e400")
    portal.liar.routes["/api/v1/evenements/2022-10.json"] = (200, {}, told)
    code, said = run()
    assert code == 0 and "événements à venir" in said
    assert copy_of(tmp_path).stat().st_size < 20_000
    assert run("--verifier")[0] == 0


def test_a_list_leads_nowhere_but_to_its_periods(run, portal):
    """Names of files are those that open data promise: no path, no other address."""
    bad = ["../../etc/passwd", "https://ailleurs.example/x.json", "evenements/../x.json",
           "evenements/2022.json", "/evenements/2022-10.json"]  # fmt: skip
    row = {"octets": 1, "sha256": ""}
    parties = [{"periode": "2022-10", "fichiers": [{"nom": name, **row} for name in bad]}]
    told = json.dumps({"version": "1", "parties": parties}).encode()
    portal.liar.routes["/api/v1/evenements.json"] = (200, {}, told)
    assert run()[0] == 0
    assert portal.asked == ["index.json", "evenements.json", "lieux.geojson"]


def test_a_neighbour_that_says_too_much_is_bounded(run, portal, monkeypatch):
    rows = {f"2022-{month}": [event(month, url=f"{portal.url}{month}/")] for month in (10, 11, 12)}
    portal.give({**rows, "2022-09": [event("fini")]})
    monkeypatch.setattr(neighbours, "MOST_EVENTS", 2)
    code, told = run()
    assert code == 0 and "2 périodes laissées" in told
    assert [name for name in portal.asked if "2022" in name] == [
        "evenements/2022-09.json", "evenements/2022-10.json",
    ]  # fmt: skip


def test_slow_broken_and_gone_neighbours_leave_the_others(run, tmp_path):
    good, slow, gone = Portal("127.0.0.1"), Portal("localhost"), Portal("127.0.0.1")
    slow.liar.routes = dict.fromkeys(slow.liar.routes, drip)
    gone.liar.close()
    code, told = run("--attente", "1", apis={"Bon": good.api, "Lent": slow.api, "Parti": gone.api})
    assert AWAITED == []
    assert code == 1
    assert told.count("Pas de nouvelles") == 2
    assert copy_of(tmp_path, "bon").exists() and not copy_of(tmp_path, "lent").exists()
    good.liar.close()
    slow.liar.close()


def test_what_time_does_not_allow_is_for_another_run(run, portal, tmp_path):
    assert run()[0] == 0 and portal.asked
    before = copy_of(tmp_path).read_bytes()
    code, told = run("--duree", "0", "--date", "2022-09-28")
    assert (code, portal.asked) == (0, [])
    assert "le temps prévu est écoulé" in told
    assert copy_of(tmp_path).read_bytes() == before


def test_to_look_opens_nothing(run, portal, tmp_path):
    code, told = run("--verifier")
    assert (code, portal.asked) == (1, [])
    assert "aucune copie" in told
    site = ("--site-url", "https://portail.example", "--date", f"{DAY}", "--delai", "0")
    assert main(["voisins", *site]) == 1
    assert portal.asked == [], "private networks are asked only when told"
    run()
    assert portal.asked
    code, told = run("--verifier", "--date", "2022-10-12")
    assert (code, portal.asked) == (0, [])
    assert "ancienne" in told and "1 lieu" in told
    copy_of(tmp_path).write_bytes(b"{")
    assert "abîmée" in run("--verifier")[1]
    assert run()[0] == 0


def test_without_neighbours_or_address_nothing_is_asked(tmp_path, monkeypatch, capsys):
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(["voisins"]) == 0
    assert "PORTAIL_VOISINS" in capsys.readouterr().out
    rows = [{"nom": "Écho", "api": "https://voisin.invalid/api/v1/"}]
    (tmp_path / "pelicanconf.py").write_text(f"PORTAIL_VOISINS = {rows!r}\n", encoding="utf-8")
    assert main(["voisins"]) == 2
    assert "--site-url" in capsys.readouterr().err
    assert not (tmp_path / ".cache").exists()


def test_the_package_declares_what_the_command_looks_for(racine):
    told = loads((racine / "pyproject.toml").read_text("utf-8"))
    assert told["project"]["entry-points"][GROUP] == {"default": f"{ask.__module__}:ask"}
