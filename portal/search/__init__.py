"""Full-text search over everything public: a disposable copy of the database, never a source."""
