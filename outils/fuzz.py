"""Bytes that a reader of input cannot bear, looked for without end: ``make fuzz``.

What weighs little and fills a machine comes first (``tests/helpers/bombes.py``), at its full size.
Then every target of ``tests/helpers/cibles.py`` is run by Atheris (libFuzzer), which keeps the
bytes that reach code not reached before: ``.cache/fuzz/<cible>/``, from which the next run goes
on. What raises, what takes more than ``SECONDS`` of processor or ``MEMORY`` is kept in
``.cache/fuzz/trouve/`` and told; once mended, it goes to ``tests/data/fuzz/<cible>/``, which tests
run for ever.

    outils/fuzz.py --secondes 600 page flux
    outils/fuzz.py --rejouer .cache/fuzz/trouve/page-crash-…   (one file, without Atheris)

Exit codes: 0 nothing found, 1 something was, 2 Atheris cannot be installed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests/helpers"), str(ROOT / "plugins")]

import semences  # noqa: E402
from bombes import BOMBES  # noqa: E402
from cibles import CIBLES, SECONDS  # noqa: E402
from morceaux import PIECES  # noqa: E402

CACHE = ROOT / ".cache" / "fuzz"
FOUND = CACHE / "trouve"
TOOL = ROOT / ".cache" / "outils" / "atheris"
KEPT = ROOT / "tests" / "data" / "fuzz"
MEMORY = 512
"""Megabytes of a process that reads one input, what it is made of included."""
_MODULES = (
    "portail portail_envoi portail_importer portail_liens markdown markdown_it html email bs4 "
    "csv urllib zipfile json"
)
_PATIENCE = 4
"""How many times slower than alone an input may be: others work too, code is instrumented."""
_HIGHEST = re.compile(r"VmHWM:\s+(\d+)")
_DONE = re.compile(r"^#(\d+)\s", re.MULTILINE)


def main() -> int:
    """Look for such bytes in each target in turn, tell what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("cibles", nargs="*", metavar="CIBLE", help=" ".join(CIBLES))
    parser.add_argument("--secondes", type=int, default=60, help="for each target")
    parser.add_argument("--rejouer", type=Path, help="run one file, whose name begins by a target")
    parser.add_argument("--enfant", help=argparse.SUPPRESS)
    options, rest = parser.parse_known_args()
    if options.enfant:
        return child(options.enfant, rest)
    if options.rejouer:
        return replay(options.rejouer)
    if unknown := set(options.cibles) - CIBLES.keys():
        parser.error(f"{', '.join(sorted(unknown))}: none of {', '.join(CIBLES)}")
    names = options.cibles or [*CIBLES]
    worst = max([bomb(name) for name, case in BOMBES.items() if case.cible in names], default=0)
    if not installed():
        return 2
    return max([worst, *(look(name, options.secondes) for name in names)])


def bomb(name: str) -> int:
    """Run one of what weighs little and fills a machine, at its full size; 1 for too much."""
    target, most, make = BOMBES[name]
    file = CACHE / f"{target}-bombe"
    CACHE.mkdir(parents=True, exist_ok=True)
    file.write_bytes(make(most))
    print(f"{name}, {file.stat().st_size / 1e6:.1f} MB", flush=True)
    code = _told(file)
    file.unlink()
    return code


def installed() -> bool:
    """Whether Atheris is there, its wheel checked by its digest; fetched the first time."""
    if not TOOL.is_dir():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        if uv := shutil.which("uv"):  # its environments have no pip
            pip = [uv, "pip", "install", "--quiet", "--python", sys.executable]
        wanted = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--target", str(TOOL)]
        lock = str(Path(__file__).with_name("fuzz.txt"))
        if subprocess.run([*pip, *wanted, "-r", lock], check=False).returncode:
            print("Atheris has no wheel for this Python or this system.", file=sys.stderr)
            return False
    return True


def look(name: str, seconds: int) -> int:
    """Run a target for so many seconds; 1 when something was found."""
    corpus = CACHE / name
    corpus.mkdir(parents=True, exist_ok=True)
    FOUND.mkdir(parents=True, exist_ok=True)
    kept = (path.read_bytes() for path in sorted(KEPT.glob(f"{name}/*")))
    for data in (*semences.of(name), *kept):
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    words = CACHE / f"{name}.dict"
    words.write_text("".join(f'"{_escaped(piece)}"\n' for piece in PIECES[name]))
    before = {*FOUND.iterdir()}
    flags = [
        *([f"-dict={words}"] if PIECES[name] else []),  # an empty one is refused
        f"-max_total_time={seconds}",
        f"-timeout={SECONDS * _PATIENCE:.0f}",
        f"-rss_limit_mb={MEMORY}",
        f"-artifact_prefix={FOUND}/{name}-",
        f"-max_len={20_000}",
    ]
    started = time.monotonic()
    command = [sys.executable, __file__, "--enfant", name, str(corpus), *flags]
    # libFuzzer ends the process itself, which leaves its files: they are in a folder of this one.
    with tempfile.TemporaryDirectory(prefix="cibles-") as folder:
        process = subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False,
            env={**os.environ, "TMPDIR": folder},
        )  # fmt: skip
    runs = [int(number) for number in _DONE.findall(process.stderr)]
    spent = time.monotonic() - started
    print(f"{name}: {max(runs, default=0)} runs in {spent:.0f} s", flush=True)
    files = sorted({*FOUND.iterdir()} - before)
    if process.returncode and not files:
        print(process.stderr[-2000:], flush=True)
        return 1
    return max([_told(file) for file in files if "slow-unit" not in file.name], default=0)


def _escaped(text: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


def _told(file: Path) -> int:
    """Run again without Atheris what was found; 1 when it is still too much."""
    command = [sys.executable, __file__, "--rejouer", str(file)]
    again = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    print(f"  {file.relative_to(ROOT)}: {again.stdout.strip() or again.stderr[-2000:]}", flush=True)
    return 1 if again.returncode else 0


def replay(file: Path) -> int:
    """Run one file as a test would, tell what it takes; 1 for too much."""
    name = max((target for target in CIBLES if file.name.startswith(target)), key=len, default="")
    name = name or file.parent.name
    CIBLES[name].run(b"")
    start = time.process_time()
    CIBLES[name].run(file.read_bytes())
    spent = time.process_time() - start
    # Of this process alone: what getrusage gives is taken from the one that started it, too.
    memory = int(_HIGHEST.findall(Path("/proc/self/status").read_text())[0]) // 1024
    print(f"{spent:.2f} s, {memory} MB")
    return int(spent > SECONDS or memory > MEMORY)


def child(name: str, arguments: list[str]) -> int:
    """The process in which libFuzzer runs: it ends it itself."""
    sys.path.append(str(TOOL))
    import atheris

    for module in [
        loaded for loaded in sys.modules if loaded.partition(".")[0] in _MODULES.split()
    ]:
        del sys.modules[module]
    for module in ("cibles", "tableurs", "semences"):
        sys.modules.pop(module, None)
    with atheris.instrument_imports(include=_MODULES.split()):
        import cibles

    run = cibles.CIBLES[name].run
    atheris.Setup([__file__, *arguments], lambda data: run(data))
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
