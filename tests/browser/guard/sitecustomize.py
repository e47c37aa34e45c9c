"""Loaded by the tests' server before anything else: writes down every address outside this machine it asks for."""

import os
import sys

ASKED = os.environ["IMPROVEMENT_BOARD_ASKED_FOR"]
HERE = ("127.", "::1", "localhost", "0.0.0.0")


def note(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: where a connection or a name look-up goes."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
    elif event == "socket.getaddrinfo" and arguments[0]:
        host = arguments[0].decode() if isinstance(arguments[0], bytes) else str(arguments[0])
    else:
        return
    if not host.startswith(HERE):
        with open(ASKED, "a", encoding="utf-8") as file:  # noqa: PTH123 - this early, import as little as can be
            file.write(f"{event} {host}\n")


sys.addaudithook(note)
