// A 64-bit fingerprint of numbers, equal in every JavaScript engine: two 32-bit FNV-1a-like lanes over the raw words.

/** Hash of the bits of all arrays in order, as 16 hexadecimal digits. −0 and 0 differ; a NaN counts as one value. */
export function hashNumbers(arrays: readonly Float64Array[]): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (const array of arrays) {
    const words = new Uint32Array(array.buffer, array.byteOffset, array.length * 2);
    for (let i = 0; i < words.length; i++) {
      const word = words[i];
      a = Math.imul(a ^ word, 0x01000193);
      a ^= a >>> 15;
      b = Math.imul(b ^ (word + i), 0x85ebca6b);
      b ^= b >>> 13;
    }
  }
  const hex = (x: number): string => (x >>> 0).toString(16).padStart(8, '0');
  return hex(a) + hex(b);
}
