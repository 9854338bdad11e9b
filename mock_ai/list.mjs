/**
 * `env.AI.models()`: the live models in the form of Cloudflare's model search.
 */
import { liveModels, usdPerNeuron } from "./catalogue.mjs";
import { state } from "./state.mjs";
import { digest } from "./tokens.mjs";

/** Property → value of a row. Values are strings, except price and reasoning_effort. */
const PROPERTIES = {
  context_window: (row) => row.context_window && String(row.context_window),
  beta: (row) => flag(row.beta),
  partner: (row) => flag(row.partner),
  realtime: (row) => flag(row.realtime),
  lora: (row) => flag(row.lora),
  async_queue: (row) => flag(row.async_batch),
  function_calling: (row) => flag(row.tools),
  reasoning: (row) => flag(row.reasoning?.supported),
  vision: (row) => flag(row.vision),
  require_workers_paid: (row) => flag(row.status === "paid_only"),
  reasoning_effort: (row) => row.reasoning?.control?.reasoning_effort,
  price: (row) => prices(row.price ?? {}),
};

const UNITS = {
  per_m_input_tokens: "per M input tokens",
  per_m_cached_input_tokens: "per M cached input tokens",
  per_m_output_tokens: "per M output tokens",
};

function flag(value) {
  return value ? "true" : undefined;
}

function prices(price) {
  const billed = Object.entries(price).filter(([unit]) => unit in UNITS);
  if (!billed.length) return undefined;
  return billed.map(([unit, neurons]) => ({
    unit: UNITS[unit],
    price: Number((neurons * usdPerNeuron).toFixed(4)),
    currency: "USD",
  }));
}

function toEntry(row) {
  return {
    id: digest(row.id),
    source: 1,
    name: row.id,
    description: row.notes ?? "",
    task: { id: digest(row.task), name: row.task, description: row.task },
    tags: [],
    properties: Object.entries(PROPERTIES)
      .map(([property_id, read]) => ({ property_id, value: read(row) }))
      .filter(({ value }) => value !== undefined),
  };
}

/**
 * @param params author, hide_experimental, page (from 1), per_page, search, source, task (a
 *   task name); others are ignored. A null value is a TypeError, as it is for the binding.
 */
export function listModels(params) {
  if (Object.values(params).includes(null)) throw new TypeError("a parameter of models() is null");
  if (state.list === "fail") throw new Error("AiInternalError: the model search failed");
  const { author, hide_experimental, page = 1, per_page = 100, search = "", task } = params;
  const matches = liveModels().filter(
    (row) =>
      row.id.includes(search) &&
      (!author || row.id.startsWith(`@cf/${author}/`)) &&
      (!task || row.task === task) &&
      !(hide_experimental && row.beta),
  );
  return matches.slice((page - 1) * per_page, page * per_page).map(toEntry);
}
