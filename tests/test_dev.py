"""dev.py as people and CI start it: what it says, when it sets up and what it leaves alone."""

import importlib.util
import os
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
BASE_PYTHON = Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="system packages are named on Linux only")
POSIX = pytest.mark.skipif(not BASE_PYTHON.exists(), reason="needs the Python that .venv was made from")

PYPROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
BACKEND = """
import pathlib, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(pathlib.Path(folder) / "referral_app-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("echo_arguments.py", "import sys\\ndef main(): print(*sys.argv[1:])\\n")
        info = "referral_app-1.dist-info/"
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: referral-app\\nVersion: 1\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "entry_points.txt", "[console_scripts]\\nreferral-app = echo_arguments:main\\n")
        wheel.writestr(info + "RECORD", "")
    return "referral_app-1-py3-none-any.whl"
"""
CENTERS = "import pathlib\npathlib.Path(__file__).with_name('centers').touch()\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with our dev.py, empty locks and an application that prints its arguments."""
    (tmp_path / "dev.py").write_bytes((ROOT / "dev.py").read_bytes())
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "backend.py").write_text(BACKEND)
    (tmp_path / "requirements").mkdir()
    for name in ("app", "dev"):
        (tmp_path / "requirements" / f"{name}.lock").touch()
    (tmp_path / "packaging").mkdir()
    for made in ("zip_centers.py", "icd10cm.py"):
        (tmp_path / "packaging" / made).write_text(CENTERS)
    return tmp_path


def load(project: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev_of_project", project / "dev.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def dev_py(project: Path, *args: str, **env: str) -> subprocess.Popen[str]:
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [str(BASE_PYTHON), str(project / "dev.py"), *args]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=project, env=keep | env, stdout=pipe, stderr=pipe, text=True)


def answer(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def test_unknown_command_shows_how_to_use_it(project: Path) -> None:
    status, out, _ = answer(dev_py(project, "rnu")) if BASE_PYTHON.exists() else (2, load(project).USAGE, "")
    assert status == 2
    assert "dev.py run" in out
    assert "dev.py test" in out


def test_old_python_is_refused_in_one_sentence(project: Path) -> None:
    pretend = "import runpy, sys; sys.version_info = (3, 9, 18); sys.argv = ['dev.py', 'run']; "
    command = [sys.executable, "-c", pretend + "runpy.run_path('dev.py', run_name='__main__')"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert re.fullmatch(r"Python 3\.11 or newer is needed, and .* is Python [\d.]+\.\n", done.stderr)


@pytest.mark.parametrize(
    ("args", "window"),
    [
        ([], True),
        (["--demo"], True),
        (["--data-dir", "demo"], True),
        (["demo", "--out", "out"], False),
        (["--data-dir", "store", "referrals", "list"], False),
        (["--help"], False),
        (["--version"], False),
    ],
)
def test_only_the_window_needs_system_libraries(project: Path, args: list[str], window: bool) -> None:
    assert load(project).opens_window(args) is window


@LINUX
def test_missing_system_packages_are_named_in_one_line(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    wanted = {"libc6": "libc.so.6", "bash": "bash", "lost-lib": "liblost.so.9", "lost": "lost-command"}
    with pytest.raises(SystemExit) as refusal:
        load(project).need_system_packages({**wanted, "base-files": "/etc/*", "lost-file": "/etc/lost/*"})
    line = str(refusal.value.code).splitlines()[-1]
    assert line.endswith("apt-get install -y --no-install-recommends lost-lib lost lost-file")
    assert "apt-get update" in line


@LINUX
def test_nothing_is_said_when_every_system_package_is_there(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(project).need_system_packages({"libc6": "libc.so.6", "bash": "bash"})
    assert capsys.readouterr() == ("", "")


def test_what_serves_a_test_serves_a_window_too(project: Path) -> None:
    dev = load(project)
    assert dev.WINDOW_NEEDS.items() <= dev.TEST_NEEDS.items()


@POSIX
@LINUX
def test_without_a_display_the_main_job_is_done_in_a_folder_that_is_named(project: Path) -> None:
    status, out, err = answer(dev_py(project, "run"))
    assert (status, out) == (0, "demo --out demo-output\n")
    assert err.splitlines()[0].startswith("There is no display")
    assert str(project / "demo-output") in err.splitlines()[0]


@POSIX
def test_second_start_sets_nothing_up_and_passes_arguments_and_status_on(project: Path) -> None:
    assert "Setting up" in answer(dev_py(project, "run", "demo"))[2]
    assert answer(dev_py(project, "run", "--yes", "print", "letter", "--out", "a b")) == (
        0,
        "print letter --out a b\n",
        "",
    )
    (project / ".venv/bin/referral-app").write_text("#!/bin/sh\nexit 7\n")
    assert answer(dev_py(project, "run", "demo"))[0] == 7


@POSIX
@pytest.mark.parametrize("changed", ["requirements/app.lock", "pyproject.toml"])
def test_a_changed_lock_is_set_up_again_in_place(project: Path, changed: str) -> None:
    answer(dev_py(project, "run", "demo"))
    (project / ".venv/mine").touch()
    with (project / changed).open("a") as file:
        file.write("\n")
    assert "Setting up" in answer(dev_py(project, "run", "demo"))[2]
    assert (project / ".venv/mine").exists()


@POSIX
def test_an_environment_made_by_another_tool_is_used_and_not_deleted(project: Path) -> None:
    subprocess.run([BASE_PYTHON, "-m", "venv", "--without-pip", project / ".venv"], check=True)
    (project / ".venv/mine").touch()
    assert answer(dev_py(project, "run", "demo"))[:2] == (0, "demo\n")
    assert (project / ".venv/mine").exists()


@POSIX
def test_an_interrupted_set_up_is_made_anew_by_the_next_start(project: Path) -> None:
    answer(dev_py(project, "run", "demo"))
    dev = load(project)
    dev.UNFINISHED.mkdir()
    (project / ".venv/half-written").touch()
    status, out, err = answer(dev_py(project, "run", "demo"))
    assert (status, out) == (0, "demo\n")
    assert "Setting up" in err
    assert not (project / ".venv/half-written").exists()
    assert not dev.UNFINISHED.exists()


@POSIX
def test_a_failed_set_up_says_so_and_keeps_what_worked(project: Path) -> None:
    lock = project / "requirements" / "app.lock"
    answer(dev_py(project, "run", "demo"))
    (project / ".venv/mine").touch()
    lock.write_text("./lost.whl --hash=sha256:" + "0" * 64 + "\n")
    for _ in range(2):
        status, out, err = answer(dev_py(project, "run", "demo"))
        assert (status, out) == (1, "")
        assert err.splitlines()[-1].startswith("The set-up did not finish")
    lock.write_text("")
    assert answer(dev_py(project, "run", "demo"))[:2] == (0, "demo\n")
    assert (project / ".venv/mine").exists()


@POSIX
def test_a_broken_environment_never_leads_into_the_python_of_the_machine(project: Path) -> None:
    answer(dev_py(project, "run", "demo"))
    (project / ".venv/pyvenv.cfg").unlink()
    (project / ".venv/app.stamp").unlink()
    assert answer(dev_py(project, "run", "demo"))[:2] == (0, "demo\n")
    assert (project / ".venv/pyvenv.cfg").exists()
    assert list(project.glob(".venv/lib/*/site-packages/echo_arguments.py"))


@POSIX
def test_a_start_waits_for_the_pip_of_one_that_was_killed(project: Path) -> None:
    backend = project / "backend.py"
    backend.write_text("import time\n" + BACKEND.replace("    with", "    time.sleep(3)\n    with", 1))
    first = dev_py(project, "run", "demo")
    waited_until(lambda: list(project.glob(".venv/lib/*/site-packages")) != [])
    first.kill()
    first.communicate()
    backend.write_text(BACKEND)
    assert answer(dev_py(project, "run", "demo"))[:2] == (0, "demo\n")


def waited_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@POSIX
def test_two_starts_at_once_set_up_one_after_the_other(project: Path) -> None:
    both = [dev_py(project, "run", "demo"), dev_py(project, "run", "demo")]
    answers = [answer(process) for process in both]
    assert [(status, out) for status, out, _ in answers] == [(0, "demo\n")] * 2
    assert sum("Setting up" in err for *_, err in answers) == 1


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.lock").read_text()
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", ["app", "dev"])
def test_locks_pin_everything_by_hash_and_name_no_registry(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.lock").read_text()
    entries = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).strip())
    assert all(re.match(r"[a-z0-9.-]+==\S+ ", entry) and "--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?:|file:|index|find-links|://", text)


def test_locks_agree_with_each_other_and_with_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    app, dev = pins("app"), pins("dev")
    assert app.items() <= dev.items()
    assert app["pyside6-essentials"] == app["pyside6-addons"] == "6.11.3"
    wanted = {*project["project"]["dependencies"], *project["dependency-groups"]["build"]}
    assert {re.split("[<>=]", line)[0].lower() for line in wanted} <= app.keys()
    assert {re.split("[<>=]", line)[0].lower() for line in project["dependency-groups"]["dev"]} <= dev.keys()
