"""Commands as people type them: several in one message, mistyped ones, and what a list of places names."""

import pytest

from bot.sandbox import Person
from tests.chats.telling import OPEN, Region, data_of, first_card, labels_of, newest, said_by_bot, since
from workflows.languages import Language

CALENDAR = "No dates have been announced yet. Once the secretariat sets them, they are here."
UNKNOWN = "Rafiq does not know this command."


# --- several in one message ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "/progress /calendar",
        "/progress\n/calendar",
        "/progress, /calendar.",
        "/progress and /calendar",
        "/progress ثم /calendar",
    ],
)
async def test_each_command_of_a_message_is_done_in_its_order(
    region: Region, layla: Person, text: str
) -> None:
    sent = await region.says(layla, text)
    told = since(layla, sent)
    assert [each.splitlines()[0] for each in told] == [
        "Progress: Lebanon",
        CALENDAR,
    ]
    assert await region.text(OPEN) == ""


async def test_cards_of_the_talk_come_each_though_one_message_asked_for_them(
    region: Region, layla: Person
) -> None:
    """Both are said under the number of one update: neither takes the other's place."""
    sent = await region.says(layla, "/continue /sections /continue")
    told = since(layla, sent)
    assert len(told) == 2
    assert told[0].startswith("Section I: Methodology")
    assert told[1].startswith("The national review: Lebanon")


async def test_what_follows_a_command_in_words_stays_its_argument(region: Region) -> None:
    sam = await region.officer()
    await region.says(sam, "/country Lebanon")
    assert newest(sam).startswith("Lebanon")


async def test_a_word_that_could_join_commands_is_an_argument_where_no_other_follows(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.says(layla, "/ask then")
    assert "then" in newest(layla).splitlines()


async def test_a_list_without_a_line_leads_an_officer_on(region: Region) -> None:
    omar = await region.officer()
    for command in ("/review", "/remarks", "/told"):
        await region.says(omar, command)
        assert labels_of(omar.last_message) == ["Where the region stands"], command
    await region.presses(omar, "Where the region stands")


async def test_a_stranger_hears_an_answer_to_each_command_of_a_message_and_the_same_word_once(
    region: Region,
) -> None:
    stranger = region.sandbox.person("Somebody", "en")
    sent = await region.says(stranger, "/start /privacy /help")
    told = since(stranger, sent)
    assert [told[0].startswith("Rafiq accompanies"), "/help" in told[0]] == [True, False]
    assert ["Rafiq accompanies" in each for each in told] == [True, False]


async def test_a_stranger_who_asks_for_a_language_hears_the_word_in_each(region: Region) -> None:
    stranger = region.sandbox.person("Somebody", "en")
    sent = await region.says(stranger, "/language")
    arabic, english, french = since(stranger, sent)
    assert arabic.startswith("يرافق رفيق")
    assert english.startswith("Rafiq accompanies")
    assert french.startswith("Rafiq accompagne")


# --- mistyped --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("/progres", "/progress"),
        ("/calender", "/calendar"),
        ("/تقدم", "/progress"),
        ("/التقويم", "/calendar"),
        ("/observations", "/remarks"),
        ("/مساعدة", "/help"),
        ("/مُسَاعَدَة", "/help"),
        ("/مســاعده", "/help"),
        ("/auto-évaluation", "/assess"),
        ("/auto-evaluation", "/assess"),
        ("/Réponses", "/answers"),
    ],
)
async def test_a_mistyped_command_is_told_its_nearest(
    region: Region, layla: Person, text: str, meant: str
) -> None:
    await region.says(layla, text)
    assert newest(layla).startswith(UNKNOWN)
    assert f"Perhaps you mean:\n\n{meant}: " in newest(layla)
    assert await region.text(OPEN) == "", "it is no answer"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("مساعدة", "/help: "),
        ("المُساعدة", "/help: "),
        ("help", "/help: "),
        ("Aide", "/help: "),
        ("ابدأ", "/start: "),
        ("Commencer", "/start: "),
        ("menu", ""),
        ("الأقسام", ""),
        ("Précédent", ""),
        ("تخطّي", ""),
    ],
)
async def test_a_word_for_a_key_or_for_help_is_kept_nowhere_where_nothing_is_open(
    region: Region, word: str, meant: str
) -> None:
    person = await region.focal_point("LB", "en")
    await region.says(person, word)
    assert newest(person).startswith("No question was open here, and this word was not kept as an answer.")
    assert meant in newest(person)
    assert ("Perhaps you mean" in newest(person)) == bool(meant)
    assert (await region.interview(person)).held == ()


@pytest.mark.parametrize("word", ["help", "مساعدة", "menu", "start"])
async def test_a_word_for_help_is_an_answer_where_a_question_is_open(
    region: Region, layla: Person, word: str
) -> None:
    await region.says(layla, word)
    assert await region.text(OPEN) == word


@pytest.mark.parametrize("name", ["لبنان", "Liban", "LB"])
async def test_a_country_that_an_officer_types_alone_is_shown(region: Region, name: str) -> None:
    sam = await region.officer()
    await region.says(sam, name)
    assert newest(sam).startswith("Lebanon\n")
    sam.forwards(name)
    await region.rests()
    assert not newest(sam).startswith("Lebanon\n")


async def test_nobody_is_pointed_to_a_command_of_another_role(region: Region, layla: Person) -> None:
    for text in ("/audit", "/audits", "/status", "/frobnicate"):
        await region.says(layla, text)
        assert newest(layla).startswith(UNKNOWN)
        assert "/audit" not in newest(layla)
        assert "/status" not in newest(layla)


async def test_a_word_behind_a_slash_that_is_like_no_command_is_an_answer(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "/وزارة")
    assert await region.text(OPEN) == "/وزارة"


async def test_a_word_that_is_like_a_command_of_another_role_alone_is_an_answer(
    region: Region, layla: Person
) -> None:
    """«/بلد» would be /country, which only the secretariat has: there is nothing to point to, and no word to lose."""
    await region.says(layla, "/بلد")
    assert await region.text(OPEN) == "/بلد"
    sam = await region.officer()
    await region.says(sam, "/بلد")
    assert "Perhaps you mean:\n\n/country: " in newest(sam)


# --- a place typed by its name ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("2", "Section II:"),
        ("٣", "Section III:"),
        ("iv", "Section IV:"),
        ("Section V", "Section V:"),
        ("القسم الثاني", "Section II:"),
        ("La deuxième section", "Section II:"),
        ("المنهجية", "Section I:"),
        ("Méthodologie", "Section I:"),
        ("means", "Section IV:"),
    ],
)
async def test_a_section_typed_at_the_list_of_sections_is_opened(
    region: Region, layla: Person, text: str, opened: str
) -> None:
    await region.says(layla, "/sections")
    await region.says(layla, text)
    assert newest(layla).startswith(opened)
    assert (await region.interview(layla)).held == ()


@pytest.mark.parametrize("text", ["2c", "2 C", "٢‑ج", "2.c", "Question 2c", "ثانياً (ج)", "السؤال ٢ج"])
@pytest.mark.parametrize("list_", ["/sections", "section"])
async def test_a_question_typed_at_a_list_is_opened(
    region: Region, layla: Person, text: str, list_: str
) -> None:
    if list_ == "section":
        await region.forges(layla, first_card(layla).message_id, "go.section:methodology")
    else:
        await region.says(layla, list_)
    await region.says(layla, text)
    assert newest(layla).startswith("Section II: ")
    assert "2c. " in newest(layla)
    assert any(label.startswith("Skip") for label in labels_of(layla.last_message))


@pytest.mark.parametrize(
    "text", ["9", "0", "7c", "Next", "progress was made in all sectors", "2c and 2d", "نص ينتظر"]
)
async def test_any_other_text_at_the_list_waits_for_its_place_as_before(
    region: Region, layla: Person, text: str
) -> None:
    await region.says(layla, "/sections")
    await region.says(layla, text)
    assert not newest(layla).startswith("Section ")
    held = [each.text for each in (await region.interview(layla)).held]
    assert held == ([] if text == "Next" else [text])


async def test_what_opened_a_section_is_said_and_can_be_put_as_an_answer_all_the_same(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "/sections")
    await region.says(layla, "progress")
    opened = layla.last_message
    assert "Your message “progress” was read as the name of this section, and is in no answer." in newest(
        layla
    )
    assert (await region.interview(layla)).held == ()
    await region.presses(layla, "📝 It is an answer")
    assert newest(layla).startswith("Your message is kept. Which question does it belong to?")
    assert [each.text for each in (await region.interview(layla)).held] == ["progress"]
    await region.presses(layla, next(data for data in data_of(layla.last_message) if ".place." in data))
    assert await region.text(OPEN) == "progress"
    await region.says(layla, "/sections")
    await region.presses(
        layla, next(label for label in labels_of(layla.last_message) if "Section III" in label)
    )
    assert "is in no answer" not in newest(layla), "it was pressed"
    key = next(data for data in data_of(opened) if "is_answer" in data)
    karim = await region.contributor("LB", "en")
    assert await region.forges(karim, first_card(karim).message_id, key), "it is not theirs"
    assert (await region.interview(layla)).held == ()


async def test_a_list_asks_nothing_that_could_be_called_off(region: Region, layla: Person) -> None:
    await region.says(layla, "/sections")
    await region.says(layla, "/cancel")
    assert newest(layla).startswith("No question was open here")
    await region.says(layla, "2")
    assert newest(layla).startswith("Section II:"), "the list is still the last that was asked"


async def test_a_number_typed_at_the_questions_of_a_section_opens_no_section(
    region: Region, layla: Person
) -> None:
    await region.forges(layla, first_card(layla).message_id, "go.section:methodology")
    await region.says(layla, "2")
    assert [each.text for each in (await region.interview(layla)).held] == ["2"]


async def test_a_number_typed_at_a_question_is_an_answer_though_the_list_was_seen_before(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "/sections")
    await region.opens(layla, OPEN)
    await region.says(layla, "2")
    assert await region.text(OPEN) == "2"


async def test_the_hub_and_the_help_lead_to_the_self_assessment(region: Region, layla: Person) -> None:
    key = "🧭 Self-assessment"
    karim = await region.contributor("LB", "en")
    for asked in ("/start", "/help"):
        await region.says(layla, asked)
        assert key in labels_of(layla.last_message)
        await region.says(karim, asked)
        assert key not in labels_of(karim.last_message)
    await region.presses(layla, key)
    assert newest(layla).startswith("Self-assessment: Lebanon")


# --- what is no text -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
async def test_who_sends_a_voice_message_at_a_question_of_their_own_is_not_asked_for_an_answer(
    region: Region, language: Language
) -> None:
    person = await region.focal_point("LB", language)
    answers = {"ar": "الإجابة", "en": "the answer", "fr": "la réponse"}[language]
    asks_to_type = {
        "ar": "يُرجى كتابة ما تودّون قوله",
        "en": "Please type what you want to say",
        "fr": "Veuillez écrire ce que vous voulez dire",
    }[language]
    for sends in (person.sends_voice, person.sends_sticker):
        await region.says(person, "/ask")
        sends()
        await region.rests()
        assert answers not in newest(person)
        assert asks_to_type in newest(person)


async def test_somebody_who_comes_back_learns_that_letters_have_missed_them(
    region: Region, layla: Person
) -> None:
    layla.blocks()
    await region.rests()
    layla.unblocks()
    await region.rests()
    assert newest(layla).startswith("Welcome back.")
    assert newest(layla).endswith("/calendar")
    count = len(said_by_bot(layla))
    layla.unblocks()
    await region.rests()
    assert len(said_by_bot(layla)) == count, "only who was away"
