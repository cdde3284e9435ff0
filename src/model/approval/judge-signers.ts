import { isBot } from './judge-people.ts';
import { describeClasses, type SignatureRule } from './signature-rule.ts';
import { indexKeys, isInForce, type Signer } from './signers.ts';

export interface SignersInput {
  readonly signers: readonly Signer[];
  readonly rule: SignatureRule;
  /** approval.bots */
  readonly bots: readonly string[];
  /** Keys that machines hold: fingerprint → which machine. */
  readonly machineKeys: ReadonlyMap<string, string>;
  readonly now: Date;
}

export interface JudgedSigners {
  /** People with a key in force. */
  readonly able: number;
  /** With these no plan is approved, or a machine approves one. One sentence each, without a full stop. */
  readonly faults: readonly string[];
  /** It works, and somebody should look at it. */
  readonly doubts: readonly string[];
}

/** Whether these people can approve a plan by signature, and nobody but people. */
export function judgeSigners({ signers, rule, bots, machineKeys, now }: SignersInput): JudgedSigners {
  const isAble = (signer: Signer): boolean => signer.keys.some((key) => isInForce({ signer, key }, now.getTime()));
  const able = signers.filter((signer) => isAble(signer) && !isBot(signer, bots));
  const idle = signers.filter((signer) => !isAble(signer));
  const machines = signers.filter((signer) => isBot(signer, bots));
  const keys = [...indexKeys(signers)].flatMap(([fingerprint, { signer, key }]) => {
    const machine = machineKeys.get(fingerprint);
    return machine !== undefined && isInForce({ signer, key }, now.getTime()) ? [{ signer, machine }] : [];
  });
  const people = able.length === 1 ? 'only 1 person' : `${able.length} people`;
  return {
    able: able.length,
    faults: [
      ...machines.map(({ name }) => `a machine is among the signers: ${name}`),
      ...keys.map(({ signer, machine }) => `a key of ${signer.name} is in the hands of ${machine}`),
      ...(able.length < rule.minimum ? [`${people} may sign, and ${rule.minimum} must`] : []),
      ...findMissingRoles(able, rule),
    ],
    doubts: [
      ...(able.length === rule.minimum
        ? [`${people} may sign and ${rule.minimum} must: who made a plan cannot sign it, so nobody may be left`]
        : []),
      ...idle.map(({ name }) => `no key of ${name} is in force`),
    ],
  };
}

function findMissingRoles(able: readonly Signer[], { rules }: SignatureRule): string[] {
  return rules.flatMap(({ for: classes, minimum, role }) => {
    const may = able.filter((signer) => role === null || signer.role === role).length;
    if (may >= minimum) return [];
    const who = role === null ? 'may sign' : `with the role ${role} may sign`;
    return [`${may} ${may === 1 ? 'person' : 'people'} ${who}, and ${minimum} must for ${describeClasses(classes)}`];
  });
}
