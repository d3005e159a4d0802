"""Facts that a question asks for by their kind, which no sentence tells without one of a few words: who owns or
made it, who comes before or after somebody, who is married, where somebody was born, lives or is buried; how many
died, were hurt, fell ill or were arrested; who signed, voted, watches over it, came or resigned; whether something
is fair, which only a judgement tells; and quantities by their kind."""

import re

from rag.asking.question import Question
from rag.asking.stances import TELLS, stance_asked
from rag.extract.measure_forms import KINDS

_TO_JUDGE = re.compile(
    r"^(?!.*\b(?:fair|just|reasonable) to (?:say|state|assume|conclude|believe|call|expect)\b)"  # a fact
    r"(?:and |so |but )?(?:(?:do|would) you (?:think|say|agree)\b.*|(?:is|are|was|were)(?:n[’']t)? .*)"
    r"\b(?:(?:un|im)?(?:fair|just|justified|moral|ethical|wise|reasonable)|a (?:good|bad|great|terrible) idea"
    r"|a mistake|worth it)(?: (?:to|for|on|towards) [^?,]+)?\W*$",
    re.IGNORECASE | re.DOTALL,
)
_JUDGES = re.compile(
    r"\b(?:un|in)?(?:fair|justif|justice|ethic|wis(?:e|dom)\b|reasonabl|balanced|proportionate|legitima|favou?r)"
    r"|\bunjust|\b(?:im)?moral|\b(?:criti[cq]|prais|condemn|welcom|hail|slam|denounc|accus"
    r"|mistake|reckless|overly|one-sided|biased|too (?:far|much|little|harsh|soft)|(?:good|bad) idea|wrong\b)",
    re.IGNORECASE,
)
_KINDS = tuple(
    (re.compile(asks, re.IGNORECASE), re.compile(tells, re.IGNORECASE))
    for asks, tells in (
        (
            r"\bwho (?:owns?|owned)\b|\b(?:which|what) (?:\w+ )?\w+ owns?\b",
            r"\b(?:co-)?own(?:s|ed|er|ers|ership|ing)?\b|[’']s\b"
            r"|\b(?:belong|propert|subsidiar|shareh|stake|bought|buy|sold|acqui|controll|family|private|national)",
        ),
        (
            r"\bwho (?:\w+ )?(?:painted|wrote|composed|designed|drew|sculpted|carved|directed|invented)\b",
            r"\bby\b|\b(?:paint|writ|wrote|compos|design|dr[ae]w|sculpt|carv|direct|invent|author|architect|artist"
            r"|work of|creat|made)",
        ),
        (
            r"\bwho\b.*\b(?:succeeds?|replaces?|tak(?:e|es|ing) over from)\b",
            r"\b(?:succe|replac|follow|heir|appoint|elect|next|candidate|tak(?:e|es|ing) over|took over)",
        ),
        (
            r"\bmarried\b",
            r"\b(?:marri|wife|wives|husband|spouse|wed|divorc|widow|fianc|partner|single|bachelor|engaged)",
        ),
        (
            r"\bwho (?:was|were|held|led|headed|ran|chaired)\b.* before [^\W\d_]+(?: [^\W\d_]+){0,2}$",
            r"\b(?:before|former|previous|predecess|succe|replac|follow|after|until|took over"
            r"|tak(?:es?|en|ing) over|ex-|once|resign|left|retir)",
        ),
        (
            r"\bhow many\b.*\b(?:die[ds]?|dead|killed|drown(?:ed)?|los[et] their li(?:fe|ves))\b(?! down\b)",
            r"\b(?:die[ds]?|dying|dead|deaths?|kill|drown|fatal|perish|bod(?:y|ies)|casualt|victim|toll|surviv)"
            r"|\b(?:li(?:fe|ves)\b|murder)",
        ),
        (
            r"\bhow many\b.*\b(?:injured|hurt|wounded)\b",
            r"\b(?:injur|hurt|wound|casualt|hospital|treated|burn|unhurt|unharmed|unscathed|bandag)",
        ),
        (
            r"\bhow many\b.*\b(?:f[ae]ll(?:en)? ill|infected|sick)\b",
            r"\b(?:ill|sick\w*|infect\w*|cases?|patients?|contract\w*|caught|catch|diseased?|affect\w*|symptom\w*)\b",
        ),
        (r"\b(?:who|how many|how much)\b.* fined\b", r"\b(?:fine|penalt|punish|sanction|pay|paid)"),
        (
            r"\b(?:who|which|how many)\b(?: \w+){0,3} vot(?:ed?|es) (?:against|for|in favou?r)\b",
            r"\b(?:vot|against|favou?r|oppos|reject|dissent|prefer|majorit|support|back|said (?:no|yes)\b)"
            r"|\b\d+(?: to |[-–])\d",
        ),
        (
            r"\b(?:who|(?:which|how many)(?: \w+){1,3}) (?:(?:has|have|will|did|would|also|not) )*"
            r"sign(?:ed|s)?\b(?! up)"
            r"|^(?:when |where |so |and )*(?:has|have|did|will)\b.* sign\b(?! up)",
            r"\b(?:sign|ratif|initial|conclud|agree|accede|seal|accept|approv|adopt|ink)",
        ),
        (
            r"\bwho (?:(?:will|would|is|are|was|were|has|have|going|to|be|been) )*"
            r"(?:monitor(?:s|ed|ing)?|observ(?:es?|ed|ing)|supervis(?:es?|ed|ing)|overs(?:ees?|aw|eeing))\b",
            r"\b(?:monitor|observ|watch|supervis|overs[ae]|inspect|mission|count|guard|control|check|verif)",
        ),
        (
            r"\bwho (?:leads|heads|chairs|runs|directs|commands|is in charge of)\b"
            r"|\bwho (?:is|was) the (?:leader|head|chief|chair(?:man|woman|person)?|director|commander) of\b",
            r"\b(?:head|lead|led|chief|chair|direct|president|minister|premier|run|ran|command|govern|boss|manag|mayor"
            r"|secretary|captain|under\b|charge|supervis|coordinat|general|found|executive|elder|rector|dean|editor"
            r"|emir|king|queen|pass|appoint|elect|conduct)",
        ),
        (
            r"\bhow many\b.*\b(?:charged|indicted|prosecuted)\b",
            r"\b(?:charg|indict|prosecut|accus|trial|court|judge|answer for)",
        ),
        (
            r"\bwhere did\b.* (?:work|serve) before\b",
            r"\b(?:work|employ|job|career|former|ex-|previous|once|serv|left|came from|had been)",
        ),
        (
            r"\bwhere (?:do|does|did)\b.* live\b",
            r"\b(?:liv|home|resid|hous|flat|villa|address|settle|mov|from|stay|exile|based)",
        ),
        (
            r"^(?=.*\b(?:built|founded)$).*\b(?:when|in (?:which|what) year)\b.*\b(?:was|were) "
            r"|\bwho (?:built|founded)\b",
            r"\b(?:buil[dt]|construct|erect|found|establish|creat|launch|dat(?:es|ing)|old|since|laid|lay|open"
            r"|set up|start|beg[au]n|complet|put up|rais|made|deliver)",
        ),
        (
            r"^(?:so |and )?(?:did|has|have|will)\b.*\b(?:resign|step(?:ped)? down)\b",
            r"\b(?:resign|step\w* (?:down|aside)|quit|leav|left|remain|stay|depart|office|post|go\b|gone|dismiss"
            r"|sack)",
        ),
        (
            r"^(?:so |and )?(?:did|has|have|was|were|is|will)\b.*\b(?:attend|present at)\b",
            r"\b(?:attend|presen[tc]|t(?:ook|ake[sn]?) part|there\b|c[ao]me|join|absen|stay|met|meet|guest|sat|miss"
            r"|delegat)",
        ),
        (
            r"\bhow many\b.*\b(?:arrest|detain)",
            r"\b(?:arrest|detain|custod|seiz|police|taken|held|suspect|jail|prison)",
        ),
        (r"\bborn\b", r"\b(?:born|birth|native|grew up|raised|comes? from|came from|hails?|child|son|daughter)"),
        (
            r"\bburied\b",
            r"\b(?:buri|grave|funeral|cemeter|churchyard|tomb|rest\b|remains|lies|interred|cremat|ashes|sea\b)",
        ),
    )
)
_STANCES = {stance: re.compile(rf"\b(?:{told})", re.IGNORECASE) for stance, told in TELLS.items()}


def told_matters(question: Question) -> list[re.Pattern[str]]:
    """What a sentence must hold to tell the facts that a question asks for."""
    told = [tells for asks, tells in (*_KINDS, *KINDS, (_TO_JUDGE, _JUDGES)) if asks.search(question.asked)]
    if found := stance_asked(question.asked):
        told.append(_STANCES[found[0]])
    return told


def asks_to_judge(text: str) -> bool:
    """True for a question whether something is fair, wise or the like."""
    return bool(_TO_JUDGE.match(text))
