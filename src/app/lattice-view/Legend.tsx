// The legend, part of the picture: which field, in which unit and colours, how its values are spread, and what time it
// is seen in (stroboscope or true waveform).

import { useStore } from 'zustand';
import { FIELD_NAMES, FIELDS, isFieldName } from '../../engine/fields.ts';
import { unitSymbol } from '../../engine/parameters/units.ts';
import { setView, useTwin } from '../state/store.ts';
import { ColourBar } from './ColourBar.tsx';
import { CondensateMarks } from './CondensateMarks.tsx';
import { FaultMarks } from './FaultMarks.tsx';
import { readableUnit } from './format.ts';
import classes from './Legend.module.css';
import { palette, paletteOf } from './palettes.ts';
import { RangeEnds } from './RangeEnds.tsx';
import { type Stage, wantedField } from './stage.ts';
import { TimeNote } from './TimeNote.tsx';

const CHOICES = FIELD_NAMES.filter((name) => name !== 'strobe');

export function Legend({ stage }: { stage: Stage }) {
  const field = useTwin((s) => s.view.field);
  const mode = useTwin((s) => s.view.mode);
  const chosen = useTwin((s) => s.view.range);
  const wanted = useTwin((s) => wantedField(s.view));
  const drawn = useStore(stage.state, (s) => s.drawn);
  const automatic = useStore(stage.state, (s) => s.range);
  const dark = useStore(stage.state, (s) => s.dark);

  const { unit, scale, help } = FIELDS[wanted];
  const range = chosen ?? (drawn === wanted ? automatic : null);
  const shownUnit = readableUnit(unit, range ? Math.max(Math.abs(range[0]), Math.abs(range[1])) : 0);
  const colours = palette(paletteOf(wanted), dark ? 'dark' : 'light');

  return (
    <section className={classes.legend} aria-label="Legend" data-testid="lattice-legend">
      <div className={classes.field}>
        <select
          className={classes.select}
          aria-label="Field shown"
          title={help}
          value={field === 'strobe' ? 'pressureDeviation_Pa' : field}
          onChange={({ currentTarget: { value } }) => {
            if (isFieldName(value)) setView({ field: value, range: null });
          }}
        >
          {CHOICES.map((name) => (
            <option key={name} value={name}>
              {FIELDS[name].label}
            </option>
          ))}
        </select>
        <span className={classes.unit}>{unitSymbol(shownUnit)}</span>
      </div>
      {field === 'pressureDeviation_Pa' && (
        <fieldset className={classes.modes} aria-label="Time shown">
          <button type="button" aria-pressed={mode === 'strobe'} onClick={() => setView({ mode: 'strobe' })}>
            Stroboscope
          </button>
          <button type="button" aria-pressed={mode === 'waveform'} onClick={() => setView({ mode: 'waveform' })}>
            True waveform
          </button>
        </fieldset>
      )}
      <div className={classes.scale}>
        <ColourBar
          stage={stage}
          colours={colours}
          range={range}
          automatic={automatic}
          scale={scale}
          unit={unit}
          shownUnit={shownUnit}
        />
        <RangeEnds range={range} chosen={chosen !== null} scale={scale} unit={unit} shownUnit={shownUnit} />
      </div>
      <TimeNote wanted={wanted} />
      <div className={classes.notes}>
        <FaultMarks stage={stage} />
        <CondensateMarks stage={stage} />
      </div>
    </section>
  );
}
