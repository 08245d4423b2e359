"""The site: the cases of a repository as pages that people read and search."""

from caseledger.site.building import Built, build

__all__ = ["Built", "build"]
