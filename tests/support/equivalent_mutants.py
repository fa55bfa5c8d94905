"""Mutants of the verifier that no test can notice, and why: without them the outcome is the same.

The names are those of tests/support/mutants.py. A name that is not in the source any more fails, and so
does one that a test notices after all.
"""

from __future__ import annotations

_SHORT_WAY = "a short way for the usual case, with the same outcome"
_BOTH = "the line before has made sure that both are there, or neither; the type checker wants it said"
_WORDS = "refused all the same a line later; it only says so in better words"

EQUIVALENT = {
    "agreement.canonical._refuse: raise NotCanonical('a number that is no plain integer')": (
        "the number is then read as null, and null is not what stands there"
    ),
    "agreement.canonical._in_order: if len(found) != len(pairs): "
    "raise NotCanonical('a key stands twice in one object')": (
        "the second of two equal keys is lost in reading, and what is written again is shorter"
    ),
    "agreement.blind.blind: if event.kind not in ('release', 'answers'): continue": _SHORT_WAY,
    "agreement.history.History.opened: not isinstance(self.root.body, OpenBody) "
    "[in: self.root is None or not isinstance(self.root.body, OpenBody)]": (
        "what is kept as the root is an opening event with its body; the type checker wants it said"
    ),
    "agreement.history.History.maximal: if len(ids) < 2: return tuple(ids)": _SHORT_WAY,
    "agreement.history.History._open: event.parents [in: event.kind != 'open' or event.parents]": (
        "an opening event with parents comes after another one, and is refused as the second"
    ),
    "agreement.history.History._speaks_of_known: if event.body is None: return None": (
        "what is withheld names nothing either way; the type checker wants it said"
    ),
    "agreement.history.History._inherited: if len(event.parents) == 1: "
    "return self._latest[event.parents[0]]": _SHORT_WAY,
    "agreement.history.History._own_maximal: if len(ids) < 2: return ids": _SHORT_WAY,
    "agreement.history.History._own_reaches: "
    "if self._single.get(self.events[earlier].by) is not None: return True": _SHORT_WAY,
    "agreement.joining.joining: if not any((event.kind in JOINING_MODELS for event in "
    "history.events.values())): return NOTHING_SAID": _SHORT_WAY,
    "agreement.keys._holds: if len(signature) != SIGNATURE_BYTES: return False": (
        "the library refuses a signature of another length too"
    ),
    "agreement.signoff._between: if not history.precedes(one.event, other.event): return frozenset()": (
        "nothing lies between two events of which the first does not precede the second"
    ),
    "agreement.signoff._Reader.read: if not made: return SignOffs((), (), None, ())": _SHORT_WAY,
    "agreement.verify._body: record.salt is None [in: record.salt is None or record.body is None]": _BOTH,
    "agreement.verify._body: record.body is None [in: record.salt is None or record.body is None]": _BOTH,
    "workspace.plan_file.PlanFile._load: if rows and (not first) and self._history.erased: return": (
        "what follows only notes once more which rows were read"
    ),
}
"""Name → reason."""
