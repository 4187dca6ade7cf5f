"""Documents as other editors save them: LibreOffice, Google Docs, an older Word; built by hand as those write them."""

import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.reports.test_returned import (
    DIFFICULTIES,
    after,
    changed,
    document,
    found,
    heading,
    packed,
    read_back,
    text_of,
)
from tests.review.playing import GCM
from workflows.reports.returned import TEXT, WORD, Returned, lines_of
from workflows.review.events import Review

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ISO = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MEANS = GCM.questions["4b"].text.en
SITE = GCM.questions["5b"].text.en
MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def body(xml: str, namespace: str = W) -> bytes:
    """A document with this between its beginning and its end."""
    return f'<w:document xmlns:w="{namespace}" {MORE}><w:body>{xml}</w:body></w:document>'.encode()


def p(*runs: str, before: str = "") -> str:
    """A paragraph of runs; what is no element is a run's text."""
    told = (
        run if run.startswith("<") else f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs
    )
    return f"<w:p>{before}{''.join(told)}</w:p>"


def said(xml: str, namespace: str = W) -> Returned:
    """What such a document says."""
    returned = lines_of(packed(body(xml, namespace)), WORD)
    assert returned is not None
    return returned


def texts(xml: str) -> list[str]:
    return [line.text for line in said(xml).lines if line.text]


def answers(xml: str) -> dict[str, list[str]]:
    """Each question with what stands under it."""
    back = read_back(packed(body(xml)))
    return {each.question: [line.text for line in each.lines] for each in back.passages}


def field(instruction: str, *shown: str, ends: bool = True) -> str:
    """A field in runs, as every editor writes it."""
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if ends else ""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{"".join(shown)}{end}'
    )


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


# --- LibreOffice -----------------------------------------------------------------------------------------------------


def test_words_in_runs_of_their_own_from_the_right_are_one_line() -> None:
    """LibreOffice puts each change of direction or spelling into a run, and a soft hyphen or turn stays in the text."""
    words = GCM.questions["4b"].words("ar").split(" ")
    runs = [
        f'<w:r><w:rPr><w:rFonts w:cs="Arial"/><w:rtl w:val="true"/><w:lang w:bidi="ar-LB"/></w:rPr>'
        f'<w:t xml:space="preserve">{word} </w:t></w:r>'
        for word in words
    ]
    long = max(words, key=len)
    assert words.index(long)
    runs[words.index(long)] = (
        f"<w:r><w:rPr><w:rtl/></w:rPr><w:t>{long[:3]}</w:t><w:softHyphen/><w:t>\u00ad{long[3:]}\u200f </w:t></w:r>"
    )
    before = (
        '<w:pPr><w:pStyle w:val="Normal"/><w:bidi w:val="1"/><w:jc w:val="start"/><w:rPr></w:rPr></w:pPr>'
    )
    assert answers(p(*runs, before=before) + p("الموارد ", "قليلة.", before=before)) == {
        "4b": ["الموارد قليلة."]
    }


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    gone = '<w:pPr><w:rPr><w:del w:id="1" w:author="x"/></w:rPr></w:pPr>'
    deleted = '<w:del w:id="2" w:author="x"><w:r><w:delText>not at all</w:delText></w:r></w:del>'
    assert texts(p("Money ", deleted, before=gone) + p("is short.") + p("People too.")) == [
        "Money is short.",
        "People too.",
    ]
    assert texts(f"<w:tbl><w:tr><w:tc>{p('One', before=gone)}</w:tc></w:tr></w:tbl>{p('Two')}") == [
        "One",
        "Two",
    ]


def test_what_was_moved_stands_where_it_is_now() -> None:
    gone = '<w:pPr><w:rPr><w:moveFrom w:id="3" w:author="x"/></w:rPr></w:pPr>'
    here = '<w:pPr><w:rPr><w:moveTo w:id="4" w:author="x"/></w:rPr></w:pPr>'
    away = f'<w:moveFrom w:id="5" w:author="x">{run("On our site.")}</w:moveFrom>'
    come = f'<w:moveTo w:id="6" w:author="x">{run("On our site.")}</w:moveTo>'
    start = '<w:moveFromRangeStart w:id="7" w:name="move1"/>'
    end = '<w:moveFromRangeEnd w:id="7"/>'
    told = (
        p(MEANS)
        + start
        + p(away, before=gone)
        + end
        + p("Money.")
        + p(SITE)
        + f'<w:moveToRangeStart w:id="8" w:name="move1"/>{p(come, before=here)}<w:moveToRangeEnd w:id="8"/>'
    )
    assert answers(told) == {"4b": ["Money."], "5b": ["On our site."]}


def test_a_row_that_was_deleted_as_a_tracked_change_is_not_there() -> None:
    row = f"<w:tr><w:tc>{p('New')}</w:tc></w:tr>"
    gone = f'<w:tr><w:trPr><w:del w:id="1" w:author="x"/></w:trPr><w:tc>{p("Old")}</w:tc></w:tr>'
    assert texts(f"<w:tbl><w:tblPr/>{row}{gone}</w:tbl>") == ["New"]


def test_a_style_that_a_paragraph_had_before_and_a_number_that_was_taken_away_make_no_point() -> None:
    numbers = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'
    tabs = '<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>'
    told = said(
        p("One", before=f"<w:pPr>{numbers.format(3)}{tabs}</w:pPr>")
        + p("Two", before=f'<w:pPr><w:pStyle w:val="ListBullet"/>{numbers.format(0)}</w:pPr>')
        + p(
            "Three",
            before=f"<w:pPr>{tabs}<w:pPrChange><w:pPr>{numbers.format(3)}</w:pPr></w:pPrChange></w:pPr>",
        )
        + p("Four", before='<w:pPr><w:pStyle w:val="ListBullet"/></w:pPr>')
    )
    assert [(line.text, line.is_point) for line in told.lines] == [
        ("One", True),
        ("Two", False),
        ("Three", False),
        ("Four", True),
    ]


# --- contents, forms and boxes ---------------------------------------------------------------------------------------


def test_a_table_of_contents_answers_nothing() -> None:
    means, site = run(f"{MEANS}\t3"), run(f"{SITE}\t7")
    begun = field("TOC \\o &quot;1-3&quot; \\h", means, ends=False)
    as_field = f'<w:p>{begun}</w:p><w:p>{site}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    gallery = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{p(means)}{p(site)}</w:sdtContent></w:sdt>"
    )
    filled = p(MEANS) + p("Money.") + p(SITE) + p("On our site.")
    for contents in (as_field, gallery):
        assert answers(contents + filled) == {"4b": ["Money."], "5b": ["On our site."]}


def test_contents_without_an_end_swallow_nothing() -> None:
    torn = field("TOC \\o", run("Contents"), ends=False)
    assert answers(p(torn) + p(MEANS) + p("Money.")) == {"4b": ["Money."]}


def test_a_link_and_a_date_that_are_fields_are_read() -> None:
    link = field("HYPERLINK &quot;https://example.org&quot;", run("our site"))
    wrapped = f'<w:fldSimple w:instr="DATE">{run(" of 2020")}</w:fldSimple>'
    assert texts(p("See ", link, wrapped)) == ["See our site of 2020"]


def test_a_field_of_a_form_is_read_once_somebody_has_filled_it_in() -> None:
    def control(shown: str, told: str = "") -> str:
        return f'<w:sdt><w:sdtPr><w:alias w:val="x"/>{told}</w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>'

    empty = control(run("Click or tap here to enter text."), "<w:showingPlcHdr/>")
    inline = p("Budget: ", control(run("small")), empty)
    block = control(p("In a block of its own."))
    off = control(p("Kept."), '<w:showingPlcHdr w:val="0"/>')
    assert texts(inline + block + control(p("Placeholder"), "<w:showingPlcHdr/>") + off) == [
        "Budget: small",
        "In a block of its own.",
        "Kept.",
    ]


def test_a_box_of_text_is_read_once_and_is_no_picture() -> None:
    box = f"<w:txbxContent>{p('In a box.')}</w:txbxContent>"
    drawing = f"<w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing>"
    choice = f'<mc:Choice Requires="wps">{drawing}</mc:Choice>'
    older = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    both = f"<w:r><mc:AlternateContent>{choice}{older}</mc:AlternateContent></w:r>"
    only = f"<w:r><mc:AlternateContent>{older}</mc:AlternateContent></w:r>"
    rule = '<w:r><w:pict><v:rect style="width:0;height:1.5pt" o:hr="t"/></w:pict></w:r>'
    told = said(p("First.", both) + p("Second.", only) + p(rule))
    assert [line.text for line in told.lines if line.text] == ["First.", "In a box.", "Second.", "In a box."]
    assert told.beside == 0
    assert said(p("<w:r><w:drawing><wps:pic/></w:drawing></w:r>")).beside == 1


def test_a_document_within_the_document_is_told() -> None:
    assert said(p("One.") + '<w:altChunk w:id="rId5"/>').beside == 1


def test_a_document_in_the_strict_form_is_read() -> None:
    told = said(p(MEANS) + p("Money."), ISO)
    assert [line.text for line in told.lines] == [MEANS, "Money."]


# --- Google Docs -----------------------------------------------------------------------------------------------------


def test_a_document_that_google_docs_gave_back() -> None:
    """It drops our marks and styles, numbers by itself, and sets marks of its own between the paragraphs."""
    mark = '<w:bookmarkStart w:colFirst="0" w:name="_heading=h.gjdgxs" w:id="0"/><w:bookmarkEnd w:id="0"/>'
    point = (
        '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:bidi w:val="1"/>'
        '<w:ind w:left="720" w:hanging="360"/><w:rPr><w:u w:val="none"/></w:rPr></w:pPr>'
    )
    runs = '<w:r w:rsidDel="00000000" w:rsidR="00000000" w:rsidRPr="00000000"><w:rPr><w:rtl w:val="1"/></w:rPr>{}</w:r>'
    told = mark + p(runs.format(f"<w:t>(ب) {GCM.questions['4b'].words('ar')}</w:t>"))
    told += p(runs.format("<w:t>التمويل</w:t>"), before=point) + p(
        runs.format("<w:t>الكوادر</w:t>"), before=point
    )
    assert answers(told) == {"4b": ["التمويل", "الكوادر"]}


# --- headings that were deleted --------------------------------------------------------------------------------------


@pytest.mark.parametrize("tracked", [True, False])
def test_an_answer_whose_heading_was_deleted_stays_at_its_question(*, tracked: bool) -> None:
    def edit(opened: Document) -> None:
        asked = heading(opened, DIFFICULTIES)
        after(opened, DIFFICULTIES).text = "Of data."
        for each in asked.runs:
            each.text = ""
        if tracked:
            mark = parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="90" w:author="x"/></w:rPr>')
            asked._p.get_or_add_pPr().append(mark)

    back = found(changed(document(Review(GCM, "LB"), "en"), edit))
    assert {prompt: text_of(answer) for prompt, answer in back.items()} == {"1f.2": "Of data."}


# --- plain text ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("٤-ب: الموارد قليلة، و«الكوادر» أقل", "utf-16"),
        ("٤-ب: الموارد قليلة، و«الكوادر» أقل", "utf-8-sig"),
        ("4b: الموارد قليلةٌ، و«الكوادر» أقلّ – لدى GCM", "cp1256"),
        ("4b : À l'étranger, les données n'ont « pas » été publiées… où ?", "cp1252"),
        ("4b: “Money” isn’t there", "cp1252"),
    ],
)
def test_plain_text_in_the_letters_of_windows(text: str, letters: str) -> None:
    returned = lines_of(text.encode(letters), TEXT)
    assert returned is not None
    assert [line.text for line in returned.lines] == [text]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("4b: الموارد قليلة والكوادر أقل", "iso8859-6"),
        ("4b: Денег мало", "cp1251"),
        ("4b: Δεν υπάρχουν χρήματα", "cp1253"),
        ("4b: Málo peněz, žádní lidé", "cp1250"),
    ],
)
def test_letters_that_are_not_clear_are_not_guessed(text: str, letters: str) -> None:
    assert lines_of(text.encode(letters), TEXT) is None
