import { FIRST_STEPS } from './first-steps.ts';

export interface FirstStep {
  readonly path: string;
  readonly name: string;
  readonly about: string;
  readonly text: string;
}

/** Programs for newcomers, in their order. */
export function firstSteps(): readonly FirstStep[] {
  return Object.entries(FIRST_STEPS).map(([path, text]) => ({ path, name: nameOf(path), about: aboutOf(text), text }));
}

/** First steps are numbered. */
export function nameOf(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/\.wast$/, '').replace(/^\d+ /, '');
}

/** The comment that a text begins with, as one paragraph. */
export function aboutOf(text: string): string {
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    if (!line.startsWith(';;')) break;
    lines.push(line.slice(2).trim());
  }
  return lines.join(' ');
}
