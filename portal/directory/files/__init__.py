"""Files the public takes away: what their rows and lines say, and how they are written."""
