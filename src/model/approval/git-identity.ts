import { foldAddress, type Signer } from './signers.ts';

/** Whom git names as author or committer. A claim: git asks nobody. */
export interface GitIdentity {
  readonly name: string;
  readonly address: string;
}

/** `Rita Roos <rita@company.org>` */
export function formatIdentity({ name, address }: GitIdentity): string {
  return `${name} <${address}>`;
}

/** The same address, or the same name: when in doubt it is the same person, who then cannot approve. */
export function isSamePerson(one: GitIdentity, other: GitIdentity): boolean {
  return (
    isEqual(foldAddress(one.address), foldAddress(other.address)) || isEqual(foldName(one.name), foldName(other.name))
  );
}

/** True if git names the signer, under whatever address is known of the person. */
export function isSigner(signer: Signer, identity: GitIdentity): boolean {
  const { name, address, otherAddresses = [] } = signer;
  return [address, ...otherAddresses].some((known) => isSamePerson({ name, address: known }, identity));
}

/** `Rita Roos <rita@company.org>` → its parts. */
export function parseIdentity(text: string): GitIdentity {
  const at = text.lastIndexOf(' <');
  return at < 0
    ? { name: text, address: '' }
    : { name: text.slice(0, at), address: text.slice(at + 2).replace(/>$/, '') };
}

function foldName(name: string): string {
  return name.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}

function isEqual(one: string, other: string): boolean {
  return one !== '' && one === other;
}
