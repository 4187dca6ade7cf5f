"""Sentences about people in three languages are read as audiences; what is in doubt is said to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.voice import Voice
from workflows.languages import LANGUAGES
from workflows.people.audience import (
    EVERYBODY,
    All,
    AllBut,
    Any,
    Attending,
    Audience,
    Countries,
    Declined,
    Group,
    Progress,
    Roles,
    Section,
    Staffed,
)
from workflows.reference import countries
from workflows.reference.nearest import nearest_countries
from workflows.use_cases.steering.sentences import Understood, read_audience

SECTIONS, SESSIONS = ("I", "II", "III"), ("session1", "session2")
POINTS = Roles(roles=("focal_point",))
BEGUN, NOT_BEGUN = Section(section="I", state="begun"), Section(section="II", state="not_begun")
NOT_SECOND = Attending(session="session2", how="not_registered")
CONFERENCE_IN_PERSON = All(
    of=(
        Attending(session="conference", how="registered"),
        Attending(session="conference", how="in_person"),
    )
)
BUT_JORDAN = AllBut(of=Countries(codes=("JO",)))
ALL_BUT_JORDAN = All(of=(EVERYBODY, BUT_JORDAN))
POINTS_BUT_JORDAN = All(of=(POINTS, BUT_JORDAN))


def understood(text: str) -> Understood:
    return read_audience(text, SECTIONS, SESSIONS, "session2", {"forum": ("conference",)})


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("من بدأ القسم الأول ولم يبدأ الثاني", All(of=(BEGUN, NOT_BEGUN))),
        ("who begun section I, not II", All(of=(BEGUN, NOT_BEGUN))),
        ("have begun section 1 but have not started section 2", All(of=(BEGUN, NOT_BEGUN))),
        ("qui ont commencé la section 1 mais pas la section 2", All(of=(BEGUN, NOT_BEGUN))),
        (
            "focal points of Jordan and Lebanon who are not registered for session 2",
            All(of=(Countries(codes=("JO", "LB")), POINTS, NOT_SECOND)),
        ),
        ("les points focaux qui n'ont rien commencé", All(of=(POINTS, Progress(state="nothing_begun")))),
        ("les points focaux qui n’ont rien commencé", All(of=(POINTS, Progress(state="nothing_begun")))),
        ("من لم يبدؤوا شيئاً", Progress(state="nothing_begun")),
        ("who has begun nothing", Progress(state="nothing_begun")),
        ("who have not submitted", Progress(state="not_submitted")),
        ("من لم يقدّموا بعد", Progress(state="not_submitted")),
        ("qui n'ont pas encore soumis", Progress(state="not_submitted")),
        ("who finished section 3", Section(section="III", state="done")),
        ("من أكمل القسم الأول", Section(section="I", state="done")),
        ("not finished", Progress(state="some_open")),
        ("من لم يحضر الجلسة الأولى", Attending(session="session1", how="absent")),
        ("absents à la séance 1", Attending(session="session1", how="absent")),
        ("registered for session 1 and absent", Attending(session="session1", how="absent")),
        ("attended session 1 from an office", Attending(session="session1", how="office")),
        ("من يحضر المؤتمر حضورياً", Attending(session="conference", how="in_person")),
        ("registered for the conference in person", CONFERENCE_IN_PERSON),
        ("ceux qui participent à la conférence en présentiel", Attending(session="conference", how="in_person")),
        ("not registered for the forum", Attending(session="conference", how="not_registered")),
        ("المجموعة الثانية في الجلسة الأولى", Group(session="session1", group=2)),
        ("group 2 of session 1", Group(session="session1", group=2)),
        ("pays sans point focal", Staffed(state="no_focal_point")),
        ("who declined", Declined()),
        ("الدول التي اعتذرت", Declined()),
        ("نقاط الاتصال في الاردن ولبنان والإمارات", All(of=(Countries(codes=("JO", "LB", "AE")), POINTS))),
        ("d'Égypte et du Maroc", Countries(codes=("EG", "MA"))),
        ("JO, LB; ye", None),
        (
            "contributors and focal points of Yemen",
            All(of=(Countries(codes=("YE",)), Roles(roles=("contributor", "focal_point")))),
        ),
        ("everybody", EVERYBODY),
        ("الجميع", EVERYBODY),
    ],
)  # fmt: skip
def test_a_sentence_is_read(text: str, meant: Audience | None) -> None:
    found = understood(text)
    if meant is None:
        assert found.audience == Countries(codes=("JO", "LB"))
        assert found.unknown == ("ye",), "two small letters are no code"
        return
    assert found == Understood(meant, (), sure=True)


@pytest.mark.parametrize(
    ("text", "meant", "unknown"),
    [
        ("Jordn and Lebanon", Countries(codes=("LB",)), ("jordn",)),
        ("not registered", NOT_SECOND, ()),
        (
            "Egypt or not submitted",
            Any(of=(Countries(codes=("EG",)), Progress(state="not_submitted"))),
            (),
        ),
        (
            "من أنهى القسم الثاني أو الثالث",
            Any(of=(Section(section="II", state="done"), Section(section="III", state="done"))),
            (),
        ),
        ("section 2", Section(section="II", state="begun"), ()),
        ("blue elephants", None, ("blue", "elephants")),
        ("", None, ()),
        ("begun section 9", Progress(state="begun"), ("9",)),
    ],
)
def test_what_is_in_doubt_is_said_so(text: str, meant: Audience | None, unknown: tuple[str, ...]) -> None:
    found = understood(text)
    assert (found.audience, found.unknown) == (meant, unknown)
    assert not found.sure or found.unknown


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("focal points not in Jordan", POINTS_BUT_JORDAN),
        ("focal points but not those of Jordan", POINTS_BUT_JORDAN),
        ("all focal points outside Jordan", POINTS_BUT_JORDAN),
        ("les points focaux hors de Jordanie", POINTS_BUT_JORDAN),
        ("les points focaux, à l’exception de la Jordanie", POINTS_BUT_JORDAN),
        ("les points focaux mais pas en Jordanie", POINTS_BUT_JORDAN),
        ("نقاط الاتصال من غير الأردن", POINTS_BUT_JORDAN),
        ("نقاط الاتصال باستثناء الاردن", POINTS_BUT_JORDAN),
        ("everybody except Jordan", ALL_BUT_JORDAN),
        ("everybody but Jordan", ALL_BUT_JORDAN),
        ("everybody without Jordan", ALL_BUT_JORDAN),
        ("all with the exception of Jordan", ALL_BUT_JORDAN),
        ("tous sauf la Jordanie", ALL_BUT_JORDAN),
        ("tous excepté la Jordanie", ALL_BUT_JORDAN),
        ("الجميع ما عدا الأردن", ALL_BUT_JORDAN),
        ("الجميع إلا الأردن", ALL_BUT_JORDAN),
        ("الجميع وليس الأردن", ALL_BUT_JORDAN),
        ("everybody except Jordan and Lebanon", All(of=(EVERYBODY, AllBut(of=Countries(codes=("JO", "LB")))))),
        ("الجميع ما عدا الأردن ولبنان", All(of=(EVERYBODY, AllBut(of=Countries(codes=("JO", "LB")))))),
        ("everybody not in Jordan or Lebanon", All(of=(EVERYBODY, AllBut(of=Countries(codes=("JO", "LB")))))),
        ("everybody except the secretariat", All(of=(EVERYBODY, AllBut(of=Roles(roles=("secretariat",)))))),
        ("focal points not in Jordan, not registered for session 2", All(of=(POINTS, NOT_SECOND, BUT_JORDAN))),
        ("who begun section I, not II, except Jordan", All(of=(BEGUN, NOT_BEGUN, BUT_JORDAN))),
        ("who have not submitted, except Jordan", All(of=(Progress(state="not_submitted"), BUT_JORDAN))),
        (
            "registered for session 1 except group 2",
            All(
                of=(
                    Attending(session="session1", how="registered"),
                    AllBut(of=Group(session="session1", group=2)),
                )
            ),
        ),
    ],
)  # fmt: skip
def test_who_is_left_out_is_left_out(text: str, meant: Audience) -> None:
    assert understood(text) == Understood(meant, (), sure=True)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("except Jordan", ALL_BUT_JORDAN),
        ("Lebanon and not Jordan", All(of=(Countries(codes=("LB",)), BUT_JORDAN))),
    ],
)
def test_who_is_left_out_is_asked_about_where_the_others_are_not_named(text: str, meant: Audience) -> None:
    assert understood(text) == Understood(meant, (), sure=False)


@pytest.mark.parametrize(
    "text",
    [
        "everybody except", "Jordan excepted", "Jordan, not", "everybody except Jordn and Lebanon", "exept Jordan",
        "everybody save for some of Jordan", "everybody except focal points of Jordan", "everybody except not Jordan",
        "everybody except who submitted", "everybody except those registered", "not everybody of Jordan",
        "nobody except Jordan", "لم يبدأ إلا الأردن", "not contributors of Jordan", "not invited, Jordan",
        "registered for session 1 and not for session 2", "not section II", "Egypt or not Jordan",
        "everybody like Jordan", "tous saufs la Jordanie", "everyone except Jordan and those who have submitted",
        "الجميع ما عدا الأردن ومن قدم", "tous sauf la Jordanie et ceux qui ont soumis",
    ],
)  # fmt: skip
def test_a_sentence_that_could_mean_the_opposite_is_not_read_at_all(text: str) -> None:
    found = understood(text)
    assert (found.audience, found.sure) == (None, False)


def test_a_negation_is_said_of_its_own_verb_alone() -> None:
    found = understood("who have not begun and have not submitted")
    assert found.audience == All(of=(Progress(state="nothing_begun"), Progress(state="not_submitted")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_that_are_shown_are_understood(language: str) -> None:
    voice = Voice.of(language)  # type: ignore[arg-type]  # one of the three
    first = voice.gettext("who has begun section I and not section II")
    second = voice.gettext("focal points of Jordan and Lebanon who are not registered for session 2")
    assert understood(first) == Understood(All(of=(BEGUN, NOT_BEGUN)), (), sure=True)
    assert understood(second) == Understood(
        All(of=(Countries(codes=("JO", "LB")), POINTS, NOT_SECOND)), (), sure=True
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_is_known_by_its_name(language: str) -> None:
    for state in countries():
        found = understood(state.name(language))  # type: ignore[arg-type]  # one of the three
        assert found == Understood(Countries(codes=(state.code,)), (), sure=True), state


@given(st.text(max_size=400))
def test_whatever_is_typed_is_read_without_an_error(text: str) -> None:
    found = understood(text)
    assert found.audience is not None or not found.sure or found.audience == EVERYBODY


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("Jordn", "JO"),
        ("Libanon", "LB"),
        ("Mauritanie!", "MR"),
        ("موريتانيه", "MR"),
        ("السعوديه", "SA"),
        ("Algery", "DZ"),
    ],
)
def test_a_name_that_is_nearly_right_finds_its_state(typed: str, nearest: str) -> None:
    assert nearest_countries(typed)[0] == nearest


@pytest.mark.parametrize("typed", ["", " ", "xyzzy", "🙂", "-" * 500])
def test_a_name_that_is_like_none_finds_none(typed: str) -> None:
    assert nearest_countries(typed) == ()
