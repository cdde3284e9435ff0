import { keyIdOfSealed } from '../../model/account/sealed-mobile.ts';
import type { Configuration } from '../../model/configuration/configuration.ts';
import type { Baseline } from '../../model/desired/baseline.ts';
import type { MappedAccounts } from '../../model/mapping/mapped.ts';
import { readFingerprintKey, requireFingerprintKey } from '../../adapters/secrets/fingerprint-key.ts';
import { MobileSeal, reopenMobileSeal } from '../../adapters/secrets/mobile-seal.ts';
import type { SealedMobiles } from '../../adapters/secrets/seal.ts';

type Sealing = Pick<Configuration, 'fingerprintKey'>;

/** The seal of the planner; null if mobile numbers are shown. Throws CONFIGURATION_SECRET_MISSING without the right key. */
export function requireMobileSeal({ fingerprintKey }: Sealing, environment: NodeJS.ProcessEnv): MobileSeal | null {
  return fingerprintKey === null ? null : new MobileSeal(requireFingerprintKey(fingerprintKey, environment));
}

/** Hides numbers in any case; without the key they can be compared with nothing. Null if they are shown. */
export function openMobileSeal({ fingerprintKey }: Sealing, environment: NodeJS.ProcessEnv): MobileSeal | null {
  if (fingerprintKey === null) return null;
  const key = readFingerprintKey(fingerprintKey, environment);
  return key === null ? MobileSeal.withoutKey() : new MobileSeal(key);
}

/** As `openMobileSeal`, or with the key of a plan that was opened; knows the numbers of that plan. */
export function openRollbackSeal(
  configuration: Sealing,
  environment: NodeJS.ProcessEnv,
  opened: SealedMobiles | null,
): MobileSeal | null {
  const seal = openMobileSeal(configuration, environment);
  if (seal === null || opened === null) return seal;
  const ofPlan = reopenMobileSeal(opened);
  if (ofPlan.key.id === configuration.fingerprintKey) return ofPlan;
  for (const number of opened.numbers.values()) seal.seal(number);
  return seal;
}

/** What the sources say, with mobile numbers in their sealed form. */
export function sealMapped(mapped: MappedAccounts, seal: MobileSeal | null): MappedAccounts {
  if (seal === null) return mapped;
  const accounts = mapped.accounts.map((one) =>
    one.kind === 'functional' || one.account.mobile === undefined
      ? one
      : { ...one, account: { ...one.account, mobile: seal.seal(one.account.mobile) } },
  );
  return { ...mapped, accounts };
}

/** Desired files written before sealing was switched on have their number in clear; what is rendered from them has not. */
export function sealBaseline(baseline: Baseline, seal: MobileSeal | null): Baseline {
  if (seal === null) return baseline;
  const accounts = baseline.accounts.map((account) =>
    account.kind === 'functional' || account.mobile === undefined || keyIdOfSealed(account.mobile) !== null
      ? account
      : { ...account, mobile: seal.seal(account.mobile) },
  );
  return { ...baseline, accounts };
}
