import { signal } from '@preact/signals';

/** The program's share of the width, in percent. */
export const share = signal(42);
const LEAST = 20;
const MOST = 75;

/** Between the two sides; dragged, or moved by the arrow keys. */
export function Divider() {
  const drag = (event: PointerEvent): void => {
    const handle = event.currentTarget as HTMLElement;
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const { left, width } = known(handle.parentElement).getBoundingClientRect();
    move((100 * (event.clientX - left)) / width);
  };
  return (
    <div
      class="app-divider no-print"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the program"
      aria-valuenow={Math.round(share.value)}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -2, ArrowRight: 2 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        move(share.value + by);
      }}
    />
  );
}

function move(to: number): void {
  share.value = Math.min(MOST, Math.max(LEAST, to));
}

function known(element: HTMLElement | null): HTMLElement {
  if (element === null) throw new Error('the divider is on the page');
  return element;
}
