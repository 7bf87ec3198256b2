"""Gold: what people say is in the documents of a dossier, and how a run's words are paired with it."""
