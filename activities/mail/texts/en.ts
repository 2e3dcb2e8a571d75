import type { Texts } from '.';

export const en: Texts = {
  tag: 'en',
  subject: (orderId, subject) => `Order ${orderId}: ${subject}`,
  fact: (name, value) => `${name}: ${value}`,
  greeting: 'Hello,',
  labels: {
    order: 'Order',
    line: 'Order line',
    product: 'Product',
    node: 'Stage',
    dueAt: 'Time limit',
    amount: 'Amount',
  },
  quote: 'What was said about it, quoted as it is:',
  link: 'Open the order',
  footer: 'This mail was sent automatically. Please do not answer it.',
  kinds: {
    'call-failed': {
      subject: 'a call to your production interface failed',
      paragraphs: [
        'We called your production interface to open this order, and the call failed. It is repeated until the time limit; after that the order is unsubscribed and the buyer refunded.',
        'Please put it right. Once your interface works again you can have the call made at once with restart-call.',
      ],
    },
    opened: {
      subject: 'your product is ready',
      paragraphs: [
        'The seller has opened your product: you can use it from now on.',
        'How to log in is shown with the order. For your safety this mail does not say it.',
      ],
    },
    completed: {
      subject: 'completed',
      paragraphs: ['The delivery is done and the order is completed.'],
    },
    unsubscribed: {
      subject: 'unsubscribed',
      paragraphs: ['The order was unsubscribed. What is refunded goes back the way it was paid.'],
    },
    closed: {
      subject: 'closed',
      paragraphs: ['An operator closed the order. What is refunded goes back the way it was paid.'],
    },
    'refund-stuck': {
      subject: 'the refund is stuck',
      paragraphs: [
        'The platform has not taken the refund of this order.',
        'Please find out why. Then have it sent again with retry-refund, or, if the buyer has the money already, record it with record-refund.',
      ],
    },
    'release-unconfirmed': {
      subject: 'a release has to be confirmed',
      paragraphs: [
        'The order was unsubscribed, but the seller did not confirm that its instance is released.',
        'Please ask the seller and, once the instance is gone, record it with confirm-release.',
      ],
    },
    'remove-instance': {
      subject: 'please remove an instance',
      paragraphs: [
        'We asked you to open this order and got no answer, and the order has since been unsubscribed.',
        'Should that call have made an instance, please remove it and tell the operators of the marketplace.',
      ],
    },
    'address-changed': {
      subject: 'the delivery address was changed',
      paragraphs: [
        'The buyer has changed the delivery address. The new one is shown with the order.',
        'Please compare it before you ship.',
      ],
    },
    'parcel-signed': {
      subject: 'your parcel was signed for',
      paragraphs: [
        'The carrier says that your parcel was signed for. Please check the delivery.',
        'Should it not have reached you, reject it or open an appeal in time.',
      ],
    },
    'no-automatic-acceptance': {
      subject: 'no automatic acceptance',
      paragraphs: [
        'This order is completed only when the buyer accepts the delivery.',
        'The seller can put a wrong carrier or tracking number right with correct-logistics, and have the buyer reminded with remind-buyer.',
      ],
    },
    'acceptance-reminder': {
      subject: 'please accept or reject the delivery',
      paragraphs: ['The seller asks you to check the delivery, and to accept or reject it.'],
    },
    'unsubscription-in-transit': {
      subject: 'an unsubscription of goods in transit',
      paragraphs: [
        'The buyer asks to unsubscribe goods that are in transit and were not received.',
        'Please let the seller answer with confirm-unsubscription, or refuse it with refuse-unsubscription.',
      ],
    },
    'unsubscription-refused': {
      subject: 'the unsubscription was refused',
      paragraphs: [
        'An operator of the marketplace refused the requested unsubscription: the goods are in transit. The delivery goes on where it stood.',
        'You may ask again when they have arrived, or open an appeal.',
      ],
    },
    'unsubscription-requested': {
      subject: 'the buyer asks to unsubscribe',
      paragraphs: [
        'The buyer asks to unsubscribe this order against a refund of the amount below.',
        'Please approve or reject it. The delivery stands still until then.',
      ],
    },
    'unsubscription-rejected': {
      subject: 'the unsubscription was rejected',
      paragraphs: [
        'The requested unsubscription was rejected. The delivery goes on where it stood.',
        'The buyer may ask again; either side may open an appeal.',
      ],
    },
    'unsubscription-withdrawn': {
      subject: 'the unsubscription was withdrawn',
      paragraphs: ['The buyer withdrew the requested unsubscription. The delivery goes on where it stood.'],
    },
    'unsubscription-overdue': {
      subject: 'a requested unsubscription is overdue',
      paragraphs: [
        'The buyer asked to unsubscribe this order, and the time to answer is over.',
        'It has to be approved or rejected by the seller. The delivery stands still until then.',
      ],
    },
    'appeal-opened': {
      subject: 'an appeal was opened',
      paragraphs: [
        'An appeal was opened. The order stands still, and neither side can act, until an operator of the marketplace has decided.',
      ],
    },
    'appeal-overdue': {
      subject: 'an appeal is overdue',
      paragraphs: [
        'An appeal about this order has not been decided in time. The order stands still.',
        'Please decide it with resolve-appeal.',
      ],
    },
    'appeal-resolved': {
      subject: 'the appeal was decided',
      paragraphs: ['An operator of the marketplace has decided the appeal. The order shows how it goes on.'],
    },
  },
  acceptance: {
    AFTER_SIGNATURE:
      'The order is accepted automatically ten days after the carrier says that the parcel was signed for, unless it is accepted or rejected before. If the carrier never says so, there is no automatic acceptance.',
    DUE: 'The parcel was signed for. The order is accepted automatically at the time limit below, unless it is accepted or rejected before; a review that is due has to pass first.',
    STOPPED:
      'The parcel was signed for. The time until automatic acceptance stands still as long as an appeal or unsubscription is open.',
    RETURNED:
      'The carrier says that the parcel did not stay with its recipient. There is no automatic acceptance.',
    PHONE_MISMATCH:
      'The carrier has another phone number for the parcel than that of its recipient. There is no automatic acceptance.',
    CARRIER_UNKNOWN: 'The carrier cannot be tracked. There is no automatic acceptance.',
  },
  yourMove: (node) => `your move: ${node}`,
  moves: {
    SUBMITTING_REQUIREMENT:
      'Please submit the requirement that you agreed on with the seller, with its documents.',
    CONFIRMING_REQUIREMENT: 'Please read the requirement of the buyer, and confirm or reject it.',
    SUBMITTING_DEVICE_ID: 'Please submit the id of the device or system that the licence is for.',
    SHIPPING:
      'Please compare the delivery address, ship the goods, and submit the carrier, the tracking number and what proves it.',
    DELIVERING: 'Please deliver, and submit the delivery proof with the time from which it could be used.',
    ISSUING_CODE: 'The licence code is being made. There is nothing for you to do.',
    CLAIMING:
      'Please claim your licence code. Make sure first that the seller has delivered: from then on the order cannot be unsubscribed any more.',
    ACTIVATING:
      'The buyer has claimed the licence code. Please have your software activate it as soon as the buyer hands it over.',
    PROVING: 'The licence code is activated. Please submit the delivery proof.',
    REVIEWING: 'Please review the delivery proof, and let it pass or reject it.',
    ACCEPTING: 'The seller has delivered. Please check the delivery, and accept or reject it.',
    OPENING: 'Please open the order by your production interface.',
    POLLING: 'You have accepted the order. Please finish opening it.',
    COMPLETING: 'The order is being completed. There is nothing for you to do.',
    FIVE_DAYS:
      'You can unsubscribe the order without reason, and get back all that you paid, before the time limit.',
    REFUNDING: 'Please take the refund of this order.',
    REFUND_STUCK: 'Please have the refund sent again with retry-refund, or record it with record-refund.',
    RELEASING: 'Please release the instance of this order.',
    RELEASE_UNCONFIRMED: 'Please make sure that the instance is gone, and record it with confirm-release.',
    ENDED: 'The order has ended. There is nothing for you to do.',
  },
};
