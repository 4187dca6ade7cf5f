"""The secretariat writes to many: for whom, a preview, once to everybody, taken back, corrected; a ready word."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.render import announcement_draft
from bot.sandbox import Person, Sandbox
from tests.chats.calendars import goes_to, loads, sandbox_at
from tests.chats.telling import CYCLE, OPEN, Region, data_of, heard, said_by_bot
from tests.chats.telling import newest as last
from workflows.store.values_calendar import Registration
from workflows.use_cases.reminders.readers import Situation
from workflows.use_cases.steering import composing

MORNING = datetime(2020, 6, 9, 8, 0, tzinfo=UTC)
"""A Tuesday, at ten in Cairo."""
SEND = "✅ Send at decent hours"


@pytest.fixture
def sandbox() -> Sandbox:
    return sandbox_at(MORNING)


def newest(person: Person) -> str:
    """The bot's last message, with plain blanks."""
    return last(person).replace("\u00a0", " ").replace("\u202f", " ")


async def goes_out(region: Region) -> None:
    """Let the heartbeat's job post what is due, and wait until it has arrived and is counted."""
    await region.house.beats.announce()
    for _ in range(3):
        await region.house.courier.collect()
        await region.rests()
    await region.later(timedelta(seconds=5))
    await region.house.beats.announce()
    await region.rests()


def number_of(officer: Person) -> str:
    """The number of the draft that the newest message shows."""
    return next(d for d in data_of(officer.last_message) if ".announce_drop." in d).rpartition(".")[2]


async def begins(region: Region, officer: Person, whom: str, *texts: str) -> str:
    """The officer says for whom, and what; gives the draft's number."""
    await region.says(officer, f"/announce {whom}")
    await region.says(officer, *texts)
    return number_of(officer)


async def attends(region: Region, person: Person, country: str, *, attended: bool | None = None) -> None:
    """Somebody registers for the first session, and is recorded as there or not."""
    number = await region._person_id(person)
    now = region.house.clock.now()
    row = Registration(CYCLE, "session1", number, country, "remote", attended=attended, at=now)
    await region.house.clerk.run_errand(lambda work: work.registrations.save(row))


async def test_a_message_reaches_those_it_is_for_and_nobody_else(region: Region) -> None:
    sam = await region.officer()
    layla = await region.focal_point("LB", "en")
    amal = await region.focal_point("JO", "ar", "Amal")
    other = await region.focal_point("MA", "fr", "Nadia")
    await region.says(sam, "/announce focal points of Jordan and Lebanon")
    assert "2 people get it." in newest(sam)
    assert "Jordan 1, Lebanon 1" in newest(sam)
    await region.says(sam, "The forum moves to <b>Beirut</b> & online.")
    seen = newest(sam)
    assert "Readers of English: 1" in seen
    assert "Readers of Arabic: 1\nThey get the English text, which was given first." in seen
    await region.presses(sam, "✅ Send at decent hours")
    await goes_out(region)
    for reader in (layla, amal):
        assert "The forum moves to <b>Beirut</b> & online." in newest(reader)
    assert newest(layla).startswith("📣 From the secretariat:")
    assert not heard(other, "Beirut")
    assert "✅ It has gone out." in newest(sam)
    assert "Delivered: 2 of 2" in newest(sam)


async def test_each_reader_gets_the_own_language_else_the_one_given_first(region: Region) -> None:
    sam = await region.officer("ar", "سامي")
    people = {
        language: await region.focal_point(country, language, country)
        for language, country in (("ar", "JO"), ("en", "LB"), ("fr", "MA"))
    }
    await region.says(sam, "/announce نقاط الاتصال")
    assert "هذه مسودة، ولم يُرسل شيء بعد." in newest(sam)
    await region.says(sam, "تُعقد الجلسة غداً.", "The session is tomorrow.")
    seen = newest(sam)
    assert "قرّاء العربية: 1\n📣 من الأمانة:\n\nتُعقد الجلسة غداً." in seen
    assert "قرّاء الإنكليزية: 1\n📣 From the secretariat:\n\nThe session is tomorrow." in seen
    assert "قرّاء الفرنسية: 1\nيصلهم النص العربي، وهو الذي كُتب أولاً." in seen
    await region.presses(sam, f"do.announce_send.{number_of(sam)}.once")
    await goes_out(region)
    assert newest(people["ar"]) == "📣 من الأمانة:\n\nتُعقد الجلسة غداً."
    assert newest(people["en"]) == "📣 From the secretariat:\n\nThe session is tomorrow."
    assert newest(people["fr"]).startswith("📣 De la part du secrétariat :\n\nتُعقد الجلسة غداً.")
    assert "Le secrétariat a donné ce texte en arabe." in newest(people["fr"])


async def test_pressed_twice_it_goes_out_once(region: Region) -> None:
    sam, layla = await region.officer(), await region.focal_point("LB", "en")
    number = await begins(region, sam, "focal points", "=SUM(A1) one word")
    card = sam.last_message.message_id
    for _ in range(2):
        sam.forges(card, f"do.announce_send.{number}.now")
    await region.rests()
    await goes_out(region)
    assert "already" in (await region.forges(sam, card, f"do.announce_send.{number}.once")).lower()
    await goes_out(region)
    texts = [message.text for message in said_by_bot(layla)]
    assert sum("=SUM(A1) one word" in text for text in texts) == 1


async def test_a_sentence_in_doubt_is_asked_about(region: Region) -> None:
    sam = await region.officer()
    await region.focal_point("LB", "en")
    await region.says(sam, "/announce")
    assert newest(sam).startswith("For whom is the message?")
    await region.says(sam, "blue elephants")
    assert "⚠️ This was not understood as people or countries:\nblue elephants" in newest(sam)
    await region.says(sam, "Lebanon and Jordn")
    assert "Not understood: jordn\n\nSimilar names: Jordan" in newest(sam)
    assert "• Lebanon\n\n1 person gets it." in newest(sam)
    await region.presses(sam, "Yes, these people")
    assert "A message to:\n• Lebanon" in newest(sam)
    await region.presses(sam, "For others")
    await region.says(sam, "les points focaux qui n'ont rien commencé")
    assert "• national focal points\n• countries that have begun nothing yet\n\n1 person gets it." in newest(
        sam
    )
    await region.presses(sam, "Discard")
    assert newest(sam) == "The draft is discarded. Nothing has gone out."


async def test_the_common_audiences_have_keys(region: Region) -> None:
    sam = await region.officer()
    await loads(region)
    layla = await region.focal_point("LB", "en")
    await region.focal_point("JO", "ar", "Amal")
    await attends(region, layla, "LB")
    await region.opens(layla, OPEN)
    await region.says(layla, "words of hers")
    wanted = {
        "All focal points": 2,
        "Everybody of the states": 2,
        "Everybody": 2,
        "Focal points: nothing begun": 1,
        "Focal points: section I begun, section II not": 1,
        "Focal points: not submitted": 2,
        "Registered for the next event": 1,
        "Focal points: not registered for it": 1,
    }
    for key, people in wanted.items():
        await region.says(sam, "/announce")
        await region.presses(sam, key)
        assert f"{people} {'person gets' if people == 1 else 'people get'} it." in newest(sam), key
        assert "words of hers" not in newest(sam)


async def test_it_waits_for_the_time_that_is_typed_and_for_the_morning(region: Region) -> None:
    sam = await region.officer()
    layla, omar = await region.focal_point("MR", "en"), await region.focal_point("OM", "en", "Omar")
    number = await begins(region, sam, "focal points", "Good day")
    await region.presses(sam, "At a later time")
    await region.says(sam, "when the moon is blue")
    assert "⚠️ No day could be read in this:" in newest(sam)
    await region.says(sam, "1 June 2020")
    assert "⚠️ This lies in the past:" in newest(sam)
    await region.says(sam, "tomorrow 21:00")
    await region.presses(sam, next(d for d in data_of(sam.last_message) if ".announce_at." in d))
    assert newest(sam).startswith("🕘 It goes out from 10 June 2020, 21:00 (Cairo time) on.")
    await goes_out(region)
    assert not heard(layla, "Good day")
    await goes_to(region, 2020, 6, 10, 19, 1)  # evening in Nouakchott, night in Muscat
    await goes_out(region)
    assert heard(layla, "Good day")
    assert not heard(omar, "Good day")
    assert "the next on 11 June 2020, 07:00 (Cairo time)" in newest(sam)
    await goes_to(region, 2020, 6, 11, 5, 1)
    await goes_out(region)
    assert heard(omar, "Good day")
    assert "Delivered: 2 of 2" in newest(sam)
    assert number.isdecimal()


async def test_what_has_not_gone_out_is_taken_back_and_the_rest_corrected(region: Region) -> None:
    sam = await region.officer()
    layla, omar = await region.focal_point("MR", "en"), await region.focal_point("OM", "en", "Omar")
    await goes_to(region, 2020, 6, 9, 18, 30)
    await begins(region, sam, "focal points", "The forum is on Mnday")
    await region.presses(sam, SEND)
    await goes_out(region)
    assert "Delivered: 1 of 2\nWaiting: 1" in newest(sam)
    await region.presses(sam, "Take back what has not gone out")
    assert newest(sam).startswith("↩️ Withdrawn.")
    assert "Withdrawn: 1" in newest(sam)
    await goes_to(region, 2020, 6, 11, 8, 0)
    await goes_out(region)
    assert not heard(omar, "Mnday")
    await region.presses(sam, "Send a correction")
    assert newest(sam).startswith("1 person has received the message.")
    await region.presses(sam, "Write a correction")
    await region.says(sam, "The forum is on Monday")
    await region.presses(sam, SEND)
    await goes_out(region)
    assert newest(layla) == "📣 The secretariat corrects an earlier message:\n\nThe forum is on Monday"
    assert not heard(omar, "Monday")


async def test_fault_40_who_is_not_reached_is_named_by_country(region: Region) -> None:
    sam = await region.officer()
    layla, amal = await region.focal_point("LB", "en"), await region.focal_point("JO", "en", "Amal")
    await begins(region, sam, "focal points", "Hello all")
    amal.blocks()
    await region.presses(sam, SEND)
    await goes_out(region)
    await region.presses(sam, "By country")
    assert "• Jordan · not reached: 1" in newest(sam)
    assert "• Lebanon · delivered: 1" in newest(sam)
    assert "Not reached:\n• Amal · Jordan" in newest(sam)
    await region.presses(sam, "🖼 As a picture")
    assert sam.last_message.media is not None
    assert "photo" in sam.last_message.media
    assert newest(sam) == "Delivered: 1 of 2"
    await region.says(sam, "/told Jordan")
    assert "Jordan\n\n• 9 June 2020: Hello all (0 of 1 delivered)" in newest(sam)
    await region.says(sam, "/people LB")
    await region.presses(sam, "👤 Layla Haddad")
    await region.presses(sam, "Who was told what")
    assert "Layla Haddad · Lebanon\n\n• 9 June 2020: Hello all (1 of 1 delivered)" in newest(sam)
    assert heard(layla, "Hello all")


async def test_a_text_that_is_too_long_is_said_so(region: Region) -> None:
    assert announcement_draft.LONGEST == composing.LONGEST, "what is told is what is done"
    sam = await region.officer()
    await region.focal_point("LB", "en")
    number = await begins(region, sam, "focal points", "x" * 3_901)
    assert "⚠️ One text has 3,901 characters; 3,900 fit into one message." in newest(sam)
    assert SEND not in str(sam.last_message.rows)
    await region.forges(sam, sam.last_message.message_id, f"do.announce_send.{number}.now")
    await region.presses(sam, "🔁 Write it anew: English")
    await region.says(sam, "short")
    assert "xxx" not in newest(sam)
    assert SEND in str(sam.last_message.rows)


async def test_a_ready_word_has_each_country_s_own_numbers_and_comes_once_a_day(region: Region) -> None:
    sam = await region.officer()
    layla = await region.focal_point("LB", "en")
    karim = await region.focal_point("LB", "fr", "Karim")
    amal = await region.focal_point("JO", "en", "Amal")
    await region.opens(layla, OPEN)
    await region.says(layla, "a canary of Lebanon")
    await region.says(sam, "/announce who begun section I, not section II")
    await region.presses(sam, "Use the ready word for them")
    assert "A ready word to:" in newest(sam)
    assert "Section I is begun: 1 of" in newest(sam)
    await region.presses(sam, SEND)
    await goes_out(region)
    assert "Section I is begun: 1 of" in newest(layla)
    assert "La section I est commencée : 1 sur" in newest(karim)
    assert not heard(amal, "A word from the secretariat")
    assert "canary" not in newest(layla) + newest(sam)
    await region.presses(
        layla, "do.continue" if "do.continue" in data_of(layla.last_message) else "Continue ▶"
    )
    await region.says(sam, "/announce who begun section I, not section II")
    await region.presses(sam, "Use the ready word for them")
    assert "0 people get it." in newest(sam)
    assert "Left in peace: 2. They have had such a word today" in newest(sam)
    assert "announce_send" not in "".join(data_of(sam.last_message)), "there is nobody to send it to"
    await region.forges(sam, sam.last_message.message_id, f"do.announce_send.{number_of(sam)}.now")
    await goes_out(region)
    assert "Left in peace, for they had been written to: 2" in newest(sam)
    await region.says(sam, "/told LB")
    assert "a ready word (0 of 0 delivered, 2 left in peace)" in newest(sam)
    assert "a ready word (2 of 2 delivered)" in newest(sam)


async def test_a_country_without_anybody_to_get_it_is_named(region: Region) -> None:
    sam = await region.officer()
    await region.focal_point("LB", "en")
    await region.contributor("YE", "en")
    await region.says(sam, "/announce focal points of Lebanon, Morocco and Yemen")
    assert "1 person gets it." in newest(sam)
    assert "Nobody there gets it: Morocco, Yemen" in newest(sam)
    await region.says(sam, "/announce Lebanon, Morocco and Yemen")
    assert "Nobody there gets it: Morocco\n" in newest(sam) + "\n"
    await region.says(sam, "/announce the secretariat")
    assert "Nobody there" not in newest(sam)


async def test_who_is_left_out_gets_nothing_and_half_a_sentence_is_not_offered(region: Region) -> None:
    sam, layla = await region.officer(), await region.focal_point("LB", "en")
    amal = await region.focal_point("JO", "en", "Amal")
    for words in ("everybody except Jordn", "الجميع ما عدا", "not contributors of Jordan"):
        await region.says(sam, f"/announce {words}")
        assert "was not understood as people or countries" in newest(sam)
        assert "announce_meant" not in "".join(data_of(sam.last_message))
    await begins(region, sam, "نقاط الاتصال ما عدا الأردن", "Hello all")
    assert "• national focal points\n• except: Jordan" in newest(sam)
    await region.presses(sam, SEND)
    await goes_out(region)
    assert heard(layla, "Hello all")
    assert not heard(amal, "Hello all")


async def test_who_registered_and_was_absent_gets_the_material(region: Region) -> None:
    await loads(region)
    sam, layla = await region.officer(), await region.focal_point("LB", "en")
    amal = await region.focal_point("JO", "en", "Amal")
    await attends(region, layla, "LB", attended=False)
    await attends(region, amal, "JO", attended=True)
    await region.says(sam, "/announce من سجل للجلسة الأولى وغاب")
    await region.presses(sam, "Use the ready word for them")
    await region.presses(sam, SEND)
    await goes_out(region)
    assert "You had registered and could not be there:" in newest(layla)
    assert data_of(layla.last_message) == ["do.agenda.session1", "do.documents"]
    assert not heard(amal, "You had registered")


async def test_a_reminder_waits_a_day_after_a_ready_word(region: Region) -> None:
    """Nobody is written to twice on one day about what is left to do."""
    await loads(region)
    sam, layla = await region.officer(), await region.focal_point("LB", "en")
    await region.says(sam, "/announce who has begun nothing")
    await region.presses(sam, "Use the ready word for them")
    await region.presses(sam, SEND)
    await goes_out(region)
    assert "The questions are ready for you." in newest(layla)
    number = await region._person_id(layla)
    async with region.store.reading() as work:
        plan = await work.calendars.current(CYCLE)
        assert plan is not None
        situation = Situation(work, plan, region.house.clock.now())
        people = await work.people.by_ids([number])
        standing, _ = (await situation.standings(people, ()))[number]
    assert len(standing.letters) == 1


# --- with the guiding template ---------------------------------------------------------------------------------------

WITH, WITHOUT = "📎 With the guiding template", "📎 Without the guiding template"
GOES_ALONG = "The guiding template goes along, as a Word document, to everybody in their own language."


def files_of(person: Person) -> list[str]:
    """The names of the files that somebody was sent."""
    return [message.document.name for message in said_by_bot(person) if message.document is not None]


async def test_b2_the_template_goes_to_everybody_in_one_act(region: Region) -> None:
    sam = await region.officer()
    people = {
        language: await region.focal_point(country, language, country)
        for language, country in (("ar", "JO"), ("en", "LB"), ("fr", "MA"))
    }
    other = await region.contributor("LB", "en")
    await begins(region, sam, "focal points", "Please find the template.")
    assert GOES_ALONG not in newest(sam)
    await region.presses(sam, WITH)
    assert GOES_ALONG in newest(sam)
    await region.presses(sam, SEND)
    await goes_out(region)
    for language, person in people.items():
        assert files_of(person) == [f"guiding-template-{CYCLE}-{language}.docx"]
        letter, file = said_by_bot(person)[-2:]
        assert "Please find the template." in letter.text
        assert file.document is not None, "the file comes behind the letter"
        assert file.document.content[:2] == b"PK"
    assert files_of(other) == []
    assert "Delivered: 3 of 3" in newest(sam), "the letters are counted, not the files"


async def test_the_template_can_be_left_out_again_and_is_taken_back_with_its_letter(region: Region) -> None:
    sam, layla = await region.officer(), await region.focal_point("LB", "en")
    await begins(region, sam, "focal points", "Without it.")
    await region.presses(sam, WITH)
    await region.presses(sam, WITHOUT)
    assert GOES_ALONG not in newest(sam)
    await region.presses(sam, SEND)
    await goes_out(region)
    assert heard(layla, "Without it.")
    number = await begins(region, sam, "focal points", "To be taken back.")
    await region.presses(sam, WITH)
    now = region.house.clock.now()
    await region.house.clerk.run_errand(lambda work: work.pauses.begin("operator", now))
    await region.presses(sam, f"do.announce_send.{number}.once")
    await goes_out(region)
    await region.presses(sam, "Take back what has not gone out")
    assert "Withdrawn: 1" in newest(sam)
    await region.house.clerk.run_errand(lambda work: work.pauses.end())
    await goes_out(region)
    assert not heard(layla, "To be taken back.")
    assert files_of(layla) == []
