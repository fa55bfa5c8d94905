"""Verbs of work, to tell an order or a plan ("send …", "writing …") from other words."""

from __future__ import annotations

import re

from coach_assist.assistant.notes.word_sets import word_set

_BASE = word_set(
    """
    accept access achieve act action adapt add address adjust agree align analyse analyze announce
    answer apply appoint approach approve archive arrange ask assess assign attend automate begin block
    book brainstorm brief bring build buy calculate call cancel capture carry catch cc celebrate change
    chase chat check choose circulate clarify clean clear close co-write coach code collect combine come
    comment commit compare compile complete compute conduct confirm connect consider consolidate contact
    continue contribute convert coordinate copy correct count cover create cut debug decide define
    delegate deliver demonstrate deploy describe design determine develop dig discuss distribute divide
    do document double-check download draft drive drop edit email engage enrol ensure enter escalate
    establish evaluate examine exchange expand experiment explain explore extend extract facilitate feed
    fetch figure file fill finalise finalize find finish fix flag flesh focus follow format forward free
    gather generate get give go grow guide hand handle have help hire hold host identify implement
    improve include inform initiate insert install integrate interview introduce invest investigate
    invite iterate join keep kick launch lead learn lend let limit link list listen load log look loop
    maintain make manage map mark measure meet mention merge message migrate model monitor move name
    negotiate nominate note notify observe offer onboard open optimise optimize order organise organize
    outline own pack pair participate pass pay perform phone pick pilot ping pitch plan play plot post
    practice practise prepare present print prioritise prioritize process produce progress promote
    propose prototype provide publish pull push put raise re-code re-read reach read rebook rebuild
    recap recode reconcile record recruit redesign reduce refactor refine reflect refresh register
    rehearse release remember remind remove rename renew reorganise repair repeat replace reply report
    request research reserve reset resolve respond restart restructure retry return review revise
    revisit rewrite role-play rotate run save scan schedule scope search seek select send set shadow
    share shift ship show sign simplify sit sketch solve sort sound source speak specify spend split
    sponsor stand start stop store strengthen structure study submit suggest summarise summarize
    supervise support survey switch sync table tackle take talk tap teach tell test think tidy track
    train transfer translate trial trigger trim try turn tweak type unblock understand unlock update
    upload upskill use validate verify visit volunteer wait walk watch weigh whatsapp wire work wrap
    write abstimmen anrufen antworten besprechen bestellen einladen erstellen fertigstellen fragen
    klären kontaktieren lesen organisieren planen prüfen schicken schreiben schulen senden sprechen
    vorbereiten üben überarbeiten
    """
)


def is_base_verb(word: str) -> bool:
    """Say whether `word` is a verb of work in its base form."""
    return word.lower() in _BASE


def is_ing_verb(word: str) -> bool:
    """Say whether `word` is such a verb with -ing ("writing", "running", "planning")."""
    return base_of_ing(word) != ""


def base_of_ing(word: str) -> str:
    """Return the base form of an -ing verb that is known here, or ""."""
    low = word.lower()
    if not low.endswith("ing") or len(low) < 5:
        return ""
    root = low[:-3]
    doubled = root[:-1] if len(root) > 2 and root[-1] == root[-2] else ""
    return next((form for form in (root, root + "e", doubled) if form in _BASE), "")


def past_opening(word: str) -> bool:
    """Say whether `word` looks like a past form that opens a note ("Finished", "Wrote")."""
    low = word.lower()
    return low in _PAST or (low.endswith("ed") and len(low) > 4 and low not in _TALK)


def tells_past(words: str) -> bool:
    """Say whether words begin with what somebody did ("Finished …", "I held …"), and not with a failure."""
    told = _SUBJECT.sub("", words).split()
    return bool(told) and past_opening(told[0]) and told[0].lower() not in _FAILED


_SUBJECT = re.compile(r"^(?:(?:i|we|also|finally|just|have|has|'ve|i've|we've|she|he)\s+)+", re.IGNORECASE)
_FAILED = word_set(
    """
    tried struggled failed missed waited needed lost forgot delayed wanted asked talked discussed agreed
    decided mentioned had got used blocked postponed worked
    """
)
_TALK = word_set("talked discussed mentioned asked worried agreed wanted needed stalled missed")
"""Past forms that tell of talking or wanting, not of something reached."""


_PAST = word_set(
    """
    ran wrote gave held led made met built did done got read set sent took taught won went found began
    brought bought chose drew kept spoke spent put cut shown given written drawn
    """
)
