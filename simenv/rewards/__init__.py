"""What a training loop is told of an episode, in numbers: never a verdict."""
