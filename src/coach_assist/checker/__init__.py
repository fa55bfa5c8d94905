"""IS the sentence SMART: rules, verdicts, reports. No I/O beyond its own word lists."""
