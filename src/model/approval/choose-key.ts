import { ReconcileError } from '../errors.ts';
import { formatFingerprint } from './ssh-public-key.ts';
import { indexKeys, isInForce, SIGNERS_FILE, type ListedKey, type Signer } from './signers.ts';

/** A key that somebody may sign with, whoever it is. */
export interface KeyCandidate {
  readonly fingerprint: string;
}

/** The first of the keys that is listed and in force, and whose it is. Throws SSH_UNUSABLE (3) if none is, or they are of two people. */
export function chooseKey<Key extends KeyCandidate>(
  keys: readonly Key[],
  signers: readonly Signer[],
  now: Date,
): ListedKey & { readonly own: Key } {
  const listed = indexKeys(signers);
  const known = keys.flatMap((own) => {
    const found = listed.get(own.fingerprint);
    return found === undefined ? [] : [{ own, ...found }];
  });
  const usable = known.filter((key) => isInForce(key, now.getTime()));
  const [first] = usable;
  if (first === undefined) throw refuse(keys, known.length > 0);
  const others = usable.filter(({ signer }) => signer !== first.signer);
  if (others.length === 0) return first;
  throw new ReconcileError('SSH_UNUSABLE', 'Keys of several people are at hand here', {
    remedy: 'Name yours with --key FILE.',
    problems: usable.map(({ own, signer }) => ({
      where: formatFingerprint(own.fingerprint),
      what: `is of ${signer.name}`,
    })),
  });
}

function refuse(keys: readonly KeyCandidate[], isListed: boolean): ReconcileError {
  const what = isListed ? `is in ${SIGNERS_FILE}, but not in force now` : `is not in ${SIGNERS_FILE}`;
  return new ReconcileError('SSH_UNUSABLE', 'No key is at hand with which you may approve', {
    remedy: isListed
      ? `Use a key that is in force, or have ${SIGNERS_FILE} changed by a pull request of its own.`
      : `Name your key with --key FILE; or make one (ssh-keygen -t ed25519) and have its .pub line put into ${SIGNERS_FILE} by a pull request of its own.`,
    problems: keys.map(({ fingerprint }) => ({ where: formatFingerprint(fingerprint), what })),
  });
}
