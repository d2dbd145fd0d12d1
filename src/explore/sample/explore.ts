import { Bug } from '../../base/assert.ts';
import type { Exploration } from '../explore.ts';

/** Sequentially consistent executions by schedules drawn at random. */
export function exploreSample<S>(_exploration: Exploration<S>, _kind: 'random' | 'pct'): void {
  throw new Bug('not built yet');
}
