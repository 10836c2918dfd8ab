// The drivers by hand: the farm's virtual files as a tree, a file that follows the farm, and the console over files and registers.

import own from './Console.module.css';
import { FileView } from './FileView.tsx';
import { ProcTree } from './ProcTree.tsx';
import { Terminal } from './Terminal.tsx';

export function ConsoleTab() {
  return (
    <div className={own.console}>
      <ProcTree />
      <FileView />
      <Terminal />
    </div>
  );
}
