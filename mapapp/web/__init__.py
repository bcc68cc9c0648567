"""The pages: each blueprint parses the request, calls a journey and renders. Nothing else."""
