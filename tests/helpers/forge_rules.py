"""What forges refuse, or leave aside, in a workflow though no schema says so.

``gitlab_faults`` and ``actions_faults`` give one sentence a fault. The sources of their rules:

- GitLab: ``lib/gitlab/ci/config/entry/`` of its code (``artifacts.rb``, ``cache.rb``, ``key.rb``,
  ``files.rb``, ``processable.rb``, ``job.rb``), which reads the file of a pipeline, and
  docs.gitlab.com/ci/yaml;
- GitHub: docs.github.com/actions (« Contexts », « Workflow syntax »), the code of actions/cache
  (``checkKey``) and of actions/upload-artifact (names);
- Forgejo: ``act/schema/workflow_schema.json`` of its runner; forgejo.org/docs/latest/user/actions.
"""

import re
from urllib.parse import unquote

# GitLab

NOT_JOBS = {
    "cache", "default", "image", "include", "services", "spec", "stages", "variables", "workflow",
    "before_script", "after_script",
}  # fmt: skip
STAGES = [".pre", "build", "test", "deploy", ".post"]
_EXPOSED = re.compile(r"[A-Za-z0-9_][-A-Za-z0-9_ ]*")
"""``\\A\\w[-\\w ]*\\z``: ``\\w`` is ASCII in Ruby."""
_DURATION = re.compile(r"(\d+ ?(second|sec|s|minute|min|m|hour|hr|h|day|d|week|w)s? ?)+|never")


def gitlab_jobs(flow):
    """The jobs of a ``.gitlab-ci.yml``, hidden ones left out."""
    return {
        str(name): job
        for name, job in flow.items()
        if name not in NOT_JOBS and not str(name).startswith(".")
    }


def gitlab_faults(flow):
    """What GitLab would refuse of the pipeline, which then does not start at all."""
    jobs, default = gitlab_jobs(flow), flow.get("default", {})
    found = [fault for name, job in jobs.items() for fault in _job_faults(name, job, flow)]
    found += [f"default: {fault}" for fault in (*_cache_faults(default), *_times(default))]
    return found


def _job_faults(name, job, flow):
    stages = [".pre", *flow["stages"], ".post"] if "stages" in flow else STAGES
    jobs = gitlab_jobs(flow)
    faults = [*_artifact_faults(job), *_cache_faults(job), *_times(job), *_rule_faults(job)]
    if len(name) > 255:
        faults.append("its name is longer than 255 characters")
    if job.get("stage", "test") not in stages:
        faults.append(f"stage « {job.get('stage')} » is not one of {stages}")
    needs = [one["job"] if isinstance(one, dict) else one for one in job.get("needs", [])]
    faults += [f"needs « {one} », which is no job" for one in needs if one not in jobs]
    if len(needs) > 50:
        faults.append("needs more than 50 jobs")
    artifacts = job.get("artifacts", {}).get("paths", [])
    if name == "pages" and "publish" not in str(job) and "public" not in artifacts:
        faults.append("GitLab Pages publishes the folder « public » of the artifacts")
    lines = job.get("script", [])
    faults += [f"no line of a shell: {one}" for one in lines if not isinstance(one, str)]
    return (f"{name}: {fault}" for fault in faults)


def _artifact_faults(job):
    artifacts = job.get("artifacts", {})
    paths, exposed = artifacts.get("paths", []), artifacts.get("expose_as")
    yield from (f"« {path} » is not below the project" for path in paths if _leaves(path))
    if exposed is None:
        return
    if not _EXPOSED.fullmatch(exposed) or len(exposed) > 100:
        yield f"expose_as « {exposed} »: at most 100 ASCII letters, digits, « - », « _ », spaces"
    if not paths or any("*" in path for path in paths):
        yield "expose_as asks for paths, without « * »"


def _leaves(path):
    return path.startswith(("/", "~")) or ".." in path.split("/")


def _cache_faults(job):
    kept = job.get("cache", [])
    caches = [kept] if isinstance(kept, dict) else kept
    if len(caches) > 4:
        yield "more than four caches"
    for cache in caches:
        key, paths = cache.get("key", "default"), cache.get("paths", [])
        if not paths:
            yield "a cache without paths keeps nothing"
        yield from (f"« {path} » is not below the project" for path in paths if _leaves(path))
        whole = isinstance(key, str)
        name = unquote(key if whole else key.get("prefix", ""))
        if "/" in name or name in (".", ".."):
            yield f"cache key « {name} »: neither « / », nor « . », nor « .. »"
        if not whole and not (key.keys() <= {"files", "prefix"} and 1 <= len(key["files"]) <= 2):
            yield f"cache key {key}: « files », one or two of them, and « prefix »"


def _times(job):
    times = [job.get("timeout"), job.get("artifacts", {}).get("expire_in")]
    for one in filter(None, times):
        if not _DURATION.fullmatch(one):
            yield f"« {one} » is no duration"


def _rule_faults(job):
    if "rules" in job and job.keys() & {"only", "except", "start_in"}:
        yield "rules do not go with only, except, start_in"
    for rule in job.get("rules", []):
        changes = rule.get("changes", [])
        if len(changes["paths"] if isinstance(changes, dict) else changes) > 50:
            yield "a rule looks at more than 50 patterns"


# GitHub and Forgejo

CONTEXTS = {
    "concurrency": {"github", "inputs", "vars"},
    "env": {"github", "secrets", "inputs", "vars"},
    "jobs.if": {"github", "needs", "vars", "inputs"},
    "jobs.env": {"github", "needs", "strategy", "matrix", "vars", "secrets", "inputs"},
    "jobs.outputs": {"github", "needs", "strategy", "matrix", "job", "runner", "env", "vars",
                     "secrets", "steps", "inputs"},
    "jobs.environment": {"github", "needs", "strategy", "matrix", "vars", "inputs", "steps", "job",
                         "runner", "env"},
    "jobs": {"github", "needs", "strategy", "matrix", "vars", "inputs"},
    "steps.if": {"github", "needs", "strategy", "matrix", "job", "runner", "env", "vars", "steps",
                 "inputs"},
    "steps": {"github", "needs", "strategy", "matrix", "job", "runner", "env", "vars", "secrets",
              "steps", "inputs"},
}  # fmt: skip
"""Which contexts an expression may read, by the place where it stands."""
FUNCTIONS = {"contains", "startsWith", "endsWith", "format", "join", "toJSON", "fromJSON"}
AT_THE_END = {"always", "cancelled", "failure", "success"}
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_TEXT = re.compile(r"'(?:[^']|'')*'")
_NAMES = re.compile(r"(?<![\w.\]-])([A-Za-z_][\w-]*)((?:\.[\w-]+)*)(\s*\()?")
_IDENTIFIER = re.compile(r"[A-Za-z_][\w-]*")
_CRON = re.compile(r"(\S+ ){4}\S+")
_NO_NAME = set('":<>|*?\r\n\\/')


def actions_faults(flow):
    """What GitHub or Forgejo would refuse of a workflow, or read as nothing."""
    jobs = flow["jobs"]
    faults = [*_read("concurrency", flow.get("concurrency", "")), *_read("env", flow.get("env"))]
    starts = flow[True] if isinstance(flow[True], dict) else dict.fromkeys(flow[True])
    lines = [line["cron"] for line in starts.get("schedule") or []]
    faults += [f"« {line} »: five fields" for line in lines if not _CRON.fullmatch(line)]
    inputs = (starts.get("workflow_dispatch") or {}).get("inputs", {})
    for name, job in jobs.items():
        faults += (f"{name}: {fault}" for fault in _actions_job(name, job, jobs, inputs))
    return faults


def _actions_job(name, job, jobs, inputs):
    needs = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
    if not _IDENTIFIER.fullmatch(name):
        yield "not the identifier of a job"
    yield from (f"needs « {one} », which is no job before it" for one in needs
                if one not in [*jobs][: [*jobs].index(name)])  # fmt: skip
    known = {
        "needs": {one: {"result", *_outputs(jobs[one])} for one in needs if one in jobs},
        "inputs": {one: set() for one in inputs},
        "matrix": {one: set() for one in job.get("strategy", {}).get("matrix", {})},
    }
    plain = {key: value for key, value in job.items() if key not in ("steps", "if", *_PLACES)}
    yield from _read("jobs.if", job.get("if"), known, bare=True)
    yield from _read("jobs", plain, known)
    for key, place in _PLACES.items():
        steps = {step["id"]: set() for step in job["steps"] if "id" in step}
        yield from _read(place, job.get(key), known | {"steps": steps})
    yield from _steps(job["steps"], known)


_PLACES = {"env": "jobs.env", "outputs": "jobs.outputs", "environment": "jobs.environment"}


def _outputs(job):
    return {f"outputs.{one}" for one in job.get("outputs", {})}


def _steps(steps, known):
    seen = {}
    for step in steps:
        here = known | {"steps": seen}
        yield from _read("steps.if", step.get("if"), here, bare=True)
        yield from _read("steps", {k: v for k, v in step.items() if k != "if"}, here)
        if step.get("id") in seen:
            yield f"two steps are « {step['id']} »"
        seen |= {step["id"]: set()} if "id" in step else {}
        use, given = step.get("uses", ""), step.get("with", {})
        if ("uses" in step) == ("run" in step):
            yield f"a step either uses an action or runs a script: {step}"
        key = _EXPRESSION.sub("", given.get("key", ""))
        if "actions/cache" in use and ("," in key or not 0 < len(given.get("key", "")) <= 512):
            yield f"cache key « {given.get('key')} »: from 1 to 512 characters, no comma"
        if "upload-artifact" in use and _NO_NAME & {*str(given.get("name", ""))}:
            yield f"« {given['name']} » is no name for an artifact"


def _read(place, value, known=None, *, bare=False):
    """The faults of the expressions in a value; ``bare``: the whole of it is one."""
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _read(place, one, known)
        return
    text = str(value) if isinstance(value, str) else ""
    whole = [text] if bare and "${{" not in text else _EXPRESSION.findall(text)
    for expression in whole:
        for name, path, call in _NAMES.findall(_TEXT.sub("''", expression)):
            fault = _name_fault(place, name, path.removeprefix("."), bool(call), known or {})
            if fault:
                yield f"{fault} ({place}: {expression.strip()})"


def _name_fault(place, name, path, call, known):
    if name in ("true", "false", "null"):
        return ""
    if call:
        allowed = FUNCTIONS | (AT_THE_END if place.endswith(".if") else set())
        allowed |= {"hashFiles"} if place.startswith("steps") else set()
        return "" if name in allowed else f"« {name}() » is no function here"
    if name not in CONTEXTS[place]:
        return f"« {name} » is not known here"
    if name not in known:
        return ""
    first, _, rest = path.partition(".")
    if first not in known[name]:
        return f"« {name}.{first} » is nothing that stands before"
    told = known[name][first]
    return f"« {name}.{path} » is never told" if told and rest not in told else ""


FORGEJO_KEYS = {
    "workflow": {"on", True, "name", "defaults", "env", "concurrency", "jobs",
                 "enable-email-notifications"},
    "job": {"needs", "if", "strategy", "name", "runs-on", "timeout-minutes", "container",
            "services", "env", "concurrency", "outputs", "defaults", "steps"},
    "step": {"name", "id", "if", "timeout-minutes", "run", "continue-on-error", "env",
             "working-directory", "shell", "uses", "with"},
}  # fmt: skip
"""The keys that Forgejo's runner knows, but for those that it reads and leaves aside:
``permissions``, ``environment``, ``run-name``: a right that one believes to have taken away would
still be given."""
FORGEJO_EVENTS = {"push", "pull_request", "schedule", "workflow_dispatch"}
"""Those of Forgejo that we have a use for; ``workflow_run`` is not one of its own."""


def forgejo_faults(flow):
    """What Forgejo would refuse or leave aside, beside ``actions_faults``."""
    faults = [f"« {key} »" for key in flow.keys() - FORGEJO_KEYS["workflow"]]
    faults += [f"on {event}" for event in flow[True].keys() - FORGEJO_EVENTS]
    for name, job in flow["jobs"].items():
        faults += [f"{name}: « {key} »" for key in job.keys() - FORGEJO_KEYS["job"]]
        keys = {key for step in job["steps"] for key in step} - FORGEJO_KEYS["step"]
        faults += [f"{name}: « {key} » of a step" for key in keys]
    return faults
