import type { MailPayload } from '#capture/mail/payload.ts';
import { links, type MailContext, type Letter } from './letter.ts';

/** Asks whether the person whose address it is wants to be erased: whoever has a mail of theirs could have asked. */
export function eraseLetter(payload: Extract<MailPayload, { mail: 'erase' }>, mailContext: MailContext): Letter {
  const { title } = mailContext.site;
  return {
    subject: `Erase your address at ${title}?`,
    preview: 'Nothing is erased before you click the button on the page that opens.',
    label: 'Signature needed',
    heading: 'One step to be erased',
    blocks: [
      {
        kind: 'text',
        text: `You, or someone who has a mail of yours, asked ${title} to erase this address and all that is kept with it.`,
      },
      {
        kind: 'text',
        text: 'On the page that opens, one click does that for good: links to downloads stop working, and nothing is sent to you any more.',
      },
      { kind: 'button', text: 'Erase this address', url: links(mailContext).erase(payload.token) },
      { kind: 'facts', facts: ['Link good for 7 days'] },
    ],
    why: [{ kind: 'text', text: 'If it was not you, do nothing: nothing is erased.' }],
    nature: 'answer',
  };
}
