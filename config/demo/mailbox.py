"""Catches all mail of the demonstration: `python -m config.demo.mailbox --port N --folder FOLDER`.

Each message becomes a file, named so that the order of names is the order of arrival.
"""

import argparse
import signal
import threading
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from config.demo.ports import HOST


class FolderHandler:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        name = f"{datetime.now(tz=UTC):%Y%m%dT%H%M%S%f}"
        unfinished = self.folder / f"{name}.new"
        unfinished.write_bytes(content)
        unfinished.rename(self.folder / f"{name}.eml")
        return "250 OK"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m config.demo.mailbox", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    controller = Controller(FolderHandler(chosen.folder), hostname=HOST, port=chosen.port)
    controller.start()
    stop.wait()
    controller.stop()


if __name__ == "__main__":
    main()
