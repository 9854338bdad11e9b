/**
 * The mock's tokens: a CJK character, up to eight letters with the space before them, up to three
 * digits, a run of spaces, or up to three other characters. A little coarser than real tokenisers
 * on prose, a little finer on digits; what matters is that tests can count them.
 */
const TOKEN =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]| ?[[\p{L}\p{M}]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]]{1,8}|\p{N}{1,3}|\s+|[^\p{L}\p{M}\p{N}\s]{1,3}/gv;

/** @returns {string[]} pieces that join to the text again */
export function tokenize(text) {
  return text.match(TOKEN) ?? [];
}

export function countTokens(text) {
  return tokenize(text).length;
}

/** Hashes a text to a number from 0 to 2³²-1 (FNV-1a). */
export function hash(text, basis = 0x811c9dc5) {
  let value = basis;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** Hashes a text to 32 hex digits: equal calls get equal ids. */
export function digest(text) {
  return [1, 2, 3, 4]
    .map((part) =>
      hash(text, 0x811c9dc5 ^ Math.imul(part, 0x9e3779b1))
        .toString(16)
        .padStart(8, "0"),
    )
    .join("");
}
