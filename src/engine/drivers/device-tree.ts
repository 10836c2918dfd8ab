// Where each device stands in the address space, and the device tree source that tells it (boot/device-tree/gas-oscillation.dts
// of the seed; Devicetree Specification 0.4). Addresses follow from kind and number alone; nothing is stored a device.

import { DEVICE_KIND_NAMES, type DeviceCounts, type DeviceKind, deviceKind } from './devices.ts';

/** First address, bytes from one kind to the next, and from one device to the next. */
const START = 0x40000000;
const KIND_SPAN = 0x01000000;
const DEVICE_SPAN = 0x40;

/** Most devices of one kind. */
export const MOST_DEVICES = KIND_SPAN / DEVICE_SPAN;

export interface DeviceAddress {
  readonly kind: DeviceKind;
  readonly index: number;
  /** Bytes from the device's base. */
  readonly offset: number;
}

/** Base address of a device. @throws RangeError on a number that no farm can have */
export function baseAddress(kind: DeviceKind, index: number): number {
  if (!Number.isInteger(index) || index < 0 || index >= MOST_DEVICES)
    throw new RangeError(`There can be no ${kind} ${index}: 0 … ${MOST_DEVICES - 1}.`);
  return START + DEVICE_KIND_NAMES.indexOf(kind) * KIND_SPAN + index * DEVICE_SPAN;
}

/** The device at an address; undefined if none of the farm's is there. */
export function deviceAt(address: number, counts: DeviceCounts): DeviceAddress | undefined {
  const kind = DEVICE_KIND_NAMES[Math.floor((address - START) / KIND_SPAN)];
  if (kind === undefined) return undefined;
  const within = (address - START) % KIND_SPAN;
  const index = Math.floor(within / DEVICE_SPAN);
  return index < counts[kind] ? { kind, index, offset: within % DEVICE_SPAN } : undefined;
}

export const hexadecimal = (x: number): string => `0x${x.toString(16).padStart(8, '0')}`;

/** Lines of the device tree source of one device, indented for its place in it. */
export function deviceSource(kind: DeviceKind, index: number): string[] {
  const { compatible, label } = deviceKind(kind);
  const base = baseAddress(kind, index);
  return [
    `\t\t${kind.replaceAll('-', '_')}_${index}: ${kind}@${base.toString(16)} {`,
    `\t\t\tcompatible = "${compatible}";`,
    `\t\t\tlabel = "${label} ${index}";`,
    `\t\t\treg = <${hexadecimal(base)} ${hexadecimal(DEVICE_SPAN)}>;`,
    '\t\t};',
  ];
}

/** Lines of the bus of one kind: what all its devices share, then the devices. */
function* busSource(kind: DeviceKind, count: number, most: number, disabled: boolean): Generator<string> {
  const { registers } = deviceKind(kind);
  const base = baseAddress(kind, 0);
  const cells = registers.map(({ offset }) => `0x${offset.toString(16)}`).join(' ');
  const strings = (of: (k: number) => string): string => registers.map((_, k) => `"${of(k)}"`).join(', ');
  yield `\tbus@${base.toString(16)} {`;
  yield '\t\tcompatible = "simple-bus";';
  yield '\t\t#address-cells = <1>;';
  yield '\t\t#size-cells = <1>;';
  yield `\t\tranges = <${hexadecimal(base)} ${hexadecimal(base)} ${hexadecimal(KIND_SPAN)}>;`;
  if (disabled) yield '\t\tstatus = "disabled";';
  yield `\t\tbuhera,register-names = ${strings((k) => registers[k].name)};`;
  yield `\t\tbuhera,register-offsets = <${cells}>;`;
  yield `\t\tbuhera,register-units = ${strings((k) => registers[k].unit)};`;
  yield `\t\tbuhera,register-scales = ${strings((k) => String(registers[k].scale))};`;
  yield `\t\tbuhera,register-access = ${strings((k) => registers[k].access)};`;
  for (let index = 0; index < Math.min(count, most); index++) {
    yield '';
    yield* deviceSource(kind, index);
  }
  if (count > most) yield `\t\t/* ${count - most} more of ${count}, each ${DEVICE_SPAN} bytes after the one before */`;
  yield '\t};';
}

/**
 * Line after line of the whole tree.
 * @param most devices written out of each kind; the rest is told in a comment
 * @param disabled kinds that are there and not in service
 */
export function* deviceTreeLines(
  counts: DeviceCounts,
  most = Number.POSITIVE_INFINITY,
  disabled: ReadonlySet<DeviceKind> = new Set(),
): Generator<string> {
  yield '/dts-v1/;';
  yield '';
  yield '/ {';
  yield '\tcompatible = "buhera,gas-oscillation-farm";';
  yield '\tmodel = "Buhera gas-oscillation server farm (digital twin)";';
  yield '\t#address-cells = <1>;';
  yield '\t#size-cells = <1>;';
  for (const kind of DEVICE_KIND_NAMES) {
    if (counts[kind] === 0) continue;
    yield '';
    yield* busSource(kind, counts[kind], most, disabled.has(kind));
  }
  yield '};';
}

/** The device tree source of a farm. */
export const deviceTreeSource = (counts: DeviceCounts, most?: number, disabled?: ReadonlySet<DeviceKind>): string =>
  `${[...deviceTreeLines(counts, most, disabled)].join('\n')}\n`;
