"""Loans: the catalogue of what is lent, and what classes book"""
