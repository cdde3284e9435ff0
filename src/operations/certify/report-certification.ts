import { escapeTerminal } from '../../model/text/escape.ts';
import { wrapText } from '../../model/text/terminal-layout.ts';
import type { Output } from '../output.ts';
import type { CampaignStatus } from '../../model/certify/campaigns.ts';
import type { CertificationStatus } from './certification-status.ts';
import type { StartedCertification } from './start-certification.ts';

export function reportStarted(started: StartedCertification, output: Output): void {
  const { folder, mailboxes, readers, ownerless } = started;
  output.print(
    `Written: ${folder}, ${mailboxes} ${mailboxes === 1 ? 'mailbox' : 'mailboxes'} with ${readers} ${readers === 1 ? 'reader' : 'readers'}. Commit it; owners decide in these files, by pull request.`,
  );
  if (ownerless.length > 0)
    output.print(`Without an owner in owners.yaml or by managedBy: ${ownerless.map(escapeTerminal).join(', ')}.`);
  output.printJson('certify start', started);
}

export function reportCertifications(status: CertificationStatus, output: Output): void {
  const { campaigns, stillReading } = status;
  const lines = campaigns.flatMap(renderCampaign);
  if (lines.length === 0) lines.push('No recertification was started.');
  for (const { reader, mailbox, by, decidedAt } of stillReading)
    lines.push(`${reader} can still read ${mailbox}, and was refused by ${by} on ${decidedAt.slice(0, 10)}.`);
  output.print(lines.flatMap((line) => wrapText(escapeTerminal(line), output.width)).join('\n'));
  output.printJson('certify status', status);
}

function renderCampaign({
  campaign,
  due,
  mailboxes,
  keep,
  remove,
  question,
  undecided,
  overdue,
}: CampaignStatus): string[] {
  const counts = `${keep} kept, ${remove} refused, ${question} questioned, ${undecided} undecided`;
  return [
    `${campaign}: ${mailboxes} ${mailboxes === 1 ? 'mailbox' : 'mailboxes'}, due ${due}; readers: ${counts}.`,
    ...overdue.map(
      ({ mailbox, owner, undecided: open }) => `  OVERDUE ${mailbox}, ${owner ?? 'no owner'}: ${open} undecided`,
    ),
  ];
}
