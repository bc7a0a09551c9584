"""What the pages of members and of officers share."""
