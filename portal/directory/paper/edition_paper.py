"""A whole edition as DOCX for the bureau's own editing: headings by release, field and entry.

Set as the papers of `portal.lists.documents` are; headings are the word processor's own, so that
its outline, contents and search by heading work. In Chinese, whoever asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docx.document import Document as Paper
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from flask_babel import force_locale

from portal.directory.paper.catalogue_pages import CHINESE, facts_of, field_of, lines_of, part_of
from portal.directory.words.wording import PROSE
from portal.lists.documents import (
    BODY_FONT,
    HEAD_FONT,
    add_row,
    blank_paper,
    body,
    centred,
    gridded,
    heading,
    written,
)

Facts = Mapping[str, Any]
FACES = (HEAD_FONT, "楷体_GB2312", BODY_FONT)  # of headings by level (GB/T 9704-2012, 7.3.3)
WIDTH = 156  # mm, of the text
DIGITS = "〇一二三四五六七八九"


def edition_paper(contents: Sequence[Facts], on: str) -> bytes:
    """Return the paper of an edition, `contents` being those of its releases in their order."""
    paper = blank_paper()
    set_headings(paper)
    edition = contents[0]["edition"]
    heading(paper, edition["title_zh"])
    sample = "示例，" if edition["is_sample"] else ""
    centred(paper, f"（{sample}编辑稿，{on}导出；不是会签文本）")
    for line in lines_of(edition["foreword_zh"]):
        body(paper, line)
    with force_locale(CHINESE):
        for said in contents:
            if len(contents) > 1:
                paper.add_heading(f"第{said['release']['number']}批", 1)
            add_release(paper, said, 2 if len(contents) > 1 else 1)
    return written(paper)


def set_headings(paper: Paper) -> None:
    """Give the headings the faces of official documents, black and 16 pt on the grid."""
    for level, face in enumerate(FACES, 1):
        style = paper.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.bold = face, Pt(16), level == len(FACES)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for which in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(which), None)
        fonts.set(qn("w:eastAsia"), face)
        style.paragraph_format.space_before = Pt(14 if level < len(FACES) else 7)


def add_release(paper: Paper, said: Facts, level: int) -> None:
    """Write the entries of a release by field, each under its own heading."""
    for place, (field, entries) in enumerate(by_field(said["entries"]), 1):
        paper.add_heading(f"{chinese_number(place)}、{field}（{len(entries)}项）", level)
        for number, entry in enumerate(entries, 1):
            paper.add_heading(f"（{chinese_number(number)}）{entry['title_zh']}", level + 1)
            add_entry(paper, entry)


def by_field(entries: Sequence[Facts]) -> Iterator[tuple[str, list[Facts]]]:
    """Yield the entries by field, fields in the order in which they first appear; withdrawn ones
    with them, as they have kept none, at the end."""
    groups: dict[str, list[Facts]] = {}
    for entry in entries:
        groups.setdefault("已撤回" if "withdrawn" in entry else field_of(entry), []).append(entry)
    yield from sorted(groups.items(), key=lambda group: group[0] == "已撤回")


def add_entry(paper: Paper, entry: Facts) -> None:
    """Write what an entry says: summary, short facts a line each, texts, lists and tables."""
    if "withdrawn" in entry:
        gone = entry["withdrawn"]
        body(paper, f"{entry['number']}　已撤回（{gone['on']}）：{gone['reason']}")
        return
    if entry["title_en"]:
        body(paper, entry["title_en"])
    for line in lines_of(entry["summary_zh"]):
        body(paper, line)
    known = [("编号", entry["number"] or "待定"), ("类型", entry["subtype"]["name_zh"])]
    for name, value in [*known, *facts_of(entry)]:
        if value:
            body(paper, f"{name}：{value}")
    for item in entry["details"]:
        if item["type"] in PROSE:
            add_part(paper, part_of(item))


def add_part(paper: Paper, part: Facts) -> None:
    """Write a detail that stands by itself."""
    body(paper, f"{part['label']}：")
    for line in part.get("lines", ()):
        body(paper, line)
    if "rows" in part:
        heads = part["heads"]
        table = gridded(paper, heads, [WIDTH // len(heads)] * len(heads))
        for row in part["rows"]:
            add_row(table, [str(cell) for cell in row])


def chinese_number(number: int) -> str:
    """Return 1 to 999 as headings count: 一, 十, 十二, 二十, 一百零三."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (DIGITS[ones] if ones else "")
