"""The spreadsheets people hand in, read safely and row by row; knows no domain."""
