"""Files in Git through Git LFS: the repository holds pointers, the LFS server holds what they point at."""

from collections.abc import Iterable
from pathlib import Path

from caseledger import files
from caseledger.clone import Clone
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.stores.beside import Beside, pointed_at
from caseledger.stores.store import Different, checked, digest_of, read

FOLDER = "lfs"
"""The folder of these files in that of their case."""
ATTRIBUTES = f"/{FOLDER}/** filter=lfs diff=lfs merge=lfs -text\n"


class Lfs(Beside):
    """Files in the folders of cases that Git LFS keeps."""

    def __init__(self, name: str, root: Path) -> None:
        super().__init__(root)
        self.name = name

    def key(self, case_file: str, digest: str, ending: str) -> str:
        """A file in the folder lfs/ of the case's folder, called after its SHA-256."""
        return self.path_of(case_file, f"{FOLDER}/{digest}{ending}")

    def put(self, key: str, digest: str, chunks: Iterable[bytes]) -> bool:
        """Keep a file if there is none, and say in the case's folder that Git LFS keeps it."""
        self._refuse_without_lfs()
        path = self._path(key)
        attributes = self.root.joinpath(*Path(key).parts[:4], ".gitattributes")
        if not attributes.exists():
            files.create(attributes, ATTRIBUTES.encode())
        if path.exists():
            if (pointed_at(path) or digest_of(read(path))[0]) != digest:
                raise Different(self.name, digest)
            return False
        files.create_from(path, checked(chunks, digest))
        return True

    def _refuse_without_lfs(self) -> None:
        clone = Clone(self.root)
        if clone.run("lfs", "version").returncode or not clone.run("config", "--get", "filter.lfs.clean").stdout:
            message = N_(
                "The store {name} needs Git LFS, which is not set up here. Install git-lfs, then: git lfs install"
            )
            raise CannotGoOn(Text(message, name=self.name))
