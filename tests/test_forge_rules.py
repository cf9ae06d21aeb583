"""The rules that workflows are judged by see what is wrong."""

import yaml

from doses import cases
from forge_rules import actions_faults, forgejo_faults, gitlab_faults

PIPELINE = """
stages: [publier]
pages:
  stage: publier
  script: [a]
  artifacts: {paths: [public]}
autre:
  stage: publier
  script: [a]
  when: always
"""
GITLAB = {
    "an accent": ("when: always", "artifacts: {expose_as: Aperçu, paths: [a]}"),
    "nothing exposed": ("when: always", "artifacts: {expose_as: Apercu}"),
    "any file exposed": ("when: always", 'artifacts: {expose_as: Apercu, paths: ["a*"]}'),
    "a folder elsewhere": ("when: always", "artifacts: {paths: [../a]}"),
    "a key that is a path": ("when: always", "cache: {key: a%2Fb, paths: [a]}"),
    "a key of three files": ("when: always", "cache: {key: {files: [a, b, c]}, paths: [a]}"),
    "five caches": ("when: always", f"cache: [{'{paths: [a]}, ' * 5}]"),
    "a cache of nothing": ("when: always", "cache: {key: a}"),
    "an unknown stage": ("autre:\n  stage: publier", "autre:\n  stage: publie"),
    "an unknown job": ("when: always", "needs: [troisieme]"),
    "no duration": ("when: always", "timeout: bientôt"),
    "two ways to start": ("when: always", "rules: [{if: $A}]\n  only: [main]"),
    "a line that is a mapping": ("script: [a]\n  when", "script: [{echo: b}]\n  when"),
    "a long name": ("autre:", f"{'a' * 256}:"),
    "no folder of pages": ("public]", "site]"),
}


def test_a_plain_pipeline_has_no_fault():
    assert gitlab_faults(yaml.safe_load(PIPELINE)) == []


@cases("case", GITLAB)
def test_what_gitlab_refuses_is_seen(case):
    before, after = GITLAB[case]
    assert before in PIPELINE
    faults = gitlab_faults(yaml.safe_load(PIPELINE.replace(before, after)))
    assert len(faults) == 1, faults


WORKFLOW = """
on:
  schedule: [{cron: "1 2 * * 3"}]
concurrency: a-${{ github.ref }}
jobs:
  un:
    if: vars.A == 'oui' && github.event_name != 'push'
    runs-on: docker
    outputs: {dit: "${{ steps.a.outputs.dit }}"}
    steps:
      - {id: a, run: echo}
      - {if: "steps.a.outputs.dit == 'x' && !cancelled()", run: echo}
      - {uses: actions/cache@v1, with: {path: a, key: "b-${{ hashFiles('c') }}"}}
  deux:
    needs: un
    runs-on: docker
    steps:
      - {run: echo, env: {DIT: "${{ needs.un.outputs.dit || 'rien' }}"}}
"""
ACTIONS = {
    "a secret decides whether a job starts": ("vars.A", "secrets.A"),
    "a group by a variable of the run": ("github.ref", "env.A"),
    "a step that comes later": ("{id: a, run: echo}", "{id: a, run: echo, if: steps.b.outcome}"),
    "an output of no step": ("steps.a.outputs.dit }}", "steps.z.outputs.dit }}"),
    "an output that the job does not give": ("needs.un.outputs.dit", "needs.un.outputs.autre"),
    "a job that is not waited for": ("needs.un.outputs", "needs.trois.outputs"),
    "a job that is not there": ("needs: un", "needs: [un, zero]"),
    "an unknown context": ("github.event_name", "gitub.event_name"),
    "an unknown function": ("!cancelled()", "!canceled()"),
    "a key with a comma": ("b-$", "b,$"),
    "six fields": ("1 2 * * 3", "0 1 2 * * 3"),
    "two steps of one name": ("{uses:", "{id: a, uses:"),
    "neither script nor action": ("{id: a, run: echo}", "{id: a}"),
}


def test_a_plain_workflow_has_no_fault():
    assert actions_faults(yaml.safe_load(WORKFLOW)) == []


@cases("case", ACTIONS)
def test_what_github_refuses_is_seen(case):
    before, after = ACTIONS[case]
    assert before in WORKFLOW
    faults = actions_faults(yaml.safe_load(WORKFLOW.replace(before, after)))
    assert len(faults) == 1, faults


@cases(
    "change",
    [
        lambda flow: flow.update(permissions={"contents": "read"}),
        lambda flow: flow[True].update(workflow_run={}),
        lambda flow: flow["jobs"]["un"].update(environment="lettre"),
        lambda flow: flow["jobs"]["un"]["steps"][0].update(uses_="x"),
    ],
)
def test_what_forgejo_leaves_aside_is_seen(change):
    flow = yaml.safe_load(WORKFLOW)
    assert forgejo_faults(flow) == []
    change(flow)
    assert len(forgejo_faults(flow)) == 1
