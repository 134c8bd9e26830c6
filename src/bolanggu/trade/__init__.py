"""Trade (交易): the process that joins the links, its dossier, and the simulated world that drives it."""
