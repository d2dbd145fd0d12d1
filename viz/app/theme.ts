import { effect, signal } from '@preact/signals';

/** What the user chose; `system` follows the system. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'weft.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = signal(dark.matches);
dark.addEventListener('change', ({ matches }) => (systemIsDark.value = matches));

export const theme = signal<Theme>(stored());

/** Keeps the document in the theme. */
export function followTheme(): void {
  effect(() => {
    const isDark = theme.value === 'dark' || (theme.value === 'system' && systemIsDark.value);
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  });
  effect(() => {
    try {
      localStorage.setItem(KEY, theme.value);
    } catch {
      // A page that may not store anything forgets it.
    }
  });
}

function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY);
    return THEMES.find((one) => one === value) ?? 'system';
  } catch {
    return 'system';
  }
}
