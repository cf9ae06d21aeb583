"""What a file of each kind may write, seen from outside: fields, JSON Schemas, values written."""
