"""WHAT must we know: questions, answers, probes, and where the two parties differ. No I/O."""
