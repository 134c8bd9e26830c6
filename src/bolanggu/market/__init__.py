"""The market (有效市场): one folder a link of the trade chain; links import no other link."""
