"""The public's pages, feeds and files as they are asked for, one module per page family."""
