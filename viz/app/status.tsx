import { useEffect, useState } from 'preact/hooks';
import { announcement } from '../state/announcement.ts';
import { explored, exploring, failure, text } from '../state/state.ts';
import type { ModelAnswer } from '../outcomes/calls.ts';

const SHOWN_FOR = 6_000;

/** The line at the foot of the page. Who listens is not told of every count. */
export function Status() {
  const now = useSeconds(exploring.value.kind === 'running');
  const news = announcement.value;
  const isNew = news !== null && now - news.at < SHOWN_FOR;
  return (
    <footer class="app-status no-print">
      <p data-state={stateOf()} aria-hidden="true">
        {isNew ? news.text : statusText(now)}
      </p>
      <p role="status" aria-live="polite" class="unseen">
        {isNew ? news.text : exploring.value.kind === 'running' ? 'Exploring.' : statusText(now)}
      </p>
      <p class="quiet app-hint">
        <kbd>?</kbd> keys
      </p>
    </footer>
  );
}

/** For styles, and for who waits until a search is over. */
function stateOf(): string {
  if (exploring.value.kind === 'running') return 'running';
  if (failure.value !== null) return 'failed';
  const it = explored.value;
  if (it === null) return 'empty';
  return it.answer.kind === 'refused' ? 'refused' : 'explored';
}

function statusText(now: number): string {
  const running = exploring.value;
  if (running.kind === 'running') {
    const seconds = Math.max(0, (now - running.since) / 1000);
    return `Exploring under ${running.model}: ${running.executions.toLocaleString('en')} executions, ${seconds.toFixed(1)} s`;
  }
  if (failure.value !== null) return failure.value;
  const it = explored.value;
  if (it === null) return text.value.trim() === '' ? 'Type a program, or choose an example.' : '';
  if (it.answer.kind === 'refused') {
    const { length } = it.answer.diagnostics;
    return `The program is not accepted: ${length} ${length === 1 ? 'complaint' : 'complaints'}.`;
  }
  return it.answer.answers.map(answerText).join('   ');
}

function answerText({ model, outcomes, executions, complete, bound, milliseconds }: ModelAnswer): string {
  const end = complete ? '' : `, not all: ${bound ?? 'interrupted'}`;
  return `${model}: ${count(outcomes.length, 'outcome')} of ${count(executions, 'execution')} in ${(milliseconds / 1000).toFixed(2)} s${end}.`;
}

export function count(n: number, what: string): string {
  return `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;
}

/** The time, again and again while it matters. */
function useSeconds(isRunning: boolean): number {
  const [now, setNow] = useState(performance.now());
  const { value } = announcement;
  useEffect(() => {
    setNow(performance.now());
    const timer = isRunning
      ? setInterval(() => setNow(performance.now()), 200)
      : setTimeout(() => setNow(performance.now()), SHOWN_FOR + 50);
    return () => clearInterval(timer);
  }, [isRunning, value]);
  return now;
}
