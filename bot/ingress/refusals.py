"""Why an update, or all of them, cannot be taken: what the ingress raises to whoever calls it."""

from typing import Final

TOKEN_REFUSED: Final = "Telegram refuses the token in RAFIQ_BOT_TOKEN. Ask @BotFather for the current one."  # noqa: S105 - a sentence


class CannotReceive(Exception):
    """The bot must not or cannot receive updates this way; the text says why and what to do."""


class Stopping(Exception):
    """The process is stopping and takes nothing more; the update was not acknowledged."""
