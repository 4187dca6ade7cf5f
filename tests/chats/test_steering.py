"""The secretariat steers: its keys lead somewhere, a place passes on by country, and old invitations do not count."""

from datetime import timedelta

import pytest

from tests.chats.telling import Region, bare, data_of, newest, voice

EN = voice("en")


@pytest.mark.parametrize("words", ["/nonsense", "hello"])
async def test_every_key_given_to_an_officer_does_something(region: Region, words: str) -> None:
    sam = await region.officer()
    await region.says(sam, words)
    assert data_of(sam.last_message) == ["do.status", "do.invite"]
    await region.presses(sam, EN.gettext("Where the region stands"))
    assert newest(sam).startswith("Where the region stands")
    await region.says(sam, words)
    await region.presses(sam, EN.gettext("Invite somebody"))
    assert newest(sam).startswith("Whom is the invitation for?")


@pytest.mark.parametrize("asked", ["/replace", "/replace Atlantis"])
async def test_a_replacement_without_a_country_asks_for_it_and_invites_nobody(
    region: Region, asked: str
) -> None:
    sam = await region.officer()
    layla = await region.focal_point("LB", "en")
    await region.says(sam, asked)
    assert "In which country does a successor take over?" in newest(sam)
    assert ("“Atlantis” was not recognised" in newest(sam)) is ("Atlantis" in asked)
    assert {data.rpartition(".")[0] for data in data_of(sam.last_message)} == {"do.replace"}
    await region.presses(sam, "do.replace.LB")
    assert "?start=" not in newest(sam)
    await region.presses(sam, f"In the place of {layla.name}")
    assert "the place of Layla Haddad passes on" in newest(sam)


async def test_an_invitation_counts_while_it_can_be_taken_up(region: Region) -> None:
    sam = await region.officer()
    await region.invitation("focal_point", "JO", days=1)
    await region.contributor("EG", "en")
    await region.says(sam, "/status")
    assert bare(EN.gettext("Invited: {count} of {all}", count=2, all=22)) in newest(sam)
    await region.later(timedelta(days=1, minutes=1))
    await region.says(sam, "/status")
    assert bare(EN.gettext("Invited: {count} of {all}", count=1, all=22)) in newest(sam)
