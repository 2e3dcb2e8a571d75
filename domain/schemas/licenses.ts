import { z } from 'zod';

/** Body of `POST /v1/licenses/activate` and `…/heartbeat`; a code has 39 characters, people may add spaces. */
export const licenseBody = z.strictObject({
  license: z.string().min(1).max(128).describe("The buyer's licence code, in any case, hyphens or not"),
});
