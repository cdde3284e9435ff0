import { createHash } from 'node:crypto';
import { escapeHtml } from './escape.ts';

export interface HtmlPage {
  readonly title: string;
  readonly style: string;
  /** What the page may do beyond showing itself in its style, as directives of a content security policy. */
  readonly policy?: readonly string[];
  /** Markup; every value in it is escaped already. */
  readonly body: string;
}

/** A page that needs no network and may ask for nothing: its style by its hash, and what its policy names. */
export function renderHtmlPage({ title, style, policy = [], body }: HtmlPage): string {
  const allowed = [`style-src '${hashOf(style)}'`, `base-uri 'none'`, `form-action 'none'`];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${[`default-src 'none'`, ...allowed, ...policy].join('; ')}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

/** As a content security policy names a script or a style. */
export function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
