import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import { complain, malformed } from './malformed.ts';
import { shown } from './tokens.ts';

/** One index space: the identifiers of what it holds, and how many things that is. */
export interface Space {
  /** As the official suite's messages name it. */
  readonly what: SpaceName;
  readonly ids: Map<string, number>;
  size: number;
}

export type SpaceName =
  | 'type'
  | 'func'
  | 'table'
  | 'memory'
  | 'tag'
  | 'global'
  | 'local'
  | 'field'
  | 'elem segment'
  | 'data segment';

export function newSpace(what: SpaceName): Space {
  return { what, ids: new Map(), size: 0 };
}

/** Gives the next index of a space to a thing and, if it has one, its identifier. */
export function declare(space: Space, id: string | null, at: Span, diagnostics: Diagnostic[]): number {
  const index = space.size++;
  if (id === null) return index;
  if (space.ids.has(id))
    complain(
      diagnostics,
      malformed(`Resolve/duplicate-${ruleName(space.what)}`, at, `duplicate ${space.what} $${shown(id)}`),
    );
  else space.ids.set(id, index);
  return index;
}

/** The rule under which an identifier of a space is unknown or given twice. */
export function ruleName(what: SpaceName): string {
  return what.replace(' segment', '');
}
