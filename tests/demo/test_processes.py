"""However a run ends, none of its processes is left behind."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from config.demo.guard import Note
from config.demo.processes import ChildEnded, Family, end_leftovers, temporary_folder

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(9)",
]


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    family = Family(tmp_path / "notes", patience=1)
    family.watch()
    yield family
    family.end()


def test_the_end_of_a_family_is_the_end_of_its_children(family: Family, tmp_path: Path) -> None:
    child = family.start("sleeper", SLEEP, log=tmp_path / "log")
    family.end()
    assert child.process.returncode == -signal.SIGTERM


def test_the_site_ends_before_its_servers(family: Family, tmp_path: Path) -> None:
    order = tmp_path / "order"
    script = (
        "import signal, sys, time\n"
        "def end(*_):\n"
        f"    open({str(order)!r}, 'a').write(sys.argv[1]); sys.exit()\n"
        "signal.signal(signal.SIGTERM, end); print('ready', flush=True); time.sleep(60)"
    )
    for level, name in ((0, "server "), (1, "site ")):
        log = tmp_path / name.strip()
        family.start(name.strip(), [sys.executable, "-c", script, name], log=log, level=level)
        wait_until(lambda log=log: "ready" in log.read_text())
    family.end()
    assert order.read_text() == "site server "


def test_a_child_that_does_not_listen_is_killed(family: Family, tmp_path: Path) -> None:
    child = family.start("stubborn", STUBBORN, log=tmp_path / "log")
    wait_until(lambda: (tmp_path / "log").read_text())
    family.end()
    assert child.process.returncode == -signal.SIGKILL


def test_a_child_that_ends_by_itself_is_named_with_its_last_lines(family: Family, tmp_path: Path) -> None:
    child = family.start("fickle", [sys.executable, "-c", "print('out of beans')"], log=tmp_path / "log")
    child.process.wait()
    with pytest.raises(ChildEnded, match=r"fickle ended with code 0") as ended:
        family.check()
    assert ended.value.child.last_lines() == "out of beans"


def test_children_do_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    script = (
        "import pathlib, time\n"
        "from config.demo.processes import Family\n"
        f"here = pathlib.Path({str(tmp_path)!r})\n"
        "family = Family(here / 'notes')\n"
        "family.watch()\n"
        f"child = family.start('sleeper', {SLEEP!r}, log=here / 'log')\n"
        "(here / 'pid').write_text(str(child.process.pid))\n"
        "time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script])
    wait_until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    child = int((tmp_path / "pid").read_text())
    parent.kill()
    parent.wait()
    wait_until(lambda: is_dead(child))
    wait_until(lambda: not (tmp_path / "notes").exists())


def test_what_a_killed_guard_left_behind_is_ended_by_the_next_run(tmp_path: Path) -> None:
    family = Family(tmp_path / "notes")
    family.watch()
    child = family.start("sleeper", SLEEP, log=tmp_path / "log")
    assert family.guard
    family.guard.kill()
    family.guard.wait()
    end_leftovers(tmp_path / "notes")
    assert child.process.wait(5) == -signal.SIGTERM


def test_a_note_about_somebody_elses_process_is_not_believed(tmp_path: Path) -> None:
    stranger = subprocess.Popen(SLEEP, start_new_session=True)
    note = Note(level=1, pid=stranger.pid, stop_signal=signal.SIGTERM, born=psutil.boot_time() - 60)
    (tmp_path / "sleeper.json").write_text(json.dumps(note._asdict()))
    end_leftovers(tmp_path)
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_temporary_folder_can_be_passed_through_by_everybody() -> None:
    folder = temporary_folder("permissions")
    mode = folder.stat().st_mode & 0o777
    folder.rmdir()
    assert mode == 0o711


def wait_until(condition: Callable[[], object], *, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def is_dead(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
