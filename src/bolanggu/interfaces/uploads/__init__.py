"""Uploads (来单): purchase lists handed in through pages and endpoints, walked in the background, resumable."""
