"""Where things stand: a country's own progress, the region in counts only, and the commands of the wrong role."""

import pytest

from bot.sandbox import Person
from tests.chats.telling import (
    Region,
    card,
    data_of,
    everything,
    first_card,
    newest,
    said_by_bot,
    voice,
)

EN = voice("en")
STALE = "This button belongs to an earlier message. Please use the newest one."
UNKNOWN_COMMAND = "Rafiq does not know this command."


async def test_progress_counts_what_is_settled_and_why(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.presses(layla, "Begin ▶")
    await region.presses(layla, "No")
    for reason in ("Not applicable to us", "Not yet known", "We prefer not to answer"):
        await region.presses(layla, "⋯ More")
        await region.presses(layla, reason)
    await region.opens(layla, "1f.2")
    await region.says(layla, "five words in this answer")
    await region.says(layla, "/progress")
    seen = newest(layla)
    assert seen.startswith("Progress: Lebanon")
    assert "Points settled: 5 of 9 · words: 5 of" in seen
    for line in ("Not applicable: 1", "Not yet known: 1", "Prefer not to answer: 1"):
        assert line in seen
    assert "Last change: " in seen
    await region.presses(layla, "Continue ▶")
    assert card(layla) is layla.last_message


async def answering(region: Region, country: str, language: str, canary: str) -> Person:
    """A focal point who has put a canary into every sort of place that takes words."""
    person = await region.focal_point(country, language, f"Person of {country}")
    await region.opens(person, "1f.2")
    await region.says(person, f"{canary}TEXT")
    await region.opens(person, "1c.1")
    await region.says(person, f"{canary}RECORD")
    await region.opens(person, "2a.1")
    await region.forges(
        person, card(person).message_id, next(d for d in data_of(card(person)) if d.endswith("option.yes"))
    )
    await region.says(person, f"{canary}OTHER")
    await region.forges(person, first_card(person).message_id, "go.hub")
    await region.says(person, f"{canary}HELD")
    await region.opens(person, "3b.1")
    await region.presses(person, voice(language).gettext("⋯ More"))  # type: ignore[arg-type]  # a language of ours
    await region.forges(
        person,
        card(person, "state").message_id,
        next(d for d in data_of(card(person, "state")) if d.endswith("menu.adapt")),
    )
    await region.forges(
        person,
        card(person, "reword").message_id,
        next(d for d in data_of(card(person, "reword")) if d.endswith(".reword")),
    )
    await region.says(person, f"{canary}WORDING")
    return person


async def test_case_20_nobody_else_ever_sees_what_a_country_writes(region: Region) -> None:
    """Canaries in every place that takes words: only the own country's people are ever shown them."""
    sam = await region.officer()
    layla = await answering(region, "LB", "en", "CEDAR")
    yasmine = await answering(region, "MA", "fr", "ARGAN")
    karim = await region.contributor("LB", "en")
    nadia = await region.focal_point("LB", "en", "Nadia Khoury")
    await region.says(
        sam, "/status", "/invite LB", "/replace LB", "/help", "/settings", "/mydata", "/privacy", "/start"
    )
    for person in (sam, yasmine, layla, karim, nadia):
        await region.says(person, "/progress", "/sections", "/continue")
    for prompt in ("1f.2", "1c.1", "2a.2", "3b.1"):
        for person in (sam, yasmine, karim, nadia):
            await region.forges(person, first_card(person).message_id, f"go.prompt:{prompt}")
    assert "CEDARTEXT" in everything([nadia])
    assert "ARGAN" not in everything([layla, karim, nadia])
    assert "CEDAR" not in everything([yasmine, karim])
    for canary in ("CEDAR", "ARGAN"):
        assert canary not in everything([sam])
    adapted = (await region.review()).adaptations
    assert adapted["3b"].wording == "CEDARWORDING"


# --- the wrong role ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", ["/status", "/invite JO", "/replace LB", "/country LB", "/announce hello"]
)
async def test_a_state_has_no_commands_of_the_secretariat(region: Region, command: str) -> None:
    layla = await region.focal_point("LB", "en")
    karim = await region.contributor("LB", "en")
    for person in (layla, karim):
        await region.says(person, command)
        assert newest(person).startswith(UNKNOWN_COMMAND)


async def test_the_secretariat_opens_no_draft(region: Region) -> None:
    """Every button and command of a focal point, pressed by an officer: no card, no answer, no draft."""
    layla = await answering(region, "LB", "en", "CEDAR")
    sam = await region.officer()
    buttons = {
        data
        for message in said_by_bot(layla)
        for data in data_of(message)
        if not data.startswith("do.language.")
    }
    for data in sorted(buttons):
        await region.forges(sam, first_card(sam).message_id, data)
    for command in ("/continue", "/sections", "/start", "/progress"):
        await region.says(sam, command)
    review = await region.review()
    await region.says(sam, "a text for no question")
    assert newest(sam).startswith("Nothing was being asked, so this text was not kept.")
    assert "CEDAR" not in everything([sam])
    assert await region.review() == review
    async with region.store.reading() as work:
        officer = await work.people.by_telegram(sam.user_id)
    assert officer is None or officer.actor is None or officer.actor.country == ""


@pytest.mark.parametrize("act", ["sticker", "photo", "edit", "forward", "old button"])
async def test_odd_things_of_an_officer_get_a_reasoned_reply(region: Region, act: str) -> None:
    sam = await region.officer()
    before = len(said_by_bot(sam))
    match act:
        case "sticker":
            sam.sends_sticker()
        case "photo":
            sam.sends_photo(b"jpeg", caption="words")
        case "edit":
            sam.edits(next(m.message_id for m in sam.messages if not m.from_bot), "other words")
        case "forward":
            sam.forwards("words")
        case _:
            assert await region.forges(sam, first_card(sam).message_id, "1.done") == STALE
            return
    await region.rests()
    assert len(said_by_bot(sam)) == before + 1
