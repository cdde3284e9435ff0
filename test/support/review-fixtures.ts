/** The plans behind test/fixtures/review/*.plan.json. Rewrite them and their plan.md with `npx tsx test/support/review-fixtures.ts`. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { renderMarkdown } from '../../src/model/review/markdown.ts';
import type { PlanFile } from '../../src/model/schema/generated/plan.ts';
import type { Change } from '../../src/model/change/change.ts';
import {
  buildChange,
  buildCreation,
  buildEvidence,
  buildExclusion,
  buildLimit,
  buildPlan,
  buildSource,
  buildSuspension,
  factAbout,
} from './plan-builder.ts';
import { buildCommonLimits, buildMixed } from './review-fixture-mixed.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';

export const REVIEW_FIXTURES: Readonly<Record<string, () => PlanFile>> = {
  small: buildSmall,
  mixed: buildMixed,
  hostile: buildHostile,
  'zero-changes': buildZeroChanges,
  bootstrap: buildBootstrap,
};

function buildSmall(): PlanFile {
  const changes = [
    buildSuspension('s.de.boer@hospital.example', { fullName: 'Sanne de Boer' }),
    buildCreation('m.yildiz@hospital.example', { mobile: '+31612345678' }, { fullName: 'Merve Yıldız' }),
  ];
  return buildPlan({
    changes,
    limits: buildCommonLimits(1, 0, 1),
    desired: { ...buildPlan().body.desired, written: 2 },
  });
}

function buildHostile(): PlanFile {
  const changes = HOSTILE_TEXTS.flatMap((text, index): Change[] => {
    const address = `person${index}@hospital.example`;
    const entry = `CN=${text},OU=Staff,DC=hospital,DC=example`;
    return [
      buildSuspension(address, { fullName: text, evidence: buildEvidence({ entry, attribute: text, value: text }) }),
      buildChange({
        address: `x${address}`,
        fullName: text,
        before: { fullName: text },
        after: { fullName: `${text} new` },
      }),
    ];
  });
  return buildPlan({
    changes,
    limits: buildCommonLimits(HOSTILE_TEXTS.length, 0, 0),
    notes: HOSTILE_TEXTS.map(factAbout),
    exclusions: HOSTILE_TEXTS.map((text) =>
      buildExclusion({ reason: 'no-name', subject: text, detail: factAbout(text) }),
    ),
  });
}

function buildZeroChanges(): PlanFile {
  return buildPlan({
    limits: buildCommonLimits(0, 0, 0),
    desired: { ...buildPlan().body.desired, written: 3, removed: 1 },
  });
}

function buildBootstrap(): PlanFile {
  const adopted = ['a.bakker', 'i.kok', 'o.visser'].map((name, index) => ({
    kind: 'user' as const,
    key: `0b0c3a4e-54a1-5d11-a9c8-6f9f6f0f8a1${index}`,
    zivverId: `7d0e3a4e-54a1-4d11-a9c8-6f9f6f0f8a1${index}`,
    address: `${name}@hospital.example`,
    fullName: name,
    entry: `CN=${name},OU=Staff,DC=hospital,DC=example`,
    externalAccountId: index === 1 ? 'employee-4711' : null,
  }));
  const created = ['c.meijer', 'd.silva', 'h.nguyen'].map((name) =>
    buildCreation(`${name}@hospital.example`, {}, { sealed: false }),
  );
  return buildPlan({
    bootstrap: true,
    approval: { branch: 'main', distinctPeople: false, reviews: null, signatures: null },
    sequence: 1,
    sso: false,
    changes: created,
    adopted,
    limits: [
      buildLimit({ rule: 'create', observed: 3, limit: null, of: 3 }),
      buildLimit({ rule: 'sourceFloor', subject: 'head-office', observed: 6, limit: null, of: 0 }),
    ],
    source: [buildSource({ entries: 6, previousEntries: null, pages: 1 })],
    existing: { users: 3, activeUsers: 3, functional: 0, managed: 0, activeManaged: 0 },
    desired: { ...buildPlan().body.desired, users: 6, functional: 0, written: 6, adopted: 3 },
  });
}

async function writeFixtures(folder: string): Promise<void> {
  for (const [name, build] of Object.entries(REVIEW_FIXTURES)) {
    const plan = build();
    await writeFile(path.join(folder, `${name}.plan.json`), `${JSON.stringify(plan, null, 2)}\n`);
    await writeFile(path.join(folder, `${name}.md`), renderMarkdown(plan));
  }
}

if (process.argv[1] === import.meta.filename)
  await writeFixtures(path.resolve(import.meta.dirname, '../fixtures/review'));
