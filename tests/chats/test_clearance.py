"""A review cleared before it is submitted: none, one or two steps, changes asked for, and what a clearer never sees."""

import asyncio

import pytest

from bot.sandbox import Person
from tests.chats.telling import (
    CYCLE,
    OPEN,
    Region,
    data_of,
    everything,
    first_card,
    heard,
    labels_of,
    newest,
    said_by_bot,
    voice,
)
from tests.chats.test_submission import STALE, UNKNOWN_COMMAND, documents, editions, noted, sure_of

AR = voice("ar", "LB")


async def clearer(
    region: Region, focal_point: Person, step: int = 1, language: str = "en", name: str = "Rana Saad"
) -> Person:
    """A focal point invites somebody for one of the clearances, and they come in by the link."""
    await region.says(focal_point, "/clearing")
    await region.forges(focal_point, focal_point.last_message.message_id, f"do.clearing.invite.{step}")
    link = next(word for word in focal_point.last_message.text.split() if "?start=" in word)
    return await region.comes_in(link.partition("?start=")[2], language, name)


async def asks_for(region: Region, focal_point: Person, steps: int) -> None:
    """The country asks for so many clearances from now on."""
    await region.says(focal_point, "/clearing")
    await region.presses(focal_point, ("None", "One", "Two")[steps])


async def sends(region: Region, focal_point: Person) -> None:
    """The review as it is goes to be cleared."""
    await region.says(focal_point, "/submit")
    await region.presses(focal_point, "Send to be cleared")


# --- how many, and who -----------------------------------------------------------------------------------------------


async def test_a_country_asks_for_none_one_or_two(region: Region, layla: Person) -> None:
    omar = await region.focal_point("LB", "en", "Omar Khoury")
    await region.says(layla, "/clearing")
    assert "Your country asks for no clearance" in newest(layla)
    assert "✅ None" in labels_of(layla.last_message)
    await region.presses(layla, "Two")
    assert "two clearances before the review is submitted" in newest(layla)
    assert newest(omar).endswith("From now on your country asks for two clearances.")
    await region.presses(layla, "✅ Two")
    assert ("clearing", "2 steps") in await noted(region, "set_clearing")
    assert len(await noted(region, "set_clearing")) == 1
    await region.says(layla, "/submit")
    assert "Nobody is invited yet for: first clearance, second clearance" in newest(layla)
    assert "do.freeze" not in data_of(layla.last_message)
    await region.forges(layla, layla.last_message.message_id, "do.freeze")
    assert await editions(region) == []
    await region.says(layla, "/clearing")
    await region.presses(layla, "Invite: first clearance")
    for asked in ("/submit", "/clearing"):
        await region.says(layla, asked)
        assert "Nobody is invited yet for: second clearance" in newest(layla)
        assert "The invitation is made, and nobody has come in by it yet: first clearance" in newest(layla)
    rana = await clearer(region, layla)
    assert heard(layla, "Rana Saad has come in.")
    assert "clearing authority" in newest(layla).casefold()
    await region.says(layla, "/clearing")
    assert "• Rana Saad: first clearance" in newest(layla)
    async with region.store.reading() as work:
        places = [person.membership for person in await work.people.of_country(CYCLE, "LB")]
    assert [(place.role, place.scope) for place in places if place][-1] == ("clearer", "1")
    assert heard(rana, "you clear it, or say what should be changed")


async def test_the_number_stays_while_a_text_is_on_its_way(region: Region, layla: Person) -> None:
    await asks_for(region, layla, 1)
    await clearer(region, layla)
    await region.says(layla, "our text")
    await sends(region, layla)
    await region.says(layla, "/clearing")
    assert "do.clearing.steps.0" not in data_of(layla.last_message)
    await region.forges(layla, layla.last_message.message_id, "do.clearing.steps.0")
    async with region.store.reading() as work:
        assert await work.clearance.steps(CYCLE, "LB") == 1
    await region.says(layla, "/submit")
    await region.presses(layla, "↩ Take it back")
    await asks_for(region, layla, 0)
    async with region.store.reading() as work:
        assert await work.clearance.steps(CYCLE, "LB") == 0


# --- the way through -------------------------------------------------------------------------------------------------


async def test_two_clearers_one_after_the_other_then_the_lead(region: Region, layla: Person) -> None:
    await asks_for(region, layla, 2)
    rana = await clearer(region, layla, 1)
    nabil = await clearer(region, layla, 2, name="Nabil Farah")
    sam = await region.officer()
    await region.opens(layla, OPEN)
    await region.says(layla, "the words that were frozen")
    await sends(region, layla)
    assert "The text was sent to be cleared." in newest(layla)
    assert "the words that were frozen" in documents(rana)[0][1]
    assert documents(nabil) == []
    await region.says(nabil, "/start")
    assert newest(nabil).startswith("No text waits for you.")
    (edition,) = await editions(region)
    told = await region.forges(nabil, nabil.last_message.message_id, f"do.clear.{edition.id}.yes")
    assert told.startswith(STALE)
    await region.presses(rana, "✅ Cleared")
    assert newest(rana).endswith("Is this text cleared?")
    await region.presses(rana, "Yes, it is cleared")
    assert "goes on to the second clearance" in newest(rana)
    assert "with the second clearer now" in newest(layla)
    assert "the words that were frozen" in documents(nabil)[0][1]
    await region.presses(nabil, "✅ Cleared")
    await region.presses(nabil, "Yes, it is cleared")
    assert "The text is cleared. The lead focal point can submit it." in newest(layla)
    assert documents(sam) == []
    assert not heard(sam, edition.content_hash[:12])
    await region.says(layla, "/submit")
    await region.presses(layla, "Submit frozen text 1")
    await region.presses(layla, "Yes, submit version 1")
    for person in (layla, rana, nabil, sam):
        assert heard(person, "✅ The review of Lebanon is submitted.")
    assert "the words that were frozen" in documents(sam)[0][1]
    assert [outcome for _, outcome in await noted(region, "clear")] == ["clear", "clear"]


async def test_changes_are_asked_for_with_a_reason_and_a_new_text_follows(
    region: Region, layla: Person
) -> None:
    await asks_for(region, layla, 1)
    rana = await clearer(region, layla)
    omar = await region.focal_point("LB", "en", "Omar Khoury")
    await region.opens(layla, OPEN)
    await region.says(layla, "the first words")
    await sends(region, layla)
    await region.presses(rana, "✏️ Changes are needed")
    await region.says(rana, "The figures of 2019 are missing.")
    await region.presses(rana, "Yes, ask for changes")
    assert "The focal points have your words." in newest(rana)
    for person in (layla, omar):
        assert "Changes are asked for before the text is cleared:" in newest(person)
        assert "The figures of 2019 are missing." in newest(person)
    await region.opens(layla, OPEN)
    await region.says(layla, "and the figures of 2019", "/submit")
    assert "The figures of 2019 are missing." in newest(layla)
    assert "Changed since then and not in it: 1f" in newest(layla)
    await region.presses(layla, "Send the new text to be cleared")
    assert [each.state for each in await editions(region)] == ["withdrawn", "in_clearance"]
    assert "It takes the place of frozen text 1. Changed since then: 1f" in newest(layla)
    first, second = (text for _, text in documents(rana))
    assert "the figures of 2019" not in first
    assert "the figures of 2019" in second
    await region.says(rana, "/editions")
    assert labels_of(rana.last_message) == ["📄 Frozen text 2 · Word", "🖨 PDF"]


async def test_case_08_edits_after_freezing_never_touch_the_text_and_are_said(
    region: Region, layla: Person
) -> None:
    await asks_for(region, layla, 1)
    rana = await clearer(region, layla)
    await region.opens(layla, OPEN)
    await region.says(layla, "the first words")
    await sends(region, layla)
    await region.opens(layla, OPEN)
    await region.says(layla, "a later thought")
    await region.presses(rana, "✅ Cleared")
    await region.presses(rana, "Yes, it is cleared")
    await region.says(layla, "/submit")
    assert "Changed since then and not in it: 1f" in newest(layla)
    await region.presses(layla, "Submit frozen text 1")
    assert "Changed since then and not in it: 1f" in newest(layla)
    sam = await region.officer()
    confirm = layla.last_message.message_id
    first = sure_of(layla)
    await region.opens(layla, "1a.1")
    turn = (await region.interview(layla)).turn
    await region.forges(layla, layla.last_message.message_id, f"{turn}.option.yes")
    await region.forges(layla, confirm, first)
    asked = next(message for message in said_by_bot(layla) if message.message_id == confirm)
    assert "Changed since then and not in it: 1a, 1f" in asked.text
    await region.presses(layla, "Yes, submit version 1")
    receipt = next(message for message in said_by_bot(layla) if message.message_id == confirm)
    assert "is submitted." in receipt.text
    assert "Changed since then and not in it: 1a, 1f" in receipt.text
    assert "Changed since then" not in everything([sam, rana])
    assert "a later thought" not in documents(sam)[0][1]
    assert "the first words" in documents(sam)[0][1]
    await region.says(layla, "/sections")
    assert "Changed after the text was frozen, and not in what was submitted: 1a, 1f" in newest(layla)
    await region.opens(layla, OPEN)
    assert "🔒 The review is submitted as version 1" in newest(layla)
    assert "it is not in what was submitted" in newest(layla)


async def test_a_decision_is_taken_once_and_about_what_waits(region: Region, layla: Person) -> None:
    await asks_for(region, layla, 1)
    rana = await clearer(region, layla)
    second = await clearer(region, layla, name="Huda Issa")
    await region.says(layla, "our text")
    await sends(region, layla)
    (edition,) = await editions(region)
    yes, card = f"do.clear.{edition.id}.yes", rana.last_message.message_id
    presses = [rana.forges(card, yes), rana.forges(card, yes)]
    others = [second.forges(second.last_message.message_id, yes)]
    await asyncio.gather(*map(rana.is_answered, presses), *map(second.is_answered, others))
    await region.rests()
    async with region.store.reading() as work:
        assert [act.act for act in await work.clearance.acts(edition.id)] == ["send", "clear"]
    # A reason that comes too late for a text that was taken back changes nothing.
    await region.says(layla, "/submit")
    await region.presses(layla, "↩ Take it back")
    assert "have taken the text back" in newest(rana)
    assert await region.forges(rana, card, f"do.ask_changes.{edition.id}") == ""
    assert "This text was taken back, so nothing was decided about it or sent." in newest(rana)
    assert "No text waits for you now." in newest(rana)
    async with region.store.reading() as work:
        assert [act.act for act in await work.clearance.acts(edition.id)] == ["send", "clear", "withdraw"]


async def test_a_press_on_a_text_that_was_replaced_leads_to_the_present_one_and_says_what_changed(
    region: Region, layla: Person
) -> None:
    await asks_for(region, layla, 2)
    rana = await clearer(region, layla)
    nabil = await clearer(region, layla, 2, name="Nabil Farah")
    await region.opens(layla, OPEN)
    await region.says(layla, "our text")
    await sends(region, layla)
    old = rana.last_message.message_id
    (first,) = await editions(region)
    await region.opens(layla, OPEN)
    await region.says(layla, "and more of it")
    await region.says(layla, "/submit")
    await region.presses(layla, "↩ Take it back")
    await sends(region, layla)
    second = (await editions(region))[-1]
    assert second.id != first.id
    for data in ("clear.{}", "clear.{}.yes", "ask_changes.{}", "ask_changes.{}.yes", "ask_changes.{}.not"):
        assert await region.forges(rana, old, f"do.{data.format(first.id)}") == ""
        assert "This text was taken back" in newest(rana)
        assert "Frozen text 2 waits for you in its place. Changed in it: 1f" in newest(rana)
    assert (await editions(region))[-1].state == "in_clearance"
    told = await region.forges(nabil, nabil.last_message.message_id, f"do.clear.{first.id}.yes")
    assert told.startswith(STALE), "it had never come to the second clearer"
    await region.forges(rana, rana.last_message.message_id, f"do.editions.{second.id}")
    assert "and more of it" in documents(rana)[-1][1]
    await region.presses(rana, "✅ Cleared")
    await region.presses(rana, "Yes, it is cleared")
    assert (await editions(region))[-1].step == 2


async def test_a_reason_that_was_typed_when_its_text_was_taken_back_is_given_back(
    region: Region, layla: Person
) -> None:
    await asks_for(region, layla, 1)
    rana = await clearer(region, layla)
    await region.says(layla, "our text")
    await sends(region, layla)
    await region.presses(rana, "✏️ Changes are needed")
    asked = rana.last_message.message_id
    await region.says(layla, "/submit")
    await region.presses(layla, "↩ Take it back")
    await region.says(rana, "please name the ministry", reply_to=asked)
    assert "This text was taken back" in newest(rana)
    assert "please name the ministry" in newest(rana)
    assert not heard(layla, "please name the ministry")


async def test_a_text_waits_for_a_clearer_who_comes_in_later(region: Region, layla: Person) -> None:
    await asks_for(region, layla, 2)
    rana = await clearer(region, layla)
    await region.says(layla, "our text")
    await sends(region, layla)
    await region.presses(rana, "✅ Cleared")
    await region.presses(rana, "Yes, it is cleared")
    assert "Nobody is invited yet for the second one" in newest(layla)
    nabil = await clearer(region, layla, 2, name="Nabil Farah")
    assert labels_of(nabil.last_message) == ["✅ Cleared", "✏️ Changes are needed", "🖨 The same as PDF"]
    assert len(documents(nabil)) == 1
    await region.says(nabil, "/start")
    assert len(documents(nabil)) == 2


async def test_an_alternate_may_send_it_to_be_cleared(region: Region, layla: Person) -> None:
    await asks_for(region, layla, 1)
    rana = await clearer(region, layla)
    omar = await region.focal_point("LB", "en", "Omar Khoury")
    await sends(region, omar)
    assert "The text was sent to be cleared." in newest(layla)
    await region.presses(rana, "✅ Cleared")
    await region.presses(rana, "Yes, it is cleared")
    await region.says(omar, "/submit")
    assert "Submit frozen text 1" not in labels_of(omar.last_message)
    await region.says(layla, "/submit")
    assert "Submit frozen text 1" in labels_of(layla.last_message)


async def test_a_reason_is_asked_about_added_to_and_never_cut(region: Region, layla: Person) -> None:
    await asks_for(region, layla, 1)
    rana = await clearer(region, layla)
    await sends(region, layla)
    (edition,) = await editions(region)
    await region.presses(rana, "✏️ Changes are needed")
    await region.says(rana, "...")
    assert "Your message had no words in it." in newest(rana)
    await region.says(rana, "/help", "what does this mean?")
    assert not heard(layla, "what does this mean?")
    assert (await editions(region))[0].state == "in_clearance"
    await region.presses(rana, "Write it anew")
    await region.says(rana, "please change this. " * 190 + "LASTWORDS", "and a second part")
    await region.presses(rana, "Yes, ask for changes")
    assert (await editions(region))[0].state == "changes_asked"
    read = everything([layla])
    assert "LASTWORDS" in read
    assert "and a second part" in read
    assert "what does this mean?" not in read
    async with region.store.reading() as work:
        assert [act.act for act in await work.clearance.acts(edition.id)] == ["send", "ask_changes"]
    again = await region.forges(rana, rana.last_message.message_id, f"do.ask_changes.{edition.id}.yes")
    assert again.startswith(STALE)
    await region.says(layla, "/submit")
    assert heard(layla, "The review on its way: Lebanon")


async def test_an_edited_reason_stands_as_it_was_sent_and_that_is_said(region: Region, layla: Person) -> None:
    await asks_for(region, layla, 1)
    rana = await clearer(region, layla)
    await sends(region, layla)
    await region.presses(rana, "✏️ Changes are needed")
    said = await region.says(rana, "The figures of 2019 are missing.")
    rana.edits(said, "The figures of 2018 are missing.")
    await region.rests()
    assert "Your earlier words stand" in newest(rana)
    assert not heard(rana, "Your text was not kept")
    await region.forges(rana, said_by_bot(rana)[-2].message_id, data_of(said_by_bot(rana)[-2])[0])
    assert "The figures of 2019 are missing." in newest(layla)


async def test_the_second_clearer_hears_that_the_text_is_replaced(region: Region, layla: Person) -> None:
    await asks_for(region, layla, 2)
    rana = await clearer(region, layla, 1)
    nabil = await clearer(region, layla, 2, name="Nabil Farah")
    await region.opens(layla, OPEN)
    await region.says(layla, "the first words")
    await sends(region, layla)
    await region.presses(rana, "✅ Cleared")
    await region.presses(rana, "Yes, it is cleared")
    await region.opens(layla, OPEN)
    await region.says(layla, "more words", "/submit")
    await region.presses(layla, "Send the new text to be cleared")
    assert "This text takes the place of the one you had." in newest(nabil)
    assert data_of(nabil.last_message) == []
    assert len(documents(nabil)) == 1


@pytest.mark.parametrize(
    ("others", "told"), [(0, "please invite somebody"), (1, "who were invited can still clear it")]
)
async def test_focal_points_hear_that_a_clearer_has_gone(
    region: Region, layla: Person, others: int, told: str
) -> None:
    sam = await region.officer()
    await asks_for(region, layla, 1)
    rana = await clearer(region, layla)
    for _ in range(others):
        await clearer(region, layla, name="Huda Issa")
    await sends(region, layla)
    async with region.store.reading() as work:
        person = await work.people.by_telegram(rana.user_id)
    assert person is not None
    assert person.membership is not None
    await region.forges(sam, first_card(sam).message_id, f"do.end_place.{person.membership.id}.yes")
    assert heard(layla, told)


# --- what a clearer never sees ---------------------------------------------------------------------------------------


async def test_case_08_a_clearer_sees_what_was_sent_and_nothing_else(region: Region, layla: Person) -> None:
    await asks_for(region, layla, 1)
    rana = await clearer(region, layla)
    await region.opens(layla, OPEN)
    await region.says(layla, "a sentence nobody has sent")
    for command in ("/sections", "/continue", "/progress", "/submit", "/clearing", "/colleagues", "/status"):
        await region.says(rana, command)
        assert newest(rana).startswith(UNKNOWN_COMMAND)
    card = first_card(rana).message_id
    for data in (
        f"go.prompt:{OPEN}",
        "go.hub",
        "go.continue",
        "do.freeze",
        "do.clearing.steps.0",
        "do.continue",
    ):
        assert (await region.forges(rana, card, data)).startswith(STALE)
    await region.says(rana, "an answer of mine")
    assert "what is asked of you here is a decision" in newest(rana)
    await region.says(rana, "/help")
    assert "Texts arrive here by themselves." in newest(rana)
    await region.says(rana, "/editions")
    assert "There is none yet." in newest(rana)
    await asks_for(region, layla, 0)
    await region.says(layla, "/submit")
    await region.presses(layla, "Submit version 1")
    (unsent,) = await editions(region)
    assert (await region.forges(rana, card, f"do.editions.{unsent.id}")).startswith(STALE)
    assert "nobody has sent" not in everything([rana])
    assert (f"edition/{unsent.id}", "denied") in await noted(region, "read_edition")


async def test_a_clearer_of_another_country_sees_nothing(region: Region, layla: Person) -> None:
    amal = await region.focal_point("JO", "en", "Amal Haddad")
    await asks_for(region, amal, 1)
    tariq = await clearer(region, amal, name="Tariq Nasser")
    await asks_for(region, layla, 1)
    await clearer(region, layla)
    await region.opens(layla, OPEN)
    await region.says(layla, "the words of Lebanon")
    await sends(region, layla)
    (edition,) = await editions(region)
    for verb in ("editions.{}", "clear.{}", "clear.{}.yes", "ask_changes.{}"):
        told = await region.forges(tariq, first_card(tariq).message_id, f"do.{verb.format(edition.id)}")
        assert told == await region.forges(tariq, first_card(tariq).message_id, f"do.{verb.format(4711)}")
        assert told.startswith(STALE)
    assert "Lebanon" not in everything([tariq, amal])
    assert edition.content_hash[:12] not in everything([tariq, amal])
    assert (await editions(region))[0].state == "in_clearance"


async def test_a_text_taken_back_is_no_longer_the_clearers_to_read(region: Region, layla: Person) -> None:
    await asks_for(region, layla, 1)
    rana = await clearer(region, layla)
    await region.opens(layla, OPEN)
    await region.says(layla, "words taken back")
    await sends(region, layla)
    await region.says(layla, "/submit")
    await region.presses(layla, "↩ Take it back")
    assert "have taken the text back" in newest(rana)
    assert data_of(rana.last_message) == []
    huda = await clearer(region, layla, name="Huda Issa")
    (edition,) = await editions(region)
    for person, had in ((huda, 0), (rana, 1)):
        await region.says(person, "/editions")
        told = await region.forges(person, person.last_message.message_id, f"do.editions.{edition.id}")
        assert told.startswith(STALE)
        assert len(documents(person)) == had
    assert "words taken back" not in everything([huda])


async def test_nobody_is_invited_to_clear_for_no_country(region: Region, layla: Person) -> None:
    sam = await region.officer()
    before = len(said_by_bot(sam))
    await region.forges(sam, first_card(sam).message_id, "do.clearing.invite.1")
    assert not any("?start=" in message.text for message in said_by_bot(sam)[before:])


@pytest.mark.parametrize("arg", ["invite.1", "steps.1"])
async def test_only_focal_points_arrange_clearances(region: Region, layla: Person, arg: str) -> None:
    await asks_for(region, layla, 2)
    rana = await clearer(region, layla)
    karim = await region.contributor("LB", "en")
    for person in (rana, karim):
        before = len(said_by_bot(person))
        await region.forges(person, first_card(person).message_id, f"do.clearing.{arg}")
        assert not any("?start=" in message.text for message in said_by_bot(person)[before:])
    async with region.store.reading() as work:
        assert await work.clearance.steps(CYCLE, "LB") == 2


# --- in Arabic -------------------------------------------------------------------------------------------------------


async def test_the_whole_way_in_arabic(region: Region) -> None:
    layla = await region.focal_point("LB", "ar", "ليلى حداد")
    await region.says(layla, "/clearing")
    await region.presses(layla, AR.pgettext("clearances", "One"))
    rana = await clearer(region, layla, language="ar", name="رنا سعد")
    sam = await region.officer("fr")
    await region.opens(layla, OPEN)
    await region.says(layla, "أنشأنا لجنة وطنية برئاسة وزارة الخارجية (Comité national) عام 2019.", "/submit")
    await region.presses(layla, AR.gettext("Send to be cleared"))
    ((name, text),) = documents(rana)
    assert name.startswith("review-LB-1-")
    assert "أنشأنا لجنة وطنية" in text
    await region.presses(rana, AR.gettext("✏️ Changes are needed"))
    await region.says(rana, "يُرجى ذكر رقم القرار.")
    await region.presses(rana, AR.gettext("Yes, ask for changes"))
    assert "يُرجى ذكر رقم القرار." in newest(layla)
    await region.opens(layla, OPEN)
    await region.says(layla, "القرار رقم 12/2019.", "/submit")
    await region.presses(layla, AR.gettext("Send the new text to be cleared"))
    await region.presses(rana, AR.gettext("✅ Cleared"))
    await region.presses(rana, AR.gettext("Yes, it is cleared"))
    await region.says(layla, "/submit")
    await region.presses(layla, AR.gettext("Submit frozen text {number}", number=2))
    await region.presses(layla, AR.gettext("Yes, submit version {version}", version=1))
    for person in (layla, rana):
        assert heard(person, AR.gettext("✅ The review of {country} is submitted.", country="لبنان"))
    assert "القرار رقم 12/2019." in documents(sam)[0][1]
    assert "L’examen national" in documents(sam)[0][1] or "examen" in documents(sam)[0][1].casefold()
    await region.says(layla, "فكرة متأخرة")
    assert "فكرة متأخرة" in newest(layla)
    assert "فكرة متأخرة" not in await region.text(OPEN)
