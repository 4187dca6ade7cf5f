"""A pretend Telegram on loopback: a strict Bot API, simulated people and a chat page."""

from bot.sandbox.acts import Person
from bot.sandbox.clock import Clock
from bot.sandbox.faults import Fault
from bot.sandbox.forums import Forum
from bot.sandbox.people import CallbackAnswer, NotSeenError
from bot.sandbox.sandbox import DEFAULT_TOKEN, Sandbox, Settings
from bot.sandbox.serving import serving
from bot.sandbox.transcript import Message

__all__ = [
    "DEFAULT_TOKEN",
    "CallbackAnswer",
    "Clock",
    "Fault",
    "Forum",
    "Message",
    "NotSeenError",
    "Person",
    "Sandbox",
    "Settings",
    "serving",
]
