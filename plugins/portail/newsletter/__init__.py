"""The weekly letter: what each issue tells, chosen from the contents and the issues sent."""
