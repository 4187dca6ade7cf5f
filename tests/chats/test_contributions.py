"""Colleagues write beside the official text: what they were asked for alone, taken over by the focal point."""

from typing import Literal

import pytest

from bot.sandbox import Message, Person
from tests.chats.telling import (
    CYCLE,
    Region,
    bare,
    card,
    data_of,
    everything,
    first_card,
    heard,
    labels_of,
    newest,
    said_by_bot,
    since,
    until,
    voice,
)
from workflows.languages import LANGUAGES, Language
from workflows.people.roles import Actor
from workflows.review.answers import RecordList
from workflows.store.values import Contribution

TEXT = "1f.2"
STALE = voice("en").gettext("This button belongs to an earlier message. Please use the newest one.")


async def invited(region: Region, layla: Person, *scope: str, name: str = "Karim Aoun") -> Person:
    """A contributor who comes in by a link that the focal point made for what these keys name."""
    await region.says(layla, "/colleagues")
    await region.presses(layla, "Invite a contributor")
    for label in scope:
        await region.presses(layla, label)
    token = layla.last_message.text.partition("?start=")[2].split()[0]
    return await region.comes_in(token, "en", name)


async def asked_for(region: Region, scope: str, name: str = "Karim Aoun", language: str = "en") -> Person:
    """A contributor with this scope, invited from the command line."""
    return await region.comes_in(await region.invitation("contributor", "LB", scope=scope), language, name)


async def contributions(region: Region) -> list[Contribution]:
    async with region.store.reading() as work:
        return await work.drafts.contributions(Actor(0, "focal_point", "LB", CYCLE), "LB")


async def audited(region: Region, act: str) -> list[tuple[str, str]]:
    async with region.store.reading() as work:
        return [(line.thing, line.outcome) for line in await work.audit.newest(100) if line.act == act]


async def test_a_colleague_is_asked_for_a_section_and_sees_nothing_else(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.opens(layla, TEXT)
    await region.says(layla, "CEDAR official words")
    karim = await invited(region, layla, "do.scope.policy_environment", "The whole of section II")
    assert heard(karim, "You are asked for: section II")
    await region.says(karim, "/sections")
    hub = karim.last_message
    assert [data for data in data_of(hub) if "section:" in data] == ["go.section:policy_environment"]
    await region.says(karim, "/continue")
    assert "2a" in newest(karim)
    for place in ("prompt:1f.2", "question:1f", "section:methodology", "prompt:5a.1"):
        await region.forges(karim, first_card(karim).message_id, f"go.{place}")
        assert data_of(karim.last_message) == data_of(hub)
    assert "CEDAR" not in everything([karim])


async def test_what_a_colleague_writes_stands_beside_the_official_text(region: Region, layla: Person) -> None:
    await region.says(layla, "official words")
    karim = await asked_for(region, "1f")
    asked = await region.opens(karim, TEXT)
    assert "Your answer stands under your own name beside the official one." in asked.text
    await region.says(karim, "words of Karim")
    assert await region.text(TEXT) == "official words"
    (wrote,) = await contributions(region)
    assert (wrote.name, wrote.scope, list(wrote.review.answers)) == ("Karim Aoun", "1f", [TEXT])
    assert "official words" not in everything([karim])


async def test_a_colleague_has_no_say_in_fitting_the_template(region: Region) -> None:
    karim = await asked_for(region, "1f")
    await region.opens(karim, TEXT)
    await region.presses(karim, "⋯ More")
    assert "Adapt the question to our context" not in labels_of(karim.last_message)
    turn = data_of(karim.last_message)[0].partition(".")[0]
    before = await region.review()
    await region.forges(karim, karim.last_message.message_id, f"{turn}.leave_out")
    assert await region.review() == before


async def test_the_focal_point_is_told_once_a_day_however_much_is_written(
    region: Region, layla: Person
) -> None:
    karim = await asked_for(region, "")
    told = "Karim Aoun has written a text of their own."
    for prompt in (TEXT, "3b.1"):
        await region.opens(karim, prompt)
        await region.says(karim, "some words", "more words")
    await until(lambda: heard(layla, told))
    assert sum(told in bare(message.text) for message in said_by_bot(layla)) == 1
    assert not heard(karim, told)
    assert "👥 1 colleague's text" in labels_of(await region.opens(layla, TEXT))
    rima = await asked_for(region, "1f", "Rima Saab")
    await region.opens(rima, TEXT)
    await region.says(rima, "words of Rima")
    assert "👥 2 colleagues' texts" in labels_of(await region.opens(layla, TEXT))


async def read(region: Region, layla: Person, prompt: str = TEXT) -> Message:
    """Open a colleague's text from the question's own card."""
    await region.opens(layla, prompt)
    await region.presses(layla, "👥 1 colleague's text")
    return shown(layla)


def shown(layla: Person) -> Message:
    """The newest card with a colleague's text; what a colleague has written is told in between, at its own pace."""
    return card(layla, "instead:")


async def test_a_text_is_taken_over_whole(region: Region, layla: Person) -> None:
    karim = await asked_for(region, "1f")
    await region.opens(karim, TEXT)
    await region.says(karim, "first part", "second part")
    seen = bare((await read(region, layla)).text)
    assert "👥 Karim Aoun" in seen
    assert "first part\nsecond part" in seen
    await region.presses(layla, "✔ Take over")
    assert await region.parts(TEXT) == ["first part", "second part"]
    assert heard(karim, "Layla Haddad has used your text in the official answer. Thank you.")
    (wrote,) = await contributions(region)
    assert wrote.review.answers == (await region.review()).answers
    async with region.store.reading() as work:
        versions = await work.drafts.revisions(Actor(0, "focal_point", "LB", CYCLE), "LB", TEXT)
    assert [(each.author_name, each.source) for each in versions] == [
        ("Layla Haddad", f"contribution/{wrote.place_id}/2")
    ]
    assert "used in the official answer" in (await read(region, layla)).text
    assert await audited(region, "take_over") == [(f"{TEXT} of {wrote.place_id}", "instead")]


async def test_a_text_is_added_below_and_twice_only_once(region: Region, layla: Person) -> None:
    await region.says(layla, "official words")
    karim = await asked_for(region, "1f")
    await region.opens(karim, TEXT)
    await region.says(karim, "words of Karim")
    add = await read(region, layla)
    await region.presses(layla, "➕ Add to the official answer")
    assert await region.parts(TEXT) == ["official words", "words of Karim"]
    data = next(data for data in data_of(add) if ".below:" in data)
    await region.forges(layla, add.message_id, data)
    assert await region.parts(TEXT) == ["official words", "words of Karim"]
    assert "One of the two texts has changed meanwhile." in shown(layla).text


async def test_a_text_typed_after_a_colleagues_text_on_another_question_is_held(
    region: Region, layla: Person
) -> None:
    karim = await asked_for(region, "1f")
    await region.opens(karim, TEXT)
    await region.says(karim, "words of Karim")
    await region.opens(layla, TEXT)
    await region.opens(layla, "3b.1")
    await region.presses(layla, "👥 1 colleague's text")
    assert "words of Karim" in shown(layla).text
    await region.says(layla, "words that may belong to either")
    assert set((await region.review()).answers) == set()
    assert heard(layla, "Which question does it belong to?")


async def test_case_07_parts_of_a_text_are_chosen(region: Region, layla: Person) -> None:
    karim = await asked_for(region, "1f")
    await region.opens(karim, TEXT)
    await region.says(karim, "one\n\ntwo", "three")
    await read(region, layla)
    await region.presses(layla, "Choose parts of it")
    await region.presses(layla, "▫️ 1")
    await region.presses(layla, "▫️ 3")
    await region.presses(layla, "✔ Take over what is marked")
    assert await region.parts(TEXT) == ["one", "three"]
    assert heard(karim, "Layla Haddad has used a part of your text in the official answer. Thank you.")


async def test_a_text_is_put_before_the_focal_point_to_edit(region: Region, layla: Person) -> None:
    karim = await asked_for(region, "1f")
    await region.opens(karim, TEXT)
    await region.says(karim, "words & <of> Karim")
    await read(region, layla)
    await region.presses(layla, "📋 Put it before me to edit")
    copied = next(m for m in reversed(said_by_bot(layla)) if "Touch it to copy it" in m.text)
    assert "words & <of> Karim" in bare(copied.text)
    assert await region.text(TEXT) == ""
    await region.says(layla, "words of Karim, edited")
    assert await region.parts(TEXT) == ["words of Karim, edited"]


async def test_entries_taken_over_get_ids_that_no_entry_had(region: Region, layla: Person) -> None:
    await region.opens(layla, "1c.1")
    await region.says(layla, "Ministry of Interior\nMinistry of Labour")
    karim = await asked_for(region, "1c")
    await region.opens(karim, "1c.1")
    await region.says(karim, "Ministry of Health\nMinistry of Labour")
    await read(region, layla, "1c.1")
    await region.presses(layla, "➕ Add to the official answer")
    value = (await region.review()).answers["1c.1"].value
    assert isinstance(value, RecordList)
    names = [(record.id, next(iter(record.fields.values()))) for record in value.records]
    assert names == [(1, "Ministry of Interior"), (2, "Ministry of Labour"), (3, "Ministry of Health")]
    assert value.last_id == 3


async def test_a_text_that_changed_since_it_was_shown_is_shown_anew(region: Region, layla: Person) -> None:
    karim = await asked_for(region, "1f")
    await region.opens(karim, TEXT)
    await region.says(karim, "early words")
    await read(region, layla)
    await region.says(karim, "late words")
    await region.presses(layla, "✔ Take over")
    assert await region.text(TEXT) == ""
    assert "late words" in shown(layla).text
    await region.presses(layla, "✔ Take over")
    assert await region.parts(TEXT) == ["early words", "late words"]


@pytest.mark.parametrize("role", ["contributor", "secretariat", "focal_point of another country"])
async def test_nobody_else_reads_or_takes_a_colleagues_text(
    region: Region,
    layla: Person,
    role: Literal["contributor", "secretariat", "focal_point of another country"],
) -> None:
    karim = await asked_for(region, "1f")
    await region.opens(karim, TEXT)
    await region.says(karim, "CANARY words")
    keys = [data for data in data_of(await read(region, layla)) if data.startswith("do.")]
    assert len(keys) == 2
    (wrote,) = await contributions(region)
    match role:
        case "contributor":
            other = await asked_for(region, "", "Rima Saab")
        case "secretariat":
            other = await region.officer()
        case _:
            other = await region.focal_point("JO", "en", "Zaid Odeh")
    team = [f"do.colleague.{wrote.place_id}", f"do.withdraw_colleague.{wrote.place_id}:yes", "do.scope"]
    shown = [f"do.beside.{TEXT}:{wrote.place_id}", f"do.beside.{TEXT}"]
    for data in (*keys, *shown, *team):
        before = other.last_message.message_id
        await region.forges(other, first_card(other).message_id, data)
        own = data == "do.scope" and role == "focal_point of another country"
        assert own or since(other, before) == [], data
    assert "CANARY" not in everything([other])
    assert "CANARY" not in await region.text(TEXT)
    assert [each.place_id for each in await contributions(region) if each.review.answers] == [wrote.place_id]


# --- the team ------------------------------------------------------------------------------------------------------


async def test_the_team_shows_what_each_was_asked_and_wrote(region: Region, layla: Person) -> None:
    karim = await asked_for(region, "1f")
    await asked_for(region, "means", "Rima Saab")
    await region.opens(karim, TEXT)
    await region.says(karim, "some words")
    await region.says(layla, "/colleagues")
    seen = bare(card(layla, "scope").text)
    assert "• Karim Aoun · contributor · question 1f · 1 answer written" in seen
    assert "• Rima Saab · contributor · section IV · nothing written yet" in seen
    await region.presses(layla, "👥 Karim Aoun")
    await region.presses(layla, "1f · 2 words")
    assert "some words" in shown(layla).text


async def test_a_withdrawn_colleague_is_out_and_the_text_stays(region: Region, layla: Person) -> None:
    karim = await asked_for(region, "1f")
    await region.opens(karim, TEXT)
    await region.says(karim, "words that stay")
    await region.says(layla, "/colleagues")
    await region.presses(layla, "👥 Karim Aoun")
    await region.presses(layla, "End their place")
    await region.presses(layla, "Yes, end it")
    assert newest(karim).startswith("Your place in the review has ended: Lebanon.")
    before = karim.last_message.message_id
    await region.says(karim, "more words", "/continue")
    assert all("invit" in text for text in since(karim, before))
    (wrote,) = await contributions(region)
    assert wrote.ended
    assert "their place has ended" in (await read(region, layla)).text
    await region.presses(layla, "✔ Take over")
    assert await region.text(TEXT) == "words that stay"
    assert await audited(region, "withdraw_colleague") == [(f"place {wrote.place_id}", "done")]


async def test_a_link_can_be_revoked(region: Region, layla: Person) -> None:
    await region.says(layla, "/colleagues")
    await region.presses(layla, "Invite a contributor")
    await region.presses(layla, "All questions")
    token = layla.last_message.text.partition("?start=")[2].split()[0]
    await region.says(layla, "/colleagues")
    assert "Links that nobody has used yet:" in newest(layla)
    await region.presses(layla, "Revoke link 1")
    assert "Links that nobody has used yet:" not in newest(layla)
    karim = await region.comes_in(token, "en", "Karim Aoun")
    assert newest(karim).startswith("This invitation has expired.")


async def test_a_person_who_holds_no_place_to_end_is_not_ended(region: Region, layla: Person) -> None:
    """A focal point ends the places of contributors and clearers of the own country, of nobody else."""
    zaid = await region.focal_point("JO", "en", "Zaid Odeh")
    nour = await region.focal_point("LB", "en", "Nour Khoury")
    async with region.store.reading() as work:
        people = [*await work.people.of_country(CYCLE, "JO"), *await work.people.of_country(CYCLE, "LB")]
    for someone in people:
        assert someone.membership is not None
        data = f"do.withdraw_colleague.{someone.membership.id}:yes"
        assert await region.forges(layla, first_card(layla).message_id, data) == STALE
    for other in (zaid, nour):
        assert not heard(other, "Your place in the review has ended")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_text_is_read_in_three_languages(region: Region, language: Language) -> None:
    layla = await region.focal_point("LB", language)
    karim = await asked_for(region, "1f", language=language)
    await region.opens(karim, TEXT)
    await region.says(karim, "بيانات Eurostat 2019")
    await region.forges(layla, first_card(layla).message_id, f"do.beside.{TEXT}")
    speaks = voice(language, "LB")
    assert bare(speaks.gettext("✔ Take over")) in map(bare, labels_of(shown(layla)))
    assert "بيانات Eurostat 2019" in bare(shown(layla).text)
