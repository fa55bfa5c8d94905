"""Fingerprints as short words that two people can read to each other.

Eight words of a list of 256 say the first 64 bits of a fingerprint: enough that nobody can make a key
with the same words (2^64 keys would have to be tried), short enough to be read out.
"""

from __future__ import annotations

WORDS: tuple[str, ...] = tuple(
    """
    acid acorn actor album alley amber ankle apple apron arch arrow attic
    autumn bacon badge bagel bamboo banjo barn basil basket beach beard bench
    berry bike birch blanket boat bone book bottle bowl branch bread brick
    bridge broom brush bucket butter button cabin cable cactus camel candle canoe
    carpet castle cedar cello chain chalk cheese cherry chess chimney circle clay
    clock cloud clover coast cobweb comet copper coral cotton cousin crane crayon
    creek cricket crown curtain daisy dance desert diamond dinner dolphin donkey door
    dragon drum eagle easel echo eleven ember engine fabric falcon farmer feather
    fence ferry fiddle finger flame flute forest fossil fox frost garden garlic
    gate ginger giraffe glass glove goat grape gravel guitar hammer harbour harp
    hawk hazel hedge helmet hill honey horse island ivory jacket jasmine jelly
    jigsaw jungle kettle kitchen kite ladder lake lantern lemon lettuce library lily
    lion lobster lunch magnet mango maple marble market meadow melon mirror monkey
    moss motor mountain museum mustard napkin needle nest nickel night noodle north
    nutmeg oak ocean olive onion orange orchard otter oven owl oyster paddle
    palace panda paper parrot pasta peanut pebble pencil pepper piano pillow pirate
    planet plum pocket pony potato powder puddle pumpkin puzzle quartz quilt rabbit
    radio rain raven ribbon river robin rocket rope rose saddle salmon sand
    saturn scarf school shadow shell silver skate sledge snow sofa spider spoon
    square squirrel stable stamp star stone sugar summer sunset swan table tailor
    teapot temple thunder tiger timber toast tomato torch tower train tulip tunnel
    turtle umbrella valley velvet
    """.split()  # noqa: SIM905  (a list of 256 quoted words is harder to read)
)
COUNT = 8


def fingerprint_words(fingerprint: str) -> str:
    """Return eight words joined by hyphens for a fingerprint (64 hex digits)."""
    return "-".join(WORDS[byte] for byte in bytes.fromhex(fingerprint)[:COUNT])
