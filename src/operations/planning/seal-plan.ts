import { formatPlan, type FormattedPlan } from '../../model/plan/plan-file.ts';
import { collectSecrets } from '../../adapters/secrets/plan-secrets.ts';
import type { BuiltPlan } from '../../model/plan/plan.ts';
import type { MobileSeal } from '../../adapters/secrets/mobile-seal.ts';
import { sealSecrets } from '../../adapters/secrets/seal.ts';

/** The plan with the secrets of its changes sealed to the recipients; `seal` is the one that hid its mobile numbers. */
export async function sealPlan(
  { body, ssoKeys, accountKeys }: Pick<BuiltPlan, 'body' | 'ssoKeys' | 'accountKeys'>,
  seal: MobileSeal | null,
  recipients: readonly string[],
): Promise<FormattedPlan> {
  const secrets = collectSecrets(body.changes, { ssoKeys, accountKeys }, seal);
  return formatPlan({ ...body, sealed: secrets && (await sealSecrets(secrets, recipients)) });
}
