"""What is printed: catalogues, editions as documents, selections."""
