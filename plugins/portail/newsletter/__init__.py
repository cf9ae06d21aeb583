"""The weekly newsletter: each issue, chosen from the contents and the issues sent."""
