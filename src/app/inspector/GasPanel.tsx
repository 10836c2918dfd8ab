// The gas now, and how a property changes with temperature, pressure or the share of a gas: the engine's own tables, for
// the ideal and the real gas.

import { useEffect, useMemo, useState } from 'react';
import { SPECIES_SYMBOLS } from '../../engine/parameters/table.ts';
import type { GasReply, GasRequest } from '../../worker/protocol.ts';
import { Plot } from '../charts/Plot.tsx';
import { quantityText } from '../shell/format.ts';
import { client } from '../state/farm-client.ts';
import { useTwin } from '../state/store.ts';
import classes from './GasPanel.module.css';
import { axisOf, gasPlot, PROPERTIES, type PropertyName } from './gas-data.ts';
import inspector from './Inspector.module.css';

const POINTS = 81;

export function GasPanel() {
  const mixture = useTwin((s) => s.values['gas.mixture']);
  const model = useTwin((s) => (s.values['simulation.gas_model'] === 'virial' ? 'virial' : 'ideal'));
  const ready = useTwin((s) => s.phase === 'ready');
  // Rounded, so that the tables are asked again only when the mean state has moved visibly.
  const temperature = useTwin((s) => Math.round(s.status?.metrics.gasTemperatureMean_K ?? 300));
  const pressure = useTwin((s) => Number((s.status?.meanPressure_Pa ?? 101325).toPrecision(3)));
  const [property, setProperty] = useState<PropertyName>('soundSpeed_m_per_s');
  const [along, setAlong] = useState<string>('temperature');
  const request = useMemo(
    (): GasRequest => ({
      mixture,
      temperature_K: temperature,
      pressure_Pa: pressure,
      model: 'ideal',
      points: POINTS,
      ...axisOf(along),
    }),
    [mixture, temperature, pressure, along],
  );
  const ideal = useGasTable(request, ready);
  const real = useGasTable(
    useMemo(() => ({ ...request, model: 'virial' as const }), [request]),
    ready,
  );
  const now = useGasTable(
    useMemo(() => ({ ...request, model, along: null, from: 0, to: 0 }), [request, model]),
    ready,
  );
  const spec = useMemo(
    () => gasPlot(property, along, ideal, real, { mixture, temperature, pressure }),
    [property, along, ideal, real, mixture, temperature, pressure],
  );
  return (
    <section className={inspector.block} aria-label="Gas">
      <h3 className={inspector.heading}>
        Gas{' '}
        <span className={inspector.muted}>
          {model} model, {quantityText(temperature, 'K', 'K', 4)}, {quantityText(pressure, 'Pa', 'atm')}
        </span>
      </h3>
      <dl className={inspector.figures}>
        {(Object.keys(PROPERTIES) as PropertyName[]).map((name) => (
          <div key={name}>
            <dt>{PROPERTIES[name].label}</dt>
            <dd>{now?.ok ? PROPERTIES[name].text(now.properties[name]?.[0] ?? Number.NaN) : '–'}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.choose}>
        <label>
          <span>Show</span>
          <select value={property} onChange={(event) => setProperty(event.currentTarget.value as PropertyName)}>
            {(Object.keys(PROPERTIES) as PropertyName[]).map((name) => (
              <option key={name} value={name}>
                {PROPERTIES[name].label}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>against</span>
          <select value={along} onChange={(event) => setAlong(event.currentTarget.value)}>
            <option value="temperature">Temperature</option>
            <option value="pressure">Pressure</option>
            {SPECIES_SYMBOLS.map((symbol) => (
              <option key={symbol} value={symbol}>
                Share of {symbol}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Plot
        spec={spec}
        height={158}
        label={`${PROPERTIES[property].label} of the mixture against ${along}, ideal and real gas`}
      />
      <p className={classes.key}>
        <span data-curve="ideal">Ideal gas</span>
        <span data-curve="real">Second virial</span>
      </p>
    </section>
  );
}

/** The table for a request; the one before stays while the next is on its way. */
function useGasTable(request: GasRequest, ready: boolean): GasReply | null {
  const [reply, setReply] = useState<GasReply | null>(null);
  useEffect(() => {
    if (!ready) return;
    let alive = true;
    client
      .poll((farm) => farm.gas(request))
      .then((answer) => {
        if (alive) setReply(answer);
      })
      // A lost engine is told elsewhere.
      .catch(() => undefined);
    return () => {
      alive = false;
    };
  }, [request, ready]);
  return reply;
}
