import { ATOMIC_CHAPTER, WAITQUEUE_CHAPTER } from './rule-rows-atomics.ts';
import { CONTROL_CHAPTER } from './rule-rows-control.ts';
import { MEMORY_CHAPTER } from './rule-rows-memory.ts';
import { AGGREGATE_ATOMIC_CHAPTER, VARIABLE_ATOMIC_CHAPTER } from './rule-rows-objects.ts';
import { AGGREGATE_CHAPTER, REFERENCE_CHAPTER } from './rule-rows-references.ts';
import { VALUE_CHAPTER } from './rule-rows-values.ts';
import type { Chapter } from './rules.ts';

/** The typing rules of instructions: a part of `RULES`. */
export const INSTR_CHAPTERS: readonly Chapter[] = [
  CONTROL_CHAPTER,
  VALUE_CHAPTER,
  REFERENCE_CHAPTER,
  AGGREGATE_CHAPTER,
  MEMORY_CHAPTER,
  ATOMIC_CHAPTER,
  VARIABLE_ATOMIC_CHAPTER,
  AGGREGATE_ATOMIC_CHAPTER,
  WAITQUEUE_CHAPTER,
];
