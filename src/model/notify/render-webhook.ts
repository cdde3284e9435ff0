import { escapeFence, escapeSlack } from '../text/escape.ts';
import type { Message } from './message.ts';

/** What is posted to a webhook: nothing in it becomes a link, a mention or a format but what is ours. */
export function renderWebhook(message: Message): object {
  switch (message.webhook?.kind ?? 'json') {
    case 'teams':
      return renderTeams(message);
    case 'slack':
      return renderSlack(message);
    case 'mattermost':
      return renderMattermost(message);
    case 'json':
      return renderPlain(message);
  }
}

/** For programs. */
function renderPlain({ event, organisation, title, lines, links }: Message): object {
  return { source: 'zivver-gitops', event, organisation, title, lines, links };
}

/** An Adaptive Card for a workflow of Teams. A text run, unlike a text block, knows no Markdown. */
function renderTeams({ title, lines, links }: Message): object {
  const block = (text: string, more: object): object => ({
    type: 'RichTextBlock',
    inlines: [{ type: 'TextRun', text, ...more }],
  });
  const card = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body: [block(title, { weight: 'Bolder', size: 'Medium' }), ...lines.map((line) => block(line, {}))],
    actions: links.map(({ label, url }) => ({ type: 'Action.OpenUrl', title: label, url })),
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card }],
  };
}

/** Characters of one block. */
const SLACK_TEXT = 2900;

/** `plain_text` knows no format and no mention. */
function renderSlack({ title, lines, links }: Message): object {
  const linked = links.map(({ label, url }) => `${label}: ${url}`);
  const text = [...lines, ...linked].join('\n').slice(0, SLACK_TEXT);
  const plain = (value: string): object => ({ type: 'plain_text', text: value, emoji: false });
  return {
    text: escapeSlack(title),
    blocks: [
      { type: 'header', text: plain(title.slice(0, 150)) },
      { type: 'section', text: plain(text) },
    ],
  };
}

/** Characters of one post. */
const MATTERMOST_TEXT = 15_000;

/** In code nobody is mentioned. */
function renderMattermost({ title, lines, links }: Message): object {
  const linked = links.map(({ label, url }) => `${label}: ${url}`);
  const text = lines.map(escapeFence).join('\n').slice(0, MATTERMOST_TEXT);
  return { text: ['`' + escapeFence(title) + '`', '```', text, '```', ...linked].join('\n') };
}
