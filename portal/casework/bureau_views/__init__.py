"""What the officers' pages of several domains do alike about objections and opinions."""
