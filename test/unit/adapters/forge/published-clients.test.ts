import { expect, it, onTestFinished } from 'vitest';
import { openForge } from '../../../../src/adapters/forge/open-forge.ts';
import type { Exchange } from '../../../support/forge/api-description.ts';
import { exerciseForge } from '../../../support/forge/exercise-forge.ts';
import { FORGE_PLACES } from '../../../support/forge/forge-places.ts';
import { describeAzure, describeGitea, describeGitlab } from '../../../support/forge/published-clients.ts';
import { SETTINGS_STORIES } from '../../../support/forge/good-settings.ts';
import { recordExchanges } from '../../../support/forge/record-exchanges.ts';

/** Where each API lies, and its published client. */
const CLIENTS = {
  gitlab: { base: '/api/v4', client: describeGitlab() },
  forgejo: { base: '/api/v1', client: describeGitea() },
  azure: { base: '', client: describeAzure() },
} as const;

it.each(FORGE_PLACES)(
  'the stub of $kind is asked and answers what the published client of that forge knows',
  async (place) => {
    const stub = await place.start();
    const { base, client } = CLIENTS[place.kind];
    const recording = await recordExchanges(stub.url, base);
    onTestFinished(async () => {
      await recording.close();
      await stub.close();
    });
    const forge = await openForge(place.kind, place.environmentOf(recording.url), '1.0.0');
    await exerciseForge(forge, (number, commit) => {
      Object.assign(stub.memory.pull(number), { state: 'merged', mergeCommit: commit });
    });
    expect(recording.exchanges.length).toBeGreaterThan(15);
    expect([...new Set(recording.exchanges.flatMap((one) => client.faultsOf(one)))]).toEqual([]);
  },
);

/** Of Forgejo alone: gitea-js does not have it. */
const OF_FORGEJO = 'apply_to_admins';

it.each(SETTINGS_STORIES.filter(({ kind }) => kind !== 'azure'))(
  'the settings of $kind that the doctor reads are what the published client of that forge knows',
  ({ kind, api, answers }) => {
    const exchanges = [...answers()].map(([place, answer]): Exchange => {
      // @gitbeaker/core says of a project that its name is one part of the path.
      const path = place.slice(api.length).replace(/^\/projects\/city\/accounts/, '/projects/42');
      return { method: 'GET', path, query: [], body: undefined, status: 200, answer };
    });
    const faults = exchanges.flatMap((one) => CLIENTS[kind].client.faultsOf(one));
    expect(faults.filter((fault) => !fault.includes(OF_FORGEJO))).toEqual([]);
    expect(exchanges.length).toBeGreaterThan(3);
  },
);

it('a path, a parameter or a field that a forge does not have is found', () => {
  const asked: Exchange = {
    method: 'GET',
    path: '/repos/a/b/pulls',
    query: ['state'],
    body: undefined,
    status: 200,
    answer: [],
  };
  expect(CLIENTS.forgejo.client.faultsOf(asked)).toEqual([]);
  expect(CLIENTS.forgejo.client.faultsOf({ ...asked, path: '/repos/a/b/pullz' })).toHaveLength(1);
  expect(CLIENTS.forgejo.client.faultsOf({ ...asked, query: ['stat'] })).toHaveLength(1);
  expect(CLIENTS.forgejo.client.faultsOf({ ...asked, answer: [{ numbr: 1 }] })).toHaveLength(1);
  const lab = { ...asked, path: '/projects/42/merge_requests', query: ['target_branch'], answer: [{ iid: 1 }] };
  expect(CLIENTS.gitlab.client.faultsOf(lab)).toEqual([]);
  expect(CLIENTS.gitlab.client.faultsOf({ ...lab, path: '/projects/42/merge_request/7/note' })).toHaveLength(1);
  expect(CLIENTS.gitlab.client.faultsOf({ ...lab, query: ['target_brnch'], answer: [{ iidd: 1 }] })).toHaveLength(2);
  const azure = { ...asked, path: '/x', query: ['searchCriteria.targetRefName'], answer: { pullRequestId: 1 } };
  expect(CLIENTS.azure.client.faultsOf(azure)).toEqual([]);
  expect(
    CLIENTS.azure.client.faultsOf({ ...azure, query: ['searchCriterium'], answer: { pullRequstId: 1 } }),
  ).toHaveLength(2);
});
