import type { Source } from '../../base/span.ts';

/** What a file says of itself in its first comment, in lines `title: …`, `source: …`, `about: …`; a line that starts no other key goes on with the last. */
export interface Header {
  readonly title: string | null;
  readonly source: string | null;
  readonly about: string | null;
}

const KEYS = ['title', 'source', 'about'] as const;

export function headerOf({ text }: Source): Header {
  const comment = /\(\*([\s\S]*?)\*\)/.exec(text)?.[1] ?? '';
  const found = new Map<string, string>();
  let key: string | null = null;
  for (const raw of comment.split('\n')) {
    const line = raw.replace(/^[\s*]+/, '').trim();
    const start = /^([a-z]+):\s*(.*)$/.exec(line);
    if (line === '') key = null;
    else if (start !== null && KEYS.some((known) => known === start[1])) {
      key = start[1] as string;
      found.set(key, start[2] as string);
    } else if (key !== null) found.set(key, `${found.get(key) ?? ''} ${line}`);
  }
  const [title, source, about] = KEYS.map((known) => found.get(known) ?? null);
  return { title: title ?? null, source: source ?? null, about: about ?? null };
}

/** A file's name without its folder and extension. */
export function baseName(path: string): string {
  return path.replace(/^.*[/\\]/, '').replace(/\.cat$/, '');
}
