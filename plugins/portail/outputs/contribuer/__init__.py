"""What the contribution form reads: schemas, what it completes with, files to take up again."""
