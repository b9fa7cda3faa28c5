"""A run of the demonstration, as somebody at a terminal sees it."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil

from config.demo.ports import HOST, free_port


class Demo:
    """Started when it is made; `said` is what the terminal shows."""

    def __init__(self, var: Path, project: Path) -> None:
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.demo", "--port", str(self.port), "--var", str(var)],
            cwd=project,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._listen_until("Ctrl-C ends everything")
        self.parts = psutil.Process(self.process.pid).children(recursive=True)

    def _listen_until(self, words: str) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return
        raise AssertionError(f"it ended without saying {words!r}:\n{self.said}")

    def part(self, name: str) -> psutil.Process:
        return next(part for part in self.parts if name in " ".join(part.cmdline()))

    def end(self, how: signal.Signals) -> int:
        """Send a signal; the exit code."""
        self.process.send_signal(how)
        return self.wait()

    def wait(self) -> int:
        rest, _ = self.process.communicate(timeout=60)
        self.said += rest
        return self.process.returncode

    def kill(self) -> None:
        """Whatever the test has left of it."""
        if self.process.poll() is None:
            self.end(signal.SIGKILL)
        self.left()

    def left(self, *, seconds: float = 20) -> list[psutil.Process]:
        """The processes of this run that still live after a while."""
        _gone, alive = psutil.wait_procs(self.parts, timeout=seconds)
        return [part for part in alive if part.status() != psutil.STATUS_ZOMBIE]
