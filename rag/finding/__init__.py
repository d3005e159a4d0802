"""Finding passages: what a question names becomes a plan, and a fitted model ranks what is proposed."""
