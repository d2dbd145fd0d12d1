import { render } from 'preact';
import { App } from './app/app.tsx';
import { exploreOnChange } from './app/exploring.ts';
import { stayOffline } from './app/offline.ts';
import { fetchAll } from './app/rooms.ts';
import { announce } from './state/announcement.ts';
import { followTheme } from './app/theme.ts';
import { takeDrops } from './library/open.ts';
import { openAddress } from './state/address.ts';
import { followAddress } from './state/follow.ts';
import './style/base.css';

void stayOffline();
followTheme();
open();
addEventListener('hashchange', open);
exploreOnChange();
followAddress();
takeDrops();

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
fetchAll();

function open(): void {
  const complaint = openAddress(location.hash);
  if (complaint !== null) announce(complaint);
}
