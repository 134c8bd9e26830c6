"""The steps of a trade, one file each: ``prepare(stage)`` reads and computes, ``act(stage, prepared)`` writes."""
