"""A forge on loopback that keeps issues as GitHub, GitLab and Gitea do, and fails as they do."""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

JSON = dict[str, Any]
PAGE = {"github": "per_page", "gitlab": "per_page", "gitea": "limit"}
HOME = {"github": "/api/v3", "gitlab": "/api/v4", "gitea": "/api/v1"}
START = {
    "github": "/repos/north/complaints",
    "gitlab": "/projects/north/complaints",
    "gitea": "/repos/north/complaints",
}


@dataclass
class Fault:
    """What goes wrong with one request: a status with headers, or a reset; before or after it was carried out."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    after: bool = False
    cut: bool = False


@dataclass
class Request:
    """What was asked, and by whom: the token names the run."""

    run: str
    method: str
    path: str
    query: dict[str, str]
    data: JSON


class Forge:
    """The state of a forge: one repository with its issues, labels and people; `page` is the longest page.

    `model` and `person` hold what else the forge says of an issue and a user, where a test looks at that.
    """

    def __init__(self, kind: str, page: int = 100) -> None:
        self.kind, self.page, self.home = kind, page, HOME[kind]
        self.issues: list[JSON] = []
        self.labels: list[tuple[int, str]] = []
        self.comments: list[JSON] = []
        self.members = {"lin": 11, "zhou": 12, "zheng": 13}
        self.requests: list[Request] = []
        self.history: dict[int, list[tuple[str, str]]] = {}
        self.hidden: dict[int, int] = {}
        self.fault: Callable[[Request], Fault | None] = lambda _request: None
        self.before: Callable[[str], None] = lambda _run: None
        self.after: Callable[[str], None] = lambda _run: None
        self.url = ""
        self.model: JSON = {}
        self.person: JSON = {}

    @property
    def writes(self) -> list[Request]:
        """The requests that were meant to change something."""
        return [request for request in self.requests if request.method != "GET"]

    def put(self, title: str, body: str, labels: tuple[str, ...] = (), *, state: str = "open", **more: Any) -> JSON:
        """An issue that somebody has opened."""
        for label in labels:
            if label not in (name for _, name in self.labels):
                self._labelled(label)
        number = len(self.issues) + 1
        issue = {"number": number, "title": title, "body": body, "state": state, "labels": list(labels)}
        self.issues.append(issue | {"assignees": [], "pull": False} | more)
        self.history[number] = [(state, body)]
        return self.issues[-1]

    def say(self, number: int, body: str, *, ours: bool = True) -> JSON:
        """A comment on a pull request; one that is not ours cannot be changed by us."""
        self.comments.append({"id": len(self.comments) + 1, "on": number, "body": body, "ours": ours})
        return self.comments[-1]

    def answer(self, request: Request) -> tuple[int, Any, dict[str, str]]:
        """Carry out a request: status, data, headers."""
        path = request.path.removeprefix(self.home)
        if not path.startswith(START[self.kind]):
            return 404, {"message": "Not Found"}, {}
        match request.method, path.removeprefix(START[self.kind]).strip("/").split("/"):
            case "GET", ["issues"]:
                return self._listed(request)
            case "GET", ["issues", number]:
                return 200, self._shown(self.issues[int(number) - 1]), {}
            case "POST", ["issues"]:
                return self._created(request.data)
            case (("PATCH" | "PUT"), ["issues", number]):
                return self._changed(self.issues[int(number) - 1], request.data)
            case "PUT", ["issues", number, "labels"]:
                issue = self.issues[int(number) - 1]
                issue["labels"] = self._names(request.data["labels"])
                return 200, [], {}
            case "GET", ["labels"]:
                return self._paged([{"id": key, "name": name} for key, name in self.labels], request)
            case "POST", ["labels"]:
                return 201, {"id": self._labelled(request.data["name"]), "name": request.data["name"]}, {}
            case "GET", [("issues" | "merge_requests"), number, ("comments" | "notes")]:
                return self._paged([one for one in self.comments if one["on"] == int(number)], request)
            case "POST", [("issues" | "merge_requests"), number, ("comments" | "notes")]:
                return 201, self.say(int(number), request.data["body"]), {}
            case ("PATCH", ["issues", "comments", key]) | ("PUT", ["merge_requests", _, "notes", key]):
                comment = self.comments[int(key) - 1]
                if not comment["ours"]:
                    return 403, {"message": "Forbidden"}, {}
                comment["body"] = request.data["body"]
                return 200, comment, {}
            case "GET", ["assignees"]:
                return 200, [{"id": key, "login": name} for name, key in self.members.items()], {}
            case "GET", ["assignees", name]:
                return (204, None, {}) if name in self.members else (404, {"message": "Not Found"}, {})
            case "GET", ["members", "all"]:
                found = [(name, key) for name, key in self.members.items() if request.query["query"] in name]
                return self._paged([{"id": key, "username": name} for name, key in found], request)
        return 404, {"message": f"{request.method} {path}"}, {}

    def _listed(self, request: Request) -> tuple[int, Any, dict[str, str]]:
        wanted = request.query.get("labels", "")
        if self.kind == "gitea" and wanted not in (name for _, name in self.labels):
            wanted = ""  # as Gitea does
        fits = [i for i in self.issues if not wanted or wanted in i["labels"]]
        if self.kind != "github":
            fits = [issue for issue in fits if not issue["pull"]]
        shown = []
        for issue in fits[:: -1 if self.kind == "gitea" else 1]:
            if self.hidden.get(issue["number"], 0) > 0:
                self.hidden[issue["number"]] -= 1
            else:
                shown.append(self._shown(issue))
        return self._paged(shown, request)

    def _paged(self, items: list[Any], request: Request) -> tuple[int, Any, dict[str, str]]:
        size = min(int(request.query.get(PAGE[self.kind], 30)), self.page)
        start = (int(request.query.get("page", 1)) - 1) * size
        more = start + size < len(items)
        return 200, items[start : start + size], {"Link": '<http://elsewhere.example.com/>; rel="next"'} if more else {}

    def _created(self, data: JSON) -> tuple[int, Any, dict[str, str]]:
        labels = data["labels"]
        if self.kind == "gitlab":
            labels = [label for label in labels.split(",") if label]
        elif self.kind == "gitea":
            labels = self._names(labels)
        body = data["description" if self.kind == "gitlab" else "body"]
        issue = self.put(data["title"], body, tuple(labels), assignees=self._people(data))
        return 201, self._shown(issue), {}

    def _changed(self, issue: JSON, data: JSON) -> tuple[int, Any, dict[str, str]]:
        issue["body"] = data.get("description" if self.kind == "gitlab" else "body", issue["body"])
        states = {"close": "closed", "reopen": "open"}
        issue["state"] = states.get(data.get("state_event", ""), data.get("state", issue["state"]))
        if {"assignees", "assignee_ids"} & data.keys():
            issue["assignees"] = self._people(data)
        if "labels" in data:
            issue["labels"] = data["labels"].split(",") if self.kind == "gitlab" else data["labels"]
        self.history[issue["number"]].append((issue["state"], issue["body"]))
        return 200, self._shown(issue), {}

    def _labelled(self, name: str) -> int:
        """A label more; Gitea lets several bear one name."""
        self.labels.append((100 + len(self.labels), name))
        return self.labels[-1][0]

    def _names(self, numbers: list[int]) -> list[str]:
        return [dict(self.labels)[number] for number in numbers]

    def _people(self, data: JSON) -> list[str]:
        if self.kind == "gitlab":
            return [name for name, key in self.members.items() if key in data.get("assignee_ids", [])]
        return list(data.get("assignees", []))

    def _shown(self, issue: JSON) -> JSON:
        url = f"{self.url}/north/complaints/issues/{issue['number']}"
        if self.kind == "gitlab":
            return {
                "iid": issue["number"],
                "web_url": url,
                "description": issue["body"],
                "state": {"open": "opened"}.get(issue["state"], issue["state"]),
                "labels": issue["labels"],
                "assignees": [{"id": self.members[name], "username": name} for name in issue["assignees"]],
            }
        return {
            **self.model,
            "number": issue["number"],
            "html_url": url,
            "title": issue["title"],
            "body": issue["body"],
            "state": issue["state"],
            "labels": [{"id": 0, "name": name} for name in issue["labels"]],
            "assignees": [{**self.person, "login": name} for name in issue["assignees"]],
            **({"pull_request": {}} if issue["pull"] else {}),
        }


@contextmanager
def served(forge: Forge) -> Iterator[Forge]:
    """The forge on loopback; one request at a time, as a database would have it."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def handle_any(self) -> None:
            parts = urlsplit(self.path)
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            request = Request(
                self.headers.get("Authorization", "").removeprefix("Bearer "),
                self.command,
                unquote(parts.path),
                {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()},
                json.loads(raw) if raw else {},
            )
            forge.before(request.run)
            try:
                with lock:
                    forge.requests.append(request)
                    fault = forge.fault(request)
                    answer = forge.answer(request) if fault is None or fault.after else None
                self._reply(fault, answer)
            finally:
                forge.after(request.run)

        do_GET = do_POST = do_PATCH = do_PUT = handle_any  # noqa: N815 - names of the library

        def _reply(self, fault: Fault | None, answer: tuple[int, Any, dict[str, str]] | None) -> None:
            if fault and not fault.status and not fault.cut:  # a reset, not an end
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                self.close_connection = True
                return
            status, data, headers = answer or (0, None, {})
            if fault and fault.status:
                status, data, headers = fault.status, {"message": "Fault"}, fault.headers
            raw = b"" if data is None else json.dumps(data).encode()
            self.send_response_only(status or 500)
            headers = {"Date": formatdate(usegmt=True), **headers, "Content-Length": str(len(raw))}
            if raw:
                headers["Content-Type"] = "application/json; charset=utf-8"
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(raw[: len(raw) // 2] if fault and fault.cut else raw)
            if fault and fault.cut:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    forge.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield forge
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
