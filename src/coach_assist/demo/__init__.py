"""The demo: a sample pair's answers, drafted by the real model in a throw-away workspace.

Only the answers are prepared. The pair's decisions in the plain demo are scripted in
`scripted_decisions`, through the same flow that people use; an import contract keeps every module
but the demo command from importing this room.
"""
