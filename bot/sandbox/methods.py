"""The table of the Bot API's methods that the sandbox knows; `getUpdates` is in `polling.py`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.sandbox import methods_account as account
from bot.sandbox import methods_messages as messages
from bot.sandbox.parameters import Parameters

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

Method = Callable[["Sandbox", Parameters], Any]

METHODS: dict[str, Method] = {
    "getme": account.get_me,
    "sendmessage": messages.send_message,
    "editmessagetext": messages.edit_message_text,
    "editmessagecaption": messages.edit_message_caption,
    "editmessagereplymarkup": messages.edit_message_reply_markup,
    "deletemessage": messages.delete_message,
    "answercallbackquery": messages.answer_callback_query,
    "senddocument": messages.send_document,
    "sendphoto": messages.send_photo,
    "sendchataction": messages.send_chat_action,
    "setmessagereaction": messages.set_message_reaction,
    "createforumtopic": messages.create_forum_topic,
    "leavechat": messages.leave_chat,
    "getfile": account.get_file,
    "setwebhook": account.set_webhook,
    "deletewebhook": account.delete_webhook,
    "getwebhookinfo": account.get_webhook_info,
    "setmycommands": account.set_my_commands,
    "getmycommands": account.get_my_commands,
    "deletemycommands": account.delete_my_commands,
    "setmyname": account.set_my_name,
    "getmyname": account.get_my_name,
    "setmydescription": account.set_my_description,
    "getmydescription": account.get_my_description,
    "setmyshortdescription": account.set_my_short_description,
    "getmyshortdescription": account.get_my_short_description,
}
