"""The desk for people: who is missing, links, leads, places that end, two who claim one place; nobody else sees it."""

from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox import Person
from tests.chats.telling import CYCLE, OPEN, Region, bare, data_of, first_card, heard, labels_of
from tests.chats.telling import newest as last
from workflows.people.invitations import hash_token

GONE = "Rafiq does not know this command."


def newest(person: Person) -> str:
    """The bot's last message, with plain blanks."""
    return last(person).replace("\u00a0", " ")


async def presses_key(region: Region, person: Person, verb: str) -> None:
    """Press the first key of that verb on the newest message."""
    await region.presses(person, next(d for d in data_of(person.last_message) if d.startswith(f"do.{verb}.")))


def link_in(person: Person) -> str:
    """The token of the newest link that somebody was given."""
    texts = [bare(message.text) for message in person.messages if message.from_bot]
    link = next(word for text in reversed(texts) for word in text.split() if "?start=" in word)
    return link.partition("?start=")[2]


async def place_of(region: Region, country: str, name: str) -> int:
    """The number of somebody's place."""
    async with region.store.reading() as work:
        people = await work.people.of_country(CYCLE, country)
    return next(place.id for person in people if person.name == name for place in person.memberships)


async def test_the_desk_names_states_without_a_focal_point(region: Region) -> None:
    sam = await region.officer()
    await region.focal_point("LB", "en")
    await region.invitation("focal_point", "JO", days=3)
    for words in ("", "Atlantis", "missing"):
        await region.says(sam, f"/people {words}")
        seen = newest(sam)
        assert "Countries without a focal point: 21" in seen
        assert ("“Atlantis” was not recognised" in seen) is (words == "Atlantis")
        assert ("do.people.LB" in data_of(sam.last_message)) is (words != "missing")
    assert "• Jordan: invited, link open until 4 March 2027, 11:05 (Cairo time)" in seen
    assert "• Yemen: not invited" in seen
    assert "Lebanon" not in seen
    await region.later(timedelta(days=4))
    await region.says(sam, "/people missing")
    assert "• Jordan: link ended unused on 4 March 2027" in newest(sam)


async def test_a_country_is_known_in_three_languages_and_any_spelling(region: Region) -> None:
    sam = await region.officer()
    spelled = (
        "الإمارات",
        "الامارات",
        "ٱلإِمَارَات",
        "Émirats arabes unis",
        "emirats arabes unis",
        "ae",
        " united arab EMIRATES ",
    )
    for typed in spelled:
        await region.says(sam, f"/people {typed}")
        assert newest(sam).startswith("United Arab Emirates"), typed


async def test_a_name_that_is_nearly_right_is_offered_and_not_taken(region: Region) -> None:
    sam = await region.officer()
    for typed, meant in (("Jordn", "Jordan"), ("موريتانيه", "Mauritania"), ("Tunisi", "Tunisia")):
        for command in ("people", "invite", "replace", "told"):
            await region.says(sam, f"/{command} {typed}")
            assert f"Similar names: {meant}" in newest(sam), command
            assert "?start=" not in newest(sam)
    await region.says(sam, "/people " + "x" * 300)
    assert "was not recognised as a country" in newest(sam)


async def test_a_new_link_takes_the_place_of_an_old_one(region: Region) -> None:
    sam = await region.officer()
    await region.says(sam, "/invite JO")
    old = link_in(sam)
    await region.says(sam, "/people JO")
    assert "link of 1 March 2027, open until" in newest(sam)
    await presses_key(region, sam, "renew")
    new = link_in(sam)
    late = await region.comes_in(old, "en", "Late Comer")
    assert newest(late).startswith("This invitation has expired.")
    amal = await region.comes_in(new, "en", "Amal")
    assert heard(amal, "Welcome.")
    await region.says(sam, "/people JO")
    assert "taken up on 1 March 2027" in newest(sam)
    assert "ended unused on 1 March 2027" in newest(sam)
    assert "Taking part: not answered yet" in newest(sam)


async def test_a_link_is_closed(region: Region) -> None:
    sam = await region.officer()
    await region.says(sam, "/invite JO")
    token = link_in(sam)
    await region.says(sam, "/people JO")
    await presses_key(region, sam, "close_link")
    assert "ended unused" in newest(sam)
    late = await region.comes_in(token, "en", "Late Comer")
    assert newest(late).startswith("This invitation has expired.")


async def test_a_place_ends_after_a_question_with_a_word_to_the_person(region: Region) -> None:
    sam = await region.officer()
    layla = await region.focal_point("LB", "fr")
    await region.says(sam, "/people LB")
    await region.presses(sam, "👤 Layla Haddad")
    await region.presses(sam, "End this place")
    assert "End the place of Layla Haddad?" in newest(sam)
    await region.presses(sam, "No, keep it")
    await region.presses(sam, "End this place")
    await region.presses(sam, "Yes, end the place")
    assert "Nobody has come in yet." in newest(sam)
    assert "Liban" in newest(layla)
    await region.says(layla, "/continue")
    assert "Liban" not in newest(layla)
    async with region.store.reading() as work:
        assert await work.people.of_country(CYCLE, "LB") == []
        lines = [line for line in await work.audit.of_country("LB", 20) if line.act == "withdraw_anyone"]
    assert [line.outcome for line in lines] == ["done"]


async def test_the_lead_passes_on_and_both_are_told(region: Region) -> None:
    sam = await region.officer()
    layla = await region.focal_point("LB", "en")
    karim = await region.focal_point("LB", "en", "Karim Aoun")
    await region.says(sam, "/people LB")
    await region.presses(sam, "👤 Karim Aoun")
    await region.presses(sam, "Let this person lead")
    for person in (layla, karim):
        assert newest(person) == "Karim Aoun now leads the focal points: Lebanon."
    assert "• Karim Aoun · national focal point, lead" in newest(sam)
    assert "• Layla Haddad · national focal point ·" in newest(sam)


async def two_links(region: Region, sam: Person) -> tuple[str, str]:
    """Two links for one place in Lebanon."""
    tokens = []
    for _ in range(2):
        await region.says(sam, "/invite LB")
        tokens.append(link_in(sam))
    first, second = tokens
    return first, second


async def test_fault_63_two_who_claim_one_place_wait_for_an_officer(region: Region) -> None:
    sam = await region.officer()
    first, second = await two_links(region, sam)
    layla = await region.comes_in(first, "en")
    karim = await region.comes_in(second, "en", "Karim Aoun")
    assert newest(karim).startswith("Your invitation has arrived: Lebanon.")
    assert newest(layla).startswith("Another invitation as focal point has been opened: Lebanon.")
    assert "Karim" not in newest(layla)
    for words in ("/continue", "hello", "/colleagues"):
        await region.says(karim, words)
        assert newest(karim).startswith("Your invitation has arrived. The secretariat is confirming")
    assert newest(sam).startswith("Two people came as focal point: Lebanon")
    await region.presses(sam, "Both are focal points")
    assert heard(karim, "Welcome.")
    assert heard(layla, "The secretariat has confirmed both as focal points: Lebanon.")
    async with region.store.reading() as work:
        held = [place for person in await work.people.of_country(CYCLE, "LB") for place in person.memberships]
    assert [(place.role, place.lead) for place in held] == [("focal_point", True), ("focal_point", False)]


@pytest.mark.parametrize("way", ["refused", "replaced"])
async def test_case_02_an_officer_decides_once(region: Region, way: str) -> None:
    sam = await region.officer()
    first, second = await two_links(region, sam)
    layla = await region.comes_in(first, "en")
    karim = await region.comes_in(second, "en", "Karim Aoun")
    card = sam.last_message
    again = next(data for data in data_of(card) if data.endswith(".beside"))
    await region.presses(sam, "Do not let in" if way == "refused" else "In the place of Layla Haddad")
    assert "already" in (await region.forges(sam, card.message_id, again)).lower()
    async with region.store.reading() as work:
        held = [person.name for person in await work.people.of_country(CYCLE, "LB")]
    assert held == (["Layla Haddad"] if way == "refused" else ["Karim Aoun"])
    loser = karim if way == "refused" else layla
    await region.says(loser, "/continue")
    assert "Lebanon" not in newest(loser)


async def test_who_waits_opens_no_second_invitation_and_its_link_stays_good(region: Region) -> None:
    sam = await region.officer()
    tokens = []
    for country in ("LB", "LB", "LB", "JO"):
        await region.says(sam, f"/invite {country}")
        tokens.append(link_in(sam))
    await region.comes_in(tokens[0], "en")
    zed = await region.comes_in(tokens[1], "en", "Zed Two")
    cards = len([data for message in sam.messages for data in data_of(message) if data.endswith(".beside")])
    for token in tokens[1:]:
        zed.starts(token)
        await region.rests()
        assert newest(zed).startswith("Your invitation has arrived. The secretariat is confirming")
    beside = [data for message in sam.messages for data in data_of(message) if data.endswith(".beside")]
    assert (cards, beside) == (1, ["do.claim.1.beside"])
    amal = await region.comes_in(tokens[3], "en", "Amal")
    assert heard(amal, "Welcome.")


@pytest.mark.parametrize("answer", ["beside", "refused"])
async def test_a_claim_of_somebody_who_has_come_in_meanwhile_ends(region: Region, answer: str) -> None:
    sam = await region.officer()
    first, second = await two_links(region, sam)
    await region.comes_in(first, "en")
    zed = await region.comes_in(second, "en", "Zed Two")
    other = await region.invitation("focal_point", "JO")

    async def comes_in_elsewhere(work: Any) -> None:
        invitation = await work.invitations.redeem(hash_token(other), zed.user_id, region.house.clock.now())
        person = await work.people.by_telegram(zed.user_id)
        await work.people.join(person, invitation, region.house.clock.now())

    await region.house.clerk.run_errand(comes_in_elsewhere)
    card = next(m for m in sam.messages if "do.claim.1.beside" in data_of(m))
    await region.forges(sam, card.message_id, f"do.claim.1.{answer}")
    assert "nothing is left to decide. This person has come in meanwhile" in bare(card.text)
    assert not heard(zed, "The secretariat has confirmed")
    await region.says(sam, "/people LB")
    assert "Waiting for your decision" not in newest(sam)
    async with region.store.reading() as work:
        held = [place.country for place in (await work.people.by_telegram(zed.user_id)).memberships]  # type: ignore[union-attr]  # just come in
    assert held == ["JO"]


async def test_odd_names_do_no_harm(region: Region) -> None:
    sam = await region.officer()
    for name in ("ل" * 300, "<b>bold</b> & 'co' {name}", "\u202eevil\u202c <script>"):
        await region.comes_in(await region.invitation("focal_point", "LB"), "en", name)
    await region.says(sam, "/people LB")
    assert "\u202e" not in sam.last_message.text
    assert "<b>bold</b> & 'co' {name}" in newest(sam)
    assert all(len(label) <= 64 for label in labels_of(sam.last_message))
    for place in [data for data in data_of(sam.last_message) if data.startswith("do.person.")]:
        await region.presses(sam, place)
        assert "national focal point" in newest(sam)
        await region.presses(sam, "End this place")
        assert "End the place of" in newest(sam)


async def test_for_everybody_else_the_desk_is_not_there(region: Region) -> None:
    sam = await region.officer()
    layla = await region.focal_point("LB", "en")
    karim = await region.contributor("LB", "en")
    place = await place_of(region, "LB", "Layla Haddad")
    for person in (layla, karim):
        for command in ("/people", "/people LB", "/announce", "/announce all", "/told", "/told LB"):
            await region.says(person, command)
            assert newest(person).startswith(GONE), command
        for data in (
            "people.LB",
            f"person.{place}",
            f"lead.{place}",
            f"end_place.{place}.yes",
            "renew.1",
            "claim.1.beside",
        ):
            toast = await region.forges(person, first_card(person).message_id, f"do.{data}")
            assert toast, data
        assert not heard(person, "Countries without a focal point")
    async with region.store.reading() as work:
        assert len(await work.people.of_country(CYCLE, "LB")) == 2
        denied = [line for line in await work.audit.of_country("LB", 200) if line.outcome == "denied"]
    assert len(denied) >= 20
    assert sam.name == "Sam Rivers"


async def test_case_01_a_successor_finds_what_is_there_and_who_wrote_it(region: Region) -> None:
    sam = await region.officer()
    layla = await region.focal_point("LB", "en")
    await region.opens(layla, OPEN)
    await region.says(layla, "Words of the first one.")
    await region.says(sam, "/people LB")
    await region.presses(sam, "👤 Layla Haddad")
    await region.presses(sam, "A successor by link")
    karim = await region.comes_in(link_in(sam), "en", "Karim Aoun")
    assert heard(karim, "• Layla Haddad wrote answers: 1")
    assert heard(karim, "nothing is asked twice")
    assert heard(layla, "Your place in the review has passed to a successor: Lebanon.")
    await region.says(layla, "/continue")
    assert "Lebanon" not in newest(layla)
    await region.opens(karim, OPEN)
    assert "Words of the first one." in newest(karim)


async def test_who_answered_for_an_office_is_not_thanked_for_the_answers_of_a_country(region: Region) -> None:
    hana = await region.comes_in(await region.invitation("supporter", "LB", scope="un_team"), "en", "Hana")
    sam = await region.officer()
    await region.says(sam, "/people Lebanon")
    await region.presses(sam, "👤 Hana")
    await region.presses(sam, "End this place")
    assert "Requests for support do not reach them any more." in newest(sam)
    assert "What was written" not in newest(sam)
    await region.presses(sam, "Yes, end the place")
    assert "Thank you for your support." in last(hana)
    assert "your country" not in last(hana)
    assert "the answers you wrote" not in last(hana)
