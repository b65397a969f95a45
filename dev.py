#!/usr/bin/env python3
"""Set up, run and test the application with nothing but Python's standard library."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Generator, Sequence
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
UNFINISHED = ROOT / ".venv-unfinished"
PEERS = ROOT / ".venv-peers"
PIP = {"PIP_REQUIRE_VIRTUALENV": "1", "PIP_ROOT_USER_ACTION": "ignore", "PIP_NO_WARN_SCRIPT_LOCATION": "1"}
USAGE = """python3 dev.py run [--yes] [ARGS]   set up (--yes: system packages too), then start the application
python3 dev.py test [ARGS]          format, lint, types, import rules and all tests; ARGS go to pytest
python3 dev.py screenshots [ARGS]   a picture of every screen into screenshots/
python3 dev.py bench [NAME]         measurements, each beside its limit
python3 dev.py lock [--upgrade]     make requirements/*.lock anew from pyproject.toml (needs uv)"""


def needs(table: str) -> dict[str, str]:
    return dict(line.split() for line in table.splitlines() if line)


# Debian's package, and what shows that it is there: a library, a path or a command.
WINDOW_NEEDS = needs("""
libgl1 libGL.so.1
libegl1 libEGL.so.1
libglib2.0-0 libgthread-2.0.so.0
libdbus-1-3 libdbus-1.so.3
libfontconfig1 libfontconfig.so.1
libxkbcommon-x11-0 libxkbcommon-x11.so.0
libxcb-cursor0 libxcb-cursor.so.0
libxcb-icccm4 libxcb-icccm.so.4
libxcb-image0 libxcb-image.so.0
libxcb-keysyms1 libxcb-keysyms.so.1
libxcb-render-util0 libxcb-render-util.so.0
libxcb-randr0 libxcb-randr.so.0
libxcb-shape0 libxcb-shape.so.0
libxcb-xkb1 libxcb-xkb.so.1
libwayland-cursor0 libwayland-cursor.so.0
libcups2 libcups.so.2
fonts-dejavu-core /usr/share/fonts/*/*
""")
TEST_NEEDS = {
    **WINDOW_NEEDS,
    **needs("""
xvfb Xvfb
xauth xauth
dbus dbus-daemon
dbus-x11 dbus-launch
at-spi2-core /usr/libexec/at-spi-bus-launcher
python3-pyatspi /usr/lib/python3/dist-packages/pyatspi
gir1.2-atspi-2.0 /usr/lib/*/girepository-1.0/Atspi-2.0.typelib
xdotool xdotool
poppler-utils pdftotext
qpdf qpdf
strace strace
util-linux unshare
mount mount
cups /usr/sbin/cupsd
cups-client /usr/sbin/lpadmin
cups-ipp-utils ipptool
cups-filters /usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd
printer-driver-cups-pdf /usr/lib/cups/backend/cups-pdf
"""),
}

# What makes the same documents as we do, for the measurement of documents alone.
BENCH_NEEDS = needs("""
libreoffice-writer-nogui soffice
libpango-1.0-0 libpango-1.0.so.0
libpangoft2-1.0-0 libpangoft2-1.0.so.0
libharfbuzz-subset0 libharfbuzz-subset.so.0
""")


def main(args: list[str]) -> int:
    if sys.version_info < (3, 11):
        sys.exit(f"Python 3.11 or newer is needed, and {sys.executable} is Python {sys.version.split()[0]}.")
    name, rest = (args[0], args[1:]) if args else ("", [])
    commands = {"run": run, "test": test, "screenshots": screenshots, "bench": bench, "lock": lock}
    if name not in commands:
        print(USAGE)
        return 0 if name in {"-h", "--help", "help"} else 2
    return commands[name](rest)


def run(args: list[str]) -> int:
    may_install = args[:1] == ["--yes"]
    args = args[1:] if may_install else args
    if not args and not has_display():
        args = ["demo", "--out", "demo-output"]
        say(f"There is no display, so the main job is done without a window; see {Path(args[2]).resolve()}.")
    if opens_window(args):
        need_system_packages(WINDOW_NEEDS, may_install)
    need_environment("app")
    return start([PYTHON.with_name("referral-app"), *args])


def test(args: list[str]) -> int:
    need_system_packages(TEST_NEEDS)
    need_environment("dev")
    lint_imports = "import sys; from importlinter.cli import lint_imports_command as main; sys.exit(main())"
    steps = {
        "format": ["-m", "ruff", "format", "--check"],
        "lint": ["-m", "ruff", "check"],
        "types": ["-m", "basedpyright", "--pythonpath", PYTHON],
        "import rules": ["-c", lint_imports, "--no-logo"],
        "tests": ["-m", "pytest", "-n", "2", "--dist", "worksteal", *args],
    }
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    failed: list[str] = []
    for step, words in steps.items():
        print(f"== {step}", flush=True)
        if subprocess.call([PYTHON, *words], cwd=ROOT):
            failed.append(step)
    if failed:
        say(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


def screenshots(args: list[str]) -> int:
    screen: list[str] = []
    if sys.platform == "linux":
        screen = ["xvfb-run", "-a", "-s", "-screen 0 1920x1200x24", "env", "QT_QPA_PLATFORM=xcb"]
    return tool("tests.screenshots", args, screen)


def bench(args: list[str]) -> int:
    if not args or "documents" in args:
        need_system_packages(BENCH_NEEDS)
        need_peers()
    return tool("tests.benchmarks", args)


def lock(args: list[str]) -> int:
    uv = shutil.which("uv")
    if not uv:
        sys.exit("The locks are made with uv, which is not here: python3 -m pip install uv")
    words = "pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate -q"
    for name, groups in {"app": ["build"], "dev": ["build", "dev"]}.items():
        header = ["--custom-compile-command", "python3 dev.py lock", "-o", f"requirements/{name}.lock"]
        check_call([uv, *words.split(), *(f"--group={group}" for group in groups), *header, *args])
    header = ["--custom-compile-command", "python3 dev.py lock", "-o", "requirements/peers.lock"]
    alone = words.replace("pyproject.toml", "--group=pyproject.toml:peers")
    check_call([uv, *alone.split(), *header, *args])
    return 0


def tool(module: str, args: list[str], wrapper: list[str] | None = None) -> int:
    need_system_packages(TEST_NEEDS)
    need_environment("dev")
    os.chdir(ROOT)
    return start([*(wrapper or []), PYTHON, "-m", module, *args])


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def start(command: list[str | Path]) -> int:
    """Become the command where that is possible, so that signals, memory and exit status are its own."""
    if os.name == "posix":
        os.execvp(command[0], [str(word) for word in command])
    return subprocess.call(command)


def has_display() -> bool:
    known = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in known)


def opens_window(args: list[str]) -> bool:
    """Tell whether the application would open its window: it does when no command is among its arguments."""
    values = {"--data-dir", "--passphrase-file", "--user"}
    words = [word for before, word in zip(["", *args], args, strict=False) if before not in values]
    return all(word.startswith("-") and word not in {"--help", "--version"} for word in words)


def need_system_packages(packages: dict[str, str], may_install: bool = False) -> None:
    missing = [name for name, probe in packages.items() if not is_there(probe)]
    if sys.platform != "linux" or not missing:
        return
    update = ["apt-get", "update", "-qq"]
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    is_root = os.geteuid() == 0
    if not is_root or not (may_install or os.environ.get("CI") == "true"):
        line = " && ".join(" ".join(words if is_root else ["sudo", *words]) for words in (update, install))
        sys.exit(f"System packages are missing. Install them, then try again:\n  {line}")
    say(f"Installing system packages: {' '.join(missing)}")
    for command in (update, install):
        check_call(command, {"DEBIAN_FRONTEND": "noninteractive"})


def is_there(probe: str) -> bool:
    if probe.startswith("/"):
        return any(Path("/").glob(probe[1:]))
    if ".so" not in probe:
        return shutil.which(probe) is not None
    with contextlib.suppress(OSError):
        return bool(ctypes.CDLL(probe))
    return False


def need_environment(name: str) -> None:
    """Bring .venv up to requirements/NAME.lock; what serves development serves running as well."""
    if is_ready(name):
        return
    with one_at_a_time():
        if not is_ready(name):
            make_environment(name)


def is_ready(name: str) -> bool:
    stamps = {lock: VENV / f"{lock}.stamp" for lock in (name, "dev")}
    made = any(stamp.is_file() and stamp.read_text() == fingerprint(lock) for lock, stamp in stamps.items())
    return made and not UNFINISHED.exists()


def fingerprint(name: str) -> str:
    """Name what the environment was made from: a change of any of it asks for a new set-up."""
    files = [ROOT / "requirements" / f"{name}.lock", ROOT / "pyproject.toml"]
    parts = [*(path.read_bytes() for path in files), str(ROOT), str(PYTHON.resolve()), sys.version_info[:2]]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@contextlib.contextmanager
def one_at_a_time() -> Generator[None]:
    """Wait for another dev.py that is setting up this folder, on systems that have such locks."""
    with Path(__file__).open() as file:
        with contextlib.suppress(ImportError, OSError):
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
            os.set_inheritable(file.fileno(), True)  # should we be killed, pip goes on and so does the lock
        yield


def make_environment(name: str) -> None:
    """Make or mend .venv: one that was left half made, or belongs to another Python, is made from nothing."""
    say("Setting up .venv; the first time takes a minute or two ...")
    anew = UNFINISHED.exists() or environment_python() != [str(VENV), *map(str, sys.version_info[:2])]
    UNFINISHED.mkdir(exist_ok=True)
    for stamp in VENV.glob("*.stamp"):
        stamp.unlink()
    try:
        if anew:
            check_call([sys.executable, "-m", "venv", "--clear", "--without-pip", VENV])
        install(name)
    except SystemExit:
        if not anew:  # pip has put back what it found, as when there is no network: keep what works
            UNFINISHED.rmdir()
        raise
    (VENV / f"{name}.stamp").write_text(fingerprint(name))
    UNFINISHED.rmdir()


def install(name: str) -> None:
    words = [] if sys.stderr.isatty() else ["--quiet"]
    pip = [*find_pip(), "install", "--disable-pip-version-check", "--no-input", *words]
    check_call([*pip, "--require-hashes", "-r", ROOT / "requirements" / f"{name}.lock"], PIP)
    check_call([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT], PIP)
    for made in ("zip_centers.py", "icd10cm.py"):
        check_call([PYTHON, ROOT / "packaging" / made])


def need_peers() -> None:
    """Make an environment of their own for those that our documents are measured against."""
    lock, stamp = ROOT / "requirements" / "peers.lock", PEERS / "peers.stamp"
    if stamp.is_file() and stamp.read_text() == lock.read_text():
        return
    check_call([sys.executable, "-m", "venv", "--clear", "--without-pip", PEERS])
    pip = [*find_pip(PEERS / PYTHON.relative_to(VENV)), "install", "--disable-pip-version-check", "--quiet"]
    check_call([*pip, "--require-hashes", "-r", lock], PIP)
    stamp.write_text(lock.read_text())


def environment_python() -> list[str]:
    """Ask .venv for its folder and version; without its pyvenv.cfg it would be the whole machine's Python."""
    ask = [PYTHON, "-c", "import sys; print(sys.prefix, *sys.version_info[:2], sep='\\n')"]
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        return subprocess.check_output(ask, stderr=subprocess.DEVNULL, text=True).splitlines()
    return []


def find_pip(python: Path = PYTHON) -> list[str | Path]:
    """Prefer this Python's own pip, which needs none in .venv: Debian's python3 cannot put one there."""
    if find_spec("pip"):
        return [sys.executable, "-m", "pip", "--python", python]
    if not find_spec("ensurepip"):
        sys.exit("pip is missing. Install it, then try again:\n  sudo apt-get install -y python3-pip")
    check_call([python, "-m", "ensurepip"])
    return [python, "-m", "pip"]


def check_call(command: Sequence[str | Path], environment: dict[str, str] | None = None) -> None:
    """Run a step of the set-up, saying everything on standard error, where it spoils nobody's output."""
    env = {**os.environ, **(environment or {})}
    quiet = subprocess.DEVNULL
    if subprocess.call(command, cwd=ROOT, env=env, stdin=quiet, stdout=sys.stderr, close_fds=os.name == "nt"):
        sys.exit("The set-up did not finish; the reason is above. Run the same command again to go on.")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
