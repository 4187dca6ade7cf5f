"""Whoever claims a place: what is kept about them is theirs while they wait, and when they were not let in."""

import json

import pytest

from bot.menus import bot_commands
from bot.sandbox import Person
from tests.chats.telling import CYCLE, Region, bare, data_of, heard, newest, newest_file, voice
from tests.chats.test_coming_in import NOT_INVITED
from tests.chats.test_people_desk import two_links
from tests.store.village import rows
from workflows.store.transaction import Work
from workflows.use_cases.cause import Cause, Errand
from workflows.use_cases.steering.claiming import decide

EN = voice("en")
UNDECIDED = "Your invitation has arrived. The secretariat is confirming"
ERASED = "Your personal data have been erased."


@pytest.fixture
async def sam(region: Region) -> Person:
    """The officer who has made two invitations for one place, and decides."""
    return await region.officer()


@pytest.fixture
async def karim(region: Region, sam: Person) -> Person:
    """Somebody who came in after Layla, by an invitation that was made before."""
    first, second = await two_links(region, sam)
    await region.comes_in(first, "en")
    karim = await region.comes_in(second, "en", "Karim Aoun")
    assert newest(karim).startswith("Your invitation has arrived: Lebanon.")
    return karim


async def sees_to_their_own(region: Region, person: Person) -> None:
    """The person reads what is kept, takes a copy of it and chooses another language."""
    await region.says(person, "/privacy")
    assert newest(person).startswith("What is kept, and who reads it")
    assert "/erase" in newest(person)
    await region.says(person, "/mydata")
    document = newest_file(person)
    content = json.loads(document.content)
    assert (content["person"]["name"], content["person"]["telegram_id"]) == (person.name, person.user_id)
    assert [act["act"] for act in content["acts"]][-1] == "come_in"
    await region.says(person, "/language")
    assert data_of(person.last_message) == ["do.language.ar", "do.language.en", "do.language.fr"]
    await region.presses(person, "Français")
    assert newest(person) == bare(voice("fr").gettext("Rafiq now writes to you in English."))
    assert region.sandbox.profile.commands_for(person.user_id, "fr") == bot_commands("former", "fr")
    await region.forges(person, person.last_message.message_id, "do.language.en")


async def erases(region: Region, person: Person) -> None:
    """The person erases what is kept about them, asked once more."""
    await region.says(person, "/erase")
    await region.presses(person, EN.gettext("No, keep"))
    assert newest(person) == "Nothing was erased."
    await region.says(person, "/erase")
    await region.presses(person, EN.gettext("Yes, erase"))
    assert newest(person).startswith(ERASED)


async def is_forgotten(region: Region, person: Person) -> None:
    """Nothing leads to the person any more, and whoever reads the tables finds a claim without a name."""
    known = await rows(region.store, "SELECT id, name, telegram_id FROM person WHERE erased_at IS NOT NULL")
    assert [(row.name, row.telegram_id) for row in known] == [(None, None)]
    (claim,) = await rows(region.store, "SELECT person_id FROM claim")
    assert claim.person_id is None
    await region.says(person, "hello")
    assert newest(person) == EN.gettext(NOT_INVITED)


async def test_whoever_waits_sees_to_what_is_kept_about_them(region: Region, karim: Person) -> None:
    await sees_to_their_own(region, karim)
    for words in ("/help", "/start", "/continue", "/settings", "/colleagues", "hello"):
        await region.says(karim, words)
        assert newest(karim).startswith(UNDECIDED)
    await region.forges(karim, karim.last_message.message_id, "do.settings")
    assert newest(karim).startswith(UNDECIDED)


@pytest.mark.parametrize(
    ("language", "open_to_them"),
    [
        ("ar", "يتيح لكم الأمر /mydata في أي وقت الاطلاع على ما هو محفوظ عنكم، والأمر /erase محوه."),
        (
            "fr",
            (
                "Vous pouvez à tout moment consulter ce qui est conservé sur vous avec /mydata, "
                "et le faire effacer avec /erase."
            ),
        ),
        (
            "en",
            "You may see what is kept about you with /mydata, and have it erased with /erase, at any time.",
        ),
    ],
)
async def test_both_letters_name_the_ways_to_what_is_kept(
    region: Region, sam: Person, language: str, open_to_them: str
) -> None:
    first, second = await two_links(region, sam)
    await region.comes_in(first, "en")
    karim = await region.comes_in(second, language, "Karim Aoun")
    waits = newest(karim)
    assert waits.endswith(open_to_them)
    await region.presses(sam, "Do not let in")
    assert newest(karim) != waits
    assert newest(karim).endswith(open_to_them)


async def test_whoever_waits_can_be_forgotten_and_nothing_is_left_to_decide(
    region: Region, sam: Person, karim: Person
) -> None:
    card = next(message for message in sam.messages if "do.claim.1.beside" in data_of(message))
    await erases(region, karim)
    await is_forgotten(region, karim)
    await region.says(sam, "/people LB")
    assert "Waiting for your decision" not in newest(sam)
    assert not any(data.startswith("do.claim.") for data in data_of(sam.last_message))
    for answer in ("show", "beside", "refused"):
        assert "already" in (await region.forges(sam, card.message_id, f"do.claim.1.{answer}")).lower()
    async with region.store.reading() as work:
        assert [person.name for person in await work.people.of_country(CYCLE, "LB")] == ["Layla Haddad"]
        assert await work.claims.waiting(CYCLE) == []


async def test_whoever_was_not_let_in_sees_to_what_is_kept_about_them(
    region: Region, sam: Person, karim: Person
) -> None:
    await region.presses(sam, "Do not let in")
    await sees_to_their_own(region, karim)
    for words in ("/help", "/continue", "/settings", "hello"):
        await region.says(karim, words)
        assert newest(karim) == EN.gettext(NOT_INVITED)
    await erases(region, karim)
    await is_forgotten(region, karim)


async def test_whoever_was_forgotten_comes_in_by_a_new_invitation(region: Region, karim: Person) -> None:
    await erases(region, karim)
    karim.starts(await region.invitation("focal_point", "LB"))
    await region.rests()
    assert heard(karim, "Welcome.")


async def test_whoever_had_a_place_and_claims_another_sees_to_what_is_kept(
    region: Region, sam: Person
) -> None:
    karim = await region.contributor("LB", "en")
    async with region.store.reading() as work:
        (known,) = await work.people.of_country(CYCLE, "LB")
    assert known.membership is not None
    place = known.membership.id

    async def ends(work: object) -> None:
        await work.people.end(place, "over", region.house.clock.now())  # type: ignore[attr-defined]  # it is a Work

    await region.house.clerk.run_errand(ends)
    first, second = await two_links(region, sam)
    await region.comes_in(first, "en")
    karim.starts(second)
    await region.rests()
    await sees_to_their_own(region, karim)
    await region.says(karim, "/help")
    assert newest(karim).startswith(UNDECIDED)
    await erases(region, karim)
    await is_forgotten(region, karim)


async def test_what_a_claim_leads_to_is_told_under_the_part_of_the_message_that_decided_it(
    region: Region, sam: Person, karim: Person
) -> None:
    """Two claims that one message decides say the same words to the same people: neither takes the other's place."""
    (claim,) = await rows(region.store, "SELECT id FROM claim")
    now = region.house.clock.now()

    async def decided(work: Work) -> None:
        officer = await work.people.by_telegram(sam.user_id)
        assert officer is not None
        assert officer.actor is not None
        cause = Cause(7_000_000, now, part=1)
        assert await decide(Errand(work, officer, officer.actor, cause), claim.id, "beside", 1) == "done"

    await region.house.clerk.run_errand(decided)
    await region.rests()
    keys = [row.key for row in await rows(region.store, "SELECT key FROM outbox WHERE key LIKE '7000000:%'")]
    assert len(keys) > 2
    assert [key for key in keys if not key.startswith("7000000:1.")] == []
