"""The forms in which aspects of a topic are asked for, as pieces of patterns, and what stands around them."""

from dataclasses import dataclass
from typing import Literal

from rag.words.phrases import PLEASE
from rag.words.values import CARDINALS

Aspect = Literal[
    "points",
    "figures",
    "people",
    "open",
    "disputes",
    "next",
    "risks",
    "reactions",
    "quotes",
    "dates",
    "deadlines",
    "upcoming",
    "passed",
    "positions",
    "criticism",
    "opponents",
    "supporters",
    "sayings",
    "causes",
    "blame",
    "effects",
    "decisions",
    "lessons",
    "background",
]
DATED: tuple[Aspect, ...] = ("deadlines", "upcoming", "passed")  # which are so as seen from some day

KEY = (
    r"(?:(?:key|main|most important|important|central|crucial|major|biggest|principal|top|essential|core|quick"
    r"|basic|hard|relevant|rough|chief|critical|vital|notable|significant) )"
)
_COUNT = rf"(?:(?P<most>\d\d?|{'|'.join(CARDINALS)}) )?"
_GIVE = r"(?:(?:give|show|list|tell|name|get)(?: (?:me|us))?(?: all)? )"
_SOME = r"(?:(?:the|some|any|all(?: the| of the)?|your|its|their) )"
LIST = rf"{PLEASE}(?:{_GIVE}|(?:what|which)(?:[’']s| are| is| were) |are there )?{_SOME}?{_COUNT}"
BARE = rf"{PLEASE}{_GIVE}?{_SOME}?"  # "any numbers?", not "what are the numbers for May?", which may mean one
_STILL = r"(?:(?:still|yet|as yet|so far) )*"
_SOMEBODY = r"(?:people|players|actors|persons|protagonists|individuals|names|negotiators|officials)"
_YOU = r"(?:I|we|you|one)"
IS = r"(?:[’']s| is| are| was| were)"
_ALL_SIDES = (
    r"(?:(?:the|each|every|either|both|all|two|three|different|various|opposing|of) )*"
    r"(?:sides?|part(?:y|ies)|governments|camps?)"
)
_BACKGROUND = r"(?:background|backstory|context|history)"
_SHORT = r"(?:short|brief|quick|one[- ]line|two[- ]line|nutshell|30[- ]second)"


@dataclass(frozen=True, slots=True)
class Form:
    """How an aspect is asked for: by the `nouns` of a list ("the key figures"), which have "key" or the like before
    them, or may have (`also`); or in other words (`else_`)."""

    aspect: Aspect
    nouns: str = ""
    also: str = ""
    else_: str = ""


FORMS = (
    Form(
        "figures",
        r"(?:(?:facts|dates) and )?(?:figures|numbers|statistics|stats|data)",
        "",
        rf"{BARE}(?:figures|numbers|statistics|stats)(?! (?:of|for|from|to|in|with)\b)",
    ),
    Form(
        "people",
        rf"{_SOMEBODY}(?: involved)?",
        r"(?:people|persons) (?:involved|named|mentioned)",
        rf"{PLEASE}who(?:[’']s| is) who"
        rf"|{PLEASE}who (?:are|were) (?:all )?(?:the )?{KEY}(?:figures|{_SOMEBODY})(?: involved)?",
    ),
    Form(
        "open",
        "",
        r"(?:still )?(?:open|unanswered|unresolved|unsettled|outstanding|remaining)"
        r" (?:questions?|issues?|points?|matters?)(?: (?:still )?remain\w*)?"
        r"|unknowns|loose ends|(?:known )?gaps in what is known",
        rf"what (?:(?:don[’']t|do not) {_YOU}(?: yet| still)? know|do {_YOU} (?:still )?not know)(?: yet)?"
        rf"|{PLEASE}(?:is )?(?:what|any(?:thing)?)(?:{IS}| (?:still )?remains)? {_STILL}(?:unknown|unclear|open"
        r"|unresolved|uncertain|not (?:yet )?(?:known|clear|decided)|undecided|unanswered|unsettled"
        r"|to be (?:decided|settled|agreed|resolved|clarified))"
        r"|(?:what|which) (?:questions|issues|points) (?:are|remain)(?: still)? (?:open|unresolved|unanswered)",
    ),
    Form(
        "disputes",
        "",
        r"disagreements?|disputed points|sticking points?|stumbling blocks?|obstacles?|bones? of contention"
        r"|points? (?:of (?:dispute|contention|disagreement)|at issue)|controvers(?:y|ies)"
        r"|conflicting (?:views|claims|accounts)|differences|hurdles|road ?blocks|deal[- ]?breakers|red lines",
        r"what(?:[’']s| is) (?:being |still )?(?:disputed|contested|controversial|contentious)"
        rf"|(?:what|where|on what) do {_ALL_SIDES} (?:disagree|differ)(?: on| about)?"
        r"|what obstacles (?:are there|remain|stand in the way)",
    ),
    Form(
        "next",
        "",
        r"next steps?|outlook|prospects",
        rf"{PLEASE}what(?:[’']s| is| happens| comes| will happen| follows)(?: coming| going to happen)? next"
        r"|what (?:is|lies) (?:still )?(?:ahead|to come)|the way ahead|where do we go from here"
        rf"|what (?:(?:should|can) {_YOU}|to) (?:expect|watch(?: out)?(?: for)?)(?: next)?|what next",
    ),
    Form(
        "risks",
        "",
        r"risks?(?: assessment| analysis)?|dangers|threats|concerns|worries|fears|red flags|warnings",
        rf"{PLEASE}(?:is there )?any(?:thing)? (?:that )?(?:(?:{_YOU} )?(?:should|need to|must|to) (?:be )?"
        r"(?:worr(?:y|ied)|concerned)|worrying|alarming)(?: about)?"
        rf"|should {_YOU} (?:be )?(?:worr(?:y|ied)|concerned)(?: about(?= (?!it\b)))?"
        r"|what (?:could|can|might) go wrong",
    ),
    Form("reactions", "", r"reactions?|responses"),
    Form(
        "quotes",
        r"quotes?|quotations?",
        r"(?:best|strongest|notable|memorable|good|juicy) (?:quotes?|quotations?)",
        rf"{BARE}(?:direct )?(?:quotes|quotations)|who said what|what (?:did|do) (?:the )?people say",
    ),
    Form("dates", r"dates|milestones"),
    Form(
        "upcoming",
        "",
        r"(?:upcoming|coming|approaching|forthcoming|future|pending|next) (?:deadlines?|dates|events|milestones)",
        r"(?:what|which) (?:deadlines?|dates|events) (?:are|is) (?:still )?"
        r"(?:coming(?: up)?|upcoming|approaching|to come|ahead|next|looming)",
    ),
    Form(
        "passed",
        "",
        r"(?:past|passed|missed|expired) deadlines?",
        r"(?:what|which) deadlines? (?:has|have|are|were|is|was) (?:already |been )?"
        r"(?:passed|past|over|expired|missed)",
    ),
    Form("deadlines", "", r"deadlines", r"(?:what|which) deadlines are there"),
    Form(
        "positions",
        "",
        rf"(?:positions?|demands|stances?|views|arguments|claims|aims|goals|interests) of {_ALL_SIDES}"
        r"|(?:positions|demands|stances)(?= (?:in|on)\b)|pros (?:and|&) cons|pros/cons|advantages and disadvantages"
        r"|arguments (?:on|from) both sides|costs and benefits|benefits and (?:risks|drawbacks)"
        r"|supporters and (?:opponents|critics)|arguments(?= (?:in|about|around|over)\b)",
        rf"what (?:do|does|did) {_ALL_SIDES} (?:say|want|demand|think|argue|claim|seek|ask for)"
        rf"|who wants what|where (?:do|does) {_ALL_SIDES} stand|both sides(?= of\b)",
    ),
    Form(
        "criticism",
        "",
        r"critici[sz]ms?|objections?|complaints?|counter-?arguments",
        r"what (?:do|did|are) (?:the |its )?(?:critics|opponents|sceptics|skeptics|detractors)"
        r" (?:say(?:ing)?|think|argue|object)",
    ),
    Form(
        "causes",
        "",
        r"(?:root )?causes|reasons(?= (?:for|behind)\b)",
        r"how did it come(?= to (?!this\b|that\b))",
    ),
    Form(
        "blame",
        else_=r"who(?:[’']s| is| are| was| were) (?:responsible|to blame|at fault|blamed)",
    ),
    Form(
        "effects",
        "",
        r"consequences?|effects?|impacts?|implications?|fall-?out|repercussions|aftermath|ramifications"
        r"|winners and losers|losers and winners|winners|losers",
        r"who (?:is|are|was|were) (?:most )?(?:hit|hurt|affected)(?= by |\W*$)"
        r"|who wins and (?:who )?loses",
    ),
    Form(
        "decisions",
        r"agreements|results|outcomes?",
        r"decisions|points of agreement|points? agreed|common ground|commitments|concessions|outcomes",
        r"what (?:was|were|is|has been|had been|got) (?:agreed|decided|settled|resolved)(?: upon)?"
        r"|what (?:did|have) they (?:agree|decide|agreed|decided)(?: on)?"
        r"|what (?:(?:has )?c[ao]me out|emerged|resulted)(?= (?:of|from)\b)"
        r"|what (?:was|is) the (?:outcome|result)(?= of\b)",
    ),
    Form(
        "lessons",
        "",
        r"lessons?(?: (?:learn(?:ed|t)|to (?:be )?learn(?:ed|t)?))?|(?:policy )?recommendations",
    ),
    Form(
        "background",
        "",
        r"",
        rf"how did (?:it|this|that|things|{_YOU}) (?:all )?(?:come|get) (?:to (?:this|that)|here|this far)"
        r"|how did (?:it|this|that) (?:all )?(?:start|begin|come about)"
        rf"|{BARE}(?:a (?:bit|little) (?:of )?)?(?:more )?{_BACKGROUND}(?: info(?:rmation)?)?"
        rf"|what(?:[’']s| is) the {_BACKGROUND}",
    ),
    Form(
        "points",
        r"points?|facts|messages?|findings|developments|things(?: to know)?",
        r"bullet points?|bullets|take-?aways|highlights"
        r"|(?:facts|things (?:to|I should|we should) know)(?<!the facts)",
        rf"what (?:should|must|do|does|would) (?:{_YOU}|(?:a|the|my) \w+) (?:need to )?know"
        r"(?: (?:before|for) (?:a|the|my|our) \w+)?"
        rf"|(?:what(?:[’']s| is) |{_GIVE})?(?:the |a |an )?(?:bottom line|upshot|gist|essence|nub|main thing"
        rf"|{_SHORT} (?:version|summary|pitch|answer)|(?:elevator|sales) pitch|executive summary|one-?liner"
        r"|tl;?\s?dr)"
        r"|in (?:a nutshell|short|brief|a word)|long story short|so what"
        r"|what(?:[’']s| is) the big picture",
    ),
)
ON = (
    r"(?:in the way of|in|on|of|about|for|with|from|to|regarding|re:?|wrt|around|behind|after|over|at|concerning"
    r"|against|between|surrounding|related to|linked to|by|2)"
)
FEW = r"(?:short )?(?:sentences?|lines|(?:bullet )?points|bullets)"
NAMED = rf"[“\"]?(?!(?:\w+|a few) {FEW}\b)(?P<topic>[^?!“”\"(),:;]+?)[”\"]?"
TOPICAL = (  # in front of "numbers": "any cholera numbers", not "tell me about the talks in numbers"
    rf"(?!(?:about|please|tell|give|show|summari[sz]e|sum|explain|describe|list|brief|write|key|more|put)\b){NAMED}"
)
TOPIC = (
    r"(?: (?:is|are|were|was|there|so far|now|currently|do (?:I|we|you) see))*"
    rf"(?:(?:\:| [-–—])? {ON}|\:| [-–—]) (?:the )?{NAMED}"
)
_BEHIND = (
    r"(?:,? (?:please|pls|plz|for (?:me|us)|so far|now|here|then|right now|at the moment|at this (?:point|stage)"
    r"|today|for (?:a|an|my|our) (?:very )?(?:busy )?\w+|coming up|briefly"
    r"|in (?:short|brief|a nutshell|plain English)"
    rf"|in (?:\w+|a few) {FEW}))*"
)
ENDS = rf"{_BEHIND}(?: \((?P<carried>[^()]+)\){_BEHIND})?[\s.?!]*"
