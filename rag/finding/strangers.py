"""Sources that a question asks for and the library does not hold: “what does the Guardian say about the flood?”.

Whether a name is that of a newspaper, a broadcaster or an agency is known by its last word, or by the name itself
where that is known everywhere. Where a briefing quotes it (“the Times reported”), it is asked like any other name.
"""

import re
from collections.abc import Callable, Collection, Sequence

from rag.finding.catalogue import Catalogue
from rag.prompts import REFUSAL
from rag.words.keys import key_of
from rag.words.terms import content_words

_LONGEST = 200  # characters of such a question
_SHORT = 3  # letters, which stand in many a name
_PRESS = (  # the last word of what papers and broadcasters are called
    r"(?:Times|Post|Herald|Guardian|Telegraph|Tribune|Courier|Gazette|Journal|Chronicle|Observer|News|Mail|Star|Sun"
    r"|Globe|Independent|Economist|Mirror|Express|Echo|Monitor|Examiner|Dispatch|Despatch|Wire|Inquirer|Sentinel"
    r"|Argus|Standard|Enquirer|Mercury|Bugle|Clarion|Spectator|Advertiser|Recorder|Weekly|Daily|Messenger|Radio|TV|Television|Press)"
)
_KNOWN = (
    r"(?:Reuters|BBC|CNN|AFP|AP|DPA|UPI|NPR|PBS|CBC|CBS|ABC|NBC|MSNBC|ITV|CNBC|Bloomberg|Xinhua|TASS|Interfax|ANSA"
    r"|Euronews|Politico|Axios|Newsweek|Al Jazeera|Le Monde|Der Spiegel|Die Zeit|El País|Haaretz|Wikipedia|Twitter"
    r"|Facebook)"
)
_NAME = rf"(?:[A-Z][\w’'-]*(?: (?:of )?))*?(?:{_PRESS}|{_KNOWN}(?: News)?)"
_ASKED_OF = re.compile(
    r"(?:\b(?i:according to|as reported by|per|from|by|in|do|does|did|has|have|what about)) (?P<the>the )?"
    rf"(?P<name>{_NAME})(?!['’]?\w| [A-Z])"
    rf"|^(?P<a>(?i:the )?)(?P<owner>{_NAME})['’]s? (?=report|coverage|article|account|stor|version)"
)

Texts = Callable[[Collection[str]], Sequence[str]]


def told_by_none(text: str, catalogue: Callable[[], Catalogue], texts: Texts) -> str | None:
    """What is said where a question asks for the report of a source that no briefing is from, nor names; None for
    another question. `texts` gives passages that hold all of some terms."""
    match = _ASKED_OF.search(text) if len(text) <= _LONGEST else None
    if match is None or catalogue().mentioned(text):
        return None
    name = match["name"] or match["owner"]
    terms = {word.term for word in content_words(name)}
    if _may_be_held(name, catalogue()) or (terms and any(name in one for one in texts(terms))):
        return None
    return f"{REFUSAL} None of them is from {'the ' if match['the'] or match['a'] else ''}“{name}”."


def _may_be_held(name: str, catalogue: Catalogue) -> bool:
    """True for a name that is a part of how a source is written: “the Guardian” of “theguardian.com”."""
    key = key_of(name)
    if len(key) > _SHORT:
        return any(key in one for one in catalogue.named)
    begins = re.compile(rf"\b(?:the)?{re.escape(key)}", re.IGNORECASE)
    return any(begins.search(source) for found in catalogue.named.values() for source in found)
