"""The sandbox refuses what Telegram refuses, in Telegram's words."""

from typing import Any

import aiohttp
import pytest

from bot.sandbox import Person, Sandbox

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def keyboard(*labels: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": label} for label in labels]]}


async def test_the_bot_learns_who_it_is(bot: Any) -> None:
    me = await bot("getMe")
    assert me["is_bot"] is True
    assert me["id"] == int(bot.token.split(":")[0])


@pytest.mark.parametrize(
    ("token", "status", "text"),
    [("1:wrong", 401, "Unauthorized"), ("nonsense", 404, "Not Found"), ("1000000001:", 404, "Not Found")],
)
async def test_a_wrong_token_opens_nothing(bot: Any, token: str, status: int, text: str) -> None:
    async with bot.http.post(f"{bot.address}/bot{token}/getMe") as response:
        assert (response.status, (await response.json())["description"]) == (status, text)


async def test_an_unknown_method_is_not_found(bot: Any) -> None:
    answer = await bot.answer("sendLove")
    assert (answer["error_code"], answer["description"][:9]) == (404, "Not Found")


async def test_method_names_have_no_case_and_any_encoding_does(bot: Any, layla: Person) -> None:
    address = f"{bot.address}/bot{bot.token}/SENDMESSAGE"
    async with bot.http.get(address, params={"chat_id": layla.user_id, "text": "by address"}) as response:
        assert response.status == 200
    async with bot.http.post(address, data={"chat_id": layla.user_id, "text": "by form"}) as response:
        assert response.status == 200
    form = aiohttp.FormData({"chat_id": str(layla.user_id), "text": "by parts"}, default_to_multipart=True)
    async with bot.http.post(address, data=form) as response:
        assert response.status == 200
    assert [m.text for m in layla.messages if m.from_bot] == ["by address", "by form", "by parts"]


async def test_nobody_is_written_to_before_they_start(bot: Any, sandbox: Sandbox) -> None:
    stranger = sandbox.person("Omar", "ar")
    refusal = await bot.refusal("sendMessage", chat_id=stranger.user_id, text="hello")
    assert refusal == "Forbidden: bot can't initiate conversation with a user"
    assert await bot.refusal("sendMessage", chat_id=99, text="hello") == "Bad Request: chat not found"
    assert await bot.refusal("sendMessage", text="hello") == "Bad Request: chat_id is empty"


async def test_who_blocks_or_leaves_is_out_of_reach(bot: Any, layla: Person) -> None:
    layla.blocks()
    assert (
        await bot.refusal("sendMessage", chat_id=layla.user_id, text="x")
        == "Forbidden: bot was blocked by the user"
    )
    layla.unblocks()
    assert await bot("sendMessage", chat_id=layla.user_id, text="x")
    layla.deletes_account()
    assert (
        await bot.refusal("sendMessage", chat_id=layla.user_id, text="x") == "Forbidden: user is deactivated"
    )


async def test_a_text_has_4096_units_of_utf_16(bot: Any, layla: Person) -> None:
    fits = "😀" * 2048
    assert await bot("sendMessage", chat_id=layla.user_id, text=fits)
    refusal = await bot.refusal("sendMessage", chat_id=layla.user_id, text=fits + "x")
    assert refusal == "Bad Request: message is too long"
    marked = f"<b>{fits}</b>"
    assert await bot("sendMessage", chat_id=layla.user_id, text=marked, parse_mode="HTML")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "Bad Request: message text is empty"),
        (" \n ", "Bad Request: text must be non-empty"),
        ("<b></b>", "Bad Request: text must be non-empty"),
    ],
)
async def test_an_empty_text_is_refused(bot: Any, layla: Person, text: str, refusal: str) -> None:
    assert await bot.refusal("sendMessage", chat_id=layla.user_id, text=text, parse_mode="HTML") == refusal


async def test_message_ids_are_one_rising_sequence_of_both_sides(bot: Any, layla: Person) -> None:
    sent = [(await bot("sendMessage", chat_id=layla.user_id, text=str(n)))["message_id"] for n in range(2)]
    said = layla.says("between")[0].message_id
    after = (await bot("sendMessage", chat_id=layla.user_id, text="after"))["message_id"]
    assert [*sent, said, after] == [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ([], "object expected as reply markup"),
        (
            {"inline_keyboard": [{"text": "x"}]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            {"inline_keyboard": [[{"text": "x"}]]},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"inline_keyboard": [[{"text": "x", "callback_data": ""}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "ي" * 32 + "x"}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "1"}] * 101]}, "reply markup is too long"),
    ],
)
async def test_a_wrong_keyboard_is_refused(bot: Any, layla: Person, markup: Any, refusal: str) -> None:
    given = await bot.refusal("sendMessage", chat_id=layla.user_id, text="x", reply_markup=markup)
    assert given == f"Bad Request: {refusal}"
    assert not [m for m in layla.messages if m.from_bot]


async def test_64_bytes_of_data_go_with_a_button(bot: Any, layla: Person) -> None:
    data = "ي" * 32
    await bot("sendMessage", chat_id=layla.user_id, text="x", reply_markup=keyboard(data))
    assert layla.keyboard(layla.last_message.message_id) == [[(data, data)]]


async def test_an_edit_must_change_something(bot: Any, layla: Person) -> None:
    sent = await bot("sendMessage", chat_id=layla.user_id, text="one", reply_markup=keyboard("a"))
    where = {"chat_id": layla.user_id, "message_id": sent["message_id"]}
    same = await bot.refusal("editMessageText", **where, text=" one ", reply_markup=keyboard("a"))
    assert same == NOT_MODIFIED
    assert await bot.refusal("editMessageReplyMarkup", **where, reply_markup=keyboard("a")) == NOT_MODIFIED
    edited = await bot("editMessageText", **where, text="two")
    assert edited["edit_date"] >= edited["date"]
    assert "reply_markup" not in edited
    assert (layla.last_message.text, layla.last_message.earlier) == ("two", ["one"])


async def test_only_own_living_messages_can_be_edited(bot: Any, layla: Person) -> None:
    where = {"chat_id": layla.user_id}
    own = layla.says("mine")[0].message_id
    assert (
        await bot.refusal("editMessageText", **where, message_id=own, text="x")
        == "Bad Request: message can't be edited"
    )
    gone = "Bad Request: message to edit not found"
    assert await bot.refusal("editMessageText", **where, message_id=99, text="x") == gone
    sent = (await bot("sendMessage", **where, text="x"))["message_id"]
    assert await bot("deleteMessage", **where, message_id=sent) is True
    assert await bot.refusal("editMessageText", **where, message_id=sent, text="y") == gone
    assert (
        await bot.refusal("deleteMessage", **where, message_id=sent)
        == "Bad Request: message to delete not found"
    )


async def test_a_message_that_asks_for_a_reply_cannot_be_edited(bot: Any, layla: Person) -> None:
    sent = await bot("sendMessage", chat_id=layla.user_id, text="x", reply_markup={"force_reply": True})
    refusal = await bot.refusal(
        "editMessageText", chat_id=layla.user_id, message_id=sent["message_id"], text="y"
    )
    assert refusal == "Bad Request: message can't be edited"


async def test_after_two_days_a_message_stays(bot: Any, sandbox: Sandbox, layla: Person) -> None:
    sent = await bot("sendMessage", chat_id=layla.user_id, text="x")
    sandbox.clock.advance(48 * 3600 + 1)
    refusal = await bot.refusal("deleteMessage", chat_id=layla.user_id, message_id=sent["message_id"])
    assert refusal == "Bad Request: message can't be deleted for everyone"


async def test_a_press_is_answered_once(bot: Any, sandbox: Sandbox, layla: Person) -> None:
    await bot("sendMessage", chat_id=layla.user_id, text="x", reply_markup=keyboard("Yes"))
    press = layla.taps("Yes")
    assert (await bot.updates())[0]["callback_query"]["data"] == "Yes"
    assert await bot("answerCallbackQuery", callback_query_id=press, text="Saved", show_alert=True) is True
    answer = await layla.is_answered(press)
    assert (answer.text, answer.show_alert) == ("Saved", True)
    assert await bot.refusal("answerCallbackQuery", callback_query_id=press) == TOO_OLD
    assert [v.kind for v in sandbox.violations] == ["double_callback_answer"]


async def test_a_late_or_invented_answer_is_refused(bot: Any, sandbox: Sandbox, layla: Person) -> None:
    await bot("sendMessage", chat_id=layla.user_id, text="x", reply_markup=keyboard("Yes"))
    press = layla.taps("Yes")
    sandbox.clock.advance(151)
    assert await bot.refusal("answerCallbackQuery", callback_query_id=press) == TOO_OLD
    assert await bot.refusal("answerCallbackQuery", callback_query_id="1") == TOO_OLD
    assert not sandbox.violations


async def test_a_reply_needs_its_message(bot: Any, layla: Person) -> None:
    said = layla.says("what is expected?")[0]
    where = {"chat_id": layla.user_id, "text": "this"}
    sent = await bot("sendMessage", **where, reply_parameters={"message_id": said.message_id})
    assert sent["reply_to_message"]["text"] == "what is expected?"
    missing = {"message_id": 77}
    refusal = await bot.refusal("sendMessage", **where, reply_parameters=missing)
    assert refusal == "Bad Request: message to be replied not found"
    missing["allow_sending_without_reply"] = True
    assert "reply_to_message" not in await bot("sendMessage", **where, reply_parameters=missing)


async def test_a_document_travels_both_ways(bot: Any, layla: Person) -> None:
    words = {"chat_id": str(layla.user_id), "caption": "<b>Report</b>", "parse_mode": "HTML"}
    form = aiohttp.FormData(words, quote_fields=False)
    form.add_field("document", b"report", filename="تقرير.docx", content_type="application/x-report")
    async with bot.http.post(f"{bot.address}/bot{bot.token}/sendDocument", data=form) as response:
        sent = (await response.json())["result"]
    assert sent["document"]["file_name"] == "تقرير.docx"
    assert sent["caption_entities"] == [{"type": "bold", "offset": 0, "length": 6}]
    document = layla.last_message.document
    assert document is not None
    assert document.content == b"report"
    again = await bot("sendDocument", chat_id=layla.user_id, document=sent["document"]["file_id"])
    assert again["document"] == sent["document"]

    layla.sends_document("évidence.pdf", b"%PDF", "application/pdf")
    received = (await bot.updates())[0]["message"]["document"]
    path = (await bot("getFile", file_id=received["file_id"]))["file_path"]
    async with bot.http.get(f"{bot.address}/file/bot{bot.token}/{path}") as response:
        assert await response.read() == b"%PDF"
    async with bot.http.get(f"{bot.address}/file/bot1:wrong/{path}") as response:
        assert response.status == 401


async def test_a_file_over_20_megabytes_cannot_be_fetched(bot: Any, layla: Person) -> None:
    big = layla.sends_document("film.mp4", b"frames", size=20 * 1024 * 1024 + 1).document
    assert big is not None
    assert await bot.refusal("getFile", file_id=big.file_id) == "Bad Request: file is too big"
    assert (
        await bot.refusal("getFile", file_id="x")
        == "Bad Request: wrong file_id or the file is temporarily unavailable"
    )


async def test_a_photo_must_be_a_picture_and_a_caption_short(bot: Any, layla: Person) -> None:
    address = f"{bot.address}/bot{bot.token}/sendPhoto"
    for content, caption, status in ((PIXEL, "y" * 1024, 200), (b"text", "", 400), (PIXEL, "y" * 1025, 400)):
        form = aiohttp.FormData({"chat_id": str(layla.user_id), "caption": caption})
        form.add_field("photo", content, filename="photo.png", content_type="image/png")
        async with bot.http.post(address, data=form) as response:
            assert response.status == status
    assert layla.last_message.media == {"photo": [layla.last_message.as_telegram()["photo"][0]]}


async def test_a_reaction_and_an_action(bot: Any, layla: Person) -> None:
    said = layla.says("done")[0]
    where = {"chat_id": layla.user_id, "message_id": said.message_id}
    assert await bot("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "👍"}]) is True
    assert said.reaction == "👍"
    refusal = await bot.refusal("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "🧾"}])
    assert refusal == "Bad Request: REACTION_INVALID"
    assert await bot("sendChatAction", chat_id=layla.user_id, action="typing") is True
    assert (
        await bot.refusal("sendChatAction", chat_id=layla.user_id, action="dancing")
        == "Bad Request: wrong parameter action in request"
    )


async def test_commands_go_by_scope_and_language(bot: Any, sandbox: Sandbox, layla: Person) -> None:
    def commands(name: str) -> list[dict[str, str]]:
        return [{"command": name, "description": f"about {name}"}]

    await bot("setMyCommands", commands=commands("help"))
    await bot("setMyCommands", commands=commands("sections"), language_code="ar")
    assert sandbox.profile.commands_for(layla.user_id, "ar") == commands("sections")
    chat = {"type": "chat", "chat_id": layla.user_id}
    await bot("setMyCommands", commands=commands("status"), scope=chat)
    assert sandbox.profile.commands_for(layla.user_id, "ar") == commands("status")
    await bot("deleteMyCommands", scope=chat)
    assert await bot("getMyCommands", scope=chat) == []
    assert await bot("getMyCommands", language_code="ar") == commands("sections")
    assert await bot.refusal("setMyCommands", commands=commands("Help")) == "Bad Request: BOT_COMMAND_INVALID"
    stranger = {"type": "chat", "chat_id": 5}
    assert await bot.refusal("setMyCommands", commands=[], scope=stranger) == "Bad Request: chat not found"


async def test_names_and_descriptions(bot: Any) -> None:
    await bot("setMyName", name="رفيق", language_code="ar")
    await bot("setMyDescription", description="A companion")
    await bot("setMyShortDescription", short_description="Short")
    assert await bot("getMyName", language_code="ar") == {"name": "رفيق"}
    assert await bot("getMyName") == {"name": "Rafiq"}
    assert await bot("getMyDescription", language_code="fr") == {"description": "A companion"}
    assert await bot("getMyShortDescription") == {"short_description": "Short"}
    assert not (await bot.answer("setMyName", name="x" * 65))["ok"]


async def test_the_pace_is_counted_not_refused(bot: Any, sandbox: Sandbox, layla: Person) -> None:
    for n in range(3):
        await bot("sendMessage", chat_id=layla.user_id, text=str(n))
    assert sandbox.tally.sends == 3
    assert sandbox.tally.sends_faster_than_one_a_second_per_chat == 2


async def test_a_broken_body_is_refused(bot: Any) -> None:
    address = f"{bot.address}/bot{bot.token}/sendMessage"
    for kind, body in (
        ("application/json", b"{"),
        ("application/json", b"[]"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("multipart/form-data", b""),
    ):
        async with bot.http.post(address, data=body, headers={"Content-Type": kind}) as response:
            assert (response.status, (await response.json())["ok"]) == (400, False)


async def test_a_group_can_be_left_and_a_person_not(bot: Any, sandbox: Sandbox, layla: Person) -> None:
    layla.says_in_group("hello all")
    group = sandbox.group()
    assert (await bot.updates())[0]["message"]["chat"] == group.description
    assert await bot("sendMessage", chat_id=group.chat_id, text="Bye.")
    assert await bot("leaveChat", chat_id=group.chat_id) is True
    refusal = await bot.refusal("sendMessage", chat_id=group.chat_id, text="again")
    assert refusal == "Forbidden: bot is not a member of the group chat"
    assert not (await bot.answer("leaveChat", chat_id=layla.user_id))["ok"]
