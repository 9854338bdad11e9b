/** Ranks contexts by the trigrams that they share with a query. */

/**
 * @returns {{id: number, score: number}[]} best first; scores between 0 and 1, most of them near
 *   the ends, as bge-reranker-base returns them on Workers AI (its documentation says raw scores,
 *   recorded answers say otherwise)
 */
export function rank(query, contexts, top = contexts.length) {
  const queryGrams = trigrams(query);
  return contexts
    .map((context, id) => ({
      id,
      score: logistic(14 * overlap(queryGrams, trigrams(context)) - 7),
    }))
    .toSorted((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, top);
}

function trigrams(text) {
  const letters = Array.from(` ${text.toLowerCase().replace(/[\p{P}\s]+/gu, " ")} `);
  return new Set(letters.slice(2).map((letter, at) => letters[at] + letters[at + 1] + letter));
}

function overlap(queryGrams, contextGrams) {
  return queryGrams.size
    ? [...queryGrams].filter((gram) => contextGrams.has(gram)).length / queryGrams.size
    : 0;
}

function logistic(value) {
  return Math.fround(1 / (1 + Math.exp(-value)));
}
