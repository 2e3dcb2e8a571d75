import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { CERTIFICATION_NODES, type CertificationLogEntry } from '../../domain/certification/certification';
import { CERTIFICATION_COMMANDS, possible } from '../../domain/certification/machine';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes';
import { formatTime } from '../../domain/time';
import { escapeMarkdown, list } from '../details';
import type { Case } from './case';

/** Brings the Temporal UI's list and page up to date. */
export function display(one: Case): void {
  setCurrentDetails(details(one));
  const { node, waitingFor, dueAt } = one.view();
  const attributes = JSON.stringify([node, waitingFor, dueAt]);
  if (attributes === one.attributes) return;
  one.attributes = attributes;
  upsertSearchAttributes([
    { key: SEARCH_ATTRIBUTES.node, value: node },
    { key: SEARCH_ATTRIBUTES.waitingFor, value: waitingFor },
    { key: SEARCH_ATTRIBUTES.dueAt, value: dueAt === null ? null : new Date(dueAt) },
  ]);
}

/** How many of the latest log entries the page shows. */
const LATELY = 5;

/** The page of a certification in the Temporal UI, see `details` of order lines. */
function details(one: Case): string {
  const { sellerId, site } = one.key;
  const { node, waitingFor, rejections, reason, log } = one.view();
  const { en, zh } = CERTIFICATION_NODES[node];
  const commands = possible(one.state).map(
    (command) => `\`${command}\` (${CERTIFICATION_COMMANDS[command].join(', ')})`,
  );
  return [
    `**${en} · ${zh}** (${node})`,
    list([
      `**Seller:** \`${sellerId}\`, site ${site}`,
      `**Whose move:** ${waitingFor}`,
      `**Until:** ${until(one)}`,
      `**Next:** Possible now: ${commands.join(', ')}.`,
      ...(rejections > 0 ? [`**Rejected in a row:** ${rejections}`] : []),
      ...(reason === null ? [] : [`**Reason:** ${escapeMarkdown(reason)}`]),
    ]),
    '**Lately**, newest first',
    list(log.slice(-LATELY).reverse().map(story)),
    'What was submitted is not here: the API shows it to the seller and to operators.',
  ].join('\n\n');
}

function until({ state: { review } }: Case): string {
  if (review?.dueAt == null) return 'no time limit';
  const provisional = review.provisional ? " (provisional: that year's holidays are not announced yet)" : '';
  return `${formatTime(review.dueAt)}${provisional}`;
}

function story({ at, by, command, note }: CertificationLogEntry): string {
  return `${formatTime(at)}, ${by}${command ? ` (\`${command}\`)` : ''}: ${escapeMarkdown(note)}`;
}
