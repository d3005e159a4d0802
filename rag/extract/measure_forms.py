"""How quantities are asked for by their kind, and how they are told, as patterns: an age, a share, a speed, a
depth, a weight, a temperature, a time of the day, a length of time, a punishment."""

import re

from rag.words.values import CARDINALS, MONTHS

_HOW_OLD = re.compile(r"\bhow old\b|\bwhat age\b|\bage of\b", re.IGNORECASE)
_YEARS = (
    rf"(?:\d{{1,3}}|{'|'.join(w for w, value in CARDINALS.items() if value > 9)})\b"
    rf"(?![.:]\d)(?! (?:times|per ?cent|percent|hundred|thousand|million|billion|{'|'.join(MONTHS)})\b)"
)
_AGE = re.compile(
    rf"\baged?\b|[,(] ?{_YEARS}|\b(?:of|at|is|was|turn(?:s|ed)) {_YEARS}|\b(?:1\d|20|21)\d\d\b"
    r"|\b(?:born|built|founded|old(?:est)?|young(?:est)?|years? ago|centur(?:y|ies))\b"
    r"|\bdat(?:es|ing) (?:from|back)\b|\bin (?:his|her|their) \w+ties\b",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    r"\bwhat (?:percentage|share|proportion|fraction)\b(?! price)|\bhow (?:large|big) a (?:share|part|slice)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"%|[¼-¾⅐-⅞]|per ?cent|\d in \d|\d of (?:[^\s.;]+ ){0,2}\d"
    r"|\b(?:half|halves|thirds?|quarters?|(?:fif|six|seven|eigh|nin|ten|twelf|hundred)ths?|majority|minority|most"
    r"|all|every(?:one|body)?|none|nobody|one in|out of|in (?:two|three|four|five|ten))\b",
    re.IGNORECASE,
)
_WHAT_TIME = re.compile(r"\b(?:(?:at|by|until|from|since) )?what time\b(?! of (?:the )?year)", re.IGNORECASE)
_O_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d\d\b(?! ?(?:%|per|million|metre))|\b\d{1,2} ?[ap]\.?m\b|\d ?hrs\b"
    r"|\b(?:noon|midday|midnight|o[’']clock|half past|quarter (?:past|to)|dawn|dusk|sunrise|sunset)\b",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(
    r"\bhow long\b(?! ago)|\bhow many (?:more )?(?:minutes|hours|days|weeks|months|years)\b", re.IGNORECASE
)
_HOW_HEAVY = re.compile(r"\bhow heavy\b|\b(?:how much|what) (?:do|does|did) .+ weigh\b", re.IGNORECASE)
_MASS = re.compile(
    r"\b(?:kilo\w*|(?:milli)?gram\w*|tonn?e?s?|kg|pounds?|lbs?|ounces?|stone)\b|\dt\b", re.IGNORECASE
)
_SPAN = re.compile(
    r"\b(?:second|minute|hour|day|night|week|weekend|fortnight|month|year|decade|centur(?:y|ie))s?\b|\bovernight\b"
    r"|\b(?:until|till|since|indefinite\w*|permanent\w*|forever|for (?:good|life))\b"
    r"|\b(?:from|between)\b.+\b(?:to|and)\b|\b\w*met(?:re|er)s?\b|\b(?:miles?|yards?|feet|foot|inch\w*|pages?|words)\b"
    r"|\d ?k?m\b|\ball (?:of |through )?\w+day\b"
    r"|\b(?:by|before|after|in|from) (?:(?:the )?(?:end|middle|beginning|first|second|half|quarter|early|late)"
    rf"(?: half| quarter| of|-)* )*(?:{'|'.join(MONTHS)}|(?:1[5-9]|2[01])\d\d)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\bwhat (?:sentences?|prison terms?|jail terms?)\b(?! (?:in|of) (?:the|its|this)\b)", re.IGNORECASE
)
_PUNISHMENT = re.compile(
    r"\b(?:years?|months?|weeks?|days?|fine[ds]?|prison|jail\w*|life|suspended|death|acquit\w*|convict\w*|guilty"
    r"|sentenced|community|parole|probation|cleared)\b",
    re.IGNORECASE,
)
_HOW_FAST = re.compile(r"\bwhat speed\b|\bhow fast (?:is|was|were) ", re.IGNORECASE)
_SPEED = re.compile(
    r"\bknots?\b|\b(?:km/?h|kph|mph)\b|\b(?:\w*met(?:re|er)s?|miles?|k?m|feet) ?(?:an?|per|each|every|/) ?[a-z]"
    r"|%|per ?cent|\b(?:fast|slow|speed|quick|rapid)",
    re.IGNORECASE,
)
_HOW_WARM = re.compile(r"\bhow (?:hot|warm|cold)\b|\b(?:what|which) temperatures?\b", re.IGNORECASE)
_DEGREES = re.compile(
    r"°|\d ?C\b|\b(?:below|above) zero\b"
    r"|\b(?:degrees?|celsius|fahrenheit|hot|hotte(?:r|st)|cold|colde(?:r|st)|warm\w*|freez\w*|frost\w*|heat\w*)\b",
    re.IGNORECASE,
)
_HOW_DEEP = re.compile(r"\bhow (?:deep|tall|thick|wide)\b(?! (?:apart|in(?:to)?)\b)", re.IGNORECASE)
_DEPTH = re.compile(
    r"\d ?[ck]?m\b|\b\w*met(?:re|er)s?\b|\b(?:miles?|yards?|feet|foot|inch(?:es)?|fathoms?|stor(?:ey|eys|ies)"
    r"|knee|waist|points?|million|billion|deep\w*|tall\w*|thick\w*|wid\w+)\b|%|per ?cent",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\bwhat(?:[’']s| is| was| were| are) (?:[\w’'-]+ ){0,4}"
    r"(?:turnout|inflation|interest rate|unemployment rate|stake)\b(?! (?:and|or|caused|blamed|figures?)\b)",
    re.IGNORECASE,
)
_PER_CENT = re.compile(rf"{_SHARE.pattern}|\bpoints?\b|: ?-?\d", re.IGNORECASE)
KINDS = (
    (_HOW_FAST, _SPEED),
    (_HOW_WARM, _DEGREES),
    (_HOW_DEEP, _DEPTH),
    (_RATE, _PER_CENT),
    (_HOW_OLD, _AGE),
    (_SHARE_OF, _SHARE),
    (_WHAT_TIME, _O_CLOCK),
    (_HOW_LONG, _SPAN),
    (_HOW_HEAVY, _MASS),
    (_SENTENCE, _PUNISHMENT),
)
