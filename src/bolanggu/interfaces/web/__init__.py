"""Pages (网页): one folder a noun; a page translates what services and selectors say, and decides nothing itself."""
