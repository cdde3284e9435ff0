import type { RelayedAnswer } from './answer-relay.ts';

/** Any other id, of nobody. */
const NOBODY = '99999999-0000-4000-8000-000000000000';

type Json = Record<string, unknown>;
type Change = (answer: RelayedAnswer) => RelayedAnswer;

const text = (change: (body: string) => string): Change => {
  return (answer) => ({ ...answer, body: Buffer.from(change(answer.body.toString('utf8'))) });
};
const status = (code: number, body?: string): Change => {
  return (answer) => ({ ...answer, status: code, body: body === undefined ? answer.body : Buffer.from(body) });
};
/** Changes the account in the answer, or the first one of a list. */
const account = (change: (resource: Json) => unknown): Change =>
  text((body) => {
    const root = JSON.parse(body) as Json;
    const list = root['Resources'] as Json[] | undefined;
    const subject = list === undefined ? root : list[0];
    if (subject !== undefined) change(subject);
    return JSON.stringify(root);
  });
const extension = (change: (extension: Json) => unknown): Change =>
  account((resource) => {
    const name = Object.keys(resource).find((key) => /:zivver:0\.1:(User|Group)$/.test(key));
    if (name !== undefined) change(resource[name] as Json);
  });
const list = (change: (list: { Resources: Json[]; totalResults: unknown }) => object): Change =>
  text((body) => JSON.stringify(change(JSON.parse(body) as { Resources: Json[]; totalResults: unknown })));
const set = (name: string, value: unknown): Change => account((resource) => (resource[name] = value));

/** No answer of Zivver at all: refused wherever it comes. */
const BROKEN: Readonly<Record<string, Change>> = {
  'a page to sign in': (answer) => ({
    ...answer,
    headers: { 'content-type': 'text/html' },
    body: Buffer.from('<!doctype html><title>Sign in</title>'),
  }),
  nothing: text(() => ''),
  'a quarter of it': text((body) => body.slice(0, Math.ceil(body.length / 4))),
  'half of it': text((body) => body.slice(0, Math.ceil(body.length / 2))),
  'all but the end': text((body) => body.slice(0, -1)),
  'all but the beginning': text((body) => body.slice(1)),
  null: text(() => 'null'),
  'a list': text(() => '[]'),
  'an empty object': text(() => '{}'),
  'a truth': text(() => 'true'),
  'a word': text(() => '"ok"'),
  'a number': text(() => '0'),
  'a second document': text((body) => `${body}${body}`),
  'an error with 200': text(() => '{"code":500,"message":"Internal Server Error"}'),
  'another character set': (answer) => ({ ...answer, body: Buffer.concat([answer.body, Buffer.from([0xff])]) }),
  'status 202': status(202),
  'status 204': status(204, ''),
  'status 206': status(206),
  'status 301': status(301),
  'status 304': status(304, ''),
  'status 400': status(400, 'Unreadable'),
  'status 403': status(403, '{"code":403}'),
  'status 418': status(418),
  'no id': account((resource) => delete resource['id']),
  'an empty id': set('id', ''),
  'an id that is a number': set('id', 7),
  'an id that is no UUID': set('id', '../Users'),
  'no address': account((resource) => {
    delete resource['userName'];
    delete resource['externalId'];
  }),
};

/** An account that nobody can read, and of which everybody knows which it is: in a list it costs itself only. */
const MALFORMED: Readonly<Record<string, Change>> = {
  'no extension': account((resource) => {
    for (const key of Object.keys(resource)) if (/:zivver:/.test(key)) delete resource[key];
  }),
  'no aliases': extension((own) => delete own['aliases']),
  'aliases that are a text': extension((own) => (own['aliases'] = 'a@company.org')),
  'aliases that are null': extension((own) => (own['aliases'] = null)),
  'an alias that is an object': extension((own) => (own['aliases'] = [{ value: 'a@company.org' }])),
  'an external id that is a number': extension((own) => (own['ExternalAccountId'] = 12)),
};

/** Well-formed, and wrong: only for lists. */
const WRONG_LISTS: Readonly<Record<string, Change>> = {
  'one account more announced': list((all) => ({ ...all, totalResults: all.Resources.length + 1 })),
  'one account fewer announced': list((all) => ({ ...all, totalResults: all.Resources.length - 1 })),
  'a negative total': list((all) => ({ ...all, totalResults: -1 })),
  'a total that is a text': list((all) => ({ ...all, totalResults: String(all.Resources.length) })),
  'a total with a fraction': list((all) => ({ ...all, totalResults: all.Resources.length + 0.5 })),
  'no total': list(({ Resources }) => ({ Resources })),
  'no accounts but the total': list(({ totalResults }) => ({ Resources: [], totalResults: Number(totalResults) || 1 })),
  'accounts that are null': list(({ totalResults }) => ({ Resources: null, totalResults })),
  'accounts that are an object': list(({ totalResults }) => ({ Resources: {}, totalResults })),
  'an account that is null': list((all) => ({
    Resources: [...all.Resources, null],
    totalResults: all.Resources.length + 1,
  })),
  'an account twice': list(({ Resources }) => listOf([...Resources, Resources[0]!])),
  'an id twice': list(({ Resources }) =>
    listOf([...Resources, { ...Resources[0]!, userName: 'x@company.org', externalId: 'x@company.org' }]),
  ),
  'an id twice in other letters': list(({ Resources }) =>
    listOf([...Resources, { ...Resources[0]!, id: String(Resources[0]!['id']).toUpperCase() }]),
  ),
  'a wrapped list': list((all) => ({ data: all })),
};

/** Well-formed, and wrong: only for the answer to a write, which is that of the account. */
const WRONG_ACCOUNTS: Readonly<Record<string, Change>> = {
  'another content': account((resource) => {
    resource['name'] = { formatted: 'Somebody Else' };
    resource['displayName'] = 'Somebody Else';
    resource['active'] = resource['active'] !== true;
    resource['phoneNumbers'] = [{ value: '+31600000000' }];
    resource['members'] = [{ value: NOBODY }];
    for (const key of Object.keys(resource).filter((name) => /:zivver:/.test(name)))
      resource[key] = { aliases: ['z@company.org'], delegates: ['z@company.org'], ExternalAccountId: NOBODY };
  }),
  'another address': account((resource) => {
    resource['userName'] = 'somebody.else@company.org';
    resource['externalId'] = 'somebody.else@company.org';
    resource['id'] = NOBODY;
  }),
  'a list of it': text((body) => `{"Resources":[${body}],"totalResults":1}`),
  'an empty list': text(() => '{"Resources":[],"totalResults":0}'),
};

export const WRONG_ANSWERS_TO_READS = { ...BROKEN, ...WRONG_LISTS };
export const WRONG_ANSWERS_TO_WRITES = { ...BROKEN, ...MALFORMED, ...WRONG_ACCOUNTS };
export const MALFORMED_ACCOUNTS = MALFORMED;

function listOf(Resources: Json[]): object {
  return { Resources, totalResults: Resources.length };
}
