// The page's entry: policy, styles, theme, React, engine. Nothing else happens here.

import '../worker/trusted-types.ts';
import '@fontsource-variable/inter';
import './shell/mantine.css';
import './shell/tokens.css';
import './shell/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './shell/App.tsx';
import { startTwin } from './state/start.ts';
import { installTwinApi } from './twin-api.ts';

startTwin();
installTwinApi();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element "root"');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
