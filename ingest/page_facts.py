"""What a web page says about itself: title, author, date of publication and publisher, from its metadata."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.documents import date_in, seen, stated_author, stated_title

_ARTICLES = re.compile(r".*(?:Article|Posting|Report|WebPage|CreativeWork)")
_TITLES = ("og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author")
_DATES = (
    "article:published_time", "datepublished", "dc.date", "dcterms.date", "dcterms.issued", "dc.date.issued",
    "citation_publication_date", "pubdate", "publishdate", "publish-date", "parsely-pub-date", "date",
)  # fmt: skip
_SOURCES = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_journal_title", "application-name")
_ABOUT = re.compile(
    r"(?:^|[\s_-])(?:byline|meta|date|dateline|published|timestamp|info)(?:$|[\s_-])", re.IGNORECASE
)
_MOST_JSON = 500_000  # characters
_MOST_ITEMS = 2_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page states about itself; None for what it does not."""

    title: str | None = None
    author: str | None = None
    published: date | None = None
    source: str | None = None


def facts_of(page: LexborHTMLParser, content: LexborNode | None) -> Facts:
    """The facts, first from linked data, then from `meta` elements, then from the page's visible parts."""
    linked = _linked(page)
    meta = _meta(page)

    def first(names: tuple[str, ...]) -> str | None:
        return next((meta[name] for name in names if meta.get(name)), None)

    source = linked.source or first(_SOURCES)
    author = linked.author or first(_AUTHORS)
    if author and re.match(r"https?://", author):
        author = None
    stated = (date_in(meta[name]) for name in _DATES if meta.get(name))
    published = linked.published or next((d for d in stated if d), None) or _visible_date(page, content)
    title = linked.title or first(_TITLES) or _heading(page) or _head_title(page, source)
    return Facts(stated_title(title), stated_author(author), published, source)


def _meta(page: LexborHTMLParser) -> dict[str, str]:
    """The content of the page's `meta` elements by lower-case name; the first of each counts."""
    found: dict[str, str] = {}
    for element in page.css("meta")[:500]:
        attributes = element.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        words = seen((attributes.get("content") or "")[:2000])
        if name and words:
            found.setdefault(name.lower(), words)
    return found


def _linked(page: LexborHTMLParser) -> Facts:
    """What the page's JSON-LD says of an article."""
    for script in page.css("script")[:200]:
        if script.attributes.get("type") != "application/ld+json":
            continue
        try:
            read = json.loads((script.text() or "")[:_MOST_JSON])
        except (ValueError, RecursionError):
            continue
        for item in _items(read):
            kinds = item.get("@type")
            if any(
                isinstance(k, str) and _ARTICLES.fullmatch(k)
                for k in (kinds if isinstance(kinds, list) else [kinds])
            ):
                published = item.get("datePublished")
                facts = Facts(
                    seen(title) or None if isinstance(title := item.get("headline"), str) else None,
                    _name(item.get("author")),
                    date_in(published) if isinstance(published, str) else None,
                    _name(item.get("publisher")),
                )
                if facts != Facts():
                    return facts
    return Facts()


def _items(read: Any) -> Iterator[dict[str, Any]]:
    stack = [read]
    count = 0
    while stack and count < _MOST_ITEMS:
        one = stack.pop()
        count += 1
        if isinstance(one, list):
            stack.extend(reversed(one))
        elif isinstance(one, dict):
            yield one
            stack.append(one.get("@graph"))


def _name(who: Any) -> str | None:
    """The name of a person or organisation, or the names of several."""
    if isinstance(who, list):
        return ", ".join(name for one in who[:10] if (name := _name(one))) or None
    name = who.get("name") if isinstance(who, dict) else who
    return seen(name[:200]) or None if isinstance(name, str) else None


def _visible_date(page: LexborHTMLParser, content: LexborNode | None) -> date | None:
    """The date of a `time` element that is marked as that of publication, or stands in the article's head."""
    for element in page.css("time[datetime]")[:50]:
        day = date_in(element.attributes.get("datetime") or "")
        if day is None:
            continue
        if element.attributes.get("itemprop") == "datePublished" or "pubdate" in element.attributes:
            return day
        parent, steps = element.parent, 0
        while parent is not None and steps < 4 and (content is None or parent.mem_id != content.mem_id):
            names = f"{parent.attributes.get('class') or ''} {parent.attributes.get('id') or ''}"
            if parent.tag == "header" or _ABOUT.search(names):
                return day
            parent, steps = parent.parent, steps + 1
    return None


def _heading(page: LexborHTMLParser) -> str | None:
    """The page's only greatest heading."""
    found = [words for h in page.css("h1")[:5] if (words := seen(h.text()[:1000]))]
    return found[0] if len(set(found)) == 1 else None


def _head_title(page: LexborHTMLParser, source: str | None) -> str | None:
    """The title in the window's frame, without the publisher's name at its end."""
    element = page.css_first("head title")
    words = seen(element.text()[:1000]) if element is not None else ""
    for cut in (" | ", " - ", " – ", " — ", " · "):
        before, _, last = words.rpartition(cut)
        if before and source and last.casefold() == source.casefold():
            return before
    return words or None
