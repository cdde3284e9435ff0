import path from 'node:path';
import { ReconcileError } from '../../model/errors.ts';
import { makeFingerprintKey, makeIdentity, makeLedgerKey, type MadeKey } from './make-key.ts';

export interface NewKeyRequest {
  /** Of the repository. */
  readonly root: string;
  readonly file: string | undefined;
  readonly now: Date;
}

export interface NewKey {
  readonly kind: string;
  readonly file: string;
  readonly publicPart: string;
  /** What was done and what comes next, for people. */
  readonly lines: readonly string[];
}

/** Makes a further key; those in use stay valid until organisation.yaml no longer names them. */
export async function makeNewKey(kind: string, { root, file: given, now }: NewKeyRequest): Promise<NewKey> {
  const { make, extension, steps } = kindOf(kind);
  const day = now.toISOString().slice(0, 10);
  const file = path.resolve(given ?? path.join(root, '..', `zivver-gitops-${day}.${extension}`));
  const { publicPart, line } = await make(file, root);
  return { kind, file, publicPart, lines: [line, ...steps(publicPart, now)] };
}

interface KeyKind {
  readonly make: (file: string, root: string) => Promise<MadeKey>;
  readonly extension: string;
  readonly steps: (publicPart: string, now: Date) => readonly string[];
}

/** The order matters: no plan may ever be sealed to an identity that the apply job does not hold. */
const KINDS: Readonly<Record<string, KeyKind>> = {
  identity: {
    make: makeIdentity,
    extension: 'age-identity',
    steps: (publicPart) => [
      'next      1. add its line to the secret ZIVVER_GITOPS_IDENTITY; the old one stays beside it',
      `          2. add ${publicPart} to secrets.recipients by pull request`,
      '          3. once every open plan is applied: take the old key out of secrets.recipients, then out of the secret',
    ],
  },
  fingerprint: {
    make: makeFingerprintKey,
    extension: 'fingerprint-key',
    steps: (publicPart) => [
      'next      1. store it as the secret ZIVVER_GITOPS_FINGERPRINT_KEY of the planner (and of drift)',
      `          2. set secrets.fingerprintKey: "${publicPart}" by pull request, with seal: [ssoKey, mobile]`,
      '          3. make a plan: it writes all fingerprints anew and changes nothing in Zivver',
    ],
  },
  ledger: {
    make: makeLedgerKey,
    extension: 'ledger-key',
    steps: (publicPart, now) => [
      'next      1. store it as the secret ZIVVER_GITOPS_LEDGER_KEY of the apply job, and nowhere else',
      '          2. add to organisation.yaml by pull request; from that moment every apply must be signed with it:',
      '             ledger:',
      '               keys:',
      `                 - key: ${publicPart}`,
      `                   from: ${now.toISOString().slice(0, 19)}Z`,
      '          3. a key that is replaced stays there, with "until:"; what it signed stays provable',
    ],
  },
};

function kindOf(name: string): KeyKind {
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (kind !== undefined) return kind;
  throw new ReconcileError('CLI_USAGE', `There is no kind of key named ${name}`, {
    remedy: `Choose one of: ${Object.keys(KINDS).join(', ')}.`,
  });
}
