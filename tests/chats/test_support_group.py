"""An office's group: connected by its people, a topic for each who asks, answers by reply, nothing lost without it."""

from datetime import timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from bot.ingress.leaving import Leaving
from bot.limits import GROUP_PACE
from bot.sandbox import Forum, Message, Person
from tests.chats.telling import CYCLE, OPEN, Region, bare, everything, heard, labels_of, newest, until, voice
from tests.chats.test_support import QUESTION, SECRET, asks, audited, requests, supporter
from workflows.languages import Language
from workflows.people.roles import Office

EVERYBODY = "Everybody in this group will read the requests of Lebanon to: United Nations country team."


def said(forum: Forum) -> list[Message]:
    """The bot's words in a group, without the openings of topics."""
    return [each for each in forum.messages if each.from_bot and each.text]


def last(forum: Forum) -> str:
    """The bot's last words in a group."""
    return bare(said(forum)[-1].text)


def all_said(forum: Forum) -> str:
    """Everything that the bot ever showed in a group."""
    shown = [word for each in said(forum) for word in (each.text, *each.earlier, *labels_of(each))]
    return bare("\n".join([*shown, *(topic.name for topic in forum.topics.values())]))


def card(forum: Forum) -> Message:
    """The newest card of a request in a group."""
    return next(each for each in reversed(said(forum)) if each.rows)


def topic_of(message: Message) -> int:
    """The topic in which a message stands; 0 outside all."""
    return int((message.more or {}).get("message_thread_id", 0))


def has_left(forum: Forum) -> bool:
    """Whether the bot has left a group."""
    return forum.bot_status == "left"


def has_said(forum: Forum, count: int) -> bool:
    """Whether the bot has said so many things in a group."""
    return len(said(forum)) == count


async def connected(
    region: Region, by: Person, title: str = "UN in Lebanon", *, topics: bool = True
) -> Forum:
    """A group of an office, connected by one of its people."""
    forum = region.sandbox.forum(title)
    forum.adds_bot(by)
    forum.promotes_bot(by, topics=topics)
    await says(region, forum, by, "/connect")
    return forum


async def says(region: Region, forum: Forum, by: Person, text: str, **where: int) -> Message:
    """Somebody writes in a group, and the bot has dealt with it."""
    message = forum.says(by, text, **where)
    await region.rests()
    return message


async def presses(region: Region, forum: Forum, by: Person, button: str) -> str:
    """Somebody presses a key of the newest card in a group; gives the line over the chat."""
    answer = await by.is_answered(forum.presses(by, card(forum).message_id, button))
    await region.rests()
    return answer.text


@pytest.fixture
async def hana(region: Region) -> Person:
    """A supporter of the UN country team in Lebanon."""
    return await supporter(region, "un_team")


@pytest.fixture
async def layla(region: Region) -> Person:
    """A focal point of Lebanon."""
    return await region.focal_point("LB", "en")


# --- the way of a request --------------------------------------------------------------------------------------------


async def test_a_request_is_answered_in_its_topic_and_closed_on_both_sides(
    region: Region, hana: Person, layla: Person
) -> None:
    forum = region.sandbox.forum("UN in Lebanon")
    forum.adds_bot(hana)
    await region.rests()
    assert "will then read the requests of Lebanon to: United Nations country team" in last(forum)
    forum.promotes_bot(hana)
    await says(region, forum, hana, "/connect@rafiq_bot")
    assert EVERYBODY in last(forum)
    await region.says(layla, "/ask")
    await region.says(layla, QUESTION)
    assert "everybody in that group reads it" in newest(layla)
    await region.presses(layla, "Data and figures")
    assert "everybody in that group reads it" in newest(layla)
    (topic,) = forum.topics.values()
    assert topic.name == "Lebanon · Layla Haddad"
    first = card(forum)
    assert topic_of(first) == topic.topic_id
    assert labels_of(first) == ["👤 Take it", "Close it"]
    assert QUESTION in first.text
    assert "Asked by: Layla Haddad, national focal point" in bare(first.text)
    assert heard(hana, QUESTION), "the private desk is told as before"
    assert await presses(region, forum, hana, "👤 Take it") == ""
    assert "In the hands of: Hana Salem" in bare(first.text)
    assert labels_of(first) == ["Close it"]
    assert QUESTION in first.text, "a card that is drawn in its place keeps the question"
    await says(region, forum, hana, "Shall we ask our colleagues in Amman?", topic=topic.topic_id)
    assert "Amman" not in everything([layla]), "what colleagues say to each other stays"
    answer = {"topic": topic.topic_id, "reply_to": first.message_id}
    await says(region, forum, hana, "Give its title and date first.", **answer)
    assert "United Nations country team has answered your request." in newest(layla)
    assert "Give its title and date first." in newest(layla)
    assert "Hana" not in everything([layla])
    assert "Request 1: your answer has gone out" in last(forum)
    assert topic_of(said(forum)[-1]) == topic.topic_id
    await region.presses(layla, "Ask further")
    await region.says(layla, "And who signed it?")
    assert "Something was added to a request" in last(forum)
    assert "And who signed it?" in last(forum)
    await asks(region, layla, "How old may our figures for the north be?")
    assert len(forum.topics) == 1
    assert topic_of(card(forum)) == topic.topic_id
    await says(region, forum, hana, "/close", topic=topic.topic_id)
    assert "Which request is meant?" in last(forum)
    assert "Open here: 1, 2" in last(forum)
    await says(region, forum, hana, "/close", **answer)
    assert "Your request was closed by the office" in newest(layla)
    assert "A request was closed" in last(forum)
    await says(region, forum, hana, "/close", topic=topic.topic_id)
    assert [each.state for each in await requests(region)] == ["closed", "closed"]
    assert region.sandbox.violations == []
    assert [outcome for _, outcome in await audited(region, "connect_group")] == ["connected for un_team"]


async def test_close_with_a_number_closes_that_request_and_no_other(
    region: Region, hana: Person, layla: Person
) -> None:
    forum = await connected(region, hana)
    await asks(region, layla)
    await asks(region, layla, "How old may our figures for the north be?")
    (topic,) = forum.topics
    await says(region, forum, hana, "/close", topic=topic)
    assert "or with its number. Open here: 1, 2" in last(forum)
    await says(region, forum, hana, "/close 1", topic=topic)
    assert "Your request was closed by the office" in newest(layla)
    assert sorted((each.id, each.state) for each in await requests(region)) == [(1, "closed"), (2, "open")]
    await says(region, forum, hana, "/close 1", topic=topic)
    assert "Open here: 2" in last(forum)
    await says(region, forum, hana, "/close ٢", topic=topic)
    assert {each.state for each in await requests(region)} == {"closed"}


async def test_a_closed_request_is_not_opened_by_a_reply(region: Region, hana: Person, layla: Person) -> None:
    forum = await connected(region, hana)
    await asks(region, layla)
    first = card(forum)
    await says(region, forum, hana, "/close", reply_to=first.message_id)
    for closed in (first.message_id, card(forum).message_id):
        for words, told in (
            ("One thing more.", "Nothing was sent: request 1 is closed."),
            ("/close", "Request 1 was closed before."),
        ):
            await says(region, forum, hana, words, topic=topic_of(first), reply_to=closed)
            assert told in last(forum)
    assert "One thing more." not in everything([layla])
    assert await presses(region, forum, hana, "📄 Show the request") == ""
    assert [each.state for each in await requests(region)] == ["closed"]


async def test_what_happens_in_private_is_told_in_the_group(
    region: Region, hana: Person, layla: Person
) -> None:
    forum = await connected(region, hana)
    await asks(region, layla)
    await region.presses(hana, "👤 Take it")
    assert "A colleague has taken a request in hand" in last(forum)
    await region.presses(hana, "✍️ Answer")
    await region.says(hana, "By its date.")
    assert "A request was answered elsewhere" in last(forum)
    assert "By its date." in last(forum)
    await region.presses(layla, "Thank you, close it")
    assert "A request was closed" in last(forum)
    await region.presses(layla, "Open it again")
    assert "A request was opened again" in last(forum)
    await region.presses(hana, "Close it")
    assert "A request was closed" in last(forum)


@pytest.mark.parametrize("language", ["ar", "fr"])
async def test_a_group_speaks_the_language_of_who_connected_it(region: Region, language: Language) -> None:
    omar = await supporter(region, "un_team", language=language, name="Omar Nasr")
    layla = await region.focal_point("LB", "en")
    forum = await connected(region, omar)
    say = voice(language).gettext
    assert bare(
        say(
            "This group is connected: requests for support now arrive here, a topic for each person who asks."
        )
    ) in (last(forum))
    await asks(region, layla)
    assert bare(say("📩 A new request")) in last(forum)
    assert next(iter(forum.topics.values())).name.startswith(voice(language).country_name("LB"))
    await says(region, forum, omar, "نعم oui", reply_to=card(forum).message_id)
    assert heard(layla, "نعم oui")


async def another_group(region: Region) -> Forum:
    """A group of another office of Lebanon: whoever asks from now on is told that a group may read it."""
    return await connected(region, await supporter(region, "iom_country", name="Sara Nasr"), "IOM in Lebanon")


async def test_only_what_was_asked_by_who_knew_of_groups_is_brought_into_one(
    region: Region, hana: Person, layla: Person
) -> None:
    await asks(region, layla, "Who wrote our first law on this?")
    other = await another_group(region)
    await asks(region, layla)
    omar = await region.focal_point("JO", "en", "Omar Saleh")
    await asks(region, omar, "Which law of ours is meant?")
    forum = await connected(region, hana)
    assert QUESTION in last(forum)
    assert "Which law" not in all_said(forum), "another country's"
    await region.later(timedelta(days=2))
    assert await region.house.beats.escalate() == 3
    await region.rests()
    assert QUESTION in all_said(other)
    assert "first law" not in all_said(forum) + all_said(other), "its asker knew of no group"
    assert heard(hana, "first law")


@pytest.mark.parametrize("known", [True, False])
async def test_who_asked_hears_of_a_group_when_the_request_moves_there(
    region: Region, hana: Person, layla: Person, *, known: bool
) -> None:
    omar = await supporter(region, "iom_country", name="Omar Nasr")
    if known:
        await connected(region, hana)
    await asks(region, layla)
    theirs = await connected(region, omar, "IOM in Lebanon")
    await region.later(timedelta(days=2))
    assert await region.house.beats.escalate() == 1
    await region.rests()
    assert "Now told: IOM country office" in newest(layla)
    assert ("everybody in that group reads it" in newest(layla)) is known
    assert (QUESTION in all_said(theirs)) is known


async def test_an_attached_answer_of_the_review_is_never_shown_in_a_group(
    region: Region, hana: Person, layla: Person
) -> None:
    forum = await connected(region, hana)
    await region.opens(layla, OPEN)
    await region.says(layla, SECRET)
    await region.opens(layla, OPEN)
    await region.presses(layla, "⋯ More")
    await region.presses(layla, "🙋 Ask for help with this question")
    await region.says(layla, QUESTION)
    await region.presses(layla, "Drafting an answer")
    await region.presses(layla, "📎 Attach this answer")
    assert SECRET in everything([hana])
    assert "It is not shown in a group" in last(forum)
    assert SECRET not in all_said(forum)


async def test_silence_moves_a_request_from_group_to_group(
    region: Region, hana: Person, layla: Person
) -> None:
    omar = await supporter(region, "iom_country", name="Omar Nasr")
    mine, theirs = await connected(region, hana), await connected(region, omar, "IOM in Lebanon")
    await asks(region, layla)
    await region.later(timedelta(days=2))
    assert await region.house.beats.escalate() == 1
    await region.rests()
    assert "A request has passed on to: IOM country office" in last(mine)
    assert "not answered within two working days" in last(theirs)
    first = next(each for each in said(mine) if each.rows)
    await says(region, mine, hana, "too late", reply_to=first.message_id)
    assert "Nothing was sent" in last(mine)
    assert "too late" not in everything([layla])


# --- who may ---------------------------------------------------------------------------------------------------------


async def test_nobody_without_a_place_connects_a_group(region: Region, layla: Person) -> None:
    stranger = region.sandbox.person("A Stranger", "en")
    for who in (layla, stranger):
        forum = region.sandbox.forum("Friends")
        forum.adds_bot(who)
        await until(partial(has_left, forum))
        await region.rests()
        forum.bot_status = "member"
        await says(region, forum, who, "/connect")
        await until(partial(has_left, forum))
        assert said(forum) == []
    async with region.store.reading() as work:
        assert await work.support.groups() == []
    assert [outcome for _, outcome in await audited(region, "connect_group")] == ["denied", "denied"]


async def test_only_replies_of_the_offices_people_are_forwarded(
    region: Region, hana: Person, layla: Person
) -> None:
    nour = await supporter(region, "un_team", "JO", "Nour Saad")
    forum = await connected(region, hana)
    await asks(region, layla)
    stranger = region.sandbox.person("A Stranger", "en")
    before, shown = len(said(forum)), card(forum)
    for who in (stranger, nour, layla):
        await says(region, forum, who, "words of nobody", reply_to=shown.message_id, topic=topic_of(shown))
        await presses(region, forum, who, "Close it")
        for command in ("/close", "/disconnect", "/connect@another_bot"):
            await says(region, forum, who, command, reply_to=shown.message_id)
    assert "words of nobody" not in everything([layla, hana])
    assert [each.state for each in await requests(region)] == ["open"]
    team = "United Nations country team"
    ends = "Somebody of that office, or of the secretariat, can end that connection first: /disconnect"
    assert [bare(each.text) for each in said(forum)[before:]] == [
        f"Nothing was sent: only people of this office whom Rafiq knows can answer here: {team}.",
        "Nothing was sent: no request that you can answer belongs to this message.",
        "Nothing was closed: no request that you can answer is meant by this.",
        f"Nothing was changed: this group already reads the requests of Lebanon to: {team}.\n\n{ends}",
    ], "one line for each act of a supporter of another country, one an hour for all others"
    assert await presses(region, forum, stranger, "👤 Take it") == ""
    assert "In the hands" not in all_said(forum)
    async with region.store.reading() as work:
        assert [each.chat_id for each in await work.support.groups()] == [forum.chat_id]


async def test_no_office_takes_over_the_group_of_another(region: Region, hana: Person, layla: Person) -> None:
    forum, sam = await connected(region, hana), await region.officer()
    sara = await supporter(region, "iom_country", name="Sara Nasr")
    for who in (sam, sara):
        await says(region, forum, who, "/connect")
        assert "already reads the requests of Lebanon to: United Nations country team." in last(forum)
    await says(region, forum, sara, "/disconnect")
    assert "or of the secretariat, can end that connection first: /disconnect" in last(forum)
    await asks(region, layla)
    assert QUESTION in last(forum)
    await says(region, forum, sam, "/disconnect")
    await until(partial(has_left, forum))
    forum.adds_bot(sam)
    forum.promotes_bot(sam)
    await says(region, forum, sam, "/connect")
    assert "the requests of every country to: the secretariat" in last(forum)


async def test_a_colleague_who_connects_a_group_anew_loses_nothing(
    region: Region, hana: Person, layla: Person
) -> None:
    forum, omar = await connected(region, hana), await supporter(region, "un_team", name="Omar Nasr")
    await asks(region, layla)
    await says(region, forum, omar, "/connect")
    assert QUESTION in last(forum)


async def test_who_may_not_answer_learns_it_once_an_hour(region: Region, hana: Person, layla: Person) -> None:
    forum, stranger = await connected(region, hana), region.sandbox.person("A Stranger", "en")
    await asks(region, layla)
    where, before = {"reply_to": card(forum).message_id, "topic": topic_of(card(forum))}, len(said(forum))
    for who in (stranger, layla, stranger):
        await says(region, forum, who, "words of nobody", **where)
    await says(region, forum, stranger, "not a reply", topic=where["topic"])
    assert len(said(forum)) == before + 1
    assert "only people of this office whom Rafiq knows can answer here: United Nations" in last(forum)
    assert topic_of(said(forum)[-1]) == where["topic"]
    await region.later(timedelta(hours=1))
    await says(region, forum, stranger, "words of nobody", **where)
    assert len(said(forum)) == before + 2


async def test_a_key_always_draws_its_card_as_the_request_stands(
    region: Region, hana: Person, layla: Person
) -> None:
    forum, sam = await connected(region, hana), await region.officer()
    await asks(region, layla)
    first = card(forum)
    async with region.store.transaction() as work:
        (asked,) = await work.support.unsettled(CYCLE)
        await work.support.save(replace(asked, office="secretariat"))
    assert (await sam.is_answered(forum.presses(sam, first.message_id, "👤 Take it"))).text == ""
    await region.rests()
    assert "A request has passed on to: the secretariat" in bare(first.text)
    assert labels_of(first) == []


async def test_what_cannot_be_an_answer_is_said(region: Region, hana: Person, layla: Person) -> None:
    forum = await connected(region, hana)
    await asks(region, layla)
    shown = card(forum)
    where = {"reply_to": shown.message_id, "topic": topic_of(shown)}
    forum.says(hana, "", reply_to=shown.message_id, media={"sticker": {"file_id": "A", "emoji": "👍"}})
    await region.rests()
    assert "only text" in last(forum)
    sent = await says(region, forum, hana, "By its dat.", **where)
    forum.edits(hana, sent, "By its date.")
    await region.rests()
    assert "Your earlier words have gone out" in last(forum)
    assert "By its date." not in everything([layla])


async def test_an_officer_connects_a_group_of_the_secretariat(region: Region, layla: Person) -> None:
    sam = await region.officer()
    forum = await connected(region, sam, "Secretariat")
    assert "the requests of every country to: the secretariat" in last(forum)
    await asks(region, layla)
    await says(region, forum, sam, "Yes.", reply_to=card(forum).message_id)
    assert "Yes." in newest(layla)
    await region.says(sam, "/supporters")
    assert "Who answers requests" in newest(sam)


# --- how a connection ends -------------------------------------------------------------------------------------------


async def test_a_group_is_disconnected_and_left(region: Region, hana: Person, layla: Person) -> None:
    forum = await connected(region, hana)
    await says(region, forum, hana, "/disconnect")
    await until(partial(has_left, forum))
    assert "no request arrives here any more" in last(forum)
    await asks(region, layla)
    assert QUESTION not in all_said(forum)
    assert heard(hana, QUESTION)
    assert [outcome for _, outcome in await audited(region, "connect_group")] == [
        "disconnected",
        "connected for un_team",
    ]


@pytest.mark.parametrize("how", ["removed", "destroyed"])
async def test_a_group_that_is_gone_takes_nothing_along(
    region: Region, hana: Person, layla: Person, how: str
) -> None:
    forum = await connected(region, hana)
    if how == "removed":
        forum.removes_bot(hana)
    else:
        forum.is_destroyed()
    await region.rests()
    await asks(region, layla)
    assert heard(hana, "Rafiq can no longer write into the group that read the requests of Lebanon")
    assert heard(hana, QUESTION)
    await region.presses(hana, "✍️ Answer")
    await region.says(hana, "By its date.")
    assert "By its date." in newest(layla)
    async with region.store.reading() as work:
        assert await work.support.groups() == []
        assert (await work.outbox.backlog()).counts.get("claimed", 0) == 0


async def test_a_connection_ends_with_the_place_of_who_made_it(
    region: Region, hana: Person, layla: Person
) -> None:
    omar = await supporter(region, "un_team", name="Omar Nasr")
    forum = await connected(region, hana)
    async with region.store.transaction() as work:
        person = await work.people.by_telegram(hana.user_id)
        assert person is not None
        assert person.membership is not None
        await work.people.end(person.membership.id, "left", region.house.clock.now())
    await asks(region, layla)
    assert "no longer has that place" in last(forum)
    assert QUESTION not in all_said(forum)
    assert heard(omar, QUESTION)
    await says(region, forum, omar, "/connect")
    await asks(region, layla, "How old may our figures for the north be?")
    assert "How old may our figures for the north be?" in last(forum)
    assert QUESTION not in all_said(forum)


async def test_a_group_waits_an_hour_to_be_connected(region: Region, hana: Person, layla: Person) -> None:
    forum = region.sandbox.forum("UN in Lebanon")
    forum.adds_bot(hana)
    forum.promotes_bot(hana)
    await says(region, forum, layla, "Good morning")
    await says(region, forum, hana, "/connect@another_bot")
    assert forum.bot_status == "administrator"
    await region.later(timedelta(hours=2))
    await says(region, forum, layla, "Good morning")
    await until(partial(has_left, forum))


async def test_a_group_that_nobody_connects_is_left_though_nobody_writes_there(
    region: Region, hana: Person
) -> None:
    kept = await connected(region, hana)
    forum = region.sandbox.forum("UN in Jordan")
    forum.adds_bot(hana)
    await region.rests()
    leaving = Leaving(region.house.clerk, region.house.asides, region.house.clock.now)
    assert await leaving.leave() == 0
    await region.later(timedelta(hours=2))
    assert await leaving.leave() == 1
    await until(partial(has_left, forum))
    assert not has_left(kept)


async def test_a_group_without_topics_becomes_one_with_them(
    region: Region, hana: Person, layla: Person
) -> None:
    group = region.sandbox.group("UN in Lebanon")
    hana.says_in_group("/connect", group)
    await region.rests()
    assert "This group has no topics" in bare(group.messages[-1].text)
    forum = region.sandbox.outgrows(group, layla)
    await says(region, forum, layla, "/help")
    assert forum.bot_status == "member", (
        "it is still the group into which somebody of the office brought the bot"
    )
    forum.promotes_bot(hana)
    await says(region, forum, hana, "/connect")
    await asks(region, layla)
    assert QUESTION in last(forum)


async def test_a_moved_group_of_which_nobody_told_is_found_by_its_refusal(
    region: Region, hana: Person, layla: Person
) -> None:
    forum = await connected(region, hana)
    region.sandbox.faults.add(
        "refusal",
        method="createForumTopic",
        description="Bad Request: group chat was upgraded to a supergroup chat",
        parameters={"migrate_to_chat_id": (other := region.sandbox.forum("moved")).chat_id},
    )
    other.bot_status, other.bot_manages_topics = "administrator", True
    await asks(region, layla)
    await region.later(timedelta(minutes=1))
    await region.house.courier.collect()
    await region.rests()
    assert QUESTION in last(other)
    assert QUESTION not in all_said(forum)


# --- topics ----------------------------------------------------------------------------------------------------------


async def test_a_topic_that_was_deleted_is_made_anew(region: Region, hana: Person, layla: Person) -> None:
    forum = await connected(region, hana)
    await asks(region, layla)
    (first,) = forum.topics.values()
    first.deleted = True
    await region.presses(layla, "Add something")
    await region.says(layla, "more words")
    assert "more words" in last(forum)
    assert topic_of(card(forum)) == max(forum.topics) != first.topic_id


async def test_without_the_right_to_topics_requests_arrive_outside_them(
    region: Region, hana: Person, layla: Person
) -> None:
    forum = await connected(region, hana, topics=False)
    await asks(region, layla)
    assert topic_of(card(forum)) == 0
    assert QUESTION in card(forum).text
    assert "Rafiq may not open topics here" in all_said(forum)
    await says(region, forum, hana, "By its date.", reply_to=card(forum).message_id)
    assert "By its date." in newest(layla)


async def test_an_opening_in_doubt_makes_at_most_an_empty_topic_more(
    region: Region, hana: Person, layla: Person
) -> None:
    forum = await connected(region, hana)
    region.sandbox.faults.add("reset", method="createForumTopic", delivered=True)
    await asks(region, layla)
    await region.later(timedelta(minutes=1))
    await region.house.courier.collect()
    await region.rests()
    assert [QUESTION in each.text for each in said(forum)].count(True) == 1
    assert len(forum.topics) == 2


async def test_a_group_gets_no_more_than_twenty_messages_a_minute_and_the_rest_later(
    region: Region, hana: Person, layla: Person
) -> None:
    await another_group(region)
    await asks(region, layla)
    (asked,) = await requests(region)
    async with region.store.transaction() as work:
        for _ in range(25):
            await work.support.add(asked, region.house.clock.now())
    forum = await connected(region, hana)
    assert len(said(forum)) == GROUP_PACE + 1, "the line with which the bot came is no letter"
    assert region.sandbox.violations == []
    async with region.store.reading() as work:
        assert (await work.outbox.backlog()).counts["queued"] == 27 - GROUP_PACE


async def test_an_asker_who_is_erased_leaves_no_topic(region: Region, hana: Person, layla: Person) -> None:
    forum = await connected(region, hana)
    await asks(region, layla)
    async with region.store.transaction() as work:
        person = await work.people.by_telegram(layla.user_id)
        assert person is not None
        assert await work.support.topic(forum.chat_id, person.id)
        await work.people.erase(person.id, region.house.clock.now())
        assert await work.support.topic(forum.chat_id, person.id) is None
    await says(region, forum, hana, "By its date.", reply_to=card(forum).message_id)
    assert [each.state for each in await requests(region)] == ["answered"]


OFFICES_AND_PLACES: list[tuple[Office, str]] = [("escwa", ""), ("iom_regional", "")]


@pytest.mark.parametrize(("office", "country"), OFFICES_AND_PLACES)
async def test_a_regional_office_reads_every_country(region: Region, office: Office, country: str) -> None:
    who = await supporter(region, office, country)
    forum = await connected(region, who)
    assert "the requests of every country" in last(forum)
    async with region.store.reading() as work:
        (group,) = await work.support.groups()
    assert (group.cycle_id, group.office, group.country) == (CYCLE, office, country)


async def test_who_calls_the_bot_by_name_in_a_group_learns_what_it_does_there(
    region: Region, hana: Person
) -> None:
    forum = await connected(region, hana)
    for asked in ("/help", "/help@rafiq_bot", "/progres@rafiq_bot"):
        before = len(said(forum))
        await says(region, forum, hana, asked)
        await until(partial(has_said, forum, before + 1))
        assert last(forum).startswith("To answer a request, reply to its message here.")
    before = len(said(forum))
    for asked in ("/help@another_bot", "/progres", "good morning"):
        await says(region, forum, hana, asked)
    assert len(said(forum)) == before
