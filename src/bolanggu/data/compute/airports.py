"""Airports (机场) with an IATA code: ``python -m bolanggu.data.compute.airports`` writes ``data/airports.csv``.

From the Python package airportsdata (MIT), whose whole list of 28,000 takes ten times as long to read.
"""

from __future__ import annotations

import csv

from bolanggu.data import path


def main() -> None:
    """Write one row per IATA code: code, town, country (ISO 3166-1 alpha-2), WGS 84 degrees."""
    import airportsdata

    with path("airports.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("iata", "name", "country", "lat", "lon"))
        for code, row in sorted(airportsdata.load("IATA").items()):
            name = row["city"] or row["name"]
            writer.writerow((code, name, row["country"], f"{row['lat']:.4f}", f"{row['lon']:.4f}"))


if __name__ == "__main__":
    main()
