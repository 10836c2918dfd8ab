// Metrics of the whole farm: their names, units and meaning. Values are computed in readings.ts once per detector window.

export interface MetricInfo {
  readonly label: string;
  readonly unit: string;
  /** Unit shown to people, when it differs. */
  readonly displayUnit?: string;
  readonly group: 'oscillation' | 'energy' | 'heat' | 'balance' | 'validity';
  readonly help: string;
}

export const METRICS = {
  pressureRatioRms: {
    label: 'Pressure ratio, rms',
    unit: 'fraction',
    displayUnit: 'percent',
    group: 'oscillation',
    help: 'rms over chambers of p₁/pₘ.',
  },
  pressureRatioMax: {
    label: 'Pressure ratio, largest',
    unit: 'fraction',
    displayUnit: 'percent',
    group: 'oscillation',
    help: 'Largest p₁/pₘ of any chamber.',
  },
  pressureRatioMin: {
    label: 'Pressure ratio, smallest',
    unit: 'fraction',
    displayUnit: 'percent',
    group: 'oscillation',
    help: 'Smallest p₁/pₘ of any chamber.',
  },
  amplitudeSpread: {
    label: 'Amplitude spread p90/p10',
    unit: '',
    group: 'oscillation',
    help: '90th over 10th percentile of the amplitudes.',
  },
  orderParameter: { label: 'Order parameter r', unit: '', group: 'oscillation', help: '|⟨exp iθ⟩| over all chambers.' },
  patternOrderParameter: {
    label: 'Pattern order r_pat',
    unit: '',
    group: 'oscillation',
    help: '|⟨exp i(θ − θ_source)⟩|: coherence with the drive pattern removed.',
  },
  localCoherenceMean: {
    label: 'Local coherence, mean',
    unit: '',
    group: 'oscillation',
    help: 'Mean over chambers of the order parameter of a chamber and its neighbours, pattern removed.',
  },
  standingRatio: {
    label: 'Standing-wave ratio',
    unit: '',
    group: 'oscillation',
    help: '|ΣP²| / Σ|P|²: 0 travelling, 1 standing.',
  },
  frequencyMean_Hz: {
    label: 'Frequency, mean',
    unit: 'Hz',
    group: 'oscillation',
    help: 'Mean over chambers of drive frequency plus rate of phase change.',
  },
  driveTrackingError: {
    label: 'Drive tracking error, rms',
    unit: 'fraction',
    displayUnit: 'percent',
    group: 'oscillation',
    help: 'Distance of the driven chambers’ pressures from the pattern that the drive control wants, over that pattern, rms; nothing without it.',
  },
  driveStrokeMax_m3: {
    label: 'Largest stroke of the drive control',
    unit: 'm3',
    displayUnit: 'mL',
    group: 'oscillation',
    help: 'Peak-to-peak displacement of the piston that moves most, as the drive control wants it; nothing without it.',
  },
  driveTrackingErrorMax: {
    label: 'Drive tracking error, largest',
    unit: 'fraction',
    displayUnit: 'percent',
    group: 'oscillation',
    help: 'Largest of any driven chamber, amplitude and phase together.',
  },
  drivePower_W: {
    label: 'Drive power',
    unit: 'W',
    group: 'energy',
    help: 'Mean mechanical power of all pistons into the gas.',
  },
  viscousPower_W: {
    label: 'Duct friction',
    unit: 'W',
    group: 'energy',
    help: 'Heat of viscous friction in the ducts, given to the walls.',
  },
  minorLossPower_W: {
    label: 'Minor loss',
    unit: 'W',
    group: 'energy',
    help: 'Heat of entry and exit losses, given to the gas.',
  },
  thermalLossPower_W: {
    label: 'Thermal relaxation',
    unit: 'W',
    group: 'energy',
    help: 'Heat of thermal relaxation in the wall boundary layer, given to the walls.',
  },
  chipPower_W: { label: 'Chip power', unit: 'W', group: 'heat', help: 'Heat of all chips.' },
  roomHeat_W: {
    label: 'Heat to the room',
    unit: 'W',
    group: 'heat',
    help: 'Heat flow from all walls to the room air.',
  },
  gasTemperatureMean_K: {
    label: 'Gas temperature, mean',
    unit: 'K',
    group: 'heat',
    help: 'Mean over chambers and window.',
  },
  wallTemperatureMean_K: { label: 'Wall temperature, mean', unit: 'K', group: 'heat', help: 'Mean over chambers.' },
  wallTemperatureMax_K: {
    label: 'Wall temperature, highest',
    unit: 'K',
    group: 'heat',
    help: 'Highest of any chamber.',
  },
  chipTemperatureMax_K: {
    label: 'Chip temperature, highest',
    unit: 'K',
    group: 'heat',
    help: 'Highest of any chamber.',
  },
  airTemperatureMean_K: {
    label: 'Room air at the chambers, mean',
    unit: 'K',
    group: 'heat',
    help: 'Mean over chambers of the air around them.',
  },
  airTemperatureMax_K: {
    label: 'Room air at the chambers, highest',
    unit: 'K',
    group: 'heat',
    help: 'Highest air temperature at any chamber.',
  },
  airOutletTemperature_K: {
    label: 'Room air at the outlet',
    unit: 'K',
    group: 'heat',
    help: 'Flow-weighted temperature of the air leaving the room; the heat of the fans is not in it.',
  },
  airThroughLattice_m3_per_s: {
    label: 'Air through the lattice',
    unit: 'm3_per_s',
    group: 'heat',
    help: 'Room air that enters the block of chambers; the rest of the circulation bypasses it.',
  },
  fanPower_W: {
    label: 'Fan power',
    unit: 'W',
    group: 'energy',
    help: 'Electrical power that moves the room’s air against its resistance, without the head thrown away at the outlet.',
  },
  thermalImbalance: {
    label: 'Thermal imbalance',
    unit: 'fraction',
    displayUnit: 'percent',
    group: 'heat',
    help: '(Drive + chips − heat to the room) over drive + chips: zero in thermal balance.',
  },
  condensedWater_mol: {
    label: 'Condensed water',
    unit: 'mol',
    group: 'heat',
    help: 'Water on the walls of all chambers.',
  },
  pressureMean_Pa: {
    label: 'Mean pressure',
    unit: 'Pa',
    displayUnit: 'atm',
    group: 'heat',
    help: 'Mean over chambers and window.',
  },
  supplyPressure_Pa: {
    label: 'Supply header',
    unit: 'Pa',
    displayUnit: 'atm',
    group: 'heat',
    help: 'Pressure of the supply header; nothing while the headers are off.',
  },
  returnPressure_Pa: {
    label: 'Return header',
    unit: 'Pa',
    displayUnit: 'atm',
    group: 'heat',
    help: 'Pressure of the return header; nothing while the headers are off.',
  },
  compressorPower_W: {
    label: 'Compressor power',
    unit: 'W',
    group: 'energy',
    help: 'Shaft power of the compressor from return to supply header, mean over the window.',
  },
  pumpsRunning: {
    label: 'Pumps running',
    unit: '',
    group: 'energy',
    help: 'Pumps between the headers that run or start; with pumps by curve only.',
  },
  pumpedFlow_mol_per_s: {
    label: 'Flow of the pumps',
    unit: 'mol_per_s',
    group: 'energy',
    help: 'From return to supply header, now; with pumps by curve only.',
  },
  dischargeTemperature_K: {
    label: 'Discharge temperature',
    unit: 'K',
    group: 'heat',
    help: 'Hottest gas after a stage of compression; with pumps by curve only.',
  },
  coolerOutlet_K: {
    label: 'Cooler outlet',
    unit: 'K',
    group: 'heat',
    help: 'Temperature of the gas that enters the supply header from the last cooler; with pumps by curve only.',
  },
  ventedAmount_mol: {
    label: 'Gas vented',
    unit: 'mol',
    group: 'heat',
    help: 'Gas that left the chambers for the room through vents, less what came in.',
  },
  storedEnergy_J: {
    label: 'Energy stored since start',
    unit: 'J',
    group: 'balance',
    help: 'Change of the energy of gas, boundary layers, ducts, walls and chips.',
  },
  massResidual: {
    label: 'Mass residual',
    unit: '',
    group: 'balance',
    help: 'Relative change of the total amount of gas; zero in exact arithmetic.',
  },
  speciesResidual: {
    label: 'Species residual',
    unit: '',
    group: 'balance',
    help: 'Largest relative change of the amount of any gas.',
  },
  energyResidual: {
    label: 'Energy residual',
    unit: '',
    group: 'balance',
    help: 'First law: stored − supplied + rejected, over the sum of the magnitudes of all terms.',
  },
  roomAirResidual: {
    label: 'Room air residual',
    unit: '',
    group: 'balance',
    help: 'First law of the room’s air: stored − taken up − blown in + blown out, over the sum of the magnitudes.',
  },
  exergyDestroyed_W: {
    label: 'Exergy destroyed',
    unit: 'W',
    group: 'balance',
    help: 'Entropy production times the supply air’s temperature: work lost.',
  },
  entropyProduction_W_per_K: {
    label: 'Entropy production',
    unit: 'W_per_K',
    group: 'balance',
    help: 'Sum over all irreversible exchanges.',
  },
  machMax: {
    label: 'Duct Mach number',
    unit: '',
    group: 'validity',
    help: 'Largest gas speed in a duct over the sound speed; valid below 0.1.',
  },
  reynoldsMax: {
    label: 'Boundary-layer Reynolds number',
    unit: '',
    group: 'validity',
    help: 'Largest u₁δ_ν/ν; laminar below 500.',
  },
  tidalRatioMax: {
    label: 'Tidal ratio',
    unit: '',
    group: 'validity',
    help: 'Largest displaced duct volume over half the duct’s volume; above 1 gas changes chamber.',
  },
  knudsenMax: {
    label: 'Knudsen number',
    unit: '',
    group: 'validity',
    help: 'Largest mean free path over duct diameter; a continuum below 0.01.',
  },
  shockRatioMax: {
    label: 'Duct length over shock distance',
    unit: '',
    group: 'validity',
    help: 'l·½(γ+1)ωu₁/a²: a wave steepens into a shock within the duct at 1.',
  },
  saturationMax: {
    label: 'Water saturation at the wall',
    unit: '',
    group: 'validity',
    help: 'Largest vapour pressure over saturation at the wall; above 1 water condenses.',
  },
  pressureOverRating: {
    label: 'Pressure over rating',
    unit: '',
    group: 'validity',
    help: 'Highest pressure over the chambers’ rating.',
  },
  timeStepShare: {
    label: 'Time step over its limit',
    unit: '',
    group: 'validity',
    help: 'Time step over the stability limit of the network.',
  },
  harmonicShare: {
    label: 'Higher harmonics',
    unit: '',
    group: 'validity',
    help: 'Averaged mode: largest pressure of the second and third harmonic over that of the first. They are carried; higher ones are not.',
  },
  helmholtzNumber: {
    label: 'ka',
    unit: '',
    group: 'validity',
    help: 'Wave number times chamber radius; lumped chambers hold below 0.3, not above 0.5.',
  },
} as const satisfies Record<string, MetricInfo>;

export type MetricName = keyof typeof METRICS;
export const METRIC_NAMES = Object.keys(METRICS) as MetricName[];
