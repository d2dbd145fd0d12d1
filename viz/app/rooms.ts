import type { ComponentType } from 'preact';
import type { View } from '../state/state.ts';

/** The parts of the page that are fetched when they are first shown. */
export const loadEditor = async (): Promise<ComponentType> => (await import('../editor/editor.tsx')).Editor;
export const loadChoices = async (): Promise<ComponentType> => (await import('../editor/choices.tsx')).Choices;
export const loadLibrary = async (): Promise<ComponentType> => (await import('../library/library.tsx')).Library;

export const VIEW_ROOMS: Readonly<
  Record<View, { readonly title: string; readonly load: () => Promise<ComponentType> }>
> = {
  outcomes: { title: 'Outcomes', load: async () => (await import('../outcomes/outcomes.tsx')).Outcomes },
  execution: { title: 'Execution', load: async () => (await import('../graph/execution.tsx')).Execution },
  time: { title: 'Time', load: async () => (await import('../time/time.tsx')).Time },
  why: { title: 'Why', load: async () => (await import('../explain/why.tsx')).Why },
};

/** Fetches all parts once the page has nothing else to do: they open at once then, and without a network too. */
export function fetchAll(): void {
  const loads = [loadEditor, loadChoices, loadLibrary, ...Object.values(VIEW_ROOMS).map(({ load }) => load)];
  const idle = globalThis.requestIdleCallback ?? ((callback: () => void) => setTimeout(callback, 2_000));
  idle(() => {
    // One that cannot be fetched now says so when it is shown.
    for (const load of loads) load().catch(() => {});
  });
}
