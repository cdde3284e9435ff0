import { ReconcileError } from '../../model/errors.ts';
import { readSecret } from '../../adapters/secrets/environment.ts';
import { FINGERPRINT_VARIABLE, readFingerprintKey } from '../../adapters/secrets/fingerprint-key.ts';
import { LEDGER_KEY_VARIABLE, openLedgerKey } from '../../adapters/secrets/ledger-key.ts';
import { NO_SECRETS, sealSecrets, unsealSecrets } from '../../adapters/secrets/seal.ts';
import { listKeysInForce } from '../../model/ledger/ledger-keys.ts';
import { buildCheckWriter, buildDiagnosis, diagnoseRefusal, type Check } from './check.ts';
import type { DoctorQuestion } from './doctor-question.ts';

const write = buildCheckWriter('git');
const IDENTITY = 'ZIVVER_GITOPS_IDENTITY';

/** The keys that keep secrets out of git, and the one that signs the ledger, as far as they are given here. */
export async function checkSecrets(question: DoctorQuestion): Promise<readonly Check[]> {
  return [...(await checkSealing(question)), checkFingerprintKey(question), checkLedgerKey(question)];
}

/** Without the key no plan can be made; drift is found all the same, but not that of mobile numbers. */
function checkFingerprintKey({ configuration: { fingerprintKey }, environment }: DoctorQuestion): Check {
  const id = 'secrets.fingerprint';
  if (fingerprintKey === null) return write.skipped(id, 'mobile numbers are not sealed');
  try {
    const key = readFingerprintKey(fingerprintKey, environment);
    if (key === null) return write.skipped(id, `${FINGERPRINT_VARIABLE} is not set; only plan and drift need it`);
    return write.passed(id, `is the key ${key.id} that organisation.yaml names`);
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    return write.failed(id, error.message, diagnoseRefusal(error, 'FINGERPRINT_MISMATCH'));
  }
}

/** Without it apply refuses to begin; a key that ledger.keys does not list would be found only then. */
function checkLedgerKey({ configuration: { ledgerKeys }, environment, now }: DoctorQuestion): Check {
  const id = 'secrets.ledger';
  if (ledgerKeys.length === 0) return write.skipped(id, 'organisation.yaml has no ledger.keys');
  try {
    if (listKeysInForce(ledgerKeys, now().getTime()).length === 0) {
      const fix = 'Add a key to ledger.keys that is in force: zivver-gitops key new ledger.';
      const diagnosis = buildDiagnosis({ code: 'LEDGER_KEYS_ENDED', error: 'CONFIGURATION_INVALID' }, fix);
      return write.warned(id, 'no key of ledger.keys is in force: the ends of applies are not signed', diagnosis);
    }
    if ((readSecret(environment, LEDGER_KEY_VARIABLE) ?? '') === '')
      return write.skipped(id, `${LEDGER_KEY_VARIABLE} is not set; only apply needs it`);
    openLedgerKey(ledgerKeys, environment, now());
    return write.passed(id, 'is a key that ledger.keys has in force');
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    return write.failed(id, error.message, diagnoseRefusal(error, 'LEDGER_KEY_MISMATCH'));
  }
}

/** Seals a word that is no secret to the recipients, and opens it again if an identity is given. */
async function checkSealing({ configuration, environment }: DoctorQuestion): Promise<readonly Check[]> {
  const { recipients, sso } = configuration;
  if (recipients.length === 0) {
    const why = sso.enabled ? 'none are configured' : 'not needed without single sign-on';
    return [write.skipped('secrets.recipients', why), write.skipped('secrets.identity', why)];
  }
  let sealed: string;
  try {
    sealed = await sealSecrets({ ...NO_SECRETS, ssoKeys: new Map([['doctor', 'test']]) }, recipients);
  } catch {
    const fix = 'Correct secrets.recipients: each is an age public key that begins with age1.';
    const diagnosis = buildDiagnosis({ code: 'RECIPIENT_INVALID', error: 'CONFIGURATION_INVALID' }, fix);
    return [
      write.failed('secrets.recipients', 'not all are age public keys', diagnosis),
      write.skipped('secrets.identity', 'needs recipients that can be used'),
    ];
  }
  const count = recipients.length === 1 ? 'one age public key' : `${recipients.length} age public keys`;
  return [write.passed('secrets.recipients', `${count}, can be used`), await checkIdentity(sealed, environment)];
}

async function checkIdentity(sealed: string, environment: NodeJS.ProcessEnv): Promise<Check> {
  try {
    const identity = readSecret(environment, IDENTITY) ?? '';
    if (identity === '') return write.skipped('secrets.identity', `${IDENTITY} is not set; only apply needs it`);
    await unsealSecrets(sealed, identity);
    return write.passed('secrets.identity', 'fits the recipients');
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    const what = 'the given identity does not open what is sealed to the recipients';
    return write.failed('secrets.identity', what, diagnoseRefusal(error, 'IDENTITY_MISMATCH'));
  }
}
