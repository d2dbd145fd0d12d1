import { AnswerTrie } from '../../exec/answer-trie.ts';
import type { Program } from '../../runtime/program.ts';
import { scriptMain } from '../../runtime/session.ts';
import type { Readings } from '../../syntax/readings.ts';
import { ThreadNames } from '../thread-names.ts';
import type { Ground } from './free-course.ts';
import { makeSegments } from './segment.ts';

/** What walks through the program share. More than `fuel` silent steps of a thread at once are too many. */
export function groundOf(program: Program, readings: Readings, fuel: number): Ground {
  const trie = new AnswerTrie(makeSegments(program, readings, fuel));
  return { trie, main: scriptMain(program), names: new ThreadNames(), readings };
}
