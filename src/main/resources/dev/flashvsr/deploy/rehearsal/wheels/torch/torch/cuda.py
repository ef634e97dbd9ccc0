"""Stand-in in a rehearsal: there is no GPU to be had from here."""


def is_available():
    return False


def device_count():
    return 0
