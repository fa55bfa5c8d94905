"""coach-assist: draft, agree, review and follow through a coaching plan, in a terminal."""

import os

__version__ = "0.2.0"

if os.environ.get("COACH_ASSIST_OFFLINE"):
    # Here, so that every process of this program follows, whatever it was started for.
    from coach_assist import offline

    if offline.offline_wanted():
        offline.go_offline()
