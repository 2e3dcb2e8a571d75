import { z } from 'zod';
import { TRANSACTION_FILES } from '../transaction-file';

/** A file in the OpenAPI document: its bytes are sent as they are. */
function fileAnswer(contentTypes: readonly string[]) {
  return {
    description: 'The file',
    content: Object.fromEntries(contentTypes.map((contentType) => [contentType, { schema: z.any() }])),
  };
}

/** Transactions in any of the formats. */
export const transactionFileAnswer = fileAnswer(
  Object.values(TRANSACTION_FILES).map(({ contentType }) => contentType),
);

export const pdfAnswer = fileAnswer(['application/pdf']);
