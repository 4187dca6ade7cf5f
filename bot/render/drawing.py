"""What takes long to draw or to write is made beside the loop, before its message goes out."""

import asyncio

import structlog
from msgspec.structs import replace

from bot.render.messages import File, Message, Unwritten
from workflows.store.values import Letter

log = structlog.stdlib.get_logger(__name__)


async def drawn(message: Message, letter: Letter) -> Message:
    """The message of a letter with its document written and its picture drawn.

    A picture that cannot be drawn is left out; a document is what the letter is for.
    """
    if isinstance(message.document, Unwritten):
        content = await asyncio.to_thread(message.document.write)
        message = replace(message, document=File(message.document.name, content))
    if message.photo is not None:
        try:
            await asyncio.to_thread(message.photo.values.drawn)
        except Exception:
            log.exception("picture_failed", letter=letter.id, topic=letter.notice.topic)
            return replace(message, photo=None)
    return message
