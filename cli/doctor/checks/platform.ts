import { platformUrl } from '../../../activities/platform/platform-url';
import { required } from '../../../workers/required';
import { askPlatform, platformOf } from '../ask-platform';
import { serverCertificateEnd, validity } from '../certificate';
import type { Check } from '../check';
import { notChecked, ok, wrong } from '../finding';

/** Whether the platform, which takes refunds and events, can be reached. Nothing is sent to it but `HEAD`. */
export const PLATFORM: Check = {
  name: 'platform',
  part: 'worker',
  async look(ground, signal) {
    if (ground.local && platformOf(ground) === undefined) return notChecked('"steward up" plays it');
    const url = new URL(platformUrl(required(ground.env, 'PLATFORM_URL', 'it takes refunds and events')));
    try {
      const { status } = await askPlatform(url.href, signal);
      if (status >= 500) {
        return wrong(
          `${url.host} answers ${status}`,
          'tell the platform; refunds and events wait until it is mended',
        );
      }
      if (url.protocol === 'http:') return ok(`${url.host} answers`);
      const end = await serverCertificateEnd(url.hostname, Number(url.port || 443), {}, signal);
      return validity(
        `${url.host} answers; its certificate`,
        end,
        ground.now(),
        'tell the platform to renew it',
      );
    } catch (error) {
      return wrong(
        `${url.host} cannot be reached: ${(error as Error).message}`,
        'correct PLATFORM_URL, or let this machine reach it; refunds and events wait until then',
      );
    }
  },
};
