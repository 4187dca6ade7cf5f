"""E2: support that a request brought is offered as an entry where the review asks who provided it (question 1h)."""

import pytest

from bot.sandbox import Person
from tests.chats.exchanging import submitted
from tests.chats.telling import CYCLE, Region, data_of, everything, labels_of, newest, voice
from tests.chats.test_support import asks, supporter
from workflows.languages import Language
from workflows.people.received import provider, support_of
from workflows.people.roles import Actor
from workflows.review.answers import Record
from workflows.review.cards import records_of

ASKED, LIST = "1h.1", "1h.2"
ONE = "🤝 Support received: 1 request"
BACK = "Back to question 1-h"
QUESTION = "How do we describe the new residence law of our ministry?"


async def entries(region: Region, country: str = "LB") -> list[Record]:
    """The list of who gave support, as it is on disk."""
    async with region.store.reading() as work:
        draft = await work.drafts.open(Actor(0, "focal_point", country, CYCLE), country)
    return list(records_of(draft.review.answers.get(LIST)).records)


async def answers(region: Region, hana: Person, person: Person, kind: str) -> None:
    """Somebody asks, and the office answers."""
    await asks(region, person, QUESTION, kind)
    await region.presses(hana, "👤 Take it")
    await region.presses(hana, "✍️ Answer")
    await region.says(hana, "Give its title and date first.")


async def has_list(region: Region, person: Person, says_yes: str = "Yes") -> None:
    """The person says that support was received, so that the list is asked for."""
    await region.opens(person, ASKED)
    await region.presses(person, says_yes)


async def shown_support(region: Region) -> tuple[Person, str]:
    """A focal point who looks at an answered request beside the list, and what the key says that adds it."""
    hana = await supporter(region, "un_team")
    layla = await region.focal_point("LB", "en")
    await answers(region, hana, layla, "Data and figures")
    await has_list(region, layla)
    await region.presses(layla, ONE)
    return layla, key_to_add(layla)


def key_to_add(person: Person) -> str:
    """What the first key to add an entry says."""
    return next(data for data in data_of(person.last_message) if "received_add" in data)


async def test_an_answered_request_becomes_an_entry_by_two_presses(region: Region) -> None:
    hana = await supporter(region, "un_team")
    layla = await region.focal_point("LB", "en")
    await answers(region, hana, layla, "Drafting an answer")
    asked = await region.opens(layla, ASKED)
    assert ONE in labels_of(asked)
    await region.presses(layla, ONE)
    assert "If you answer “Yes” to the question whether support was received" in newest(layla)
    assert not any("received_add" in data for data in data_of(layla.last_message))
    await has_list(region, layla)
    await region.presses(layla, ONE)
    shown = newest(layla)
    assert "Support received through your requests" in shown
    assert "1. United Nations country team\nHelp in drafting an answer\nAnswered:" in shown
    assert await entries(region) == [], "nothing is written before the press"
    add = key_to_add(layla)
    await region.presses(layla, "➕ Add 1: United Nations country team")
    (entry,) = await entries(region)
    assert entry.fields == {
        "name": "United Nations country team",
        "category": "unct",
        "how": "Help in drafting an answer",
        "when": "2027-03-01",
    }
    assert "United Nations country team" in newest(layla), "the list is shown with its new entry"
    assert QUESTION not in newest(layla)
    await region.forges(layla, layla.last_message.message_id, add)
    assert "✔ It is in your list." in newest(layla)
    assert len(await entries(region)) == 1, "a second press adds nothing"


async def test_what_was_not_answered_or_was_trouble_in_a_session_is_no_support(region: Region) -> None:
    hana = await supporter(region, "iom_country")
    layla = await region.focal_point("LB", "en")
    await asks(region, layla, QUESTION, "Something else")
    await has_list(region, layla)
    assert not any("🤝" in label for label in labels_of(layla.last_message))
    await region.says(hana, "/requests")
    await answers(region, hana, layla, "Technical trouble in a session")
    assert not any("Support received" in label for label in labels_of(await region.opens(layla, LIST)))


@pytest.mark.parametrize("language", ["ar", "fr"])
async def test_the_entry_is_in_the_language_of_who_adds_it(region: Region, language: Language) -> None:
    speak = voice(language)
    hana = await supporter(region, "un_team")
    layla = await region.focal_point("LB", language)
    await answers(region, hana, layla, speak.gettext("Drafting an answer"))
    await has_list(region, layla, speak.pgettext("answer", "Yes"))
    (key,) = [label for label in labels_of(layla.last_message) if "🤝" in label]
    await region.presses(layla, key)
    assert await region.forges(layla, layla.last_message.message_id, key_to_add(layla)) == ""
    (entry,) = await entries(region)
    support = support_of("drafting")
    assert support is not None
    assert entry.fields["name"] == provider("un_team").name.in_language(language)
    assert entry.fields["how"] == support.in_language(language)


async def test_a_list_that_a_colleague_changed_meanwhile_is_shown_anew(region: Region) -> None:
    layla, add = await shown_support(region)
    await region.says(layla, "UNICEF")
    card = layla.last_message.message_id
    await region.forges(layla, card, add)
    assert [entry.fields["name"] for entry in await entries(region)] == ["UNICEF"]
    assert await region.forges(layla, layla.last_message.message_id, key_to_add(layla)) == ""
    assert [entry.fields["name"] for entry in await entries(region)] == [
        "UNICEF",
        "United Nations country team",
    ]


async def test_a_submitted_review_takes_no_entry(region: Region) -> None:
    layla, add = await shown_support(region)
    await submitted(region)
    assert await region.forges(layla, layla.last_message.message_id, add) != ""
    assert await entries(region) == []
    await region.forges(layla, layla.last_message.message_id, f"do.received.{LIST}")
    assert "The review is submitted and stays as it is, so nothing can be added now." in newest(layla)


async def test_nobody_else_sees_what_somebody_asked(region: Region) -> None:
    hana = await supporter(region, "un_team")
    layla = await region.focal_point("LB", "en")
    await answers(region, hana, layla, "Data and figures")
    await has_list(region, layla)
    other = await region.focal_point("JO", "en")
    karim = await region.contributor("LB", "en")
    stale = voice("en").gettext("This button belongs to an earlier message. Please use the newest one.")
    for person in (other, karim, hana):
        if person is other:
            await has_list(region, person)
        for data in (f"do.received_add.1:1:{LIST}", f"do.received_add.1:0:{LIST}"):
            assert await region.forges(person, person.last_message.message_id, data) == stale
    assert not any("🤝" in label for label in labels_of(other.last_message))
    await region.forges(karim, karim.last_message.message_id, f"do.received.{LIST}")
    await region.forges(other, other.last_message.message_id, f"do.received.{LIST}")
    assert "Data and figures" not in everything([other, karim])
    assert "Help with data and figures" not in everything([other, karim])
    assert await entries(region) == []
    assert await entries(region, "JO") == []
