"""Personal data is noticed in three languages and both sets of digits, and what is none of it passes."""

import pytest

from tests.review.playing import GCM
from workflows.review.answers import Answer, Part, Prose, Record, RecordList, Selection, Value
from workflows.review.events import Adaptation, Review
from workflows.review.personal import (
    LEFT_OUT,
    PERSONAL_KINDS,
    PersonalKind,
    careful,
    careful_answer,
    passages_in_answer,
    personal_in,
    personal_in_answer,
    without_personal,
)
from workflows.use_cases.doubting import found_in

PERSONAL: list[tuple[PersonalKind, str]] = [
    ("phone", "For questions call +962 7 9012 3456."),
    ("phone", "للاستفسار: ٠٠٩٦١٣١٢٣٤٥٦٧"),
    ("phone", "اتصلوا على +٩٦٢ ٧٩ ٠١٢ ٣٤٥٦ في أي وقت"),
    ("phone", "Appelez le 00 216 71 234 567"),
    ("phone", "his number is 0791234567"),
    ("phone", "رقمها ٠٥٠ ١٢٣ ٤٥٦٧"),
    ("phone", "Téléphone : 71 23 45 67"),
    ("phone", "الهاتف: ٢٣٤٥٦٧٨"),
    ("phone", "WhatsApp (she answers): 3 123 456"),
    ("phone", "السيدة على ٠٣ ٧٦٥ ٤٣٢"),
    ("phone", "her number: 03/765432"),
    ("phone", "هاتف\n70 123 456"),
    ("phone", "Telephone: 4 625 000"),
    ("email", "write to layla.haddad@example.org"),
    ("email", "البريد الإلكتروني layla@example.org."),
    ("email", "courriel : l.haddad+revue@ministere.example.org"),
    ("papers", "passport N1234567 was renewed"),
    ("papers", "Passport No. 123456789"),
    ("papers", "جواز السفر رقم أ ١٢٣٤٥٦٧"),
    ("papers", "جواز سفر رقم 1234567"),
    ("papers", "passeport n° 12AB34567 ou 1234567"),
    ("papers", "الرقم القومي: ٢٩٠٠١٠١١٢٣٤٥٦٧"),
    ("papers", "carte d'identité 09876543"),
    ("papers", "جواز السفر:\nRL 123456"),
    ("papers", "a document, RL1234567, was found"),
]
NONE_OF_IT = [
    "",
    "Law No. 24 of 2018 was amended on 25/06/2019 and on 2020-11-30.",
    "القانون رقم ٢٤ لسنة ٢٠١٨ المعدّل في ٢٥/٠٦/٢٠١٩",
    "la loi n° 2016-61 du 3 août 2016",
    "Between 2018-2022, 1,500,000 people and 12 500 households were reached.",
    "بين ٢٠١٨ و٢٠٢٢ استفاد ١٥٠٠٠٠٠ شخص، بكلفة ٣٬٢٠٠٬٠٠٠ دولار",
    "General Assembly resolution 73/195, A/RES/73/195, objective 23",
    "القرار ١٩٥/٧٣",
    "3 200 000 dinars en 2019, 4 100 000 dinars en 2020",
    "the share rose from 0.25 to 0.375 and 0,123456789 of the total",
    "a hotline of the ministry for migrants was opened in 2019",
    "أنشئ خط هاتف ساخن للمهاجرين عام ٢٠١٩",
    "passports were issued to 350 persons in 2020",
    "أصدرت الوزارة جوازات سفر لـ ٣٥٠ شخصاً",
    "follow @ministry on social media",
    "a survey by telephone\n2018-2022: 1 500 000 households",
    "عبر الهاتف\n٢٥/٠٦/٢٠١٩ و٢٠١٨-٢٠٢٢",
    "by phone\n1 500 000 persons were asked",
    "passports\n150000 persons hold one",
    "from 01012019 to 05 06 2020, objective 03, 2018 to 2022",
]


@pytest.mark.parametrize(("kind", "text"), PERSONAL)
def test_personal_data_is_noticed(kind: PersonalKind, text: str) -> None:
    assert kind in personal_in(text)


@pytest.mark.parametrize("text", NONE_OF_IT)
def test_the_rest_passes(text: str) -> None:
    assert personal_in(text) == ()


def test_everything_that_was_typed_in_an_answer_counts() -> None:
    mail = "layla@example.org"
    fields = {"name": "a ministry", "note": mail}
    for value in (
        Prose(parts=(Part(text="one", source="1:1"), Part(text=mail, source="1:2"))),
        Selection(values=("yes",), other=mail),
        RecordList(records=(Record(id=1, fields=fields),), last_id=1),
    ):
        assert personal_in_answer(Answer(state="answered", value=value)) == ("email",)
    assert personal_in_answer(Answer(state="declined")) == ()
    assert personal_in_answer(Answer(state="answered", value=Selection(values=("yes",)))) == ()


def test_a_number_is_not_put_together_from_two_messages() -> None:
    parts = (
        Part(text="in 2019 we reached +962", source="1:1"),
        Part(text="79 persons in 2020", source="1:2"),
    )
    assert personal_in_answer(Answer(state="answered", value=Prose(parts=parts))) == ()


def test_a_word_and_its_number_in_two_messages_are_one_passage_and_the_messages_stay_two() -> None:
    parts = (Part(text="one\nهاتف:", source="1:1"), Part(text="70 123 456 صباحاً", source="1:2"))
    answer = Answer(state="answered", value=Prose(parts=parts))
    assert passages_in_answer(answer) == ("70 123 456",)
    read = careful_answer(answer).value
    assert isinstance(read, Prose)
    assert [part.text for part in read.parts] == ["one\nهاتف:", "[…] صباحاً"]


def test_the_question_in_own_words_is_read_without_it_too() -> None:
    mail = "layla@example.org"
    adapted = Review(GCM, country="JO", adaptations={"1f": Adaptation(wording=f"As {mail} asked?")})
    assert careful(adapted).adaptations == {"1f": Adaptation(wording="As […] asked?")}
    found = found_in(adapted, (), ("1f", "1a"))
    assert (found.kinds, found.prompts, found.questions) == (("email",), (), ("1f",))


def test_the_sight_of_what_was_found_is_that_of_the_passages_and_their_places() -> None:
    def sight(text: str, at: str = "1f.2") -> str:
        value = Prose(parts=(Part(text=text, source="1"),))
        review = Review(GCM, country="JO", answers={at: Answer(state="answered", value=value)})
        return found_in(review, (at,)).sight

    assert sight("no more") == ""
    assert sight("ask a@example.org") == sight("in 2019, please ask a@example.org")
    others = ("ask b@example.org", "a@example.org, b@example.org")
    assert len({sight("ask a@example.org"), *map(sight, others), sight("ask a@example.org", "2a.2")}) == 4


def test_several_kinds_are_named_in_one_order() -> None:
    assert personal_in("passport N1234567, a@example.org, +962790123456") == PERSONAL_KINDS


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("For questions call +962 7 9012 3456.", "For questions call […]."),
        ("اتصلوا على +٩٦٢ ٧٩ ٠١٢ ٣٤٥٦ في أي وقت", "اتصلوا على […] في أي وقت"),
        ("write to layla.haddad@example.org, please", "write to […], please"),
        ("a@example.org and b@example.org", "[…] and […]"),
        ("a document, RL1234567, was found", "a document, […], was found"),
        ("passport N1234567 was renewed", "passport […] was renewed"),
        ("telephone 0791234567", "telephone […]"),
        ("الهاتف المحمول 70 123 456", "الهاتف المحمول […]"),
        ("جواز سفر: RL 123456", "جواز سفر: […]"),
        ("passeport n° 12AB34567 ou 1234567", "passeport n° […] ou […]"),
        ("هاتف:\n03 123 456 والسيدة على 03 765 432", "هاتف:\n[…] والسيدة على […]"),
    ],
)
def test_case_23_a_passage_that_seems_personal_is_left_out_and_the_rest_stays(text: str, read: str) -> None:
    assert without_personal(text) == read
    assert personal_in(read) == ()


@pytest.mark.parametrize("text", [*NONE_OF_IT, *(text for _, text in PERSONAL)])
def test_case_23_nothing_personal_is_left_and_nothing_else_is_touched(text: str) -> None:
    read = without_personal(text)
    assert personal_in(read) == ()
    assert (read == text) == (personal_in(text) == ())
    kept = read.split(LEFT_OUT)
    assert all(part in text for part in kept)
    assert text.startswith(kept[0])
    assert text.endswith(kept[-1])


def test_case_23_every_kind_of_answer_is_read_without_it() -> None:
    mail = "layla@example.org"
    values: dict[str, Value] = {
        "1f.2": Prose(parts=(Part(text=f"ask {mail}", source="1"), Part(text="no more", source="2"))),
        "2a.2": Selection(values=("other",), other=f"by {mail}"),
        "1b.1": RecordList(records=(Record(id=1, fields={"name": f"x {mail}", "kind": "y"}),), last_id=1),
    }
    answers = {at: Answer(state="answered", value=value) for at, value in values.items()}
    review = Review(GCM, country="JO", answers=answers)
    read = careful(review)
    assert review.answers == answers, "the state's own text stays as it is"
    assert all(personal_in_answer(answer) == () for answer in read.answers.values())
    prose, picked, records = (read.answers[at].value for at in values)
    assert prose == Prose(parts=(Part(text="ask […]", source="1"), Part(text="no more", source="2")))
    assert picked == Selection(values=("other",), other="by […]")
    assert isinstance(records, RecordList)
    assert records.records[0].fields == {"name": "x […]", "kind": "y"}
    assert careful(read) == read


def test_a_text_that_a_client_cut_is_cleaned_over_the_cut() -> None:
    long = "نهج تشاركي في إعداد السياسات " * 110
    parts = (
        Part(text=f"{long}للتواصل البريد layla", source="1:1"),
        Part(text="layla@example.org ثم\nسطر آخر", source="1:2"),
        Part(text="فقرة أخيرة tel. +961 1 234 567", source="1:3"),
    )
    cleaned = careful_answer(Answer(state="answered", value=Prose(parts=parts)))
    assert isinstance(cleaned.value, Prose)
    assert "example.org" not in cleaned.value.text
    assert "234" not in cleaned.value.text
    assert cleaned.value.text.count("\n") == 2
    assert cleaned.value.text.startswith(long)
