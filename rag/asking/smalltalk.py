"""What is said to the program itself, and not asked of the briefings: greetings, thanks, requests for advice, what
it holds and can do, what it thinks, requests to write something new."""

import re

from rag.prompts import REFUSAL
from rag.words.phrases import PLEASE

NO_OPINION = (
    f"{REFUSAL} Their own statements can be quoted, but no judgement is made here: ask who in them praised or "
    "criticised it."
)
NO_QUESTION = f"{REFUSAL} That is not a question about what they report: ask them who, what, when, how many or why."
NOTHING_WRITTEN = (
    "Without a language model nothing is written or translated: the briefings are quoted in their own words. Ask "
    "what they say: “tell me about …”, “key points of …”."
)

_GREETINGS = (
    r"(?:hi|hello|hey|greetings|good (?:morning|afternoon|evening|day|night))(?: there| all| everyone| again)?",
    r"(?:many )?(?:thanks|thank you|thx|cheers)(?: so much| very much| a lot| again)?"
    r"(?: for (?:that|this|everything|(?:your|the|all the) (?:help|answer)))?",
    r"how (?:are|have) you(?: been| doing)?(?: today)?",
)
_PHRASES = (
    *_GREETINGS,
    r"(?:that|this|it) (?:really )?help(?:s|ed)(?: a lot| (?:me )?very much)?",
    r"(?:very|really|so|most|super) (?:helpful|useful|interesting|good|nice|kind|great)",
    r"(?:that|this|it)(?: was|[’']s| is)(?: really| very| so| quite| most)? (?:helpful|great|useful|perfect|good"
    r"|nice|interesting|wonderful|amazing)",
    r"(?:very |really )?(?:great|perfect|nice|cool|ok|okay|good|excellent|wonderful|well done|got it|i see)"
    r"(?: job| work| answer| one)?",
    r"how(?:[’']s| is| was) (?:it going|everything|your (?:day|week|weekend|morning|evening)(?: going| so far)?)",
    r"are you (?:an? )?(?:bot|robot|ai|human|person|chatbot|machine|real)(?: person)?",
    r"what(?:[’']s| is) your name",
    r"nice to meet you|(?:good)?bye(?: bye)?|see you(?: later| soon| tomorrow)?|sorry|please",
    r"have a (?:nice|good|great) (?:day|evening|weekend|one)",
)
_SMALL_TALK = re.compile(rf"\W*(?:{'|'.join(_PHRASES)})(?:\W+(?:and )?(?:{'|'.join(_PHRASES)}))*\W*", re.IGNORECASE)
_GREETING = re.compile(
    rf"(?:(?:(?:ok|okay|great|perfect|alright|got it|i see),? )?(?:{'|'.join(_GREETINGS)})[,.;:!?–-]+\s*)+"
    r"(?:(?:I[’']m|I am|my name is) [\w’'-]+(?: [\w’'-]+)?[,.;:!–-]+\s*)?"
    r"|(?:hi|hello|hey)(?: there)? (?=(?:please|tell|wh(?:at|ich|ose|om?|en|ere|y)|how|did|is|are|was|were)\b)",
    re.IGNORECASE,
)
# "I'd like to know who signed it", "can I have a summary of it", "who signed it? Thanks!"
_WISH = re.compile(
    r"(?:(?:please|so|ok|okay|and|now),? )*"
    r"(?:(?:I|we)(?:[’']d| would)(?: really| also| just)? like|(?:I|we) (?:just )?(?:want|need)"
    r"|(?:can|could|may) (?:I|we) (?:please )?(?:have|get|see)|(?:can|could) you(?= elaborate\b)) (?:"
    r"to (?:know|hear|learn|read|find out|understand|ask(?: you)?),? (?=(?:the|about|more|wh\w+|how)\b)"
    r"|you to (?=(?:please|tell|give|show|list|summari[sz]e|explain|describe|compare)\b)"
    r"|(?=elaborate)|(?:to (?:have|get|see) )?(?=(?:(?:an?|the|short|brief|quick|full) )*"
    r"(?:overview|timeline|chronology|summary|rundown|recap|gist|updates?|latest|news|key|main|background)\b))",
    re.IGNORECASE,
)
_ASIDE = (
    r"(?:hmm?|aha?|oh|ok(?:ay)?|cool|great|nice|perfect|interesting|good|right|alright|all right|sure|fine|thanks"
    r"|thank you|thx|cheers|got it|i see|sorry|wait|wow|yes|no|yeah|yep|nope)"
)
_ASIDES = re.compile(rf"(?:{_ASIDE}(?: {_ASIDE})*[,.;:!…–-]+\s*)+(?=[^\W\d])", re.IGNORECASE)
_THANKS = re.compile(
    r"(?<=[.?!,;])\s*(?:many )?(?:thanks|thank you|thx|cheers)(?: so much| very much| a lot| in advance)?\W*$",
    re.IGNORECASE,
)
_RUN_TOGETHER = re.compile(r"(what|who|where|when|how)s\b", re.IGNORECASE)
_FOR_ADVICE = re.compile(
    r"(?:can|could|would|will) you (?:please |kindly |maybe )?(?:recommend|suggest) (?:me |us )?(?:a|an|some|any)\b"
    # why something happened, and what was written about it, briefings may say
    r"(?!.*\b(?:why|(?:reason|cause|explanation|briefing|article|report|document|source)s?)\b)"
    r"|(?:please )?tell (?:me|us) a (?:(?:joke|poem)\b|story\W*$)",
    re.IGNORECASE | re.DOTALL,
)
_LIBRARY = r"in (?:the|your|this|my) (?:library|collection|database)"
_OURS = rf"(?:(?:do|can) (?:you|I|we) (?:have|hold|know|see|read|ask|search|cover|use)(?: about)?|are {_LIBRARY})"
_OF_THE_LIBRARY = (
    rf"(?:how many|which|what) (?:(?:(?:other|more) )?briefings (?:{_OURS}|are (?:there|available|here|loaded))"
    rf"|(?:documents|files|articles|sources) {_OURS})(?: (?:here|now|in total|{_LIBRARY}))*",
    r"(?:list|show)(?: me)?(?: all)?(?: of)?(?: (?:the|your|my))?(?: available)? briefings",
    r"what(?:[’']s| is) in (?:your|this|my) (?:library|collection|database)",
    r"what are (?:the|these|your|all|all the|my) briefings about",
    r"what (?:topics|subjects|themes) (?:do you (?:cover|know|have)(?: about)?|can (?:I|we) ask (?:you )?about)",
    r"what (?:can|could|should|may|do) (?:I|we) ask(?: you)?(?: about)?(?: here)?",
    r"what do you know(?: about)?|what can you (?:do|answer|tell me|help(?: me)? with)(?: for me)?",
    r"(?:tell (?:me|us) (?:something |more )?about|introduce|describe) yourself",
    r"(?:who|what) are you|how do you work|how does this (?:program|tool|chatbot|app) work",
    r"can you help(?: me)?|help(?: me)?|how (?:can|do) (?:I|we) use (?:you|this)(?: program| tool| chatbot| app)?",
)
_OF_OPINION = (
    r"(?:what|how) do you (?:personally |really )?(?:think|feel|make) (?:of|about) .+",
    r"what(?:[’']s| is| are) your (?:own |personal )?(?:opinions?|views?|take|stance|thoughts?|judge?ment) "
    r"(?:of|on|about) .+",
    r"what(?:[’']s| is) your (?:opinion|view|take)|what do you think|in your (?:own )?(?:opinion|view)\b"
    r"(?! (?:piece|article|column|section|poll|survey|page)s?\b).+",
    r"who(?:m)? (?:do|should|would|can) (?:you|I|we) (?:believe|trust)"
    r"|who(?:[’']s| is) (?:right|wrong|lying|telling the truth)"
    r"|which (?:(?:one|version|account|figure|number) )?(?:do|should|would|can) (?:you|I|we) (?:believe|trust|use)",
)
_ABOUT_ITSELF, _OPINION = (
    re.compile(rf"\W*{PLEASE}(?:{'|'.join(some)})\W*", re.IGNORECASE | re.DOTALL)
    for some in (_OF_THE_LIBRARY, _OF_OPINION)
)
_IT = r"(?:that|this|it)"
_FOR_THE_SOURCE = re.compile(
    rf"\W*{PLEASE}(?:where (?:does it|do they|did (?:you|they)) (?:say|read|find|get) (?:{_IT}|so)(?: from)?"
    rf"|(?:what(?:[’']s| is| are) )?(?:your|the) sources?(?: (?:for|of) {_IT})?|sources?"
    rf"|(?:which|what) (?:briefing|source|article|report)s? (?:says? {_IT}|(?:is|was) {_IT} from|said {_IT})"
    rf"|where is that from|what(?:[’']s| is) {_IT} based on|who reported {_IT}"
    rf"|(?:quote|cite|show me|give me|prove|can I see) (?:{_IT}|(?:your|the) (?:source|quote)s?)"
    rf"|(?:are you )?(?:really |quite |absolutely )?(?:sure|certain|positive)(?: (?:about|of) {_IT})?|really"
    rf"|(?:any )?(?:proof|evidence)|says who|who (?:says|said|told|wrote|claims|claimed) (?:so|{_IT})"
    rf"|who(?:[’']s| is) saying {_IT}"
    rf"|how (?:do|can) you (?:know|be sure)(?: (?:of )?{_IT})?|is {_IT} (?:true|right|correct))[\s?!.]*",
    re.IGNORECASE,
)
# Behind another question it may go on about that: what to do about the water, briefings may say.
_WHAT_TO_DO = re.compile(
    r"\W*(?:so |and )?what (?:should|shall) (?:we|I) do(?: now| next| then)?\W*", re.IGNORECASE
)
# To write something new, as only a language model can: "draft an e-mail about it", "translate it".
_PIECE = (
    r"(?:e-?mail|letter|tweet|(?:social media |blog )?post|press release|news release|memo|speech|poem|song|haiku"
    r"|essay|blog|op-?ed|editorial|script|joke|story|press statement|statement|headline|slogan|slide|presentation"
    r"|talking point|toast|limerick|newsletter)"
)
_OF = r"(?:of|on|about|for|from|to|in|by|with|and|the)"  # behind which stands what briefings tell of
_TASK = re.compile(
    rf"\W*{PLEASE}(?:(?:draft|compose|write|create|prepare|make|produce|generate)(?: (?:me|us|up))*"
    rf" (?:an?|the|some|\w+) (?:(?!{_OF} )[\w-]+ ){{0,3}}?{_PIECE}s?\b"
    r"|(?:translate|rephrase|paraphrase|proofread|rewrite|reword)\b)",
    re.IGNORECASE,
)


def is_small_talk(text: str) -> bool:
    """True for words that ask nothing of the briefings, whatever was said before."""
    return reply_to(text, 0, follows=True) is not None


def reply_to(text: str, held: int, *, limited: bool = False, follows: bool = False) -> str | None:
    """What is said to words that ask nothing of the `held` briefings, which are those within limits or all; None
    for a question. It may be one that `follows` another."""
    if _ABOUT_ITSELF.fullmatch(text):
        return f"{_held(held, limited)} Questions about what they report are answered in their own words."
    if _OPINION.fullmatch(text) or (not follows and _WHAT_TO_DO.fullmatch(text)):
        return NO_OPINION
    if not follows and asks_for_source(text):
        return NO_QUESTION
    return NO_QUESTION if _SMALL_TALK.fullmatch(text) or _FOR_ADVICE.match(text) else None


def asks_for_source(text: str) -> bool:
    """True for "where does it say that?", "are you sure?": behind an answer they ask what it rests on."""
    return _FOR_THE_SOURCE.fullmatch(text) is not None


def asks_to_write(text: str) -> bool:
    """True for a request to write or translate something."""
    return _TASK.match(text) is not None


def which_of(held: int, *, limited: bool = False) -> str:
    """What is said to "summarize" when it is not clear what."""
    return f"{_held(held, limited)} Name the one to be summarized by its title, or ask what they report."


def _held(held: int, limited: bool) -> str:
    number = f"{held:,} briefing{'' if held == 1 else 's'}" if held else "no briefing"
    if limited:
        return f"{number[0].upper()}{number[1:]} {'lies' if held < 2 else 'lie'} within the limits."
    return f"The library holds {number}{'' if held else ' yet'}."


def without_greeting(text: str) -> str:
    """A question without the greeting or the wish before it and the thanks around it, whose words stand in no
    answer; "whats" at its beginning is written "what’s"."""
    for before in (_GREETING, _ASIDES, _WISH):
        said = before.match(text)
        text = text[said.end() :] if said and said.end() < len(text) else text
    text = _THANKS.sub("", text) or text
    together = _RUN_TOGETHER.match(text)
    return f"{together[1]}’s{text[together.end() :]}" if together else text
