// The parameter block at the start of the kernel's memory: the one list of addresses that both sides use, the engine
// (gas-oscillation/kernel.ts, which writes it) and the AssemblyScript kernel (assembly/, which reads it).
// Plain constants, valid in both languages. Addresses in bytes.

// Pointers and counts: unsigned 32-bit words.
export const CHAMBERS = 0;
export const DUCTS = 4;
export const POLES = 8;
/** 1 for the real gas, 0 for the ideal one. */
export const VIRIAL = 12;
/** One record per chamber: what its ducts give it in a step, and its pressure (RECORD_BYTES each). */
export const RECORDS = 16;
/** Per pair of ducts: ends and address of the coefficients (see below). */
export const DUCT_BLOCKS = 20;
/** Per pair of chambers: address of the coefficients (see below). */
export const CHAMBER_BLOCKS = 24;
/** Gas that crossed and has not yet changed chamber, per duct. */
export const CROSSED = 320;
/** Per thread what it works on (see thread blocks); sums of the ducts' and the chambers' totals, per block. */
export const THREADS = 324;
export const DUCT_SUMS = 328;
export const CHAMBER_SUMS = 332;
/** Chambers of every duct (u32). */
export const EDGES = 336;
/** Words by which threads wait for each other: CONTROL_WORDS 32-bit words. */
export const CONTROL = 340;
/** The ducts' dispersion traps: constants of the step, states. */
export const TRAP_EASE = 344;
export const TRAP_PUSH = 352;
export const TRAP_FLOW = 360;
export const TRAP_PRESSURE = 364;
/** Gas that may wait at one end of a duct, of half the duct's volume, and whether more does somewhere. */
export const MOST_WAITING = 368;
export const MUCH_WAITS = 376;
/** Factor of powers, times the time step, and times −½. */
export const POWER_FACTOR = 384;
export const HEAT_STEP = 392;
export const WORK_FACTOR = 400;
/** One over the time step, 1/s, and over the room's temperature, 1/K. */
export const PER_STEP = 408;
export const PER_ROOM = 416;
/** ⅙: see HALF. */
export const SIXTH = 424;
export const MOST_THREADS = 8;
/**
 * A line of 16 words each: step begun; chambers to mix listed (and how many); all mixed; end. Then per thread prepared, ducts
 * moved, its part mixed, done, state.
 */
export const CONTROL_STEP = 0;
export const CONTROL_LISTED = 16;
export const CONTROL_COUNT = 17;
export const CONTROL_MIXED = 32;
export const CONTROL_QUIT = 48;
export const CONTROL_THREADS = 64;
export const CONTROL_THREAD_WORDS = 80;
export const CONTROL_PREPARED = 0;
export const CONTROL_MOVED = 16;
export const CONTROL_MIXED_PART = 32;
export const CONTROL_DONE = 48;
export const CONTROL_STATE = 64;
export const CONTROL_WORDS = 704;
/** List of the ends of ducts whose gas crossed, and how much. */
export const CROSSED_END = 28;
export const CROSSED_EXCESS = 32;
// Arrays of the state.
export const FLOW = 36;
export const DISPLACEMENT = 40;
export const VISCOUS = 44;
export const AMOUNT = 48;
export const ENERGY = 52;
export const TEMPERATURE = 56;
export const VOLUME = 60;
export const PRESSURE = 64;
export const CENTRE = 68;
export const CALORIC = 72;
export const VIRIAL_TERMS = 76;
export const LAYER = 80;
export const INSTANT_LAYER = 84;
export const PENDING_HEAT = 88;
export const WALL = 92;
export const CHIP = 96;
export const PISTON_RE = 100;
export const PISTON_IM = 104;
export const PISTON = 108;
export const TOTALS = 112;
// Arrays of the surroundings.
export const CHIP_POWER = 116;
export const TARGET_RE = 120;
export const TARGET_IM = 124;
// Arrays of the window's sums.
export const PRESSURE_COS = 128;
export const PRESSURE_SIN = 132;
export const OFFSET = 136;
export const PRESSURE_SUM = 140;
export const TEMPERATURE_SUM = 144;
export const DRIVE_WORK_SUM = 148;
export const WALL_HEAT_SUM = 152;
export const FRICTION_SUM = 156;
export const MINOR_LOSS_SUM = 160;
export const PEAK_FLOW = 164;
// Gas that changes chamber.
export const AMOUNTS = 168;
/** Per chamber what crossed adds (CHANGE_BYTES: volume, energy, mol of six gases), and whether anything did (one byte). */
export const CHANGES = 172;
export const TOUCHED = 176;
/** List of the chambers to mix (u32), and of each MIXING_BYTES: entropy gained by mixing, thermal entropy before, by a new centre, whether one is needed. */
export const MIXED = 180;
export const MIXING = 184;
export const MIXING_BYTES = 32;
/** The gases' numbers about the centres (see below). */
export const CENTRES = 188;

// Scalars: float64.
export const TIME_STEP = 192;
/** K/J: one over the heat capacities. */
export const PER_WALL = 200;
export const PER_CHIP = 208;
/** Time step times conductance. */
export const ROOM_STEP = 216;
export const CHIP_STEP = 224;
export const ROOM_TEMPERATURE = 232;
/** Of the drive clock, and the same times the detector's weight. */
export const COS = 240;
export const SIN = 248;
export const WEIGHTED_COS = 256;
export const WEIGHTED_SIN = 264;
/** Share of the way to its target that the piston amplitude goes in one step. */
export const FOLLOW = 272;
/** The engine's own constants: gas constant, temperature of zero energy, distance at which a chamber is re-centred. */
export const GAS_CONSTANT = 280;
export const REFERENCE_TEMPERATURE = 288;
export const RECENTRE_KELVIN = 296;
export const SMALLEST_NORMAL = 312;
/** ½: from memory it costs less than a constant, which V8 builds anew at every use. */
export const HALF = 304;
/** Per pole, POLE_BYTES each: 1/(1+b), 2b, 2b/(1+b), τ. */
export const POLE_TABLE = 512;
export const POLE_BYTES = 32;
export const MOST_POLES = 16;

/** Ducts and chambers are worked on in blocks, whose totals are summed apart: so they are the same for any number of threads. */
export const DUCT_BLOCK = 64;
export const CHAMBER_BLOCK = 32;
export const DUCT_SUM_BYTES = 16;
export const CHAMBER_SUM_BYTES = 80;

// Thread block: unsigned 32-bit words.
export const THREAD_BYTES = 64;
/** Its chambers (whole blocks but for the last) and its blocks of ducts; all ducts from block `shared` on may touch others' chambers. */
export const THREAD_CHAMBER = 0;
export const THREAD_CHAMBER_END = 4;
export const THREAD_DUCTS = 8;
export const THREAD_DUCTS_SHARED = 12;
export const THREAD_DUCTS_END = 16;
/** Stand-ins for others' chambers at its ducts: address of the record and of the pressure, MIRROR_BYTES each. */
export const THREAD_MIRRORS = 20;
export const THREAD_MIRROR_COUNT = 24;
export const MIRROR_BYTES = 8;
/** Others' ducts at its chambers, before and after its own in the order of the ducts: duct, end, record, addresses of both pressures. */
export const THREAD_BEFORE = 28;
export const THREAD_BEFORE_COUNT = 32;
export const THREAD_AFTER = 36;
export const THREAD_AFTER_COUNT = 40;
export const FOREIGN_BYTES = 20;
/** What those after give, kept until its own have given: HELD_BYTES each. */
export const THREAD_HELD = 44;
export const HELD_BYTES = 24;
/** Scratch for a block of ducts (mid-step flows, one v128 for two) or of chambers (SCRATCH_BYTES for two). */
export const THREAD_SCRATCH = 48;
export const SCRATCH_BYTES = 208;
export const SCRATCH_DV = 0;
export const SCRATCH_DENSITY = 16;
export const SCRATCH_DT = 32;
export const SCRATCH_PISTON_MOVE = 48;
export const SCRATCH_B = 64;
export const SCRATCH_B1 = 80;
export const SCRATCH_B2 = 96;
export const SCRATCH_RESIDUAL = 112;
export const SCRATCH_MID = 128;
export const SCRATCH_D = 144;
export const SCRATCH_TO_WALL = 160;
export const SCRATCH_WORK = 176;
export const SCRATCH_PER_MID = 192;

/** Numbers of the gases about each centre of the caloric grid (gas/caloric.ts, centreTerms), CENTRE_BYTES each. */
export const CENTRE_BYTES = 240;
/** Gases two by two; of each pair energy, C, C′, C″ and σ. */
export const GAS_PAIRS = 3;
export const PAIR_BYTES = 80;
/** First centre in the table, T − 300 K, the distance between them and how many there are. */
export const FIRST_CENTRE = -100;
export const CENTRE_SPACING = 4;
export const CENTRE_COUNT = 201;

/** From 5632 the compiler's own constants (tools/build-kernel.ts), then the farm's arrays. */
export const BLOCK_BYTES = 8192;
export const CHANGE_BYTES = 64;
/** friction heat, minor-loss heat, volume change, pressure. */
export const RECORD_BYTES = 32;

// Ducts e and e + 1 side by side: addresses of 4 records (u32) and of their coefficients, which equal pairs share.
export const DUCT_PAIR_BYTES = 32;
export const DUCT_COEFFICIENTS = 16;
// Coefficients of a pair of ducts: pairs of float64.
export const DUCT_INERTIAL = 0;
export const DUCT_DENOMINATOR = 16;
/** 4 times the quadratic coefficient, and the time step times it. */
export const DUCT_FOUR_QUADRATIC = 32;
export const DUCT_TIMED_QUADRATIC = 48;
export const DUCT_RESISTANCE = 64;
export const DUCT_HALF_VOLUME = 80;
/** Then per pole damping and layer resistance. */
export const DUCT_POLES = 96;
export const DUCT_POLE_BYTES = 32;

// Coefficients of chambers i and i + 1 side by side, pairs of float64; CHAMBER_BLOCKS lists their addresses (u32).
/** Time step times wall conductance. */
export const CHAMBER_CONDUCTED = 0;
export const CHAMBER_INSTANT = 16;
export const CHAMBER_HALF_PULL = 32;
/** Then per pole pull and heat capacity. */
export const CHAMBER_POLES = 48;
export const CHAMBER_POLE_BYTES = 32;
