"""What the public's pages read: columns, few statements, as many for fifty rows as for five."""
