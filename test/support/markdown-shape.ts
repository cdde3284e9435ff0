import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** Everything a review is made of. */
export const KNOWN_ELEMENTS: readonly string[] =
  'h1 h2 p ul li table thead tbody tr th td strong code del a details summary span'.split(' ');

/** What GitHub's parser makes of it, before its sanitiser. */
export function renderHtml(markdown: string): string {
  return micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}

/** The sequence of tags, without text, attributes and the empty spans that only keep characters apart. */
export function shapeOf(html: string): string {
  const tags = html.replaceAll('<span></span>', '').match(/<[^>]*>/g) ?? [];
  return tags.map((tag) => tag.replace(/ [^>]*/, '')).join('');
}

/** What GitHub would make links of afterwards: mentions and issues in running text. */
export function mentionsOf(html: string): string[] {
  const running = html.replace(/<code>[^]*?<\/code>| [a-z]+="[^"]*"/g, '');
  return running.match(/(?<![\w.+-])(?:@[\p{L}\p{N}]|#\p{N}|gh-\p{N})/giu) ?? [];
}

/** The text a reader sees. */
export function textOf(html: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return html.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot);/g, (_, name: string) => entities[name] ?? '');
}
