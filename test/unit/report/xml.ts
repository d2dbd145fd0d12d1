/** A small check that a text is one well-formed XML element, and a reader of its elements' attributes. */

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const TOKEN = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const ENTITY = /&(?!(?:amp|lt|gt|quot|apos);)/;

export function parseXml(source: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(source);
    if (token === null) throw new Error(`not well-formed at ${at}: ${source.slice(at, at + 40)}`);
    const [, closing, name, pairs, empty, text] = token;
    const top = open.at(-1) as XmlElement;
    if (ENTITY.test(text ?? pairs ?? '')) throw new Error(`bare ampersand at ${at}`);
    if (text !== undefined) top.text += unescape(text);
    else if (closing === '/') {
      if (top.name !== name) throw new Error(`</${name}> closes <${top.name}>`);
      open.pop();
    } else {
      const element: XmlElement = { name: name ?? '', attributes: attributesOf(pairs ?? ''), children: [], text: '' };
      top.children.push(element);
      if (empty === '') open.push(element);
    }
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.name}> is not closed`);
  const [only] = root.children;
  if (only === undefined || root.children.length !== 1 || root.text.trim() !== '') throw new Error('not one element');
  return only;
}

function attributesOf(pairs: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, key, value] of pairs.matchAll(/([\w:-]+)="([^"]*)"/g)) {
    if (key === undefined || value === undefined) continue;
    if (key in attributes) throw new Error(`${key} twice`);
    attributes[key] = unescape(value);
  }
  return attributes;
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/** An element and all below it. */
export function descendants(element: XmlElement): XmlElement[] {
  return [element, ...element.children.flatMap(descendants)];
}

export function withAttribute(element: XmlElement, name: string): XmlElement[] {
  return descendants(element).filter((other) => name in other.attributes);
}
