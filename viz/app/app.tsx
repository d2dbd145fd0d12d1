import { Plain } from '../editor/plain.tsx';
import { showsProgram } from '../state/side.ts';
import { view } from '../state/state.ts';
import './app.css';
import { Divider, share } from './divider.tsx';
import { Header } from './header.tsx';
import { Lazy } from './lazy.tsx';
import { Notice } from './notice.tsx';
import { Printed } from './printed.tsx';
import { loadEditor, VIEW_ROOMS } from './rooms.ts';
import { Shortcuts } from './shortcuts.tsx';
import { Status } from './status.tsx';
import { Tabs } from './tabs.tsx';

/** The page: the program on one side, what it may do on the other. */
export function App() {
  const { load, title } = VIEW_ROOMS[view.value];
  return (
    <div class="app" style={{ '--share': `${share.value}%` }} data-shows={showsProgram.value ? 'program' : 'answers'}>
      <a class="app-skip" href="#answers" onClick={skipToAnswers}>
        Skip to what it may do
      </a>
      <Header />
      <Notice />
      <Printed />
      <main class="app-panes">
        <section class="app-program" aria-label="Program">
          <Lazy load={loadEditor} waiting={<Plain />} />
        </section>
        <Divider />
        <section class="app-answers" id="answers" tabIndex={-1} aria-label="What it may do">
          <Tabs />
          <div class="app-view" role="tabpanel" id={`view-${view.value}`} aria-label={title} tabIndex={0}>
            <Lazy key={view.value} load={load} waiting={`${title} …`} />
          </div>
        </section>
      </main>
      <Status />
      <Shortcuts />
    </div>
  );
}

function skipToAnswers(event: Event): void {
  event.preventDefault();
  showsProgram.value = false;
  document.getElementById('answers')?.focus();
}
