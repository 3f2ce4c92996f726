"""What is known: the model of facts, loading, linting, importing and the bundled packs."""
