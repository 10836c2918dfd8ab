// Wall and chip of the chambers, the totals of energy and entropy, and the sums of the detector's window.
// Totals are added chamber by chamber in order, two totals in one v128.

import {
  CHAMBER_BLOCK,
  CHAMBER_SUM_BYTES,
  CHAMBER_SUMS,
  CHAMBERS,
  CHIP,
  CHIP_POWER,
  CHIP_STEP,
  DRIVE_WORK_SUM,
  DUCT_BLOCK,
  DUCT_SUM_BYTES,
  DUCT_SUMS,
  DUCTS,
  FRICTION_SUM,
  INSTANT_LAYER,
  MINOR_LOSS_SUM,
  OFFSET,
  PER_CHIP,
  PER_ROOM,
  PER_WALL,
  PRESSURE,
  PRESSURE_COS,
  PRESSURE_SIN,
  PRESSURE_SUM,
  RECORD_BYTES,
  RECORDS,
  REFERENCE_TEMPERATURE,
  ROOM_STEP,
  ROOM_TEMPERATURE,
  SCRATCH_BYTES,
  SCRATCH_D,
  SCRATCH_MID,
  SCRATCH_PER_MID,
  SCRATCH_TO_WALL,
  SCRATCH_WORK,
  TEMPERATURE_SUM,
  TIME_STEP,
  TOTALS,
  WALL,
  WALL_HEAT_SUM,
  WEIGHTED_COS,
  WEIGHTED_SIN,
} from '../block';
import { accumulate, first, put, second } from './lanes';

let driveAndChip = f64x2.splat(0);
let roomAndThermal = f64x2.splat(0);
let entropyThermalAndViscous = f64x2.splat(0);
let entropyMinorAndRoom = f64x2.splat(0);
let entropyChipAndPressure = f64x2.splat(0);

export function openBooks(): void {
  const zero = f64x2.splat(0);
  driveAndChip = zero;
  roomAndThermal = zero;
  entropyThermalAndViscous = zero;
  entropyMinorAndRoom = zero;
  entropyChipAndPressure = zero;
}

/** Keeps the sums of a block of chambers. */
export function closeBooks(block: i32): void {
  const at = load<usize>(CHAMBER_SUMS) + <usize>block * CHAMBER_SUM_BYTES;
  v128.store(at, driveAndChip);
  v128.store(at, roomAndThermal, 16);
  v128.store(at, entropyThermalAndViscous, 32);
  v128.store(at, entropyMinorAndRoom, 48);
  v128.store(at, entropyChipAndPressure, 64);
}

/** When every thread is done: adds the step's sums, block by block, to the totals. @returns the sum of the new pressures */
export function close(): f64 {
  openBooks();
  const chamberBlocks = (load<i32>(CHAMBERS) + CHAMBER_BLOCK - 1) / CHAMBER_BLOCK;
  let at = load<usize>(CHAMBER_SUMS);
  for (let m = 0; m < chamberBlocks; m++, at += CHAMBER_SUM_BYTES) {
    driveAndChip = f64x2.add(driveAndChip, v128.load(at));
    roomAndThermal = f64x2.add(roomAndThermal, v128.load(at, 16));
    entropyThermalAndViscous = f64x2.add(entropyThermalAndViscous, v128.load(at, 32));
    entropyMinorAndRoom = f64x2.add(entropyMinorAndRoom, v128.load(at, 48));
    entropyChipAndPressure = f64x2.add(entropyChipAndPressure, v128.load(at, 64));
  }
  const drive = f64x2.extract_lane(driveAndChip, 0);
  addTotal(0, drive);
  addTotal(13, abs(drive));
  addTotal(1, f64x2.extract_lane(driveAndChip, 1));
  addTotal(2, f64x2.extract_lane(roomAndThermal, 0));
  addTotal(5, f64x2.extract_lane(roomAndThermal, 1));
  addTotal(6, f64x2.extract_lane(entropyThermalAndViscous, 0));
  addTotal(7, f64x2.extract_lane(entropyThermalAndViscous, 1));
  addTotal(8, f64x2.extract_lane(entropyMinorAndRoom, 0));
  addTotal(9, f64x2.extract_lane(entropyMinorAndRoom, 1));
  addTotal(10, f64x2.extract_lane(entropyChipAndPressure, 0));
  let ducts = f64x2.splat(0);
  const ductBlocks = (load<i32>(DUCTS) + DUCT_BLOCK - 1) / DUCT_BLOCK;
  at = load<usize>(DUCT_SUMS);
  for (let m = 0; m < ductBlocks; m++, at += DUCT_SUM_BYTES) ducts = f64x2.add(ducts, v128.load(at));
  addTotal(3, f64x2.extract_lane(ducts, 0));
  addTotal(4, f64x2.extract_lane(ducts, 1));
  return f64x2.extract_lane(entropyChipAndPressure, 1);
}

/** `which`: an index of TOTAL in gas-oscillation/state.ts. */
function addTotal(which: usize, value: f64): void {
  const at = load<usize>(TOTALS) + (which << 3);
  store<f64>(at, load<f64>(at) + value);
}

/** Walls, chips, totals and window sums of chambers `from` … `to` − 1, from what the gas passes left. */
export function book<Lanes>(from: i32, to: i32, scratches: usize): void {
  const reference = v128.load_splat<f64>(REFERENCE_TEMPERATURE);
  const roomTemperature = v128.load_splat<f64>(ROOM_TEMPERATURE);
  const one = f64x2.splat(1);
  const timeStep = v128.load_splat<f64>(TIME_STEP);
  let sumA = driveAndChip;
  let sumB = roomAndThermal;
  let sumC = entropyThermalAndViscous;
  let sumD = entropyMinorAndRoom;
  let sumE = entropyChipAndPressure;
  let scratch = scratches;
  let record = load<usize>(RECORDS) + <usize>from * RECORD_BYTES;
  for (let i = from; i < to; i += 2, record += 2 * RECORD_BYTES, scratch += SCRATCH_BYTES) {
    const at = (<usize>i) << 3;
    const given0 = v128.load(record);
    const given1 = v128.load(record, RECORD_BYTES);
    const frictionHeat = first(given0, given1);
    const minorHeat = second(given0, given1);
    const mid = v128.load(scratch, SCRATCH_MID);
    const D = v128.load(scratch, SCRATCH_D);
    const toWall = v128.load(scratch, SCRATCH_TO_WALL);
    const driveWork = v128.load(scratch, SCRATCH_WORK);
    const pressure = v128.load(load<usize>(PRESSURE) + at);

    const wallAt = load<usize>(WALL) + at;
    const chipAt = load<usize>(CHIP) + at;
    const wall = v128.load(wallAt);
    const chipBefore = v128.load(chipAt);
    const aboveRoom = f64x2.sub(wall, roomTemperature);
    const chipToWall = f64x2.mul(v128.load_splat<f64>(CHIP_STEP), f64x2.sub(chipBefore, wall));
    const wallToRoom = f64x2.mul(v128.load_splat<f64>(ROOM_STEP), aboveRoom);
    const chipHeat = f64x2.mul(timeStep, v128.load(load<usize>(CHIP_POWER) + at));
    const gasToWall = f64x2.add(toWall, D);
    const gain = f64x2.sub(f64x2.add(f64x2.add(gasToWall, frictionHeat), chipToWall), wallToRoom);
    put<Lanes>(wallAt, f64x2.add(wall, f64x2.mul(gain, v128.load_splat<f64>(PER_WALL))));
    const chip = f64x2.add(chipBefore, f64x2.mul(f64x2.sub(chipHeat, chipToWall), v128.load_splat<f64>(PER_CHIP)));
    put<Lanes>(chipAt, chip);

    const chipAbsolute = f64x2.add(reference, chip);
    const perMid = v128.load(scratch, SCRATCH_PER_MID);
    const perBoth = f64x2.div(one, f64x2.mul(f64x2.add(reference, wall), chipAbsolute));
    const perWall = f64x2.mul(perBoth, chipAbsolute);
    const conducted = f64x2.mul(f64x2.mul(toWall, f64x2.sub(mid, wall)), perMid);
    const entropyThermal = f64x2.mul(f64x2.add(D, conducted), perWall);
    const entropyViscous = f64x2.mul(frictionHeat, perWall);
    const entropyMinor = f64x2.mul(minorHeat, perMid);
    const entropyRoom = f64x2.mul(f64x2.mul(f64x2.mul(wallToRoom, aboveRoom), v128.load_splat<f64>(PER_ROOM)), perWall);
    const entropyChip = f64x2.mul(f64x2.mul(chipToWall, f64x2.sub(chip, wall)), perBoth);
    sumA = f64x2.add(sumA, first(driveWork, chipHeat));
    sumB = f64x2.add(sumB, first(wallToRoom, D));
    sumC = f64x2.add(sumC, first(entropyThermal, entropyViscous));
    sumD = f64x2.add(sumD, first(entropyMinor, entropyRoom));
    sumE = f64x2.add(sumE, first(entropyChip, pressure));
    if (sizeof<Lanes>() === 2) {
      sumA = f64x2.add(sumA, second(driveWork, chipHeat));
      sumB = f64x2.add(sumB, second(wallToRoom, D));
      sumC = f64x2.add(sumC, second(entropyThermal, entropyViscous));
      sumD = f64x2.add(sumD, second(entropyMinor, entropyRoom));
      sumE = f64x2.add(sumE, second(entropyChip, pressure));
    }

    const deviation = f64x2.sub(pressure, v128.load(load<usize>(OFFSET) + at));
    accumulate<Lanes>(load<usize>(PRESSURE_COS) + at, f64x2.mul(deviation, v128.load_splat<f64>(WEIGHTED_COS)));
    accumulate<Lanes>(load<usize>(PRESSURE_SIN) + at, f64x2.mul(deviation, v128.load_splat<f64>(WEIGHTED_SIN)));
    accumulate<Lanes>(load<usize>(PRESSURE_SUM) + at, pressure);
    // The instant layer has the temperature the gas had before its last correction.
    accumulate<Lanes>(load<usize>(TEMPERATURE_SUM) + at, v128.load(load<usize>(INSTANT_LAYER) + at));
    accumulate<Lanes>(load<usize>(DRIVE_WORK_SUM) + at, driveWork);
    accumulate<Lanes>(load<usize>(WALL_HEAT_SUM) + at, gasToWall);
    accumulate<Lanes>(load<usize>(FRICTION_SUM) + at, frictionHeat);
    accumulate<Lanes>(load<usize>(MINOR_LOSS_SUM) + at, minorHeat);
  }
  driveAndChip = sumA;
  roomAndThermal = sumB;
  entropyThermalAndViscous = sumC;
  entropyMinorAndRoom = sumD;
  entropyChipAndPressure = sumE;
}
