import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, inflateSync } from "node:zlib";
import { hasText, latin1Bytes, latin1Text } from "./bytes.mjs";
import { ENCODERS, inspectImage } from "./pictures.mjs";

const colourful = (column, row) => [(column * 37) % 256, (row * 53) % 256, (column * row) % 256];
const white = () => [255, 255, 255];
const SIZES = [
  [1, 1],
  [8, 8],
  [17, 9],
  [256, 300],
];

function view(data) {
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}

/** The chunks of a PNG, name → data; their lengths and checksums must be right. */
function pngChunks(data) {
  const chunks = {};
  let at = 8;
  for (; at < data.length; ) {
    const length = view(data).getUint32(at);
    const body = data.subarray(at + 4, at + 8 + length);
    assert.equal(view(data).getUint32(at + 8 + length), crc32(body));
    chunks[latin1Text(body.subarray(0, 4))] = body.subarray(4);
    at += 12 + length;
  }
  assert.equal(at, data.length);
  return chunks;
}

/** The lines of an RGB PNG as pixels. */
function pngPixels(data) {
  const { IHDR, IDAT } = pngChunks(data);
  const [width, height] = [view(IHDR).getUint32(0), view(IHDR).getUint32(4)];
  assert.deepEqual([...IHDR.subarray(8)], [8, 2, 0, 0, 0]);
  const raw = inflateSync(IDAT);
  assert.equal(raw.length, height * (1 + width * 3));
  const lines = [];
  for (let y = 0; y < height; y++) {
    const start = y * (1 + width * 3);
    const line = raw.subarray(start + 1, start + 1 + width * 3);
    const above = lines[y - 1];
    lines.push(raw[start] === 2 ? line.map((value, at) => (value + above[at]) & 0xff) : line);
  }
  return (x, y) => [...lines[y].subarray(x * 3, x * 3 + 3)];
}

/** Decodes a JPEG of flat blocks: luminance and both chrominances of every block. */
function jpegBlocks(data) {
  assert.ok(hasText(data, 0, "\xff\xd8") && hasText(data, data.length - 2, "\xff\xd9"));
  const markers = [];
  let at = 2;
  let size;
  for (let marker; marker !== 0xda; ) {
    assert.equal(data[at], 0xff);
    marker = data[at + 1];
    markers.push(marker);
    if (marker === 0xc0) size = [view(data).getUint16(at + 7), view(data).getUint16(at + 5)];
    at += 2 + view(data).getUint16(at + 2);
  }
  assert.deepEqual(
    markers.filter((marker) => marker !== 0xfe),
    [0xe0, 0xdb, 0xc0, 0xc4, 0xc4, 0xda],
  );
  const scan = [];
  for (; at < data.length - 2; at++) {
    scan.push(data[at]);
    if (data[at] === 0xff) assert.equal(data[++at], 0);
  }
  let bit = 0;
  const take = (count) => {
    let value = 0;
    for (; count > 0; count--, bit++)
      value = (value << 1) | ((scan[bit >> 3] >> (7 - (bit & 7))) & 1);
    return value;
  };
  const blocks = Math.ceil(size[0] / 8) * Math.ceil(size[1] / 8);
  const level = [0, 0, 0];
  const colours = Array.from({ length: blocks }, () =>
    level.map((_, component) => {
      const length = take(4);
      const value = take(length);
      const negative = length && value < 1 << (length - 1);
      level[component] += negative ? value - (1 << length) + 1 : value;
      assert.equal(take(1), 0, "nothing else in a block");
      return level[component];
    }),
  );
  assert.ok(scan.length * 8 - bit < 8, "the scan ends with its last block");
  return { size, colours };
}

test("a PNG has the painted pixels, to the last line", async () => {
  for (const [width, height] of SIZES) {
    const data = await ENCODERS.png(width, height, colourful, 0);
    assert.deepEqual(inspectImage(data), { type: "image/png", width, height });
    const pixel = pngPixels(data);
    for (const [x, y] of [
      [0, 0],
      [width - 1, height - 1],
    ]) {
      assert.deepEqual(pixel(x, y), colourful(Math.floor(x / 8), Math.floor(y / 8)));
    }
  }
});

test("a JPEG has a block for every cell, in its colour", async () => {
  for (const [width, height] of SIZES) {
    const data = await ENCODERS.jpeg(width, height, colourful, 0);
    assert.deepEqual(inspectImage(data), { type: "image/jpeg", width, height });
    const { size, colours } = jpegBlocks(data);
    assert.deepEqual(size, [width, height]);
    const columns = Math.ceil(width / 8);
    colours.forEach(([y], index) => {
      const [red, green, blue] = colourful(index % columns, Math.floor(index / columns));
      assert.ok(Math.abs(y + 128 - (0.299 * red + 0.587 * green + 0.114 * blue)) <= 1);
    });
  }
  const { colours } = jpegBlocks(await ENCODERS.jpeg(16, 8, white, 0));
  assert.deepEqual(colours, [
    [127, 0, 0],
    [127, 0, 0],
  ]);
});

test("padded images stay valid", async () => {
  const png = await ENCODERS.png(64, 64, colourful, 200000);
  assert.equal(png.length, 200000);
  assert.ok(pngPixels(png)(63, 63));
  const jpeg = await ENCODERS.jpeg(64, 64, colourful, 200000);
  assert.ok(jpeg.length >= 200000 && jpeg.length < 200100);
  assert.equal(jpegBlocks(jpeg).colours.length, 64);
});

test("detects types by their first bytes", () => {
  const webp = (head, rest) => latin1Bytes(`RIFF\0\0\0\0WEBP${head}\0\0\0\0${rest}`);
  assert.deepEqual(inspectImage(latin1Bytes("GIF89a\x03\0\x02\0")), {
    type: "image/gif",
    width: 3,
    height: 2,
  });
  assert.deepEqual(inspectImage(webp("VP8X", "\0\0\0\0\xff\x01\0\x0f\0\0")), {
    type: "image/webp",
    width: 512,
    height: 16,
  });
  assert.deepEqual(inspectImage(webp("VP8 ", "\0\0\0\x9d\x01\x2a\x10\0\x20\0")), {
    type: "image/webp",
    width: 16,
    height: 32,
  });
  assert.deepEqual(inspectImage(webp("VP8L", "\x2f\x0f\xc0\x07\0")), {
    type: "image/webp",
    width: 16,
    height: 32,
  });
  for (const text of ["", "GIF8", "\xff\xd8\xff\xe0", "\x89PNG\r\n\x1a\n", "no image at all"]) {
    assert.equal(inspectImage(latin1Bytes(text)), undefined, text);
  }
});
