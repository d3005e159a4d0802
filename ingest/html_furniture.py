"""What stands around an article on a web page: navigation, banners, adverts, and what nobody sees."""

import re

from selectolax.lexbor import LexborNode

from ingest.documents import seen

_UNSEEN = frozenset(
    "script style noscript template svg iframe object embed canvas audio video map button input select textarea"
    " dialog head title".split()
)
_AROUND = frozenset("nav aside footer".split())  # of a page
_ROLES = frozenset("navigation banner contentinfo search complementary dialog alertdialog menu menubar".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:(?:site|page|global|main|top|bottom|mega|primary|secondary|article|post)[-_]?)?"
    r"(?:nav|navbar|navigation|menu|breadcrumbs?|footer|sidebar|cookies?|consent|gdpr|newsletter|subscribe|signup"
    r"|share|sharing|social|related|recommended|recirc|comments|advert|advertisement|ads?|promo|skip-?links?"
    r"|pagination|paywall|popup|modal|mw-editsection|sr-only|visually-hidden|screen-reader-text)"
    r"(?:[-_](?:bar|banner|box|block|buttons?|links?|list|wrapper|container|section|area|widget|form|notice|menu|items?"
    r"|articles?|posts?|stories|content|icons?|tools|media|text|nav|\d+))*",
    re.IGNORECASE,
)
_MOST_JUDGED = 300  # elements whose share of the page is measured


class Furniture:
    """Tells what is left out below an element: what nobody sees, and the furniture of a page unless the `whole` is
    wanted."""

    def __init__(self, root: LexborNode, *, whole: bool = False) -> None:
        self._root = root
        self._whole = whole
        self._judged = 0
        self._size = 0

    def holds(self, node: LexborNode, *, quoted: bool) -> bool:
        """True for an element that is left out; `quoted` says that it stands in a quotation."""
        tag = node.tag or ""
        if tag in _UNSEEN:
            return True
        attributes = node.attributes
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return True
        if _HIDDEN.search(attributes.get("style") or ""):
            return True
        if self._whole or node.mem_id == self._root.mem_id:
            return False
        if tag in _AROUND and not (tag == "footer" and quoted):
            return True
        if (attributes.get("role") or "").lower() in _ROLES:
            return True
        if tag == "header":
            return self._root.tag == "body" and not is_inside(node, "article") and node.css_first("h1") is None
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".split()
        if any(_FURNITURE.fullmatch(name) for name in names[:20]):
            return not self._is_most(node)
        return tag in ("ul", "ol") and self._root.tag == "body" and _is_menu(node)

    def _is_most(self, node: LexborNode) -> bool:
        """True for an element that holds most of what there is, whatever its class says."""
        self._judged += 1
        if self._judged > _MOST_JUDGED:
            return False
        self._size = self._size or len(self._root.text())
        return 2 * len(node.text()) > self._size or node.css_first("h1, main, article") is not None


def is_inside(node: LexborNode, tag: str) -> bool:
    """True when an element with this tag is around the node."""
    parent = node.parent
    while parent is not None:
        if parent.tag == tag:
            return True
        parent = parent.parent
    return False


def _is_menu(node: LexborNode) -> bool:
    """True for a list of nothing but four short links or more."""
    links = node.css("a")
    words = len(seen(node.text()))
    if len(links) < 4 or len(links) > 200 or words > 60 * len(links):
        return False
    return sum(len(seen(link.text())) for link in links) >= 0.9 * words
