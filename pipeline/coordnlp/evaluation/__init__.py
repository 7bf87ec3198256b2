"""Evaluate: how well runs agree with dossiers whose gold people have written."""
