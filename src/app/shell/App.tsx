// The page: providers, the layout of its panels, and what lies over them (notices, drop zone, lost engine, help).

import { MantineProvider } from '@mantine/core';
import { useState } from 'react';
import { useTwin } from '../state/store.ts';
import { DropZone } from './DropZone.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { Layout } from './Layout.tsx';
import { LostPanel } from './LostPanel.tsx';
import { Notices } from './Notices.tsx';
import { useShortcuts } from './shortcuts.ts';
import { cssVariablesResolver, theme } from './theme.ts';

export function App() {
  const colorScheme = useTwin((s) => s.theme);
  return (
    <MantineProvider theme={theme} forceColorScheme={colorScheme} cssVariablesResolver={cssVariablesResolver}>
      <Page />
    </MantineProvider>
  );
}

function Page() {
  const [help, setHelp] = useState(false);
  useShortcuts(() => setHelp(true));
  return (
    <>
      <Layout onHelp={() => setHelp(true)} />
      <LostPanel />
      <Notices />
      <DropZone />
      <HelpDialog opened={help} onClose={() => setHelp(false)} />
    </>
  );
}
