"""Whoever types what a key is called, a greeting or thanks does not find it in the country's answer."""

import pytest

from bot.sandbox import Person
from tests.chats.telling import OPEN, Region, bare, first_card, labels_of, newest, voice
from workflows.languages import LANGUAGES, Language
from workflows.review.answers import RecordList
from workflows.review.courtesy import is_courtesy
from workflows.review.reading import is_name_of_a_key

TOLD = (
    "⚠️ This is the name of a button, so it was not put into the answer. "
    "To go on, please press one of the buttons below."
)


CALLED_OFF = (
    "⚠️ This was not put into the answer, and what is written stays as it is. To correct a message, edit it; to go "
    "on, press one of the buttons below."
)
LET_GO = "Very well: nothing was taken or sent, and what was asked here is left as it is."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["Next", "Back", "Skip", "Continue"])
def test_every_key_that_leads_on_or_back_is_known_by_its_name(language: Language, key: str) -> None:
    label = voice(language).gettext(key)
    assert is_name_of_a_key(label)
    assert is_name_of_a_key(f" {label.upper()}! ")


@pytest.mark.parametrize(
    "words", ["Done", "تم", "No", "", "5", "The next census is in 2022.", "الجلسة التالية"]
)
def test_what_could_be_an_answer_is_one(words: str) -> None:
    assert not is_name_of_a_key(words)


@pytest.mark.parametrize("typed", ["next", "التالي", "Suivant ▶"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_text_keeps_only_what_was_meant_for_it(
    region: Region, language: Language, typed: str
) -> None:
    person, told = await region.focal_point("LB", language), bare(voice(language).gettext(TOLD))
    await region.opens(person, OPEN)
    await region.says(person, typed)
    assert newest(person).startswith(told)
    await region.says(person, "our words", typed)
    assert await region.text(OPEN) == "our words"
    assert newest(person).startswith(told)
    await region.presses(
        person, next(k for k in labels_of(person.last_message) if voice(language).gettext("Next") in k)
    )
    assert (await region.interview(person)).focus.prompt != OPEN


async def test_a_list_gets_no_entry_of_it(region: Region, layla: Person) -> None:
    await region.opens(layla, "1c.1")
    await region.says(layla, "Ministry of Labour", "next")
    assert newest(layla).startswith(TOLD)
    assert "✔ Done" in labels_of(layla.last_message)
    value = (await region.review()).answers["1c.1"].value
    assert isinstance(value, RecordList)
    assert [record.fields["name"] for record in value.records] == ["Ministry of Labour"]


async def test_a_text_that_is_written_anew_still_waits_for_its_new_words(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "old words")
    await region.presses(layla, "🔄 Replace the text")
    await region.says(layla, "next")
    await region.says(layla, "new words")
    assert await region.text(OPEN) == "new words"


# --- greetings and thanks ----------------------------------------------------------------------------------------

COURTEOUS = "🤝 Thank you for the kind words. They were not put into the answer."
AT_SERVICE = "🤝 Thank you for the kind words. Rafiq is at your service; the buttons below lead on."


@pytest.mark.parametrize(
    "words",
    [
        "السلام عليكم ورحمة الله وبركاته",
        "السلام عليكم، صباح الخير يا رفيق",
        "شكراً جزيلاً 🌹",
        "شُكـــراً لكم",
        "🌹 شكراً",
        "ألف شكر",
        "مع خالص التحيات",
        "Thank you very much!",
        "Hello, thanks a lot",
        "Merci d'avance",
        "Bonjour Rafiq",
    ],
)
def test_a_greeting_or_thanks_is_known(words: str) -> None:
    assert is_courtesy(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "السلام",
        "جمعية الخير",
        "نشكركم على سؤالكم، ونجيب بأن الوزارة قد عقدت ثلاثة اجتماعات.",
        "شكر",
        "رفيق",
        "good",
        "Thanks to the law of 2017, permits are issued within a month.",
        "Merci de patienter",
    ],
)
def test_what_says_more_than_that_is_an_answer(words: str) -> None:
    assert not is_courtesy(words)


@pytest.mark.parametrize("typed", ["السلام عليكم ورحمة الله", "شكراً جزيلاً", "Merci beaucoup !"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_text_keeps_no_greeting(region: Region, language: Language, typed: str) -> None:
    person = await region.focal_point("LB", language)
    await region.opens(person, OPEN)
    await region.says(person, typed, "our words", typed)
    assert await region.parts(OPEN) == ["our words"]
    assert newest(person).startswith(bare(voice(language).gettext(COURTEOUS)))
    await region.says(person, "and more of them")
    assert await region.parts(OPEN) == ["our words", "and more of them"]


async def test_an_answer_edited_to_a_greeting_stays_as_it_was(region: Region, layla: Person) -> None:
    await region.opens(layla, OPEN)
    typed = await region.says(layla, "our words")
    layla.edits(typed, "Merci beaucoup !")
    await region.rests()
    assert await region.parts(OPEN) == ["our words"]
    assert newest(layla) == AT_SERVICE


async def test_a_list_and_its_details_keep_no_thanks(region: Region, layla: Person) -> None:
    await region.opens(layla, "1c.1")
    await region.says(layla, "Ministry of Labour", "thank you")
    assert newest(layla).startswith(COURTEOUS)
    turn = (await region.interview(layla)).turn
    await region.forges(layla, layla.last_message.message_id, f"{turn}.record.1")
    await region.forges(layla, layla.last_message.message_id, f"{turn}.field.1:name")
    await region.says(layla, "thank you")
    assert newest(layla) == AT_SERVICE
    await region.says(layla, "Ministry of Work")
    value = (await region.review()).answers["1c.1"].value
    assert isinstance(value, RecordList)
    assert [record.fields["name"] for record in value.records] == ["Ministry of Work"]


async def test_a_greeting_where_nothing_is_open_waits_for_no_place(region: Region, layla: Person) -> None:
    await region.forges(layla, first_card(layla).message_id, "go.hub")
    await region.says(layla, "السلام عليكم")
    assert newest(layla) == AT_SERVICE
    assert (await region.interview(layla)).held == ()
    await region.says(layla, "/ask thanks")
    assert "🤝 Thank you for the kind words." in newest(layla)
    await region.says(layla, "How long may an answer be?")
    assert "How long may an answer be?" in newest(layla)


async def test_those_who_write_no_review_are_greeted_too(region: Region) -> None:
    clearer = await region.comes_in(await region.invitation("clearer", "LB"), "en", "Maya")
    supporter = await region.comes_in(
        await region.invitation("supporter", "LB", scope="un_team"), "en", "Hana"
    )
    for person in (await region.officer(), clearer, supporter):
        await region.says(person, "thank you")
        assert newest(person) == AT_SERVICE


# --- to be rid of what was asked ---------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["إلغاء", "الغاء", "Annuler", "cancel", "/cancel"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_text_keeps_nothing_of_a_word_that_calls_it_off(
    region: Region, language: Language, typed: str
) -> None:
    person = await region.focal_point("LB", language)
    await region.opens(person, OPEN)
    await region.says(person, "our words", typed)
    assert await region.parts(OPEN) == ["our words"]
    assert newest(person).startswith(bare(voice(language).gettext(CALLED_OFF)))
    await region.says(person, "and more of them")
    assert await region.parts(OPEN) == ["our words", "and more of them"]


async def test_a_text_that_was_to_be_replaced_stays_where_that_is_called_off(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "old words")
    await region.presses(layla, "🔄 Replace the text")
    await region.says(layla, "cancel", "and more of them")
    assert await region.parts(OPEN) == ["old words", "and more of them"]


async def test_a_detail_and_a_wording_are_not_called_cancel(region: Region, layla: Person) -> None:
    await region.opens(layla, "1c.1")
    await region.says(layla, "Ministry of Labour")
    turn = (await region.interview(layla)).turn
    await region.forges(layla, layla.last_message.message_id, f"{turn}.record.1")
    await region.forges(layla, layla.last_message.message_id, f"{turn}.field.1:name")
    await region.says(layla, "cancel")
    assert CALLED_OFF in newest(layla)
    value = (await region.review()).answers["1c.1"].value
    assert isinstance(value, RecordList)
    assert [record.fields["name"] for record in value.records] == ["Ministry of Labour"]
    await region.opens(layla, OPEN)
    turn = (await region.interview(layla)).turn
    await region.forges(layla, layla.last_message.message_id, f"{turn}.reword")
    await region.says(layla, "cancel")
    assert newest(layla) == LET_GO
    assert (await region.review()).adaptations == {}


async def test_what_another_card_asked_is_let_go_and_nothing_is_sent(region: Region, layla: Person) -> None:
    await region.says(layla, "/ask")
    await region.says(layla, "cancel")
    assert newest(layla) == LET_GO
    for words in ("/ask", "How do we describe the new residence law of our ministry?", "Annuler"):
        await region.says(layla, words)
    assert newest(layla) == LET_GO
    await region.says(layla, "a word of ours")
    assert "Your message is kept. Which question does it belong to?" in newest(layla)


async def test_where_nothing_is_open_it_is_no_message_to_be_kept(region: Region, layla: Person) -> None:
    await region.forges(layla, first_card(layla).message_id, "go.hub")
    await region.says(layla, "cancel")
    told = "No question was open here, and this word was not kept as an answer. The buttons below lead on."
    assert newest(layla) == told
    await region.says(layla, "التالي")
    assert newest(layla) == told
    assert (await region.interview(layla)).held == ()


# --- the language ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "language"), [("Français", "fr"), ("العربية", "ar"), ("English", "en"), ("الفرنسية", "fr")]
)
async def test_a_language_is_typed_as_well_as_pressed(
    region: Region, layla: Person, typed: str, language: Language
) -> None:
    await region.says(layla, "our words", "/language")
    await region.says(layla, typed)
    async with region.store.reading() as work:
        known = await work.people.by_telegram(layla.user_id)
    assert known is not None
    assert known.language == language
    assert await region.parts(OPEN) == ["our words"]


async def test_what_is_no_language_goes_where_it_went_before(region: Region, layla: Person) -> None:
    await region.says(layla, "our words", "/language")
    await region.says(layla, "and more of them")
    assert await region.parts(OPEN) == ["our words", "and more of them"]
    for words in ("/ask", "/language", "How long may an answer be?"):
        await region.says(layla, words)
    assert "How long may an answer be?" in newest(layla)
    assert len(await region.parts(OPEN)) == 2


async def test_the_name_of_a_language_is_an_answer_where_none_was_asked(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "Français")
    assert await region.parts(OPEN) == ["Français"]
