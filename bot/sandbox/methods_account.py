"""The Bot API's methods about the bot itself, its files and its webhook."""

from typing import TYPE_CHECKING, Any

from bot.sandbox.files import MAX_DOWNLOAD_BYTES
from bot.sandbox.parameters import Parameters
from bot.sandbox.profile import scope_key
from bot.sandbox.refusals import RefusedError, bad_request

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox


def get_me(sandbox: "Sandbox", _: Parameters) -> Any:
    """`getMe`."""
    return sandbox.bot_user | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_file(sandbox: "Sandbox", p: Parameters) -> Any:
    """`getFile`: the path to download from, up to 20 MB."""
    file_id = p.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = sandbox.files.get(file_id)
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


def allow_updates(sandbox: "Sandbox", p: Parameters) -> None:
    """Take over the `allowed_updates` of a call; missing or broken ones change nothing."""
    if "allowed_updates" not in p.values:
        return
    try:
        wanted = p.structure("allowed_updates", "allowed updates")
    except RefusedError:
        return
    if isinstance(wanted, list) and all(isinstance(kind, str) for kind in wanted):
        sandbox.updates.allow(wanted)


def set_webhook(sandbox: "Sandbox", p: Parameters) -> Any:
    """`setWebhook`, which turns a waiting poll away."""
    sandbox.webhook.set(p)
    allow_updates(sandbox, p)
    if sandbox.webhook.url:
        sandbox.app.poller.give_way_to_webhook()
    return True


def delete_webhook(sandbox: "Sandbox", p: Parameters) -> Any:
    """`deleteWebhook`."""
    sandbox.webhook.set(Parameters({"drop_pending_updates": p.boolean("drop_pending_updates")}))
    return True


def get_webhook_info(sandbox: "Sandbox", _: Parameters) -> Any:
    """`getWebhookInfo`."""
    return sandbox.webhook.info()


def _scope(sandbox: "Sandbox", p: Parameters) -> str:
    scope = p.structure("scope", "BotCommandScope")
    key = scope_key(scope)
    if ":" in key and key.split(":")[1] not in {str(chat_id) for chat_id in sandbox.chats}:
        raise bad_request("chat not found")
    return key


def set_my_commands(sandbox: "Sandbox", p: Parameters) -> Any:
    """`setMyCommands`."""
    commands = p.structure("commands", "commands") or []
    sandbox.profile.set_commands(_scope(sandbox, p), p.text("language_code"), commands)
    sandbox.journal.add("commands", dict)
    return True


def get_my_commands(sandbox: "Sandbox", p: Parameters) -> Any:
    """`getMyCommands`."""
    return sandbox.profile.commands(_scope(sandbox, p), p.text("language_code"))


def delete_my_commands(sandbox: "Sandbox", p: Parameters) -> Any:
    """`deleteMyCommands`."""
    sandbox.profile.set_commands(_scope(sandbox, p), p.text("language_code"), [])
    sandbox.journal.add("commands", dict)
    return True


def set_my_name(sandbox: "Sandbox", p: Parameters) -> Any:
    """`setMyName`."""
    sandbox.profile.set_text("name", p.text("language_code"), p.text("name"))
    return True


def set_my_description(sandbox: "Sandbox", p: Parameters) -> Any:
    """`setMyDescription`."""
    sandbox.profile.set_text("description", p.text("language_code"), p.text("description"))
    sandbox.journal.add("description", dict)
    return True


def set_my_short_description(sandbox: "Sandbox", p: Parameters) -> Any:
    """`setMyShortDescription`."""
    sandbox.profile.set_text("short_description", p.text("language_code"), p.text("short_description"))
    return True


def get_my_name(sandbox: "Sandbox", p: Parameters) -> Any:
    """`getMyName`."""
    return {"name": sandbox.profile.text("name", p.text("language_code"))}


def get_my_description(sandbox: "Sandbox", p: Parameters) -> Any:
    """`getMyDescription`."""
    return {"description": sandbox.profile.text("description", p.text("language_code"))}


def get_my_short_description(sandbox: "Sandbox", p: Parameters) -> Any:
    """`getMyShortDescription`."""
    return {"short_description": sandbox.profile.text("short_description", p.text("language_code"))}
