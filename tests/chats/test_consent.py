"""Consent to publish and to quote: per answer and version, by one tap for a section, and taken back at any time."""

import pytest

from bot.sandbox import Person
from tests.chats.exchanging import FIRST, OTHER_TEXT, TEXT, audited, last, submitted, written
from tests.chats.telling import Region, everything, first_card, heard, said_by_bot
from workflows.languages import Language
from workflows.store.values_clearance import Edition

STALE = "This button belongs to an earlier message. Please use the newest one."
UNKNOWN = "Rafiq does not know this command."


async def two_sides(region: Region, text: str = "We met twice.") -> tuple[Person, Person, Edition]:
    layla = await region.focal_point("LB", "en")
    sam = await region.officer("en")
    await written(region, TEXT, text)
    await written(region, OTHER_TEXT, "of section II")
    return layla, sam, await submitted(region)


async def holding(region: Region, edition: Edition) -> list[tuple[str, str]]:
    """The consents that hold: prompt and use."""
    async with region.store.reading() as work:
        return [
            (each.prompt, each.use)
            for each in await work.consents.of_edition(edition.id)
            if not each.revoked_at
        ]


async def opens_section(region: Region, person: Person) -> None:
    await region.says(person, "/consent")
    await region.presses(person, "Section I: Methodology")


async def test_there_is_nothing_to_consent_to_before_the_review_is_submitted(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.says(layla, "/consent")
    assert "Nothing was submitted yet." in last(layla)


async def test_an_answer_is_published_and_quoted_by_its_own_consent(region: Region) -> None:
    layla, sam, edition = await two_sides(region)
    await opens_section(region, layla)
    assert "▫️ publish · ▫️ quote" in last(layla)
    await region.presses(layla, "1 · ▫️ publish")
    assert await holding(region, edition) == [(TEXT, "publish")]
    assert "✅ publish · ▫️ quote" in last(layla)
    await region.presses(layla, "1 · ▫️ quote")
    assert await holding(region, edition) == [(TEXT, "publish"), (TEXT, "quote")]
    await region.presses(layla, "1 · ✅ quote")
    assert await holding(region, edition) == [(TEXT, "publish")]
    await region.says(sam, "/review LB")
    assert "Answers with consent: to publish 1, to quote 0" in last(sam)
    await region.forges(sam, sam.last_message.message_id, f"do.review_answer.{edition.id}.{TEXT}")
    assert "✅ may be published · 🚫 not to be quoted" in last(sam)
    assert [line[1:] for line in await audited(region, "give_consent")] == [
        (f"edition/{edition.id}/{TEXT}/publish", "given"),
        (f"edition/{edition.id}/{TEXT}/quote", "given"),
        (f"edition/{edition.id}/{TEXT}/quote", "revoked"),
    ]


async def test_a_whole_section_takes_one_tap_and_a_second_tap_changes_nothing(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await written(region, TEXT, "one")
    await written(region, "1g.2", "asleep, so not submitted")
    await region.opens(layla, "1a.1")
    await region.presses(layla, "Yes")
    edition = await submitted(region)
    await opens_section(region, layla)
    data = f"do.agree.{edition.id}.publish.yes.0.{FIRST}:all"
    await region.presses(layla, "✅ Publish the whole section")
    given = await holding(region, edition)
    assert {use for _, use in given} == {"publish"}
    assert {TEXT, "1a.1"} <= {prompt for prompt, _ in given}
    assert OTHER_TEXT not in {prompt for prompt, _ in given}
    await region.forges(layla, layla.last_message.message_id, data)
    assert await holding(region, edition) == given


async def test_case_22_a_revocation_asks_the_secretariat_to_unpublish(region: Region) -> None:
    layla, sam, edition = await two_sides(region)
    await opens_section(region, layla)
    await region.presses(layla, "✅ Publish the whole section")
    before = len(said_by_bot(sam))
    await region.presses(layla, "Take back: publish the section")
    assert await holding(region, edition) == []
    assert heard(sam, "Lebanon has taken back its consent to publish, version 1.")
    assert last(sam).endswith("tell whoever runs the site:\n1f")
    assert "We met twice." not in everything([sam])
    assert len(said_by_bot(sam)) == before + 1
    await region.forges(
        layla, layla.last_message.message_id, f"do.agree.{edition.id}.publish.no.0.{FIRST}:all"
    )
    assert len(said_by_bot(sam)) == before + 1, "there was nothing left to take back"


async def test_a_new_version_needs_consent_anew_and_the_old_one_is_kept(region: Region) -> None:
    layla, sam, first = await two_sides(region)
    await opens_section(region, layla)
    await region.presses(layla, "✅ Publish the whole section")
    async with region.store.transaction() as work:
        await work.clearance.decide(first, "reopened", "reopen", None, region.house.clock.now())
    await written(region, TEXT, "We met three times.")
    second = await submitted(region)
    assert await holding(region, second) == []
    await region.says(layla, "/consent")
    assert "Section I: 1 answer · publish 0 · quote 0" in last(layla)
    await region.presses(layla, "Version 1: consent still holds")
    assert "This is an earlier version." in last(layla)
    assert "Section I: 1 answer · publish 1 · quote 0" in last(layla)
    await region.presses(layla, "Section I: Methodology")
    await region.presses(layla, "1 · ✅ publish")
    assert await holding(region, first) == []
    assert heard(sam, "Lebanon has taken back its consent to publish, version 1.")


async def test_case_23_personal_data_is_asked_about_before_consent(region: Region) -> None:
    layla, sam = await region.focal_point("LB", "en"), await region.officer("en")
    await region.opens(layla, "1a.1")
    await region.presses(layla, "Yes")
    await written(region, TEXT, "passport N1234567 was lost; she has the number ٠٣ ١٢٣ ٤٥٦٧٨")
    edition = await submitted(region)
    await opens_section(region, layla)
    await region.presses(layla, "✅ Quote from the whole section")
    assert "Before you consent" in last(layla)
    assert "telephone numbers and numbers of passports or identity papers:\n1f\n" in last(layla)
    await region.presses(layla, "Not now")
    assert await holding(region, edition) == []
    await region.presses(layla, "✅ Quote from the whole section")
    await region.presses(layla, "Only the other answer")
    assert await holding(region, edition) == [("1a.1", "quote")]
    await region.presses(layla, "2 · ▫️ quote")
    await region.presses(layla, "Consent all the same")
    assert await holding(region, edition) == [("1a.1", "quote"), (TEXT, "quote")]
    assert "N1234567" not in everything([sam])


async def test_the_secretariat_reads_consents_and_gives_none(region: Region) -> None:
    layla, sam, edition = await two_sides(region)
    await opens_section(region, layla)
    await region.presses(layla, "1 · ▫️ publish")
    await region.says(sam, "/review LB")
    await region.presses(sam, "Consent")
    assert last(sam).startswith("Lebanon: Consent to publish and to quote · version 1")
    await region.presses(sam, "Section I: Methodology")
    assert "✅ publish · ▫️ quote" in last(sam)
    data = f"do.agree.{edition.id}.quote.yes.0.{FIRST}:{TEXT}"
    assert await region.forges(sam, sam.last_message.message_id, data) == STALE
    assert await holding(region, edition) == [(TEXT, "publish")]
    await region.says(sam, "/consent")
    assert last(sam).startswith(UNKNOWN)


async def test_nobody_of_another_country_sees_or_gives_consent(region: Region) -> None:
    _, _, edition = await two_sides(region)
    omar = await region.focal_point("JO", "en")
    karim = await region.contributor("LB", "en")
    for other in (omar, karim):
        card = first_card(other).message_id
        for data in (
            f"do.consent.{edition.id}",
            f"do.consent_section.{edition.id}.{FIRST}.0",
            f"do.agree.{edition.id}.publish.yes.0.{FIRST}:all",
        ):
            assert await region.forges(other, card, data) == STALE, data
    await region.says(karim, "/consent")
    assert last(karim).startswith(UNKNOWN)
    assert await holding(region, edition) == []
    assert ("LB", f"edition/{edition.id}", "denied") in await audited(region, "give_consent")


@pytest.mark.parametrize(
    ("language", "promise", "tap"),
    [
        ("ar", "لا يُنشر شيء ولا يُقتبس من دون موافقتكم.", "✅ نشر القسم كاملاً"),
        ("fr", "Rien n'est publié ni cité sans votre consentement.", "✅ Publier toute la section"),
    ],
)
async def test_consent_is_asked_in_the_readers_language(
    region: Region, language: Language, promise: str, tap: str
) -> None:
    layla = await region.focal_point("LB", language)
    await written(region, TEXT, "one")
    edition = await submitted(region)
    await region.says(layla, "/consent")
    assert promise in last(layla)
    await region.forges(layla, layla.last_message.message_id, f"do.consent_section.{edition.id}.{FIRST}.0")
    await region.presses(layla, tap)
    assert await holding(region, edition) == [(TEXT, "publish")]
