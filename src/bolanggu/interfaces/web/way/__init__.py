"""Ways (运输方案): every way from Yiwu to a place that no other beats, on a map, in a chart, three side by side."""
