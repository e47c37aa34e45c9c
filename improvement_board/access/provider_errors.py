"""What is said where the identity provider cannot be reached or does not answer as one: words, in the log and to the
person, in place of a traceback and of Streamlit's bare "Authentication error"."""

from __future__ import annotations

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from improvement_board.common.streamlit_names import LOGIN, SIGN_IN_LOGGER

CLIENT_ERROR = 400
LONGEST = 200
TO_CHECK = "check server_metadata_url, client_id and client_secret in .streamlit/secrets.toml"
PAGE = (
    b"Sign-in does not work at the moment: the identity provider could not be asked, or did not answer as one. "
    b"Please tell the people who run this dashboard; its log says why.\n"
)


class InWords(logging.Filter):
    """Turns the traceback of a sign-in that failed into a line: what failed, why, and what to check."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without a traceback."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            why = " ".join(str(error).split())[:LONGEST] or "no more is known"
            record.msg, record.args = f"{record.getMessage()} {type(error).__name__}: {why}; {TO_CHECK}", ()
            record.exc_info, record.exc_text = None, None
        return True


def say_provider_errors_in_words() -> None:
    """From now on, log what goes wrong with the identity provider in words."""
    logger = logging.getLogger(SIGN_IN_LOGGER)
    if not any(isinstance(added, InWords) for added in logger.filters):
        logger.addFilter(InWords())


class ProviderErrors:
    """Answers with words where a sign-in cannot begin."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http" or not scope["path"].endswith(f"/{LOGIN}"):
            await self._app(scope, receive, send)
            return
        failed = False

        async def sent(message: Message) -> None:
            nonlocal failed
            if message["type"] == "http.response.start" and message["status"] >= CLIENT_ERROR:
                failed = True
                headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(PAGE))]
                message = {**message, "headers": headers}
            elif message["type"] == "http.response.body" and failed:
                message = {**message, "body": PAGE}
            await send(message)

        await self._app(scope, receive, sent)
