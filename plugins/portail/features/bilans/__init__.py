"""Figures of a year: tables that pages, prints, commands and tables for spreadsheets show."""
