"""How properties are tried everywhere: without a clock, which only a busy machine would lose against."""

from hypothesis import settings

settings.register_profile("assay", deadline=None)
settings.load_profile("assay")
