"""The stand-in as a program: `python -m config.demo.stripe --port 8010 --state FILE`."""

from __future__ import annotations

import argparse
import signal
import threading
from pathlib import Path

from .server import KEY, WEBHOOK_SECRET, StandIn


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m config.demo.stripe", description=StandIn.__doc__)
    parser.add_argument("--port", type=int, default=0, help="on 127.0.0.1; any free one by default")
    parser.add_argument("--webhook-url", help="where to send webhooks; none are sent without it")
    parser.add_argument("--webhook-secret", default=WEBHOOK_SECRET, help="what webhooks are signed with")
    parser.add_argument("--state", type=Path, help="file that keeps everything for the next start")
    chosen = parser.parse_args()
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    stand_in = StandIn(
        port=chosen.port,
        webhook_url=chosen.webhook_url,
        webhook_secret=chosen.webhook_secret,
        state=chosen.state,
    ).start()
    print(f"The stand-in for Stripe listens on {stand_in.base_address} (key {KEY}).", flush=True)
    stop.wait()
    stand_in.stop()


if __name__ == "__main__":
    main()
