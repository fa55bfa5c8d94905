"""Rules: plan_activities."""
