/** What worker.mjs takes from the runtime. */
declare module "cloudflare:workers" {
  export class WorkerEntrypoint {}
}
