"""What Telegram shows around the chat: the bot's name, what it is for, and the commands of each role and language."""

from bot.render.commands import ROLES, commands
from bot.render.voice import Voice
from workflows.languages import LANGUAGES, Language

NAME_LIMIT, SHORT_LIMIT, DESCRIPTION_LIMIT = 64, 120, 512
"""Telegram's limits in characters, for setMyName, setMyShortDescription and setMyDescription."""

__all__ = ["LANGUAGES", "ROLES", "bot_commands", "bot_description", "bot_name", "bot_short_description"]


def bot_commands(role: str, language: Language) -> list[dict[str, str]]:
    """The menu of a role for setMyCommands; the empty role is for people who are not known."""
    voice = Voice(language)
    return [{"command": name, "description": voice.gettext(about)} for name, about in commands(role)]


def bot_name(language: Language) -> str:
    """The bot's name for setMyName."""
    return Voice(language).pgettext("the bot's name", "Rafiq")


def bot_description(language: Language) -> str:
    """What stands in an empty chat, for setMyDescription."""
    return Voice(language).gettext(
        "Rafiq accompanies national focal points in the Arab region through the review of the Global Compact for "
        "Migration: question by question, in Arabic, English or French. Coming in takes an invitation from the "
        "secretariat. Please send no classified text in this chat."
    )


def bot_short_description(language: Language) -> str:
    """What stands on the bot's profile, for setMyShortDescription."""
    return Voice(language).gettext("A companion to the national review of the Global Compact for Migration")
