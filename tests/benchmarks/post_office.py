"""An SMTP server in a process of its own, which takes all: `python -m tests.benchmarks.post_office`."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


class Shredder:
    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return "250 OK"


@contextmanager
def post_office(*, project: Path) -> Iterator[int]:
    """The port at which it listens."""
    command = [sys.executable, "-m", "tests.benchmarks.post_office"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=project) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


async def serve() -> None:
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Shredder()), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
