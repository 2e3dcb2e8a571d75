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
      paragraphs: ['The delivery was accepted and the order is completed.'],
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
  yourMove: (node) => `your move: ${node}`,
  moves: {
    SUBMITTING_REQUIREMENT:
      'Please submit the requirement that you agreed on with the seller, with its documents.',
    CONFIRMING_REQUIREMENT: 'Please read the requirement of the buyer, and confirm or reject it.',
    SUBMITTING_DEVICE_ID: 'Please submit the id of the device or system that the licence is for.',
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
    REFUNDING: 'Please take the refund of this order.',
    REFUND_STUCK: 'Please have the refund sent again with retry-refund, or record it with record-refund.',
    RELEASING: 'Please release the instance of this order.',
    RELEASE_UNCONFIRMED: 'Please make sure that the instance is gone, and record it with confirm-release.',
    ENDED: 'The order has ended. There is nothing for you to do.',
  },
};
