"""People (人员与授权): who may act in which role over whose things; given, taken and invited by the market operator."""
