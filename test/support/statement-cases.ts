import type { SignatureInput, StatementFile } from '../../src/model/approval/judge-statements.ts';
import type { ApprovalClass, SignatureRule } from '../../src/model/approval/signature-rule.ts';
import type { Signer } from '../../src/model/approval/signers.ts';
import { formatStatement, type Statement, type StatementSubject } from '../../src/model/approval/statement.ts';
import type { Term } from '../../src/model/approval/term.ts';
import { wireString } from '../../src/model/approval/ssh-wire.ts';
import { KEY_KINDS, makeKey, signStatement, signText, type SigningOptions, type TestKey } from './ssh-key.ts';

const OTHER_DIGEST = `sha256:${'0'.repeat(64)}`;
/** When the plan of the cases was made, and when most of its statements were. */
export const PLAN_OF_CASES = '2026-11-23T10:15:00.000Z';
export const MOMENT_OF_CASES = '2026-11-23T12:00:00.000Z';
const NOW = '2026-11-23T13:00:00.000Z';
const [RITA_KEY, RITA_SECOND, KOEN_KEY, ANNA_KEY, NOBODY_KEY] = [1, 2, 3, 4, 5].map(() => makeKey('ssh-ed25519')) as [
  TestKey,
  TestKey,
  TestKey,
  TestKey,
  TestKey,
];
const RSA_KEY = makeKey('ssh-rsa');
const SECURITY_KEYS = [makeKey('sk-ssh-ed25519@openssh.com'), makeKey('sk-ecdsa-sha2-nistp256@openssh.com')] as const;

const rita = person('Rita Roos', RITA_KEY, RITA_SECOND);
const koen = { ...person('Koen Kok', KOEN_KEY), role: 'security-officer' };
const anna = { ...person('Anna Aal', ANNA_KEY), otherAddresses: ['anna@users.example'] };
const BOT = { name: 'zivver-gitops', address: 'bot@hospital.example' };

function person(name: string, ...keys: readonly TestKey[]): Signer {
  const address = `${name.split(' ')[0]?.toLowerCase()}@hospital.example`;
  return { name, address, keys: keys.map(({ line }) => ({ key: line })) };
}

export interface StatementCase {
  readonly files?: readonly StatementFile[];
  readonly signers?: readonly Signer[];
  /** Left out: as `signers`. */
  readonly current?: readonly Signer[];
  readonly authors?: SignatureInput['plan']['authors'];
  readonly rule?: Partial<SignatureRule>;
  readonly classes?: readonly ApprovalClass[];
  /** Left out: an hour after the statements. */
  readonly now?: string;
}

export interface StatementCases {
  readonly approved: readonly (readonly [string, StatementCase])[];
  /** With what is said of it. */
  readonly refused: readonly (readonly [string, StatementCase, RegExp])[];
  /** Rita with both of her keys, and Koen. */
  readonly twice: StatementCase;
  /** When each is judged that does not say so itself. */
  readonly now: string;
}

/** A case with nothing left out. */
export function completeCase(
  given: StatementCase,
): Required<Omit<StatementCase, 'rule' | 'now'>> & { rule: SignatureRule } {
  const { files = [], signers = [rita, koen, anna], authors = [BOT], rule, classes = [] } = given;
  return {
    files,
    signers,
    current: given.current ?? signers,
    authors,
    classes,
    rule: { minimum: 1, rules: [], ...rule },
  };
}

type Bounds = readonly [from: string | undefined, until: string | undefined];

/**
 * The decision table, told of this plan. `shiftMs`: how much later it was made than
 * `PLAN_OF_CASES`.
 */
export function buildStatementCases(subject: StatementSubject, shiftMs = 0): StatementCases {
  const later = (at: string): string =>
    Number.isNaN(Date.parse(at)) ? at : new Date(Date.parse(at) + shiftMs).toISOString();
  /** Keys have whole seconds. */
  const second = (at: string | undefined): string | undefined =>
    at === undefined || shiftMs === 0 ? at : later(at).replace(/\.\d+/, '');
  const termOf = ([from, until]: Bounds): Term => ({
    ...(from !== undefined && { from: second(from) ?? '' }),
    ...(until !== undefined && { until: second(until) ?? '' }),
  });
  function say(decision: Statement['decision'], over: Partial<Statement> = {}): Statement {
    return {
      schema: 'zivver-gitops.statement/1',
      ...subject,
      decision,
      remark: '',
      ...over,
      at: later(over.at ?? MOMENT_OF_CASES),
    };
  }

  function file(
    key: TestKey,
    statement = say('approve'),
    options: SigningOptions & { isCurrent?: boolean } = {},
  ): StatementFile {
    return {
      path: `approvals/${key.fingerprint}.json`,
      fingerprint: key.fingerprint,
      text: signStatement(key, statement, options),
      isCurrent: options.isCurrent ?? true,
    };
  }

  const ROLE = { rules: [{ for: ['deletion', 'mailAccess'], minimum: 1, role: 'security-officer' }] } as const;
  const MORE = { rules: [{ for: ['ssoKey'], minimum: 2, role: null }] } as const;
  const rejectThen = (then: Statement): StatementFile[] => [
    file(RITA_KEY, say('reject', { at: '2026-11-23T11:00:00.000Z' }), { isCurrent: false }),
    file(RITA_KEY, then),
  ];
  const between = (...term: Bounds): Signer => ({ ...rita, keys: [{ key: RITA_KEY.line, ...termOf(term) }] });
  const personBetween = (...term: Bounds): Signer => ({ ...rita, ...termOf(term) });
  const holder = (key: TestKey): Signer => person('Rita Roos', key);
  const edited = (change: (text: string) => string): StatementFile => {
    const one = file(RITA_KEY);
    return { ...one, text: change(one.text) };
  };

  /** The file of one statement with the signature over another. */
  function exchange(signed: Statement, shown: Statement, key = RITA_KEY): StatementFile {
    const signature = JSON.stringify(signText(key, formatStatement(signed)));
    const one = file(key, shown);
    return { ...one, text: one.text.replace(/"signature":"[^"]*"/, () => `"signature":${signature}`) };
  }

  function garbled(bytes: Buffer): StatementFile {
    const armored = `-----BEGIN SSH SIGNATURE-----\n${bytes.toString('base64')}\n-----END SSH SIGNATURE-----\n`;
    return edited((text) => text.replace(/"signature":"[^"]*"/, () => `"signature":${JSON.stringify(armored)}`));
  }

  function relabel(key: TestKey, from: string, to: string): StatementFile {
    const armored = signText(key, formatStatement(say('approve')), { algorithm: from });
    const bytes = Buffer.from(armored.split('\n').slice(1, -2).join(''), 'base64');
    const at = bytes.lastIndexOf(from);
    bytes.write(to, at, 'latin1');
    const body =
      bytes
        .toString('base64')
        .match(/.{1,70}/g)
        ?.join('\n') ?? '';
    const signature = JSON.stringify(`-----BEGIN SSH SIGNATURE-----\n${body}\n-----END SSH SIGNATURE-----\n`);
    const one = file(key);
    return { ...one, text: one.text.replace(/"signature":"[^"]*"/, () => `"signature":${signature}`) };
  }

  const approved: StatementCases['approved'] = [
    ['one signature of one that is needed', { files: [file(RITA_KEY)] }],
    ['two people of two', { files: [file(RITA_KEY), file(KOEN_KEY)], rule: { minimum: 2 } }],
    ['three people of two', { files: [file(RITA_KEY), file(KOEN_KEY), file(ANNA_KEY)], rule: { minimum: 2 } }],
    ['two keys of one person, who is enough', { files: [file(RITA_KEY), file(RITA_SECOND)] }],
    [
      'a signature by somebody who is not listed, beside one that is enough',
      { files: [file(RITA_KEY), file(NOBODY_KEY)] },
    ],
    [
      'a signature by the author, beside one that is enough',
      { files: [file(RITA_KEY), file(ANNA_KEY)], authors: [BOT, anna] },
    ],
    ['an approval after a rejection by the same person', { files: rejectThen(say('approve')) }],
    [
      'an approval after a rejection by the same person with another key',
      { files: [file(RITA_SECOND, say('reject', { at: '2026-11-23T11:59:59.999Z' })), file(RITA_KEY)] },
    ],
    ['a remark', { files: [file(RITA_KEY, say('approve', { remark: 'Gezien, akkoord: “drie” vertrekkers' }))] }],
    ['a rejection of somebody who is not listed', { files: [file(RITA_KEY), file(NOBODY_KEY, say('reject'))] }],
    ['a rejection of another plan', { files: [file(RITA_KEY), file(KOEN_KEY, say('reject', { plan: OTHER_DIGEST }))] }],
    [
      'a rejection with a key that had ended',
      {
        files: [file(RITA_KEY), file(KOEN_KEY, say('reject'))],
        signers: [rita, { ...koen, ...termOf([undefined, '2026-11-01']) }],
      },
    ],
    [
      'the first moment of the key',
      { files: [file(RITA_KEY)], signers: [between(MOMENT_OF_CASES.replace('.000', ''), undefined)] },
    ],
    ['the last second of the key', { files: [file(RITA_KEY)], signers: [between(undefined, '2026-11-23T12:00:01Z')] }],
    [
      'a key that ended after the decision',
      { files: [file(RITA_KEY)], signers: [between(undefined, '2026-11-23T12:30:00Z')] },
    ],
    [
      'the first moment of the person',
      { files: [file(RITA_KEY)], signers: [personBetween('2026-11-23T12:00:00Z', undefined)] },
    ],
    ['days as bounds', { files: [file(RITA_KEY)], signers: [between('2026-11-23', '2026-11-24')] }],
    [
      'five minutes before the plan was made, by another clock',
      { files: [file(RITA_KEY, say('approve', { at: '2026-11-23T10:10:00.000Z' }))] },
    ],
    [
      'five minutes ahead, by another clock',
      { files: [file(RITA_KEY, say('approve', { at: '2026-11-23T13:05:00.000Z' }))] },
    ],
    [
      'the last moment before the plan expires',
      {
        files: [file(RITA_KEY, say('approve', { at: '2026-11-26T10:14:59.999Z' }))],
        now: later('2026-11-26T10:15:00.000Z'),
      },
    ],
    ['the role that deletions need', { files: [file(KOEN_KEY)], rule: ROLE, classes: ['deletion'] }],
    [
      'the role that access to mail needs, beside another person',
      { files: [file(KOEN_KEY), file(RITA_KEY)], rule: ROLE, classes: ['mailAccess'] },
    ],
    [
      'no role where the plan does nothing that needs it',
      { files: [file(RITA_KEY)], rule: ROLE, classes: ['ssoKey', 'unexplained'] },
    ],
    ['two people where keys need two', { files: [file(KOEN_KEY), file(RITA_KEY)], rule: MORE, classes: ['ssoKey'] }],
    ['one person where the plan writes no keys', { files: [file(KOEN_KEY)], rule: MORE, classes: ['deletion'] }],
    [
      'a broken file that the branch no longer has',
      { files: [file(RITA_KEY), { ...file(KOEN_KEY), text: '{}', isCurrent: false }] },
    ],
    ['no author at all', { files: [file(RITA_KEY)], authors: [] }],
    ['hashed with SHA-256', { files: [file(RITA_KEY, say('approve'), { hash: 'sha256' })] }],
    [
      'RSA with SHA-256',
      { files: [file(RSA_KEY, say('approve'), { algorithm: 'rsa-sha2-256' })], signers: [holder(RSA_KEY)] },
    ],
    [
      'RSA with SHA-512',
      { files: [file(RSA_KEY, say('approve'), { algorithm: 'rsa-sha2-512' })], signers: [holder(RSA_KEY)] },
    ],
    ...KEY_KINDS.map((kind) => {
      const key = makeKey(kind);
      return [`a key of the kind ${kind}`, { files: [file(key)], signers: [holder(key)] }] as const;
    }),
    ...SECURITY_KEYS.map(
      (key) =>
        [
          `${key.kind} with a PIN too`,
          { files: [file(key, say('approve'), { flags: 5 })], signers: [holder(key)] },
        ] as const,
    ),
  ];

  const refused: StatementCases['refused'] = [
    ['nothing signed', {}, /has 0 of 1 signatures/],
    ['one of two', { files: [file(RITA_KEY)], rule: { minimum: 2 } }, /has 1 of 2/],
    ['two keys of one person', { files: [file(RITA_KEY), file(RITA_SECOND)], rule: { minimum: 2 } }, /has 1 of 2/],
    ['nobody is listed', { files: [file(RITA_KEY)], signers: [] }, /did not list/],
    ['a key that is not listed', { files: [file(NOBODY_KEY)] }, /did not list/],
    [
      'the author alone, by address',
      { files: [file(ANNA_KEY)], authors: [{ name: 'A', address: 'ANNA@hospital.example' }] },
      /cannot approve it/,
    ],
    [
      'the author alone, by another address',
      { files: [file(ANNA_KEY)], authors: [{ name: 'A', address: 'anna@users.example' }] },
      /cannot approve it/,
    ],
    [
      'the author alone, by name',
      { files: [file(ANNA_KEY)], authors: [{ name: 'anna  AAL', address: 'private@mail.example' }] },
      /cannot approve it/,
    ],
    [
      'the committer alone',
      { files: [file(ANNA_KEY)], authors: [BOT, { name: 'x', address: 'anna@hospital.example' }] },
      /cannot approve it/,
    ],
    [
      'one of two, the other is the author',
      { files: [file(RITA_KEY), file(ANNA_KEY)], authors: [anna], rule: { minimum: 2 } },
      /has 1 of 2/,
    ],
    [
      'the planner’s own key',
      { files: [file(NOBODY_KEY)], signers: [{ ...BOT, keys: [{ key: NOBODY_KEY.line }] }] },
      /cannot approve it/,
    ],
    [
      'a key that had expired',
      { files: [file(RITA_KEY)], signers: [between(undefined, '2026-11-23')] },
      /not in force/,
    ],
    [
      'the moment the key ends',
      { files: [file(RITA_KEY)], signers: [between(undefined, '2026-11-23T12:00:00Z')] },
      /not in force/,
    ],
    [
      'a key that is not yet valid',
      { files: [file(RITA_KEY)], signers: [between('2026-11-24', undefined)] },
      /not in force/,
    ],
    [
      'a second before the key begins',
      { files: [file(RITA_KEY)], signers: [between('2026-11-23T12:00:01Z', undefined)] },
      /not in force/,
    ],
    [
      'a person who had left',
      { files: [file(RITA_KEY)], signers: [personBetween(undefined, '2026-11-01')] },
      /not in force/,
    ],
    [
      'a person who has not begun',
      { files: [file(RITA_KEY)], signers: [personBetween('2026-12-01', undefined)] },
      /not in force/,
    ],
    [
      'a key that was revoked since the merge',
      { files: [file(RITA_KEY)], signers: [rita], current: [between(undefined, '2026-11-20')] },
      /not in force/,
    ],
    [
      'a key that was taken away since the merge',
      { files: [file(RITA_KEY)], signers: [rita], current: [koen] },
      /lists no longer/,
    ],
    [
      'a signer who came with the plan',
      { files: [file(RITA_KEY)], signers: [koen], current: [koen, rita] },
      /did not list/,
    ],
    [
      'a key that came with the plan',
      { files: [file(RITA_SECOND)], signers: [person('Rita Roos', RITA_KEY)], current: [rita] },
      /did not list/,
    ],
    ['another plan', { files: [file(RITA_KEY, say('approve', { plan: OTHER_DIGEST }))] }, /another plan than/],
    ['another plan.md', { files: [file(RITA_KEY, say('approve', { review: OTHER_DIGEST }))] }, /another plan\.md/],
    [
      'another ledger head',
      { files: [file(RITA_KEY, say('approve', { ledgerHead: OTHER_DIGEST }))] },
      /another state of the ledger/,
    ],
    ['another number', { files: [file(RITA_KEY, say('approve', { sequence: 11 }))] }, /another number/],
    [
      'another organisation',
      { files: [file(RITA_KEY, say('approve', { organisation: 'law-firm' }))] },
      /another organisation/,
    ],
    [
      'another ledger',
      { files: [file(RITA_KEY, say('approve', { lineage: '6f0e8a9c-3a9b-4c1e-9c57-0b6b2f6f3a11' }))] },
      /another ledger/,
    ],
    [
      'a statement about an older plan',
      { files: [file(RITA_KEY, say('approve', { sequence: 11, plan: OTHER_DIGEST, at: '2026-11-20T12:00:00.000Z' }))] },
      /another number/,
    ],
    [
      'of before the plan was made',
      { files: [file(RITA_KEY, say('approve', { at: '2026-11-23T10:09:59.999Z' }))] },
      /before the plan was made/,
    ],
    [
      'of more than five minutes ahead',
      { files: [file(RITA_KEY, say('approve', { at: '2026-11-23T13:05:00.001Z' }))] },
      /has not come yet/,
    ],
    [
      'of the moment the plan expired',
      {
        files: [file(RITA_KEY, say('approve', { at: '2026-11-26T10:15:00.000Z' }))],
        now: later('2026-11-26T10:15:00.000Z'),
      },
      /had expired/,
    ],
    [
      'of a moment that never was',
      { files: [file(RITA_KEY, say('approve', { at: '2026-13-23T10:15:00.000Z' }))] },
      /not in force|never was/,
    ],
    ['a rejection', { files: [file(RITA_KEY, say('reject'))] }, /Rita Roos rejects/],
    [
      'a rejection beside enough approvals',
      { files: [file(RITA_KEY), file(KOEN_KEY, say('reject'))] },
      /Koen Kok rejects/,
    ],
    [
      'a rejection by the author',
      { files: [file(RITA_KEY), file(ANNA_KEY, say('reject'))], authors: [anna] },
      /Anna Aal rejects/,
    ],
    [
      'rejected after approved',
      {
        files: [
          file(RITA_KEY, say('approve', { at: '2026-11-23T11:00:00.000Z' }), { isCurrent: false }),
          file(RITA_KEY, say('reject')),
        ],
      },
      /rejects/,
    ],
    [
      'rejected with the other key after approved',
      { files: [file(RITA_KEY), file(RITA_SECOND, say('reject', { at: '2026-11-23T12:00:00.001Z' }))] },
      /rejects/,
    ],
    ['rejected in the same moment', { files: [file(RITA_KEY), file(RITA_SECOND, say('reject'))] }, /rejects/],
    [
      'rejected in the same moment, told in the other order',
      { files: [file(RITA_SECOND, say('reject')), file(RITA_KEY)] },
      /rejects/,
    ],
    [
      'a rejection that was deleted from the branch',
      { files: [file(RITA_KEY), file(KOEN_KEY, say('reject'), { isCurrent: false })] },
      /Koen Kok rejects/,
    ],
    [
      'the older approval put back over a rejection',
      {
        files: [
          file(RITA_KEY, say('reject', { at: '2026-11-23T12:30:00.000Z' }), { isCurrent: false }),
          file(RITA_KEY),
        ],
      },
      /rejects/,
    ],
    [
      'a rejection with a clock far ahead',
      { files: [file(RITA_KEY), file(KOEN_KEY, say('reject', { at: '2027-01-01T00:00:00.000Z' }))] },
      /rejects/,
    ],
    [
      'a rejection with a clock far behind',
      { files: [file(RITA_KEY), file(KOEN_KEY, say('reject', { at: '2020-01-01T00:00:00.000Z' }))] },
      /rejects/,
    ],
    [
      'an approval from the future over a rejection',
      { files: [file(RITA_KEY, say('reject')), file(RITA_SECOND, say('approve', { at: '2026-11-25T00:00:00.000Z' }))] },
      /rejects/,
    ],
    [
      'no role for deletions',
      { files: [file(RITA_KEY)], rule: ROLE, classes: ['deletion'] },
      /with the role security-officer that are needed for deletions/,
    ],
    [
      'no role for access to mail',
      { files: [file(RITA_KEY), file(ANNA_KEY)], rule: ROLE, classes: ['mailAccess'] },
      /access to other people/,
    ],
    [
      'no role for both',
      { files: [file(RITA_KEY)], rule: ROLE, classes: ['mailAccess', 'deletion'] },
      /deletions and access/,
    ],
    [
      'another role',
      { files: [file(KOEN_KEY)], signers: [{ ...koen, role: 'manager' }], rule: ROLE, classes: ['deletion'] },
      /has 0 of 1 signatures by people with the role/,
    ],
    [
      'the role is the author’s',
      { files: [file(KOEN_KEY), file(RITA_KEY)], authors: [koen], rule: ROLE, classes: ['deletion'] },
      /has 0 of 1 signatures by people with the role/,
    ],
    [
      'one person where keys need two',
      { files: [file(KOEN_KEY)], rule: MORE, classes: ['ssoKey'] },
      /has 1 of 2 signatures that are needed for single sign-on/,
    ],
    [
      'two keys of one person where keys need two',
      { files: [file(RITA_KEY), file(RITA_SECOND)], rule: MORE, classes: ['ssoKey'] },
      /has 1 of 2/,
    ],
    [
      'the role suffices, the number does not',
      { files: [file(KOEN_KEY)], rule: { ...ROLE, minimum: 2 }, classes: ['deletion'] },
      /has 1 of 2 signatures that count/,
    ],
    ['another namespace', { files: [file(RITA_KEY, say('approve'), { namespace: 'git' })] }, /another use/],
    [
      'a namespace of another case',
      { files: [file(RITA_KEY, say('approve'), { namespace: 'Approval@zivver-gitops' })] },
      /another use/,
    ],
    [
      'the namespace with a NUL',
      { files: [file(RITA_KEY, say('approve'), { namespace: 'approval@zivver-gitops\0' })] },
      /not ASCII/,
    ],
    ['no namespace', { files: [file(RITA_KEY, say('approve'), { namespace: '' })] }, /another use/],
    ['the namespace of files', { files: [file(RITA_KEY, say('approve'), { namespace: 'file' })] }, /another use/],
    [
      'RSA with SHA-1',
      { files: [file(RSA_KEY, say('approve'), { algorithm: 'ssh-rsa' })], signers: [holder(RSA_KEY)] },
      /kind ssh-rsa, which does not count/,
    ],
    [
      'RSA that says another hash than it used',
      { files: [relabel(RSA_KEY, 'rsa-sha2-512', 'rsa-sha2-256')], signers: [holder(RSA_KEY)] },
      /not by this key/,
    ],
    ['an unknown algorithm', { files: [file(RITA_KEY, say('approve'), { algorithm: 'ssh-dss' })] }, /kind ssh-dss/],
    [
      'the algorithm of another key',
      { files: [file(RITA_KEY, say('approve'), { algorithm: 'sk-ssh-ed25519@openssh.com' })] },
      /does not count for a key/,
    ],
    ['an unknown hash', { files: [file(RITA_KEY, say('approve'), { hash: 'sha1' })] }, /hash sha1/],
    ['an empty hash', { files: [file(RITA_KEY, say('approve'), { hash: '' })] }, /hash , which/],
    [
      'a security key that was not touched',
      { files: [file(SECURITY_KEYS[0], say('approve'), { flags: 0 })], signers: [holder(SECURITY_KEYS[0])] },
      /without touching/,
    ],
    [
      'a security key with a PIN but not touched',
      { files: [file(SECURITY_KEYS[1], say('approve'), { flags: 4 })], signers: [holder(SECURITY_KEYS[1])] },
      /without touching/,
    ],
    ['another version', { files: [file(RITA_KEY, say('approve'), { version: 2 })] }, /another version/],
    ['another magic', { files: [file(RITA_KEY, say('approve'), { magic: 'SSHSIX' })] }, /not an SSH signature/],
    ['a reserved field in use', { files: [file(RITA_KEY, say('approve'), { reserved: 'x' })] }, /reserved/],
    [
      'bytes after the signature',
      { files: [file(RITA_KEY, say('approve'), { more: Buffer.from([0]) })] },
      /goes on after its end/,
    ],
    [
      'a listed key claimed by another one',
      { files: [{ ...file(NOBODY_KEY, say('approve'), { blob: RITA_KEY.blob }), fingerprint: RITA_KEY.fingerprint }] },
      /not by this key/,
    ],
    [
      'a file named after another key',
      { files: [{ ...file(NOBODY_KEY), fingerprint: RITA_KEY.fingerprint }] },
      /named after another key/,
    ],
    [
      'a signature over another statement',
      { files: [exchange(say('approve'), say('approve', { remark: 'x' }))] },
      /not by this key/,
    ],
    ['an approval made of a rejection', { files: [exchange(say('reject'), say('approve'))] }, /not by this key/],
    [
      'a later moment put into it',
      { files: [exchange(say('approve', { at: '2026-11-23T09:00:00.000Z' }), say('approve'))] },
      /not by this key/,
    ],
    ['an empty file', { files: [edited(() => '')] }, /canonical form/],
    ['not JSON', { files: [edited(() => 'approve\n')] }, /canonical form/],
    ['JSON null', { files: [edited(() => 'null\n')] }, /canonical form/],
    ['no line break at the end', { files: [edited((text) => text.trimEnd())] }, /canonical form/],
    ['a space in it', { files: [edited((text) => text.replace('{', '{ '))] }, /canonical form/],
    ['a key more', { files: [edited((text) => text.replace('{"schema"', '{"more":1,"schema"'))] }, /canonical form/],
    [
      'a key twice',
      { files: [edited((text) => text.replace('"decision":"approve"', '"decision":"reject","decision":"approve"'))] },
      /canonical form/,
    ],
    ['another schema', { files: [edited((text) => text.replace('approval/1', 'approval/2'))] }, /canonical form/],
    [
      'a decision that is none',
      { files: [edited((text) => text.replace('"approve"', '"approved"'))] },
      /canonical form/,
    ],
    [
      'CRLF in the signature',
      { files: [edited((text) => text.replaceAll('\\n', '\\r\\n'))] },
      /as ssh-keygen writes it/,
    ],
    [
      'a signature on one line',
      {
        files: [
          edited((text) =>
            text.replace(/(?<=SIGNATURE-----\\n)(.*?)(?=\\n-----END)/, (body) => body.replaceAll('\\n', '')),
          ),
        ],
      },
      /as ssh-keygen writes it/,
    ],
    [
      'text before the signature',
      { files: [edited((text) => text.replace('-----BEGIN', 'x\\n-----BEGIN'))] },
      /as ssh-keygen writes it/,
    ],
    [
      'no signature',
      { files: [edited((text) => text.replace(/"signature":"[^"]*"/, '"signature":""'))] },
      /as ssh-keygen writes it/,
    ],
    ['a signature of nothing', { files: [garbled(Buffer.alloc(0))] }, /as ssh-keygen writes it|ends too early/],
    [
      'a signature cut short',
      { files: [garbled(Buffer.from('SSHSIG\0\0\0\x01\0\0\0\x33', 'latin1'))] },
      /ends too early/,
    ],
    [
      'a certificate',
      {
        files: [
          file(RITA_KEY, say('approve'), {
            blob: Buffer.concat([wireString('ssh-ed25519-cert-v01@openssh.com'), wireString('x')]),
          }),
        ],
      },
      /which does not count/,
    ],
    [
      'a key that is too short',
      {
        files: [file(RITA_KEY, say('approve'), { blob: Buffer.concat([wireString('ssh-ed25519'), wireString('x')]) })],
      },
      /not as long/,
    ],
    [
      'a broken file beside enough approvals',
      { files: [file(RITA_KEY), { ...file(KOEN_KEY), text: '{}' }] },
      /canonical form/,
    ],
    [
      'a bad signature beside enough approvals',
      { files: [file(RITA_KEY), { ...exchange(say('reject'), say('approve'), KOEN_KEY) }] },
      /not by this key/,
    ],
  ];

  const laterOne = say('approve', { at: '2026-11-23T12:30:00.000Z' });
  const twice = { files: [file(RITA_KEY), file(RITA_SECOND, laterOne), file(KOEN_KEY)] };
  return { approved, refused, twice, now: later(NOW) };
}
