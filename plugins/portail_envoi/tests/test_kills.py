"""Killed in the middle, again and again, a sending ends with everyone served once."""

import os
import signal
import subprocess
import sys
from collections import Counter
from threading import Event

from courrier import WEEK
from doses import dose
from portail_envoi.command import main as envoyer

PEOPLE = dose(150, 445)
RUN = "import sys; from portail_envoi.command import main; sys.exit(main(sys.argv[1:]))"


def arguments(place, *more):
    """The command, for a site that is built."""
    told = [WEEK, "--vers", "abonnes", "--abonnes", str(place.subscribers), "--deja-construit"]
    return [*told, "--premier-envoi", "--sans-tls", *more]


def killed_at(place, post, count):
    """Run the command and kill it as the server takes its ``count``-th message."""
    reached = Event()
    post.after = lambda total: reached.set() if total >= count else None
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, *arguments(place)],
        cwd=place.folder,
        env=os.environ,
        stdout=subprocess.DEVNULL,
    )
    assert reached.wait(60)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    post.after = lambda total: None


def test_many_people_and_three_kills(place, serve):
    post = serve(tls=False)
    people = [f"p{number}@exemple.org" for number in range(PEOPLE)]
    place.subscribers.write_text("\n".join(people), "utf-8")
    for count in (1, PEOPLE // 3, 2 * PEOPLE // 3):
        killed_at(place, post, count)
    code = envoyer(arguments(place))
    last = {one["adresse"]: one["etape"] for one in place.records() if "adresse" in one}
    uncertain = {one for one, stage in last.items() if stage == "intention"}
    assert code == (1 if uncertain else 0)
    assert len(uncertain) <= 3, "one for each connection that was cut"
    served = Counter(post.recipients)
    assert max(served.values()) == 1, "nobody receives it twice"
    assert set(people) - set(served) <= uncertain, "whoever was missed is named"
    assert envoyer(arguments(place)) == code
    assert Counter(post.recipients) == served
