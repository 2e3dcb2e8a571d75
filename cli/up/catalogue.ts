import type { ProductBody } from '../../domain/schemas/catalog';
import { certifySeller } from './certify';
import type { DemoClients } from './clients';
import type { Sims } from './sims';

/** The seller of the samples. */
const SELLER = 'seller-1';

/**
 * Its products. Those with a production interface are told of their orders; `saas` is opened there. Rates of the
 * platform's fee in basis points.
 */
const PRODUCTS: Record<string, { name: string; told: boolean; feeRate: number }> = {
  crm: { name: 'CRM', told: true, feeRate: 1_000 },
  'report-cloud': { name: '报表云 Report Cloud', told: true, feeRate: 1_200 },
  'erp-rollout': { name: 'ERP 实施服务 ERP Rollout', told: false, feeRate: 800 },
  'cad-suite': { name: 'CAD 设计套件 CAD Suite', told: false, feeRate: 1_000 },
  'endpoint-guard': { name: '终端卫士 Endpoint Guard', told: true, feeRate: 1_500 },
  'edge-server': { name: '边缘服务器 Edge Server', told: true, feeRate: 500 },
  'edge-gateway': { name: '边缘网关 Edge Gateway', told: false, feeRate: 500 },
  'web-stack-image': { name: 'Web 运行环境镜像 Web Stack Image', told: false, feeRate: 1_000 },
  'build-tools': { name: '构建工具包 Build Tools', told: true, feeRate: 1_500 },
};

/**
 * Registers the seller and its products, at each start: the simulated seller's port may be another one after all; and
 * has the seller certified.
 */
export async function registerCatalogue(
  { platform, ...clients }: DemoClients,
  { productionUrl, accessKey }: Sims['seller'],
): Promise<void> {
  await platform.putSeller(SELLER, {
    name: 'Example seller',
    email: 'seller@seller.example',
    language: 'zh',
    accessKey,
  });
  for (const [productId, { name, told, feeRate }] of Object.entries(PRODUCTS)) {
    const body: ProductBody = { name, feeRate, ...(told && { productionUrl }) };
    await platform.putProduct(SELLER, productId, body);
  }
  await certifySeller(clients, SELLER);
}
