"""Why a server cannot be reached, in French, with its name; what a sending says of its build."""

import re
import shutil
import smtplib
import socket
import ssl
import subprocess
import sys
from contextlib import closing
from threading import Thread

import pytest
from pydantic import SecretStr

import warm
from doses import cases
from portail_envoi.command import main as envoyer
from portail_poste import smtp
from portail_poste.smtp import Lost, SendingError, SmtpServer, why_lost
from projects import LIMIT, free_port

ENGLISH = re.compile(r"(?i)\b(not known|refused|unexpectedly|closed|timed out|unreachable|reset)\b")


def reached(host, port, *, plain=True):
    server = SmtpServer(host, port, "", SecretStr(""), plain)
    with pytest.raises((Lost, SendingError)) as caught:
        server.connect()
    return str(caught.value)


@pytest.fixture
def speaking():
    """A server that says some bytes to whoever comes, then leaves; ``None``: nothing, ever."""
    opened = []

    def start(words):
        server = socket.create_server(("127.0.0.1", 0))
        opened.append(server)

        def serve():
            here, _ = server.accept()
            if words is None:
                opened.append(here)
            else:
                with closing(here):
                    here.sendall(words)

        Thread(target=serve, daemon=True).start()
        return int(server.getsockname()[1])

    yield start
    for one in opened:
        one.close()


def test_a_name_that_does_not_exist(monkeypatch):
    def refuse(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert reached("smtp.exemple.fr", 587) == ("smtp.exemple.fr:587, son adresse ne se trouve pas")


def test_a_port_where_nothing_listens():
    port = free_port()
    said = reached("127.0.0.1", port)
    assert said == f"127.0.0.1:{port}, la connexion est refusée : rien n’écoute à ce port"


def test_a_server_that_hangs_up_is_silent_or_speaks_otherwise(speaking, monkeypatch):
    assert "la connexion est coupée" in reached("127.0.0.1", speaking(b""))
    port = speaking(b"220 ici\r\n" * 10)
    monkeypatch.setattr(smtp, "SMTPS", port)
    said = reached("127.0.0.1", port, plain=False)
    assert "la connexion chiffrée échoue : est-ce le bon port, 465 ou 587 ?" in said
    monkeypatch.setattr(smtp, "TIMEOUT", 0.1)
    assert "pas de réponse à temps" in reached("127.0.0.1", speaking(None))


@cases(
    "error",
    [
        *(OSError(number, "in English") for number in (101, 104, 110, 111, 113, 32)),
        socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"),
        TimeoutError("timed out"),
        ConnectionResetError(104, "Connection reset by peer"),
        smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
        ssl.SSLError(1, "[SSL] unexpected eof"),
    ],
)
def test_no_reason_is_in_english(error):
    said = why_lost(error)
    assert said and not ENGLISH.search(said) and "English" not in said


def forked(command, cwd, env, **_):
    """What a command of ours does, in a process that has imported everything."""
    code, out, err = warm.run("portail", command[3:], cwd, env, LIMIT)
    sys.stdout.write(out + err)
    return subprocess.CompletedProcess(command, code)


def test_a_build_that_warns_says_nothing(place, monkeypatch, capfd):
    monkeypatch.setenv("PORTAIL_ENVOI_SERVEUR", "127.0.0.1:9")
    text = "---\ntitre: Un article\nresume: Un résumé.\npublie_le: 2021-09-20\n---\n\nÀ COMPLÉTER\n"
    shutil.rmtree(place.folder / "output")
    (place.folder / "content" / "articles").mkdir()
    (place.folder / "content" / "articles" / "a.md").write_text(text, "utf-8")
    settings = place.folder / "pelicanconf.py"
    head = "from portail_pelican.defaults import *\n"
    settings.write_text(head + settings.read_text("utf-8"), "utf-8")
    monkeypatch.setattr("portail_envoi.preparing.subprocess.run", forked)
    assert envoyer(["2021-s39", "--essai", "moi@exemple.org"]) == 2
    said = "".join(capfd.readouterr())
    assert said.startswith("L’essai n’est pas parti : 127.0.0.1:9, la connexion est refusée")
    (place.folder / "content" / "articles" / "a.md").write_text(text[4:], "utf-8")
    assert envoyer(["2021-s39", "--essai", "moi@exemple.org"]) == 2
    said = "".join(capfd.readouterr())
    assert "a échoué : rien n’est envoyé" in said and "articles/a.md" in said
