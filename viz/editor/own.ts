import { signal } from '@preact/signals';
import { MINE, mine, models } from '../state/state.ts';
import { showsProgram } from '../state/side.ts';
import { quick } from '../work/client.ts';

/** Whether the user’s own model is shown where the program is. */
export const modelIsShown = signal(false);

/** The place in the user’s own model that its editor goes to as soon as it is shown; null once it is there. */
export const wantedPlace = signal<{ readonly line: number; readonly column: number } | null>(null);

/** Shows a place in the user’s own model. */
export function showOwnModel(line: number, column: number): void {
  modelIsShown.value = true;
  showsProgram.value = true;
  wantedPlace.value = { line, column };
}

/** Begins an own model as a copy of one that ships, beside which it is compared. */
export async function beginModel(from: string): Promise<void> {
  mine.value = await quick.ask('modelText', from);
  modelIsShown.value = true;
  if (!models.peek().includes(MINE)) models.value = [...models.peek(), MINE];
}

/** Forgets it. */
export function forgetModel(): void {
  const others = models.peek().filter((one) => one !== MINE);
  models.value = others.length === 0 ? ['wasm'] : others;
  modelIsShown.value = false;
  mine.value = null;
}
