import { z } from 'zod';
import type { CertificationAnswer } from '../../domain/certification/answer';
import { CERTIFICATION_NODES, type CertificationNode } from '../../domain/certification/certification';
import { CERTIFICATION_COMMAND_NAMES } from '../../domain/certification/machine';
import { ROLES, WAITING_FOR } from '../../domain/parties';
import { site } from '../../domain/schemas/order';
import { id } from '../../domain/schemas/primitives';

const time = z.string().describe('ISO 8601 with offset');
const command = z.enum(CERTIFICATION_COMMAND_NAMES);
const node = z.enum(Object.keys(CERTIFICATION_NODES) as [CertificationNode, ...CertificationNode[]]);

/** Answer of `GET /v1/sellers/{id}/certification` and of each command. */
export const certificationAnswer = z.object({
  sellerId: id,
  site,
  workflowId: z.string().describe('In the Temporal UI'),
  revision: z.int().describe('0 before the first submission; it only grows'),
  node,
  nodeName: z.object({ en: z.string(), zh: z.string() }),
  waitingFor: z.enum(WAITING_FOR),
  allowed: z
    .array(z.object({ command, roles: z.array(z.enum(ROLES)).readonly() }))
    .describe('The commands that are possible now, of all roles'),
  dueAt: time.nullable().describe('Until when the review is due; ISO 8601 with offset'),
  provisional: z.boolean().describe('dueAt rests on a year whose holidays are not announced yet'),
  rejections: z.int().describe('How many were rejected in a row'),
  reason: z.string().nullable().describe('Why the last one was rejected; null when it was not'),
  business: z
    .object({
      companyName: z.string(),
      taxNumber: z.string(),
      bank: z.object({ accountName: z.string(), bank: z.string(), accountNumber: z.string() }),
    })
    .nullable()
    .describe('What was submitted last'),
  financeContact: z.object({ name: z.string(), email: z.string(), phone: z.string() }).nullable(),
  log: z.array(
    z.object({
      at: time,
      by: z.enum([...ROLES, 'steward']),
      command: command.nullable(),
      from: node,
      to: node,
      note: z.string(),
    }),
  ),
}) satisfies z.ZodType<CertificationAnswer>;
