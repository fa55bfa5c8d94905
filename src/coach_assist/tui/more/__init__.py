"""What is done seldom: own keys, confirming, erasing, closing alone, going on in a new plan."""
