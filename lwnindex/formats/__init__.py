"""What a site says in other forms than pages: feeds, sitemap, robots, and the archive as data."""
