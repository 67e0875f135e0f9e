import type { MailPayload } from '#capture/mail/payload.ts';
import { links, type MailContext, type Letter } from './letter.ts';
import { paperFacts, paperOf } from './paper.ts';

/** Brings the paper to an address that was confirmed before. */
export function downloadLetter(payload: Extract<MailPayload, { mail: 'download' }>, mailContext: MailContext): Letter {
  const paper = paperOf(mailContext.site, payload.asset);
  return {
    subject: `Your copy of ${paper.title}`,
    preview: 'You confirmed this address before, so this link goes straight to the paper.',
    label: 'Released to you',
    heading: 'Your whitepaper is ready',
    blocks: [
      {
        kind: 'text',
        text: `You, or someone who typed your address, asked ${mailContext.site.title} for the whitepaper “${paper.title}”. You confirmed this address before, so this link goes straight to the paper.`,
      },
      { kind: 'button', text: 'Download the whitepaper', url: links(mailContext).download(payload.token) },
      { kind: 'facts', facts: [...paperFacts(paper), 'Link good for 7 days'] },
    ],
    why: [{ kind: 'text', text: 'If it was not you, do nothing: nothing more comes.' }],
    nature: 'answer',
  };
}
