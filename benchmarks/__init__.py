"""Speed and accuracy, measured beside the peers in the same run."""
