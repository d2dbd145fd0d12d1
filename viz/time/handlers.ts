import type { Handler } from '../work/calls.ts';
import type { TimeCalls } from './calls.ts';

export const timeHandlers: { readonly [N in keyof TimeCalls]: Handler<N> } = {};
