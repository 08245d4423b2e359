"""Figures on all cases, for those who lead: kept deadlines, age, frequent problems, satisfaction, money."""
