"""Reading a bureau's sheet of enterprises, row by row, by the rules of the actions."""
