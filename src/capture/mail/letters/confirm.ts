import type { MailPayload } from '#capture/mail/payload.ts';
import type { Paper } from '#site/contract.ts';
import { links, type MailContext, type Letter } from './letter.ts';
import { paperFacts, paperOf } from './paper.ts';

type Confirm = Extract<MailPayload, { mail: 'confirm' }>;

const often = 'an e-mail when a new episode or post is out';
const atAnyTime = 'You can end the e-mails at any time, with one click.';

/**
 * Asks whether the address belongs to who typed it. It says nothing that came with the form: whoever typed the address
 * could otherwise write to a stranger under our name.
 */
export function confirmLetter(payload: Confirm, mailContext: MailContext): Letter {
  const { site } = mailContext;
  const to = links(mailContext);
  const paper = payload.asset === undefined ? undefined : paperOf(site, payload.asset);
  return {
    ...(paper ? ofPaper(paper, payload.newsletter, site.title) : ofNewsletter(site.title)),
    blocks: [
      { kind: 'text', text: asked(payload, paper, site.title) },
      { kind: 'text', text: effect(paper, payload.newsletter) },
      {
        kind: 'button',
        text: paper ? 'Confirm and download' : 'Confirm my subscription',
        url: to.confirm(payload.token),
      },
      { kind: 'facts', facts: [...(paper ? paperFacts(paper) : []), 'Link good for 7 days'] },
    ],
    why: [
      {
        kind: 'text',
        text: payload.agreed
          ? 'If you do not want them, do nothing: nothing more comes.'
          : 'If it was not you, do nothing: nothing more comes.',
      },
      {
        kind: 'link',
        before: 'Would you rather not be on file at all?',
        text: 'Erase this address',
        url: to.preferences(payload.preferences),
      },
    ],
    nature: 'answer',
  };
}

/** Who was brought in from another list is told of that, and not that they typed something. */
function asked({ agreed, newsletter }: Confirm, paper: Paper | undefined, title: string): string {
  if (!agreed) return `You, or someone who typed your address, asked ${title} for ${wanted(paper, newsletter)}.`;
  return `On ${agreed.on} you agreed to e-mails from ${title} (${agreed.at}). Before the first one comes, we ask once whether this address is yours and you want ${often}.`;
}

function ofPaper(paper: Paper, newsletter: boolean, title: string) {
  return {
    subject: `Confirm and download: ${paper.title}`,
    preview: newsletter
      ? `Confirm your address, for the download and the e-mails of ${title}.`
      : 'Confirm your address, and the download starts.',
    label: 'Signature needed',
    heading: newsletter ? 'One step for both' : 'One step to your whitepaper',
  };
}

function ofNewsletter(title: string) {
  return {
    subject: `Confirm your subscription to ${title}`,
    preview: 'Confirm your address, and new episodes and posts come to you.',
    label: 'Signature needed',
    heading: 'One step to subscribe',
  };
}

function wanted(paper: Paper | undefined, newsletter: boolean): string {
  if (!paper) return often;
  return `the whitepaper “${paper.title}”${newsletter ? `, and for ${often}` : ''}`;
}

function effect(paper: Paper | undefined, newsletter: boolean): string {
  const click = 'On the page that opens, one click confirms';
  if (!paper) return `${click} that this address is yours and that you want these e-mails. ${atAnyTime}`;
  if (newsletter) return `${click} both and starts the download. ${atAnyTime}`;
  return `${click} that this address is yours and starts the download.`;
}
