"""What must hold on every page, and reading a page as its reader does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import html5lib

HAN = "[\u3400-\u9fff，。：；（）、]"
SPACED = re.compile(f"{HAN}[ \u00a0][A-Za-z0-9]|[A-Za-z0-9][ \u00a0]{HAN}")
CONTROLS = {"input", "select", "textarea"}
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
INLINE = {"style", "srcdoc", "formaction"}


def parse(html: str) -> Element:
    """Return the document's root; raises html5lib's ParseError for what is not valid HTML5."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(html)
    return root


def name_of(element: Element) -> str:
    """Return the tag name, of SVG elements without their namespace; comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(element: Element) -> str:
    """Return what is read of an element: no drawings, no scripts, as written."""
    parts = [element.text or ""]
    for child in element:
        if name_of(child) not in ("", "svg", "script", "style"):
            parts.append(text_of(child))
        parts.append(child.tail or "")
    return "".join(parts)


def words(text: str) -> str:
    return " ".join(text.split())


@dataclass
class PageForm:
    """A form of a page: where it goes and what it holds, as a browser would send it."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class Page:
    """A fetched page, read by its words, links and forms."""

    def __init__(self, html: str, path: str = "", root: Element | None = None) -> None:
        self.html = html
        self.path = path
        self.root = html5lib.parse(html, namespaceHTMLElements=False) if root is None else root

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Return elements of a tag ("*" for any) with these attribute values; class_ and for_
        stand for class and for, and a class need only be among the element's classes."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.root.iter()
            if tag in ("*", name_of(element))
            and all(has(element, name, value) for name, value in wanted.items())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        """Return the only such element."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{self.path}: {len(found)} of <{tag}> {attributes}"
        return found[0]

    @property
    def title(self) -> str:
        return words(text_of(self.one("title")))

    @property
    def heading(self) -> str:
        return words(text_of(self.one("h1")))

    @property
    def text(self) -> str:
        """All that is read on the page, blanks made one."""
        return words(text_of(self.one("body")))

    @property
    def main(self) -> str:
        """What is read in the main part, without the frame."""
        return words(text_of(self.one("main")))

    @property
    def errors(self) -> list[str]:
        """The messages of the error summary, in order."""
        return [
            words(text_of(item))
            for box in self.all("div", class_="error-summary")
            for item in box.iter("li")
        ]

    def link(self, words_in_it: str) -> str:
        """Return the address of the first link that reads so."""
        for element in self.all("a"):
            if words_in_it in words(text_of(element)):
                return element.get("href", "")
        raise AssertionError(f"{self.path}: no link reads {words_in_it!r}")

    def links(self) -> list[str]:
        """Return the addresses of all links, in order."""
        return [element.get("href", "") for element in self.all("a") if element.get("href")]

    def form(self, action: str) -> PageForm:
        """Return the first form whose address ends so, filled in as the page shows it."""
        for element in self.all("form"):
            target = element.get("action", "") or self.path
            if target.split("?")[0].endswith(action):
                return PageForm(target, element.get("method", "get"), filled(element))
        raise AssertionError(f"{self.path}: no form goes to {action!r}")


def has(element: Element, name: str, value: str) -> bool:
    given = element.get(name)
    return given is not None and (given == value or (name == "class" and value in given.split()))


def filled(form: Element) -> dict[str, list[str]]:
    """Return what a form would send untouched, its buttons left out."""
    sent: dict[str, list[str]] = {}
    for element in form.iter():
        name, tag, kind = element.get("name"), name_of(element), element.get("type", "text")
        if not name or element.get("disabled") is not None:
            continue
        if tag == "input" and kind in ("checkbox", "radio"):
            if element.get("checked") is not None:
                sent.setdefault(name, []).append(element.get("value", "on"))
        elif tag == "input":
            sent.setdefault(name, []).append(element.get("value", ""))
        elif tag == "textarea":
            sent.setdefault(name, []).append((element.text or "").removeprefix("\n"))
        elif tag == "select":
            sent.setdefault(name, []).append(selected(element))
    return sent


def selected(select: Element) -> str:
    """Return the value a select stands on."""
    options = list(select.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None] or options
    return chosen[0].get("value", words(text_of(chosen[0]))) if chosen else ""


def check_page(html: str, path: str) -> Element:
    """Return the page's root; fail, naming page and fault, unless every rule for pages holds."""
    root = parse(html)
    found = [
        fault
        for check in (head, ids, labels, forms, nothing_inline, spacing)
        for fault in check(root)
    ]
    assert not found, f"{path}: " + "; ".join(found)
    return root


def head(root: Element) -> Iterator[str]:
    if root.get("lang") not in ("zh-CN", "en"):
        yield f"lang is {root.get('lang')!r}"
    title = next(root.iter("title"), None)
    if title is None or len(words(title.text or "").split(" - ")[0]) < 2:
        yield "no title"
    for tag in ("h1", "main"):
        if (count := len(list(root.iter(tag)))) != 1:
            yield f"{count} <{tag}>"
    if any(not words(text_of(heading)) for heading in root.iter("h1")):
        yield "empty <h1>"


def ids(root: Element) -> Iterator[str]:
    counted = Counter(value for element in root.iter() if (value := element.get("id")))
    yield from (f"id {name!r} twice" for name, count in counted.items() if count > 1)
    for element in root.iter():
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls", "for"):
            for name in element.get(attribute, "").split():
                if name not in counted:
                    yield f"{attribute} names no {name!r}"
        target = element.get("href", "") if name_of(element) == "a" else ""
        if target.startswith("#") and target[1:] and target[1:] not in counted:
            yield f"link to missing {target!r}"


def labels(root: Element) -> Iterator[str]:
    """Every control has a label around it, for it or by attribute; links and buttons have words."""
    named = {element.get("for") for element in root.iter("label")}
    inside = {id(control) for label in root.iter("label") for control in label.iter()}
    for element in root.iter():
        tag = name_of(element)
        by_attribute = element.get("aria-label") or element.get("aria-labelledby")
        is_control = tag in CONTROLS and element.get("type") not in UNLABELLED
        is_labelled = element.get("id") in named or id(element) in inside or by_attribute
        if is_control and not is_labelled:
            yield f"no label for {tag} {element.get('name')!r}"
        if tag in ("a", "button") and not (by_attribute or spoken(element)):
            yield f"<{tag}> without words"
        if tag == "img" and element.get("alt") is None:
            yield "<img> without alt"


def spoken(element: Element) -> bool:
    """Say whether an element has words of its own or a named picture in it."""
    named = (child.get("alt") or child.get("aria-label") for child in element.iter())
    return bool(words(text_of(element))) or any(named)


def forms(root: Element) -> Iterator[str]:
    for form in root.iter("form"):
        if form.get("method", "get").lower() == "post":
            action = form.get("action", "")
            names = {element.get("name") for element in form.iter("input")}
            if "csrf_token" not in names and "/preferences/" not in action:
                yield f"form {action!r} without token"


def nothing_inline(root: Element) -> Iterator[str]:
    for element in root.iter():
        tag = name_of(element)
        if tag == "style" or (tag == "script" and (element.text or "").strip()):
            yield f"inline <{tag}>"
        for attribute in element.attrib:
            if attribute in INLINE or attribute.startswith("on"):
                yield f"{attribute}= on <{tag}>"
        if element.get("href", "").lower().startswith("javascript:"):
            yield "javascript: link"


def spacing(root: Element) -> Iterator[str]:
    """On Chinese pages no space is typed between 汉字 and Latin letters or figures."""
    if root.get("lang") == "en":
        return
    for part in ("title", "body"):
        for element in root.iter(part):
            yield from (f"typed space in {hit!r}" for hit in SPACED.findall(text_of(element)))
