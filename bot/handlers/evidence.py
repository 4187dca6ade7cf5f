"""The door of files: a document or a picture sent while a question is open stands behind its answer."""

from bot.handlers.visit import Visit
from bot.inbound import Attached
from workflows.use_cases.hands import filing
from workflows.use_cases.hearing import heard


async def take(visit: Visit, attached: Attached) -> bool:
    """Take the file of a message as evidence; False where it carries none, or no question was open for it."""
    file = attached.file
    if file is None:
        return False
    sent = filing.Sent(file.file_id, file.name, file.size, file.media_type)
    at = await heard(visit.errand, "", attached.message_id, attached.reply_to)
    return await filing.take(visit.errand, sent, at, visit.random, visit.file_limit)
