"""The tools an employee works with: typed functions whose docstring is what the agent reads."""
