import type { ProductBody } from '../../domain/schemas/catalog';
import { certifySeller } from './certify';
import type { DemoClients } from './clients';
import type { Sims } from './sims';

/** The seller of the samples. */
const SELLER = 'seller-1';

/** Its products. Those with a production interface are told of their orders; `saas` is opened there. */
const PRODUCTS: Record<string, { name: string; told: boolean }> = {
  crm: { name: 'CRM', told: true },
  'report-cloud': { name: '报表云 Report Cloud', told: true },
  'erp-rollout': { name: 'ERP 实施服务 ERP Rollout', told: false },
  'cad-suite': { name: 'CAD 设计套件 CAD Suite', told: false },
  'endpoint-guard': { name: '终端卫士 Endpoint Guard', told: true },
  'edge-server': { name: '边缘服务器 Edge Server', told: true },
  'edge-gateway': { name: '边缘网关 Edge Gateway', told: false },
  'web-stack-image': { name: 'Web 运行环境镜像 Web Stack Image', told: false },
  'build-tools': { name: '构建工具包 Build Tools', told: true },
};

/**
 * Registers the seller and its products, at each start: the simulated seller's port may be another one; and has the
 * seller certified.
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
  for (const [productId, { name, told }] of Object.entries(PRODUCTS)) {
    const body: ProductBody = { name, feeRate: 1_000, ...(told && { productionUrl }) };
    await platform.putProduct(SELLER, productId, body);
  }
  await certifySeller(clients, SELLER);
}
