/* Made from schemas/problem.schema.json by "npm run generate". Do not edit. */

/**
 * What is wrong (RFC 9457). `code` is stable; `errors` names every fault, all at once.
 */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  /**
   * Names the request in the log of the service; also in the header X-Request-Id.
   */
  requestId?: string;
  errors?: {
    /**
     * Where in the body or query (JSON pointer, RFC 6901).
     */
    pointer: string;
    /**
     * Which rule.
     */
    code: string;
    /**
     * A sentence for people.
     */
    detail: string;
  }[];
}
