"""The papers of a release as DOCX: the submission draft (送审稿) and the sign-off sheet (会签单).

Set as official documents are (GB/T 9704-2012): A4, margins 37, 35, 28 and 26 mm, title in 22 pt
Song, body in 16 pt Fangsong on a 28 pt grid, page number below. Fonts are named, not carried.
Both papers are in Chinese, whoever asks for them: they are filed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

TITLE_FONT, BODY_FONT, HEAD_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体"
GRID = Pt(28)
Content = Mapping[str, Any]
ANNEX = ("序号", "编号", "标题", "类型", "领域", "发布主体", "区县", "截止日期", "联系科室和电话")
WIDTHS = (12, 34, 62, 24, 28, 38, 22, 24, 40)  # mm, of the annex on its side
ANSWERS = ("单位", "方式和日期", "意见对象", "意见", "采纳情况", "理由")
ANSWER_WIDTHS = (40, 34, 54, 70, 24, 60)  # mm
SIGNING = ("次序", "单位", "会签意见", "签字", "日期")


def submission_draft(
    content: Content, code: str, before: Sequence[str] = (), answers: Sequence[Sequence[str]] = ()
) -> bytes:
    """Return the submission draft: title, document number, body, and the list as an annex.

    `content` is the content of a release, `code` its check code, '' before it is fixed; `before`
    says what stood before the signing, `answers` are the rows of a second annex.
    """
    paper = blank_paper()
    edition, release, entries = content["edition"], content["release"], content["entries"]
    heading(paper, edition["title_zh"] + batch(release))
    centred(paper, release["document_no"] or "（送审稿，文号待定）")
    addressed(paper, "、".join(body["name_zh"] for body in leads(edition)))
    for text in filter(None, str(edition["foreword_zh"]).split("\n")):
        body(paper, text)
    for text in (*summary_of(edition, entries), *before):
        body(paper, text)
    body(paper, f"附件：{'1．' if answers else ''}{edition['title_zh']}{batch(release)}条目表")
    if answers:
        body(paper, "　　　2．征求意见及采纳情况表")
    signed(paper, [item["name_zh"] for item in leads(edition)], release["dated_on"])
    if code:
        body(paper, f"内容校验码（SHA-256）：{code}")
    label = "附件1" if answers else "附件"
    annex(paper, edition["title_zh"] + batch(release), entries, label)
    if answers:
        answer_annex(paper, answers)
    return written(paper)


def sign_off_sheet(content: Content, code: str, before: Sequence[str] = ()) -> bytes:
    """Return the sheet on which the lead bodies sign in their order, naming the check code;
    `before` says what stood before the signing."""
    paper = blank_paper()
    edition, release = content["edition"], content["release"]
    heading(paper, "会签单")
    body(paper, f"事项：{edition['title_zh']}{batch(release)}")
    body(paper, f"文号：{release['document_no'] or '待定'}")
    body(paper, f"条目：{len(content['entries'])}项，内容版本{release['version']}")
    for text in before:
        body(paper, text)
    body(paper, f"内容校验码（SHA-256）：{code}")
    body(paper, "请核对校验码与系统所示一致后，按次序会签。")
    body(paper, "内容如有变动，校验码随之改变，须重新会签。")
    table = gridded(paper, SIGNING, (16, 52, 46, 24, 18))
    for place, lead in enumerate(leads(edition), 1):
        add_row(table, (str(place), lead["name_zh"], "", "", ""), Mm(22))
    return written(paper)


def leads(edition: Content) -> list[Content]:
    """Return the lead bodies in their order."""
    return [body for body in edition["bodies"] if body["leads"]]


def batch(release: Content) -> str:
    """Return which batch it is, unless the first."""
    return f"（第{release['number']}批）" if release["number"] > 1 else ""


def summary_of(edition: Content, entries: Sequence[Content]) -> list[str]:
    """Return what the draft says of its entries: how many, of which kinds."""
    kinds: dict[str, int] = {}
    for entry in entries:
        name = entry["subtype"]["name_zh"]
        kinds[name] = kinds.get(name, 0) + 1
    counted = "、".join(f"{name}{number}项" for name, number in kinds.items())
    said = f"现将{edition['year']}年度清单送审，共{len(entries)}项"
    return [f"{said}，其中{counted}。" if counted else f"{said}。"]


def blank_paper() -> Paper:
    """Return an empty A4 document with the page, type and grid of an official one."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = BODY_FONT, Pt(16)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY_FONT)
    shape = normal.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, GRID
    shape.space_after = Pt(0)
    number_pages(section.footer.paragraphs[0])
    return paper


def number_pages(paragraph: Paragraph) -> None:
    """Write — 1 — below each page, as a field the word processor fills in."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = text
        run._r.append(mark)
    paragraph.add_run(" —")


def set_in(paragraph: Paragraph, text: str, font: str, size: int) -> None:
    """Write text in a face, also for Chinese characters."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def heading(paper: Paper, text: str) -> None:
    """Write the title, centred."""
    paragraph = paper.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(34)
    paragraph.paragraph_format.space_after = Pt(14)
    set_in(paragraph, text, TITLE_FONT, 22)


def centred(paper: Paper, text: str) -> None:
    """Write one centred line."""
    paragraph = paper.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(14)


def addressed(paper: Paper, text: str) -> None:
    """Write whom the paper goes to, at the margin."""
    paper.add_paragraph(f"{text}：")


def body(paper: Paper, text: str) -> None:
    """Write one paragraph, two characters in."""
    paper.add_paragraph(text).paragraph_format.first_line_indent = Pt(32)


def signed(paper: Paper, names: Sequence[str], day: str | None) -> None:
    """Write who issues the paper and when, to the right."""
    for text in (*names, chinese_day(day) if day else "　　年　月　日"):
        paragraph = paper.add_paragraph(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(64)


def chinese_day(day: str) -> str:
    """Return 2026-01-05 as 2026年1月5日."""
    year, month, date = day.split("-")
    return f"{year}年{int(month)}月{int(date)}日"


def annex(paper: Paper, title: str, entries: Sequence[Content], label: str = "附件") -> None:
    """Write the table of entries on pages laid on their side."""
    section = paper.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(6.5)
    set_in(paper.add_paragraph(), label, HEAD_FONT, 16)
    heading(paper, f"{title}条目表")
    table = gridded(paper, ANNEX, WIDTHS)
    for place, entry in enumerate(entries, 1):
        add_row(table, annex_cells(place, entry))


def answer_annex(paper: Paper, rows: Sequence[Sequence[str]]) -> None:
    """Write the table of opinions after the list, on pages of the same shape."""
    paper.add_section()
    set_in(paper.add_paragraph(), "附件2", HEAD_FONT, 16)
    heading(paper, "征求意见及采纳情况表")
    table = gridded(paper, ANSWERS, ANSWER_WIDTHS)
    for cells in rows:
        add_row(table, cells)


def annex_cells(place: int, entry: Content) -> tuple[str, ...]:
    """Return what the annex says of one entry."""
    until = entry["closes_on"] or ("长期有效" if entry["standing"] else "")
    return (
        str(place),
        entry["number"] or "",
        entry["title_zh"],
        entry["subtype"]["name_zh"],
        name_of(entry["field"]),
        name_of(entry["publisher"]),
        name_of(entry["district"]),
        until,
        f"{entry['office']} {entry['landline']}".strip(),
    )


def name_of(named: Content | None) -> str:
    """Return the Chinese name of what may be absent."""
    return str(named["name_zh"]) if named else ""


def gridded(paper: Paper, heads: Sequence[str], widths: Sequence[int]) -> Table:
    """Return a ruled table with its head row, which is repeated on every page."""
    table = paper.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for cell, head, width in zip(table.rows[0].cells, heads, widths, strict=True):
        cell.width = Mm(width)
        fill(cell, head, HEAD_FONT)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    return table


def add_row(table: Table, texts: Sequence[str], height: Mm | None = None) -> None:
    """Add a row in the widths of the head."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    if height is not None:
        row.height = height
    for cell, head, text in zip(row.cells, table.rows[0].cells, texts, strict=True):
        cell.width = head.width
        fill(cell, text, BODY_FONT)


def fill(cell: _Cell, text: str, font: str) -> None:
    """Write a cell in the smaller type of tables."""
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = Pt(16)
    set_in(paragraph, text, font, 10)


def written(paper: Paper) -> bytes:
    """Return a document's bytes."""
    kept = BytesIO()
    paper.save(kept)
    return kept.getvalue()
