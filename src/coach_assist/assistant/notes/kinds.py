"""Which kind of item a passage is, told by a label, a sign, the heading above or the words themselves."""

from __future__ import annotations

import re

from coach_assist.assistant.notes.blocks import Block
from coach_assist.assistant.notes.headings import KINDS, Kind, label_sense
from coach_assist.assistant.notes.verbs import past_opening, tells_past

_CHANGE = re.compile(
    r"\b(?:postpone|reschedul\w+|pushe?d? (?:it |this |that )?back|bring forward|extend (?:the|our|my|it|by)|"
    r"(?:change|move|shift|push|lower|raise|adjust|revise|drop|swap|shorten|cut|split|reduce|start with) "
    r"(?:the|our|my|this|that|it)"
    r"(?: (?:\w+ ){0,2}(?:goal|target|date|deadline|plan|scope|priority|milestone|cadence|meeting|go-live|"
    r"review)|"
    r" (?:to|from|by|down|into)\b)|move .{3,40} (?:from|to) (?=[\w ]*[0-9])|"
    r"instead\b(?! of [0-9])|"
    r"re-?prioriti\w+|scale (?:back|down)|(?:personally )?i'd focus on"
    r"|focus on .{2,40} (?:before|first)|rather than|(?:i'd|i would) rather (?:swap|change|drop|move|not)|"
    r"possible suggestion|let'?s (?:change|move|try|switch|"
    r"wait)|(?:i|we) (?:suggest|propose)|(?:suggest(?:s|ed)|propose[sd]?) (?:that|to|we|an?|[a-z]+ing|"
    r"[0-9]+)|"
    r"(?:i'd|i would) (?:also |rather )?like to (?:hand over|stop|change|move|swap|drop)|wants? to (?:try|"
    r"change|stop|drop|"
    r"move)|"
    r"(?:maybe|perhaps|we could|you could|could we) (?:\w+ )?(?:cut|move|try|drop|push|swap|split|shift|"
    r"pair)|"
    r"verschieben|lieber\b|stattdessen)\b",
    re.IGNORECASE,
)
_DECIDED = re.compile(
    r"\b(?:we(?:'ve| have)? (?:all |both )?(?:agreed|decided|settled)|it was (?:agreed|decided)|"
    r"(?<!they )(?<!he )(?<!she )(?<!i )agreed (?:that|to|on)|(?<!they )decided (?:that|to|on|"
    r"against)|decision(?: is| was)?(?: to\b|:)|(?:we'll|let's|will) go with\b|going with\b|^(?:ok|okay|"
    r"sure|agreed|fine|yes),? let's (?!see|talk|discuss)|(?:we|it) "
    r"(?:will )?"
    r"keep\b|vereinbart|entschieden|beschlossen)\b",
    re.IGNORECASE,
)
_NO_DECISION = re.compile(
    r"\b(?:not|n't|nothing|yet to be|to be|needs? to be) (?:yet )?(?:agreed|decided|settled)", re.IGNORECASE
)
_HINDERED = re.compile(
    r"\b(?:struggl\w+|stuck|blocked|blocker|blocking|difficult\w*|hard (?:to|time)|couldn'?t|could not|"
    r"can'?t (?!wait\b|complain\b)[a-z]+|cannot|unable to|not able to|impossible"
    r"|have(?:n'?t| not) (?:managed|got|been able|read|started|heard|had)"
    r"|still no \w+|(?:there'?s )?no (?:\w+ )?(?:update|progress|news|time|answer|reply|access|feedback|room|"
    r"budget|staff|say)|"
    r"(?:does|do|did|has|have|is|are|was)(?: not|n'?t) (?:work\w*|last|arrive\w*|come|reply|replied|"
    r"answer\w*|activated|"
    r"finished|done|reach\w*)"
    r"|delay\w*|waiting (?:for|on)|held up|not enough|too "
    r"(?:much|many|little|late|long|slow)|so (?:slow|much to)|lack of|shortage|missing|failed|fails|"
    r"failing|broken|"
    r"breaks? down|overdue|late again|(?:is|are|was|were|be|ran) late\b|behind (?:schedule|plan)"
    r"|challeng\w+|obstacle|bottleneck|slow(?:ly|er)? (?:connection|system)|(?:is|are|was|finds?|found|"
    r"too) .{0,40}\bslow\b|"
    r"time[sd]? out|logged (?:me|him|her|us) out|crash\w*|doubles? the|cancelled on|lose (?:\w+ "
    r")?(?:minutes|hours|time)|"
    r"(?:is|are|was|were) (?:the|a|our|my) (?:\w+ )?(?:problem|issue|worry)|(?:main |biggest |my )(?:worry|"
    r"problem|concern)|"
    r"got in the way|useless|confus\w+|a mess\b|mislabel\w+|half a day|belongs? elsewhere|expires?\b|short "
    r"of|double[- ]booked|changed .{2,30} (?:twice|again|three times)|out of "
    r"(?:stock|order)|"
    r"schwierig\w*|hindernis\w*|fehlt\b|fehlen\b|antwortet nicht|(?:wieder|schon) ausgefallen|kaputt|"
    r"defekt|(?:klappt|geht|funktioniert) (?:immer noch )?nicht|"
    r"(?:still |more )(?:issues|problems|trouble)|issues (?:with|w/)|jams\b|problem\w* mit|zu wenig|zu viel|"
    r"verzögert)\b",
    re.IGNORECASE,
)
_RELIEVED = re.compile(
    r"\b(?:not much|nothing|all good|resolved|solved|sorted|fixed|helps? me|effective|better now|no longer|"
    r"works now|"
    r"back now|keine|nichts)\b",
    re.IGNORECASE,
)
_ON_THE_WAY = re.compile(
    r"\b(?:almost|nearly|half(?:way)?|mostly|partly|about to|in progress|on track|under ?way|ongoing|so "
    r"far|apart from|"
    r"remaining|to go\b|started|trying|should be|half done|in preparation|being \w+ed|noch nicht|fast "
    r"fertig|läuft)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:(?:will|'ll|would|still) need|needs? to|requires?|want to|going to|hope to)\b", re.IGNORECASE
)
_MOVED = re.compile(
    r"(?:[0-9]\s*(?:%|percent|prozent)|[0-9][\w.,%]*\s*(?:-+>|→|=>|to|auf)\s*[0-9]|\b(?:almost|nearly|half|"
    r"mostly|"
    r"partly) (?:done|finished|ready|complete\w*|there)|\b[0-9]+ (?:of|out of|von|/) (?:the |den )?[0-9]+|"
    r"\b(?:\w+) of the (?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[0-9]+) |\b(?:in "
    r"progress|on track|"
    r"under way|underway|ongoing"
    r"|so far|up from|down from|(?:rose|fell|dropped|grew|went up|went down|increased|decreased|gesunken|"
    r"gestiegen|reduced) "
    r"(?:from|to|by|von|auf)|is going well|started|making progress|made "
    r"progress|draft(?:ed)? (?:is|done|ready)|drafted|to go\b|is now|are now|has been live|is live|"
    r"complete apart|"
    r"since (?:monday|last|the)|sections? [0-9])\b)",
    re.IGNORECASE,
)
_PRAISED = re.compile(
    r"\b(?:(?:good|great|nice) that you|kudos|shout-?out|props to|"
    r"well done|great (?:job|work|stuff|find|idea)|good (?:job|work|find)|nicely done|love[ds]? "
    r"(?:this|how|that|your|the)|impress\w+|i(?:'m| am) (?:so |really |very )*(?:glad|grateful|delighted)|"
    r"delighted|thank(?:s| you|ed)\b"
    r"|helpful|really like|fantastic|amazing|awesome|brilliant|excellent|proud of|i (?:heard|saw|noticed) "
    r"(?:from \w+ )?that you|you (?:did|handled|explained|managed)|feedback (?:was|is)|worth considering|"
    r"(?:pos\.?|positive|good|great|nice) feedback|"
    r"your? \w+(?: \w+){0,5} (?:(?:is|are|was|were) )?(?:very |really |so |more )?(?:clear(?:ly|er)?|good|"
    r"well|strong|useful|"
    r"better|convincing|short(?:er)?)|well above|praised|became? (?:shorter|clearer|better)|"
    r"(?:have|has) become (?:\w+er|more \w+)|recommend\w*)\b",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"\b(?:finished|completed|submitted|shipped|delivered|published|launched|accepted|unblocked|got "
    r".{2,40} working|successfully|all in|won|passed|signed off|went live|is (?:done|finished|complete|"
    r"ready)(?! for)|"
    r"(?:has|have) (?:now |also |just )?[a-z]{3,}ed\b|(?:has|have|i|we) (?:now )?(?:closed|finished|held|"
    r"shown?|written|ran|run|built|led|solved|agreed|"
    r"sent|counted)|"
    r"(?:was|were|is|are) (?:now )?(?:shown|finished|used|sent|rolled out)|fertig|erledigt|abgeschlossen|"
    r"verschickt|geschafft|"
    r"bestanden)\b",
    re.IGNORECASE,
)
_DONE_FIRST = re.compile(
    r"^(?:i |we |[A-Z][\w'-]+ |[A-Z]{2,3} )?(?:has |have )?(?:also |just |finally )?(?:done|demo ok|first "
    r".{3,60} without)\b",
    re.IGNORECASE,
)
_DONE_LAST = re.compile(
    r"\s*(?:[-–—:,(→]|-+>)\s*(?:all )?(?:done|completed?|closed|finished|erledigt|✓|✔|✅|ok)\b\)?[ "
    r",.!]*(?P<rest>.{0,80})$",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\b(?:wants? to know (?:if|whether|how|what|when|who)|wonder(?:s|ed|ing)? (?:if|whether|how|what|why)|"
    r"(?:asked|raised|not (?:sure|clear)|unclear|open|"
    r"unsure)"
    r"(?: is| was)? (?:the question )?(?:of )?(?:whether|if|how|who|what|when|which)|what (?:we|i) "
    r"(?:don't|do not) know|"
    r"(?:question|frage) (?:of|is|ist|was|,|:)|who (?:pays|owns|hosts|decides)|unklar)\b",
    re.IGNORECASE,
)
_QUESTION_WORD = re.compile(
    r"^(?:do|does|did|is|are|can|could|should|shall|will|who|what|when|where|why|how|which|wer|was|wann|"
    r"wie|wo|warum|soll\w*) "
    r"(?:we|i|you|they|it|the|to|there|wir|ich|das|die|der|owns|pays|hosts|vertritt|macht)\b",
    re.IGNORECASE,
)


def kind_of(block: Block) -> Kind | None:
    """Return the kind of a passage that is no next action, or None where there is no telling by code."""
    words, sense = block.words, block.section.sense
    labelled = kind_label(words)
    if labelled is not None:
        return labelled[0]
    sign = next((kind for kind in KINDS if kind == block.first.sign), None)
    if sign is not None and sign != "action":
        return sign
    if is_change(words):
        return "adjustment"
    if words.endswith("?") or _ASKING.search(words) or _QUESTION_WORD.match(words):
        return "question"
    if _DECIDED.search(words) and not _NO_DECISION.search(words) and sense != "achievement":
        return "decision"
    if block.reply:
        return "feedback"
    if sense in ("achievement", "obstacle", "feedback", "decision", "question", "adjustment"):
        return _in_section(block, sense)
    if block.first.done is True:
        return "achievement"
    return _by_words(block)


def _in_section(block: Block, sense: Kind) -> Kind | None:
    """Return what the heading says, unless the words say otherwise; None where they cast doubt."""
    words = block.words
    opening = words.split()[0]
    if sense == "achievement":
        if block.first.done is False:
            return "progress"
        if tells_past(words) or past_opening(opening):
            return sense
        if _HINDERED.search(words):
            return "obstacle"
        if _ON_THE_WAY.search(words):
            return "progress"
        return None if _AHEAD.search(words) else sense
    if sense == "obstacle" and _RELIEVED.search(words) and not _HINDERED.search(words):
        return None
    if sense == "decision" and block.first.done is True:
        return "achievement"
    return sense


def _by_words(block: Block) -> Kind | None:
    words, sense = block.words, block.section.sense
    if block.speaker and _PRAISED.search(words) and not _HINDERED.search(words):
        return "feedback"
    if _MEASURED.search(words):
        return "progress"
    if tells_past(words):
        return "achievement"
    if _HINDERED.search(words):
        return "obstacle"
    if sense == "progress":
        return "progress"
    if _MOVED.search(words):
        return "progress"
    if _REACHED.search(words) or _DONE_FIRST.match(words):
        return "achievement"
    if _PRAISED.search(words):
        return "feedback"
    return None


def measured(words: str) -> bool:
    """Say whether words hold something measured: a share, a count of a whole, a change of a value."""
    return _MEASURED.search(words) is not None


_MEASURED = re.compile(
    r"[0-9]\s*(?:%|percent\b|prozent\b)|\b[0-9][\w.,%]*\s*(?:-+>|→|=>)\s*[0-9]|"
    r"\bfrom [0-9][\w.,%]* (?:\w+ )?to [0-9]|\bvon [0-9][\w.,%]* auf [0-9]|"
    r"\b(?:[0-9]+|two|three|four|five|six|seven|eight|nine|ten|eleven) (?:of|out of|von|/) (?:the |den |"
    r"our |my )?(?:[0-9]+|two|"
    r"three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.IGNORECASE,
)


def is_change(words: str) -> bool:
    """Say whether words suggest to change what is planned."""
    return _CHANGE.search(words) is not None


def reported_done(words: str) -> str:
    """Return what a line reports as done ("AB to send the log - done"), or "" where it does not."""
    match = _DONE_LAST.search(words)
    return words[: match.start()] if match and len(words[: match.start()].split()) >= 2 else ""


def kind_label(words: str) -> tuple[Kind, str] | None:
    """Return the kind that a label before a passage says, and the rest ("Blocker: no key"), or None."""
    label, colon, rest = words.partition(": ")
    sense = label_sense(label) if colon and rest else ""
    if not sense and colon and len(label.split()) <= 4:
        first = label_sense(label.split()[0]) if label.split() else ""
        sense = "" if first == "action" else first  # "Next phase of it: …" gives nobody work
    if not sense:
        early = _UNMARKED.match(words)
        sense, rest = (label_sense(early[1]), early[2]) if early else ("", "")
    kind = next((kind for kind in KINDS if kind == sense), None)
    return None if kind is None else (kind, rest)


_UNMARKED = re.compile(
    r"^(blocker|blocked|thanks to|kudos|decision|agreed|decided|question|open question)\b,?[ :-]+(.{4,})$",
    re.IGNORECASE,
)
