import { VIEWS, view } from '../state/state.ts';
import type { View } from '../state/state.ts';
import { showsProgram, turnView } from '../state/side.ts';
import { VIEW_ROOMS } from './rooms.ts';

const TURNS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** Which view of the answers is shown; on a narrow page the program is one more. */
export function Tabs() {
  return (
    <div class="app-tabs" role="tablist" aria-label="Views">
      {VIEWS.map((one) => (
        <Tab key={one} of={one} />
      ))}
    </div>
  );
}

function Tab({ of }: { of: View }) {
  const isChosen = view.value === of;
  const turn = (event: KeyboardEvent): void => {
    const by = TURNS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    turnView(by);
    const tabs = event.currentTarget instanceof HTMLElement ? event.currentTarget.parentElement : null;
    requestAnimationFrame(() => tabs?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  };
  return (
    <button
      type="button"
      role="tab"
      class="app-tab plain"
      aria-selected={isChosen}
      aria-controls={isChosen ? `view-${of}` : undefined}
      tabIndex={isChosen ? 0 : -1}
      onClick={() => {
        view.value = of;
        showsProgram.value = false;
      }}
      onKeyDown={turn}
    >
      {VIEW_ROOMS[of].title}
    </button>
  );
}

/** On a narrow page: the program, or what it may do. */
export function SideSwitch() {
  return (
    <div class="app-sides" role="group" aria-label="Shown">
      {(['program', 'answers'] as const).map((side) => (
        <button
          key={side}
          type="button"
          class="plain"
          aria-pressed={showsProgram.value === (side === 'program')}
          onClick={() => {
            showsProgram.value = side === 'program';
          }}
        >
          {side === 'program' ? 'Program' : 'Answers'}
        </button>
      ))}
    </div>
  );
}
