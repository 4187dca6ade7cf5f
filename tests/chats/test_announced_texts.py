"""The texts of an announcement: one goes on in its language; another is opened by its key, or told by its letters."""

import pytest

from bot.sandbox import Person
from tests.chats.telling import Region, data_of, first_card, labels_of, said_by_bot, voice
from tests.chats.telling import newest as last
from workflows.languages import LANGUAGES, Language
from workflows.use_cases.made_of_messages import Made, corrected, joined, paragraph, parted
from workflows.use_cases.steering.wording import Writing, language_of

CHERS = "Chers collègues, merci de confirmer votre présence avant jeudi."
APPORTEZ = "Apportez aussi vos ordinateurs portables."
STALE = "This button belongs to an earlier message. Please use the newest one."


def newest(person: Person) -> str:
    """The bot's last message, with plain blanks."""
    return last(person).replace("\u00a0", " ").replace("\u202f", " ")


async def texts(region: Region, number: int = 1) -> dict[Language, str]:
    """The texts of an announcement as they are on disk."""
    async with region.store.reading() as work:
        found = await work.announcements.get(number)
    assert found is not None
    return dict(found.texts)


async def drafting(region: Region, language: Language = "en") -> Person:
    """An officer with a draft for readers of every language."""
    sam = await region.officer(language)
    for country, reads in (("LB", "ar"), ("JO", "en"), ("MA", "fr")):
        await region.focal_point(country, reads, country)
    await region.says(sam, "/announce")
    await region.presses(sam, next(d for d in data_of(sam.last_message) if d.endswith(".focal_points")))
    return sam


async def test_a_second_paragraph_belongs_to_the_text_that_is_being_written(region: Region) -> None:
    sam = await drafting(region, "fr")
    await region.says(sam, CHERS)
    await region.says(sam, APPORTEZ)
    assert await texts(region) == {"fr": f"{CHERS}\n\n{APPORTEZ}"}
    seen = newest(sam)
    assert f"Lecteurs du français : 1\n📣 De la part du secrétariat :\n\n{CHERS}\n\n{APPORTEZ}" in seen
    assert "Lecteurs de l'anglais : 1\nIls reçoivent le texte français, donné en premier." in seen
    assert seen.endswith(
        "Ce que vous écrivez maintenant s'ajoute au texte français. Pour une autre langue, appuyez sur son bouton."
    )
    assert {"✅ Français", "✏️ English", "✏️ العربية"} <= set(labels_of(sam.last_message))


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [
        (
            "ar",
            ("نص أول.", "نص ثانٍ."),
            "ما تكتبونه الآن يُضاف إلى النص العربي. ولكتابة نص بلغة أخرى اضغطوا زرّها.",
        ),
        (
            "en",
            ("One.", "Chers collègues, merci de votre présence."),
            "What you write now is added to the English text.",
        ),
    ],
)
async def test_between_languages_in_the_same_letters_nothing_is_guessed(
    region: Region, language: Language, words: tuple[str, str], told: str
) -> None:
    sam = await drafting(region, language)
    for each in words:
        await region.says(sam, each)
        assert told in newest(sam)
    assert await texts(region) == {language: "\n\n".join(words)}


@pytest.mark.parametrize(
    ("language", "asked", "words", "told"),
    [
        (
            "en",
            "English",
            "Chers collègues, merci de votre présence.",
            "If what you wrote last is in French, press ↪️.",
        ),
        (
            "fr",
            "Français",
            "Dear colleagues, thank you.",
            "Si ce que vous avez écrit en dernier lieu est en anglais, appuyez sur ↪️.",
        ),
        ("ar", "English", "Chers collègues, merci.", "إذا كان آخر ما كتبتموه بالفرنسية فاضغطوا ↪️."),
    ],
)
async def test_what_was_typed_for_another_language_of_the_same_letters_is_moved_by_a_key(
    region: Region, language: Language, asked: str, words: str, told: str
) -> None:
    sam = await drafting(region, language)
    await region.presses(sam, f"✏️ {asked}")
    await region.says(sam, words, "Zoom, 10:00.")
    (put,) = await texts(region)
    other: Language = "fr" if put == "en" else "en"
    assert await texts(region) == {put: f"{words}\nZoom, 10:00."}, "nothing is guessed"
    assert told in newest(sam)
    await region.presses(sam, "↪️ Français" if other == "fr" else "↪️ English")
    assert await texts(region) == {other: f"{words}\nZoom, 10:00."}
    assert told not in newest(sam)


async def test_what_shows_its_language_by_its_words_is_not_asked_about(region: Region) -> None:
    sam = await drafting(region)
    await region.says(sam, "Dear colleagues, the forum will be in February.")
    assert not any("announce_move" in data for data in data_of(sam.last_message))
    await region.says(sam, "Merci de confirmer votre présence.")
    await region.presses(sam, "↪️ Français")
    assert await texts(region) == {
        "en": "Dear colleagues, the forum will be in February.",
        "fr": "Merci de confirmer votre présence.",
    }


async def test_another_language_opens_by_its_key_and_the_first_one_again(region: Region) -> None:
    sam = await drafting(region)
    await region.says(sam, "The forum moves.")
    await region.presses(sam, "✏️ Français")
    assert newest(sam).endswith("Please type the French text in your next message.")
    await region.says(sam, "Le forum est déplacé.")
    await region.says(sam, "Merci.")
    await region.presses(sam, "✅ English")
    assert "What you write now is added to the English text." in newest(sam)
    await region.says(sam, "Thank you.")
    assert await texts(region) == {
        "en": "The forum moves.\n\nThank you.",
        "fr": "Le forum est déplacé.\n\nMerci.",
    }
    await region.presses(sam, "At a later time")
    await region.presses(sam, "Back to the draft")
    assert "What you write now is added to the English text." in newest(sam)


async def test_a_text_is_written_anew_only_where_that_was_asked_for(region: Region) -> None:
    sam = await drafting(region)
    await region.says(sam, "Helo.")
    await region.presses(sam, "🔁 Write it anew: English")
    assert "Your next message takes the place of the whole English text." in newest(sam)
    assert await texts(region) == {"en": "Helo."}, "the old text stays until there is a new one"
    await region.presses(sam, "✅ English")
    await region.says(sam, "All of you.")
    assert await texts(region) == {"en": "Helo.\n\nAll of you."}
    await region.presses(sam, "🔁 Write it anew: English")
    await region.says(sam, "Hello.", "In two messages.")
    assert await texts(region) == {"en": "Hello.\nIn two messages."}, "one paste is one text"
    await region.says(sam, "And more.")
    assert await texts(region) == {"en": "Hello.\nIn two messages.\n\nAnd more."}
    await region.presses(sam, "🔁 Write it anew: English")
    await region.says(sam, "مرحباً بالجميع.")
    assert (await texts(region))["en"] == "Hello.\nIn two messages.\n\nAnd more.", (
        "other letters replace nothing"
    )


async def test_arabic_letters_in_a_french_text_are_told_and_can_be_moved(region: Region) -> None:
    sam = await drafting(region, "fr")
    await region.says(sam, CHERS)
    await region.says(sam, "الزملاء الأعزاء.")
    assert await texts(region) == {"fr": CHERS, "ar": "الزملاء الأعزاء."}
    assert "en d'autres caractères et se trouve maintenant dans le texte arabe." in newest(sam)
    await region.says(sam, "شكراً.")
    assert "en d'autres caractères" not in newest(sam), "it has been told"
    told = next(each for each in said_by_bot(sam)[::-1] if "↪️ Français" in labels_of(each))
    await region.forges(
        sam, told.message_id, next(d for d in data_of(told) if ".announce_move.1.ar.fr." in d)
    )
    assert await texts(region) == {"fr": f"{CHERS}\n\nالزملاء الأعزاء.\n\nشكراً."}
    await region.says(sam, APPORTEZ)
    assert (await texts(region))["fr"].endswith(f"شكراً.\n\n{APPORTEZ}"), "the newest card says where one is"


async def test_latin_letters_in_an_arabic_text_are_told_and_what_follows_moves_with_them(
    region: Region,
) -> None:
    sam = await drafting(region, "ar")
    await region.says(sam, "نص.")
    await region.says(sam, "https://example.org/forum")
    assert await texts(region) == {"ar": "نص.\n\nhttps://example.org/forum"}
    assert "بحروف أخرى" not in newest(sam), "a link is of no language"
    await region.says(sam, "Le forum est pour vous.", "Beirut.")
    assert (await texts(region))["fr"] == "Le forum est pour vous.\nBeirut."
    assert "⚠️ ما كتبتموه أخيراً بحروف أخرى، وهو الآن في النص الفرنسي." in newest(sam)
    await region.presses(sam, "↪️ English")
    assert await texts(region) == {
        "ar": "نص.\n\nhttps://example.org/forum",
        "en": "Le forum est pour vous.\nBeirut.",
    }
    await region.says(sam, "And so on.")
    assert (await texts(region))["en"] == "Le forum est pour vous.\nBeirut.\n\nAnd so on."


async def test_the_only_text_is_moved_and_is_then_the_one_given_first(region: Region) -> None:
    sam = await drafting(region, "ar")
    await region.says(sam, "Good morning!")
    assert await texts(region) == {"ar": "Good morning!"}
    assert "وهو الآن في النص العربي" in newest(sam), "which language it is cannot be seen, and that is told"
    await region.presses(sam, "↪️ English")
    assert await texts(region) == {"en": "Good morning!"}
    assert "يصلهم النص الإنكليزي، وهو الذي كُتب أولاً." in newest(sam)
    again = await region.forges(sam, sam.last_message.message_id, "do.announce_move.1.ar.en.1")
    assert again == voice("ar").gettext(STALE)
    assert await texts(region) == {"en": "Good morning!"}


async def test_an_edited_message_keeps_its_paragraph(region: Region) -> None:
    sam = await drafting(region)
    first = await region.says(sam, "Helo all.")
    second = await region.says(sam, "Brng a laptop.")
    for message, words in ((second, "Bring a laptop."), (first, "Hello all.")):
        sam.edits(message, words)
        await region.rests()
    assert await texts(region) == {"en": "Hello all.\n\nBring a laptop."}
    assert "What you write now is added to the English text." in newest(sam)


async def test_a_key_of_an_earlier_card_asks_at_the_end_of_the_chat(region: Region) -> None:
    sam = await drafting(region)
    await region.says(sam, "Hello all.")
    earlier = sam.last_message.message_id
    await region.says(sam, "And more.")
    await region.forges(sam, earlier, "do.announce_in.1.fr")
    assert sam.last_message.message_id > earlier
    assert newest(sam).endswith("Please type the French text in your next message.")
    await region.says(sam, "Bonjour.")
    assert await texts(region) == {"en": "Hello all.\n\nAnd more.", "fr": "Bonjour."}


async def test_nobody_else_finds_these_keys(region: Region) -> None:
    sam, layla = await drafting(region), await region.focal_point("SD", "en")
    await region.says(sam, "Hello all.")
    for data in ("do.announce_anew.1.en", "do.announce_move.1.en.fr.3", "do.announce_in.1.en"):
        told = await region.forges(layla, first_card(layla).message_id, data)
        assert told == STALE
    assert await texts(region) == {"en": "Hello all."}


# --- without a chat ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "writing", [Writing("fr"), Writing("ar", anew=True), Writing("en", since=12), Writing("en", typed=12)]
)
def test_what_a_card_asks_for_is_read_as_it_was_noted(writing: Writing) -> None:
    for made in ((), ("fr=7+8", "en=9")):
        noted = writing.noted(made)
        assert Writing.read(noted) == writing
        # So reads the version before this one, which runs beside it while it is replaced.
        language, _, of = noted.partition(".")
        assert language == writing.language
        known = dict(each.split("=", 1) for each in of.split(";") if "=" in each)
        assert {f"{each}={known[each]}" for each in LANGUAGES if each in known} == set(made)


@pytest.mark.parametrize(
    ("text", "asked", "there", "language"),
    [
        ("Hello all", "fr", (), None),
        ("Bonjour à tous", "en", ("fr",), None),
        ("مرحباً", "fr", (), "ar"),
        ("مرحباً Zoom", "ar", (), None),
        ("We are ready", "ar", (), "en"),
        ("Nous sommes avec vous", "ar", ("en",), "fr"),
        ("Microsoft Teams", "ar", (), "ar"),
        ("Microsoft Teams", "ar", ("ar", "fr"), "fr"),
        ("Microsoft Teams", "ar", ("en", "fr"), "ar"),
        ("https://example.org/a?b=1 sam@example.org @rafiq 12:00", "ar", ("en",), None),
        ("+961 1 234567", "ar", ("en",), None),
    ],
)
def test_a_language_is_known_by_other_letters_alone(
    text: str, asked: Language, there: tuple[Language, ...], language: Language | None
) -> None:
    assert language_of(text, asked, there) == language


def test_a_text_is_parted_where_a_message_begins() -> None:
    text = ""
    made: Made = ()
    for message, part in ((1, "a"), (2, "b\nc"), (3, paragraph("d"))):
        made = joined(text, made, part, message)
        text = f"{text}\n{part}" if text else part
    assert text == "a\nb\nc\n\nd"
    assert parted(text, made, 2) == ("a", made[:1], [(2, "b\nc"), (3, "\nd")])
    assert parted(text, made, 1) == ("", (), [(1, "a"), (2, "b\nc"), (3, "\nd")])
    assert parted(text, made, 4) is None
    assert parted("else", made, 2) is None
    assert corrected(text, made, "D", 3) == ("a\nb\nc\n\nD", (*made[:2], (3, 2)))
