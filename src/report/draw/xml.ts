/** An element's attributes; null ones are left out. */
export type Attributes = Readonly<Record<string, string | number | null>>;

/** An XML element as text. */
export function element(name: string, attributes: Attributes, content: readonly string[] | string = []): string {
  const pairs = Object.entries(attributes).filter(([, value]) => value !== null);
  const open = [name, ...pairs.map(([key, value]) => `${key}="${escape(String(value))}"`)].join(' ');
  const inner = typeof content === 'string' ? content : content.join('');
  return inner === '' ? `<${open}/>` : `<${open}>${inner}</${name}>`;
}

/** Text that XML can hold: markup escaped, control characters replaced. */
export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD');
}
