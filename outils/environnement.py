"""Create the virtual environment with the standard library, or say what is missing.

``python3 outils/environnement.py .venv [--quickest]``, run by the Makefile when uv is absent;
``--quickest`` where nobody said which Python. Written for old Python 3 too, so that an old one
gets a sentence and not a traceback.
Exit codes: 0 done, 2 something must be installed first (the command is printed).
"""

import os
import shutil
import subprocess
import sys
import sysconfig

LOWEST = (3, 11)
SYSTEM = "/usr/bin/python3"


def main():
    """Create the environment named by the first argument."""
    target = sys.argv[1]
    if sys.version_info < LOWEST:
        version = ".".join(str(part) for part in sys.version_info[:3])
        return refuse(
            "Python 3.11 or later is needed; this one is " + version + ".",
            "make PYTHON=python3.12 serve    # with the name of a newer one",
        )
    # ensurepip brings pip into the new environment; Debian ships it apart.
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return refuse("Python's venv module is missing.", venv_command())
    python = quickest() if "--quickest" in sys.argv[2:] else sys.executable
    done = subprocess.run([python, "-m", "venv", target], stdout=subprocess.DEVNULL)
    if done.returncode:
        shutil.rmtree(target, ignore_errors=True)
        return refuse("The virtual environment could not be created.", venv_command())
    return 0


def quickest():
    """This interpreter, or the distribution's where this one was built without a profile.

    pyenv and a plain ``./configure`` leave the profile out, distributions do not: all that Python
    does then takes a fifth less time.
    """
    options = sysconfig.get_config_var("CONFIG_ARGS") or ""
    if "--enable-optimizations" in options or not usable(SYSTEM):
        return sys.executable
    return SYSTEM


def usable(python):
    """Whether there is such an interpreter, recent enough and whole."""
    script = f"import ensurepip, sys, venv; sys.exit(sys.version_info < {LOWEST})"
    try:
        return not subprocess.call([python, "-c", script], stderr=subprocess.DEVNULL)
    except OSError:
        return False


def venv_command():
    """The command that brings venv on this machine."""
    if shutil.which("apt-get"):
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        sudo = "" if os.geteuid() == 0 else "sudo "
        command = "{0}apt-get update && {0}apt-get install -y python3-venv    # or {1}"
        return command.format(sudo, version)
    return "install Python's venv and ensurepip modules with your system's package manager"


def refuse(reason, command):
    """Print why, and what to type; return the exit code."""
    sys.stderr.write("portail: " + reason + "\n  " + command + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
