import { Eta } from 'eta';
import { formatTime } from '../../domain/time';
import type { SellerControl } from '../seller';
import { BEHAVIOURS } from '../seller/behaviour';
import { nextCall, standing, words } from './words';

/** Escapes whatever the page prints: order ids come from whoever may place orders. */
const eta = new Eta({ views: __dirname, cache: true });

/** The control page of the seller: what it does next for each order, the calls it has had, and buttons to change it. */
export function controlPage(seller: SellerControl): string {
  const lines = seller.outlook().map((line) => ({
    ...line,
    standing: standing(line.instance),
    nextCall: nextCall(line),
    calls: `${line.calls} ${line.calls === 1 ? 'call' : 'calls'}`,
    latest: line.latest.map(
      ({ activity, at, did }) => `${formatTime(at).slice(0, 19)} ${activity}: ${words(did)}`,
    ),
  }));
  return eta.render('./page', { lines, others: seller.others, behaviours: BEHAVIOURS });
}
