// The text that narrows a list.

import classes from './Plant.module.css';

interface Props {
  readonly value: string;
  onChange(text: string): void;
}

export function FilterField({ value, onChange }: Props) {
  return (
    <input
      type="search"
      className={`${classes.field} ${classes.search}`}
      placeholder="Filter"
      aria-label="Filter by text"
      maxLength={80}
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
