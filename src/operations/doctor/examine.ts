import type { ConfiguredSource } from '../../model/configuration/configuration.ts';
import { buildCheckWriter, diagnoseRefusal, type Check } from './check.ts';
import type { ReconcileError } from '../../model/errors.ts';
import { checkApproval } from './check-approval.ts';
import { checkFileSource } from './check-file-source.ts';
import { checkGit } from './check-git.ts';
import { checkLdapSource } from './ldap/check-ldap-source.ts';
import { checkNotify } from './check-notify.ts';
import { checkOpenPlan } from './check-open-plan.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkZivver } from './zivver/check-zivver.ts';
import type { DoctorQuestion } from './doctor-question.ts';

/**
 * Tests sources, target, git and secrets side by side. A check that fails stops only those that need it. Reads only: no
 * plan, no file, and of Zivver nothing but GET. Throws only for bugs of ours.
 */
export async function examine(question: DoctorQuestion): Promise<readonly Check[]> {
  const { configuration } = question;
  const write = buildCheckWriter('configuration');
  const read = write.passed('configuration', `desired/${configuration.organisation}/organisation.yaml is valid`);
  const areas = await Promise.all([
    ...configuration.sources.map((configured) => checkSource(question, configured)),
    checkZivver(question),
    checkNotify(question),
    checkGit(question).then(async (checks) => [
      ...checks,
      ...(await checkApproval(question)),
      ...(await checkSecrets(question)),
      await checkOpenPlan(question),
    ]),
  ]);
  return [read, ...areas.flat()];
}

/** What is left to say if there is no configuration to test with. */
export function examineWithoutConfiguration(refusal: ReconcileError): readonly Check[] {
  const write = buildCheckWriter('configuration');
  const why = 'needs organisation.yaml';
  return [
    write.failed('configuration', refusal.message, diagnoseRefusal(refusal)),
    buildCheckWriter('sources').skipped('source.host', why),
    buildCheckWriter('zivver').skipped('zivver.connection', why),
    buildCheckWriter('git').skipped('git.remote', why),
  ];
}

function checkSource(question: DoctorQuestion, configured: ConfiguredSource): Promise<readonly Check[]> {
  const { ldap } = configured;
  return ldap === undefined ? checkFileSource(question, configured) : checkLdapSource(question, configured, ldap);
}
