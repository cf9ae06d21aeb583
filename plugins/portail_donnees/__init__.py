"""Open data, and frames for other sites"""
