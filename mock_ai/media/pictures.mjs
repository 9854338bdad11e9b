/**
 * Writes images of coloured cells, as PNG and as baseline JPEG, and inspects images.
 *
 * Formats: PNG by the W3C's specification; JPEG by ITU-T T.81, with one flat colour per 8x8
 * block, so that no cosine transform is needed. Libraries encode every pixel, which takes ten
 * times as long.
 */
import { imageSize } from "image-size";
import { bigEndian, concat, latin1Bytes } from "./bytes.mjs";

const CELL = 8;

/**
 * @typedef {(column: number, row: number) => number[]} Paint the colour of a cell: red, green
 *   and blue from 0 to 255
 *
 * @type {Record<string, (width: number, height: number, paint: Paint, least: number) =>
 *   Promise<Uint8Array>>} encoding → bytes of an image, padded to at least so many
 */
export const ENCODERS = { png, jpeg };

async function png(width, height, paint, minBytes) {
  const rows = [];
  for (let row = 0; row * CELL < height; row++) {
    // Each line starts with its filter: none for the first of a row of cells, then "up".
    const first = new Uint8Array(1 + width * 3);
    for (let x = 0; x < width; x++) first.set(paint(Math.floor(x / CELL), row), 1 + x * 3);
    const repeated = new Uint8Array(1 + width * 3);
    repeated[0] = 2;
    rows.push(first);
    for (let y = row * CELL + 1; y < Math.min(height, (row + 1) * CELL); y++) rows.push(repeated);
  }
  const head = [
    Uint8Array.of(0x89, ...latin1Bytes("PNG\r\n\x1a\n")),
    chunk("IHDR", concat([bigEndian(4, width, height), Uint8Array.of(8, 2, 0, 0, 0)])),
  ];
  const tail = [chunk("IDAT", await deflate(concat(rows))), chunk("IEND", new Uint8Array(0))];
  const missing = minBytes - concat([...head, ...tail]).length - 12;
  const padding = missing > 0 ? [chunk("fiLl", new Uint8Array(missing))] : [];
  return concat([...head, ...padding, ...tail]);
}

function chunk(type, data) {
  const body = concat([latin1Bytes(type), data]);
  return concat([bigEndian(4, data.length), body, bigEndian(4, crc32(body))]);
}

async function deflate(data) {
  const stream = new Blob([data]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const CRC = Uint32Array.from({ length: 256 }, (_, value) => {
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(data) {
  let value = 0xffffffff;
  for (const byte of data) value = CRC[(value ^ byte) & 0xff] ^ (value >>> 8);
  return ~value >>> 0;
}

// JPEG. All quantisation is by 8, so that a block's one coefficient is its colour less 128.

const DIFFERENCES = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8);
const NO_DETAIL = Uint8Array.of(0);
const COMPONENTS = [1, 2, 3];
const LONGEST_SEGMENT = 65533;

async function jpeg(width, height, paint, minBytes) {
  const head = [
    Uint8Array.of(0xff, 0xd8),
    segment(0xe0, latin1Bytes("JFIF\0\x01\x01\0\0\x01\0\x01\0\0")),
  ];
  const rest = [
    segment(0xdb, Uint8Array.of(0, ...Array(64).fill(8))),
    segment(
      0xc0,
      concat([
        Uint8Array.of(8),
        bigEndian(2, height, width),
        Uint8Array.of(3, ...COMPONENTS.flatMap((id) => [id, 0x11, 0])),
      ]),
    ),
    // Nine differences in codes of four bits, "end of block" in one bit.
    segment(0xc4, Uint8Array.of(0x00, 0, 0, 0, 9, ...Array(12).fill(0), ...DIFFERENCES)),
    segment(0xc4, Uint8Array.of(0x10, 1, ...Array(15).fill(0), ...NO_DETAIL)),
    segment(0xda, Uint8Array.of(3, ...COMPONENTS.flatMap((id) => [id, 0]), 0, 63, 0)),
    scan(Math.ceil(width / CELL), Math.ceil(height / CELL), paint),
    Uint8Array.of(0xff, 0xd9),
  ];
  const filling = [];
  let missing = minBytes - concat([...head, ...rest]).length;
  for (; missing > 0; missing -= LONGEST_SEGMENT + 4) {
    filling.push(segment(0xfe, new Uint8Array(Math.min(missing, LONGEST_SEGMENT))));
  }
  return concat([...head, ...filling, ...rest]);
}

function segment(marker, data) {
  return concat([Uint8Array.of(0xff, marker), bigEndian(2, data.length + 2), data]);
}

function scan(columns, rows, paint) {
  const bytes = [];
  let buffer = 0;
  let bits = 0;
  const put = (value, size) => {
    buffer = (buffer << size) | value;
    bits += size;
    for (; bits >= 8; bits -= 8) {
      const byte = (buffer >>> (bits - 8)) & 0xff;
      bytes.push(byte);
      if (byte === 0xff) bytes.push(0);
    }
    buffer &= (1 << bits) - 1;
  };
  const previous = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      luminance(paint(column, row)).forEach((level, component) => {
        const difference = level - previous[component];
        previous[component] = level;
        const size = 32 - Math.clz32(Math.abs(difference));
        put(size, 4);
        put(difference < 0 ? difference + (1 << size) - 1 : difference, size);
        put(0, 1);
      });
    }
  }
  put(0x7f, 7);
  return Uint8Array.from(bytes);
}

function luminance([red, green, blue]) {
  const y = 0.299 * red + 0.587 * green + 0.114 * blue;
  const level = (value) => Math.max(-128, Math.min(127, Math.round(value)));
  return [level(y - 128), level((blue - y) / 1.772), level((red - y) / 1.402)];
}

const TYPES = { gif: "image/gif", jpg: "image/jpeg", png: "image/png", webp: "image/webp" };

/**
 * Returns type and size in pixels of an image, undefined if models do not support its type.
 *
 * @param {Uint8Array} data
 */
export function inspectImage(data) {
  try {
    const { type = "", width, height } = imageSize(data);
    return type in TYPES ? { type: TYPES[type], width, height } : undefined;
  } catch {
    // Not an image, or cut off before its size is said.
    return undefined;
  }
}
