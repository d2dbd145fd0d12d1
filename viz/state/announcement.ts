import { signal } from '@preact/signals';

/** What happened last, for people who look and people who listen. */
export const announcement = signal<{ readonly text: string; readonly at: number } | null>(null);

export function announce(what: string): void {
  announcement.value = { text: what, at: performance.now() };
}
