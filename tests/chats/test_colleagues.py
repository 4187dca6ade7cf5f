"""A country's team: a focal point sees who takes part and lets a contributor in; nobody else does."""

from tests.chats.telling import Region, bare, card, data_of, first_card, heard, newest, voice

EN = voice("en", "LB")
STALE = "This button belongs to an earlier message."
UNKNOWN_COMMAND = "Rafiq does not know this command."


async def test_a_focal_point_lets_a_contributor_in(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.says(layla, "/colleagues")
    assert "• Layla Haddad · national focal point, lead" in newest(layla)
    await region.presses(layla, "Invite a contributor")
    await region.presses(layla, "All questions")
    link = next(word for word in layla.last_message.text.split() if "?start=" in word)
    karim = await region.comes_in(link.partition("?start=")[2], "en", "Karim Aoun")
    assert heard(layla, EN.gettext("{name} has come in.", name="Karim Aoun"))
    async with region.store.reading() as work:
        places = [person.membership for person in await work.people.of_country("gcm-arab-2020", "LB")]
    assert [place.role for place in places if place] == ["focal_point", "contributor"]
    await region.opens(karim, "1f.2")
    await region.says(karim, "written by Karim")
    assert await region.text("1f.2") == "", "what a contributor writes stands beside the official text"
    await region.says(layla, "/colleagues")
    assert "• Karim Aoun · contributor · all questions · 1 answer written" in bare(card(layla, "scope").text)


async def test_a_contributor_sees_no_team_and_invites_nobody(region: Region) -> None:
    await region.focal_point("LB", "en")
    karim = await region.contributor("LB", "en")
    await region.says(karim, "/colleagues")
    assert newest(karim).startswith(UNKNOWN_COMMAND)
    for country in ("LB", "JO"):
        told = await region.forges(karim, first_card(karim).message_id, f"do.invite.contributor.{country}")
        assert told.startswith(STALE)
    for data in ("do.scope", "do.invite_for.all", "do.colleagues"):
        assert await region.forges(karim, first_card(karim).message_id, data)
    assert not heard(karim, "?start=")


async def test_a_focal_point_invites_for_the_own_country_and_as_contributors_only(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    for arg in ("contributor.JO", "focal_point.LB", "secretariat"):
        told = await region.forges(layla, first_card(layla).message_id, f"do.invite.{arg}")
        assert told.startswith(STALE)
    async with region.store.reading() as work:
        made = await work.invitations.of_cycle("gcm-arab-2020")
    assert len(made) == 1  # her own


async def test_the_secretariat_has_no_team_of_a_country(region: Region) -> None:
    await region.focal_point("LB", "en")
    sam = await region.officer()
    await region.says(sam, "/colleagues")
    assert newest(sam).startswith(UNKNOWN_COMMAND)
    assert data_of(sam.last_message) == ["do.status", "do.invite"]
