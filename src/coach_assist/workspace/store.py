"""The workspace: the folder that holds a person's plans, keys and settings on this machine.

plans/<plan id>.plan    one SQLite file a plan
keys/                   the parties' keys
heads/                  the newest events seen of each plan
checked/                which signatures were checked here before
index.sqlite            what the list of plans shows; rebuilt whenever it is missing
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import platformdirs

from coach_assist.agreement.keys import SigningKey
from coach_assist.errors import Refused, UsageError
from coach_assist.plan.ids import PLAN_ID_PATTERN, new_plan_id
from coach_assist.plan.units import Party
from coach_assist.platform_calls import create_private, private_folder
from coach_assist.workspace.checked import CheckedSignatures
from coach_assist.workspace.keyring import keep_key, make_key, read_key
from coach_assist.workspace.plan_file import COPY, VIEWER, PlanFile
from coach_assist.workspace.schema import prepare
from coach_assist.workspace.sqlite import Database
from coach_assist.workspace.unlocked import Unlocked

__all__ = ["PlanFile", "Workspace", "default_root"]

SUFFIX = ".plan"
HOME_VARIABLE = "COACH_ASSIST_HOME"


def default_root() -> Path:
    """Return the workspace's folder: $COACH_ASSIST_HOME, or the platform's place for user data."""
    given = os.environ.get(HOME_VARIABLE)
    return Path(given).expanduser() if given else platformdirs.user_data_path("coach-assist")


class Workspace:
    """A folder of plans. Nothing is written before the first plan is made."""

    def __init__(self, root: Path | None = None) -> None:
        """Take the folder `root`, or the default one."""
        self.root = default_root() if root is None else root
        self.plans_folder = self.root / "plans"
        self.keys_folder = self.root / "keys"
        self.people_folder = self.root / "people"
        self.contacts_folder = self.root / "contacts"
        self.heads_folder = self.root / "heads"
        self.unlocked = Unlocked()
        self.index_path = self.root / "index.sqlite"

    def create(self, *, demo: bool = False) -> PlanFile:
        """Make a new plan with empty drawers and open it. Raises Refused where it cannot be written."""
        return self._create(new_plan_id(), demo=demo)

    def create_received(self, identity: str, *, viewer: bool = False) -> PlanFile:
        """Make the file of a plan (or a viewer's copy of it) from another machine. Raises Refused."""
        plan = self._create(identity, demo=False)
        if viewer:
            plan.meta.put(COPY, VIEWER)
        return plan

    def _create(self, identity: str, *, demo: bool) -> PlanFile:
        path = self.path_of(identity)
        try:
            private_folder(self.plans_folder)
            create_private(path, b"")
        except OSError as error:
            raise Refused(
                f"A new plan cannot be written to {self.plans_folder} ({error.strerror}).",
                next_step="Make that folder writable and free some space, or set COACH_ASSIST_HOME.",
            ) from error
        try:
            database = Database(path)
            try:
                prepare(database)
            finally:
                database.close()
            plan = self._open(identity)
            if demo:
                plan.meta.put("demo", "yes")
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return plan

    def open(self, id_or_prefix: str) -> PlanFile:
        """Open a plan by its id, or by the beginning of it while that is unique.

        Raises UsageError where there is no such plan, or more than one; Refused where it is damaged or
        newer than this version.
        """
        return self._open(self.resolve(id_or_prefix))

    def resolve(self, id_or_prefix: str) -> str:
        """Return the full id that a beginning stands for. Raises UsageError (unknown, not unique)."""
        wanted = id_or_prefix.strip().lower()
        found = [one for one in self.ids() if wanted and one.startswith(wanted)]
        if wanted in found:
            return wanted
        if not found:
            raise UsageError(
                f"There is no plan “{id_or_prefix}” on this machine.", next_step="See: coach-assist plans"
            )
        if len(found) > 1:
            shown = ", ".join(one[: len(wanted) + 4] for one in found[:4])
            raise UsageError(
                f"“{id_or_prefix}” is the beginning of {len(found)} plans ({shown} …).",
                next_step="Give some more letters.",
            )
        return found[0]

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all plans, in the order of their ids. Files with other names are left out."""
        try:
            names = sorted(entry.name for entry in os.scandir(self.plans_folder))
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise Refused(f"The folder {self.plans_folder} cannot be read ({error.strerror}).") from error
        stems = (name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX))
        return tuple(stem for stem in stems if re.fullmatch(PLAN_ID_PATTERN, stem))

    def path_of(self, identity: str) -> Path:
        """Return where the plan with this full id lies."""
        return self.plans_folder / f"{identity}{SUFFIX}"

    def checked_path(self, identity: str) -> Path:
        """Return where the list of a plan's checked signatures lies."""
        return self.root / "checked" / f"{identity}.checked"

    def shortest(self, identity: str, *, least: int = 6) -> str:
        """Return the shortest beginning of an id, of at least `least` letters, that no other plan has."""
        others = [one for one in self.ids() if one != identity]
        for length in range(least, len(identity)):
            if not any(one.startswith(identity[:length]) for one in others):
                return identity[:length]
        return identity

    def make_key(self, plan: str, party: Party) -> SigningKey:
        """Return the party's key for a plan, made now where there is none yet. Raises Refused."""
        return make_key(self.keys_folder, plan, party)

    def key(self, plan: str, party: Party) -> SigningKey:
        """Return the party's key for a plan. Raises Refused where it is missing or damaged."""
        return read_key(self.keys_folder, plan, party)

    def has_key(self, plan: str, party: Party, fingerprint: str) -> bool:
        """Say whether the key with this fingerprint, made when the plan opened, lies on this machine."""
        try:
            return self.key(plan, party).fingerprint == fingerprint
        except Refused:
            return False

    def keep_key(self, plan: str, party: Party, secret: bytes) -> None:
        """Keep a party's key that was handed over to this machine. Raises Refused."""
        keep_key(self.keys_folder, plan, party, secret)

    def _open(self, identity: str) -> PlanFile:
        checked = CheckedSignatures(self.checked_path(identity), self.keys_folder / "this-machine.mac")
        return PlanFile(self.path_of(identity), self.heads_folder / f"{identity}.heads", checked)
