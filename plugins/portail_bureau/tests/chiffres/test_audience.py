"""``portail chiffres --journal``: what the log of a host tells of readers, never of a person."""

import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest

from plans import entry, write
from portail.cli import main

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0"
ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
MONDAY = datetime(2022, 5, 16, 10, tzinfo=UTC)
TABLE = "data/chiffres/audience.csv"


def request(path, reader=1, day=0, agent=BROWSER, origin="-", status=200, host="p.example"):
    moment = MONDAY + timedelta(days=day, seconds=reader)
    return moment, f"203.0.113.{reader}", path, status, origin, agent, host


WEEK = [
    *(
        request("/articles/a/?lettre=2022-s19", reader, day)
        for day in range(7)
        for reader in (1, 2)
    ),
    *(request("/agenda/", reader) for reader in (1, 2, 3)),
    request("/", 9, agent=ROBOT),
    request("/", 9, agent="-"),
    request("/", 10, origin="http://www.semalt.com/x"),
    request("/articles/a/", 11, status=404),
    request("/css/site.css", 1),
    request("/articles/a/", 12, host="autre.example"),
    *(request(f"/{rank}/", 13) for rank in range(400)),
]
WEEK.sort(key=lambda row: row[0])


def combined(moment, ip, path, status, origin, agent, host):
    when = moment.strftime("%d/%b/%Y:%H:%M:%S +0000")
    return f'{host}:443 {ip} - - [{when}] "GET {path} HTTP/2" {status} 12 "{origin}" "{agent}"'


def caddy(moment, ip, path, status, origin, agent, host):
    headers = {"User-Agent": [agent], "Referer": [origin]}
    asked = {"client_ip": ip, "method": "GET", "uri": path, "host": host, "headers": headers}
    return json.dumps({"ts": moment.timestamp(), "request": asked, "status": status})


def gitlab(moment, ip, path, status, origin, agent, host):
    names = {"remote_ip": ip, "uri": path, "status": status, "referrer": origin, "host": host}
    return json.dumps({"time": moment.isoformat(), "method": "GET", "user_agent": agent} | names)


def cloudflare(moment, ip, path, status, origin, agent, host):
    client = {"IP": ip, "RequestURI": path, "RequestReferer": origin, "RequestUserAgent": agent}
    row = {f"Client{name}": value for name, value in client.items()}
    row |= {"EdgeStartTimestamp": int(moment.timestamp() * 1e9), "EdgeResponseStatus": status}
    return json.dumps(row | {"ClientRequestMethod": "GET", "ClientRequestHost": host})


def log(shape, rows):
    return "".join(f"{shape(*row)}\n" for row in rows).encode()


@pytest.fixture(autouse=True)
def portal(tmp_path, monkeypatch):
    write(tmp_path, {"articles/a": entry("articles", titre="Sous la glace")})
    (tmp_path / "pelicanconf.py").write_text('SITEURL = "https://p.example"', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def counted(portal, capsys, *files, code=0, day="2022-06-01"):
    assert main(["chiffres", "--date", day, "--journal", *map(str, files)]) == code
    table = portal / TABLE
    return capsys.readouterr(), table.read_text("utf-8-sig") if table.exists() else ""


@pytest.mark.parametrize("shape", [combined, caddy, gitlab, cloudflare])
def test_each_host_tells_the_same_and_no_person(portal, capsys, shape):
    (portal / "a.gz").write_bytes(gzip.compress(log(shape, WEEK)))
    (out, _), table = counted(portal, capsys, "a.gz")
    assert table.splitlines() == [
        "semaine;jours;quoi;nom;pages;visites",
        "2022-s20;7;site;;17;15",
        "2022-s20;7;rubrique;articles;14;14",
        "2022-s20;7;rubrique;agenda;peu;peu",
        "2022-s20;7;page;/articles/a/;14;14",
        "2022-s20;7;lettre;2022-s19;14;14",
    ]
    assert "203.0.113" not in table and "Firefox" not in out
    assert "403 pages demandées par des robots" in out
    assert "1 pages d’un autre site" in out


def test_a_year_shows_it(portal, capsys):
    (portal / "a.log").write_bytes(log(combined, WEEK))
    counted(portal, capsys, "a.log")
    assert main(["chiffres", "2022", "--date", "2022-06-01"]) == 0
    text = capsys.readouterr().out
    assert "- Visites : **15**" in text
    assert "| s20 | 15 | 17 | Sous la glace |" in text
    assert "| 2022-s19 | 14 | 14 |" in text


def test_logs_that_turn_are_one_and_a_fuller_week_stays(portal, capsys):
    """Two servers, a log for each day, in any order; then one that begins on Thursday."""
    rows = [row for row in WEEK if row[3] == 200]
    for rank, pack in enumerate((lambda data: data, gzip.compress, gzip.compress)):
        (portal / f"{rank}.log").write_bytes(pack(log(combined, rows[rank::3])))
    _, table = counted(portal, capsys, "2.log", "0.log", "1.log")
    assert "2022-s20;7;site;;17;15" in table
    (portal / "late.log").write_bytes(log(combined, [request("/", 1, 3)]))
    (out, _), again = counted(portal, capsys, "late.log")
    assert again == table
    assert "2022-s20" in out


def behind(addresses, browsers, each, tail="", base="10.0.0."):
    """A week of pages by readers of whom a log has the address of what they come through."""
    lines = []
    for number in range(7 * addresses * each):
        ip, agent = f"{base}{number % addresses}", f"{BROWSER}.{number // addresses % browsers}"
        row = request("/agenda/", 1, number // (addresses * each), agent=agent)
        moment = row[0] + timedelta(seconds=number)
        text = combined(moment, ip, *row[2:])
        lines.append(text + tail.format(*divmod(number, 200)))
    return "\n".join(lines).encode()


RELAYED = {
    "one, within": ((1, 1, 12), "toutes les demandes viennent d’une adresse :"),
    "one, public": ((1, 1, 12, "", "203.0.113."), "toutes les demandes viennent d’une adresse :"),
    "one, of many": (
        (1, 40, 400, "", "2001:db8::"),
        "toutes les demandes viennent d’une adresse :",
    ),
    "edges": ((5, 9, 30, "", "198.51.100."), "toutes les demandes viennent de 5 adresses :"),
    "inner edges": ((12, 2, 8, "", "fd00::"), "toutes les demandes viennent de 12 adresses :"),
    "said beside": ((1, 3, 200, ' "198.51.{}.{}, 10.0.0.2"'), ""),
    "said without quotes": ((3, 3, 60, " 0.004 2001:db8::{}:{}"), ""),
    "readers": ((60, 2, 3, "", "203.0.113."), ""),
}


@pytest.mark.parametrize("name", RELAYED)
def test_a_log_of_intermediaries_counts_nobody(name, portal, capsys):
    how, told = RELAYED[name]
    (portal / "a.log").write_bytes(behind(*how))
    (out, _), table = counted(portal, capsys, "a.log", code=1 if told else 0)
    assert (told in out and "celle d’un intermédiaire" in out) if told else "interm" not in out
    assert bool(table) is not bool(told)


def test_what_is_given_twice_counts_once(portal, capsys):
    """An archive of the same log, and another that begins before its end."""
    data = log(combined, [row for row in WEEK if row[3] == 200])
    (portal / "a.log").write_bytes(data)
    _, once = counted(portal, capsys, "a.log")
    lines = data.splitlines(keepends=True)
    (portal / "a.log.gz").write_bytes(gzip.compress(data))
    (portal / "b.log").write_bytes(b"".join(lines[len(lines) // 2 :]))
    (portal / TABLE).unlink()
    (out, _), again = counted(portal, capsys, "a.log", "a.log.gz", "b.log")
    assert again == once and "données deux fois" in out


def test_what_cannot_be_counted_is_told(portal, capsys):
    """A line that is none, an archive that is cut, a day to come."""
    rows = [*WEEK, request("/", day=200)]
    packed = gzip.compress(b"\x00\xff{]\n" + log(combined, rows) * 50)
    (portal / "cut.gz").write_bytes(packed[: len(packed) // 2])
    (portal / "b.log").write_bytes(log(combined, rows))
    (out, _), table = counted(portal, capsys, "cut.gz", "b.log")
    assert "s’arrête" in out
    assert "1 lignes ne sont pas" in out
    assert "jour à venir" in out
    assert "2022-s20" in table
    (portal / "none.log").write_bytes(b"\x89PNG\r\n" * 9)
    (_, err), _ = counted(portal, capsys, "none.log", code=1)
    assert "rien n’est écrit" in err


def test_a_file_written_by_hand_is_checked(portal, capsys):
    table = portal / TABLE
    table.parent.mkdir(parents=True)
    table.write_text("semaine;jours;quoi;nom;pages;visites\n2022-s20;9;site;;1;1\n", "utf-8")
    assert main(["chiffres", "2022", "--date", "2022-06-01"]) == 2
    assert "audience.csv:2" in capsys.readouterr().err
