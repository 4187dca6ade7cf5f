"""What is said, in words: a notice and a voice become text, keys and perhaps a document. Pure."""

from bot.render.dispatch import render
from bot.render.explained import toast
from bot.render.messages import Button, File, Message
from bot.render.voice import Voice

__all__ = ["Button", "File", "Message", "Voice", "render", "toast"]
