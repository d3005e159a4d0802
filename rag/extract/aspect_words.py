"""The words by which a sentence, or the heading above it, tells an aspect of what it is about."""

from collections.abc import Mapping

from rag.asking.aspect_forms import Aspect

TOLD: Mapping[Aspect, str] = {  # how what a sentence says begins
    "open": r"not (?:yet )?(?:known|clear|certain|decided|been (?:decided|set|named|agreed|fixed|published"
    r"|identified|settled|confirmed|found))|unclear|unknown|undecided|unresolved|unsettled|uncertain"
    r"|open questions?|still (?:open|missing|looking)|remains? (?:open|to be|unclear|disputed)|(?:has|have|is"
    r"|are) yet to|no (?:date|decision|successor|timetable|trace|explanation) |not say|declin\w+ to"
    r"|refus\w+ to (?:say|comment|name)|not specify|under (?:investigation|review|negotiation|discussion)|(?:being"
    r"|still) investigat\w+|pending|await(?:s|ing)|could not be|cannot (?:yet )?(?:say|be)|whether|is open\b"
    r"|refrain\w+ from|(?:issues|questions|points|differences) remain|need for further|left (?:open"
    r"|for (?:a )?later)",
    "disputes": r"disput|disagree|reject|den(?:y|ied|ies)\b|refus(?:e|al|ing)|contest(?:s|ed)|accus|object(?:ed"
    r"|ing|ion)|oppos(?:e|ition)|at odds|sticking|stumbling|obstacle|contradict|critici|challenge[ds]|blam(?:e|ing)"
    r"|protest|no agreement|failed to agree|unacceptable|argu(?:e|ing)|rival|controvers|quarrel|both claim|insist"
    r"|not compromise|dissatisf|without an? (?:agreement|deal|settlement)",
    "next": r"will(?! not)|shall|(?<!was )(?<!were )due (?:on|in|by|to|at|for)|(?:is|are) (?:to|set to"
    r"|expected|scheduled|planned)|(?:next|later this|this coming) (?:\w+ )?(?:week|month|year|round|step|stage"
    r"|phase|session|meeting)|plans? to|intends? to|expected|scheduled|deadline|upcoming|(?:before|by) the end of",
    "risks": r"risk|danger|threat|warn|fear|concern|worr(?:y|ied|ies)|vulnerab|derail|hazard|doubt|unless"
    r"|could (?:lose|fail|collapse|derail|prevent)|escalat|shortage|not enough",
    "positions": r"demand|want|insist|ask(?:s|ed|ing) (?:for|that|to)|offer|propos|support|back(?:s|ed|ing)\b"
    r"|favou?r|welcom|oppos|reject|object(?:ed|ing|ion)|refus|rul(?:es|ed) out|accept|agreed? to|critici"
    r"|argu(?:es|ed|ing)|argument|against|call(?:s|ed|ing) (?:for|on)|urg(?:es|ed|ing)|will not|benefit"
    r"|advantage|drawback|promis",
    "criticism": r"critici|critics|accus|object(?:ed|ing|ion)|oppos|condemn|denounc|reject|blam(?:e|ing)|complain"
    r"|insult|overly|unfair|warn|protest|too (?:little|late|far|few|fast|dear|deep|soon|low|high|slow|generous)"
    r"|fail(?:s|ed|ing|ure)|dissatisf|frustrat|disappoint|doubt|mistake|misleading|accuse|unacceptable",
    "causes": r"because|caus(?:e|es|ed|ing)\b|due to|fault|fail(?:ed|ure|ing)|led to|result of|owing to|spark"
    r"|set off|trigger|stem(?:s|med) from|origin|reasons?\b|explain|broke (?:out|down)|goes back|began (?:after"
    r"|when|with)|pressures?\b|account(?:s|ed) for|neglig|after (?:a|the|talks|years)\b|rests? on|follow(?:s|ed"
    r"|ing)|blam(?:e|ing)",
    "blame": r"accus|blam(?:e|ing)|responsib|faults?\b|neglig|fail(?:ed|ure|ing)|ignored|caus(?:ed|ing)|liable"
    r"|guilty|convict|culpab|mistake|admitted|denied|warned|worsen|making matters worse|set off|charged",
    "effects": r"as a result|result(?:ed|s|ing) in|led to|lea(?:ves|ving|ding)|left|caus(?:ed|es|ing)|lost"
    r"|los(?:e|es|ing|s|ses)\b|cost(?:s|ing)?\b|damag|destroy|destruct|disrupt|shortage|shut|closed|halt|killed"
    r"|dead|deaths?|died|injur|homeless|fell|fallen|drop|rose|risen|jump|delay|(?<!no )longer|fewer|cut(?:s"
    r"|ting)?\b|hit\b|affect|effect|impact|consequence|suffer|displac|forced|mean(?:s|t) that|in danger|crisis"
    r"|devastat|benefit|gain(?:s|ed)?\b|dearer|cheaper|burn",
    "decisions": r"agreed|decid(?:ed|es)|binding|pledges?\b|signed|approv(?:ed|es)|adopt(?:ed|s)|pass(?:ed|es)"
    r"|settled|accepted|promised?|pledged|committed|undert[ao]|annulled|ruled|voted|endorsed|granted"
    r"|confirmed (?:\S+ )?(?:support|agreement)|raised|lowered|rejected|cut (?:its|the)"
    r"|both (?:sides|parties|governments) (?:promis|undert|recogni|will|have|may)",
    "lessons": r"recommend|should|advis|lesson|suggest|urge|call(?:s|ed) for|must|need(?:s|ed)? to|ought"
    r"|would have|learn(?:t|ed)?\b|mistake|in future|next time|could have",
    "background": r"had (?:been |already |long )?\w+(?:ed|en|ne|wn|lt|ht)\b|since|in \d{4}|years? ago|began|begun"
    r"|broke out|last (?:year|month|week|autumn|spring|summer|winter)|goes back|for years|earlier|previous|former"
    r"|founded|history|until now|first (?:time|step)|at first|originally|started|long before|dates? back",
    "reactions": r"welcom|critici[sz]|condemn|prais|reject|applaud|hail|denounc|regret|disappoint|dismiss|support"
    r"|object(?:ed|ing|ion)|protest|call(?:s|ed) (?:it|the|for)|appeal|accus|satisf|relie(?:f|ved)"
    r"|too (?:little|late|far)|react",
}
TAKEN_BACK: Mapping[Aspect, str] = {  # and what takes it back: "without an agreement"
    "decisions": r"(?:not|yet|to be|without|whether|if|unless|should)\b[^.;]{0,40}\b(?:agree|decid|sign|settle"
    r"|adopt|approv)\w*|(?:without|no|un)\W?(?:agree|sign|decision)\w*|disagree\w*|agreed\W*$",
}
HEADINGS: Mapping[Aspect, str] = {  # how what a heading says begins
    "open": r"open|unclear|unknown|not happen|gaps?\b|unresolved|unanswered|questions remain",
    "disputes": r"disput|challenges?\b|obstacle|disagree|at issue|quarrel|sticking",
    "next": r"next|future|outlook|ahead|timetable|to come",
    "risks": r"risk|concern|danger|threat|warning",
    "positions": r"positions?\b|want|for and against|demands?\b|sides?\b|views?\b|arguments?\b|case for",
    "criticism": r"critic|against|objection|doubt",
    "reactions": r"reaction|response|respond",
    "causes": r"cause|why|how it (?:began|happened|started)|origin|what (?:happened|went wrong)",
    "blame": r"blame|responsib|fault|what went wrong",
    "effects": r"effect|impact|consequence|damage|hit\b|affected|loss|toll|cost|crisis",
    "decisions": r"decision|agreed|decided|outcome|promised|terms|(?:main |key )?results?\b",
    "lessons": r"recommend|lesson|what .* (?:should|could) do|conclusion|advice|options",
    "background": r"background|history|origin|how it began|story so far",
}
