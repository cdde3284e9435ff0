import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseConfiguration } from '../../src/model/configuration/configuration.ts';
import type { Check } from '../../src/operations/doctor/check.ts';
import type { DoctorQuestion } from '../../src/operations/doctor/doctor-question.ts';
import { GitRepository } from '../../src/adapters/git/repository.ts';

export interface QuestionOptions {
  /** Lines of organisation.yaml. Flow style is easiest. */
  readonly sources?: string;
  readonly url?: string;
  readonly domains?: string;
  /** Further top-level lines. */
  readonly more?: string;
  readonly environment?: NodeJS.ProcessEnv;
  readonly now?: () => Date;
  readonly root?: string;
  readonly connectMs?: number;
  readonly answerMs?: number;
}

export const LDIF_SOURCE = '[{ name: files, ldif: { files: [none.ldif] } }]';

/** What the doctor is asked with, from the interesting lines of a configuration. */
export function buildQuestion(options: QuestionOptions = {}): DoctorQuestion {
  const root = options.root ?? process.cwd();
  const text = [
    'zivver:',
    `  url: ${options.url ?? 'https://zivver.invalid/api/scim/v2'}`,
    `  claimedDomains: ${options.domains ?? '[company.org, company.nl]'}`,
    `sources: ${options.sources ?? LDIF_SOURCE}`,
    options.more ?? '',
    '',
  ].join('\n');
  return {
    configuration: parseConfiguration(text, 'company', root),
    git: new GitRepository(root),
    environment: options.environment ?? {},
    now: options.now ?? (() => new Date()),
    userAgent: 'zivver-gitops/test',
    readConfiguredFile: (folder, name) => readFileSync(path.resolve(folder, name), 'utf8'),
    timeouts: { connectMs: options.connectMs ?? 3000, answerMs: options.answerMs ?? 3000 },
  };
}

/** `id status CODE`, for checks that did not pass; skipped ones without their reason. */
export function summarise(checks: readonly Check[]): string[] {
  return checks
    .filter(({ status }) => status === 'failed' || status === 'warned')
    .map(({ id, status, diagnosis }) => `${id} ${status} ${diagnosis?.code}`);
}

export function statusOf(checks: readonly Check[], id: Check['id']): string | undefined {
  return checks.find((check) => check.id === id)?.status;
}
