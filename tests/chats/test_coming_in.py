"""Who may come in: by an invitation, once and in time; what strangers are told; how a place is handed over."""

import sqlite3
from datetime import timedelta

import pytest

from bot.inbound import Raw
from bot.menus import bot_commands
from bot.render.people import place_name
from bot.sandbox import Person
from tests.chats.telling import (
    Region,
    bare,
    card,
    data_of,
    first_card,
    heard,
    newest,
    newest_file,
    said_by_bot,
    since,
    stumbles_once,
    voice,
)
from workflows.people.roles import Person as Known
from workflows.reference import country as state_of

EN, AR = voice("en"), voice("ar")
NOT_INVITED = (
    "Rafiq accompanies those whom the secretariat has invited to the review. "
    "If you take part in it, please ask the secretariat for an invitation link."
)
USED = "This invitation has already been used. Please ask the secretariat for a new link."
EXPIRED = "This invitation has expired. Please ask the secretariat for a new link."
UNKNOWN = "This invitation was not recognised. Please open the link again just as it was sent to you."
OWN_PLACE = "You are already in, in the same role. Nothing has changed."
TOO_MANY = "There were several attempts that did not succeed. Please try again in an hour."
STALE = "This button belongs to an earlier message. Please use the newest one."

# What the bot writes for every update, whoever sent it: the ids it has seen.
OF_THE_TRANSPORT = {"lease", "seen"}


def rows(region: Region) -> dict[str, int]:
    """How many rows each table of the file holds."""
    with sqlite3.connect(region.settings.data / "rafiq.db") as file:
        names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = {name: file.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608 - names of the file's own tables
    file.close()
    return counts


def outsider(region: Region, language: str | None = "en", name: str = "Nobody Known") -> Person:
    return region.sandbox.person(name, language)


async def tries(region: Region, person: Person, token: str) -> str:
    person.starts(token)
    await region.rests()
    return newest(person)


# --- invitations -------------------------------------------------------------------------------------------------


async def test_fault_63_an_invitation_lets_one_person_in_once(region: Region) -> None:
    token = await region.invitation("focal_point", "LB")
    layla = await region.comes_in(token)
    assert heard(layla, voice("ar", "LB").country_name("LB"))
    omar = outsider(region)
    assert await tries(region, omar, token) == EN.gettext(USED)
    assert await tries(region, layla, token) == voice("ar", "LB").gettext(OWN_PLACE)
    assert len(await people(region, "LB")) == 1


async def test_fault_63_an_invitation_ends_with_its_time(region: Region) -> None:
    early = await region.invitation("focal_point", "LB", days=7)
    late = await region.invitation("focal_point", "LB", days=7)
    await region.later(timedelta(days=6, hours=23))
    await region.comes_in(early)
    await region.later(timedelta(hours=2))
    omar = outsider(region)
    assert await tries(region, omar, late) == EN.gettext(EXPIRED)
    assert [person.name for person in await people(region, "LB")] == ["Layla Haddad"]


@pytest.mark.parametrize("token", ["x", "A" * 43, "../../etc", "'; DROP TABLE person;--", "٣" * 40])
async def test_an_unknown_invitation_opens_nothing(region: Region, token: str) -> None:
    before = rows(region)
    omar = outsider(region)
    assert await tries(region, omar, token) == EN.gettext(UNKNOWN)
    assert without_transport(rows(region)) == without_transport(before)


async def test_fault_63_two_accounts_race_for_one_invitation(region: Region) -> None:
    token = await region.invitation("focal_point", "LB")
    racers = [outsider(region, "en", name) for name in ("First Racer", "Second Racer")]
    for racer in racers:
        racer.starts(token)
    await region.rests()
    inside = [racer for racer in racers if len(said_by_bot(racer)) > 1]
    outside = [racer for racer in racers if racer not in inside]
    assert len(inside) == len(outside) == 1
    assert newest(outside[0]) == EN.gettext(USED)
    assert len(await people(region, "LB")) == 1


async def test_a_member_of_another_country_does_not_come_in(region: Region) -> None:
    token = await region.invitation("focal_point", "JO")
    layla = await region.focal_point("LB", "en")
    said = await tries(region, layla, token)
    assert said == EN.gettext(
        "You already take part for another country. The secretariat will gladly help with a change of place."
    )
    assert await people(region, "JO") == []
    omar = await region.comes_in(token, "en", "Omar Saleh")  # it is not used up
    assert heard(omar, EN.country_name("JO"))


async def test_fault_63_ten_bad_tokens_shut_the_door(region: Region) -> None:
    omar = outsider(region)
    for number in range(10):
        assert await tries(region, omar, f"guess{number}") == EN.gettext(UNKNOWN)
    token = await region.invitation("focal_point", "LB")
    assert await tries(region, omar, token) == EN.gettext(TOO_MANY)
    assert await people(region, "LB") == []
    layla = await region.comes_in(token)  # others are not locked out with him
    assert heard(layla, voice("ar", "LB").country_name("LB"))


async def test_the_door_opens_again_after_an_hour(region: Region) -> None:
    """As the words promise: "please try again in an hour"."""
    omar = outsider(region)
    for number in range(10):
        await tries(region, omar, f"guess{number}")
    token = await region.invitation("focal_point", "LB")
    assert await tries(region, omar, token) == EN.gettext(TOO_MANY)
    await region.later(timedelta(minutes=61))
    await tries(region, omar, token)
    assert [person.name for person in await people(region, "LB")] == ["Nobody Known"]


async def test_fault_63_ten_bad_tokens_are_counted_in_any_hour(region: Region) -> None:
    """Not in an hour of the clock, whose end would bring ten more."""
    omar = outsider(region)
    await region.later(timedelta(minutes=50))  # five minutes to ten
    for number in range(10):
        assert await tries(region, omar, f"guess{number}") == EN.gettext(UNKNOWN)
    await region.later(timedelta(minutes=10))
    assert await tries(region, omar, "guess10") == EN.gettext(TOO_MANY)
    await region.later(timedelta(minutes=51))
    assert await tries(region, omar, "guess11") == EN.gettext(UNKNOWN)


async def test_fault_63_a_bad_token_that_is_handled_again_counts_once(region: Region) -> None:
    omar = outsider(region)
    for number in range(10):
        stumbles_once(region)
        assert await tries(region, omar, f"guess{number}") == EN.gettext(UNKNOWN)
    assert await tries(region, omar, "guess10") == EN.gettext(TOO_MANY)


# --- strangers ---------------------------------------------------------------------------------------------------


def without_transport(counts: dict[str, int]) -> dict[str, int]:
    return {table: count for table, count in counts.items() if table not in OF_THE_TRANSPORT}


async def test_fault_65_a_stranger_is_met_politely_and_costs_no_row(region: Region) -> None:
    await region.focal_point("LB")
    before = rows(region)
    assert set(before) >= OF_THE_TRANSPORT
    omar = outsider(region, "en")
    for act in (omar.starts, lambda: omar.says("hello"), lambda: omar.says("/help"), omar.sends_sticker):
        act()
        await region.rests()
        assert newest(omar) == EN.gettext(NOT_INVITED)
    omar.sends_photo(b"jpeg", caption="look")
    forged = omar.forges(omar.last_message.message_id, "1.option.yes")
    omar.says("/progress")
    omar.says("/status")
    await omar.is_answered(forged)
    await region.rests()
    assert {bare(message.text) for message in said_by_bot(omar)} == {EN.gettext(NOT_INVITED)}
    assert without_transport(rows(region)) == without_transport(before)


@pytest.mark.parametrize(
    ("spoken", "language"), [("fr", "fr"), ("ar", "ar"), ("en-GB", "en"), ("de", "ar"), (None, "ar")]
)
async def test_a_stranger_is_spoken_to_in_their_telegrams_language(
    region: Region, spoken: str | None, language: str
) -> None:
    omar = outsider(region, spoken)
    omar.starts()
    await region.rests()
    assert newest(omar) == bare({"fr": voice("fr"), "ar": AR, "en": EN}[language].gettext(NOT_INVITED))


async def test_a_stranger_may_read_what_is_kept(region: Region) -> None:
    before = rows(region)
    omar = outsider(region)
    omar.says("/privacy")
    await region.rests()
    assert newest(omar).startswith(EN.gettext("What is kept, and who reads it"))
    assert "/erase" not in newest(omar)
    assert without_transport(rows(region)) == without_transport(before)


# --- several people of one country -------------------------------------------------------------------------------


async def people(region: Region, country: str) -> list[Known]:
    async with region.store.reading() as work:
        return await work.people.of_country("gcm-arab-2020", country)


async def test_the_first_focal_point_leads_and_both_write_one_draft_a_contributor_beside_it(
    region: Region,
) -> None:
    layla = await region.focal_point("LB", "en")
    karim = await region.contributor("LB", "en")
    nadia = await region.focal_point("LB", "fr", "Nadia Khoury")
    async with region.store.reading() as work:
        places = [p.membership for p in await work.people.of_country("gcm-arab-2020", "LB")]
    assert [(p.role, p.lead) for p in places if p] == [
        ("focal_point", True),
        ("contributor", False),
        ("focal_point", False),
    ]
    assert heard(layla, EN.gettext("{name} has come in.", name="Karim Aoun"))
    assert heard(layla, place_name(EN, "contributor", "LB"))
    assert heard(karim, EN.gettext("{name} has come in.", name="Nadia Khoury"))

    await region.opens(layla, "1f.2")
    await region.says(layla, "written by Layla")
    await region.opens(nadia, "2b.1")
    await region.presses(nadia, "Oui")
    await region.opens(karim, "2c.1")
    await region.says(karim, "written by Karim")
    assert set((await region.review()).answers) == {"1f.2", "2b.1"}
    await region.opens(nadia, "1f.2")
    assert "written by Layla" in card(nadia).text
    await region.opens(karim, "1f.2")
    assert "written by Layla" not in card(karim).text


async def test_the_secretariat_comes_in_and_is_told_of_others(region: Region) -> None:
    sam = await region.officer()
    assert newest(sam).startswith(
        "اختاروا"
    )  # the last thing said to the secretariat is the question of the language
    assert heard(
        sam,
        EN.gettext(
            "You see in counts where each country stands. What a country writes you read once it has shared or "
            "submitted it."
        ),
    )
    await region.focal_point("LB", "ar")
    assert heard(sam, EN.gettext("{name} has come in.", name="Layla Haddad"))
    second = await region.officer("fr", "Claire Martin")
    assert heard(sam, EN.gettext("{name} has come in.", name="Claire Martin"))
    assert not heard(second, "Layla Haddad")


async def test_the_secretariat_invites_by_the_bot(region: Region) -> None:
    """The officer says a country in any language, sends the link on, and somebody comes in by it."""
    sam = await region.officer()
    for wanted, code in (("lebanon", "LB"), ("المغرب", "MA"), ("Tunisie", "TN")):
        await region.says(sam, f"/invite {wanted}")
        link = next(word for word in sam.last_message.text.split() if "?start=" in word)
        token = link.partition("?start=")[2]
        assert token not in str(rows(region))
        await region.comes_in(token, "en", f"Guest of {code}")
        assert len(await people(region, code)) == 1
    await region.says(sam, "/invite Atlantis")
    assert "Atlantis" in newest(sam)


async def test_a_focal_point_invites_nobody_by_forging(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    before = rows(region)["invitation"]
    for data in (
        "do.invite.secretariat",
        "do.invite.focal_point.LB",
        "do.invite.focal_point.JO",
        "do.replace.1",
    ):
        await region.forges(layla, first_card(layla).message_id, data)
        assert "?start=" not in newest(layla)
    await region.says(layla, "/invite LB", "/replace LB", "/status")
    assert "?start=" not in newest(layla)
    assert rows(region)["invitation"] == before


# --- handing over ------------------------------------------------------------------------------------------------


async def handed_over(region: Region) -> tuple[Person, Person, Person]:
    """Layla has answered three prompts and stops; the secretariat lets Nadia take her place."""
    sam = await region.officer()
    layla = await region.focal_point("LB", "en")
    await region.presses(layla, "Begin ▶")
    await region.presses(layla, "No")
    await region.says(layla, "Ministry of Interior", "Ministry of Labour")
    await region.presses(layla, "✔ Done")
    await region.says(sam, "/replace Lebanon")
    assert "Layla Haddad" in "".join(
        label for row in sam.keyboard(sam.last_message.message_id) for label, _ in row
    )
    button = data_of(sam.last_message)[0]
    await region.presses(sam, button)
    assert heard(layla, "Layla") is False
    token = sam.last_message.text.partition("?start=")[2].split()[0]
    nadia = await region.comes_in(token, "en", "Nadia Khoury")
    return sam, layla, nadia


async def test_a_successor_continues_where_the_place_stands(region: Region) -> None:
    _, _, nadia = await handed_over(region)
    assert heard(nadia, EN.gettext("What has been answered is here, and nothing is asked twice."))
    assert heard(nadia, EN.gettext("Points settled: {settled} of {total}", settled=2, total=37)) or heard(
        nadia, "Points settled: 2 of"
    )
    answers = dict((await region.review()).answers)
    assert set(answers) == {"1a.1", "1b.1"}
    await region.presses(nadia, "Continue ▶")
    asked = card(nadia)
    assert region.template.prompts["1c.1"].text.en in bare(asked.text)
    assert (await region.review()).answers == answers


async def test_case_01_the_former_place_ends_at_once(region: Region) -> None:
    _, layla, _ = await handed_over(region)
    ended = EN.gettext(
        "Your place in the review has passed to a successor: {country}.", country=state_of("LB").en
    )
    assert bare(ended) in newest(layla)
    review = await region.review()
    keyboards = [(m.message_id, data) for m in said_by_bot(layla) for data in data_of(m) if data]
    of_the_talk = [(number, data) for number, data in keyboards if not data.startswith("do.")]
    assert len(of_the_talk) > 10
    before = layla.last_message.message_id
    for message_id, data in of_the_talk:
        await region.forges(layla, message_id, data)
    await region.says(layla, "more words", "/progress", "/continue", "/sections", "/status", "/invite LB")
    (told,) = set(since(layla, before))
    assert told.startswith("Your place in the review has ended, and what you sent now was not kept.")
    for message_id, data in set(keyboards) - set(of_the_talk):
        await region.forges(layla, message_id, data)
    assert not any("Ministry" in text for text in since(layla, before))
    assert await region.review() == review


async def test_the_former_person_still_reads_and_erases_what_is_kept(region: Region) -> None:
    """The words of farewell promise /mydata and /erase, so both must work without a place."""
    _, layla, _ = await handed_over(region)
    assert "/mydata" in newest(layla)
    await region.says(layla, "/mydata")
    assert "Ministry of Interior" in newest_file(layla).content.decode()
    await region.says(layla, "/erase")
    await region.presses(layla, EN.gettext("Yes, erase"))
    assert newest(layla).startswith(
        EN.gettext("Your personal data have been erased. Thank you for your part in the review.")
    )
    assert set((await region.review()).answers) == {"1a.1", "1b.1"}


async def test_the_lead_passes_to_the_successor(region: Region) -> None:
    await handed_over(region)
    async with region.store.reading() as work:
        (nadia,) = await work.people.of_country("gcm-arab-2020", "LB")
    assert nadia.name == "Nadia Khoury"
    assert nadia.membership is not None
    assert nadia.membership.lead


async def test_whose_place_has_ended_has_the_menu_of_what_stays_open_to_them(region: Region) -> None:
    _, layla, nadia = await handed_over(region)
    profile = region.sandbox.profile
    assert profile.commands_for(layla.user_id, "en") == bot_commands("former", "en")
    assert profile.commands_for(nadia.user_id, "en") == bot_commands("focal_point", "en")
    await region.says(layla, "/language")
    await region.forges(layla, layla.last_message.message_id, "do.language.fr")
    assert profile.commands_for(layla.user_id, "fr") == bot_commands("former", "fr")
    await region.says(layla, "/erase")
    await region.presses(layla, voice("fr").gettext("Yes, erase"))
    strangers: list[Raw] = [dict(command) for command in bot_commands("", "fr")]
    assert profile.commands_for(layla.user_id, "fr") == strangers
