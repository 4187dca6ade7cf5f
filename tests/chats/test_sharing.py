"""A state lets the secretariat read its draft, sees that it was read, and takes it back; nobody else reads a word."""

import io

import docx
import pytest

from bot.sandbox import Person
from tests.chats.exchanging import (
    FIRST,
    OTHER_TEXT,
    SECOND,
    TEXT,
    audited,
    last,
    submitted,
    with_button,
    written,
)
from tests.chats.telling import (
    CYCLE,
    Region,
    bare,
    data_of,
    everything,
    first_card,
    heard,
    labels_of,
    newest_file,
    said_by_bot,
    since,
    voice,
)
from workflows.languages import Language

ONE, TWO = "CANARY-ONE the committee met in spring", "CANARY-TWO the strategy was adopted"
STALE = "This button belongs to an earlier message. Please use the newest one."
UNKNOWN = "Rafiq does not know this command."


async def two_sides(region: Region, language: Language = "en") -> tuple[Person, Person]:
    layla = await region.focal_point("LB", language)
    sam = await region.officer("en")
    await written(region, TEXT, ONE)
    await written(region, OTHER_TEXT, TWO)
    return layla, sam


async def test_a_shared_section_is_read_and_nothing_beside_it(region: Region) -> None:
    layla, sam = await two_sides(region)
    await region.says(sam, "/review Lebanon")
    assert "no draft is shared with you" in last(sam)
    await region.says(layla, "/share")
    assert "Those invited for your country, and nobody else." in last(layla)
    await region.presses(layla, "Share section I")
    assert "and the secretariat: section I." in last(layla)
    assert heard(sam, "Lebanon shares its draft or a part of it with you.")
    assert "CANARY" not in everything([sam])
    await region.presses(sam, "Read it")
    assert "Shared draft: section I" in last(sam)
    await region.presses(sam, "📝 Draft: Section I: Methodology")
    page = with_button(sam, "review.LB").message_id
    for _ in range(9):
        if ONE in everything([sam]):
            break
        await region.presses(sam, "Next page ▶")
    assert ONE in everything([sam])
    assert "It is not submitted, may change, and can be taken back." in bare(sam.last_message.text)
    assert "CANARY-TWO" not in everything([sam])
    assert not any(data.startswith("do.review_answer") for data in data_of(sam.last_message)), page


async def test_what_is_taken_back_cannot_be_opened_any_more(region: Region) -> None:
    layla, sam = await two_sides(region)
    await region.says(layla, "/share")
    await region.presses(layla, "Share the whole draft")
    await region.says(sam, "/review لبنان")
    hub = sam.last_message.message_id
    assert await region.forges(sam, hub, f"do.read.LB.d.{SECOND}.0") == ""
    await region.presses(layla, "✅ The whole draft is shared: take it back")
    assert "and nobody else" in last(layla)
    before = len(said_by_bot(sam))
    for section in (FIRST, SECOND):
        assert await region.forges(sam, hub, f"do.read.LB.d.{section}.0") == STALE
    assert len(said_by_bot(sam)) == before
    await region.says(sam, "/review LB")
    assert "no draft is shared with you" in last(sam)


async def test_what_is_shared_can_be_had_as_a_document(region: Region) -> None:
    layla, sam = await two_sides(region)
    await region.says(layla, "/share")
    await region.presses(layla, "Share section II")
    await region.says(sam, "/review LB")
    card = sam.last_message.message_id
    await region.presses(sam, "📄 The shared draft as a document")
    document = newest_file(sam)
    assert document.name == "draft-LB-2027-03-01.docx"
    words = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(document.content)).paragraphs)
    assert TWO in bare(words)
    assert "Section II: Policy and enabling environment" in bare(words)
    assert "It is not submitted: please do not pass it on." in words
    assert "CANARY-ONE" not in words
    assert "Methodology" not in words
    await region.says(layla, "/share")
    assert "Section II: last read by the secretariat" in last(layla)
    await region.presses(layla, "✅ Section II is shared: take it back")
    assert await region.forges(sam, card, "do.review_file.LB") == STALE


async def test_one_section_of_the_whole_is_taken_back_and_the_others_stay(region: Region) -> None:
    layla, sam = await two_sides(region)
    await region.says(layla, "/share")
    await region.presses(layla, "Share the whole draft")
    await region.presses(layla, "✅ Section II is shared: take it back")
    assert "and the secretariat: section I, section III, section IV, section V." in last(layla)
    await region.says(sam, "/review LB")
    card = sam.last_message.message_id
    assert await region.forges(sam, card, f"do.read.LB.d.{SECOND}.0") == STALE
    assert await region.forges(sam, card, f"do.read.LB.d.{FIRST}.0") == ""
    assert [outcome for _, _, outcome in await audited(region, "share_draft")] == ["shared", "narrowed"]


async def test_the_state_sees_that_it_was_read(region: Region) -> None:
    layla, sam = await two_sides(region)
    await region.says(layla, "/share")
    await region.presses(layla, "Share section II")
    await region.says(sam, "/review LB")
    await region.presses(sam, "📝 Draft: Section II: Policy and enabling environment")
    await region.says(layla, "/share")
    assert "Section II: last read by the secretariat 1\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2027" in last(
        layla
    )
    assert ("LB", f"{CYCLE}/shared/{SECOND}", "read") in await audited(region, "read_shared")
    assert await audited(region, "share_draft") == [("LB", f"section/{SECOND}", "shared")]


async def test_case_23_personal_data_is_asked_about_before_it_is_shared(region: Region) -> None:
    layla, sam = await two_sides(region)
    await written(region, TEXT, "اتصلوا بالسيدة على +٩٦١ ٣ ١٢٣ ٤٥٦ أو layla@example.org")
    await region.says(layla, "/share")
    await region.presses(layla, "Share section I")
    assert "Before you share" in last(layla)
    assert "This answer seems to contain telephone numbers and e-mail addresses:" in last(layla)
    assert "\n1f\n" in last(layla)
    assert not heard(sam, "shares its draft"), "nothing was shared yet"
    await region.presses(layla, "Do not share now")
    assert "and nobody else" in last(layla)
    await region.presses(layla, "Share section I")
    await region.presses(layla, "Share all the same")
    assert "and the secretariat: section I." in last(layla)
    assert heard(sam, "Lebanon shares its draft")


async def test_case_23_passages_are_left_out_of_what_the_secretariat_reads_unless_the_state_said_so(
    region: Region,
) -> None:
    layla, sam = await two_sides(region)
    await written(region, TEXT, f"{ONE}; call +961 3 123 456")
    await region.says(layla, "/share")
    await region.presses(layla, "Share section I")
    await region.presses(layla, "Share with […] in their place")
    await region.says(sam, "/review LB")
    await region.forges(sam, sam.last_message.message_id, f"do.read.LB.d.{FIRST}.0")
    assert heard(sam, f"{ONE}; call […]")
    await region.forges(sam, sam.last_message.message_id, "do.review_file.LB")
    content = newest_file(sam)
    text = "\n".join(each.text for each in docx.Document(io.BytesIO(content.content)).paragraphs)
    assert "call […]" in text
    assert "123 456" not in text + everything([sam])
    assert await region.text(TEXT) == f"{ONE}; call +961 3 123 456", "the state's own text stays as it is"

    await written(region, OTHER_TEXT, f"{TWO}; call +961 3 777 888")
    await region.forges(layla, layla.last_message.message_id, f"do.share.sure.{SECOND}")
    assert "Before you share" in last(layla), "a key that does not say what it was asked about shares nothing"
    assert "written there later are shared, too" in last(layla)
    await region.presses(layla, "Share all the same")
    for section in (FIRST, SECOND):
        await region.forges(sam, sam.last_message.message_id, f"do.read.LB.d.{section}.0")
    assert heard(sam, f"{TWO}; call +961 3 777 888")
    assert "123 456" not in everything([sam]), "what was said of one section holds for that one"
    await region.forges(layla, layla.last_message.message_id, f"do.share.off.{SECOND}")
    await region.forges(layla, layla.last_message.message_id, "do.share.on.all")
    await region.presses(layla, "Share with […] in their place")
    mark = sam.last_message.message_id
    await region.forges(sam, mark, f"do.read.LB.d.{SECOND}.0")
    assert any(f"{TWO}; call […]" in text for text in since(sam, mark))


async def test_case_23_an_old_card_decides_only_about_the_passages_that_it_showed(region: Region) -> None:
    layla, sam = await two_sides(region)
    await written(region, TEXT, f"{ONE}; call +961 3 123 456")
    await region.says(layla, "/share")
    await region.presses(layla, "Share section I")
    card = layla.last_message.message_id
    sure = next(each for each in data_of(layla.last_message) if each.startswith("do.share.sure."))
    await written(region, TEXT, f"{ONE}; call +961 3 123 456 or write to layla@example.org")
    await region.forges(layla, card, sure)
    assert "telephone numbers and e-mail addresses" in last(layla)
    assert not heard(sam, "shares its draft"), "nothing was shared"
    await region.presses(layla, "Share all the same")
    assert "and the secretariat: section I." in last(layla)


async def test_the_secretariat_hears_once_a_day_that_something_is_shared(region: Region) -> None:
    layla, sam = await two_sides(region)
    await region.says(layla, "/share")
    for section in ("I", "II", "III"):
        await region.presses(layla, f"Share section {section}")
    told = [message for message in said_by_bot(sam) if "shares its draft" in message.text]
    assert len(told) == 1


@pytest.mark.parametrize("name", ["lebanon", "LIBAN", "لُبنان", "lb", "  Lebanon  "])
async def test_a_country_is_found_by_any_of_its_names(region: Region, name: str) -> None:
    _, sam = await two_sides(region)
    await region.says(sam, f"/review {name}")
    assert last(sam).startswith("Lebanon: review")


async def test_an_unknown_country_is_named_back_and_nothing_else(region: Region) -> None:
    _, sam = await two_sides(region)
    for name in ("Atlantis", "x" * 300, "../LB", "LB' OR 1=1"):
        await region.says(sam, f"/review {name}")
        assert f"⚠️ “{name[:60]}" in last(sam) or "x…” was not" in last(sam)
        assert "was not recognised as a country of the region." in last(sam)


async def test_a_name_that_no_country_has_is_answered_alike_in_every_room(region: Region) -> None:
    _, sam = await two_sides(region)
    rooms = ("review", "remarks", "requests", "audit", "reminders", "country", "clearing")
    for room in rooms:
        await region.says(sam, f"/{room} Jordn")
        assert "“Jordn” was not recognised as a country of the region." in last(sam), room
        verb = "reminder_log" if room == "reminders" else room
        assert data_of(sam.last_message) == [f"do.{verb}.JO", f"do.{verb}"]
        assert "Jordan" in sam.last_message.rows[0][0]["text"]
        await region.presses(sam, f"do.{verb}.JO")
        assert "Jordan" in last(sam), room
    hana = await region.comes_in(await region.invitation("supporter", "LB", scope="un_team"), "en", "Hana")
    await region.says(hana, "/requests Libanon")
    assert data_of(hana.last_message) == ["do.requests.LB", "do.requests"]
    for command in ("/invite Libanon", "/replace Libanon"):
        await region.says(sam, command)
        assert [data for data in data_of(sam.last_message) if data[-2:].isupper()] in (
            ["do.invite.focal_point.LB"],
            ["do.replace.LB"],
        )


async def test_a_country_has_no_room_of_the_secretariats_for_its_own_text(region: Region) -> None:
    layla, _ = await two_sides(region)
    await region.says(layla, "/share")
    await region.presses(layla, "Share the whole draft")
    await submitted(region)
    await region.says(layla, "/review LB")
    assert last(layla).startswith(UNKNOWN)
    for data in ("do.review.LB", f"do.read.LB.d.{FIRST}.0", f"do.read.LB.s.{FIRST}.0"):
        assert await region.forges(layla, first_card(layla).message_id, data) == STALE, data


@pytest.mark.parametrize("role", ["contributor", "focal_point"])
async def test_case_20_nobody_of_a_country_reads_by_the_secretariats_keys(region: Region, role: str) -> None:
    layla, _ = await two_sides(region)
    await region.says(layla, "/share")
    await region.presses(layla, "Share the whole draft")
    edition = await submitted(region)
    omar = await (region.focal_point("JO", "en") if role == "focal_point" else region.contributor("JO", "en"))
    start = omar.last_message.message_id
    for command in ("/review Lebanon", "/review LB", "/review"):
        await region.says(omar, command)
        assert last(omar).startswith(UNKNOWN)
    card = first_card(omar).message_id
    for data in (
        "do.review.LB",
        "do.review",
        f"do.read.LB.d.{FIRST}.0",
        f"do.read.LB.s.{FIRST}.0",
        f"do.review_answer.{edition.id}.{TEXT}",
        f"do.consent.{edition.id}",
        f"do.consent_section.{edition.id}.{FIRST}.0",
        f"do.review_accept.{edition.id}",
        f"do.review_return.{edition.id}.sure",
    ):
        assert await region.forges(omar, card, data) == STALE, data
    assert "CANARY" not in "\n".join(since(omar, start))
    assert ("LB", "review", "denied") in await audited(region, "remark")


async def test_a_contributor_shares_nothing(region: Region) -> None:
    await two_sides(region)
    karim = await region.contributor("LB", "en")
    await region.says(karim, "/share")
    assert last(karim).startswith(UNKNOWN)
    assert await region.forges(karim, first_card(karim).message_id, "do.share.on.all") == STALE
    async with region.store.reading() as work:
        assert await work.sharing.sections(CYCLE, "LB") == frozenset()
    assert ("LB", "sharing", "denied") in await audited(region, "share_draft")


@pytest.mark.parametrize(
    ("language", "nobody", "part"),
    [
        ("ar", "المدعوون عن بلدكم، ولا أحد سواهم.", "المدعوون عن بلدكم، والأمانة: القسم الأول."),
        (
            "fr",
            "Les personnes invitées pour votre pays, et nul autre.",
            "et le secrétariat\N{NO-BREAK SPACE}: la section I.",
        ),
    ],
)
async def test_who_can_read_it_is_said_in_one_line(
    region: Region, language: Language, nobody: str, part: str
) -> None:
    layla = await region.focal_point("LB", language)
    await region.says(layla, "/share")
    assert nobody in last(layla)
    assert voice(language, "LB").gettext("Share the whole draft") in labels_of(layla.last_message)
    await region.forges(layla, layla.last_message.message_id, f"do.share.on.{FIRST}")
    assert part in last(layla)
