"""How the bot presents itself: its names, descriptions and commands per language and scope."""

import re
from typing import Any

from bot.sandbox.refusals import bad_request

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_PLAIN_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
_CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}
LIMITS = {"name": 64, "description": 512, "short_description": 120}
MAX_COMMANDS = 100
MAX_ABOUT = 256

Commands = list[dict[str, str]]


class Profile:
    """Keep what the `setMy…` methods said."""

    def __init__(self, name: str) -> None:
        self._texts: dict[tuple[str, str], str] = {("name", ""): name}
        self._commands: dict[tuple[str, str], Commands] = {}

    def set_text(self, field: str, language: str, text: str) -> None:
        """Set a name or description; an empty text removes the one of a language."""
        _judge_language(language)
        if len(text) > LIMITS[field]:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        if text:
            self._texts[field, language] = text
        elif language or field != "name":
            self._texts.pop((field, language), None)

    def text(self, field: str, language: str) -> str:
        """The text for a language, else the general one."""
        return self._texts.get((field, language)) or self._texts.get((field, ""), "")

    def set_commands(self, scope: str, language: str, commands: Any) -> None:
        """Set the commands of a scope and language; none removes them."""
        _judge_language(language)
        judged = _judged_commands(commands)
        if judged:
            self._commands[scope, language] = judged
        else:
            self._commands.pop((scope, language), None)

    def commands(self, scope: str, language: str) -> Commands:
        """Exactly what was set for a scope and language."""
        return self._commands.get((scope, language), [])

    def commands_for(self, chat_id: int, language: str) -> Commands:
        """What a person in a private chat is offered: the narrowest scope first, own language first."""
        for scope in (f"chat:{chat_id}", "all_private_chats", "default"):
            for tongue in (language, ""):
                found = self._commands.get((scope, tongue))
                if found:
                    return found
        return []


def scope_key(scope: Any) -> str:
    """The name a scope is kept under; refuse an unknown one."""
    if scope is None:
        return "default"
    if not isinstance(scope, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = str(scope.get("type", ""))
    if kind in _PLAIN_SCOPES:
        return kind
    if kind not in _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if not scope.get("chat_id"):
        raise bad_request("can't parse BotCommandScope: Empty chat_id specified")
    return f"{kind}:{scope['chat_id']}" + (f":{scope.get('user_id')}" if kind == "chat_member" else "")


def _judge_language(language: str) -> None:
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")


def _judged_commands(commands: Any) -> Commands:
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    kept = []
    for command in commands:
        if not isinstance(command, dict):
            raise bad_request("can't parse BotCommand: expected an Object")
        name, about = command.get("command"), command.get("description")
        if not isinstance(name, str) or not isinstance(about, str):
            missing = "description" if isinstance(name, str) else "command"
            raise bad_request(f"can't parse BotCommand: Can't find field \"{missing}\"")
        name, about = name.removeprefix("/"), about.strip()
        if not _COMMAND.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(about) <= MAX_ABOUT:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        kept.append({"command": name, "description": about})
    return kept
