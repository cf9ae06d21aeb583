"""A portal that has frozen an issue, and mail servers of this machine to send it to."""

import ssl

import pytest
import trustme

from courrier import PASSWORD, SETTINGS, SOMME, WEEK, Host, Place, Post, write_issue
from lettres import NUMERO, envoi
from portail_envoi import command
from portail_lettre.sent import frozen_text
from portail_poste import smtp


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A portal with the frozen and built week 2021-s39, the current folder."""
    folder = tmp_path / "portail"
    (folder / "content" / "newsletters").mkdir(parents=True)
    (folder / "pelicanconf.py").write_text(SETTINGS, "utf-8")
    for issue in (NUMERO, SOMME):
        write_issue(folder / "output", issue)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PORTAIL_JOURNAL", str(tmp_path / "journaux"))
    subscribers = tmp_path / "abonnes.csv"
    subscribers.write_text("a@exemple.org\nb@exemple.org,somme\n", "utf-8")
    place = Place(folder, tmp_path / "journaux", subscribers)
    place.frozen.write_text(frozen_text(envoi(NUMERO, SOMME)), "utf-8")
    return place


@pytest.fixture
def send(place, capsys):
    """A function that sends to the subscribers of ``place``, the issue being built, and
    returns what is said; only errors go to stderr."""

    def run(*arguments, code=0):
        told = ["--vers", "abonnes", "--abonnes", str(place.subscribers), "--deja-construit"]
        assert command.main([WEEK, *told, *arguments]) == code
        said = capsys.readouterr()
        assert bool(said.err) is (code > 1)
        return said.out + said.err

    return run


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """An authority, and the file that holds its certificate."""
    ca = trustme.CA()
    path = tmp_path_factory.mktemp("autorite") / "ca.pem"
    ca.cert_pem.write_to_path(str(path))
    return ca, str(path)


@pytest.fixture
def serve(authority, monkeypatch):
    """A function that starts a server (STARTTLS required, a password asked) and points the settings
    at it; ``name`` is that of its certificate. Nobody waits in a test."""
    monkeypatch.setattr(command, "RECONNECTING", (0.0,) * 4)
    monkeypatch.setattr(command, "PATIENCE", (0.0,) * 3)
    monkeypatch.setattr(smtp, "TIMEOUT", 5.0)
    hosts = []

    def start(*, tls=True, name="localhost"):
        post = Post()
        kwargs = {}
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority[0].issue_cert(name).configure_cert(context)
            kwargs = {"tls_context": context, "require_starttls": True, "auth_required": True}
            kwargs |= {"authenticator": post.authenticate}
            monkeypatch.setenv("PORTAIL_ENVOI_UTILISATEUR", "lettre")
            monkeypatch.setenv("PORTAIL_ENVOI_MOT_DE_PASSE", PASSWORD)
            monkeypatch.setenv("SSL_CERT_FILE", authority[1])
        host = Host(post, hostname="127.0.0.1", port=0, **kwargs)
        host.start()
        hosts.append(host)
        monkeypatch.setenv("PORTAIL_ENVOI_SERVEUR", f"localhost:{post.port}")
        return post

    yield start
    for host in hosts:
        host.stop()


@pytest.fixture
def post(serve):
    """The usual server."""
    return serve()
