"""A supergroup with topics is as strict with the bot as Telegram's, and tells it what Telegram would tell."""

from typing import Any

import pytest

from bot.sandbox import Forum, Person, Sandbox


@pytest.fixture
def forum(sandbox: Sandbox, layla: Person) -> Forum:
    """A forum into which Layla has brought the bot, as an administrator who may manage topics."""
    forum = sandbox.forum("An office")
    forum.adds_bot(layla)
    forum.promotes_bot(layla)
    return forum


async def test_a_topic_is_opened_written_to_and_gone(bot: Any, forum: Forum) -> None:
    made = await bot("createForumTopic", chat_id=forum.chat_id, name="Layla")
    number = made["message_thread_id"]
    assert made == {"message_thread_id": number, "name": "Layla", "icon_color": 7322096}
    message = await bot("sendMessage", chat_id=forum.chat_id, text="hello", message_thread_id=number)
    assert (message["message_thread_id"], message["is_topic_message"]) == (number, True)
    assert "message_thread_id" not in await bot("sendMessage", chat_id=forum.chat_id, text="general")
    gone = "Bad Request: message thread not found"
    for unknown in (1, 999):
        assert (
            await bot.refusal("sendMessage", chat_id=forum.chat_id, text="x", message_thread_id=unknown)
            == gone
        )
    forum.topics[number].deleted = True
    assert await bot.refusal("sendMessage", chat_id=forum.chat_id, text="x", message_thread_id=number) == gone


async def test_who_may_not_open_topics_is_told_why(
    bot: Any, sandbox: Sandbox, forum: Forum, layla: Person
) -> None:
    async def refused(chat_id: int, name: str = "x") -> str:
        return str(await bot.refusal("createForumTopic", chat_id=chat_id, name=name))

    assert await refused(forum.chat_id, "") == "Bad Request: topic name must be non-empty"
    assert await refused(forum.chat_id, "x" * 129) == "Bad Request: TOPIC_TITLE_INVALID"
    opened = forum.opens_topic(layla, "Mine")
    forum.topics[opened].closed = True
    assert await bot("sendMessage", chat_id=forum.chat_id, text="x", message_thread_id=opened)
    forum.promotes_bot(layla, topics=False)
    assert await refused(forum.chat_id) == "Bad Request: not enough rights to create a topic"
    closed = await bot.refusal("sendMessage", chat_id=forum.chat_id, text="x", message_thread_id=opened)
    assert closed == "Bad Request: TOPIC_CLOSED"
    group = sandbox.group("No forum")
    assert await refused(group.chat_id) == "Bad Request: the chat is not a forum"
    assert await refused(layla.user_id) == "Bad Request: the chat is not a forum"
    forum.removes_bot(layla)
    assert await refused(forum.chat_id) == "Forbidden: bot was kicked from the supergroup chat"
    forum.is_destroyed()
    assert await refused(forum.chat_id) == "Forbidden: the group chat was deleted"


async def test_the_bot_is_told_of_its_place_and_reads_along_as_an_administrator_only(
    bot: Any, sandbox: Sandbox, layla: Person
) -> None:
    forum = sandbox.forum("An office")
    forum.adds_bot(layla)
    forum.says(layla, "not for the bot")
    forum.says(layla, "/connect")
    asked = await bot("sendMessage", chat_id=forum.chat_id, text="?")
    forum.says(layla, "an answer", reply_to=asked["message_id"])
    forum.promotes_bot(layla)
    number = forum.opens_topic(layla, "Topic")
    forum.says(layla, "in a topic", topic=number)
    await bot("leaveChat", chat_id=forum.chat_id)
    forum.says(layla, "alone")
    updates = await bot.updates()
    statuses = [each["my_chat_member"] for each in updates if "my_chat_member" in each]
    assert [each["new_chat_member"]["status"] for each in statuses] == ["member", "administrator", "left"]
    assert statuses[1]["new_chat_member"]["can_manage_topics"] is True
    said = [each["message"] for each in updates if "message" in each]
    assert [each.get("text") for each in said] == [None, "/connect", "an answer", "in a topic"]
    assert said[0]["new_chat_members"][0]["id"] == sandbox.bot_user["id"]
    assert said[-1]["is_topic_message"]
    assert said[-1]["message_thread_id"] == number
    assert said[-1]["reply_to_message"]["forum_topic_created"]["name"] == "Topic"
    assert said[-1]["chat"]["is_forum"] is True


async def test_a_group_that_outgrows_itself_has_another_number(
    bot: Any, sandbox: Sandbox, layla: Person
) -> None:
    group = sandbox.group("Small")
    forum = sandbox.outgrows(group, layla)
    to, origin = [each["message"] for each in await bot.updates()]
    assert (to["chat"]["id"], to["migrate_to_chat_id"]) == (group.chat_id, forum.chat_id)
    assert (origin["chat"]["id"], origin["migrate_from_chat_id"]) == (forum.chat_id, group.chat_id)
    refused = await bot.answer("sendMessage", chat_id=group.chat_id, text="x")
    assert refused["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert refused["parameters"] == {"migrate_to_chat_id": forum.chat_id}


async def test_more_than_twenty_messages_a_minute_to_a_group_are_noted(bot: Any, forum: Forum) -> None:
    for number in range(21):
        assert len(forum.sandbox.violations) == 0
        await bot("sendMessage", chat_id=forum.chat_id, text=str(number))
    assert [each.kind for each in forum.sandbox.violations] == ["group_pace"]
