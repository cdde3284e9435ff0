import { generateIdentity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { ReconcileError } from '../../../../src/model/errors.ts';
import { NO_SECRETS, sealSecrets, unsealSecrets, type PlanSecrets } from '../../../../src/adapters/secrets/seal.ts';

const SECRETS: PlanSecrets = {
  ssoKeys: new Map([
    ['0123456789', 'etpGAvXV3UuL5p49XaJ8kw=='],
    ['abcdef0123', 'CANARY-é'],
  ]),
  accountKeys: new Map([['abcdef0123', 'employee 7']]),
  mobiles: { fingerprintKey: 'a'.repeat(64), numbers: new Map([['+31 6 •••• ••99 sealed', '+31612345699']]) },
};
const VALUES = [...SECRETS.ssoKeys.values(), ...(SECRETS.mobiles?.numbers.values() ?? []), 'a'.repeat(64)];

async function pair(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateIdentity();
  return { identity, recipient: await identityToRecipient(identity) };
}

async function refusalOf(sealed: string, identity: string): Promise<ReconcileError> {
  try {
    await unsealSecrets(sealed, identity);
  } catch (error) {
    if (error instanceof ReconcileError) return error;
  }
  throw new Error('was not refused');
}

const NONE = NO_SECRETS;

describe('sealed secrets', () => {
  it('are opened by the identity of each recipient, and only then readable', async () => {
    const [one, other] = [await pair(), await pair()];
    const sealed = await sealSecrets(SECRETS, [one.recipient, other.recipient]);
    expect(sealed).toMatch(/^[A-Za-z0-9+/=]+$/);
    for (const secret of VALUES) expect(Buffer.from(sealed, 'base64').includes(secret)).toBe(false);
    for (const { identity } of [one, other]) expect(await unsealSecrets(sealed, identity)).toEqual(SECRETS);
  });

  it('are opened with the file that age-keygen writes', async () => {
    const { identity, recipient } = await pair();
    const file = `# created: 2026-11-23\r\n# public key: ${recipient}\r\n${identity}\r\n`;
    expect(await unsealSecrets(await sealSecrets(SECRETS, [recipient]), file)).toEqual(SECRETS);
  });

  it('may be none', async () => {
    const { identity, recipient } = await pair();
    expect(await unsealSecrets(await sealSecrets(NONE, [recipient]), identity)).toEqual(NONE);
  });

  it('stay closed to everybody else, and the refusal tells nothing', async () => {
    const [owner, thief] = [await pair(), await pair()];
    const sealed = await sealSecrets(SECRETS, [owner.recipient]);
    const bytes = Buffer.from(sealed, 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    const attempts = [
      [sealed, thief.identity],
      [sealed, ''],
      [sealed, 'no identity'],
      [bytes.toString('base64'), owner.identity],
      ['', owner.identity],
      [sealed.slice(0, 40), owner.identity],
    ] as const;
    for (const [text, identity] of attempts) {
      const refusal = await refusalOf(text, identity);
      expect(refusal.code).toBe('CONFIGURATION_SECRET_MISSING');
      const shown = JSON.stringify([refusal.message, refusal.remedy, refusal.problems, String(refusal.cause)]);
      for (const secret of [...VALUES, owner.identity, thief.identity]) expect(shown).not.toContain(secret);
    }
  });

  it('are never the same text twice', async () => {
    const { recipient } = await pair();
    expect(await sealSecrets(SECRETS, [recipient])).not.toBe(await sealSecrets(SECRETS, [recipient]));
  });
});
