"""Changing a policy: the next version of it, how versions differ, what a change does to cases, what is amiss in one."""
