import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForge } from '../../../../src/adapters/forge/open-forge.ts';
import type { Forge } from '../../../../src/model/forge/forge.ts';
import { writeIssue, type Alarm } from '../../../../src/operations/proposal/issue.ts';
import { markOf, writeMarkedComment } from '../../../../src/operations/proposal/marked-comment.ts';
import { proposalMark } from '../../../../src/operations/proposal/pull-request-text.ts';
import {
  closeProposal,
  findProposals,
  showPlan,
  writeProposal,
} from '../../../../src/operations/proposal/write-proposal.ts';
import { FORGE_PLACES, TOKEN } from '../../../support/forge/forge-places.ts';
import { SOMEBODY, type ForgeStub } from '../../../support/forge/forge-memory.ts';
import { buildCreation, buildPlan, buildSuspension } from '../../../support/plan-builder.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

describe.each(FORGE_PLACES)('$kind', ({ kind, start, environmentOf, tokenSent }) => {
  let stub: ForgeStub;
  let forge: Forge;
  const plan = buildPlan({ changes: [buildSuspension('s.de.boer@hospital.example')] });
  const { organisation } = plan.body;

  beforeEach(async () => {
    stub = await start();
    forge = await openForge(undefined, environmentOf(stub.url), '1.0.0');
  });

  afterEach(async () => {
    expect([...stub.memory.tokens]).toEqual(stub.memory.tokens.size === 0 ? [] : [tokenSent]);
    await stub.close();
  });

  it('is known by the variables of its jobs', () => {
    expect(forge.kind).toBe(kind);
  });

  it('opens one pull request and brings it up to date in place', async () => {
    const write = async (): Promise<number> => {
      const { current } = await findProposals(forge, organisation, 'main');
      return writeProposal(forge, { plan, commit: COMMIT, base: 'main', current });
    };
    const number = await write();
    expect(await write()).toBe(number);
    expect(stub.memory.pulls).toHaveLength(1);
    const [pull] = stub.memory.pulls;
    expect(pull).toMatchObject({ branch: `zivver-gitops/plan-${organisation}`, base: 'main', state: 'open' });
    expect(pull?.body).toContain(proposalMark(organisation));
    expect(pull?.body).toContain(COMMIT);
    expect(pull?.comments.map(({ body }) => body)).toEqual([expect.stringContaining(plan.digest)]);
  });

  it('knows the pull request on the branch and others with its mark, never one from a fork or for another branch', async () => {
    const mark = proposalMark(organisation);
    const { memory } = stub;
    memory.addPull({ branch: `zivver-gitops/plan-${organisation}`, base: 'main', body: mark, isFork: true });
    memory.addPull({ branch: `zivver-gitops/plan-${organisation}`, base: 'main', body: 'rewritten by hand' });
    memory.addPull({ branch: 'older', base: 'main', body: `${mark}\ntext` });
    memory.addPull({ branch: 'older-too', base: 'trunk', body: mark });
    memory.addPull({ branch: 'closed', base: 'main', body: mark, state: 'closed' });
    const { current, others } = await findProposals(forge, organisation, 'main');
    expect(current?.number).toBe(2);
    expect(others.map(({ number }) => number)).toEqual([3]);
    await closeProposal(forge, others[0] ?? expect.fail(), 'Superseded by #2.');
    expect(memory.pulls[2]).toMatchObject({ state: 'closed', comments: [{ body: 'Superseded by #2.' }] });
  });

  it('reads every page of a list', async () => {
    for (let index = 0; index < 130; index += 1) stub.memory.addPull({ branch: `other-${index}`, base: 'main' });
    stub.memory.addPull({ branch: `zivver-gitops/plan-${organisation}`, base: 'main' });
    expect((await findProposals(forge, organisation, 'main')).current?.number).toBe(131);
  });

  it('shows a plan in one comment that it edits, and its risks as labels beside those of people', async () => {
    const pull = stub.memory.addPull({ branch: 'b', base: 'main', labels: ['urgent', 'zivver: deletes'] });
    if (kind === 'forgejo') stub.memory.labels.push('urgent', 'zivver: deletes');
    await showPlan(forge, 1, { plan, commit: COMMIT });
    expect(new Set(pull.labels)).toEqual(new Set(['urgent', 'zivver: suspends']));
    await showPlan(forge, 1, { plan: buildPlan({ changes: [buildCreation('n@hospital.example')] }), commit: COMMIT });
    expect(pull.comments).toHaveLength(1);
    expect(pull.comments[0]?.body).toContain('n@hospital.example');
    expect(new Set(pull.labels)).toEqual(new Set(['urgent', 'zivver: new accounts']));
  });

  it('never edits what a person wrote under our mark', async () => {
    const mark = markOf('review', organisation);
    const pull = stub.memory.addPull({ branch: 'b', base: 'main' });
    stub.memory.addComment(pull, SOMEBODY, `${mark}\nApproved by a stranger`);
    await writeMarkedComment(forge, 1, { mark, text: 'one' });
    await writeMarkedComment(forge, 1, { mark, text: 'two' });
    await writeMarkedComment(forge, 1, { mark, text: 'two' });
    expect(pull.comments.map(({ body }) => body)).toEqual([`${mark}\nApproved by a stranger`, `${mark}\ntwo`]);
    expect(stub.memory.writes).toHaveLength(2);
  });

  it('finds the merged pull request of a commit, and nothing for another commit', async () => {
    stub.memory.addPull({ branch: 'a', base: 'main', state: 'merged', mergeCommit: COMMIT });
    expect(await forge.findMerged(COMMIT)).toBe(1);
    expect(await forge.findMerged(COMMIT.replaceAll('0', 'f'))).toBeNull();
  });

  it('keeps one alarm of a kind, edits it in place and closes it when all is well', async () => {
    const drift: Alarm = { organisation: 'city', kind: 'drift', code: 50, text: '`a` <b>@team\n', runUrl: null };
    const name = kind === 'azure' ? 'work item' : 'issue';
    await writeIssue(forge, drift);
    await writeIssue(forge, { ...drift, text: 'other\n' });
    await writeIssue(forge, { ...drift, kind: 'ledger', code: 46 });
    await writeIssue(forge, { ...drift, organisation: 'town' });
    expect(stub.memory.alarms.map(({ title }) => title)).toEqual([
      'Zivver is not as approved: city',
      'The ledger cannot be verified: city',
      'Zivver is not as approved: town',
    ]);
    expect(stub.memory.alarms[0]?.body).toContain('other');
    expect(stub.memory.alarms[1]?.body).toContain(kind === 'azure' ? '&lt;b&gt;@team' : '```text\n`a` <b>@team\n```');
    await writeIssue(forge, { ...drift, code: 0 });
    expect(stub.memory.alarms.map(({ isOpen }) => isOpen)).toEqual([false, true, true]);
    expect(stub.memory.alarms[0]?.comments).toEqual(['All is well again.']);
    expect(await writeIssue(forge, { ...drift, code: 0 })).toBe(`All is well, and no ${name} is open.`);
  });

  it('that refuses is an error with a cure and without the token', async () => {
    const error: unknown = await forge.addComment(4711, 'text').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'PIPELINE_FORGE', problems: [{ what: 'status 404' }] });
    expect(JSON.stringify(error) + String(error)).not.toContain(TOKEN);
  });

  it('sends its token over https only, but for this computer', async () => {
    const environment = environmentOf('http://forge.hospital.example');
    await expect(openForge(kind, environment, '1.0.0')).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });

  it('refuses to start without the variables of a job', async () => {
    await expect(openForge(kind, {}, '1.0.0')).rejects.toMatchObject({ code: 'CLI_USAGE' });
  });
});

it('a forge that is not known is named with those that are', async () => {
  await expect(openForge('sourceforge', {}, '1.0.0')).rejects.toMatchObject({
    code: 'CLI_USAGE',
    remedy: 'Choose one of: github, gitlab, forgejo, azure.',
  });
});
