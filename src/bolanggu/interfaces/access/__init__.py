"""Access (访问控制): what a route needs, and whose things an actor may see. Used by pages and endpoints alike."""
