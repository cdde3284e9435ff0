import type { Message } from './message.ts';

/** A mail of plain text. Lines end in LF. */
export function renderMail({ title, lines, links }: Message): { readonly subject: string; readonly text: string } {
  const linked = links.map(({ label, url }) => `${label}: ${url}`);
  const text = [title, '', ...lines, ...(linked.length === 0 ? [] : ['', ...linked]), '', FOOT];
  return { subject: `[zivver-gitops] ${title}`, text: text.map((line) => `${line}\n`).join('') };
}

const FOOT = 'Sent by zivver-gitops. Who gets what stands in notify: of organisation.yaml.';
