import type { Command } from 'commander';
import type { ProductAnswer } from '../../client';
import type { Io } from '../io';
import { basisPoints } from '../option-values';
import { clientOf, print } from '../session';
import { facts } from '../table';

interface ProductOptions {
  name: string;
  url?: string;
  feeRate?: number;
}

/** `steward product put SELLER PRODUCT`: registers a seller's product or changes it. */
export function productCommand(program: Command, io: Io): void {
  program
    .command('product')
    .description('Register products')
    .command('put')
    .description("Register a seller's product or change it (role platform)")
    .argument('<sellerId>')
    .argument('<productId>')
    .requiredOption('--name <name>')
    .option('--url <url>', "the seller's production interface, https; needed for saas")
    .option(
      '--fee-rate <points>',
      "the platform's fee in basis points: 250 is 2.5 % (default: 0)",
      basisPoints,
    )
    .addHelpText(
      'after',
      '\nExample:\n  steward product put seller-1 crm --name "CRM" --url https://seller.example/v2 --fee-rate 250',
    )
    .action(async (sellerId: string, productId: string, options: ProductOptions, command: Command) => {
      const { name, url, feeRate } = options;
      const body = {
        name,
        ...(url !== undefined && { productionUrl: url }),
        ...(feeRate !== undefined && { feeRate }),
      };
      print(command, io, await clientOf(command, io).putProduct(sellerId, productId, body), productText);
    });
}

function productText({ sellerId, productId, name, productionUrl, feeRate }: ProductAnswer): string {
  return facts([
    ['Seller', sellerId],
    ['Product', productId],
    ['Name', name],
    ['Production interface', productionUrl],
    ['Fee', `${feeRate / 100} %`],
  ]);
}
