"""Judge the `reply_markup` of a call as Telegram does."""

from typing import Any

from bot.sandbox.refusals import bad_request

MAX_BUTTON_DATA_BYTES = 64
MAX_BUTTONS = 100
_STYLES = {"", "default", "primary", "success", "danger"}
_OTHER_KINDS = (
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)

Keyboard = dict[str, Any]


def judged(markup: Any) -> Keyboard | None:
    """Return the keyboard to keep with a message, None when there is none; refuse a wrong one."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is not None:
        return _inline(rows)
    if markup.get("keyboard"):
        return _reply(markup)
    if markup.get("remove_keyboard") is True or markup.get("force_reply") is True:
        return markup
    return None


def _inline(rows: Any) -> Keyboard | None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    kept = [row for row in rows if row]
    count = 0
    for row in kept:
        for button in row:
            _judge_button(button)
        count += len(row)
    if count > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _judge_button(button: Any) -> None:
    wrong = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(wrong + "InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(wrong + 'Can\'t find field "text"')
    if str(button.get("style", "")) not in _STYLES:
        raise bad_request(wrong + "invalid button style specified")
    data = button.get("callback_data")
    if data is not None and not isinstance(data, str):
        raise bad_request(wrong + 'Field "callback_data" must be of type String')
    if not text.strip():
        raise bad_request(
            "BUTTON_TEXT_EMPTY" if data else "text buttons are unallowed in the inline keyboard"
        )
    if not button.get("url"):
        _judge_kind(button, data, wrong)


def _judge_kind(button: dict[str, Any], data: str | None, wrong: str) -> None:
    if data:
        if len(data.encode()) > MAX_BUTTON_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif data == "":
        raise bad_request("BUTTON_DATA_INVALID")
    elif not any(kind in button for kind in _OTHER_KINDS):
        raise bad_request(wrong + "Text buttons are unallowed in the inline keyboard")


def _reply(markup: Keyboard) -> Keyboard:
    rows = markup["keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" must be an Array of Arrays')
    for button in (button for row in rows for button in row):
        label = button.get("text") if isinstance(button, dict) else button
        if not isinstance(label, str) or not label.strip():
            raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    return markup


def is_inline(markup: Keyboard | None) -> bool:
    """Whether a message with this markup can be edited: it has none or inline buttons."""
    return markup is None or "inline_keyboard" in markup
