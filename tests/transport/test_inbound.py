"""Every update, however it looks, becomes a value that says what a person did."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inbound import (
    Attached,
    Blocked,
    Carried,
    Commanded,
    Elsewhere,
    Tapped,
    Typed,
    Unblocked,
    Unknown,
    clean,
    display_name,
    read,
)

PERSON = {"id": 1001, "is_bot": False, "first_name": "Layla", "last_name": "Haddad", "language_code": "ar"}
CHAT = {"id": 1001, "type": "private", "first_name": "Layla"}
GROUP = {"id": -500, "type": "supergroup", "title": "Ministry"}


def message(**fields: Any) -> dict[str, Any]:
    return {"message_id": 7, "from": PERSON, "chat": CHAT, "date": 1, **fields}


def did(kind: str = "message", **fields: Any) -> Any:
    return read({"update_id": 5, kind: message(**fields)}).did


def test_a_text_with_its_person() -> None:
    incoming = read({"update_id": 5, "message": message(text="نعم\nثم")})
    assert (incoming.update_id, incoming.user_id, incoming.chat_id, incoming.private) == (5, 1001, 1001, True)
    assert (incoming.name, incoming.language_code) == ("Layla Haddad", "ar")
    assert incoming.did == Typed("نعم\nثم", 7)


def test_what_a_text_answers_and_where_it_is_from() -> None:
    assert did(text="a", reply_to_message={"message_id": 3}) == Typed("a", 7, reply_to=3)
    assert did(text="a", reply_to_message={"message_id": "3"}) == Typed("a", 7)
    ours = {"message_id": 3, "from": {"id": 1, "is_bot": True}}
    assert did(text="a", reply_to_message=ours) == Typed("a", 7, reply_to=3, quotes_bot=True)
    assert did(text="a", forward_origin={"type": "user"}) == Typed("a", 7, forwarded=True)
    assert did("edited_message", text="a") == Typed("a", 7, edited=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start", Commanded("start", "", 7)),
        ("/start abc-DEF_1", Commanded("start", "abc-DEF_1", 7)),
        ("/Help@rafiq_bot", Commanded("help", "", 7)),
        ("/invite focal_point\nJO", Commanded("invite", "focal_point\nJO", 7)),
        ("/", Typed("/", 7)),
        ("/2020/2021", Typed("/2020/2021", 7)),
        ("/وزارة", Typed("/وزارة", 7)),
        (" /start", Typed(" /start", 7)),
    ],
)
def test_commands_are_told_from_content(text: str, expected: object) -> None:
    assert did(text=text) == expected


def test_an_edited_or_forwarded_command_is_content() -> None:
    assert did("edited_message", text="/erase") == Typed("/erase", 7, edited=True)
    assert did(text="/erase", forward_date=1) == Typed("/erase", 7, forwarded=True)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"photo": [{}]}, "photo"),
        ({"document": {}}, "document"),
        ({"animation": {}, "document": {}}, "video"),
        ({"video_note": {}}, "video"),
        ({"voice": {}}, "voice"),
        ({"audio": {}}, "voice"),
        ({"sticker": {}}, "sticker"),
        ({"location": {}, "venue": {}}, "location"),
        ({"contact": {}}, "contact"),
        ({"poll": {}}, "poll"),
        ({"dice": {}}, "other_kind"),
        ({"new_chat_photo": []}, "other_kind"),
    ],
)
def test_what_is_not_a_text_has_a_kind(fields: dict[str, Any], kind: str) -> None:
    assert did(**fields, caption="words") == Attached(kind, 7, None, "words")  # type: ignore[arg-type]  # the test names it by its word


def test_albums_and_edited_pictures() -> None:
    assert did(photo=[{}], media_group_id="9") == Attached("photo", 7, "9")
    assert did("edited_message", photo=[{}]) == Attached("edit_not_text", 7)
    of_document = did("edited_message", document={"file_id": "x"})
    assert of_document == Attached("edit_not_text", 7, edits_document=True)


def test_a_file_is_told_with_what_telegram_says_of_it() -> None:
    shape = {"file_id": "AgAD", "file_name": "law\x00.pdf", "file_size": 12, "mime_type": "application/pdf"}
    found = did(document=shape, reply_to_message={"message_id": 3})
    file = Carried("AgAD", "law\ufffd.pdf", 12, "application/pdf")
    assert found == Attached("document", 7, file=file, reply_to=3)
    small, large = (
        {"file_id": name, "width": size, "height": size} for name, size in (("s", 90), ("l", 800))
    )
    assert did(photo=[small, large, "x"]) == Attached(
        "photo", 7, file=Carried("l", "photo.jpg", 0, "image/jpeg")
    )
    for odd in ({"file_id": 7}, {"file_id": ""}, "x", {"file_id": "A", "file_size": -1, "file_name": 3}):
        carried = did(document=odd).file
        assert carried in (None, Carried("A", "file", 0))
    assert did(animation={}, document=shape) == Attached("video", 7)


def press(**fields: Any) -> dict[str, Any]:
    return {"update_id": 5, "callback_query": {"id": "77", "from": PERSON, **fields}}


def test_presses() -> None:
    incoming = read(press(message=message(), data="17.option.yes"))
    assert incoming.did == Tapped("77", "17.option.yes", 7)
    assert incoming.callback_id == "77"
    old = read(press(message={"message_id": 7, "chat": CHAT, "date": 0}, data="go.hub"))
    assert old.did == Tapped("77", "go.hub", 7)
    assert read(press(inline_message_id="x", data="y")).did == Tapped("77", "y", None)
    assert read(press(message=message())).did == Tapped("77", "", 7)


def test_a_press_that_cannot_be_read_can_still_be_answered() -> None:
    incoming = read(press(message=message(), data=5))
    assert incoming.did == Unknown("data")
    assert incoming.callback_id == "77"


def member(status: str, chat: dict[str, Any]) -> Any:
    change = {"chat": chat, "from": PERSON, "date": 1, "new_chat_member": {"status": status}}
    return read({"update_id": 5, "my_chat_member": change}).did


def test_coming_and_going() -> None:
    assert member("kicked", CHAT) == Blocked()
    assert member("member", CHAT) == Unblocked()
    assert member("member", GROUP) == Elsewhere("added")
    assert member("left", GROUP) == Elsewhere("removed")
    promoted = {
        "chat": GROUP,
        "from": PERSON,
        "old_chat_member": {"status": "member"},
        "new_chat_member": {"status": "administrator"},
    }
    assert read({"update_id": 5, "my_chat_member": promoted}).did == Elsewhere("changed")


def test_a_group_is_elsewhere_whoever_speaks() -> None:
    start = Commanded("start", "TOKEN", 7)
    assert did(chat=GROUP, text="/start TOKEN") == Elsewhere("message", start)
    anonymous = message(chat=GROUP, text="x", sender_chat={"id": -500})
    del anonymous["from"]
    incoming = read({"update_id": 5, "message": anonymous})
    assert (incoming.did, incoming.user_id, incoming.chat_id) == (Elsewhere("message"), 0, -500)
    bots = message(chat=GROUP, text="x", **{"from": PERSON | {"is_bot": True}})
    assert read({"update_id": 5, "message": bots}).did == Elsewhere("message")
    assert did(chat=GROUP, new_chat_members=[PERSON]) == Elsewhere("message")
    in_group = read(press(message=message(chat=GROUP), data="x"))
    assert (in_group.did, in_group.callback_id) == (Elsewhere("pressed", Tapped("77", "x", 7)), "77")


def test_a_topic_and_what_is_replied_to() -> None:
    forum = GROUP | {"type": "supergroup", "is_forum": True}
    in_topic: dict[str, Any] = {
        "chat": forum,
        "text": "yes",
        "message_thread_id": 4,
        "is_topic_message": True,
    }
    keys = {"inline_keyboard": [[{"text": "x", "callback_data": "do.request.7"}, {"url": "u"}], "odd", [3]]}
    card: dict[str, Any] = {"message_id": 5, "from": {"id": 1, "is_bot": True}, "reply_markup": keys}
    opening: dict[str, Any] = {
        "message_id": 4,
        "from": {"id": 1, "is_bot": True},
        "forum_topic_created": {"name": "n"},
    }
    for reply, found in (
        (card, ("do.request.7",)),
        (card | {"reply_markup": 3}, ()),
        (card | {"from": PERSON}, None),
        (opening, None),
        ("x", None),
    ):
        quoted = reply["message_id"] if isinstance(reply, dict) else None
        said = Typed(
            "yes", 7, quoted, quotes_bot=isinstance(reply, dict) and reply["from"].get("is_bot", False)
        )
        expected = Elsewhere("message", said, 4, is_forum=True, keys=found)
        assert did(**in_topic, reply_to_message=reply) == expected
    assert did(chat=forum, text="yes", message_thread_id=4).topic == 0, "a thread of replies is no topic"
    assert did(chat=forum, text="/close@Rafiq_Bot now").addressed == "rafiq_bot"


def test_a_group_that_moves_has_two_numbers() -> None:
    assert did(chat=GROUP, migrate_to_chat_id=-1005).moved == (GROUP["id"], -1005)
    assert did(chat=GROUP, migrate_from_chat_id=-4).moved == (-4, GROUP["id"])


@pytest.mark.parametrize(
    ("text", "expected", "replaced"),
    [
        ("a\x00b", "a�b", True),
        ("a\x0bb\x1f", "a�b�", True),
        ("a\ud800b", "a�b", True),
        ("a\uffff", "a�", True),
        ("a\x85b", "a�b", True),
        ("a\tb\nc", "a\tb\nc", False),
        ("a\r\nb\rc", "a\nb\nc", False),
        ("\u202eabc\u2066d\u2069", "\u202eabc\u2066d\u2069", False),
        ("👩\u200d👧", "👩\u200d👧", False),
    ],
)
def test_fault_69_cleaning_at_the_door(text: str, expected: str, replaced: bool) -> None:  # noqa: FBT001 - a case of the table
    assert clean(text) == (expected, replaced)


def test_names_are_one_quiet_line() -> None:
    assert display_name({"first_name": "\u202eLay\nla\x00", "last_name": " Had\u2066dad "}) == "Lay la Haddad"
    assert len(display_name({"first_name": "ن" * 300})) == 64
    assert display_name({"first_name": 5}) == ""


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ({"update_id": 1, "message": None}, "message"),
        ({"update_id": 1, "message": message(chat=None, text="x")}, "chat"),
        ({"update_id": 1, "message": message(text=5)}, "text"),
        ({"update_id": 1, "message": {**message(text="x"), "message_id": 2**70}}, "message_id"),
        ({"update_id": 1, "message": message(text="x", **{"from": "me"})}, "from"),
        ({"update_id": 1, "inline_query": {}}, "kind of update"),
        ({"update_id": True}, "kind of update"),
        ({}, "kind of update"),
    ],
)
def test_poison_is_named_by_its_place(raw: dict[str, Any], place: str) -> None:
    assert read(raw).did == Unknown(place)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        "message_id",
        "from",
        "chat",
        "text",
        "photo",
        "reply_to_message",
        "data",
        "id",
        "type",
        "message",
        "caption",
    ]
)
PLACES = st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member"])


@given(PLACES, st.dictionaries(FIELDS, JSON, max_size=6))
def test_reading_never_fails(place: str, fields: dict[str, Any]) -> None:
    broken = {**message(text="x"), **fields}
    assert read({"update_id": 1, place: broken}).update_id == 1
