"""Ports of this machine, on 127.0.0.1 only."""

import socket

HOST = "127.0.0.1"


def is_free(port: int) -> bool:
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port(*, preferred: int = 0) -> int:
    """The preferred port if nobody has it, otherwise any that is free."""
    if preferred and is_free(preferred):
        return preferred
    with socket.socket() as any_port:
        any_port.bind((HOST, 0))
        number: int = any_port.getsockname()[1]
    return number
