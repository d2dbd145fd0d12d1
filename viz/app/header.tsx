import { chooseFiles } from '../library/open.ts';
import { libraryIsOpen } from '../state/dialogs.ts';
import { exploring, name, text } from '../state/state.ts';
import { addressOf } from '../state/address.ts';
import { exploreNow, interrupt } from './exploring.ts';
import { Lazy } from './lazy.tsx';
import { loadChoices, loadLibrary } from './rooms.ts';
import { SideSwitch } from './tabs.tsx';
import { announce } from '../state/announcement.ts';
import { THEMES, theme } from './theme.ts';
import type { Theme } from './theme.ts';

export function Header() {
  return (
    <header class="app-header no-print">
      <h1 class="app-title">
        Weft <span class="unseen">playground</span>
      </h1>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => {
          libraryIsOpen.value = true;
        }}
      >
        Examples
      </button>
      <button
        type="button"
        class="plain app-open"
        aria-keyshortcuts="Alt+O"
        title="Programs (.wast, .wat, .bex), models (.cat) and replay files; they may be dropped on the page too"
        onClick={chooseFiles}
      >
        Open<span class="unseen"> files</span>
      </button>
      {libraryIsOpen.value && <Lazy load={loadLibrary} waiting="" />}
      <span class="app-name quiet" title={name.value}>
        {name.value}
      </span>
      <div class="app-choices">
        <Lazy load={loadChoices} waiting="" />
      </div>
      <ExploreButton />
      <button type="button" class="plain app-share" onClick={() => void shareLink()}>
        Share
      </button>
      <ThemeChoice />
      <SideSwitch />
    </header>
  );
}

function ExploreButton() {
  if (exploring.value.kind === 'running') {
    return (
      <button type="button" class="primary app-explore" onClick={interrupt} aria-keyshortcuts="Escape">
        Interrupt
      </button>
    );
  }
  return (
    <button
      type="button"
      class="primary app-explore"
      disabled={text.value.trim() === ''}
      onClick={() => void exploreNow()}
      aria-keyshortcuts="Control+Enter"
    >
      Explore
    </button>
  );
}

const THEME_NAMES: Readonly<Record<Theme, string>> = {
  system: 'Theme: system',
  light: 'Theme: light',
  dark: 'Theme: dark',
};

function ThemeChoice() {
  return (
    <select
      class="app-theme"
      aria-label="Theme"
      value={theme.value}
      onChange={({ currentTarget: { value } }) => {
        theme.value = THEMES.find((one) => one === value) ?? 'system';
      }}
    >
      {THEMES.map((one) => (
        <option key={one} value={one}>
          {THEME_NAMES[one]}
        </option>
      ))}
    </select>
  );
}

/** Puts the address of all that is on the page into the address bar and the clipboard. */
export async function shareLink(): Promise<void> {
  const address = addressOf();
  history.replaceState(null, '', address);
  try {
    await navigator.clipboard.writeText(new URL(address, location.href).href);
    announce('The link is in the clipboard, and in the address bar.');
  } catch {
    announce('The link is in the address bar.');
  }
}
