"""What Telegram shows around the chat, set where it differs from ours; a failure here never stops the bot."""

from typing import Any, Final

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot.menus import LANGUAGES, bot_commands, bot_description, bot_name, bot_short_description
from workflows.languages import Language
from workflows.notices import AccessEnded, Erased, LanguageSet, Welcome
from workflows.notices.inputs import InputAsk
from workflows.notices.people_desk import PlaceClosed
from workflows.store.values import Letter

DEFAULT_LANGUAGE: Final[Language] = "ar"

log = structlog.stdlib.get_logger(__name__)


async def present(bot: Bot) -> None:
    """Set name, descriptions and the strangers' commands in each language, and without one in Arabic."""
    for language, code in [(DEFAULT_LANGUAGE, ""), *((language, language) for language in LANGUAGES)]:
        try:
            await _present_in(bot, language, code)
        except TelegramError as error:
            log.warning("profile_not_set", language=code, error=type(error).__name__)


async def _present_in(bot: Bot, language: Language, code: str) -> None:
    name, description, short = bot_name(language), bot_description(language), bot_short_description(language)
    if (await bot.get_my_name(code)).name != name:
        await bot.set_my_name(name, code)
    if (await bot.get_my_description(code)).description != description:
        await bot.set_my_description(description, code)
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)
    scope = BotCommandScopeAllPrivateChats()
    commands = tuple(
        BotCommand(command["command"], command["description"]) for command in bot_commands("", language)
    )
    if await bot.get_my_commands(scope, code) != commands:
        await bot.set_my_commands(commands, scope, code)


def menu_call(letter: Letter) -> tuple[str, dict[str, Any]] | None:
    """The call that gives a chat the commands of its person, once a letter says that they have changed."""
    scope = {"type": "chat", "chat_id": letter.chat_id}
    match letter.notice:
        case Welcome(role=role) | LanguageSet(role=role) | AccessEnded(role=role) | PlaceClosed(role=role):
            return "setMyCommands", {"scope": scope, "commands": bot_commands(role, letter.language)}
        case InputAsk(news="begun"):
            return "setMyCommands", {"scope": scope, "commands": bot_commands("stakeholder", letter.language)}
        case Erased():
            return "deleteMyCommands", {"scope": scope}
    return None
