"""Before the plan: its kind, what the manager asks oneself, the page on which the team member reads it."""
