import { Bug } from '../../base/assert.ts';
import type { Exploration } from '../explore.ts';

/**
 * Sequentially consistent executions by merging: `state`, equal states are explored once (an execution for every distinct end); `history`,
 * equal reads-from histories are (an execution for every reads-from).
 */
export function exploreStates<S>(_exploration: Exploration<S>, _merge: 'state' | 'history'): void {
  throw new Bug('not built yet');
}
