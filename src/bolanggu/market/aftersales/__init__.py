"""After the sale (售后): claims for what is missing or spoilt on arrival, by line, settled through the ledger."""
