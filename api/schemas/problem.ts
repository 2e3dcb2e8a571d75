import { z } from 'zod';
import type { Problem } from '../../domain/answers';

const problem = z
  .object({
    type: z.string().describe('urn:steward:error:CODE'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What is wrong and what to do next'),
    code: z.string().describe('Stable; one of the catalogue'),
    instance: z.string(),
    requestId: z.string(),
  })
  .describe('RFC 9457') satisfies z.ZodType<Problem>;

/** For the `response` of every route: what an error looks like. */
export const problems = {
  '4xx': { description: 'Refused', content: { 'application/problem+json': { schema: problem } } },
  '5xx': { description: 'Try again', content: { 'application/problem+json': { schema: problem } } },
};
